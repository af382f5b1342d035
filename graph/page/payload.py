"""What the page's script reads: the subgraph as columns of plain values, every place decided, every word chosen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

import numpy as np

from narragraph import __version__
from narragraph.graph.excerpts import DocumentText
from narragraph.graph.model import Edge, Node
from narragraph.graph.page.layout import lay_out
from narragraph.graph.subgraph import Subgraph

FIRST_SHOWN = 600  # nodes drawn when the page opens, most connected first; a slider brings the rest
SHOWN_FROM = 0.6  # readings that are less sure are hidden when the page opens; another slider brings them
_REVIEWS = ("fact-check", "case")  # genres whose disproof is called debunking; anyone else disputes
_LABEL_LIMIT = 60  # up to so many nodes, room is made for every label

Link = tuple[str, str, str, str]  # source, target, type, wording ("" or the name of a variant)


@cache
def words() -> dict[str, Any]:
    """What kinds, relations and facts are called on the page."""
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath("words.json").read_text(encoding="utf-8"))
    return loaded


def build_payload(
    subgraph: Subgraph, *, title: str, text: DocumentText | None = None, shown_from: float = SHOWN_FROM
) -> dict[str, Any]:
    """The whole content of the page.

    ``nodes``, ``links`` and ``evidence`` hold one list a column. A link is what is drawn: all attestations of one
    relation between two nodes, worded alike; ``evidence`` has one row for each edge of the subgraph, none is dropped.
    Nodes come in order of rank (links, most first), so that row numbers serve as ranks. ``text``, where there is one,
    tells with each row of evidence that stands in it from where to where.
    """
    links = _fold(subgraph)
    degree = Counter(end for source, target, _, _ in links for end in {source, target})
    nodes = sorted(subgraph.nodes, key=lambda node: (-degree[node.id], node.id))
    row = {node.id: number for number, node in enumerate(nodes)}
    known = {**subgraph.context, **{node.id: node for node in nodes}}
    cards = _Cards(subgraph.publishers, known, row, text)
    for number, edges in enumerate(links.values()):
        for edge in sorted(edges, key=lambda edge: (-edge.confidence, edge.document, edge.start or 0, edge.id)):
            cards.add(number, edge)
    pairs = [(row[source], row[target]) for source, target, _, _ in links]
    radii = [min(30.0, 7 + 2.6 * degree[node.id] ** 0.5) for node in nodes]
    positions = lay_out(_boxes(nodes, radii), pairs) if nodes else np.zeros((0, 2))
    kinds = sorted({node.type for node in nodes}, key=_place_in(words()["kinds"]))
    wordings = sorted({(type, variant) for _, _, type, variant in links}, key=lambda pair: (_rank(pair[0]), pair))
    relations = list(dict.fromkeys(type for type, _ in wordings))
    return {
        "title": title,
        "about": f"Narragraph {__version__}",
        "firstShown": FIRST_SHOWN,
        "shownFrom": shown_from,
        "onlyMentioned": subgraph.only_mentioned,
        "kinds": [{"type": kind, **_kind_words(kind)} for kind in kinds],
        "relations": [
            {"type": type, "legend": _legend(type, wordings), "question": _question(type)} for type in relations
        ],
        "wordings": [{"relation": relations.index(type), **_wording(type, variant)} for type, variant in wordings],
        "nodes": {
            "id": [node.id for node in nodes],
            "name": [node.name for node in nodes],
            "aliases": [[alias for alias in node.aliases if alias != node.name] for node in nodes],
            "kind": [kinds.index(node.type) for node in nodes],
            "x": [round(float(x)) for x in positions[:, 0]],
            "y": [round(float(y)) for y in positions[:, 1]],
            "radius": [round(radius, 1) for radius in radii],
            "start": [str(node.properties.get("start") or "")[:10] for node in nodes],
            "facts": [_facts(node, known) for node in nodes],
        },
        "links": {
            "source": [source for source, _ in pairs],
            "target": [target for _, target in pairs],
            "wording": [wordings.index((type, variant)) for _, _, type, variant in links],
        },
        **cards.columns(),
    }


def strongest(subgraph: Subgraph, limit: int = 25) -> list[dict[str, Any]]:
    """The links with most sentences, each with its best one, for readers whose browser runs no script."""
    names = {node.id: node.name for node in subgraph.nodes}
    links = sorted(_fold(subgraph).items(), key=lambda item: (_rank(item[0][2]), -len(item[1]), item[0]))
    rows = []
    for (source, target, type, variant), edges in sorted(links, key=lambda item: -len(item[1]))[:limit]:
        best = max(edges, key=lambda edge: (edge.confidence, edge.sentence or ""))
        rows.append(
            {
                "source": names[source],
                "words": _wording(type, variant)["active"],
                "target": names[target],
                "count": len(edges),
                "sentence": best.sentence or "",
            }
        )
    return rows


def _fold(subgraph: Subgraph) -> dict[Link, list[Edge]]:
    """The edges of each link. A link begins where its sentence would begin: speakers before what they claim."""
    genres = {node.id: node.properties.get("genre") for node in (*subgraph.nodes, *subgraph.context.values())}
    links: dict[Link, list[Edge]] = {}
    for edge in subgraph.edges:
        entry = words()["relations"].get(edge.type, {})
        variant = ""
        manner = str(edge.properties.get("manner"))
        if manner in ("ascribed", "own words") and manner in entry:
            variant = manner
        elif "elsewhere" in entry and genres.get(edge.document) not in _REVIEWS:
            variant = "elsewhere"
        ends = (edge.target, edge.source) if entry.get("begins") == "target" else (edge.source, edge.target)
        links.setdefault((*ends, edge.type, variant), []).append(edge)
    return dict(sorted(links.items(), key=lambda item: (item[0][0], item[0][1], _rank(item[0][2]), item[0][2:])))


class _Cards:
    """The rows of evidence, and the documents and names that they point to."""

    def __init__(
        self,
        publishers: Mapping[str, str],
        known: Mapping[str, Node],
        row: Mapping[str, int],
        text: DocumentText | None,
    ) -> None:
        self._publishers = publishers
        self._known = known
        self._row = row
        self._documents: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._rows: list[dict[str, Any]] = []
        self._text = text
        self._places: list[tuple[int, int, int]] = []

    def add(self, link: int, edge: Edge) -> None:
        sentence = edge.sentence or ""
        said = edge.properties
        if self._text and edge.document in self._text.documents and edge.start is not None and edge.end is not None:
            start, end = edge.start - self._text.start, edge.end - self._text.start
            if 0 <= start < end <= len(self._text.text):
                self._places.append((len(self._rows), start, end))
        self._rows.append(
            {
                "link": link,
                "document": self._documents.setdefault(edge.document, len(self._documents)),
                "sentence": sentence,
                "mark": _mark(edge, sentence),
                "confidence": round(edge.confidence, 3),
                "speakers": [
                    self._names.setdefault(name, len(self._names))
                    for name in _texts(said.get("asserted_by"))
                    if name != edge.document
                ],
                "stance": str(said.get("modality", "asserted")),
                "negated": int(said.get("polarity") == "negated"),
                "about": self._row.get(str(said.get("claim", "")), -1),
                "said": str(said.get("said", "")),
                "basis": str(said.get("basis", "sentence")),
                "rule": str(said.get("rule", "")),
                "detail": _detail(edge),
            }
        )

    def columns(self) -> dict[str, Any]:
        names = ("link", "document", "sentence", "mark", "confidence", "speakers", "stance", "negated", "about", "said",
                 "basis", "rule", "detail")  # fmt: skip
        return {
            "documents": [self._document(ident) for ident in self._documents],
            "names": [[_name_of(ident, self._known), self._row.get(ident, -1)] for ident in self._names],
            "evidence": {name: [row[name] for row in self._rows] for name in names},
            "text": self._text and self._told(self._text.text),
        }

    def _told(self, text: str) -> dict[str, Any]:
        units = [0, *accumulate(1 + (char > "\uffff") for char in text)]
        return {"words": text, "places": [[row, units[start], units[end]] for row, start, end in self._places]}

    def _document(self, ident: str) -> dict[str, Any]:
        node = self._known.get(ident)
        properties = node.properties if node else {}
        publisher = self._publishers.get(ident, "")
        return {
            "title": str(properties.get("title") or _name_of(ident, self._known)),
            "url": str(properties.get("url") or ""),
            "published": str(properties.get("published") or "")[:10],
            "genre": str(properties.get("genre") or ""),
            "publisher": _name_of(publisher, self._known) if publisher else "",
            "node": self._row.get(ident, -1),
        }


def _mark(edge: Edge, sentence: str) -> list[int]:
    """Start and end of the trigger in the sentence as JavaScript counts (UTF-16 units); empty if it has none."""
    start, end = edge.properties.get("trigger_start"), edge.properties.get("trigger_end")
    if edge.start is None or not isinstance(start, int) or not isinstance(end, int):
        return []
    start, end = start - edge.start, end - edge.start
    if not 0 <= start < end <= len(sentence):
        return []
    return [_utf16(sentence[:start]), _utf16(sentence[:end])]


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _detail(edge: Edge) -> str:
    """What else the edge tells: "3,210 tweets", the role in an event, the place as read."""
    said = edge.properties
    parts = []
    if isinstance(said.get("count"), (int, float)):
        parts.append(f"{said['count']:,} {said.get('unit', '')}".strip())
    parts += [str(said[name]) for name in ("role", "place") if said.get(name)]
    return ", ".join(parts)


def _facts(node: Node, known: Mapping[str, Node]) -> list[list[str]]:
    """Label and value of what is known of the node, in the order of the words' list; ids give way to names."""
    facts = []
    for name, label in words()["facts"].items():
        value = node.properties.get(name)
        if value not in (None, "", []):
            parts = value if isinstance(value, (list, tuple)) else [value]
            facts.append([label, ", ".join(_name_of(str(part), known) for part in parts)])
    return facts


