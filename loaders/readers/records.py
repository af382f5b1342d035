"""Records in a file or a stream: told from documents by the first line, and read a line at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from narragraph.errors import DocumentError, InputError, RecordError
from narragraph.graph.records import Record, from_line

_DOCUMENT = re.compile(r'"document"\s*:\s*"([^"\\]+)"')  # looked for in lines that may be no JSON
_NODE = re.compile(r'"record"\s*:\s*"node".{0,20}?"id"\s*:\s*"([^"\\]+)"', re.DOTALL)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def begin_records(line: bytes) -> bool:
    """Whether a file that begins with this line holds records, readable or not."""
    text = line.decode("utf-16" if line.startswith(_UTF16) else "utf-8-sig", "ignore").lstrip()
    if text.startswith('{"record"'):
        return True
    try:
        return text.startswith("{") and "record" in json.loads(text)
    except (ValueError, RecursionError):
        return False


def read_records(
    path: str, lines: Iterable[bytes], on_error: Callable[[InputError], None]
) -> Iterator[Record | RecordError]:
    """The records on the lines; a malformed one is told to ``on_error``, with file and line, and the rest goes on.

    In its place comes the RecordError, so that a document which lacks a record is not taken for a whole one.
    """
    try:
        for number, line in enumerate(lines, 1):
            if number == 1 and line.startswith(_UTF16):
                raise DocumentError(path, "is UTF-16, and records are UTF-8", hint="extract -o FILE writes them so.")
            try:
                record = from_line(_decode(line, number), number)
            except RecordError as error:
                on_error(InputError(f"{path}, {error.message}", hint=error.hint))
                error.about = _about(line.decode("utf-8", "replace"))
                yield error
            else:
                if record is not None:
                    yield record
    except DocumentError as error:
        on_error(error)
        yield RecordError(error.reason)


def _about(line: str) -> str | None:
    """The document, else the node, that a malformed line speaks of."""
    found = _DOCUMENT.search(line) or _NODE.search(line)
    return found[1] if found else None


def _decode(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8 (byte {error.start + 1} of the line)", line=number) from None
