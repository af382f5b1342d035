"""How good is extraction? Precision and recall per relation and per rule on sets of annotated texts, as Markdown.

python benchmarks/quality.py "tuned=GOLD_DIR" "unseen=GOLD_DIR:TEXT_DIR" > docs/quality.md

The text of GOLD_DIR/NAME.json is GOLD_DIR/../texts/NAME.txt, or TEXT_DIR/NAME.txt where a folder is named.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from narragraph.graph.formats.rows import cell
from narragraph.loaders.evaluation import reliability, scores

INTRODUCTION = """# How good the extraction is

Made by `benchmarks/quality.py` on texts with gold graphs, by the measure of `narragraph evaluate`. *precision* is
the share of what was found that the gold graph holds, *recall* the share of the gold graph that was found, *plain*
recall the same for what one sentence shows to a careful reader. *tuned* are texts that rules were written on, *seen*
are texts that rules were checked on, *unseen* are texts that nobody who wrote a rule has looked at. Trust the last.
[quality-history.md](quality-history.md) tells what each unseen set gave when it was measured first.
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
        name, _, places = argument.partition("=")
        for floor in (0.0, 0.7):
            report = measure(*places.split(":"), floor=floor)
            print(f"## {name}: {report.documents} documents, confidence {floor:g} and above\n")
            rows = [row for row in report.rows() if row[0] in SHOWN]
            table(scores.SCORE_COLUMNS, rows)
            if not floor:
                print(f"### {name}: confidence stated and precision found\n")
                table(reliability.RELIABILITY_COLUMNS, reliability.reliability_rows(report))


def measure(gold: str, texts: str | None = None, *, floor: float) -> scores.Report:
    """Evaluate a folder of gold graphs, beside texts of another folder if one is named."""
    if texts is None:
        return scores.evaluate(Path(gold), min_confidence=floor)
    with tempfile.TemporaryDirectory() as folder:
        for part in ("gold", "texts"):
            (Path(folder) / part).mkdir()
        for path in Path(gold).glob("*.json"):
            shutil.copy(path, Path(folder) / "gold")
            shutil.copy(Path(texts) / f"{path.stem}.txt", Path(folder) / "texts")
        return scores.evaluate(Path(folder), min_confidence=floor)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One Markdown table."""
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(f"{value:.2f}" if isinstance(value, float) else cell(value) for value in row) + " |")
    print()


if __name__ == "__main__":
    main()
