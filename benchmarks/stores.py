"""What does a store cost? Documents a second into an empty one, and seconds to open it again and ask.

    python benchmarks/stores.py

Beside it: the same graph in networkx, written to and read from one JSON file, which is what many keep their graphs in
(and which has to be written anew, whole, for every document that must not be lost).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx

from narragraph.graph.formats.rows import write_rows
from narragraph.graph.model import Edge, Node, Value
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Bundle

DOCUMENTS = 300
QUESTION = "MATCH (a)-[r:ACCUSES]->(b) RETURN a.name AS a, b.name AS b, count(r) AS n ORDER BY n DESC, a, b LIMIT 5"


def main() -> None:
    """Measure and print."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "store"
        began = time.perf_counter()
        with open_store(place, create=True) as store, store.writer() as writer:
            for bundle in bundles():
                writer.put(bundle)
        written = time.perf_counter() - began
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "narragraph", "query", "cypher", QUESTION, "--store", str(place)],
            check=True,
            capture_output=True,
        )
        asked = time.perf_counter() - began
        rows.append(("embedded store", round(DOCUMENTS / written), round(asked, 2), size(place)))

        place = Path(folder) / "graph.json"
        began = time.perf_counter()
        graph: Any = nx.MultiDiGraph()
        for bundle in bundles():
            graph.add_nodes_from((node.id, {"name": node.name}) for node in bundle.nodes)
            graph.add_edges_from((edge.source, edge.target, edge.id, {"type": edge.type}) for edge in bundle.edges)
        place.write_text(json.dumps(nx.node_link_data(graph, edges="edges")), "utf-8")
        written = time.perf_counter() - began
        began = time.perf_counter()
        graph = nx.node_link_graph(json.loads(place.read_text("utf-8")), edges="edges")
        asked = time.perf_counter() - began
        rows.append(("networkx + JSON, one write", round(DOCUMENTS / written), round(asked, 2), size(place)))
    write_rows(("store", "documents a second", "seconds to open and ask", "MB"), rows, "table")


def bundles() -> Iterator[Bundle]:
    """Documents of a hundred edges among two hundred actors."""
    actors = [Node(f"actor:{number}", "Actor", f"Actor {number}") for number in range(200)]
    for number in range(DOCUMENTS):
        document = Node(
            f"document:{number}", "Document", f"Document {number}", (), {"text": "x" * 5000, "genre": "news"}
        )
        used = {document.id: document}
        edges = []
        for place in range(100):
            one, other = actors[(number * 7 + place) % 200], actors[(number * 3 + place * place) % 200]
            used |= {one.id: one, other.id: other}
            sentence = f"{one.name} accused {other.name} in sentence {place}."
            facts: dict[str, Value] = {"asserted_by": [document.id], "rule": "made-up"}
            ends = (f"edge:{number}-{place}", "ACCUSES", one.id, other.id, document.id)
            edges.append(Edge(*ends, sentence, 0, len(sentence), 0.9, properties=facts))
        yield Bundle(document, list(used.values()), edges)


def size(place: Path) -> float:
    """Megabytes of a file or folder."""
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return round(sum(path.stat().st_size for path in files) / 1e6, 1)


if __name__ == "__main__":
    main()
