"""What a document was read from, as a digest: where an equal one is stored, nothing has to be read again.

It holds for one edition of the readers; whether the extraction is of today is another question, which the document's
``extractor`` answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from narragraph.graph.model import digest
from narragraph.loaders.collection import Collection
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers.base import RawFile
from narragraph.loaders.readers.edition import reader_version

ReadBefore = Callable[[str], "str | None"]  # a reading → id of the root document that came of it


def of_file(raw: RawFile, collection: Collection | None) -> str:
    """The reading of a file: its bytes, where it lies, and what its collection says of it."""
    content = hashlib.sha256(raw.data).hexdigest()
    if collection is None:
        return digest("file", content, raw.key, reader_version())
    return digest("file", content, collection.key(raw.key or ""), reader_version(), *collection.settings)


def of_row(document: SourceDocument) -> str:
    """The reading of a row of a table: all that it became, with what its collection says of it."""
    told = (document.title, document.url, document.site, document.author, document.published, document.language)
    given = sorted(document.given.items())
    return digest(
        "row", document.text, document.source_key, reader_version(), *told, given, sorted(document.tags.items())
    )
