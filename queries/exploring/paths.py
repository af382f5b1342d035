"""How two nodes are connected: the best chains of statements between them, found from both ends."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View
from narragraph.queries.exploring.sayings import strength
from narragraph.queries.exploring.statements import TELLING, Statement, between
from narragraph.queries.folding import Folds

_HOP = """
UNWIND $ids AS id MATCH (a:Narragraph {id: id})-[r]-(b:Narragraph)
WHERE (type(r) IN $types OR ($claims AND type(r) = 'ABOUT' AND startNode(r):Claim)) AND r.confidence >= $least
  AND ($collection IS NULL OR r.collection = $collection)
RETURN a.id AS a, b.id AS b, r.id AS edge, r.document AS document, r.confidence AS confidence, r.said AS said,
       b:Country OR coalesce(b.kind, '') = 'government' AS state, coalesce(b.kind, '') = 'collective' AS collective
"""
_DATES = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, d.published AS published"
_NEIGHBOURS = """
UNWIND $ids AS id MATCH (a:Narragraph {id: id})-[r]-(b:Narragraph)
WHERE type(r) IN $types OR ($claims AND type(r) = 'ABOUT' AND startNode(r):Claim)
RETURN id, count(DISTINCT b.id) AS neighbours
"""
_LEAST = 1e-6  # strength, so that there is a logarithm
_TRIES = 100_000  # beginnings of chains that are looked at; more are only needed to find that no order of time fits


@dataclass(frozen=True)
class Route:
    """What chains may be made of.

    At most ``hops`` long, over relations of these ``types`` (by default the telling ones and what claims are about),
    no less sure than ``least``. States and collectives are no stepping stones unless allowed, nor are the ids in
    ``avoid``, nor, where ``hubs`` is set, nodes with more neighbours than that. With ``in_order`` no hop is earlier
    than the one before it, seen from the start.
    """

    hops: int = 4
    types: Collection[str] = ()
    least: float = 0.0
    through_states: bool = False
    through_collectives: bool = False
    avoid: Collection[str] = ()
    hubs: int | None = None
    in_order: bool = False


@dataclass(frozen=True)
class Chain:
    """A connection: the statements of each hop, surest first, and how sure it is that every hop holds, 0 to 1."""

    hops: tuple[tuple[Statement, ...], ...]
    score: float


@dataclass(frozen=True)
class _Edge:
    """One attestation, as far as the search needs it; it looks like a Statement to ``strength``."""

    edge: str
    document_id: str
    confidence: float
    pair: tuple[str, str]
    when: str | None


@dataclass
class _Ground:
    """What was found around both ends: the edges between nodes, as they count, and who is no stepping stone."""

    edges: dict[str, dict[str, dict[str, _Edge]]] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)


def chains(
    view: View,
    start: Sequence[str],
    goal: Sequence[str],
    route: Route,
    folds: Folds,
    reprints: Mapping[str, str],
    *,
    limit: int = 5,
) -> list[Chain]:
    """The best chains between two groups of ids, best first.

    Shorter ones come first, as long as their hops are not much weaker; of equal length those whose hops are said
    surest and by most independent documents.
    """
    starts, goals = ({folds.ids.get(id, id) for id in ids} for ids in (start, goal))
    if starts & goals:
        return []
    found: list[tuple[float, list[list[_Edge]]]] = []
    for hops in [*range(2, route.hops, 2), route.hops]:
        near = replace(route, hops=hops)
        ground = _explore(view, [set(start), set(goal)], starts | goals, near, folds)
        found = list(itertools.islice(_best(ground, sorted(starts), goals, near, reprints), limit))
        # a chain with more hops costs more than its hops
        if len(found) == limit and len(found[-1][1]) - math.log(max(found[-1][0], _LEAST)) <= hops + 1:
            break
    pairs = {pair for _, hops in found for hop in hops for one in hop for pair in (one.pair, one.pair[::-1])}
    told = {statement.edge: statement for statement in between(view, sorted(pairs), folds)} if pairs else {}
    return [
        Chain(tuple(tuple(told[one.edge] for one in hop if one.edge in told) for hop in hops), score)
        for score, hops in found
    ]


def _explore(view: View, ends: Sequence[set[str]], own: set[str], route: Route, folds: Folds) -> _Ground:
    """Walk from both ends until the halves of every chain that is short enough have been seen."""
    ground = _Ground(barred={folds.ids.get(id, id) for id in route.avoid} - own)
    members: dict[str, set[str]] = {}
    for id, first in folds.ids.items():
        members.setdefault(first, {first}).add(id)
    asked: dict[str, Any] = {
        "types": list(route.types or TELLING), "claims": not route.types, "least": route.least, PARAMETER: None,
    }  # fmt: skip
    walked: set[str] = set()
    for wave, steps in zip(ends, (math.ceil(route.hops / 2), route.hops // 2)):
        for _ in range(steps):
            fresh = wave - walked
            walked |= fresh
            rows = view.run(_HOP, {**asked, "ids": sorted(fresh)}).rows if fresh else []
            for a, b, edge, document, confidence, said, state, collective in rows:
                here, there = folds.ids.get(a, a), folds.ids.get(b, b)
                if here == there:
                    continue
                one = _Edge(edge, document, confidence, (a, b), said)
                ground.edges.setdefault(here, {}).setdefault(there, {})[edge] = one
                ground.edges.setdefault(there, {}).setdefault(here, {})[edge] = one
                closed = (state and not route.through_states) or (collective and not route.through_collectives)
                if closed and there not in own:
                    ground.barred.add(there)
            reached = {near for id in wave for near in ground.edges.get(folds.ids.get(id, id), {})} - ground.barred
            wave = {id for near in reached for id in members.get(near, {near})}
    if route.hubs is not None:
        inner = sorted(id for id, others in ground.edges.items() if len(others) > 1 and id not in own)
        rows = view.run(_NEIGHBOURS, {**asked, "ids": inner}).rows
        ground.barred |= {folds.ids.get(id, id) for id, neighbours in rows if neighbours > route.hubs}
    if route.in_order:
        _date(view, ground)
    return ground


def _date(view: View, ground: _Ground) -> None:
    """Give edges the dates of their documents; those that have none are left out."""
    documents = {
        one.document_id for others in ground.edges.values() for edges in others.values() for one in edges.values()
    }
    dates = dict(view.run(_DATES, {"ids": sorted(documents)}).rows)
    for others in ground.edges.values():
        for there, edges in list(others.items()):
            dated = {
                id: _Edge(one.edge, one.document_id, one.confidence, one.pair, when[:10])
                for id, one in edges.items()
                if (when := one.when or dates.get(one.document_id))
            }
            others[there] = dated
            if not dated:
                del others[there]


def _best(
    ground: _Ground, starts: Sequence[str], goals: set[str], route: Route, reprints: Mapping[str, str]
) -> Iterator[tuple[float, list[list[_Edge]]]]:
    """Chains without loops from the best on: the one that promises most is made a hop longer each time (A*)."""
    strengths = {
        (here, there): strength(edges.values(), reprints)
        for here, others in ground.edges.items()
        for there, edges in others.items()
    }
    left = _least_costs(ground, goals, strengths, route.hops)
    waiting: list[tuple[float, tuple[str, ...], float, str]] = [
        (left[route.hops][start], (start,), 0.0, "") for start in starts if start in left[route.hops]
    ]
    heapq.heapify(waiting)
    for _ in range(_TRIES):
        if not waiting:
            return
        _, path, cost, since = heapq.heappop(waiting)
        here, hops_left = path[-1], route.hops - len(path)
        if here in goals:
            yield _told(ground, path, route, reprints)
            continue
        for there, edges in ground.edges.get(here, {}).items():
            if there in path or there not in left[hops_left] or (there in ground.barred and there not in goals):
                continue
            fitting = _later(edges, since) if route.in_order else list(edges.values())
            if fitting:
                hop = strengths[here, there] if len(fitting) == len(edges) else strength(fitting, reprints)
                so_far = cost + _cost(hop)
                after = min(one.when or "" for one in fitting) if route.in_order else ""
                heapq.heappush(waiting, (so_far + left[hops_left][there], (*path, there), so_far, after))


def _told(
    ground: _Ground, path: Sequence[str], route: Route, reprints: Mapping[str, str]
) -> tuple[float, list[list[_Edge]]]:
    """The score of a chain and the edges of its hops, surest first."""
    hops, since, score = [], "", 1.0
    for here, there in itertools.pairwise(path):
        edges = ground.edges[here][there]
        fitting = _later(edges, since) if route.in_order else list(edges.values())
        since = min(one.when or "" for one in fitting) if route.in_order else ""
        score *= strength(fitting, reprints)
        hops.append(sorted(fitting, key=lambda one: (-one.confidence, one.edge)))
    return score, hops


def _later(edges: Mapping[str, _Edge], since: str) -> list[_Edge]:
    """Those not earlier than a day; a month or a year fits where it may be so."""
    return [one for one in edges.values() if one.when and one.when >= since[: len(one.when)]]


def _least_costs(
    ground: _Ground, goals: set[str], strengths: Mapping[tuple[str, str], float], hops: int
) -> list[dict[str, float]]:
    """For each number of hops the least that a chain from a node to a goal costs, for those that have one."""
    left = [dict.fromkeys(sorted(goals), 0.0)]
    for _ in range(hops):
        before, now = left[-1], dict(left[-1])
        for there, cost in before.items():
            if there in ground.barred and there not in goals:
                continue
            for here in ground.edges.get(there, {}):
                total = cost + _cost(strengths[there, here])
                if total < now.get(here, math.inf):
                    now[here] = total
        left.append(now)
    return left


def _cost(strength: float) -> float:
    """Of a hop: one, and more the weaker it is."""
    return 1 - math.log(max(strength, _LEAST))
