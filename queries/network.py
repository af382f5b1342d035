"""What is computed with networkx on the subgraph that a query draws, instead of showing its rows.

A query asks for it in its header: ``network: {step: paths}``. Its Cypher then returns links, a row each, with the ids
``source`` and ``target``, ``source_name`` and ``target_name``, and what the step needs beside them; a step reads its
settings from the query's parameters. The header's columns are those of what comes out. Nothing is written to the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from narragraph.graph.stores.base import Rows

if TYPE_CHECKING:
    import networkx as nx

    from narragraph.queries.pack import Query

Link = Mapping[str, Any]
Values = Mapping[str, Any]

_DAMPING = 0.85  # of PageRank, as everywhere
_ROUNDS, _STILL = 200, 1e-10
_DIGITS = 6  # of a score
_TRIED = 500  # paths that are looked at, beyond which longer ones are not sought
_START, _GOAL = object(), object()


@dataclass(frozen=True)
class Step:
    """A computation: its function, the columns that it gives, and the parameters that it reads."""

    run: Callable[[Sequence[Link], Values], Iterable[tuple[Any, ...]]]
    columns: tuple[str, ...]
    parameters: tuple[str, ...] = ()


def apply(query: Query, rows: Rows, values: Values) -> Rows:
    """What the query's step makes of the links; at most as many rows as ``limit`` in the values says."""
    step = STEPS[query.network["step"]]
    links = [dict(zip(rows.columns, row)) for row in rows.rows]
    limit = values.get("limit")
    found = list(islice(step.run(links, values), None if limit is None else limit + 1))
    return Rows(step.columns, found[:limit], limit is not None and len(found) > limit)


def fault(network: Mapping[str, Any], columns: Iterable[str], parameters: Iterable[str]) -> str | None:
    """What is wrong with a header's ``network``, its columns or its parameters; None where nothing is."""
    if not isinstance(network, Mapping) or set(network) != {"step"} or network["step"] not in STEPS:
        return f"network needs a step: {', '.join(STEPS)}"
    step = STEPS[network["step"]]
    if tuple(columns) != step.columns:
        return f"the columns of {network['step']} are {', '.join(step.columns)}"
    if lacking := [name for name in step.parameters if name not in parameters]:
        return f"{network['step']} needs the parameter {lacking[0]!r}"
    return None


def _central(links: Sequence[Link], values: Values) -> Iterator[tuple[Any, ...]]:
    """Nodes by a measure, the highest first."""
    import networkx as nx

    graph = _graph(links, nx.DiGraph())
    names, types = _told(links, "name"), _told(links, "type")
    measure = values["measure"]
    scores: Mapping[Any, float]
    if measure == "pagerank":
        scores = _pagerank(graph)
    elif measure == "betweenness":
        scores = nx.betweenness_centrality(graph)
    else:
        ends = {"degree": ("source", "target"), "in_degree": ("target",), "out_degree": ("source",)}[measure]
        neighbours = _neighbours(links, ends)
        scores = {node: len(neighbours[node]) for node in graph}
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        for end in ("source", "target"):
            documents[link[end]].update(link["documents"])
    found = [
        (
            names[node],
            types[node],
            round(score, _DIGITS),
            len(set(nx.all_neighbors(graph, node))),
            len(documents[node]),
            node,
        )
        for node, score in scores.items()
    ]
    yield from sorted(found, key=lambda row: (-row[2], -row[4], row[0], row[5]))


def _pagerank(graph: nx.DiGraph[Any]) -> dict[Any, float]:
    """PageRank with the number of documents as weight; networkx's own needs scipy."""
    if not graph:
        return {}
    even = 1 / len(graph)
    out = {node: sum(data["weight"] for _, _, data in graph.out_edges(node, data=True)) for node in graph}
    rank = dict.fromkeys(graph, even)
    for _ in range(_ROUNDS):
        lost = sum(rank[node] for node in graph if not out[node])
        fresh = dict.fromkeys(graph, (1 - _DAMPING + _DAMPING * lost) * even)
        for source, target, data in graph.edges(data=True):
            fresh[target] += _DAMPING * rank[source] * data["weight"] / out[source]
        moved = sum(abs(fresh[node] - rank[node]) for node in graph)
        rank = fresh
        if moved < _STILL:
            break
    return rank


