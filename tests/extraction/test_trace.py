"""How a sentence was read, and which rules nearly fired."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from narragraph.graph.model import Edge
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse, extract_document, to_records
from narragraph.loaders.extraction.recorder import Recorder
from narragraph.loaders.extraction.relations.frames import Frame, frames_of
from narragraph.loaders.extraction.trace import only, trace
from narragraph.loaders.trace_text import trace_lines

TEXT = """Latvia accused Russia on Monday of blowing up a dam. The Kremlin denied the allegation.

According to Reuters, Estonia said that Russia had lied about the dam.
"""


def traced(text: str) -> dict[str, Any]:
    analysis = analyse(SourceDocument("key", text), recorder=Recorder())
    return trace(analysis)


def test_a_sentence_shows_its_phrases_clauses_and_the_rules_that_fired() -> None:
    first = traced(TEXT)["sentences"][0]
    assert (first["number"], first["text"]) == (1, TEXT[: TEXT.index(".") + 1])
    assert ["accused", "VBD"] in first["tokens"]
    assert {"text": "Latvia", "head": "Latvia", "entities": ["Latvia"], "possessor": []} in first["phrases"]
    clause = first["clauses"][0]
    assert (clause["verb"], clause["subject"], clause["objects"]) == ("accused", ["Latvia"], ["Russia"])
    accusation = next(edge for edge in first["edges"] if edge["type"] == "ACCUSES")
    assert (accusation["rule"], accusation["source"], accusation["target"]) == ("accuse.accuse", "Latvia", "Russia")


def test_speakers_are_shown_with_whose_words_theirs_stand_in() -> None:
    last = traced(TEXT)["sentences"][-1]
    assert [(s["speakers"], s["within"]) for s in last["speeches"]] == [(["Reuters"], []), (["Estonia"], ["Reuters"])]


def test_edges_have_the_ids_of_the_records() -> None:
    ids = {r.id for r in extract_document(SourceDocument("key", TEXT)) if isinstance(r, Edge) and r.type != "MENTIONS"}
    reading = traced(TEXT)
    shown = [edge["id"] for part in (*reading["sentences"], reading["elsewhere"]) for edge in part["edges"]]
    assert sorted(shown) == sorted(ids)


def test_a_part_is_one_sentence_or_what_an_edge_rests_on() -> None:
    reading = traced(TEXT)
    denial = next(edge for edge in reading["sentences"][1]["edges"] if edge["type"] == "DENIES")
    mention = next(one for one in reading["sentences"][2]["mentioned"] if one["target"] == "Estonia")
    for part in (only(reading, number=2), only(reading, edge=denial["id"])):
        assert part is not None
        assert [sentence["number"] for sentence in part["sentences"]] == [2]
    mentioned = only(reading, edge=mention["id"])
    assert mentioned is not None
    assert [sentence["number"] for sentence in mentioned["sentences"]] == [3]
    assert only(reading, number=9) is None
    assert only(reading, edge=denial["id"], number=1) is None
    assert only(reading, edge="edge:none") is None


def test_a_recorder_changes_nothing() -> None:
    plain = extract_document(SourceDocument("key", TEXT))
    assert to_records(analyse(SourceDocument("key", TEXT), recorder=Recorder())) == plain


@pytest.mark.parametrize(
    ("text", "rule", "condition"),
    [
        ("Latvia blamed somebody for the outage.", "accuse.blame", "nobody known stands where its target should"),
        ("The outage was blamed on Russia.", "accuse.blame", "whose words they are is not told, or nobody known"),
        ("Russia had lied about the dam.", "hostile-predicate.said", "nobody is said to say it"),
        ("Russia said that Russia had lied.", "hostile-predicate.said", "both ends are of one side"),
        ("Latvia said that Russia might have lied.", "hostile-predicate.said", "the speaker does not state it as so"),
        ("Latvia pointed Russia to the exit.", "accuse.point", "none of the nouns is the object that it asks for"),
        ("Russia did not share the video of the fake dam.", "amplify.share", "it is negated or hypothetical"),
        ("Reuters, it was said on Monday, reported quietly.", "speech.said", "no words said stand with it"),
        ("Groundless accusations were made.", "denial.adjective", "nobody is said to say it"),
        ("Russia said on Monday that it was false.", "denial.called-false", "which claim it speaks of is not told"),
        ("This is false.", "debunk.called-false", "which claim it speaks of is not told"),
        ("Latvia said it would be sunny.", "speech.said", "hardly anybody would dispute it, and nothing rests on it"),
    ],
)
def test_a_rule_that_nearly_fired_tells_what_stood_against_it(text: str, rule: str, condition: str) -> None:
    nearly = [(miss["rule"], miss["condition"]) for part in traced(text)["sentences"] for miss in part["nearly"]]
    assert (rule, condition) in nearly


def test_frames_that_ask_for_other_words_are_one_line_behind_the_nearer_misses() -> None:
    lines = list(trace_lines(traced("Latvia made a cake, and Latvia blamed somebody for it.")))
    nearly = lines[next(at for at, line in enumerate(lines) if line.startswith("nearly")) :]
    assert "accuse.blame" in nearly[0]
    folded = [line for line in nearly if "they ask for other words" in line]
    assert len(folded) == 1
    assert "accuse.make" in folded[0]
    assert nearly[-1] == folded[0]


def test_a_frame_that_nearly_fired_tells_what_it_asks_for() -> None:
    misses = traced("Latvia pointed Russia to the exit.")["sentences"][0]["nearly"]
    asked = next(miss["asks for"] for miss in misses if miss["rule"] == "accuse.point")
    assert asked["verb"] == "point"
    assert "finger" in asked["object"]


FRAMES = {"accuse": "accuse", "denial": "deny", "amplify": "amplify", "debunk": "debunk"}
DOCUMENTS = sorted((Path(__file__).resolve().parents[2] / "examples" / "documents").glob("*.[tm]*"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_recorder_hears_of_every_frame_that_makes_an_edge(path: Path) -> None:
    recorder = Recorder()
    analysis = analyse(SourceDocument("key", path.read_text("utf-8")), recorder=recorder)
    heard = {(type, frame.verb) for type, frame in recorder.fired if isinstance(frame, Frame)}
    for edge in analysis.edges:
        family, _, verb = str(edge.properties.get("rule", "")).partition(".")
        if family in FRAMES and verb in frames_of(FRAMES[family]):
            assert (edge.type, verb) in heard


def test_a_trace_is_plain_data() -> None:
    reading = traced(TEXT)
    assert json.loads(json.dumps(reading)) == json.loads(json.dumps(reading, default=str))


def test_lines_for_people_carry_no_control_characters_of_the_document() -> None:
    lines = list(trace_lines(traced("Latvia accused \x1b[31mRussia\x1b[0m of a raid.\r\nIt lied\x07.")))
    text = "\n".join(lines)
    assert "\x1b[31m" not in text
    assert "\x07" not in text
    assert any("accuse.accuse" in line for line in lines)


def test_a_text_without_sentences_and_one_without_rules_have_a_trace() -> None:
    assert traced("   \n")["sentences"] == []
    russian = traced("Кремль обвинил Латвию во лжи, сообщило агентство. Это было в понедельник, и никто не спорил.")
    assert russian["note"].startswith("no rules for language ru")
    assert all(sentence["clauses"] == [] for sentence in russian["sentences"])
