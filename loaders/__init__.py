"""Loaders: from files to records. ``readers`` know file formats, ``extraction`` knows language."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from narragraph.errors import DocumentError, InputError, RecordError
from narragraph.graph.records import Record
from narragraph.loaders.additions import NOTHING, Additions, additions
from narragraph.loaders.readers import read
from narragraph.loaders.readers.base import RawFile
from narragraph.loaders.readers.files import MAX_SIZE, Found, find, open_each
from narragraph.loaders.readers.records import read_records

Report = Callable[[InputError], None]


@dataclass(frozen=True)
class Source:
    """One file and the records in it or in what it says, to be taken before the next source is asked for."""

    path: str
    records: Iterator[Record | RecordError]  # an error stands for a record that could not be read

    def readable(self) -> Iterator[Record]:
        """The records without the errors among them, which ``on_error`` has heard of."""
        return (record for record in self.records if not isinstance(record, RecordError))


def extract(
    *paths: str | os.PathLike[str],
    max_size: int = MAX_SIZE,
    gazetteers: Sequence[str | os.PathLike[str]] = (),
    lexicons: Sequence[str | os.PathLike[str]] = (),
    on_error: Report | None = None,
) -> Iterator[Record]:
    """What files say, as records, a document at a time: its own nodes, the nodes it speaks of, then its edges.

    ``paths`` are files or folders (read recursively, sorted, hidden files left out); ``"-"`` is standard input. Files
    are told by content: text, Markdown, saved HTML pages, or records, which are passed on. ``max_size`` is in bytes, of
    one document. ``gazetteers`` and ``lexicons`` are files with names and words of your own (docs/extraction.md); a
    process has one lexicon, that of its first document, and others raise OntologyError.

    What cannot be read raises InputError (DocumentError for a whole file), unless ``on_error`` takes it: then the rest
    goes on.
    """

    def stop(error: InputError) -> None:
        raise error

    report = on_error or stop
    own = additions(gazetteers, lexicons)
    own.settle()
    for source in sources(
        find(paths, report), max_size=max_size, own=own, on_error=report, on_warning=lambda message: None
    ):
        yield from source.readable()


def sources(
    found: Iterable[Found],
    *,
    records: bool | None = None,
    max_size: int = MAX_SIZE,
    own: Additions = NOTHING,
    on_error: Report,
    on_warning: Callable[[str], None],
) -> Iterator[Source]:
    """Each file with its records, which are made while they are taken; see ``readers.files.open_each``.

    ``own`` are names and words of the user's, settled before.
    """
    skipped: list[str] = []
    for raw in open_each(
        found, records=records, max_size=max_size, on_error=on_error, on_skip=lambda file: skipped.append(file.path)
    ):
        records_in: Iterator[Record | RecordError]
        if isinstance(raw, RawFile):
            records_in = _document_records(raw, own, on_error, on_warning)
        else:
            records_in = read_records(raw.path, raw.lines, on_error)
        yield Source(raw.path, records_in)
    if skipped:
        names = ", ".join(skipped[:3]) + (", …" if len(skipped) > 3 else "")
        on_warning(
            f"skipped in folders, by their names no documents: {len(skipped)} ({names}); name one to have it read"
        )


def _document_records(
    raw: RawFile, own: Additions, on_error: Report, on_warning: Callable[[str], None]
) -> Iterator[Record]:
    from narragraph.loaders.extraction.pipeline import extract_document

    try:
        document = read(raw)
        for warning in document.warnings:
            on_warning(f"{raw.path}: {warning}")
        records = extract_document(document, own)
        if note := records[0].properties.get("note"):
            on_warning(f"{raw.path}: {note}")
    except DocumentError as error:
        on_error(error)
    except Exception as error:  # a rule that fails on one text must not cost the reader the other thousand
        failure = DocumentError(raw.path, f"extraction failed ({type(error).__name__}: {error})")
        failure.__cause__ = error
        on_error(failure)
    else:
        yield from records