def _communities(links: Sequence[Link], values: Values) -> Iterator[tuple[Any, ...]]:
    """Communities by greedy modularity (Clauset, Newman and Moore 2004), the largest first, and their nodes."""
    import networkx as nx

    ids = sorted({link[end] for link in links for end in ("source", "target")})
    numbers = {id: number for number, id in enumerate(ids)}  # numbers: sets of texts change their order with each run
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(ids)))
    for link in links:
        graph.add_edge(
            numbers[link["source"]], numbers[link["target"]], weight=len(link["shared"]), shared=link["shared"]
        )
    names = _told(links, "name")
    groups = nx.community.greedy_modularity_communities(graph, weight="weight") if ids else []
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    for community, group in enumerate(ordered, 1):
        rows = []
        for number in group:
            shared = [graph[number][other]["shared"] for other in graph[number] if other in group]
            counts: defaultdict[str, int] = defaultdict(int)
            for narratives in shared:
                for narrative in narratives:
                    counts[narrative] += 1
            most = sorted(counts, key=lambda narrative: (-counts[narrative], narrative))[:5]
            id = ids[number]
            rows.append((community, len(group), names[id], len(shared), sum(map(len, shared)), most, id))
        yield from sorted(rows, key=lambda row: (-row[4], row[2], row[6]))


def _brokers(links: Sequence[Link], values: Values) -> Iterator[tuple[Any, ...]]:
    """Nodes without which their part of the network falls apart, those that cut off most first."""
    import networkx as nx

    graph = _graph(links, nx.Graph())
    names, types = _told(links, "name"), _told(links, "type")
    found = []
    for component in nx.connected_components(graph):
        part = graph.subgraph(component)
        for node in nx.articulation_points(part):
            rest = nx.restricted_view(part, [node], [])
            sizes = sorted(len(piece) for piece in nx.connected_components(rest))
            found.append((names[node], types[node], len(sizes), sum(sizes[:-1]), len(part[node]), node))
    yield from sorted(found, key=lambda row: (-row[3], -row[2], row[0], row[5]))


def _paths(links: Sequence[Link], values: Values) -> Iterator[tuple[Any, ...]]:
    """The best paths between two groups of nodes: few hops, each of them sure and told by many documents."""
    import networkx as nx

    graph: nx.Graph[Any] = nx.Graph()
    for link in sorted(links, key=lambda link: (_cost(link), link["relation"], link["source"])):
        if not graph.has_edge(link["source"], link["target"]):
            graph.add_edge(link["source"], link["target"], cost=_cost(link), link=link)
    starts, goals = set(values["from"]) & set(graph), set(values["to"]) & set(graph)
    if not starts or not goals or starts & goals:
        return
    graph.add_edges_from(((_START, start) for start in sorted(starts)), cost=0)
    graph.add_edges_from(((_GOAL, goal) for goal in sorted(goals)), cost=0)
    if not nx.has_path(graph, _START, _GOAL):
        return
    names, seen = _told(links, "name"), 0
    for path in islice(nx.shortest_simple_paths(graph, _START, _GOAL, weight="cost"), _TRIED):
        nodes = path[1:-1]
        inner = nodes[1:-1]
        if len(nodes) - 1 > values["hops"] or starts & set(inner) or goals & set(inner):
            continue
        seen += 1
        if seen > values["paths"]:
            return
        for hop, (one, other) in enumerate(pairwise(nodes), 1):
            link = graph[one][other]["link"]
            relation = f"{link['relation']} →" if link["source"] == one else f"← {link['relation']}"
            told = len(link["documents"]), link["confidence"], link["sentence"]
            yield (seen, hop, names[one], relation, names[other], *told)


def _cost(link: Link) -> float:
    """From 1, for a hop that is sure and told by many documents, to 2."""
    return float(1 + (1 - link["confidence"]) / 2 + 1 / (2 * max(1, len(link["documents"]))))


def _graph(links: Sequence[Link], graph: Any) -> Any:
    """The graph of the links, with the number of documents as weight where links tell it; nodes in the order of ids."""
    graph.add_nodes_from(sorted({link[end] for link in links for end in ("source", "target")}))
    for link in links:
        graph.add_edge(link["source"], link["target"], weight=len(link.get("documents") or [None]))
    return graph


def _neighbours(links: Sequence[Link], ends: Iterable[str] = ("source", "target")) -> defaultdict[str, set[str]]:
    """For each node, those at the other end of the links that have it at one of these ends."""
    other = {"source": "target", "target": "source"}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        for end in ends:
            found[link[end]].add(link[other[end]])
    return found


def _told(links: Sequence[Link], what: str) -> dict[str, Any]:
    """What the links tell of their nodes, by id."""
    return {link[end]: link[f"{end}_{what}"] for link in links for end in ("source", "target")}


STEPS = {
    "central": Step(_central, ("node", "type", "score", "neighbours", "documents", "id"), ("measure",)),
    "communities": Step(_communities, ("community", "size", "node", "links", "shares", "narratives", "id")),
    "brokers": Step(_brokers, ("node", "type", "parts", "cut_off", "neighbours", "id")),
    "paths": Step(
        _paths, ("path", "hop", "source", "relation", "target", "documents", "confidence", "sentence"),
        ("from", "to", "paths", "hops"),
    ),
}  # fmt: skip
