"""Words and frames of a user's own, read from YAML files that say for each entry where it belongs and why.

::

    - to: hostile.verbs               # lexicon.section, as in the files beside this module
      words: [astroturf]
      reason: seven of seven uses in our files are accusations
    - to: hostile.with_object.peddle  # lexicon.section.word, where a section lists words by word
      words: [myths]
      reason: house style of two papers
    - to: accuse.frames
      frame: {verb: finger, target: object, claim: [for, as], example: X fingered Y for the leak}
      reason: British tabloids
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from narragraph.errors import OntologyError
from narragraph.ontology.lexicon.reading import FOLDER, Loader, read_file

FRAMES = "frames"
_KEYS = ("to", "words", "frame", "reason")
_CLOSED = frozenset(  # no plain words
    ("confidence", "judged", "events", "languages", "structure", "tables", "tags", "templates", "transliteration")
)
_RIVALS = (  # sections of which a word can be in one only
    ("speech.neutral", "speech.assertive", "speech.accusing"),
    ("names.male", "names.female"),
)
_SHAPES: Mapping[type, str] = {list: "a list of words", str: "a word", bool: "true or false"}
_FRAMED = ("debunk", "deny", "accuse", "amplify")  # in the order in which clauses are read by them


@dataclass(frozen=True)
class Addition:
    """What one entry adds: words, or one frame, to a section (``lexicon.section`` or ``lexicon.section.word``)."""

    to: tuple[str, ...]
    words: tuple[str, ...]
    frame: Mapping[str, Any] | None
    reason: str
    place: str  # file and line

    @property
    def address(self) -> str:
        """The section as the file names it."""
        return ".".join(self.to)


def read_additions(path: Path) -> list[Addition]:
    """The entries of one file. Raises OntologyError with file, line and key for one that is not as it should be."""
    try:
        loader = Loader(path.read_text("utf-8-sig"))
        try:
            root = loader.get_single_node()
            if root is None:
                return []
            if not isinstance(root, yaml.SequenceNode):
                raise _bad(f"{path}, line 1", "", "the file must be a list of entries, each with to, words and reason")
            return [
                _addition(path, node.start_mark.line + 1, loader.construct_object(node, True)) for node in root.value
            ]
        finally:
            loader.dispose()
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise OntologyError(f"{path}: not UTF-8 text ({error.reason})") from error
    except yaml.YAMLError as error:
        raise OntologyError(f"{path}: not well-formed YAML ({' '.join(str(error).split())})") from error


def _addition(path: Path, line: int, entry: Any) -> Addition:
    place = f"{path}, line {line}"
    if not isinstance(entry, dict):
        raise _bad(place, "", f"{entry!r} is no entry with to, words and reason")
    for key in entry:
        if key not in _KEYS:
            raise _bad(place, str(key), f"unknown key; known are {', '.join(_KEYS)}")
    to = entry.get("to")
    if not isinstance(to, str):
        raise _bad(place, "to", "must name a section, such as hostile.verbs")
    reason = entry.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise _bad(place, "reason", f"the entry for {to} has no reason; say why it belongs there")
    section = _section(place, to)
    framed = to.endswith(f".{FRAMES}")
    wanted, other = ("frame", "words") if framed else ("words", "frame")
    if wanted not in entry or other in entry:
        raise _bad(place, other if other in entry else wanted, f"{to} takes {wanted}")
    frame = _checked_frame(place, to, entry["frame"], section) if framed else None
    words = () if framed else _checked_words(place, entry["words"], one_word=isinstance(section, str))
    return Addition(tuple(to.split(".")), words, frame, reason.strip(), place)


def _section(place: str, to: str) -> Any:
    """The built-in content of a section that words can be added to; an empty list for a new word of a mapping."""
    names = to.split(".")
    known = {path.stem for path in FOLDER.glob("*.yaml")}
    if names[0] not in known - _CLOSED:
        raise _bad(place, "to", f"{names[0]!r} takes no words; {', '.join(sorted(known - _CLOSED))} do")
    content = read_file(names[0])
    section = content.get(names[1]) if len(names) > 1 else None
    if isinstance(section, dict) and len(names) == 3 and names[2]:
        return section.get(names[2], [])
    if len(names) != 2 or not isinstance(section, str | list):
        ways = [f"{name}.WORD" if isinstance(value, dict) else name for name, value in content.items()]
        raise _bad(place, "to", f"{to!r} is no section; {names[0]} has {', '.join(ways)}")
    return section


def _checked_words(place: str, words: Any, *, one_word: bool) -> tuple[str, ...]:
    if not isinstance(words, list) or not words:
        raise _bad(place, "words", "must be a list of words")
    for word in words:
        if not isinstance(word, str) or not word.strip():
            raise _bad(place, "words", f"{word!r} is no text; write it in quotes")
        if one_word and len(word.split()) > 1:
            raise _bad(place, "words", f"{word!r}: this section has single words; join a verb and its particle by _")
    return tuple(word.strip() for word in words)


def _checked_frame(place: str, to: str, frame: Any, built_in: list[dict[str, Any]]) -> Mapping[str, Any]:
    """A frame whose keys and kinds of value are those of the built-in ones."""
    kinds: dict[str, set[type]] = {}
    for known in built_in:
        for key, value in known.items():
            kinds.setdefault(key, set()).add(type(value))
    if not isinstance(frame, dict) or not isinstance(frame.get("verb"), str):
        raise _bad(place, "frame", "must be a mapping with a verb")
    for key, value in frame.items():
        if key not in kinds:
            raise _bad(place, "frame", f"{key!r} is unknown; frames of {to} know {', '.join(sorted(kinds))}")
        texts = not isinstance(value, list) or all(isinstance(word, str) for word in value)
        if type(value) not in kinds[key] or not texts:
            shapes = " or ".join(sorted(_SHAPES[kind] for kind in kinds[key]))
            raise _bad(place, "frame", f"{key} must be {shapes}, not {value!r}")
    return frame


def conflicts(addition: Addition) -> Iterator[str]:
    """What an addition repeats or may run against, by name; one that contradicts a built-in entry is an error.

    Raises OntologyError for a word that stands in a section which excludes this one.
    """
    content = read_file(addition.to[0])
    if addition.frame is not None:
        plain = {key: value for key, value in addition.frame.items() if key != "example"}
        verb = plain["verb"]
        if any({k: v for k, v in frame.items() if k != "example"} == plain for frame in content[FRAMES]):
            yield f"{addition.place}: {addition.address} has this frame of {verb!r} already"
        for other in _FRAMED[: _FRAMED.index(addition.to[0])]:
            if any(frame["verb"] == verb for frame in read_file(other)[FRAMES]):
                yield f"{addition.place}: {verb!r} is a verb of {other}.{FRAMES} too, which is tried first"
        return
    section = content[addition.to[1]]
    listed = words_of(section.get(addition.to[2], []) if isinstance(section, dict) else section)
    rivals = [one for group in _RIVALS if addition.address in group for one in group if one != addition.address]
    for word in addition.words:
        if word in listed:
            yield f"{addition.place}: {addition.address} has {word!r} already"
        for rival in rivals:
            lexicon, _, name = rival.partition(".")
            if word in words_of(read_file(lexicon)[name]):
                raise _bad(addition.place, "words", f"{word!r} is in {rival}, which excludes {addition.address}")


def word_sections() -> dict[str, list[str]]:
    """The sections of plain words, by lexicon: those that words can be added to."""
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.stem not in _CLOSED:
            for name, section in read_file(path.stem).items():
                names = [f"{name}.{word}" for word in section] if isinstance(section, dict) else [name]
                found.setdefault(path.stem, []).extend(names if name != FRAMES else ())
    return found


def words_of(section: str | list[str]) -> list[str]:
    """The words of a section, written as a list or as lines of words."""
    return section.split() if isinstance(section, str) else section


def extended(content: dict[str, Any], additions: list[Addition]) -> dict[str, Any]:
    """A lexicon's content with what is added to it; the content itself stays as it is."""
    for addition in additions:
        name = addition.to[1]
        section = content[name]
        if addition.frame is not None:
            section = [*section, dict(addition.frame)]
        elif isinstance(section, dict):
            word = addition.to[2]
            section = {**section, word: [*section.get(word, []), *addition.words]}
        elif isinstance(section, str):
            section = " ".join((section, *addition.words))
        else:
            section = [*section, *addition.words]
        content = {**content, name: section}
    return content


def _bad(place: str, key: str, what: str) -> OntologyError:
    return OntologyError(f"{place}{f', key {key}' if key else ''}: {what}.")
