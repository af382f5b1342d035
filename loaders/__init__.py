"""Loaders: from files to records. ``readers`` know file formats, ``extraction`` knows language."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from narragraph.errors import DocumentError, InputError, RecordError
from narragraph.graph.model import Edge
from narragraph.graph.records import Record
from narragraph.loaders import readings
from narragraph.loaders.additions import NOTHING, Additions, additions
from narragraph.loaders.collection import Collection
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers import read
from narragraph.loaders.readers.base import RawFile
from narragraph.loaders.readers.files import MAX_SIZE, Found, RecordLines, find, open_each
from narragraph.loaders.readers.records import read_records
from narragraph.loaders.readers.tables import Table, read_table
from narragraph.loaders.readings import ReadBefore

Report = Callable[[InputError], None]
Extractor = Callable[[SourceDocument], Iterable[Record]]


@dataclass(frozen=True)
class Source:
    """One file and the records in it or in what it says, to be taken before the next source is asked for.

    ``unchanged`` is the id of the document that came of it before: then the records would be the same once more.
    """

    path: str
    records: Iterator[Record | RecordError]  # an error stands for a record that could not be read
    unchanged: str | None = None
    share: float = 0.0  # how much of its file came before or with it, where that is a table

    def readable(self) -> Iterator[Record]:
        """The records without the errors among them, which ``on_error`` has heard of."""
        return (record for record in self.records if not isinstance(record, RecordError))


def extract(
    *paths: str | os.PathLike[str],
    max_size: int = MAX_SIZE,
    columns: Mapping[str, str] | None = None,
    gazetteers: Sequence[str | os.PathLike[str]] = (),
    lexicons: Sequence[str | os.PathLike[str]] = (),
    on_error: Report | None = None,
) -> Iterator[Record]:
    """What files say, as records, a document at a time: its own nodes, the nodes it speaks of, then its edges.

    ``paths`` are files or folders (read recursively, sorted, hidden files left out); ``"-"`` is standard input. Files
    are told by content: text, Markdown, saved HTML pages, tables (each row a document), or records, which are passed
    on. ``max_size`` is in bytes, of one document; ``columns`` are those of tables by what they hold
    (``{"text": "body"}``) where their headings do not tell. ``gazetteers`` and ``lexicons`` are files with names and
    words of your own (docs/extraction.md); a process has one lexicon, that of its first document, and others raise
    OntologyError.

    What cannot be read raises InputError (DocumentError for a whole file), unless ``on_error`` takes it: then the rest
    goes on.
    """

    def stop(error: InputError) -> None:
        raise error

    report = on_error or stop
    own = additions(gazetteers, lexicons)
    own.settle()
    for source in sources(
        find(paths, report),
        max_size=max_size,
        columns=columns,
        extractor=extractor_with(own),
        on_error=report,
        on_warning=lambda message: None,
    ):
        yield from source.readable()


def extractor_with(own: Additions) -> Extractor:
    """The extraction with names and words of a user's, settled before; imported with the first document."""

    def extracted(document: SourceDocument) -> Iterable[Record]:
        from narragraph.loaders.extraction.pipeline import extract_document

        return extract_document(document, own)

    return extracted


def sources(
    found: Iterable[Found],
    *,
    kind: str | None = None,
    max_size: int = MAX_SIZE,
    columns: Mapping[str, str] | None = None,
    month_first: bool = False,
    extractor: Extractor | None = None,
    read_before: ReadBefore = lambda reading: None,
    on_error: Report,
    on_warning: Callable[[str], None],
) -> Iterator[Source]:
    """Each file, and each row of a table, with its records, which are made while they are taken.

    ``kind`` is that of standard input (see ``readers.files.open_each``), ``columns`` those of tables by what they hold
    (see ``readers.tables``); ``extractor`` makes a document's records, the built-in extraction unless told;
    ``read_before`` knows what has been read already.
    """
    read_by = extractor or extractor_with(NOTHING)
    skipped: list[str] = []
    collections: dict[str, Collection | None] = {}  # of each file

    def noted() -> Iterator[Found]:
        for file in found:
            collections[file.path] = file.collection
            yield file

    for raw in open_each(
        noted(), kind=kind, max_size=max_size, on_error=on_error, on_skip=lambda file: skipped.append(file.path)
    ):
        collection = collections.pop(raw.path)
        if isinstance(raw, RecordLines):
            yield Source(raw.path, read_records(raw.path, raw.lines, on_error))
        elif isinstance(raw, Table):
            mapping = {**(collection.columns if collection else {}), **(columns or {})}
            first = month_first or bool(collection and collection.month_first)
            try:
                for number, document in read_table(raw, mapping, on_error, month_first=first):
                    source = _row(raw.path, number, document, collection, read_by, read_before, on_error, on_warning)
                    yield replace(source, share=raw.share())
            except DocumentError as error:
                on_error(error)
        else:
            reading = readings.of_file(raw, collection)
            records = _document_records(raw, reading, collection, read_by, on_error, on_warning)
            yield Source(raw.path, records, read_before(reading))
    if skipped:
        names = ", ".join(skipped[:3]) + (", …" if len(skipped) > 3 else "")
        on_warning(
            f"skipped in folders, by their names no documents: {len(skipped)} ({names}); name one to have it read"
        )


def _row(
    table: str,
    number: int,
    document: SourceDocument,
    collection: Collection | None,
    extractor: Extractor,
    read_before: ReadBefore,
    on_error: Report,
    on_warning: Callable[[str], None],
) -> Source:
    path = f"{table}, row {number}"
    document = collection.adopt(document) if collection else document
    reading = readings.of_row(document)

    def records() -> Iterator[Record]:
        for warning in document.warnings:  # those of cells name a column
            on_warning(f"{path if warning.startswith('column ') else table}: {warning}")
        yield from _extracted(replace(document, reading=reading), path, extractor, on_error)

    return Source(path, records(), read_before(reading))


def _document_records(
    raw: RawFile,
    reading: str,
    collection: Collection | None,
    extractor: Extractor,
    on_error: Report,
    on_warning: Callable[[str], None],
) -> Iterator[Record]:
    try:
        document = replace(read(raw), reading=reading)
    except DocumentError as error:
        on_error(error)
        return
    _tell_warnings(document, raw.path, on_warning)
    document = collection.adopt(document) if collection else document
    for record in _extracted(document, raw.path, extractor, on_error):
        if not isinstance(record, Edge) and (note := record.properties.get("note")):
            on_warning(f"{raw.path}: {note}")
        yield record


def _extracted(document: SourceDocument, path: str, extractor: Extractor, on_error: Report) -> Iterator[Record]:
    try:
        yield from extractor(document)
    except DocumentError as error:
        on_error(error)
    except Exception as error:  # a rule that fails on one text must not cost the reader the other thousand
        failure = DocumentError(path, f"extraction failed ({type(error).__name__}: {error})")
        failure.__cause__ = error
        on_error(failure)


def _tell_warnings(document: SourceDocument, path: str, on_warning: Callable[[str], None]) -> None:
    for warning in document.warnings:
        on_warning(f"{path}: {warning}")
