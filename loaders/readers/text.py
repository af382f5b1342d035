"""Plain text: the text itself and nothing else. Takes whatever no other reader knows."""

from __future__ import annotations

import json

from narragraph.errors import DocumentError
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers.base import RawFile, Reader, document
from narragraph.loaders.readers.encoding import decode


def _read(raw: RawFile) -> SourceDocument:
    text, warnings = decode(raw.data, raw.path)
    start = text.lstrip()
    if start.startswith("<?xml"):
        raise DocumentError(raw.path, "is XML, not a text or a page")
    if start[:1] in ("{", "[") and _is_json(start):
        raise DocumentError(
            raw.path,
            "is JSON, but no records",
            hint='Records are JSON objects, one a line, with "record": "node" or "edge".',
        )
    return document(raw, text, READER.name, warnings)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False


READER = Reader("text", frozenset({".txt", ".text", ""}), lambda raw: True, _read)
