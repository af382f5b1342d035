"""Who is who: decisions by people on names that may mean the same, and what follows from them.

Decisions are a log, a document of the store in which each line is a JSON object; an edge ``SAME_AS`` or
``DIFFERENT_FROM`` rests on each decision that holds, with its line for a sentence. Nodes and their attestations stay as
the documents have them, so that every decision can be undone; views take for one what is decided to be the same.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import accumulate

from narragraph.errors import RecordError, UsageError
from narragraph.graph.model import Edge, Node, document_id, edge_id
from narragraph.graph.stores.base import Bundle, Store, View

SOURCE_KEY = "narragraph:identity"
LOG = document_id(SOURCE_KEY)
VERDICTS = ("same", "different", "unsure", "undone")
TYPES = ("Actor", "Outlet")
SAME, DIFFERENT = "SAME_AS", "DIFFERENT_FROM"
_EDGES = {"same": SAME, "different": DIFFERENT}
_NAMES = "UNWIND $ids AS id MATCH (n:Narragraph {id: id}) RETURN n.id AS id, n.name AS name"
_GONE = """
UNWIND $ids AS id OPTIONAL MATCH (n:Narragraph {id: id})-[r]-() WHERE r.root <> $log
WITH id, count(r) AS said WHERE said = 0 RETURN id ORDER BY id
"""
_TEXT = "MATCH (d:Document {id: $id}) RETURN d.text AS text"

Pair = tuple[str, str]


@dataclass(frozen=True)
class Decision:
    """What somebody decided of two nodes; the later of two decisions on a pair counts, ``undone`` leaves none."""

    left: str  # ids; left sorts before right
    right: str
    left_name: str
    right_name: str
    type: str  # of both nodes
    verdict: str
    by: str
    at: str  # ISO 8601, UTC
    why: str = ""

    @property
    def pair(self) -> Pair:
        """The ids of both."""
        return self.left, self.right

    @property
    def line(self) -> str:
        """The decision as one line of the log."""
        return json.dumps(asdict(self), ensure_ascii=False)


def decide(one: Node, other: Node, verdict: str, *, by: str, why: str = "") -> Decision:
    """A decision of now. Raises UsageError for nodes of two types, or one and the same."""
    if one.id == other.id:
        raise UsageError(f"{one.id} is one node already.")
    if one.type != other.type or one.type not in TYPES:
        raise UsageError(
            f"{one.id} is {one.type} and {other.id} is {other.type}; two actors or two outlets can be the same."
        )
    left, right = sorted((one, other), key=lambda node: node.id)
    now = dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds")
    return Decision(left.id, right.id, left.name, right.name, one.type, verdict, by, now, why)


def parse(lines: Iterable[str]) -> Iterator[Decision]:
    """The decisions on lines of a log. Raises RecordError, with the number of the line, for one that is none."""
    names = {field.name for field in fields(Decision)}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            content = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise RecordError(f"is no JSON ({error})", line=number) from None
        if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
            raise RecordError("is no decision: an object of texts is needed", line=number)
        if wrong := sorted(content.keys() ^ names):
            raise RecordError(f"is no decision: {', '.join(wrong)} is missing or unknown", line=number)
        decision = Decision(**content)
        if decision.verdict not in VERDICTS:
            raise RecordError(f"has the verdict {decision.verdict!r}, not one of {', '.join(VERDICTS)}", line=number)
        try:
            _when(decision)
        except ValueError:
            raise RecordError(f"says at {decision.at!r}, which is no date and time", line=number) from None
        if not decision.left < decision.right:
            raise RecordError("has its two ids in the wrong order, or twice the same", line=number)
        yield decision


def read(view: View) -> list[Decision]:
    """All decisions in a store, in the order in which they were taken."""
    rows = view.run(_TEXT, {"id": LOG}).rows
    return list(parse(rows[0][0].splitlines())) if rows else []


def add(store: Store, decisions: Sequence[Decision]) -> int:
    """Add decisions to the log of a store, those that it lacks; gives their number.

    Of two on one pair the later counts, whichever came first. Raises UsageError, and adds none, where they contradict
    what holds already: two of a group of the same that are different.
    """
    with store.view() as view:
        known = read(view)
    fresh = [decision for decision in dict.fromkeys(decisions) if decision not in known]
    if not fresh:
        return 0
    log = sorted([*known, *fresh], key=_when)
    for left, right in contradictions(holding(log)):
        raise UsageError(
            f"{left} and {right} are decided to be different, and by other decisions the same.",
            hint="narragraph identity list shows them; narragraph identity undo takes one back.",
        )
    with store.writer() as writer:
        writer.put(bundle(log))
    return len(fresh)


def _when(decision: Decision) -> dt.datetime:
    """When it was taken; a time without a zone is one of UTC."""
    at = dt.datetime.fromisoformat(decision.at)
    return at if at.tzinfo else at.replace(tzinfo=dt.timezone.utc)


def gone(view: View, decisions: Iterable[Decision]) -> set[str]:
    """Ids in decisions of which no document in the store speaks (any more, or yet)."""
    ids = sorted({id for decision in decisions for id in decision.pair})
    return {row[0] for row in view.run(_GONE, {"ids": ids, "log": LOG}).rows} if ids else set()


def holding(log: Iterable[Decision]) -> dict[Pair, Decision]:
    """The decision that counts for each pair."""
    last = {decision.pair: decision for decision in log}
    return {pair: decision for pair, decision in last.items() if decision.verdict != "undone"}


def groups(same: Iterable[Pair]) -> dict[str, str]:
    """Each id of pairs that are the same → the first id of all that are the same as it."""
    leader: dict[str, str] = {}

    def find(id: str) -> str:
        while leader.setdefault(id, id) != id:
            id = leader[id]
        return id

    for left, right in same:
        first, second = sorted((find(left), find(right)))
        leader[second] = first
    return {id: find(id) for id in leader}


def contradictions(decisions: Mapping[Pair, Decision]) -> list[Pair]:
    """Pairs that are decided to be different though others make them the same."""
    group = _same(decisions)
    return [
        pair
        for pair, decision in decisions.items()
        if decision.verdict == "different" and group.get(pair[0], pair[0]) == group.get(pair[1], pair[1])
    ]


def same_as(view: View, id: str) -> list[str]:
    """Ids of the nodes that are decided to be the same as this one, without it, sorted."""
    group = _same(holding(read(view)))
    return sorted(other for other, first in group.items() if first == group.get(id) and other != id)


def folds(view: View) -> dict[str, tuple[str, str]]:
    """Each node that is decided to be the same as another → the id that stands for all of them, and all their names.

    The names are those of the nodes as the store has them, joined as in "Harbour TV = HTV", in the order of their ids.
    """
    decisions = holding(read(view))
    group = _same(decisions)
    names: dict[str, str] = {}
    for decision in decisions.values():
        names |= {decision.left: decision.left_name, decision.right: decision.right_name}
    names |= dict(view.run(_NAMES, {"ids": sorted(group)}).rows) if group else {}
    shown: dict[str, list[str]] = {}
    for id in sorted(group):
        shown.setdefault(group[id], []).append(names[id])
    return {id: (first, " = ".join(dict.fromkeys(shown[first]))) for id, first in group.items()}


def _same(decisions: Mapping[Pair, Decision]) -> dict[str, str]:
    return groups(pair for pair, decision in decisions.items() if decision.verdict == "same")


def bundle(log: Sequence[Decision]) -> Bundle:
    """The log as a document, with an edge on each line that counts."""
    lines = [decision.line for decision in log]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    counting = holding(log)
    root = Node(
        LOG, "Document", "Who is who",
        properties={
            "title": "Who is who", "source_key": SOURCE_KEY, "genre": "decisions", "text": "\n".join(lines) + "\n",
        },
    )  # fmt: skip
    nodes = {LOG: root}
    edges = []
    for decision, line, start in zip(log, lines, starts):
        if counting.get(decision.pair) is not decision or decision.verdict not in _EDGES:
            continue
        nodes[decision.left] = Node(decision.left, decision.type, decision.left_name)
        nodes[decision.right] = Node(decision.right, decision.type, decision.right_name)
        end = start + len(line)
        type = _EDGES[decision.verdict]
        edges.append(
            Edge(
                edge_id(type, *decision.pair, LOG, start, end, [LOG]), type, *decision.pair,
                LOG, line, start, end,
                properties={
                    "rule": "identity.decision", "basis": "sentence", "polarity": "affirmed", "modality": "asserted",
                    "asserted_by": [LOG],
                },
            )
        )  # fmt: skip
    return Bundle(root, list(nodes.values()), edges)
