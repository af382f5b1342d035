"""Which rules and words read a text: their edition goes with every document, so that older readings can be told."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from narragraph import __version__, ontology
from narragraph.loaders import extraction

_SUFFIXES = (".py", ".yaml", ".csv", ".ttl")


@cache
def extractor() -> str:
    """Name and edition of the extraction: the version and a digest of all its rules, words and names."""
    return f"narragraph {__version__} {_edition()}"


def _edition() -> str:
    digest = hashlib.sha256()
    for package in (extraction, ontology):
        folder = Path(str(package.__file__)).parent
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SUFFIXES:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]
