"""Words and frames that a user adds to the lexicon."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from narragraph.errors import OntologyError
from narragraph.ontology import lexicon
from narragraph.ontology.lexicon.own import conflicts, extended, read_additions
from narragraph.ontology.lexicon.reading import read_file


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    return path


def entry(to: str, what: str, reason: str = "seen") -> str:
    return f"- to: {to}\n  {what}\n  reason: {reason}\n"


@pytest.mark.parametrize(
    ("to", "what", "section", "added"),
    [
        ("hostile.verbs", "words: [astroturf]", "verbs", "astroturf"),
        ("titles.roles", "words: [Grand Poobah]", "roles", "Grand Poobah"),
        ("accuse.frames", "frame: {verb: finger, target: object, claim: [for]}", "frames", {
            "verb": "finger", "target": "object", "claim": ["for"]}),
    ],
)  # fmt: skip
def test_an_entry_stands_in_its_section(tmp_path: Path, to: str, what: str, section: str, added: object) -> None:
    additions = read_additions(written(tmp_path, entry(to, what)))
    name = to.partition(".")[0]
    built_in = read_file(name)
    content = extended(built_in, additions)[section]
    assert added in (content.split() if isinstance(content, str) else content)
    assert added not in built_in[section]
    assert list(conflicts(additions[0])) == []


def test_a_section_of_words_by_word_takes_known_and_new_words(tmp_path: Path) -> None:
    text = entry("hostile.with_object.spread", "words: [myths]") + entry("hostile.with_object.hawk", "words: [lies]")
    section = extended(read_file("hostile"), read_additions(written(tmp_path, text)))["with_object"]
    assert {"myths", "propaganda"} <= set(section["spread"])
    assert section["hawk"] == ["lies"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hostile: x\n", r"mine\.yaml, line 1: the file must be a list"),
        ("- x\n", r"line 1: 'x' is no entry"),
        ("- {to: hostile.verbs, words: [a], why: b}\n", r"line 1, key why: unknown key; known are to, words"),
        ("- {words: [a], reason: b}\n", r"line 1, key to: must name a section"),
        (entry("hostile.verbs", "words: [a]", "''"), r"line 1, key reason: .* hostile\.verbs has no reason"),
        (entry("hostile.verbs", "frame: {verb: a}"), r"line 1, key frame: hostile\.verbs takes words"),
        (entry("accuse.frames", "words: [a]"), r"line 1, key words: accuse\.frames takes frame"),
        (entry("hostyle.verbs", "words: [a]"), r"key to: 'hostyle' takes no words; .*hostile"),
        (entry("confidence.families", "words: [a]"), r"key to: 'confidence' takes no words"),
        (
            entry("hostile.verb", "words: [a]"),
            r"key to: 'hostile\.verb' is no section; hostile has verbs, .*with_object\.WORD",
        ),
        (entry("hostile.with_object", "words: [a]"), r"'hostile\.with_object' is no section"),
        (entry("hostile.verbs", "words: a"), r"key words: must be a list of words"),
        (entry("hostile.verbs", "words: [1]"), r"key words: 1 is no text; write it in quotes"),
        (entry("hostile.verbs", "words: [sell out]"), r"key words: 'sell out': .* by _"),
        (entry("accuse.frames", "frame: {target: a}"), r"key frame: must be a mapping with a verb"),
        (entry("accuse.frames", "frame: {verb: a, targt: b}"), r"key frame: 'targt' is unknown; .*target"),
        (entry("accuse.frames", "frame: {verb: a, claim: of}"), r"key frame: claim must be a list of words, not 'of'"),
        ("- [\n", r"mine\.yaml: not well-formed YAML"),
        (entry("hostile.verbs", "words: [a]") + entry("hostile.verbs", "words: []"), r"line 4, key words"),
    ],
)
def test_a_bad_entry_is_named_by_file_line_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        read_additions(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (entry("hostile.verbs", "words: [lie]"), "hostile.verbs has 'lie' already"),
        (entry("hostile.with_object.spread", "words: [panic]"), "hostile.with_object.spread has 'panic' already"),
        (
            entry("accuse.frames", "frame: {verb: blame, target: object, claim: [for], example: A blamed B}"),
            "accuse.frames has this frame of 'blame' already",
        ),
        (entry("amplify.frames", "frame: {verb: deny, claim: [object]}"), "'deny' is a verb of deny.frames too"),
    ],
)
def test_what_repeats_a_built_in_entry_is_told_by_name(tmp_path: Path, text: str, note: str) -> None:
    (addition,) = read_additions(written(tmp_path, text))
    (told,) = conflicts(addition)
    assert "mine.yaml, line 1: " in told
    assert note in told


def test_what_contradicts_a_built_in_entry_is_refused_by_name(tmp_path: Path) -> None:
    (addition,) = read_additions(written(tmp_path, entry("speech.neutral", "words: [claim]")))
    with pytest.raises(OntologyError, match=r"line 1, key words: 'claim' is in speech\.assertive"):
        list(conflicts(addition))


def test_a_process_keeps_to_the_lexicon_that_it_has_read(tmp_path: Path) -> None:
    lexicon.load_lexicon("hostile")
    with pytest.raises(OntologyError, match="has read its lexicon"):
        lexicon.extend([written(tmp_path, entry("hostile.verbs", "words: [astroturf]"))])
    assert lexicon.extend([]) == []


def test_the_rules_see_what_was_added_before_they_were_read(tmp_path: Path) -> None:
    path = written(tmp_path, entry("hostile.verbs", "words: [astroturf]"))
    code = (
        "import pathlib, sys; from narragraph.ontology import lexicon; mine = [pathlib.Path(sys.argv[1])]\n"
        "lexicon.extend(mine); print('astroturf' in lexicon.load_words('hostile', 'verbs')); lexicon.extend(mine)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
