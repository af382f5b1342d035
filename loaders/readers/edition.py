"""Which edition of the readers made the text of a document: it goes with the document, like that of the extraction."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from narragraph import __version__

_LIBRARIES = ("trafilatura", "charset-normalizer", "lxml")  # on which it depends what a text comes to be


@cache
def reader_version() -> str:
    """The version, and a digest of all readers and of the libraries that they use."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\0".encode())
    return f"{__version__} {digest.hexdigest()[:8]}"
