"""What every store offers: a Store opens Writers and Views, and nothing else touches the database.

A store holds nodes and edges as :mod:`narragraph.graph.model` has them. Every edge rests on one document; documents
that are part of a file (cases in a digest) rest on the file's own Document node, the *root*. Writing goes by root:
all that came from one root is put, replaced or removed at once or not at all.

How the graph lies in a Cypher store: a node has its type as label and is matched by ``:Narragraph`` too (a second
label on Neo4j, the common supertype in the embedded store), with an index on ``id`` behind both; ``id``, ``name``,
``aliases`` and its properties are properties. An edge is one relationship of its type with all its fields as
properties, but ``source`` and ``target``, which are its ends; ``spans`` are kept as two lists ``span_starts`` and
``span_ends``. The store's own, and never exported, are ``root``, on edges and on Documents that were loaded themselves:
the root document; a root's ``fingerprint``: that of the bundle it was put with; its ``loaded_by`` and ``loaded_at``:
the version of this program that put it, and when (UTC); and ``statements`` with
``source_statement`` and ``target_statement``: see :class:`~narragraph.graph.stores.layout.Entry`; and ``struck``,
``review`` and ``confidence_read``: see :mod:`~narragraph.graph.stores.deciding`.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from types import TracebackType
from typing import Any

from narragraph.errors import QueryFailed
from narragraph.graph.model import READING, Edge, Node, Value, digest

PART = 1_000  # rows that come at a time where an answer is not read whole

_UNTOLD = ("retrieved", READING)
_fields_of = attrgetter(*(one.name for one in fields(Edge)))


@dataclass(frozen=True)
class Bundle:
    """Everything that came from one root document: its node, its parts, what they speak of, and every edge.

    ``nodes`` includes the root and both ends of every edge. Each node that is no part of the root is an end of at least
    one of the edges. Parts are the Documents whose ``part_of`` leads to the root; of any other Document a bundle says
    only how its page appears.
    """

    root: Node
    nodes: Sequence[Node]
    edges: Sequence[Edge]

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits for all the bundle holds, in whatever order: equal ones need no second put.

        How its ``path`` was spelled, when it was ``retrieved`` and the digest of what was read do not count: a file
        that was copied or moved says what it said.
        """
        nodes = [
            (node.id, node.type, node.name, node.aliases, _telling(node.properties))
            for node in sorted(self.nodes, key=attrgetter("id"))
        ]
        edges = [_fields_of(edge) for edge in sorted(self.edges, key=attrgetter("id"))]
        return digest(json.dumps([nodes, edges], sort_keys=True, default=dict))


def _telling(properties: Mapping[str, Value]) -> dict[str, Value]:
    return {**{name: value for name, value in properties.items() if name not in _UNTOLD}, "path": ""}


@dataclass(frozen=True)
class StoredBundle(Bundle):
    """A bundle read back from a store; its fingerprint is ``kept``, the one that it was put with."""

    kept: str

    @cached_property
    def fingerprint(self) -> str:
        """That of the bundle as it was put."""
        return self.kept


@dataclass(frozen=True)
class SchemaPart:
    """A constraint or an index of ours: its kind, what it is on ("Actor.id"), and its state ("online")."""

    name: str
    kind: str
    on: str
    state: str


@dataclass(frozen=True)
class Details:
    """What a store tells of itself; None and nothing for what it does not know.

    ``format`` is the version of how the graph lies in it, ``size`` its bytes on disk, and ``programs`` tells how many
    root documents each version of this program has written.
    """

    format: int | None = None
    size: int | None = None
    programs: Mapping[str, int] = field(default_factory=dict)
    schema: Sequence[SchemaPart] = ()


