"""Whether stated confidence can be relied on: the precision that was found beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from statistics import mean
from typing import Any

from narragraph.loaders.evaluation.scores import HEADLINE, Judged, Report

BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)  # where each band of confidence begins; the last ends at 1
RELIABILITY_COLUMNS = ("confidence", "edges", "stated", "found")
FAMILY_COLUMNS = ("family", "type", "edges", "stated", "found")


def reliability_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    """Rows under RELIABILITY_COLUMNS: for each band, how many edges, their mean confidence, and their precision."""
    for band, edges in _grouped(report, lambda judged: _band(judged.edge.confidence)):
        yield (band, *_figures(edges))


def family_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    """Rows under FAMILY_COLUMNS: the same for each type and family of rules (a rule's id up to its first dot)."""
    for (family, type), edges in _grouped(
        report, lambda judged: (judged.edge.rule.partition(".")[0], judged.edge.type)
    ):
        yield (family, type, *_figures(edges))


def _grouped(report: Report, key: Callable[[Judged], Any]) -> Iterable[tuple[Any, list[Judged]]]:
    groups: dict[Any, list[Judged]] = {}
    for judged in report.judged:
        if judged.edge.type in HEADLINE:
            groups.setdefault(key(judged), []).append(judged)
    return sorted(groups.items())


def _figures(edges: list[Judged]) -> tuple[int, float, float]:
    return (
        len(edges),
        round(mean(item.edge.confidence for item in edges), 2),
        round(mean(item.good for item in edges), 2),
    )


def _band(confidence: float) -> str:
    start = max(begin for begin in BANDS if begin <= confidence)
    end = next((begin for begin in BANDS if begin > start), 1.0)
    return f"{start:.2f}–{end:.2f}"
