"""The embedded store: ArcadeDB inside this process, in a folder of its own.

The folder holds ``narragraph.json`` (the format's version), ``lock`` and ``graph`` (the engine's files). One process
may write or several may read; the engine sees to the first half only, so ``lock`` is held shared by readers and alone
by a writer.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from narragraph.errors import (
    NarragraphError,
    NotAStore,
    QueryFailed,
    QueryRefused,
    RecordError,
    StoreError,
    StoreLocked,
    StoreNotFound,
    StoreUnavailable,
    StoreVersionError,
)
from narragraph.graph.stores import jvm
from narragraph.graph.stores.base import PART, Details, Rows, SchemaPart, Store, View, Writer
from narragraph.graph.stores.cypher import check_readonly
from narragraph.graph.stores.interrupting import flowing, interruptible
from narragraph.graph.stores.layout import Properties
from narragraph.graph.stores.lock import FolderLock
from narragraph.graph.stores.reading import CypherView
from narragraph.graph.stores.schema import ATTESTATION, BASE, EMBEDDED, FORMAT
from narragraph.graph.stores.writing import CypherWriter, End, Run, ends_of

T = TypeVar("T")

MARKER = "narragraph.json"

_ENDS = (
    "SELECT @out.id AS source, source_statement, @in.id AS target, target_statement "  # noqa: S608
    f"FROM {ATTESTATION} WHERE root = :root"
)
_SETTING = re.compile(r"[.,;:]?[^.,;:]*`?arcadedb\.\w+.*", re.DOTALL)  # advice on what users have no way to change
_PLACE = re.compile(r"(?:Syntax error )?at line (?:(\d+):(\d+)|(\d+), column (\d+))")
_DELETE = f"DELETE FROM {ATTESTATION} WHERE root = :root"  # noqa: S608


def open_embedded(path: Path, *, create: bool = False, readonly: bool = False, wait: float = 0) -> EmbeddedStore:
    """Open the store in the folder ``path``; with ``create`` make it if nothing stands there.

    Several processes may open it ``readonly`` at once. ``wait`` is how many seconds to wait for another process that
    holds it. Raises the StoreErrors that fit.
    """
    if not _is_store(path):
        if not create:
            raise StoreNotFound(
                f"There is no store at {path}.",
                hint=f"narragraph load FILE... --store {path} makes one; --store names another.",
            )
        _create(path)
    _check_format(path)
    lock = FolderLock(path, shared=readonly, wait=wait)
    try:
        jvm.start()
        if readonly and _needs_recovery(path):
            _recover(path, lock)
        return EmbeddedStore(path, _open(path, readonly=readonly), lock, readonly=readonly)
    except BaseException:
        lock.release()
        raise


class EmbeddedStore(Store):
    """A store in a folder."""

    def __init__(self, path: Path, database: Any, lock: FolderLock, *, readonly: bool) -> None:
        from arcadedb_embedded import __version__

        self.url = str(path)
        self.kind = f"embedded store (ArcadeDB {__version__.split('.post')[0]})"
        self._database = database
        self._lock = lock
        self._readonly = readonly

    def details(self) -> Details:
        """The format, the indexes, the size of the folder, and who wrote."""
        parts: dict[str, SchemaPart] = {}
        for row in self._database.query("sql", "SELECT FROM schema:indexes").to_list():  # one for each type's bucket
            on = f"{row['typeName']}.{', '.join(str(key) for keys in row['properties'] for key in keys)}"
            kind = "unique" if row["unique"] else f"{str(row['indexType']).lower().replace('_', '')} index"
            whole = row["valid"] and (on not in parts or parts[on].state == "online")
            parts[on] = SchemaPart(on, kind, on, "online" if whole else "invalid")
        programs = _EmbeddedView(self._database).programs()
        return Details(FORMAT, size_on_disk(Path(self.url)), programs, [parts[on] for on in sorted(parts)])

    def broken_edges(self) -> int:
        """How many edges the engine has records of, but cannot reach from their ends."""
        (stored,) = self._database.query("sql", f"SELECT count(*) AS n FROM {ATTESTATION}").to_list()  # noqa: S608
        (reached,) = self._database.query(
            "opencypher", f"MATCH (:{BASE})-[r]->(:{BASE}) RETURN count(r) AS n"
        ).to_list()
        return int(stored["n"]) - int(reached["n"])

    def view(self) -> View:
        """A new read-only view."""
        return _EmbeddedView(self._database)

    def writer(self) -> Writer:
        """The writer. Raises StoreError when the store was opened to be read only."""
        if self._readonly:
            raise StoreError(f"The store at {self.url} was opened to be read only.")
        return _EmbeddedWriter(self._database)

    def close(self) -> None:
        """Close the files and let others in."""
        try:
            self._database.close()
        finally:
            self._lock.release()


class _EmbeddedView(CypherView):
    def __init__(self, database: Any) -> None:
        self._database = database

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        check_readonly(cypher)
        return interruptible(lambda: self._run(cypher, dict(parameters or {}), timeout, limit))

    def _run(self, cypher: str, parameters: dict[str, Any], timeout: float | None, limit: int | None) -> Rows:
        try:
            with self._limited(timeout), self._database.query("opencypher", cypher, parameters) as found:
                # whole batches come faster than row after row
                rows = found.to_list() if limit is None else list(islice(found.iter_dicts(), limit + 1))
        except Exception as error:
            raise _query_error(error, timeout) from None
        columns = tuple(rows[0]) if rows else self._columns(cypher)
        more = limit is not None and len(rows) > limit
        return Rows(columns, [tuple(jvm.plain(row.get(column)) for column in columns) for row in rows[:limit]], more)

    def parts(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> Generator[Rows, None, None]:
        check_readonly(cypher)
        return flowing(lambda: self._parts(cypher, dict(parameters or {}), timeout))

    def _parts(self, cypher: str, parameters: dict[str, Any], timeout: float | None) -> Generator[Rows, None, None]:
        columns: tuple[str, ...] = ()
        try:
            with self._limited(timeout), self._database.query("opencypher", cypher, parameters) as found:
                for chunk in found.iter_chunks(PART):
                    columns = columns or tuple(chunk[0])
                    yield Rows(columns, [tuple(jvm.plain(row.get(name)) for name in columns) for row in chunk])
        except Exception as error:
            raise _query_error(error, timeout) from None
        if not columns:
            yield Rows(self._columns(cypher), [])

    def explain(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> None:
        check_readonly(cypher)
        try:
            self._database.query("opencypher", f"EXPLAIN {cypher}", dict(parameters or {})).close()
        except Exception as error:
            raise _query_error(error, None) from None

    @contextlib.contextmanager
    def _limited(self, seconds: float | None) -> Iterator[None]:
        """Let the engine stop what takes longer; it heeds the database's own setting only, not that of a query."""
        if seconds is None:
            yield
            return
        settings = self._database.get_java_database().getConfiguration()
        limit = jvm.java_class("GlobalConfiguration").COMMAND_TIMEOUT
        settings.setValue(limit, max(1, int(seconds * 1000)))
        try:
            yield
        finally:
            settings.setValue(limit, 0)

    def _columns(self, cypher: str) -> tuple[str, ...]:
        """Names of the columns of an answer without rows, from the parsed statement."""
        statement = self._database.get_java_database().getCypherStatementCache().get(cypher)
        clause = statement.getReturnClause()
        return tuple(str(item.getOutputName()) for item in clause.getReturnItems()) if clause else ()

    def stream(self, query: str, parameters: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        try:
            for batch in self._database.query("opencypher", query, dict(parameters or {})).iter_json_batches(1000):
                yield from batch
        except Exception as error:
            raise _query_error(error, None) from None


class _EmbeddedWriter(CypherWriter):
    def __init__(self, database: Any) -> None:
        self._database = database
        self._vertices: dict[str, Any] = {}

    def transact(self, work: Callable[[Run], T]) -> T:
        try:
            with self._database.transaction():
                return work(self._command)
        except NarragraphError:
            raise
        except Exception as error:
            raise _write_error(error) from error
        finally:
            self._vertices.clear()

    def prepare(self, labels: Iterable[str], types: Iterable[str]) -> None:
        schema = self._database.get_java_database().getSchema()
        for kind, base, names in (("VERTEX", BASE, labels), ("EDGE", ATTESTATION, types)):
            for name in names:
                if not schema.existsType(name):
                    try:
                        self._database.command("sql", f"CREATE {kind} TYPE {name} EXTENDS {base} BUCKETS 1")
                    except Exception as error:
                        raise _write_error(error) from error

    # the engine's Cypher creates the same in twice the time

    def create_nodes(self, run: Run, label: str, rows: Sequence[Properties]) -> None:
        java = self._database.get_java_database()
        for row, properties in zip(rows, jvm.maps(rows)):
            vertex = self._vertices[row["id"]] = java.newVertex(label)
            vertex.set(properties)
            vertex.save()

    def create_edges(self, run: Run, type: str, rows: Sequence[Properties]) -> None:
        for row, properties in zip(rows, jvm.maps([row["properties"] for row in rows])):
            self._vertex(row["source"]).newEdge(type, self._vertex(row["target"]), properties)

    def _vertex(self, id: str) -> Any:
        """A node of the open transaction as the engine has it."""
        if id not in self._vertices:
            java = self._database.get_java_database()
            self._vertices[id] = java.lookupByKey(BASE, "id", id).next().getRecord()
        return self._vertices[id]

    def delete_edges(self, run: Run, roots: Sequence[str]) -> set[End]:
        # the engine's Cypher finds relationships by scanning all of them; its SQL has the index
        ends: set[End] = set()
        for root in roots:
            edges = self._database.query("sql", _ENDS, {"root": root}).to_list()
            self._database.command("sql", _DELETE, {"root": root})
            ends.update(ends_of(edges))
        return ends

    def close(self) -> None:
        pass

    def _command(self, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._database.command("opencypher", cypher, dict(parameters)).to_list()
        return rows


def size_on_disk(path: Path) -> int:
    """Bytes of all files of a store."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _is_store(path: Path) -> bool:
    """True for a store, False where one could be made; NotAStore for anything else."""
    try:
        if (path / MARKER).is_file():
            return True
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            return False
    except OSError as error:
        raise StoreUnavailable(f"The store at {path} cannot be read: {error.strerror}.") from None
    what = "a folder of other things" if path.is_dir() else "a file"
    raise NotAStore(f"{path} is {what}, not a store.", hint="--store names the folder of a store.")


def upgrade_embedded(path: Path, *, wait: float = 0) -> tuple[int, int]:
    """Bring the store up to date; its format before and now. Raises the StoreErrors that fit."""
    if not _is_store(path):
        raise StoreNotFound(f"There is no store at {path}.", hint="--store names another.")
    lock = FolderLock(path, shared=False, wait=wait)
    try:
        before = _read_format(path)
        if before < FORMAT:
            jvm.start()
            with contextlib.closing(_open(path, readonly=False)) as database:
                _make_schema(database)
            _write_marker(path)
        _check_format(path)
    finally:
        lock.release()
    return before, FORMAT


def _read_format(path: Path) -> int:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return int(json.loads((path / MARKER).read_text(encoding="utf-8"))["format"])
    raise NotAStore(f"{path / MARKER} is damaged.", hint="Load the documents into a new store.")


def _write_marker(path: Path) -> None:
    """Say which format the store has, once all else is on the disk: a store without it is none."""
    from arcadedb_embedded import __version__

    draft = path / f"{MARKER}.part"
    with open(draft, "w", encoding="utf-8") as marker:
        marker.write(json.dumps({"format": FORMAT, "engine": f"ArcadeDB {__version__}"}) + "\n")
        marker.flush()
        os.fsync(marker.fileno())
    draft.replace(path / MARKER)


def _check_format(path: Path) -> None:
    found = _read_format(path)
    if found != FORMAT:
        raise StoreVersionError(
            f"The store at {path} has format {found}; this version reads format {FORMAT}.",
            hint=f"narragraph store upgrade --store {path} brings it up to date."
            if found < FORMAT
            else "Use the version that made it, or load the documents into a new store.",
        )


def _make_schema(database: Any) -> None:
    for statement in EMBEDDED:
        database.command("sql", statement)


def _create(path: Path) -> None:
    """Make a store beside its place and move it there whole: nobody ever meets half a store."""
    jvm.start()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise StoreUnavailable(f"A store cannot be made at {path}: {error.strerror}.") from None
    try:
        with contextlib.closing(_factory(building).create()) as database:
            _make_schema(database)
        (building / "lock").touch()
        _write_marker(building)
        building.chmod(0o777 & ~_umask())
        if path.is_dir() and os.name == "nt":
            path.rmdir()  # only an empty folder is ever replaced; POSIX does so by itself
        building.rename(path)
    except Exception as error:
        if not (path / MARKER).is_file():  # else another process was quicker, and its store will do
            raise StoreUnavailable(f"A store cannot be made at {path}: {_reason(error)}") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _open(path: Path, *, readonly: bool) -> Any:
    from arcadedb_embedded import Database

    mode = jvm.java_class("engine.ComponentFile$MODE")
    try:
        database = Database(_factory(path)._java_factory.open(mode.READ_ONLY if readonly else mode.READ_WRITE))
    except Exception as error:
        reason = _reason(error)
        if "lock" in reason.lower() or "already" in reason.lower():
            raise StoreLocked(
                f"The store at {path} is open already in this program.", hint="Use the one that is open, or close it."
            ) from None
        raise StoreUnavailable(f"The store at {path} cannot be opened: {reason}") from None
    if not database.get_java_database().getSchema().existsType(BASE):  # the engine takes lost files for an empty store
        database.close()
        raise StoreUnavailable(f"The store at {path} has lost files.", hint="Bring them back from a copy.")
    return database


def _needs_recovery(path: Path) -> bool:
    """True when the last writer was killed: the engine removes this file when it closes."""
    return (path / "graph" / "database.lck").exists()


def _recover(path: Path, lock: FolderLock) -> None:
    """Let the engine finish what a killed writer had committed; only a writer can."""
    if not os.access(path / "graph", os.W_OK):
        raise StoreUnavailable(
            f"The last load into the store at {path} was cut off.", hint="Open it once with the right to write to it."
        )
    lock.exchange(shared=False, wait=10)  # another reader may be at it
    if _needs_recovery(path):
        _open(path, readonly=False).close()
    lock.exchange(shared=True)


def _factory(path: Path) -> Any:
    from arcadedb_embedded import DatabaseFactory

    return DatabaseFactory(str(path.absolute() / "graph"))  # Java keeps the folder it was started in


def _write_error(error: Exception) -> NarragraphError:
    if "DuplicatedKeyException" in map(_kind, _causes(error)):
        return RecordError(_reason(error))
    return StoreError(f"The store could not write: {_reason(error)}")


def _query_error(error: Exception, timeout: float | None) -> NarragraphError:
    kinds = {_kind(cause) for cause in _causes(error)}
    if kinds & {"QueryNotIdempotentException", "SecurityException", "DatabaseIsReadOnlyException"}:
        return QueryRefused(f"Queries only read: {_reason(error)}")
    if "TimeoutException" in kinds:
        return QueryFailed(f"The query was stopped after {timeout:g} seconds.", hint="Narrow it, or allow more time.")
    reason = _reason(error)
    if kinds & {"OutOfMemoryError", "QueryBudgetExceededException"} or "heap" in reason.lower():
        return QueryFailed(
            "The query needs more memory than Java may use.", hint="Narrow it, or raise NARRAGRAPH_HEAP (megabytes)."
        )
    return QueryFailed(_with_place(_SETTING.sub("", reason)))


def _with_place(reason: str) -> str:
    """A syntax fault with its place told as everywhere else, in lines and columns from 1."""
    place = _PLACE.search(reason)
    if not place:
        return reason
    line, column = int(place[1] or place[3]), int(place[2] or place[4]) + 1
    told, _, _ = (reason[: place.start()] + reason[place.end() :]).partition("\n")
    return f"{told.strip().removeprefix('-').strip()} (line {line}, column {column})"


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _kind(error: BaseException) -> str:
    return type(error).__name__.rpartition(".")[2]


def _reason(error: BaseException) -> str:
    """The innermost reason in the engine's words, without the names of its classes."""
    message = ""
    for cause in _causes(error):
        with contextlib.suppress(Exception):
            said = cause.getMessage() if hasattr(cause, "getMessage") else message or str(cause)
            message = message if said is None else str(said)
    return message
