"""How does the reader page fare beside the stock page of pyvis and the layout of networkx, and how fast does it answer?

    python benchmarks/page.py layouts
    python benchmarks/page.py speed [NODES...]

Needs Chromium (NARRAGRAPH_TEST_CHROMIUM can name one). Graphs are made up: communities, hubs, a sentence for each edge.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import networkx
import numpy as np
from numpy.typing import NDArray
from pyvis.network import Network

from narragraph.graph.formats.rows import write_rows
from narragraph.graph.model import Edge, Node
from narragraph.graph.page.page import write_page
from narragraph.graph.page.payload import build_payload
from narragraph.graph.subgraph import Subgraph, select

LAYOUT_SIZES = ((120, 200), (200, 400), (300, 700), (600, 1_800))
SPEED_SIZES = {300: 700, 10_000: 30_000, 50_000: 150_000}
KINDS = ("Actor", "Actor", "Outlet", "Country", "Claim", "Event")
RELATIONS = ("ACCUSES", "DENIES", "AMPLIFIES", "DEBUNKS", "ATTRIBUTED_TO", "ABOUT")
WORDS = ("harbour", "ministry", "fire", "diver", "cable", "night", "report", "border", "grain", "guard", "proof")
FRAME = (780.0, 780.0)  # pixels for the network on a laptop
PATIENCE = 30  # seconds that the stock page may take to come to rest

LAYOUT_COLUMNS = ("nodes", "links", "layout", "labels written %", "labels in conflict %", "crossings",
                  "neighbours kept %", "seconds")  # fmt: skip
SPEED_COLUMNS = ("nodes", "edges", "seconds to write", "MB", "ready ms", "pan fps", "zoom fps", "draw ms", "click ms",
                 "filter ms", "search ms", "all drawn: fps")  # fmt: skip

Points = NDArray[np.float64]
Pairs = list[tuple[int, int]]


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["layouts"]:
        write_rows(LAYOUT_COLUMNS, list(layouts()), "table")
    elif sys.argv[1:2] == ["speed"]:
        sizes = [int(size) for size in sys.argv[2:]] or list(SPEED_SIZES)
        write_rows(SPEED_COLUMNS, [speed(size, SPEED_SIZES.get(size, 3 * size)) for size in sizes], "table")
    else:
        sys.exit(__doc__)


def made_up(nodes: int, edges: int) -> Subgraph:
    """Communities of about forty in which few are joined to many, and one edge in eight to anywhere."""
    choose = random.Random(1)
    document = Node("document:1", "Document", "Made up", (), {"genre": "news"})
    names = [f"{choose.choice(WORDS)} {choose.choice(WORDS)} {number}".capitalize() for number in range(nodes)]
    known = [Node(f"n{number}", KINDS[number % 6], name) for number, name in enumerate(names)]
    communities = max(3, nodes // 40)
    made = []
    for number in range(edges):
        one = choose.randrange(nodes)
        rank = int(nodes / communities * choose.random() ** 2.5)  # within its community; low ranks are hubs
        other = (
            min(one % communities + communities * rank, nodes - 1)
            if choose.random() < 0.88
            else choose.randrange(nodes)
        )
        sentence = f"{names[one]} spoke of {names[other]} in sentence {number} {' '.join(choose.choices(WORDS, k=9))}."
        made.append(
            Edge(f"e{number}", choose.choice(RELATIONS), known[one].id, known[other].id, document.id, sentence, 0,
                 len(sentence), choose.choice((0.65, 0.75, 0.9)))
        )  # fmt: skip
    return select([document, *known], made)


# ---- layouts


def layouts() -> Iterator[tuple[object, ...]]:
    """One row for each graph and layout."""
    for size in LAYOUT_SIZES:
        graph = made_up(*size)
        began = time.perf_counter()
        payload = build_payload(graph, title="")
        ours = time.perf_counter() - began
        names, radii = payload["nodes"]["name"], payload["nodes"]["radius"]
        ends = zip(payload["links"]["source"], payload["links"]["target"])
        pairs = sorted({(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]})
        found = [("narragraph", np.array([payload["nodes"]["x"], payload["nodes"]["y"]], float).T, ours)]
        began = time.perf_counter()
        spring = networkx.spring_layout(networkx.Graph(pairs), seed=1)
        found.append(
            (
                "networkx spring_layout",
                np.array([spring[row] for row in range(len(names))]),
                time.perf_counter() - began,
            )
        )
        found.append(("pyvis, stock", *stock_places(names, pairs)))
        for layout, points, seconds in found:
            written, conflict = labels(points, names, radii)
            yield (
                len(names),
                len(pairs),
                layout,
                written,
                conflict,
                crossings(points, pairs),
                kept(points, pairs),
                round(seconds, 1),
            )


def stock_places(names: list[str], pairs: Pairs) -> tuple[Points, float]:
    """Where the physics of pyvis' own page have brought the nodes when they rest or patience ends, and the seconds."""
    network = stock(names, pairs)
    with browser() as chromium, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stock.html"
        file.write_text(network.generate_html(), "utf-8")
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.context.set_offline(True)
        began = time.perf_counter()
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function("() => typeof network === 'object' && network !== null", timeout=60_000)
        while not page.evaluate("network.physics.stabilized") and time.perf_counter() - began < PATIENCE:
            time.sleep(0.5)
        places = page.evaluate("network.getPositions()")
        return np.array(
            [[places[str(row)]["x"], places[str(row)]["y"]] for row in range(len(names))]
        ), time.perf_counter() - began


