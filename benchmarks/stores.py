"""What does a store cost? Loading, loading again, one document more, opening, memory and disk, from small to large.

    python benchmarks/stores.py [--small] [neo4j] [embedded] [networkx]

Beside each store stands the quickest way to the same end, taking turns with it group by group, so that what else the
machine does troubles both: Neo4j's bare driver with ``UNWIND … CREATE`` on the same batches, and the bulk loader of
ArcadeDB, which is neither durable nor looks at what is there. Both write the same rows into a database with the same
constraints and indexes, made ready outside the time that counts. Beside the stores stands networkx in memory with one
JSON file, which is what many keep their graphs in, and which is written anew, whole, for every document that must not
be lost.

The Neo4j is the one of the tests (512 MB of heap, started from the jars of Maven Central).
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from narragraph.graph.formats.rows import write_rows
from narragraph.graph.ingest import GROUP_EDGES
from narragraph.graph.model import Edge, Node, Value
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Bundle, Store, Writer
from narragraph.graph.stores.layout import Properties, lay_out
from narragraph.graph.stores.neo4j import Neo4jStore
from narragraph.graph.stores.schema import ATTESTATION, BASE, EMBEDDED

MARKS = (10_000, 30_000, 100_000, 300_000, 1_000_000)  # edges at which the curve is told; 120,000 nodes in the end
SMALL = (5_000, 10_000, 20_000)
EDGES = 100  # a document
WARM_UP = 50  # documents loaded before the clock runs
ONE_MORE = 7  # documents put one by one at the end
OPENING = """
import sys, time
began = time.perf_counter()
from narragraph.graph.stores import open_store
with open_store(sys.argv[1], readonly=True) as store, store.view() as view:
    view.run("MATCH (d:Narragraph {id: $id}) RETURN d.name AS name", {"id": "document:0000000000000000"})
    print(time.perf_counter() - began)
