"""A Neo4j server, by Bolt.

What is ours in the database carries the label ``Narragraph`` beside its own. The format's version stands in the names
of our constraints, for a node to hold it would turn up in everybody's counts.
"""

from __future__ import annotations

import contextlib
import datetime
import logging
import os
import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from narragraph.errors import (
    NarragraphError,
    NotAStore,
    QueryRefused,
    StoreError,
    StoreNotFound,
    StoreVersionError,
)
from narragraph.graph.stores.base import PART, Details, Rows, SchemaPart, Store, View, Writer
from narragraph.graph.stores.cypher import PROCEDURES, check_readonly
from narragraph.graph.stores.interrupting import flowing, interruptible
from narragraph.graph.stores.layout import HIDDEN
from narragraph.graph.stores.neo4j_errors import code_of, query_failure, store_failure
from narragraph.graph.stores.reading import HASHES_OF, CypherView
from narragraph.graph.stores.retrying import transact
from narragraph.graph.stores.schema import BASE, FORMAT, NEO4J_LABEL, NEO4J_MORE, NEO4J_TYPE
from narragraph.graph.stores.writing import CypherWriter, End, Run, ends_of, own_label
from narragraph.ontology.schema import load_schema

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

_PREFIX = f"narragraph_{FORMAT}_"
_LABEL = f"{_PREFIX}label_"
_CONNECT_SECONDS = 5
_GREETING_SECONDS = 10  # from asking for a connection to the server's first words; a port may be open and say nothing
_RETRY_SECONDS = 15
_MADE = {  # by another program that makes the same at the same time; IF NOT EXISTS looks before it waits
    f"Neo.ClientError.Schema.{rule}AlreadyExists" for rule in ("EquivalentSchemaRule", "Index", "Constraint")
}
_OLDEST = (5, 23)  # the first version with CALL (variables) { … }

_LABELS_USED = f"MATCH (n:{BASE}) UNWIND labels(n) AS used WITH DISTINCT used WHERE used <> '{BASE}' RETURN used"
_TYPES_USED = f"MATCH (:{BASE})-[r]->(:{BASE}) RETURN DISTINCT type(r) AS used"
_OWN_INDEXES = "INDEXES YIELD name, owningConstraint WHERE owningConstraint IS NULL RETURN name"
_SCHEMA_PARTS = (
    "SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint, state "
    "WHERE name STARTS WITH 'narragraph_' "
    "RETURN name, CASE WHEN owningConstraint IS NULL THEN type + ' index' ELSE 'unique' END AS kind, "
    "labelsOrTypes AS types, properties AS keys, toLower(state) AS state ORDER BY name"
)


def open_neo4j(url: str, *, create: bool = False, readonly: bool = False) -> Neo4jStore:
    """Open the graph in the server's database, as ``NEO4J_USERNAME``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` say.

    With ``create`` a database without a graph of ours gets our constraints. Raises the StoreErrors that fit.
    """
    store = unopened(url, readonly=readonly)
    try:
        store.connect(create=create)
    except BaseException:
        store.close()
        raise
    return store


def upgrade_neo4j(url: str) -> tuple[int, int]:
    """Bring the graph in the server's database up to date; its format before and now. Raises StoreErrors."""
    store = unopened(url, readonly=False)
    with store:
        before = store.find_format()
        if 0 < before < FORMAT:
            try:
                store.upgrade()
            except NarragraphError:
                raise
            except Exception as error:
                raise store.failure(error) from None
        store.connect()
    return before, FORMAT


def unopened(url: str, *, readonly: bool) -> Neo4jStore:
    """The store before anything was asked of its server."""
    import neo4j

    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it complains of is told by us
    user, password = os.environ.get("NEO4J_USERNAME") or "neo4j", os.environ.get("NEO4J_PASSWORD")
    driver = neo4j.GraphDatabase.driver(
        url,
        auth=(user, password) if password else None,
        connection_timeout=_CONNECT_SECONDS,
        connection_acquisition_timeout=_GREETING_SECONDS,
        max_transaction_retry_time=_RETRY_SECONDS,
        notifications_min_severity="OFF",  # such as labels that do not exist yet
    )
    return Neo4jStore(url, driver, os.environ.get("NEO4J_DATABASE") or None, readonly=readonly)