def stock(names: list[str], pairs: Pairs) -> Network:
    """The network as anyone would hand it to pyvis."""
    network = Network(directed=True, cdn_resources="in_line")
    for row, name in enumerate(names):
        network.add_node(row, label=name)
    for one, other in pairs:
        network.add_edge(one, other)
    return network


def labels(points: Points, names: list[str], radii: list[float]) -> tuple[int, int]:
    """Per cent of labels that find a place (below, above or beside their node, covering nothing), and that are in
    conflict where each stands below its node."""
    span = np.ptp(points, axis=0)
    scale = float(min(FRAME[0] / span[0], FRAME[1] / span[1]))
    places = (points - points.min(axis=0)) * scale
    size = np.array(radii) * min(1.0, (400 / len(names)) ** 0.5) * min(max(scale, 0.01), 4) ** 0.4
    boxes = [(min(len(name), 26) * 6.3 + 6, 31 if len(name) > 26 else 16) for name in names]
    discs = np.concatenate([places - size[:, None] * 0.9, places + size[:, None] * 0.9], axis=1)
    below = np.array([box(places[row], boxes[row], size[row], 0) for row in range(len(names))])
    conflict = sum(touching(below, below[row]).sum() > 1 for row in range(len(names)))
    written = np.zeros((0, 4))
    for row in np.argsort(-np.array(radii), kind="stable"):
        for side in range(4):
            mine = np.array(box(places[row], boxes[row], size[row], side))
            covered = touching(discs, mine)
            covered[row] = False
            if not covered.any() and not touching(written, mine).any():
                written = np.vstack([written, mine])
                break
    return round(100 * len(written) / len(names)), round(100 * conflict / len(names))


