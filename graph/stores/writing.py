"""How documents are written to any store that speaks Cypher: read what exists, then create what is missing.

``MERGE`` would do the same in fewer words; from nodes with many edges it takes a hundred times as long.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from narragraph.graph.stores.base import Bundle, Writer
from narragraph.graph.stores.layout import Laid, Properties, check_label, disowned, lay_out, merged

T = TypeVar("T")

#: Runs one statement inside the open transaction and gives its rows.
Run = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]

BASE = "Narragraph"  # the label that every node of ours has beside its own
BATCH = 5_000  # rows a statement, so that no message to a server grows without bound

_OWNED = "MATCH (n:Document {root: $root}) RETURN n.id AS id, properties(n) AS properties"
_READ = f"UNWIND $ids AS id MATCH (n:{BASE} {{id: id}}) RETURN id, labels(n) AS labels, properties(n) AS properties"
_DELETE_LONELY = (
    f"UNWIND $ids AS id MATCH (n:{BASE} {{id: id}}) WHERE (n.root IS NULL OR n.root = $root) AND NOT (n)--() DELETE n"
)
_UPDATE = f"UNWIND $rows AS row MATCH (n:{BASE} {{id: row.id}}) SET n = row"
_CONNECT = (
    f"UNWIND $rows AS row MATCH (a:{BASE} {{id: row.source}}) MATCH (b:{BASE} {{id: row.target}}) "
    "CREATE (a)-[r:%s]->(b) SET r = row.properties"
)


class CypherWriter(Writer):
    """The Writer of a store that speaks Cypher; each adds its transactions, its schema and its index on roots."""

    #: Labels in a CREATE, with ``%s`` for the node's own.
    labels = "%s"

    @abstractmethod
    def transact(self, work: Callable[[Run], T]) -> T:
        """Do the work in one durable transaction, all or nothing."""

    @abstractmethod
    def prepare(self, laid: Laid) -> None:
        """Make what the schema still lacks for these labels and relationship types."""

    @abstractmethod
    def delete_edges(self, run: Run, root: str) -> set[str]:
        """Delete every edge that rests on the root; the ids of their ends."""

    def put(self, bundle: Bundle) -> None:
        """Store a document in place of its older version."""
        laid = lay_out(bundle)
        self.prepare(laid)

        def work(run: Run) -> None:
            self._remove(run, laid.root)
            self._add(run, laid)

        self.transact(work)

    def remove(self, root: str) -> bool:
        """Remove a document and what rested on it alone."""
        return self.transact(lambda run: self._remove(run, root))

    def _remove(self, run: Run, root: str) -> bool:
        owned = {row["id"] for row in run(_OWNED, {"root": root})}
        if root not in owned:
            return False
        candidates = sorted(owned | self.delete_edges(run, root))
        for ids in _batches(candidates):
            run(_DELETE_LONELY, {"ids": ids, "root": root})
        still_reviewed = [disowned(row["properties"]) for row in run(_OWNED, {"root": root})]
        if still_reviewed:
            run(_UPDATE, {"rows": still_reviewed})
        return True

    def _add(self, run: Run, laid: Laid) -> None:
        stored: dict[str, tuple[str, Properties]] = {}
        for ids in _batches(laid.ids):
            for row in run(_READ, {"ids": ids}):
                stored[row["id"]] = (own_label(row["labels"]), row["properties"])
        changed: list[Properties] = []
        for label, nodes in laid.nodes.items():
            missing: list[Properties] = []
            for id, properties in nodes.items():
                if id not in stored:
                    missing.append(properties)
                    continue
                old_label, old = stored[id]
                check_label(id, old_label, label)
                new = merged(old, properties)
                if new != old:
                    changed.append(new)
            for rows in _batches(missing):
                run(f"UNWIND $rows AS row CREATE (n:{self.labels % label}) SET n = row", {"rows": rows})
        for rows in _batches(changed):
            run(_UPDATE, {"rows": rows})
        for type, edges in laid.edges.items():
            for rows in _batches(edges):
                run(_CONNECT % type, {"rows": rows})


def own_label(labels: Iterable[str]) -> str:
    """A node's own label among all that it has."""
    return next((label for label in labels if label != BASE), "")


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
