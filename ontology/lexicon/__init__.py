"""Words that rules are made of (verbs, titles, templates, …), read from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narragraph.errors import OntologyError
from narragraph.ontology.lexicon.reading import FOLDER, read_file

if TYPE_CHECKING:
    from narragraph.ontology.lexicon.own import Addition

_own: list[Addition] = []  # what this process reads beside the built-in words


def extend(paths: Sequence[Path]) -> list[str]:
    """Add what files of a user hold to the lexicon of this process; returns notes on what they repeat.

    The rules take their words when they are imported, so this comes before the first document is read, and a process
    keeps to it: asking for the same again does nothing.

    Raises OntologyError, with file, line and key, for an entry that is not as it should be or contradicts a built-in
    one, and where the lexicon has been read with other additions.
    """
    if not paths and not _own:
        return []
    from narragraph.ontology.lexicon.own import conflicts, read_additions

    additions = [addition for path in paths for addition in read_additions(path)]
    notes = [note for addition in additions for note in conflicts(addition)]
    if additions == _own:
        return notes
    if load_lexicon.cache_info().currsize:
        raise OntologyError(
            "This process has read its lexicon, which cannot change any more.",
            hint="Give --lexicon, or lexicons=, with the first document, and other files to another process.",
        )
    _own.extend(additions)
    return notes


@cache
def load_lexicon(name: str) -> dict[str, Any]:
    """The mapping that ``lexicon/<name>.yaml`` holds with a user's additions; read once, not to be changed by callers.

    Raises OntologyError where the file is missing, is not YAML, or does not hold a mapping of names to values.
    """
    content = read_file(name)
    if added := [addition for addition in _own if addition.to[0] == name]:
        from narragraph.ontology.lexicon.own import extended

        content = extended(content, added)
    return content


@cache
def load_words(name: str, section: str) -> frozenset[str]:
    """One section of a lexicon as a set of words; lists in YAML and lines of words are both read.

    Raises OntologyError where the section is missing or holds anything but texts.
    """
    content = load_lexicon(name)
    entries = content.get(section)
    if isinstance(entries, str):
        return frozenset(entries.split())
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise OntologyError(
            f"{FOLDER / name}.yaml: {section!r} must be a list of texts.",
            hint="YAML reads yes, no, on, off and numbers as other things: write them in quotes.",
        )
    return frozenset(entries)
