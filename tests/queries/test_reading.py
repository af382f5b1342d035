"""How a statement reads aloud."""

from narragraph.queries.exploring.statements import Statement
from narragraph.queries.exploring.text import reading


def _denial(manner: str | None) -> Statement:
    return Statement(
        edge="edge:1", relation="DENIES", source="Ane Doe", source_id="actor:doe", target="We burned nothing",
        target_id="claim:1", sentence="“We burned nothing,” Ane Doe said.", said_by=("The Post",), manner=manner,
        polarity="affirmed", modality="asserted", confidence=0.9, rule="denial.oneself", document="The Post",
        document_id="document:post", published=None, disputed=False,
    )  # fmt: skip


def test_a_denial_in_own_words_does_not_read_as_the_denial_of_them() -> None:
    assert reading(_denial(None)) == "denies"
    assert reading(_denial("own words")) == "denies, in the words:"