class Neo4jStore(Store):
    """The graph in one database of a Neo4j server."""

    kind = "Neo4j"

    def __init__(self, url: str, driver: neo4j.Driver, database: str | None, *, readonly: bool) -> None:
        self.url = url
        self.driver = driver
        self.database = database
        self.made: set[str] = set()  # names of our constraints that the database has
        self._readonly = readonly

    def greet(self) -> None:
        """Log in, and see what kind of server it is. Raises StoreVersionError for one that is too old."""
        try:
            self.kind = self.driver.get_server_info().agent.replace("/", " ")
        except Exception as error:
            raise self.failure(error) from None
        version = re.match(r"Neo4j (\d+)\.(\d+)", self.kind)
        if version and (int(version[1]), int(version[2])) < _OLDEST:
            raise StoreVersionError(
                f"The server at {self.url} is {self.kind}; version {'.'.join(map(str, _OLDEST))} or newer is needed."
            )

    def ask(self) -> None:
        """Have the database answer anything."""
        try:
            self.execute("RETURN 1 AS one")
        except Exception as error:
            raise self.failure(error) from None

    def connect(self, *, create: bool = False) -> None:
        """Find out what stands in the database, and make our constraints if nothing does."""
        format = self.find_format()
        if format == FORMAT:
            own = [name.removeprefix(_LABEL) for name in self.made if name.startswith(_LABEL)]
            self._refuse_foreign({BASE, *own}, ours=True)
            return
        if format:
            raise StoreVersionError(
                f"The graph at {self.url} has format {format}; this version reads format {FORMAT}.",
                hint=f"narragraph store upgrade --store {self.url} brings it up to date."
                if format < FORMAT
                else "Use the version that made it, or load the documents into another database.",
            )
        self._refuse_foreign([BASE, *load_schema().node_types], ours=False)
        if not create:
            raise StoreNotFound(
                f"The database at {self.url} holds no graph of ours.",
                hint=f"narragraph load FILE... --store {self.url} makes one.",
            )
        self.make_label(BASE)

    def find_format(self) -> int:
        """The format of the graph that stands in the database; 0 where none does.

        It stands in the names of constraints. That of the common label is made last, so without it an upgrade was
        broken off.
        """
        self.greet()
        try:
            names = {row["name"] for row in self.execute("SHOW CONSTRAINTS YIELD name")}
        except Exception as error:
            raise self.failure(error) from None
        self.made = {name for name in names if name.startswith(_PREFIX)}
        formats = {int(match[1]) for name in names if (match := re.match(r"narragraph_(\d+)_", name))}
        if formats == {FORMAT} and f"{_LABEL}{BASE}" not in self.made:
            return FORMAT - 1
        return max(formats) if formats and max(formats) > FORMAT else min(formats, default=0)

    def upgrade(self) -> None:
        """Give the graph the constraints and indexes of this format; broken off, it can be done again."""
        for row in self.execute(_LABELS_USED):
            self._drop_older(f"label_{row['used']}")
            self._make_label(row["used"])
        for row in self.execute(_TYPES_USED):
            self._drop_older(f"type_{row['used']}")
            self.make_type(row["used"])
        self._drop_older(f"(?!label_{BASE}$).*")
        self._drop_older(f"label_{BASE}")
        self._make_label(BASE)

    def _drop_older(self, part: str) -> None:
        """Drop what an older format made; ``part`` is a pattern for what stands behind its number in the names."""
        for what, shown in (("CONSTRAINT", "CONSTRAINTS YIELD name"), ("INDEX", _OWN_INDEXES)):
            for row in self.execute(f"SHOW {shown}"):
                match = re.fullmatch(rf"narragraph_(\d+)_(?:{part})(?:_root)?", row["name"])
                if match and int(match[1]) < FORMAT:
                    self.execute(f"DROP {what} {row['name']}")

    def _refuse_foreign(self, labels: Iterable[str], *, ours: bool) -> None:
        """Raise NotAStore where nodes that are not ours bear one of the labels: queries would take them for ours.

        ``ours`` tells whether there may be nodes of ours.
        """
        counting = " UNION ALL ".join(f"MATCH (n:{label}) RETURN '{label}' AS label, count(n) AS n" for label in labels)
        try:
            counts = {row["label"]: row["n"] for row in self.execute(counting)}  # the server keeps them at hand
            if ours and counts.pop(BASE, 0) == sum(counts.values()):
                return
            borne = [label for label, count in counts.items() if count]
            if ours:  # or somebody is writing just now
                beside = (f"MATCH (n:{label}) WHERE NOT n:{BASE} RETURN 1 AS found LIMIT 1" for label in borne)
                borne = [label for label, query in zip(borne, beside) if self.execute(query)]
        except Exception as error:
            raise self.failure(error) from None
        if borne:
            raise NotAStore(
                f"The database at {self.url} holds nodes with the label {borne[0]} that are not ours.",
                hint="Name another database in NEO4J_DATABASE.",
            )

    def execute(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Run a statement of ours in a transaction of its own."""
        records = self.driver.execute_query(cypher, dict(parameters or {}), database_=self.database).records
        return [dict(record) for record in records]

    def write(self, work: Callable[[Run], T]) -> T:
        """Do the work in a transaction, again while the server is away or busy."""
        try:
            return transact(self.driver, self.database, self.url, work)
        except NarragraphError:
            raise
        except Exception as error:
            raise self.failure(error) from error

    def make_label(self, label: str) -> None:
        """Make the constraint of a label, unless foreign nodes bear it: queries would mistake them for ours."""
        if f"{_LABEL}{label}" in self.made:
            return
        others = f"MATCH (n:{label})" + ("" if label == BASE else f" WHERE NOT n:{BASE}") + " RETURN 1 AS found LIMIT 1"
        if self.write(lambda run: list(run(others, {}))):
            raise NotAStore(
                f"The database at {self.url} holds nodes with the label {label} that are not ours.",
                hint="Name another database in NEO4J_DATABASE.",
            )
        self._make_label(label)

    def _make_label(self, label: str) -> None:
        self._make(f"{_LABEL}{label}", label, *NEO4J_MORE.get(label, ()), *NEO4J_LABEL)

    def make_type(self, type: str) -> None:
        """Make constraint and index of a relationship type."""
        name = f"{_PREFIX}type_{type}"
        if name not in self.made:
            self._make(name, type, *NEO4J_TYPE)

    def _make(self, name: str, type: str, *statements: str) -> None:
        """Make parts of the schema; the constraint comes last, for where it stands all do."""
        for statement in statements:
            made = statement.format(name=name, type=type, types="|".join(load_schema().edge_types))
            try:
                self.write(lambda run, made=made: list(run(made, {})))  # type: ignore[misc]
            except StoreError as error:
                if code_of(error.__cause__) not in _MADE:
                    raise
        self.made.add(name)

    @property
    def types(self) -> list[str]:
        """The relationship types that the graph has."""
        return sorted(name.removeprefix(f"{_PREFIX}type_") for name in self.made if name.startswith(f"{_PREFIX}type_"))

    def failure(self, error: Exception) -> NarragraphError:
        """The error of ours that says in plain words what the driver's says."""
        return store_failure(error, self.url, self.database)

    def details(self) -> Details:
        """The format, the constraints and indexes of ours, and who wrote; servers do not tell their size on disk."""
        view = _Neo4jView(self)
        parts = [
            SchemaPart(
                row["name"], row["kind"].lower(), f"{'|'.join(row['types'])}.{', '.join(row['keys'])}", row["state"]
            )
            for row in view.stream(_SCHEMA_PARTS)
        ]
        return Details(FORMAT, None, view.programs(), parts)

    def view(self) -> View:
        """A new read-only view."""
        return _Neo4jView(self)

    def writer(self) -> Writer:
        """The writer. Raises StoreError when the store was opened to be read only."""
        if self._readonly:
            raise StoreError(f"The store at {self.url} was opened to be read only.")
        return _Neo4jWriter(self)

    def close(self) -> None:
        """Close all connections."""
        with contextlib.suppress(Exception):  # after Ctrl-C it may still be at work; what counts was committed
            self.driver.close()


class _Neo4jView(CypherView):
    def __init__(self, store: Neo4jStore) -> None:
        self._store = store

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

    def _run(self, cypher: str, values: dict[str, Any], timeout: float | None, limit: int | None) -> Rows:
        try:
            with self._session() as session, session.begin_transaction(timeout=timeout) as transaction:
                _check_plan(transaction.run(f"EXPLAIN\n{cypher}", values).consume())
                result = transaction.run(cypher, values)
                columns = tuple(result.keys())
                wanted = islice(result, None if limit is None else limit + 1)
                rows = [tuple(_plain(value) for value in record.values()) for record in wanted]
                return Rows(columns, rows[:limit], limit is not None and len(rows) > limit)
        except NarragraphError:
            raise
        except Exception as error:
            raise query_failure(error, self._store.url, self._store.database, timeout) from None

    def parts(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> Generator[Rows, None, None]:
        check_readonly(cypher)
        return flowing(lambda: self._parts(cypher, dict(parameters or {}), timeout))

    def _parts(self, cypher: str, values: dict[str, Any], timeout: float | None) -> Generator[Rows, None, None]:
        try:
            with self._session() as session, session.begin_transaction(timeout=timeout) as transaction:
                _check_plan(transaction.run(f"EXPLAIN\n{cypher}", values).consume())
                result = transaction.run(cypher, values)
                columns, first = tuple(result.keys()), True
                while (some := list(islice(result, PART))) or first:
                    first = False
                    yield Rows(columns, [tuple(_plain(value) for value in record.values()) for record in some])
        except NarragraphError:
            raise
        except Exception as error:
            raise query_failure(error, self._store.url, self._store.database, timeout) from None

    def explain(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> None:
        check_readonly(cypher)
        try:
            with self._session() as session, session.begin_transaction() as transaction:
                _check_plan(transaction.run(f"EXPLAIN\n{cypher}", dict(parameters or {})).consume())
        except NarragraphError:
            raise
        except Exception as error:
            raise query_failure(error, self._store.url, self._store.database, None) from None

    def run_patiently(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        check_readonly(cypher)
        rows = self._store.write(lambda run: list(run(cypher, parameters or {})))
        return Rows(tuple(rows[0]) if rows else (), [tuple(row.values()) for row in rows])

    def document_hashes(self, roots: Collection[str] | None = None) -> dict[str, str]:
        """As loads ask for it before they write, and as patiently."""
        if roots is None:
            return super().document_hashes()
        return dict(self.run_patiently(HASHES_OF, {"roots": list(roots)}).rows)

    def _session(self) -> neo4j.Session:
        return self._store.driver.session(database=self._store.database, default_access_mode="READ")

    def stream(self, query: str, parameters: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        try:
            with self._session() as session:
                records = iter(session.run(query, dict(parameters or {})))
                while some := interruptible(lambda: [dict(record) for record in islice(records, 1000)], grace=5):
                    yield from some
        except Exception as error:
            raise self._store.failure(error) from None


class _Neo4jWriter(CypherWriter):
    labels = f"{BASE}:%s"
    lock = "SET n.root = n.root WITH n "

    def __init__(self, store: Neo4jStore) -> None:
        self._store = store

    def transact(self, work: Callable[[Run], T]) -> T:
        return self._store.write(work)

    def prepare(self, labels: Iterable[str], types: Iterable[str]) -> None:
        for label in labels:
            self._store.make_label(label)
        for type in types:
            self._store.make_type(type)

    def delete_edges(self, run: Run, roots: Sequence[str]) -> set[End]:
        if not self._store.types:
            return set()
        each = " UNION ALL ".join(
            f"WITH root MATCH (a)-[r:{type} {{root: root}}]->(b) RETURN r, a, b" for type in self._store.types
        )
        rows = run(
            f"UNWIND $roots AS root CALL (root) {{ {each} }} "
            "WITH r, a.id AS source, r.source_statement AS source_statement, "
            "b.id AS target, r.target_statement AS target_statement DELETE r "
            "RETURN DISTINCT source, source_statement, target, target_statement",
            {"roots": roots},
        )
        return ends_of(rows)

    def close(self) -> None:
        pass


def _check_plan(summary: neo4j.ResultSummary) -> None:
    """Raise QueryRefused unless the server's own plan of the query reads the graph and nothing else."""
    if summary.query_type != "r":
        raise QueryRefused("Queries only read: this one would change the database.")
    operators = [summary.plan] if summary.plan else []
    while operators:
        operator = operators.pop()
        kind = str(operator["operatorType"]).partition("@")[0]
        if kind == "LoadCSV":
            raise QueryRefused("Queries only read: LOAD CSV is not allowed.")
        details = str(operator.get("args", {}).get("Details", ""))
        if kind == "ProcedureCall" and not details.startswith(tuple(f"{name}(" for name in PROCEDURES)):
            raise QueryRefused(f"Queries only read: CALL {details.partition('(')[0]} is not allowed.")
        operators.extend(operator.get("children", ()))


def _plain(value: Any) -> Any:
    """A value of an answer as Python has it: nodes and relationships as dicts, paths as lists of these."""
    from neo4j import graph, time

    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (time.Date, time.DateTime, time.Time)):
        return _with_offset(value.to_native())
    if isinstance(value, time.Duration):
        return value.iso_format()
    if isinstance(value, graph.Node):
        return {"type": own_label(value.labels), **_shown(value)}
    if isinstance(value, graph.Relationship):
        return {"type": value.type, **_shown(value)}
    if isinstance(value, graph.Path):
        ends = [*value.relationships, None]
        return [_plain(part) for pair in zip(value.nodes, ends) for part in pair if part is not None]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value]


def _with_offset(value: datetime.date | datetime.time) -> datetime.date | datetime.time:
    """The same with its zone as a plain offset, as other stores have it."""
    if isinstance(value, datetime.datetime) and (offset := value.utcoffset()) is not None:
        return value.replace(tzinfo=datetime.timezone(offset))
    return value


def _shown(entity: neo4j.graph.Entity) -> dict[str, Any]:
    return {key: _plain(entity[key]) for key in sorted(entity.keys()) if key not in HIDDEN}
