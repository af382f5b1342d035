"""What the readers share: the file as it was found, and the document that comes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from narragraph.errors import DocumentError
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers.edition import reader_version

_HEAD = 4096


@dataclass(frozen=True)
class RawFile:
    """The bytes of one file.

    ``path`` is as the user wrote it; ``key`` is its file URI and ``written`` when it was last written (ISO 8601, UTC),
    both None for standard input.
    """

    path: str
    data: bytes
    key: str | None = None
    written: str | None = None

    @property
    def head(self) -> str:
        """The beginning as text good enough to recognise a format by: ASCII is right, the rest may not be."""
        head = self.data[:_HEAD]
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return head.decode("utf-16", "replace")
        return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")

    @property
    def suffix(self) -> str:
        """What follows the last dot of its name, with the dot and in lower case."""
        name = self.path.replace("\\", "/").rsplit("/", 1)[-1]
        return "." + name.rsplit(".", 1)[1].lower() if "." in name.lstrip(".") else ""


@dataclass(frozen=True)
class Reader:
    """One file format: how to know it and how to read it. ``read`` raises DocumentError."""

    name: str
    suffixes: frozenset[str]  # files in a folder that are worth a look
    recognises: Callable[[RawFile], bool]
    read: Callable[[RawFile], SourceDocument]


def document(raw: RawFile, text: str, reader: str, warnings: tuple[str, ...], **known: Any) -> SourceDocument:
    """The document with this text, known by its URL, else by where it lies, else by its text.

    Raises DocumentError where there is no text.
    """
    if not text.strip():
        raise DocumentError(raw.path, "holds no text")
    by_content = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    return SourceDocument(
        source_key=known.get("url") or raw.key or by_content,
        text=text,
        path=raw.path if raw.key else None,
        reader=reader,
        reader_version=reader_version(),
        warnings=warnings,
        **{**known, "retrieved": known.get("retrieved") or raw.written},
    )


def web_address(url: str | None) -> str | None:
    """The address in one form (scheme and host in lower case, no fragment); None for what is no web address."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))
