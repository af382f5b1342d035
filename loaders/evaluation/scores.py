"""Precision, recall and F1 of the extraction on gold documents, per type of node and edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from narragraph.graph.records import Record
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.evaluation.gold import (
    EDGE_TYPES,
    NODE_TYPES,
    ComparableEdge,
    ComparableGraph,
    GoldDocument,
    predicted_graphs,
    read_gold,
)
from narragraph.loaders.evaluation.matching import same_edge, same_node
from narragraph.loaders.extraction.pipeline import extract_document

Extractor = Callable[[SourceDocument], Iterable[Record]]

HEADLINE = ("ACCUSES", "DENIES", "AMPLIFIES", "DEBUNKS", "ATTRIBUTED_TO")
SCORE_COLUMNS = ("type", "gold", "predicted", "precision", "recall", "f1", "plain_recall")
FINDING_COLUMNS = ("document", "finding", "type", "source", "target", "rule", "sentence")


@dataclass
class Score:
    """Counts of one type. *Plain* are the gold entries that one sentence shows to a careful reader."""

    gold: int = 0
    hit: int = 0  # gold entries that a prediction found
    plain: int = 0
    plain_hit: int = 0
    pred: int = 0
    good: int = 0  # predictions that are in the gold

    @property
    def precision(self) -> float:
        """Part of the predictions that is right."""
        return self.good / self.pred if self.pred else 0.0

    @property
    def recall(self) -> float:
        """Part of the gold that was found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def plain_recall(self) -> float:
        """Part of the plain gold that was found."""
        return self.plain_hit / self.plain if self.plain else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    def as_dict(self) -> dict[str, float]:
        """Counts and figures by name."""
        figures = ("precision", "recall", "plain_recall", "f1")
        return {**vars(self), **{name: getattr(self, name) for name in figures}}


@dataclass(frozen=True)
class Finding:
    """A gold entry that was missed, or a prediction that is wrong."""

    document: str
    finding: str  # missed, missed (inference), wrong
    type: str
    source: str
    target: str
    rule: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Judged:
    """A predicted edge and whether the gold has it."""

    document: str
    edge: ComparableEdge
    good: bool


@dataclass
class Report:
    """What an evaluation found: a score per type and in total, every finding, and every judged edge."""

    documents: int
    scores: dict[str, Score]
    findings: list[Finding] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows under SCORE_COLUMNS, with figures of two digits."""
        for kind, score in self.scores.items():
            figures = (score.precision, score.recall, score.f1, score.plain_recall)
            yield (kind, score.gold, score.pred, *(round(figure, 2) for figure in figures))

    def finding_rows(self) -> Iterator[tuple[str, ...]]:
        """Rows under FINDING_COLUMNS."""
        for finding in self.findings:
            yield tuple(getattr(finding, column) for column in FINDING_COLUMNS)

    def as_dict(self) -> dict[str, Any]:
        """Number of documents, and counts and figures by type."""
        return {"documents": self.documents, "rows": {kind: score.as_dict() for kind, score in self.scores.items()}}


def evaluate(gold_dir: Path, extractor: Extractor = extract_document, *, min_confidence: float = 0.0) -> Report:
    """Extract every text of a gold folder (see ``gold.read_gold``) and hold the records against its graphs.

    Raises InputError where the folder holds no gold graphs, DocumentError for one that cannot be read.
    """
    documents = read_gold(gold_dir)
    records = [
        record
        for document in documents
        for record in extractor(SourceDocument(str(document.path), document.text, path=document.path.name))
    ]
    graphs = predicted_graphs(records, {document.stem: document.text for document in documents}, min_confidence)
    report = Report(len(documents), {kind: Score() for kind in (*NODE_TYPES, *EDGE_TYPES)})
    for document in documents:
        _score_nodes(report, document, graphs[document.stem])
        _score_edges(report, document, graphs[document.stem])
    for name, kinds in (("entities", NODE_TYPES), ("relations", HEADLINE)):
        report.scores[name] = sum((report.scores[kind] for kind in kinds), Score())
    return report


def _score_nodes(report: Report, document: GoldDocument, predicted: ComparableGraph) -> None:
    gold = document.graph
    for node in gold.nodes.values():
        if node.type in NODE_TYPES and node.listed:
            hit = any(same_node(node, other) for other in predicted.nodes.values())
            report.scores[node.type] += Score(1, hit, not node.hard, hit and not node.hard)
            if not hit:
                report.findings.append(Finding(document.stem, _missed(node.hard), node.type, node.name, ""))
    for node in predicted.nodes.values():
        if node.type in NODE_TYPES:
            good = any(same_node(other, node) for other in gold.nodes.values())
            report.scores[node.type] += Score(pred=1, good=good)
            if not good:
                report.findings.append(Finding(document.stem, "wrong", node.type, node.name, ""))


def _score_edges(report: Report, document: GoldDocument, predicted: ComparableGraph) -> None:
    gold = document.graph
    for edge in gold.edges:
        hit = any(same_edge(edge, other, gold, predicted) for other in predicted.edges)
        report.scores[edge.type] += Score(1, hit, not edge.hard, hit and not edge.hard)
        if not hit:
            report.findings.append(_edge_finding(document.stem, _missed(edge.hard), edge, gold))
    for edge in predicted.edges:
        good = any(same_edge(other, edge, gold, predicted) for other in gold.edges)
        report.scores[edge.type] += Score(pred=1, good=good)
        report.judged.append(Judged(document.stem, edge, good))
        if not good:
            report.findings.append(_edge_finding(document.stem, "wrong", edge, predicted))


def _missed(hard: bool) -> str:
    return "missed (inference)" if hard else "missed"


def _edge_finding(stem: str, finding: str, edge: ComparableEdge, graph: ComparableGraph) -> Finding:
    source, target = (graph.nodes[end].name if end in graph.nodes else end for end in (edge.source, edge.target))
    return Finding(stem, finding, edge.type, source, target, edge.rule, edge.sentence)
