"""How long do exploring and deciding take on a real collection?

    python benchmarks/exploring.py STORE [WRITABLE_COPY]

STORE holds the cases of the EUvsDisinfo database of 2015 to 2017, for the names below stand in it. Each question is
asked five times in a program that has the store open, names and all, as the commands do: median and worst case in
seconds. In WRITABLE_COPY, where one is given, edges are rejected and brought back one by one, as ``review`` does.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from narragraph.graph import review
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import View
from narragraph.queries import folding
from narragraph.queries.exploring import names, paths, profile, surroundings, why

TIMES = 5
SHOWN = ("Russia", "Ukraine", "Sputnik", "narrative:mh17")
LINKED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Sputnik", "Angela Merkel", {}),
    ("Russia", "Turkey", {}),
    ("Russia", "Turkey", {"through_states": True, "through_collectives": True}),
    ("Russia", "Turkey", {"in_order": True}),
    ("RT", "Sputnik", {"hops": 6}),
    ("Sputnik", "Angela Merkel", {"hubs": 50}),
)
COMPARED = (("RT", "Sputnik"), ("Russia", "United States"))


def timed(question: Callable[[], object]) -> tuple[float, float]:
    """Median and worst case, in seconds."""
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        question()
        seconds.append(time.perf_counter() - began)
    return round(median(seconds), 2), round(max(seconds), 2)


def around(view: View, name: str) -> object:
    """Neighbours and timeline of one."""
    folds, reprints = folding.folds(view), folding.reprints(view)
    match = names.meant(view, name)
    ids = folds.members(match.id)
    told = surroundings.around(view, ids, folds)
    return surroundings.neighbours(view, ids, told, reprints), surroundings.timeline(view, match, ids, told, reprints)


def linked(view: View, a: str, b: str, route: paths.Route) -> list[paths.Chain]:
    """The five best chains."""
    folds, reprints = folding.folds(view), folding.reprints(view)
    ends = [folds.members(names.meant(view, name).id) for name in (a, b)]
    return paths.chains(view, ends[0], ends[1], route, folds, reprints)


def compared(view: View, a: str, b: str) -> object:
    """What two say of each other and of the same things."""
    folds, reprints = folding.folds(view), folding.reprints(view)
    ends = [folds.members(names.meant(view, name).id) for name in (a, b)]
    return surroundings.compare(view, ends[0], ends[1], folds, reprints, least=0)


def shown(view: View, name: str) -> object:
    """The profile of one."""
    return profile.profile(view, names.meant(view, name), folding.folds(view), folding.reprints(view), least=0)


def reading(url: str) -> list[tuple[object, ...]]:
    """How long each question takes."""
    rows: list[tuple[object, ...]] = []
    with open_store(url, readonly=True) as store, store.view() as view:
        for name in SHOWN:
            rows.append((f"show {name}", *timed(lambda name=name: shown(view, name))))  # type: ignore[misc]
            rows.append((f"neighbours, timeline {name}", *timed(lambda name=name: around(view, name))))  # type: ignore[misc]
        for a, b, options in LINKED:
            route = paths.Route(**options)
            told = " ".join(f"{key}={value}" for key, value in options.items())
            rows.append((f"links {a}, {b} {told}", *timed(lambda a=a, b=b, r=route: linked(view, a, b, r))))  # type: ignore[misc]
        for a, b in COMPARED:
            rows.append((f"compare {a}, {b}", *timed(lambda a=a, b=b: compared(view, a, b))))  # type: ignore[misc]
        edge = str(view.run("MATCH (a)-[r:ACCUSES]->(b) RETURN r.id AS id ORDER BY id LIMIT 1").rows[0][0])
        rows.append(("why EDGE", *timed(lambda: why.why(view, edge, folding.folds(view), folding.reprints(view)))))
    return rows


def deciding(url: str) -> list[tuple[object, ...]]:
    """How long it takes to reject an edge and to bring it back."""
    with open_store(url) as store:
        with store.view() as view:
            edges = [edge for edge in view.edges() if edge.type == "ACCUSES"][:TIMES]
        waiting = iter(
            [review.decide(edge, edge.source, edge.target, review.REJECTED, by="benchmark") for edge in edges]
        )
        taken: list[review.Decision] = []

        def reject() -> None:
            taken.append(next(waiting))
            review.add(store, taken[-1:])

        def undo() -> None:
            review.add(store, [review.again(taken.pop(), review.UNDONE, by="benchmark")])

        return [("reject an edge", *timed(reject)), ("undo it", *timed(undo))]


if __name__ == "__main__":
    found = reading(sys.argv[1])
    if len(sys.argv) > 2:
        found += deciding(sys.argv[2])
    write_rows(("question", "median", "worst"), found, "table")
