"""Records: the hand-over form between all stages, one JSON object a line.

A node is ``{"record": "node", "id", "type", "name", "aliases", …}``, an edge is ``{"record": "edge", "id", "type",
"source", "target", "document", "sentence", "start", "end", "confidence", …}``; other properties stand beside these,
``MENTIONS`` edges carry ``spans``. Keys keep one order and non-ASCII text stays as it is, so that equal graphs give
equal bytes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, Union

from narragraph.errors import RecordError
from narragraph.graph.model import READING, Edge, Node

Record = Union[Node, Edge]

_DEEPEST = 50  # a record needs three: the object, a list of spans, a span
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKETS = re.compile(r"[\[\]{}]")
_NODE_FIELDS = ("id", "type", "name", "aliases")
_EDGE_FIELDS = ("id", "type", "source", "target", "document", "sentence", "start", "end", "confidence", "spans")


def to_dict(record: Record) -> dict[str, Any]:
    """The record as the JSON object that stands on its line."""
    if isinstance(record, Node):
        head: dict[str, Any] = {"record": "node", "id": record.id, "type": record.type, "name": record.name}
        head["aliases"] = list(record.aliases)
    else:
        head = {"record": "edge"}
        for name in _EDGE_FIELDS[:-1]:
            value = getattr(record, name)
            if value is not None:
                head[name] = value
        if record.spans:
            head["spans"] = [list(span) for span in record.spans]
    head.update(item for item in sorted(record.properties.items()) if item[0] != READING)
    return head


def to_line(record: Record) -> str:
    """The record as one line of JSON, without its line break."""
    return json.dumps(to_dict(record), ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def from_dict(data: Any, *, line: int | None = None) -> Record:
    """The node or edge that a JSON object states.

    Raises RecordError, with the line, where a field is missing, is of the wrong type or where a value cannot be stored.
    """
    if not isinstance(data, dict):
        raise RecordError("a record is a JSON object", line=line)
    kind = data.get("record")
    if kind not in ("node", "edge"):
        raise RecordError(f'"record" must be "node" or "edge", not {kind!r}', line=line)
    fields = _NODE_FIELDS if kind == "node" else _EDGE_FIELDS
    others = (*fields, "record", READING)
    rest = {key: value for key, value in data.items() if key not in others and value is not None}
    for key, value in rest.items():
        if not _storable(value):
            raise RecordError(f'"{key}" must be text, a number, true or false, or a list of one of these', line=line)

    def text(name: str) -> str:
        value = data.get(name)
        if not isinstance(value, str) or not value:
            raise RecordError(f'"{name}" is missing or is not text', line=line)
        return value

    if kind == "node":
        aliases = data.get("aliases") or []
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            raise RecordError('"aliases" must be a list of texts', line=line)
        return Node(text("id"), text("type"), text("name"), tuple(aliases), rest)

    sentence, start, end = data.get("sentence"), data.get("start"), data.get("end")
    if sentence is not None and not isinstance(sentence, str):
        raise RecordError('"sentence" must be text', line=line)
    for name, value in (("start", start), ("end", end)):
        if value is not None and not _is_offset(value):
            raise RecordError(f'"{name}" must be a whole number, 0 or more', line=line)
    confidence = data.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1:
        raise RecordError('"confidence" must be a number from 0 to 1', line=line)
    spans = data.get("spans") or []
    if not isinstance(spans, list) or not all(
        isinstance(span, list) and len(span) == 2 and all(_is_offset(part) for part in span) for span in spans
    ):
        raise RecordError('"spans" must be a list of pairs of offsets', line=line)
    return Edge(
        text("id"), text("type"), text("source"), text("target"), text("document"),
        sentence, start, end, float(confidence), tuple((span[0], span[1]) for span in spans), rest,
    )  # fmt: skip


def from_line(line: str, number: int | None = None) -> Record | None:
    """The record on one line, None on an empty one. Raises RecordError, with the line's number if given."""
    if not line.strip():
        return None
    if _too_deep(line):
        raise RecordError("not JSON of a record: it is nested too deeply", line=number)
    try:
        data = json.loads(line, parse_constant=_refuse_constant)
    except ValueError as error:
        raise RecordError(f"not JSON: {error}", line=number) from None
    return from_dict(data, line=number)


def read_lines(lines: Iterable[str]) -> Iterator[tuple[int, Record]]:
    """Line numbers (from 1) and records of JSON Lines; empty lines are passed over. Raises RecordError."""
    for number, line in enumerate(lines, 1):
        if (record := from_line(line, number)) is not None:
            yield number, record


def _too_deep(line: str) -> bool:
    """Whether brackets stand in each other deeper than in any record; some Pythons crash on very deep ones."""
    if line.count("[") + line.count("{") <= _DEEPEST:
        return False
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", line)):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            return True
    return False


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _storable(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, (str, int)):
        return True
    return isinstance(value, list) and (
        all(isinstance(item, str) for item in value)
        or all(isinstance(item, (int, float)) and not isinstance(item, bool) and math.isfinite(item) for item in value)
    )
