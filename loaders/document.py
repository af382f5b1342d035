"""What a reader makes of a file: the text that all offsets refer to, and what is known about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SourceDocument:
    """One document as read, before extraction.

    ``text`` is never changed after this point; every offset in the graph counts its characters. ``published`` and
    ``retrieved`` are ISO 8601 dates or date-times, or None where unknown.
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
    reader: str = "text"
    warnings: tuple[str, ...] = ()  # e.g. "3 bytes were not UTF-8 and are shown as �"

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
