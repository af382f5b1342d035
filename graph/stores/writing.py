"""How documents are written to any store that speaks Cypher: read what exists, then create what is missing.

``MERGE`` would do the same in fewer words; from nodes with many edges it takes a hundred times as long.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from narragraph.graph.review import LOG, Place, Rulings
from narragraph.graph.stores.base import Bundle, Writer
from narragraph.graph.stores.deciding import decided, differing, rulings_of, undecided
from narragraph.graph.stores.layout import Entry, Laid, Properties, check_label, check_owner, checked_name, lay_out
from narragraph.graph.stores.schema import BASE

T = TypeVar("T")

#: Runs one statement inside the open transaction and gives its rows.
Run = Callable[[str, Mapping[str, Any]], Iterable[Mapping[str, Any]]]

#: What a document stated of the end of one of its edges: the node's id and the statement's key, see ``Entry``.
End = tuple[str, "str | None"]

BATCH = 5_000  # rows a statement, so that no message to a server grows without bound

_OWNED = "UNWIND $roots AS root MATCH (n:Document {root: root}) %sRETURN n.id AS id, n.root AS root"
_READ = (
    f"UNWIND $ids AS id MATCH (n:{BASE} {{id: id}}) %s"
    "RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties"
)
_DELETE_LONELY = (
    f"UNWIND $ids AS id MATCH (n:{BASE} {{id: id}}) %s"
    "WHERE (n.root IS NULL OR n.root IN $roots) AND NOT (n)--() DELETE n"
)
_STILL_STATED = (
    f"UNWIND $rows AS row MATCH (n:{BASE} {{id: row.id}}) WITH n, row, coalesce(n.root, '') AS root WHERE "
    "EXISTS { MATCH (n)-[r]->() WHERE r.root <> root AND coalesce(r.source_statement, '') = row.key } OR "
    "EXISTS { MATCH (n)<-[r]-() WHERE r.root <> root AND coalesce(r.target_statement, '') = row.key } "
    "RETURN row.id AS id, row.key AS key"
)
_UPDATE = f"UNWIND $rows AS row MATCH (n:{BASE} {{id: row.id}}) SET n = row"
_CONNECT = (
    f"UNWIND $rows AS row MATCH (a:{BASE} {{id: row.source}}) MATCH (b:{BASE} {{id: row.target}}) "
    "CREATE (a)-[r:%s]->(b) SET r = row.properties"
)
_ROOTS = f"UNWIND $ids AS id MATCH (d:{BASE} {{id: id}}) WHERE d.root IS NOT NULL RETURN d.id AS id, d.root AS root"
_AT_PLACES = (
    f"UNWIND $rows AS row MATCH (a:{BASE} {{id: row.source}})-[r:%s]->(b:{BASE} {{id: row.target}}) "
    "WHERE r.document = row.document RETURN a.id AS source, b.id AS target, properties(r) AS properties"
)
_DELETE_EDGES = (
    f"UNWIND $rows AS row MATCH (a:{BASE} {{id: row.source}})-[r:%s]->(b:{BASE} {{id: row.target}}) "
    "WHERE r.id = row.id DELETE r"
)


class CypherWriter(Writer):
    """The Writer of a store that speaks Cypher; each adds its transactions, its schema and its index on roots."""

    #: Labels in a CREATE, with ``%s`` for the node's own.
    labels = "%s"
    #: Clause behind the MATCH of a node ``n`` that keeps other writers from it until the transaction ends.
    lock = ""

    @abstractmethod
    def transact(self, work: Callable[[Run], T]) -> T:
        """Do the work in one durable transaction, all or nothing; it may be done again after a conflict."""

    @abstractmethod
    def prepare(self, labels: Iterable[str], types: Iterable[str]) -> None:
        """Make what the schema still lacks for these labels and relationship types."""

    @abstractmethod
    def delete_edges(self, run: Run, roots: Sequence[str]) -> set[End]:
        """Delete every edge that rests on one of the roots; what these stated of their ends."""

    def create_nodes(self, run: Run, label: str, rows: Sequence[Properties]) -> None:
        """Create nodes from their properties."""
        run(f"UNWIND $rows AS row CREATE (n:{self.labels % label}) SET n = row", {"rows": rows})

    def create_edges(self, run: Run, type: str, rows: Sequence[Properties]) -> None:
        """Create edges between nodes that exist from rows of ``source``, ``target`` and ``properties``."""
        run(_CONNECT % type, {"rows": rows})

    def put_all(self, bundles: Sequence[Bundle]) -> None:
        """Store documents in place of their older versions, in one transaction."""
        group = {bundle.root.id: lay_out(bundle) for bundle in bundles}
        self.prepare(
            {label for laid in group.values() for label in laid.labels.values()},
            {type for laid in group.values() for type in laid.edges},
        )

        self.transact(lambda run: self._replace(run, group))

    def remove(self, root: str) -> bool:
        """Remove a document and what rested on it."""
        return self.transact(lambda run: self._replace(run, {root: None}))

    def _replace(self, run: Run, group: Mapping[str, Laid | None]) -> bool:
        """Put new versions, or nothing, in the place of roots, as people decided; False when none was there.

        A new log of decisions is applied to what was stored before it.
        """
        rulings = self._rulings(run) if LOG in group else {}
        removed = self._remove(run, group)
        fresh = [laid for laid in group.values() if laid]
        if LOG not in group:
            rulings = self._rulings(run) if fresh else {}
            self._add(run, [decided(laid, rulings) for laid in fresh])
            return removed
        log = group[LOG]
        before, rulings = rulings, rulings_of(log.own[LOG].get("text") if log else None)
        reopened, ends = self._reopen(run, differing(before, rulings), group.keys())
        self._add(run, [decided(laid, rulings) for laid in [*fresh, *reopened]])
        self._settle(run, sorted({id for id, _ in ends}), ends, {})
        return removed

    def _rulings(self, run: Run) -> Rulings:
        rows = run("MATCH (d:Document {id: $id}) RETURN d.text AS text", {"id": LOG})
        return rulings_of(next((row["text"] for row in rows), None))

    def _reopen(self, run: Run, places: Sequence[Place], without: Collection[str]) -> tuple[list[Laid], set[End]]:
        """Take the edges at these places out of their documents; the documents with them, and what they stated.

        Only these edges and those that were struck are in what is given back.
        """
        documents = sorted({place[0] for place in places})
        roots = {row["id"]: row["root"] for ids in _batches(documents) for row in run(_ROOTS, {"ids": ids})}
        entries = self._read(run, sorted(set(roots.values()).difference(without)))
        found: dict[str, list[tuple[str, Properties]]] = {root: [] for root in entries}
        for type in sorted({place[1] for place in places}):
            wanted = [
                {"document": document, "source": source, "target": target}
                for document, its, source, target in places
                if its == type and roots.get(document) in entries
            ]
            for some in _batches(wanted):
                rows = [dict(row) for row in run(_AT_PLACES % checked_name(type), {"rows": some})]
                for row in rows:
                    found[row["properties"]["root"]].append((type, row))
                gone = [{**row, "id": row["properties"]["id"]} for row in rows]
                run(_DELETE_EDGES % checked_name(type), {"rows": gone})
        stated = {row[end] for edges in found.values() for _, row in edges for end in ("source", "target")}
        nodes = self._read(run, sorted(stated))
        reopened = []
        for root, edges in found.items():
            laid = undecided(entries[root].own or {}, edges)
            for _, row in edges:
                for end in ("source", "target"):
                    entry = nodes[row[end]]
                    if not entry.own or entry.own["root"] != root:
                        laid.labels[row[end]] = entry.label
                        laid.statements[row[end]] = entry.stated_or_shown(row["properties"].get(f"{end}_statement"))
            reopened.append(laid)
        return reopened, ends_of({**row, **_statements(row)} for edges in found.values() for _, row in edges)

    def _remove(self, run: Run, group: Mapping[str, Laid | None]) -> bool:
        """Remove roots, or make room for their new versions; False when none was there."""
        owned = {  # locked first: another writer of the same root would withdraw the statements that its edges name
            row["id"]: row["root"]
            for roots in _batches(sorted(group))
            for row in self._locked(run, _OWNED, {"roots": roots})
        }
        roots = [root for root in group if owned.get(root) == root]
        if not roots:
            return False
        ends = self.delete_edges(run, roots)
        self._settle(run, sorted({id for id, _ in ends}.union(owned)), ends, group, roots, owned)
        return True

    def _settle(
        self,
        run: Run,
        ids: Sequence[str],
        ends: Iterable[End],
        group: Mapping[str, Laid | None],
        roots: Sequence[str] = (),
        owned: Collection[str] = (),
    ) -> None:
        """Forget, of nodes whose edges went, those that nothing rests on any more, and what nobody states of others."""
        for some in _batches(ids):
            run(_DELETE_LONELY % self.lock, {"ids": some, "roots": roots})
        left = self._read(run, ids)
        changed = {id for id in left if id in owned}
        for id in changed:
            left[id].disown()
        for id, key in self._unstated(run, left, ends, group):
            left[id].withdraw(key)
            changed.add(id)
        _update(run, [left[id] for id in sorted(changed)])

    def _unstated(
        self, run: Run, left: Mapping[str, Entry], ends: Iterable[End], group: Mapping[str, Laid | None]
    ) -> list[End]:
        """Those statements that no document makes any more, nor will once the group is written."""
        restated = [laid.statements for laid in group.values() if laid]
        doubtful = [
            (id, key)
            for id, key in ends
            if id in left
            and left[id].statements
            and (left[id].own or len(left[id].statements) > 1)
            and left[id].stated(key) not in (statements.get(id) for statements in restated)
        ]
        rows = [{"id": id, "key": key or ""} for id, key in doubtful]
        held = {
            (row["id"], row["key"] or None) for some in _batches(rows) for row in run(_STILL_STATED, {"rows": some})
        }
        return [end for end in doubtful if end not in held]

    def _add(self, run: Run, group: Sequence[Laid]) -> None:
        entries = self._read(run, sorted({id for laid in group for id in laid.labels}))
        stored = set(entries)
        created: dict[str, list[Entry]] = {}
        changed: dict[str, Entry] = {}
        edges: dict[str, list[Properties]] = {}
        for laid in group:
            keys: dict[str, str] = {}
            for id, label in laid.labels.items():
                entry = entries.get(id)
                if entry is None:
                    entry = entries[id] = Entry(label)
                    created.setdefault(label, []).append(entry)
                check_label(id, entry.label, label)
                if id in laid.own:
                    check_owner(id, (entry.own or laid.own[id])["root"], laid.root)
                    entry.own, new = laid.own[id], True
                else:
                    key, new = entry.state(laid.statements[id])
                    if key:
                        keys[id] = key
                if new and id in stored:
                    changed[id] = entry
            for type, rows in laid.edges.items():
                edges.setdefault(type, []).extend(_with_keys(rows, keys) if keys else rows)
        for label, fresh in created.items():
            for nodes in _batches([entry.written() for entry in fresh]):
                self.create_nodes(run, label, nodes)
        _update(run, list(changed.values()))
        for type, rows in edges.items():
            for some in _batches(rows):
                self.create_edges(run, type, some)

    def _read(self, run: Run, ids: Sequence[str]) -> dict[str, Entry]:
        """What the store holds of those of the nodes that exist; no other writer changes them before the end."""
        return {
            row["id"]: Entry.read(own_label(row["labels"]), row["properties"])
            for some in _batches(ids)
            for row in self._locked(run, _READ, {"ids": some})
        }

    def _locked(self, run: Run, query: str, parameters: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Rows of nodes that no other writer changes before the end.

        A node that another one has deleted, and perhaps made anew, while we waited for it has no id any more: then what
        is there now is read.
        """
        while True:
            rows = list(run(query % self.lock, parameters))
            if all(row["id"] is not None for row in rows):
                return rows


def _update(run: Run, entries: Sequence[Entry]) -> None:
    for some in _batches([entry.written() for entry in entries]):
        run(_UPDATE, {"rows": some})


def _with_keys(rows: Iterable[Properties], keys: Mapping[str, str]) -> Iterator[Properties]:
    """Rows of edges with the keys of what their document states of their ends."""
    for row in rows:
        stated = {f"{end}_statement": keys[row[end]] for end in ("source", "target") if row[end] in keys}
        yield {**row, "properties": {**row["properties"], **stated}}


def _statements(row: Mapping[str, Any]) -> Properties:
    """What an edge says that its document states of its ends."""
    return {f"{end}_statement": row["properties"].get(f"{end}_statement") for end in ("source", "target")}


def ends_of(rows: Iterable[Mapping[str, Any]]) -> set[End]:
    """What edges stated of their ends, from rows of ``source``, ``target`` and the statements of both."""
    return {(row[end], row[f"{end}_statement"]) for row in rows for end in ("source", "target")}


def own_label(labels: Iterable[str]) -> str:
    """A node's own label among all that it has."""
    return next((label for label in labels if label != BASE), "")


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