@dataclass(frozen=True)
class Rows:
    """Answer of a query: column names in order, and rows of plain values.

    Those are None, bool, int, float, str, list, dict, and ``datetime``'s ``date``, ``datetime`` and ``time``;
    durations are ISO texts. A node or relationship is a dict of its ``type`` and properties, a path a list of both in
    turn. ``more`` tells that a limit has cut rows off.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    more: bool = False


class View(ABC):
    """Read-only access to one state of the store. A context manager."""

    @abstractmethod
    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Answer a reading Cypher query, with its first ``limit`` rows where one is set.

        Raises QueryRefused when the text would write, load files or call a procedure outside the allowed ones, and
        QueryFailed, with the store's reason, when it cannot be answered or ``timeout`` seconds have passed.
        """

    def parts(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> Generator[Rows, None, None]:
        """As ``run``, a thousand rows or so at a time, so that memory does not grow with their number.

        One part comes even where there are no rows. No more than one answer is read so at a time.
        """
        yield self.run(cypher, parameters, timeout=timeout)

    def run_patiently(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """``run`` for a load, which waits for a server that is away for a while, as its writes do."""
        return self.run(cypher, parameters)

    def explain(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Let the store plan a query without running it; raises what ``run`` raises for its text."""
        raise QueryFailed("This store answers no Cypher.")

    @abstractmethod
    def nodes(self) -> Iterator[Node]:
        """Every node, ordered by id."""

    @abstractmethod
    def edges(self) -> Iterator[Edge]:
        """Every edge, ordered by id."""

    @abstractmethod
    def document_hashes(self, roots: Collection[str] | None = None) -> dict[str, str]:
        """Ids of root documents, all or those among ``roots``, and the ``Bundle.fingerprint`` each was put with.

        Tells new, unchanged and changed apart. The text's own ``sha256`` would not do: better rules or corrected
        records change what an unchanged text gives.
        """

    @abstractmethod
    def bundles(self, skip: Collection[str] = ()) -> Iterator[Bundle]:
        """Every root document, but those to ``skip``, as it can be put into another store, ordered by id.

        Each states of every node what it stated when it was put, and keeps its fingerprint.
        """

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes and how many edges of each type."""
        return count_by_type(self.nodes()), count_by_type(self.edges())

    @abstractmethod
    def close(self) -> None:
        """Give the view back; closing twice is allowed."""

    def __enter__(self) -> View:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Writer(ABC):
    """Writes whole documents. A context manager; what was put before an error stays, the rest is not there at all."""

    @abstractmethod
    def put_all(self, bundles: Sequence[Bundle]) -> None:
        """Store several documents, each in place of what came from the same root before; of equal roots the last.

        All in one durable transaction: when it returns, all are on the disk, and when it does not, none is there
        unless every one is. What a node shows depends on which roots are loaded and on nothing else: a loaded Document
        shows what its own root says; any other node the statements of all roots that speak of it, where of values that
        differ the one that sorts last counts and aliases are united. Nodes that nothing rests on any more go. What the
        log in :mod:`narragraph.graph.review` decides holds for edges put before it and after it: views show none that
        is rejected, and no node that stands in such alone; bundles hold all as it was put. Raises
        RecordError, and changes nothing, for a bundle that contradicts itself or the types, owners and edges in the
        store, or that holds values no store can.
        """

    def put(self, bundle: Bundle) -> None:
        """Store one document, as ``put_all`` does."""
        self.put_all([bundle])

    @abstractmethod
    def remove(self, root: str) -> bool:
        """Remove a document and exactly what rested on it: as if it had never been put. One durable transaction.

        False when it was not there. A document that others review stays as the appearance that they know.
        """

    @abstractmethod
    def close(self) -> None:
        """Finish; closing twice is allowed."""

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Store(ABC):
    """An open store. A context manager."""

    #: Where it is, as users write it and without secrets ("./narragraph-store", "bolt://localhost:7687").
    url: str
    #: What it is, in words ("embedded store (ArcadeDB 26.10)", "Neo4j 5.26.30").
    kind: str

    @abstractmethod
    def view(self) -> View:
        """A new read-only view."""

    @abstractmethod
    def writer(self) -> Writer:
        """The writer; one at a time."""

    def details(self) -> Details:
        """What the store tells of itself."""
        return Details()

    @abstractmethod
    def close(self) -> None:
        """Close the store; closing twice is allowed."""

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def count_by_type(items: Iterable[Node | Edge]) -> dict[str, int]:
    """How many of each type, by type name."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item.type] = counts.get(item.type, 0) + 1
    return dict(sorted(counts.items()))