"""


class Rival(Protocol):
    """Another way into the same kind of database."""

    def load(self, rows: Rows) -> float:
        """Write a group; seconds that it took."""

    def finish(self) -> float:
        """Write what is still held back; seconds that it took."""


@dataclass
class Figures:
    """What was measured: seconds, megabytes and, at each mark, edges, nodes, and the seconds that they took."""

    curve: list[tuple[int, int, float, float | None]] = field(default_factory=list)
    again: float | None = None
    one_more: float = 0.0
    one_changed: float | None = None
    opening: float = 0.0
    memory: float = 0.0
    disk: float = 0.0


def main() -> None:
    """Measure each contender in a process of its own, and print."""
    arguments = sys.argv[1:]
    marks = SMALL if "--small" in arguments else MARKS
    if "--measure" in arguments:
        print(json.dumps(asdict(measure(arguments[-1], marks))))
        return
    curve, costs = [], []
    for name in [name for name in arguments if name in CONTENDERS] or list(CONTENDERS):
        command = [sys.executable, __file__, *arguments[:1], "--measure", name]
        found = Figures(**json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
        curve += list(told(name, found.curve))
        again = (round(found.again, 1), round(found.curve[-1][2] / found.again, 1)) if found.again else (None, None)
        one = [seconds and round(seconds * 1000) for seconds in (found.one_more, found.one_changed)]
        costs.append((name, *again, *one, round(found.opening, 2), found.memory, found.disk))
    write_rows(
        ("store", "edges", "nodes", "seconds", "µs an edge since", "rival, seconds", "rival / ours"), curve, "table"
    )
    print()
    columns = (
        "store",
        "second load, s",
        "times quicker",
        "one more, ms",
        "one changed, ms",
        "opening, s",
        "MB memory",
        "MB disk",
    )
    write_rows(columns, costs, "table")


def told(name: str, curve: Iterable[tuple[int, int, float, float | None]]) -> Iterator[tuple[Any, ...]]:
    """Rows of the curve; what an edge took counts since the mark before."""
    edges_before, before = 0, 0.0
    for edges, nodes, seconds, rival in curve:
        each = round((seconds - before) / (edges - edges_before) * 1e6)
        edges_before, before = edges, seconds
        ratio = (round(rival, 2), round(rival / seconds, 2)) if rival else (None, None)
        yield name, edges, nodes, round(seconds, 2), each, *ratio


def measure(name: str, marks: Sequence[int]) -> Figures:
    """All figures of one contender."""
    with tempfile.TemporaryDirectory(prefix="narragraph-") as folder, ExitStack() as stack:
        if name == "networkx":
            return in_networkx(marks, Path(folder))
        place, rival, disk = stack.enter_context(CONTENDERS[name](Path(folder)))
        with open_store(place, create=True) as store, store.writer() as writer:
            found = in_store(store, writer, rival, marks)
        found.memory, found.disk = memory(), size(disk)
        opening = [sys.executable, "-c", OPENING, place]
        found.opening = float(subprocess.run(opening, check=True, stdout=subprocess.PIPE).stdout)
        return found


def in_store(store: Store, writer: Writer, rival: Rival, marks: Sequence[int]) -> Figures:
    """Load all twice, then a few one by one."""
    found, seen = Figures(), set[str]()
    first = beside = 0.0
    for edges, group in groups(marks):
        spent = timed(partial(load, store, writer, group))
        lost = rival.load(Rows(group, seen))
        if edges:  # else it was the one to get warm
            first, beside = first + spent, beside + lost
        if edges in marks:
            beside += rival.finish()
            found.curve.append((edges, len(seen), first, beside))
            print(*told(f"{store.kind}, so far", found.curve[-1:]), file=sys.stderr)
    found.again = sum(timed(partial(load, store, writer, group)) for edges, group in groups(marks) if edges)
    more = list(documents(ONE_MORE, "more"))
    found.one_more = median(timed(partial(load, store, writer, [one])) for one in more)
    found.one_changed = median(timed(partial(load, store, writer, [changed(one)])) for one in more)
    return found


def load(store: Store, writer: Writer, group: Sequence[Bundle]) -> None:
    """What a load does with documents that stand up to their checks."""
    with store.view() as view:
        stored = view.document_hashes([bundle.root.id for bundle in group])
    writer.put_all([bundle for bundle in group if stored.get(bundle.root.id) != bundle.fingerprint])


class Rows:
    """Nodes by label, those that no group had before, and edges by type, as they are written."""

    def __init__(self, group: Iterable[Bundle], seen: set[str]) -> None:
        self.nodes: dict[str, list[Properties]] = {}
        self.edges: dict[str, list[Properties]] = {}
        for bundle in group:
            laid = lay_out(bundle)
            for id, label in laid.labels.items():
                if id not in seen:
                    seen.add(id)
                    self.nodes.setdefault(label, []).append(laid.own.get(id) or laid.statements[id])
            for type, rows in laid.edges.items():
                self.edges.setdefault(type, []).extend(rows)


class BareDriver:
    """Neo4j's own driver and nothing else."""

    def __init__(self, uri: str) -> None:
        store = open_store(uri, create=True)  # for the schema
        assert isinstance(store, Neo4jStore)
        self.store = store
        self.driver = store.driver

    def load(self, rows: Rows) -> float:
        for label in rows.nodes:
            self.store.make_label(label)
        for type in rows.edges:
            self.store.make_type(type)

        def work(transaction: Any) -> None:
            for label, nodes in rows.nodes.items():
                for some in batches(nodes):
                    query = f"UNWIND $rows AS row CREATE (n:Narragraph:{label}) SET n = row"
                    transaction.run(query, rows=some).consume()
            for type, edges in rows.edges.items():
                for some in batches(edges):
                    query = (
                        "UNWIND $rows AS row "
                        "MATCH (a:Narragraph {id: row.source}) MATCH (b:Narragraph {id: row.target}) "
                        f"CREATE (a)-[r:{type}]->(b) SET r = row.properties"
                    )
                    transaction.run(query, rows=some).consume()

        with self.driver.session() as session:
            return timed(lambda: session.execute_write(work))

    def finish(self) -> float:
        return 0.0


