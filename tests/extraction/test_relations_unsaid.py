"""What is negated, hypothetical, asked or wished is never read as said."""

from pathlib import Path

import pytest

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse

_FIXTURE = Path(__file__).parent / "fixtures" / "not_stated.txt"
_RELATIONS = {"ACCUSES", "DENIES", "AMPLIFIES", "DEBUNKS"}
SENTENCES = [line for line in _FIXTURE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def test_there_are_a_hundred_of_them() -> None:
    assert len(SENTENCES) >= 100


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_plain_edge_comes_of_it(sentence: str) -> None:
    analysis = analyse(SourceDocument(source_key="test", text=sentence))
    plain = [
        f"{edge.type} {edge.source} → {edge.target}"
        for edge in analysis.edges
        if edge.type in _RELATIONS
        and edge.properties["polarity"] == "affirmed"
        and edge.properties["modality"] != "hypothetical"
    ]
    assert not plain
