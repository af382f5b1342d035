"""A collection: a folder of documents with a small YAML file that tells what they have in common.

::

    name: baltic-cases            # keeps cases apart in queries, views and exports
    files: [cases.csv, articles]  # beside this file; all of its folder where nothing is said
    source: Harbour Monitor       # the outlet that publishes them
    language: en                  # where the text itself does not tell
    reliability: B                # of the source: Admiralty code, A (completely reliable) to F (cannot be judged)
    licence: CC BY 4.0
    labels: [ports, 2024]
    columns: {text: body, date: day}
    dates: day first              # or month first: what 12/01/2022 in its tables means
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from narragraph.errors import DocumentError
from narragraph.graph.model import Value
from narragraph.loaders.document import SourceDocument
from narragraph.ontology.lexicon import load_lexicon

KEYS = ("name", "files", "source", "language", "reliability", "licence", "labels", "columns", "dates")
RELIABILITY = "ABCDEF"
_SUFFIXES = (".yaml", ".yml")
_NAME = re.compile(r"[\w][\w .-]{0,79}")
_DATES = re.compile(r"(?:day|month) first")
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True)
class Collection:
    """What a collection file says; ``files`` are paths below its folder."""

    name: str
    place: Path
    files: tuple[Path, ...]
    source: str | None = None
    source_line: str = ""  # the line that names the source, verbatim
    language: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    month_first: bool = False
    given: Mapping[str, Value] = field(default_factory=dict)  # properties that each of its documents gets

    def adopt(self, document: SourceDocument) -> SourceDocument:
        """The document as one of this collection: known by its place in it, so that the folder may be moved."""
        own = document.site is None and self.source is not None
        return replace(
            document,
            source_key=self.key(document.source_key),
            path=self._within(document.path),
            site=self.source if own else document.site,
            tags={**document.tags, "site": self.source_line} if own else document.tags,
            language=document.language or self.language,
            given={**document.given, **self.given},
        )

    def key(self, key: str) -> str:
        """What a document is known by, where ``key`` is its file URI or something else: files by their place in it."""
        root = self.place.parent.resolve().as_uri().rstrip("/") + "/"
        return f"collection:{self.name}/{key[len(root) :]}" if key.startswith(root) else key

    @property
    def settings(self) -> tuple[object, ...]:
        """All that it says of its documents."""
        return self.name, self.source, self.source_line, self.language, sorted(self.given.items())

    def _within(self, path: str | None) -> str | None:
        folder = self.place.parent
        return Path(path).relative_to(folder).as_posix() if path and Path(path).is_relative_to(folder) else path


def is_collection(place: Path) -> bool:
    """Whether a file that a user names is read as the description of a collection."""
    return place.suffix.lower() in _SUFFIXES


def read_collection(place: Path, path: str) -> Collection:
    """The collection that a YAML file describes; ``path`` is how messages call it.

    Raises DocumentError for what is no YAML, for unknown or missing keys, values that are not as they should be, and
    files that are not there or lie outside its folder.
    """
    try:
        text = place.read_text("utf-8-sig")
        content = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(path, f"cannot be read ({reason})") from error
    except yaml.YAMLError as error:
        raise DocumentError(path, f"is no YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise DocumentError(
            path, "describes no collection", hint=f"It needs a name; it may have {', '.join(KEYS[1:])}."
        )
    return _Description(path, content).collection(place, text)


@dataclass(frozen=True)
class _Description:
    path: str
    content: Mapping[str, Any]

    def collection(self, place: Path, text: str) -> Collection:
        for key in self.content:
            if key not in KEYS:
                near = get_close_matches(str(key), KEYS, 1)
                hint = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(KEYS)}."
                raise DocumentError(self.path, f"has the unknown key {key!r}", hint=hint)
        name = self._text("name", _NAME, "a short name of letters, digits, spaces, points and hyphens")
        if name is None:
            raise DocumentError(self.path, "gives the collection no name", hint="Write name: my-case.")
        reliability = self._text("reliability", re.compile(f"[{RELIABILITY}]"), "one letter from A to F")
        given: dict[str, Value | None] = {
            "collection": name, "reliability": reliability, "licence": self._text("licence"),
            "labels": self._texts("labels") or None,
        }  # fmt: skip
        source = self._text("source")
        return Collection(
            name, place, tuple(self._file(place.parent, file) for file in self._texts("files") or ["."]),
            source=source, source_line=_line(text, "source"),
            language=self._text("language", _LANGUAGE, "an ISO 639-1 code, such as en"), columns=self._columns(),
            month_first=self._text("dates", _DATES, "'day first' or 'month first'") == "month first",
            given={key: value for key, value in given.items() if value is not None},
        )  # fmt: skip

    def _text(self, key: str, pattern: re.Pattern[str] | None = None, what: str = "a text") -> str | None:
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, (str, int, float)) or not str(value).strip():
            raise DocumentError(self.path, f"{key} must be {what}, not {value!r}")
        if pattern and not pattern.fullmatch(str(value)):
            raise DocumentError(self.path, f"{key} must be {what}, not {value!r}")
        return str(value).strip()

    def _texts(self, key: str) -> list[str]:
        value = self.content.get(key) or []
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, (str, int)) for one in values):
            raise DocumentError(self.path, f"{key} must be a list of texts, not {value!r}")
        return [str(one) for one in values]

    def _columns(self) -> dict[str, str]:
        value = self.content.get("columns") or {}
        kinds = load_lexicon("tables")["columns"]
        if not isinstance(value, dict) or not all(isinstance(column, str) for column in value.values()):
            raise DocumentError(self.path, f"columns must map kinds to names of columns, not {value!r}")
        if unknown := next((kind for kind in value if kind not in kinds), None):
            hint = f"There are {', '.join(kinds)}."
            raise DocumentError(self.path, f"columns has the unknown kind {unknown!r}", hint=hint)
        return dict(value)

    def _file(self, folder: Path, name: str) -> Path:
        place = folder / name
        if not place.resolve().is_relative_to(folder.resolve()):
            raise DocumentError(self.path, f"names {name!r}, which lies outside its folder")
        if not place.exists():
            raise DocumentError(self.path, f"names {name!r}, which is not there")
        return place


def _line(text: str, key: str) -> str:
    found = re.search(rf"^{key}\s*:.*$", text, re.MULTILINE)
    return found[0].rstrip() if found else ""