def _name_of(ident: str, known: Mapping[str, Node]) -> str:
    return known[ident].name if ident in known else ident


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def _boxes(nodes: Sequence[Node], radii: Sequence[float]) -> Any:
    """Half width and half height that each node needs, with its label where there are few nodes."""
    if len(nodes) > _LABEL_LIMIT:
        margin = 13 if len(nodes) <= FIRST_SHOWN else 6
        return np.array([[radius + margin, radius + margin] for radius in radii])
    return np.array(
        [[max(radius + 6, min(len(node.name), 26) * 3.4 + 4), radius + (20 if len(node.name) > 26 else 14)]
         for node, radius in zip(nodes, radii)]
    )  # fmt: skip


def _place_in(entries: Mapping[str, Any]) -> Any:
    order = {name: place for place, name in enumerate(entries)}
    return lambda name: (order.get(name, len(order)), name)


def _rank(relation: str) -> int:
    return int(_place_in(words()["relations"])(relation)[0])


def _kind_words(kind: str) -> dict[str, str]:
    plain = {"one": kind, "many": kind, "gives": "What it says and does", "receives": "What is said of it"}
    return {**plain, **words()["kinds"].get(kind, {})}


def _wording(type: str, variant: str) -> dict[str, str]:
    entry = words()["relations"].get(type)
    if entry is None:
        plain = type.replace("_", " ").lower()
        return {"active": plain, "passive": f"{plain} (from)"}
    chosen = entry[variant] if variant else entry
    return {"active": chosen["active"], "passive": chosen["passive"]}


def _question(type: str) -> str:
    """What the relation's links answer, for the overview; empty where they are background."""
    return str(words()["relations"].get(type, {}).get("question", ""))


def _legend(type: str, wordings: Sequence[tuple[str, str]]) -> str:
    forms = [_wording(type, variant)["active"].partition(",")[0] for other, variant in wordings if other == type]
    return " / ".join(dict.fromkeys(forms))
