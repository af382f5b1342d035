"""Markdown: the text with its markup, and what its front matter or first heading says of it."""

from __future__ import annotations

import re

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers.base import RawFile, Reader, document
from narragraph.loaders.readers.encoding import decode

_SUFFIXES = frozenset({".md", ".markdown"})
_FRONT = re.compile(r"\s*---[ \t]*\n(?P<lines>(?:[^\n]*\n){1,100}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_ENTRY = re.compile(r"(?P<key>\w[\w-]*):[ \t]+(?P<value>\S.*)")
_HEADING = re.compile(r"^ {0,3}#{1,2}[ \t]+(?P<atx>.+?)(?:[ \t]+#+)?[ \t]*$|^(?P<setext>\S.*)\n=+[ \t]*$", re.MULTILINE)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?)?)?")
_URL = re.compile(r"https?://\S+")

# what front matters call the things a document is known by
_KEYS = {
    "title": ("title",),
    "url": ("canonical_url", "canonical", "url", "source"),
    "site": ("site", "publisher", "publication"),
    "author": ("author", "authors"),
    "published": ("published", "date"),
    "retrieved": ("retrieved", "accessed", "fetched"),
    "language": ("language", "lang"),
}
_FORMS = {"url": _URL, "published": _DATE, "retrieved": _DATE, "language": re.compile(r"[a-z]{2}")}


def _read(raw: RawFile) -> SourceDocument:
    text, warnings = decode(raw.data, raw.path)
    front = _FRONT.match(text)
    known = _front_matter(front["lines"]) if front else {}
    heading = _HEADING.search(text, front.end() if front else 0)
    if "title" not in known and heading:
        known["title"] = heading["atx"] or heading["setext"]
    return document(raw, text, READER.name, warnings, **known)


def _front_matter(lines: str) -> dict[str, str]:
    """Its plain ``key: value`` lines; nested YAML says nothing that is asked here."""
    entries = {}
    for line in lines.splitlines():
        if entry := _ENTRY.fullmatch(line):
            entries[entry["key"].lower()] = entry["value"].strip().strip("\"'")
    known: dict[str, str] = {}
    for name, keys in _KEYS.items():
        for key in keys:
            form = _FORMS.get(name)
            if entries.get(key) and (form is None or form.fullmatch(entries[key])):
                known.setdefault(name, entries[key])
    return known


def _recognises(raw: RawFile) -> bool:
    head = raw.head.replace("\r\n", "\n")
    return raw.suffix in _SUFFIXES or bool(_FRONT.match(head)) or bool(re.match(r"\s*#{1,2}[ \t]+\S", head))


READER = Reader("markdown", _SUFFIXES, _recognises, _read)