class BulkLoader:
    """ArcadeDB's GraphBatch."""

    def __init__(self, place: Path) -> None:
        from arcadedb_embedded import DatabaseFactory

        self.database: Any = DatabaseFactory(str(place)).create()
        for statement in EMBEDDED:
            self.database.command("sql", statement)
        self.batch = self.database.graph_batch()
        self.known = {"Document"}
        self.places: dict[str, str] = {}  # id → the engine's own

    def load(self, rows: Rows) -> float:
        for kind, base, names in (("VERTEX", BASE, rows.nodes), ("EDGE", ATTESTATION, rows.edges)):
            for name in names.keys() - self.known:
                self.database.command("sql", f"CREATE {kind} TYPE {name} EXTENDS {base} BUCKETS 1")
                self.known.add(name)

        def work() -> None:
            for label, nodes in rows.nodes.items():
                made = self.batch.create_vertices(label, nodes)
                self.places.update(zip((node["id"] for node in nodes), made))
            for type, edges in rows.edges.items():
                sources, targets = ([self.places[row[end]] for row in edges] for end in ("source", "target"))
                self.batch.new_edges(sources, type, targets, [row["properties"] for row in edges])

        return timed(work)

    def finish(self) -> float:
        return timed(self.batch.flush)


@contextmanager
def neo4j(folder: Path) -> Iterator[tuple[str, Rival, Path]]:
    sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "support"))
    from neo4j_server import Server

    servers = []
    try:
        for name in ("bare", "ours"):
            (folder / name).mkdir()
            server = Server(folder / name)
            servers.append(server)
            server.start()
            os.environ |= {"NEO4J_USERNAME": server.address.username, "NEO4J_PASSWORD": server.address.password}
            if name == "bare":
                rival = BareDriver(server.address.uri)
        yield server.address.uri, rival, folder / "ours" / "data"
    finally:
        for server in servers:
            server.kill()


@contextmanager
def embedded(folder: Path) -> Iterator[tuple[str, Rival, Path]]:
    from narragraph.graph.stores import jvm

    jvm.start()
    rival = BulkLoader(folder / "bulk")
    yield str(folder / "store"), rival, folder / "store"
    rival.batch.close()
    rival.database.close()


def in_networkx(marks: Sequence[int], folder: Path) -> Figures:
    """A graph in memory and its JSON file, written once at each mark."""
    import networkx as nx

    found, place = Figures(), folder / "graph.json"
    graph: Any = nx.MultiDiGraph()
    first = 0.0
    for edges, group in groups(marks):
        rows = Rows(group, set())

        def add() -> None:
            for nodes in rows.nodes.values():  # noqa: B023
                graph.add_nodes_from((node["id"], node) for node in nodes)
            for type, several in rows.edges.items():  # noqa: B023
                graph.add_edges_from((row["source"], row["target"], type, row["properties"]) for row in several)

        first += timed(add)
        if edges in marks:
            found.one_more = timed(
                lambda: place.write_text(json.dumps(nx.node_link_data(graph, edges="edges")), "utf-8")
            )
            found.curve.append((edges, len(graph), first + found.one_more, None))
    found.memory, found.disk = memory(), size(place)
    found.opening = timed(lambda: nx.node_link_graph(json.loads(place.read_text("utf-8")), edges="edges"))
    return found


def save(graph: Any, place: Path) -> None:
    import networkx as nx

    place.write_text(json.dumps(nx.node_link_data(graph, edges="edges")), "utf-8")


CONTENDERS: dict[str, Any] = {"neo4j": neo4j, "embedded": embedded, "networkx": None}
ACTORS = 10_000


