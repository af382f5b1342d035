"""What people decided of edges: rejected, confirmed, doubted, and what follows from it.

Decisions are a log, a document of the store in which each line is a JSON object; the writer of every store applies it
whenever a document is put, and to what is stored when the log itself is put (:mod:`narragraph.graph.stores.deciding`).
A rejected edge leaves the graph, a confirmed one has confidence 1, a doubted one .5 at most; all comes back when a
decision is undone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

from narragraph.errors import RecordError, UsageError
from narragraph.graph.model import Edge, Node, document_id
from narragraph.graph.stores.base import Bundle, Store, View

SOURCE_KEY = "narragraph:review"
LOG = document_id(SOURCE_KEY)
REJECTED, CONFIRMED, DOUBTED, UNDONE = VERDICTS = ("rejected", "confirmed", "doubted", "undone")
CONFIRMED_CONFIDENCE = 1.0
DOUBTED_CONFIDENCE = 0.5  # at most: below what views show by default
_TEXT = "MATCH (d:Document {id: $id}) RETURN d.text AS text"

#: Where an edge is looked for that has another id since its document was read anew: document, type, source, target.
Place = tuple[str, str, str, str]
#: The latest decision on each edge that was decided on, by place.
Rulings = Mapping[Place, Sequence["Decision"]]


@dataclass(frozen=True)
class Decision:
    """What somebody decided of an edge; the later of two decisions counts, ``undone`` leaves none.

    The edge is told by its id, or, when better rules gave the same statement another id, by its ends, its document and
    its sentence.
    """

    edge: str
    type: str
    source: str
    target: str
    source_name: str
    target_name: str
    document: str
    sentence: str
    verdict: str
    by: str
    at: str  # ISO 8601, UTC
    note: str = ""

    @property
    def place(self) -> Place:
        """Where the edge is looked for."""
        return self.document, self.type, self.source, self.target

    @property
    def line(self) -> str:
        """The decision as one line of the log."""
        return json.dumps(asdict(self), ensure_ascii=False)


def decide(edge: Edge, source: str, target: str, verdict: str, *, by: str, note: str = "") -> Decision:
    """A decision of now on an edge; ``source`` and ``target`` are the names of its ends."""
    return Decision(
        edge.id, edge.type, edge.source, edge.target, source, target, edge.document, edge.sentence or "",
        verdict, by, _now(), note,
    )  # fmt: skip


def again(decision: Decision, verdict: str, *, by: str, note: str = "") -> Decision:
    """A decision of now on the edge of another one."""
    return replace(decision, verdict=verdict, by=by, note=note, at=_now())


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
        yield decision


def read(view: View) -> list[Decision]:
    """All decisions in a store, in the order in which they were taken."""
    rows = view.run(_TEXT, {"id": LOG}).rows
    return list(parse(rows[0][0].split("\n"))) if rows else []


def add(store: Store, decisions: Sequence[Decision]) -> int:
    """Add decisions to the log of a store, those that it lacks, and apply them; gives their number."""
    with store.view() as view:
        known = read(view)
    fresh = [decision for decision in dict.fromkeys(decisions) if decision not in set(known)]
    if fresh:
        with store.writer() as writer:
            writer.put(bundle([*known, *fresh]))
    return len(fresh)


def holding(log: Iterable[Decision]) -> dict[str, Decision]:
    """The decision that counts for each edge, by its id."""
    return {edge: decision for edge, decision in _latest(log).items() if decision.verdict != UNDONE}


def rulings(log: Iterable[Decision]) -> Rulings:
    """The latest decision on each edge, undone ones too, by place."""
    found: dict[Place, list[Decision]] = {}
    for decision in _latest(log).values():
        found.setdefault(decision.place, []).append(decision)
    return found


def judge(decisions: Sequence[Decision], edges: Mapping[str, str | None]) -> dict[str, Decision]:
    """The decision on each of the edges of one place, by id; ``edges`` holds their sentences.

    A decision on an edge that is not there any more speaks of those with its sentence which nobody else decided on.
    """
    by_id = {decision.edge: decision for decision in decisions}
    by_sentence = {decision.sentence: decision for decision in decisions if decision.edge not in edges}
    judged = {edge: by_id.get(edge) or by_sentence.get(sentence or "") for edge, sentence in edges.items()}
    return {edge: found for edge, found in judged.items() if found and found.verdict != UNDONE}


def bundle(log: Sequence[Decision]) -> Bundle:
    """The log as a document; no edge rests on it."""
    title = "What people decided of edges"
    root = Node(
        LOG, "Document", title,
        properties={
            "title": title, "source_key": SOURCE_KEY, "genre": "decisions",
            "text": "".join(decision.line + "\n" for decision in log),
        },
    )  # fmt: skip
    return Bundle(root, [root], [])


def refuse_decisions(edge: Edge) -> None:
    """Raise UsageError for an edge that is itself a decision, on who is who."""
    if edge.type in ("SAME_AS", "DIFFERENT_FROM"):
        raise UsageError(
            f"{edge.id} is a decision on who is who.", hint="narragraph identity undo takes such a one back."
        )


def _now() -> str:
    return dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds")


def _latest(log: Iterable[Decision]) -> dict[str, Decision]:
    latest: dict[str, Decision] = {}
    for decision in log:
        latest.pop(decision.edge, None)  # the later stands behind
        latest[decision.edge] = decision
    return latest
