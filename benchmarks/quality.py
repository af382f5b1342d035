"""How good is extraction? Precision and recall per relation and per rule on sets of annotated texts, as Markdown.

python benchmarks/quality.py "tuned=GOLD_DIR" "unseen=GOLD_DIR" > docs/quality.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from narragraph.graph.formats.rows import cell
from narragraph.loaders.evaluation import reliability, scores

INTRODUCTION = """# How good the extraction is

Made by `benchmarks/quality.py` on texts with gold graphs, by the measure of `narragraph evaluate`. *precision* is
the share of what was found that the gold graph holds, *recall* the share of the gold graph that was found, *plain*
recall the same for what one sentence shows to a careful reader. *tuned* are texts that rules were written on; *unseen*
are texts that nobody who wrote a rule has looked at. Trust the second.
"""
SHOWN = (
    "Country",
    "Actor",
    "Outlet",
    "ACCUSES",
    "DENIES",
    "AMPLIFIES",
    "DEBUNKS",
    "ATTRIBUTED_TO",
    "entities",
    "relations",
)


def main() -> None:
    """Measure and print."""
    print(INTRODUCTION)
    for argument in sys.argv[1:]:
        name, _, folder = argument.partition("=")
        for floor in (0.0, 0.7):
            report = scores.evaluate(Path(folder), min_confidence=floor)
            print(f"## {name}: {report.documents} documents, confidence {floor:g} and above\n")
            rows = [row for row in report.rows() if row[0] in SHOWN]
            table(scores.SCORE_COLUMNS, rows)
            if not floor:
                print(f"### {name}: confidence stated and precision found\n")
                table(reliability.RELIABILITY_COLUMNS, reliability.reliability_rows(report))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One Markdown table."""
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(f"{value:.2f}" if isinstance(value, float) else cell(value) for value in row) + " |")
    print()


if __name__ == "__main__":
    main()