def documents(count: int, name: str = "") -> Iterator[Bundle]:
    """Made-up documents of a hundred edges: eight claims, two events, and forty of ten thousand actors, some often."""
    chance = random.Random(7)
    kinds = ("person", "government", "ministry", "agency")
    actors = [
        Node(f"actor:{i}", "Actor", f"Actor {i}", (f"A. {i}", f"Number {i}"), {"kind": kinds[i % 4]})
        for i in range(ACTORS)
    ]
    for number in range(count):
        key = f"{name}{number:0{16 - len(name)}}"
        root = Node(
            f"document:{key}",
            "Document",
            f"Document {key}",
            (),
            {"genre": "news", "language": "en", "text": f"Text of {key}. " * 100, "published": "2022-03-04"},
        )
        said = [f"it was in the year {i} that document {key} says this and that was done" for i in range(8)]
        claims = [Node(f"claim:{key}{i}", "Claim", text, (), {"text": text}) for i, text in enumerate(said)]
        events = [Node(f"event:{key}{i}", "Event", f"attack {i}", (), {"start": "2022-02"}) for i in range(2)]
        known = [actors[int(chance.paretovariate(0.45)) % ACTORS] for _ in range(32)]
        known += [actors[(number * 8 + i) % ACTORS] for i in range(8)]
        nodes = {node.id: node for node in (root, *claims, *events, *known)}
        edges = [
            Edge(f"edge:{key}-m{i}", "MENTIONS", root.id, id, root.id, spans=((10, 17), (300, 307)))
            for i, id in enumerate(nodes)
            if id != root.id
        ]
        relations = (
            ("ATTRIBUTED_TO", claims, known),
            ("ACCUSES", known, known),
            ("INVOLVES", events, known),
            ("DENIES", known, claims),
        )
        while len(edges) < EDGES:
            type, sources, targets = relations[len(edges) % len(relations)]
            source, target = sources[len(edges) % len(sources)], targets[len(edges) * 7 % len(targets)]
            edges.append(attested(f"edge:{key}-{len(edges)}", type, source, target, root, len(edges) * 20))
        yield Bundle(root, list(nodes.values()), edges)


def changed(bundle: Bundle) -> Bundle:
    """The same document with another text."""
    root = replace(bundle.root, properties={**bundle.root.properties, "text": "Another."})
    return Bundle(root, [root, *(node for node in bundle.nodes if node.id != root.id)], bundle.edges)


def attested(id: str, type: str, source: Node, target: Node, document: Node, start: int) -> Edge:
    """An edge with the properties that extraction gives one."""
    sentence = f"At {start} it is said that {source.name} did to {target.name} what one does to others in a document."
    facts: dict[str, Value] = {
        "asserted_by": [document.id],
        "basis": "sentence",
        "modality": "asserted",
        "polarity": "affirmed",
        "rule": "made.up",
        "source_as_read": source.name,
        "target_as_read": target.name,
        "trigger": "did to",
        "trigger_start": start + 30,
        "trigger_end": start + 36,
    }
    end = start + len(sentence)
    return Edge(id, type, source.id, target.id, document.id, sentence, start, end, 0.8, (), facts)


def groups(marks: Sequence[int]) -> Iterator[tuple[int, list[Bundle]]]:
    """The first few to get warm, then as many as a load writes at once, cut at the marks; how many edges that makes."""
    bundles = documents(marks[-1] // EDGES + WARM_UP)
    yield 0, list(islice(bundles, WARM_UP))
    edges = 0
    while edges < marks[-1]:
        count = min(GROUP_EDGES, next(mark for mark in marks if mark > edges) - edges)
        edges += count
        yield edges, list(islice(bundles, count // EDGES))


def batches(rows: list[Properties]) -> Iterator[list[Properties]]:
    for start in range(0, len(rows), 5_000):
        yield rows[start : start + 5_000]


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def memory() -> int:
    """Megabytes that this process took at its most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (2**20 if sys.platform == "darwin" else 2**10)


def size(place: Path) -> float:
    """Megabytes of a file or folder."""
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return round(sum(path.stat().st_size for path in files) / 1e6, 1)


if __name__ == "__main__":
    main()