def box(place: Points, size: tuple[float, float], radius: float, side: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a label below, above, right or left of its node."""
    (x, y), (width, height), gap = place, size, radius * 1.15 + 2
    left, top = (
        (x - width / 2, y + gap),
        (x - width / 2, y - gap - height),
        (x + gap, y - height / 2),
        (x - gap - width, y - height / 2),
    )[side]
    return left, top, left + width, top + height


def touching(boxes: Points, one: Points) -> NDArray[np.bool_]:
    """Which of the boxes overlap with one."""
    found = (boxes[:, 0] < one[2]) & (boxes[:, 2] > one[0]) & (boxes[:, 1] < one[3]) & (boxes[:, 3] > one[1])
    return np.asarray(found)


def crossings(points: Points, pairs: Pairs) -> int:
    """Pairs of straight links without a common end that cross."""
    ends = np.array(pairs)
    start, end = points[ends[:, 0]], points[ends[:, 1]]

    def side(one: Points, other: Points, place: Points) -> Points:
        a, b = other - one, place - one
        return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])

    number = 0
    for row in range(len(ends) - 1):
        here, there, one, other = start[row + 1 :], end[row + 1 :], start[row], end[row]
        common = (ends[row + 1 :] == ends[row, 0]).any(axis=1) | (ends[row + 1 :] == ends[row, 1]).any(axis=1)
        apart = side(one, other, here) * side(one, other, there) < 0
        number += int((apart & (side(here, there, one) * side(here, there, other) < 0) & ~common).sum())
    return number


def kept(points: Points, pairs: Pairs) -> int:
    """Per cent: of each node, how far its neighbours are the nodes that stand nearest to it (Jaccard), on average."""
    degree = Counter(end for pair in pairs for end in pair)
    neighbours: dict[int, set[int]] = {node: set() for node in degree}
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    shares = []
    for node, near in neighbours.items():
        order = np.argsort(np.hypot(*(points - points[node]).T), kind="stable")
        closest = set(order[order != node][: len(near)].tolist())
        shares.append(len(near & closest) / len(near | closest))
    return round(100 * float(np.mean(shares)))


# ---- speed

_DRAWS = """
  window.draws = [];
  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (run) => ask.call(window, (time) => {
    const began = performance.now();
    run(time);
    window.draws.push(performance.now() - began);
  });
"""
_FRAMES = """async ([kind, seconds]) => {
  const stage = document.querySelector("#network canvas"), box = stage.getBoundingClientRect();
  const at = (x, y, more) => ({
    clientX: box.x + x, clientY: box.y + y, bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse",
    ...more,
  });
  const point = (type, x, y, buttons) => stage.dispatchEvent(new PointerEvent(type, at(x, y, { buttons })));
  const began = performance.now();
  let frames = 0;
  if (kind === "pan") point("pointerdown", 300, 300, 1);
  while (performance.now() - began < seconds * 1000) {
    await new Promise(requestAnimationFrame);
    frames += 1;
    const way = 120 * Math.sin(frames / 12);
    if (kind === "pan") point("pointermove", 300 + way, 300 + way / 2, 1);
    else stage.dispatchEvent(new WheelEvent("wheel", at(300, 300, { deltaY: Math.cos(frames / 12) > 0 ? 40 : -40 })));
  }
  if (kind === "pan") point("pointerup", 300, 300, 0);
  return frames * 1000 / (performance.now() - began);
}"""
_ANSWER = """async ([selector, type, value]) => {
  const element = document.querySelector(selector);
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const began = performance.now();
  if (type === "click") element.click();
  else { element.value = value; element.dispatchEvent(new Event("input", { bubbles: true })); }
  await frame();
  await new Promise((done) => setTimeout(done)); // after that frame is painted
  return performance.now() - began;
}"""


def speed(nodes: int, edges: int) -> tuple[object, ...]:
    """One row: what the page of a graph of that size costs and how fast it answers."""
    graph = made_up(nodes, edges)
    with browser() as chromium, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        began = time.perf_counter()
        write_page(graph, file)
        written = time.perf_counter() - began
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(_DRAWS)
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        ready = page.evaluate("performance.getEntriesByName('narragraph-ready')[0].startTime")
        pan, zoom = (page.evaluate(_FRAMES, [kind, 2]) for kind in ("pan", "zoom"))
        draw = float(np.median([draw for draw in page.evaluate("draws") if draw > 1]))
        click = page.evaluate(_ANSWER, ["#details button.whole", "click", ""])
        search = page.evaluate(_ANSWER, ["#search", "input", "harb"])
        narrowed = page.evaluate(_ANSWER, ["#least", "input", "0.8"])
        all_drawn: object = ""
        if 600 < nodes <= 10_000:
            page.evaluate(_ANSWER, ["#detail", "input", str(nodes)])
            page.wait_for_timeout(500)
            all_drawn = round(page.evaluate(_FRAMES, ["pan", 2]))
        size = file.stat().st_size / 1e6
    return (
        nodes,
        edges,
        round(written, 1),
        round(size, 2),
        *map(round, (ready, pan, zoom, draw, click, narrowed, search)),
        all_drawn,
    )


@contextmanager
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("NARRAGRAPH_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


if __name__ == "__main__":
    main()
