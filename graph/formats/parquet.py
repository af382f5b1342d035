"""Rows as Parquet, which needs the ``tables`` extra."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from narragraph.errors import UsageError
from narragraph.graph.formats.rows import cell, plain

_GROUP = 10_000  # rows that are in memory at a time


def write_parquet(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: IO[bytes]) -> None:
    """Write rows; a column has the one type of its values, and is text where they differ or are no plain values.

    Rows wait in a temporary file until all have come, for only then are the types known. Raises UsageError where the
    library is missing.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet needs pyarrow.", hint="pip install 'narragraph[tables]'") from None

    kinds: list[set[str]] = [set() for _ in columns]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        for row in rows:
            for kind, value in zip(kinds, row):
                kind.add(_kind(value))
            spool.write(json.dumps(list(row), ensure_ascii=True, default=plain) + "\n")
        spool.seek(0)
        types = {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64(), "text": pa.string()}
        chosen = [_common(kind - {"none"}) for kind in kinds]
        schema = pa.schema(
            [
                (name, pa.list_(types[kind[:-2]]) if kind.endswith("[]") else types[kind])
                for name, kind in zip(columns, chosen)
            ]
        )
        with pq.ParquetWriter(out, schema) as writer:
            for group in _groups(spool):
                held = [[_value(row[place], kind) for row in group] for place, kind in enumerate(chosen)]
                writer.write_table(pa.table(held, schema=schema))


def _groups(lines: Iterator[str]) -> Iterator[list[list[Any]]]:
    while group := [json.loads(line) for line in itertools.islice(lines, _GROUP)]:
        yield group


def _kind(value: Any) -> str:
    if value is None:
        return "none"
    for type_, kind in ((bool, "bool"), (int, "int"), (float, "float"), (str, "text")):
        if isinstance(value, type_):
            return kind
    if isinstance(value, (list, tuple)):
        inner = {_kind(item) for item in value} - {"none"}
        if not inner:
            return "[]"
        if not any(kind.endswith("[]") for kind in inner):
            return f"{_common(inner)}[]"
    return "text"


def _common(kinds: set[str]) -> str:
    """The one kind that holds values of all of these."""
    if "[]" in kinds:  # a list without a value fits with all lists
        kinds = kinds - {"[]"} or {"text[]"}
    if kinds == {"int", "float"}:
        return "float"
    if kinds == {"int[]", "float[]"}:
        return "float[]"
    return kinds.pop() if len(kinds) == 1 else "text"


def _value(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "text":
        return value if isinstance(value, str) else cell(value)
    if kind == "text[]":
        return [item if isinstance(item, str) or item is None else cell(item) for item in value]
    return value
