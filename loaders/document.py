"""What a reader makes of a file: the text that all offsets refer to, and what is known about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from narragraph.graph.model import READING, Node, Value

#: What a reader may know of a document; the graph keeps which of these it did (``told``).
KNOWN = ("title", "url", "site", "author", "published", "retrieved", "language")
_TAGGED = ("site", "author")


@dataclass(frozen=True)
class SourceDocument:
    """One document as read, before extraction.

    ``text`` is never changed after this point; every offset in the graph counts its characters. ``published`` and
    ``retrieved`` are ISO 8601 dates or date-times, or None where unknown; a local file was retrieved when it was last
    written, unless it says otherwise itself.
    """

    source_key: str  # canonical URL, else the file's absolute path, else "sha256:<of the text>"
    text: str
    path: str | None = None  # as the user wrote it
    title: str | None = None
    url: str | None = None
    site: str | None = None  # the publishing outlet's name where the file itself tells
    author: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None  # ISO 639-1
    tags: Mapping[str, str] = field(default_factory=dict)  # "site", "author" → the markup that tells it
    given: Mapping[str, Value] = field(
        default_factory=dict
    )  # what its collection or row says of it: reliability, issue
    reader: str = "text"
    reader_version: str | None = None
    reading: str | None = None  # digest of what was read, and how: an equal one need not be read again
    warnings: tuple[str, ...] = ()  # e.g. "3 bytes were not UTF-8 and are shown as �"

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def as_read(node: Node) -> SourceDocument:
    """The document as its reader gave it, from the Document node that came of it: its extraction can be done again."""
    properties = node.properties

    def text(name: str) -> str | None:
        value = properties.get(name)
        return None if value is None else str(value)

    def texts(name: str) -> list[str]:
        value = properties.get(name)
        return list(map(str, value)) if isinstance(value, list) else []

    told = texts("told")
    return SourceDocument(
        source_key=str(properties["source_key"]),
        text=str(properties["text"]),
        path=text("path"),
        **{name: text(name) for name in KNOWN if name in told},
        tags={name: str(properties[f"{name}_tag"]) for name in _TAGGED if f"{name}_tag" in properties},
        given={name: properties[name] for name in texts("given")},
        reader=str(properties.get("reader", "text")),
        reader_version=text("reader_version"),
        reading=text(READING),
        warnings=tuple(texts("warnings")),
    )
