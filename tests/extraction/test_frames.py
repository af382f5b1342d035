"""The lexicons of verb frames: every entry can fire, is explained, and names slots that exist."""

import re

import pytest

from narragraph.errors import OntologyError
from narragraph.loaders.extraction.relations.frames import Frame, frames_of
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.lexicon import load_lexicon

LEXICONS = ("accuse", "deny", "amplify", "debunk")
ENTRIES = [(name, entry) for name in LEXICONS for entry in load_lexicon(name)["frames"]]
_PREPOSITIONS = frozenset(
    [
        "of",
        "for",
        "on",
        "over",
        "with",
        "in",
        "at",
        "against",
        "about",
        "to",
        "toward",
        "towards",
        "onto",
        "upon",
        "as",
        "into",
        "by",
        "from",
        "around",
        "behind",
        "between",
    ]
)
_SLOTS = frozenset(("object", "subject", "complement", "complement subject", "gerund")) | _PREPOSITIONS


@pytest.mark.parametrize(("lexicon", "entry"), ENTRIES, ids=[f"{name}-{entry['verb']}" for name, entry in ENTRIES])
def test_an_entry_shows_its_verb_in_an_example_and_names_known_slots(lexicon: str, entry: dict[str, object]) -> None:
    words = re.findall(r"[\w'-]+", str(entry["example"]).lower())
    assert entry["verb"] in {verb_lemma(word) for word in words}
    claims = entry.get("claim", [])
    assert isinstance(claims, list)
    assert {*claims, entry.get("target", "object")} <= _SLOTS


def test_frames_that_ask_for_more_words_come_first() -> None:
    asks = [bool(frame.object) for frame in frames_of("accuse")["make"]]
    assert asks == sorted(asks, reverse=True)


def test_an_entry_without_a_verb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    frames_of.cache_clear()
    monkeypatch.setattr(
        "narragraph.loaders.extraction.relations.frames.load_lexicon", lambda name: {"frames": [{"target": "object"}]}
    )
    with pytest.raises(OntologyError, match="needs a verb"):
        frames_of("mine")
    frames_of.cache_clear()


def test_a_frame_is_a_plain_value() -> None:
    assert Frame("accuse", "object", ("of",)) == Frame("accuse", "object", ("of",))
