"""Tables of documents: CSV with any delimiter, TSV and JSON Lines; each row is a document or a case.

A row becomes a text as a page would print it, lines of metadata first, so that whatever the graph takes from it has
words to quote. Rows are read one at a time: a table may be larger than memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from narragraph.errors import DocumentError, InputError, UsageError
from narragraph.graph.ledger import Ledger, numbered
from narragraph.graph.model import Value, digest
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.dates import read_date
from narragraph.loaders.readers.base import web_address
from narragraph.loaders.readers.edition import reader_version
from narragraph.loaders.readers.encoding import find_encoding
from narragraph.loaders.readers.rows import Row, is_json, listed, read_rows
from narragraph.ontology.lexicon import load_lexicon

SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".jsonl", ".ndjson"})
HEAD = 65_536  # bytes by which delimiter and encoding are told
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True)
class Table:
    """A file of rows: ``path`` as the user wrote it, ``key`` its file URI (None: standard input)."""

    path: str
    key: str | None
    stream: BinaryIO
    head: bytes  # the first bytes of the stream, which gives them again
    share: Callable[[], float] = lambda: 0.0  # how much of the stream was taken, between 0 and 1
    written: str | None = None  # when the file was last written (ISO 8601, UTC)


def begins_table(path: str, first: bytes) -> bool:
    """Whether a file of this name that begins with this line is a table (files of records are told before)."""
    suffix = "." + path.rsplit(".", 1)[-1].lower() if "." in path else ""
    if suffix in (".jsonl", ".ndjson"):
        return is_json(first.decode("utf-8-sig", "replace"))
    return suffix in SUFFIXES


def parse_mapping(text: str) -> dict[str, str]:
    """What "text=summary,date=published" says: columns by their kind. Raises UsageError."""
    kinds = load_lexicon("tables")["columns"]
    mapping: dict[str, str] = {}
    for part in text.split(","):
        kind, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column:
            raise UsageError(f"{part!r} maps nothing.", hint="Write KIND=COLUMN, as in text=summary,date=published.")
        if kind not in kinds:
            raise UsageError(f"{kind!r} is no kind of column.", hint=f"There are {', '.join(kinds)}.")
        if mapping.setdefault(kind, column) != column:
            raise UsageError(f"{kind!r} is mapped to two columns, {mapping[kind]!r} and {column!r}.")
    return mapping


def read_table(
    table: Table,
    mapping: Mapping[str, str],
    on_error: Callable[[InputError], None],
    *,
    month_first: bool = False,
) -> Iterator[tuple[int, SourceDocument]]:
    """The documents in a table's rows, each with its row's number.

    ``mapping`` names columns by what they hold; the others are told by their headings. "12/01/2022" is 12 January,
    with ``month_first`` 1 December.

    A row that cannot be read goes to ``on_error`` with its number, and the rest goes on. Raises DocumentError where
    the table as a whole cannot be read, UsageError where the mapping names a column that it has not.
    """
    if not table.head.strip():
        raise DocumentError(table.path, "is empty")
    encoding, warnings = find_encoding(table.head, table.path)
    lines = io.TextIOWrapper(table.stream, encoding, errors="replace", newline="")
    known = _Known()
    for row in read_rows(table.path, lines, mapping, on_error, table.head.decode(encoding, "replace")):
        at = f"{table.path}, row {row.number}"
        if not row.cells.keys() & set(load_lexicon("tables")["readable"]):
            wanted = [name for kind, name in row.headings.items() if kind in load_lexicon("tables")["readable"]]
            on_error(InputError(f"{at}: holds no text in {listed(wanted)}."))
            continue
        text, known_by = _text(row.cells, month_first=month_first), _known_by(row.cells)
        place = known.number(known_by, text)
        if place > 1 and "id" in row.cells:
            hint = "It is left out; only one row can have an id."
            on_error(InputError(f"{at}: another row with other words has its id {row.cells['id']!r}.", hint=hint))
            continue
        again = f"\n{place}" if place > 1 else ""
        yield row.number, _document(table, row.cells, text, known_by + again, (*warnings, *_doubts(row)))
        warnings = ()  # those of the file are told once


class _Known:
    """Which texts were read by what rows are known by."""

    def __init__(self) -> None:
        self._first = Ledger()
        self._others: dict[str, list[int]] = {}  # few tables have any

    def number(self, known_by: str, text: str) -> int:
        """Whether a text is the first, second, … that is known so; the same text has one number."""
        sha = numbered(text)
        if self._first.put(known_by, sha) or self._first.get(known_by) == sha:
            return 1
        others = self._others.setdefault(digest(known_by), [])
        if sha not in others:
            others.append(sha)
        return others.index(sha) + 2


def _doubts(row: Row) -> Iterator[str]:
    """What cells say that cannot be understood, with the heading of their column."""
    for kind in ("date", "retrieved"):
        if kind in row.cells and not read_date(row.cells[kind]):
            yield f"column {row.headings[kind]!r}: {_short(row.cells[kind])!r} names no day, month or year"
    languages = row.cells.get("language", "")
    known = load_lexicon("languages")["names"]
    names = [name.strip().casefold() for name in re.split(r"[,;+|/]", languages)]
    if languages and not any(name in known or re.fullmatch("[a-z]{2}", name) for name in names):
        yield f"column {row.headings['language']!r}: {_short(languages)!r} is no language that is known"


def _short(cell: str) -> str:
    return cell if len(cell) <= 60 else cell[:59] + "…"


def _known_by(cells: Mapping[str, str]) -> str:
    """What stays the same when the wording of a row changes."""
    return cells.get("id") or "\n".join(cells.get(kind, "") for kind in ("title", "url", "outlet", "date", "issue"))


def _document(
    table: Table, cells: Mapping[str, str], text: str, known_by: str, warnings: tuple[str, ...]
) -> SourceDocument:
    own = web_address(cells.get("id")) or (None if _is_case(cells) else web_address(cells.get("url")))
    return SourceDocument(
        source_key=own or f"{table.key or 'table'}#{digest(known_by)}",
        text=text,
        path=table.path if table.key else None,
        title=cells.get("title"),
        url=own,
        site=cells.get("source"),
        author=cells.get("author"),
        retrieved=_when(cells.get("retrieved", "")) or table.written,
        given=_kept(cells),
        reader="table",
        reader_version=reader_version(),
        warnings=warnings,
    )


def _when(cell: str) -> str | None:
    """A date, with the time of day where it is written as ISO 8601."""
    return cell if _INSTANT.fullmatch(cell) else read_date(cell)


def _kept(cells: Mapping[str, str]) -> dict[str, Value]:
    """What a row says beside its text that nothing is read out of: its keywords, and in which issue it was reported."""
    keywords = [word for word in re.split(r"\s*[,;+|]\s*", cells.get("keywords", "")) if word]
    kept: dict[str, Value] = {"keywords": keywords} if keywords else {}
    return kept | {kind: cells[kind] for kind in ("issue", "reviewer") if kind in cells}


def _is_case(cells: Mapping[str, str]) -> bool:
    """Whether a row reviews what an outlet published."""
    return bool(cells.keys() & set(load_lexicon("tables")["case"]))


def _text(cells: Mapping[str, str], *, month_first: bool) -> str:
    """A row as a page would print it: title, lines of metadata, and the words themselves."""
    if month_first and (day := read_date(cells.get("date", ""), day_first=False)) not in (None, cells.get("date")):
        cells = {**cells, "date": f"{day} ({cells['date']})"}
    labels = load_lexicon("tables")["labels"]["case" if _is_case(cells) else "document"]
    lines = [f"{label}: {' '.join(cells[kind].split())}" for kind, label in labels.items() if kind in cells]
    parts = [cells.get("title"), "\n".join(lines)]
    if _is_case(cells):
        for heading, kinds in (("Summary", ("summary", "text")), ("Disproof", ("disproof",))):
            said = [cells[kind] for kind in kinds if kind in cells]
            parts += [heading, *said] if said else []
    else:
        parts += [cells.get("summary"), cells.get("text")]
    return "\n\n".join(part for part in parts if part)
