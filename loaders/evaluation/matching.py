"""When a prediction counts as found.

- A node is found when its type agrees (Actor and Outlet stand in for each other) and one of its names, aliases or
  mentioned forms equals one of the gold node's. A country and its government are the same end of an edge.
- An edge is found when its type and both ends agree and its evidence overlaps the gold evidence. A Claim or Narrative
  end agrees with any Claim or Narrative end in that evidence; a denial may also point to who voiced the denied claim.
"""

from __future__ import annotations

from narragraph.loaders.evaluation.gold import PROPOSITIONS, ComparableEdge, ComparableGraph, ComparableNode
from narragraph.loaders.extraction.analysis import Span

_NOTHING = ComparableNode("?", "", set())
_NAMED = ("Actor", "Outlet")


def same_node(gold: ComparableNode, predicted: ComparableNode) -> bool:
    """Whether a predicted entity is the gold one."""
    kinds = gold.type == predicted.type or (gold.type in _NAMED and predicted.type in _NAMED)
    return kinds and bool(gold.forms & predicted.forms)


def same_edge(
    gold_edge: ComparableEdge, predicted_edge: ComparableEdge, gold: ComparableGraph, predicted: ComparableGraph
) -> bool:
    """Whether a predicted edge is the gold one."""
    if gold_edge.type != predicted_edge.type:
        return False
    gold_source, gold_target = (gold.nodes.get(end, _NOTHING) for end in (gold_edge.source, gold_edge.target))
    source, target = (predicted.nodes.get(end, _NOTHING) for end in (predicted_edge.source, predicted_edge.target))
    if gold_edge.type != "PUBLISHED" and not (
        _overlap(gold_edge.span, predicted_edge.span)
        or _overlap(gold_target.span, predicted_edge.span)
        or _overlap(gold_edge.span, target.span)
    ):
        return False
    own_voice = gold_source.type == "Document" and source.type == "Outlet"  # may be given as the document's outlet
    if not own_voice and not _same_end(gold_source, source):
        return False
    return _same_end(gold_target, target) or _denies_its_speaker(gold_edge, gold, gold_target, target)


def _same_end(gold: ComparableNode, predicted: ComparableNode) -> bool:
    types = (gold.type, predicted.type)
    if any(type in PROPOSITIONS for type in types):
        return all(type in PROPOSITIONS for type in types)
    for unnamed in ("Document", "Event"):
        if unnamed in types:
            return types == (unnamed, unnamed)
    return bool(gold.forms & predicted.forms)


def _denies_its_speaker(
    edge: ComparableEdge, gold: ComparableGraph, claim: ComparableNode, target: ComparableNode
) -> bool:
    return (
        edge.type == "DENIES"
        and claim.type == "Claim"
        and any(
            gold.nodes[voiced.target].forms & target.forms
            for voiced in gold.edges
            if voiced.type == "ATTRIBUTED_TO" and voiced.source == edge.target and voiced.target in gold.nodes
        )
    )


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and min(one[1], other[1]) > max(one[0], other[0])
