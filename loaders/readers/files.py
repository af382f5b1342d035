"""Where the bytes come from: files, folders and standard input, in a fixed order and never more than a stated size."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from narragraph.errors import DocumentError, InputError
from narragraph.loaders.collection import Collection, is_collection, read_collection
from narragraph.loaders.readers import SUFFIXES
from narragraph.loaders.readers.base import RawFile
from narragraph.loaders.readers.records import begin_records
from narragraph.loaders.readers.tables import HEAD, Table, begins_table

MAX_SIZE = 20_000_000  # bytes of one document; the longest books have a tenth of it
STDIN = "-"
_LINE = 4  # a record may be so many times as long as its document: its text stands there escaped


@dataclass(frozen=True)
class Found:
    """A file to read: ``path`` as it is shown, ``place`` where it lies (None: standard input)."""

    path: str
    place: Path | None
    named: bool  # by the user, not met in a folder
    collection: Collection | None = None  # that it belongs to


@dataclass(frozen=True)
class RecordLines:
    """A file of records: its lines, to be read before the next file is asked for."""

    path: str
    lines: Iterator[bytes]


def find(paths: Iterable[str | os.PathLike[str]], on_error: Callable[[InputError], None]) -> list[Found]:
    """The files that paths name, each once; a folder stands for all it holds, sorted, without what is hidden.

    A YAML file describes a collection and stands for the files of it.
    """
    found: dict[object, Found] = {}
    for path in paths:
        if os.fspath(path) == STDIN:
            found.setdefault(STDIN, Found("standard input", None, named=True))
        elif is_collection(place := Path(path)):
            try:
                collection = read_collection(place, _shown(place))
            except DocumentError as error:
                on_error(error)
                continue
            for member in collection.files:
                _add(found, member, on_error, collection)
        else:
            _add(found, place, on_error)
    return list(found.values())


def _add(
    found: dict[object, Found],
    place: Path,
    on_error: Callable[[InputError], None],
    collection: Collection | None = None,
) -> None:
    """Add a file, or all that a folder holds but descriptions of collections."""
    if not os.path.isdir(place):
        found.setdefault(_identity(place), Found(_shown(place), place, named=True, collection=collection))
        return
    inside, refused = _walk(place)
    for error in refused:
        on_error(error)
    inside = [member for member in inside if not (collection and is_collection(member))]
    if not inside and not refused:
        on_error(DocumentError(_shown(place), "is a folder with no files in it"))
    for member in inside:
        found.setdefault(_identity(member), Found(_shown(member), member, named=False, collection=collection))


def open_each(
    found: Iterable[Found],
    *,
    kind: str | None = None,
    max_size: int = MAX_SIZE,
    on_error: Callable[[InputError], None],
    on_skip: Callable[[Found], None],
) -> Iterator[RawFile | RecordLines | Table]:
    """Read each file; ``kind`` says what standard input is: text, table or records, None: told by its first line.

    What cannot be read goes to ``on_error``; a file met in a folder that is neither records nor named like a document
    goes to ``on_skip``.
    """
    for file in found:
        try:
            with _open(file) as stream:
                first = stream.readline(max_size * _LINE)
                told = kind if file.place is None else None
                if told == "records" if told else begin_records(first):
                    yield RecordLines(file.path, itertools.chain([first], _lines(file.path, stream, max_size * _LINE)))
                elif told == "table" if told else begins_table(file.path, first):
                    head = first + stream.read(max(0, HEAD - len(first)))
                    whole = _Replayed(head, stream)
                    place = _uri(file.place) if file.place else None
                    yield Table(file.path, place, io.BufferedReader(whole), head, whole.share, _written(stream))
                elif file.named or (file.place and file.place.suffix.lower() in SUFFIXES):
                    key = _uri(file.place) if file.place else None
                    yield RawFile(file.path, _read(file, stream, first, max_size), key, _written(stream))
                else:
                    on_skip(file)
        except DocumentError as error:
            on_error(error)
        except OSError as error:
            on_error(DocumentError(file.path, _reason(error)))


class _Replayed(io.RawIOBase):
    """A stream of which the first bytes have been taken, from its beginning."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest
        self._taken = 0
        self._size = os.fstat(rest.fileno()).st_size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        self._taken += len(data)
        return len(data)

    def share(self) -> float:
        """How much of the stream was taken; 0 for one whose size is not known."""
        return min(1.0, self._taken / self._size) if self._size else 0.0


def _walk(folder: Path) -> tuple[list[Path], list[DocumentError]]:
    """The files below a folder, sorted, and the folders that may not be entered."""
    members: list[Path] = []
    refused: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        members += [Path(place, name) for name in files if not name.startswith(".")]
    return sorted(members), [DocumentError(_shown(Path(error.filename)), _reason(error)) for error in refused]


def _open(file: Found) -> BinaryIO:
    if file.place is None:
        return io.BufferedReader(io.FileIO(sys.stdin.fileno(), closefd=False))
    if not file.named and not stat.S_ISREG(file.place.stat().st_mode):
        raise DocumentError(file.path, "is a pipe or a device", hint="Name it to have it read.")
    return file.place.open("rb")


def _read(file: Found, stream: BinaryIO, first: bytes, max_size: int) -> bytes:
    data = first + stream.read(max(0, max_size + 1 - len(first)))
    if len(data) > max_size:
        raise DocumentError(
            file.path, f"is larger than {max_size / 1e6:g} MB", hint="Split it, or raise the limit with --max-size."
        )
    return data


def _written(stream: BinaryIO) -> str | None:
    """When a file was last written; None for what is no file, or has no time that a calendar knows."""
    status = os.fstat(stream.fileno())
    if not stat.S_ISREG(status.st_mode):
        return None
    try:
        return dt.datetime.fromtimestamp(int(status.st_mtime), dt.timezone.utc).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _lines(path: str, stream: BinaryIO, limit: int) -> Iterator[bytes]:
    try:
        while line := stream.readline(limit):
            if len(line) == limit and not line.endswith(b"\n"):
                raise DocumentError(path, f"holds a line longer than {limit / 1e6:g} MB")
            yield line
    except OSError as error:
        raise DocumentError(path, _reason(error)) from error


def _identity(place: Path) -> object:
    try:
        status = place.stat()
    except (OSError, ValueError):
        return str(place)
    return (status.st_dev, status.st_ino) if status.st_ino else place.resolve()


def _uri(place: Path) -> str:
    return place.resolve().as_uri()


def _shown(place: Path) -> str:
    """Its path as text that can be stored and printed, whatever bytes its name has."""
    return os.fsencode(place).decode("utf-8", "replace")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "is not there"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return f"cannot be read ({error.strerror or error})"
