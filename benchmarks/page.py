"""What does the reader page cost, beside the stock page of pyvis? Seconds to write and size, for made-up graphs.

    python benchmarks/page.py

Seconds until a browser shows the page are held by tests/page/test_scale.py; the stock page lays itself out in the
browser, which takes it 18 s at 300 nodes.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from pyvis.network import Network

from narragraph.graph.formats.rows import write_rows
from narragraph.graph.model import Edge, Node
from narragraph.graph.page.page import write_page
from narragraph.graph.subgraph import select

SIZES = (300, 3_000)


def main() -> None:
    """Measure and print."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            nodes, edges = made_up(size)
            target = Path(folder) / "page.html"
            began = time.perf_counter()
            write_page(select(nodes, edges), target)
            rows.append((size, "narragraph", round(time.perf_counter() - began, 2), target.stat().st_size // 1000))
            began = time.perf_counter()
            stock = Network(directed=True, cdn_resources="in_line")
            for node in nodes:
                stock.add_node(node.id, label=node.name, title=node.name)
            for edge in edges:
                stock.add_edge(edge.source, edge.target, title=edge.sentence)
            target.write_text(stock.generate_html(), "utf-8")
            rows.append((size, "pyvis, stock", round(time.perf_counter() - began, 2), target.stat().st_size // 1000))
    write_rows(("nodes", "page", "seconds to write", "kB"), rows, "table")


def made_up(size: int) -> tuple[list[Node], list[Edge]]:
    """Nodes of which few are named often and most seldom, and three edges for each."""
    chance = random.Random(1)
    document = Node("document:1", "Document", "Made up", (), {"genre": "news"})
    actors = [Node(f"actor:{number}", "Actor", f"Actor {number}") for number in range(size)]
    edges = []
    for number in range(3 * size):
        one = actors[int(size * chance.random() ** 2)]
        other = actors[chance.randrange(size)]
        sentence = f"{one.name} accused {other.name} of something in sentence {number}."
        edges.append(
            Edge(f"edge:{number}", "ACCUSES", one.id, other.id, document.id, sentence, 0, len(sentence), 0.9,
                 properties={"asserted_by": [document.id], "rule": "made-up"})
        )  # fmt: skip
    return [document, *actors], edges


if __name__ == "__main__":
    main()
