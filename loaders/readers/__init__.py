"""Readers: each knows one file format and gives SourceDocuments; the first that recognises a file reads it."""

from __future__ import annotations

from narragraph.errors import DocumentError
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers import html, markdown, text
from narragraph.loaders.readers.base import RawFile, Reader

READERS: tuple[Reader, ...] = (html.READER, markdown.READER, text.READER)
SUFFIXES = frozenset[str]().union(*(reader.suffixes for reader in READERS))


def read(raw: RawFile) -> SourceDocument:
    """The document in a file, told by content. Raises DocumentError with the file's path and the reason."""
    if not raw.data:
        raise DocumentError(raw.path, "is empty")
    return next(reader for reader in READERS if reader.recognises(raw)).read(raw)
