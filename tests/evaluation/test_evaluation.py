"""Evaluation: what counts as found, and what the figures mean."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from narragraph.errors import DocumentError, InputError
from narragraph.graph.model import Edge, Node
from narragraph.graph.records import Record, to_line
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.evaluation.reliability import family_rows, reliability_rows
from narragraph.loaders.evaluation.scores import Score, evaluate
from narragraph.loaders.extraction.pipeline import extract_document

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "eval"

TEXT = "Latvia accused Russia of theft. Moscow denied the theft."
GOLD = {
    "doc": "a",
    "nodes": [
        {"id": "LV", "type": "Country", "name": "Latvia"},
        {"id": "RU", "type": "Country", "name": "Russia"},
        {"id": "GR", "type": "Actor", "name": "Government of Russia", "aliases": ["Moscow"]},
        {"id": "EE", "type": "Country", "name": "Estonia", "hard": True},
        {"id": "c", "type": "Claim", "name": "theft", "start": 25, "end": 30},
        {"id": "doc", "type": "Document"},
    ],
    "edges": [
        {"type": "ACCUSES", "source": "LV", "target": "RU", "evidence": TEXT[:31], "start": 0, "end": 31},
        {"type": "DENIES", "source": "GR", "target": "c", "evidence": TEXT[32:], "start": 32, "end": 56, "hard": True},
        {"type": "ATTRIBUTED_TO", "source": "c", "target": "LV", "evidence": TEXT[:31], "start": 0, "end": 31},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold folder of one document."""
    for name in ("gold", "texts"):
        (tmp_path / name).mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(GOLD), "utf-8")
    (tmp_path / "texts" / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path


def entity(ident: str, type: str, name: str) -> Node:
    return Node(ident, type, name)


def relation(type: str, source: str, target: str, span: tuple[int, int], confidence: float = 0.9) -> Edge:
    start, end = span
    ident = f"{type} {source} {target} {start}"
    rule = {"rule": f"{type.lower()}.test"}
    return Edge(ident, type, source, target, "document:x", TEXT[start:end], start, end, confidence, properties=rule)


def mention(target: str, start: int, end: int) -> Edge:
    return Edge(f"m {target}", "MENTIONS", "document:x", target, "document:x", spans=((start, end),))


NODES: list[Record] = [
    Node("document:x", "Document", "a", properties={"path": "a.txt", "text": TEXT}),
    entity("lv", "Country", "Republic of Latvia"),
    entity("ru", "Country", "Russia"),
    entity("kremlin", "Actor", "Government of Russia"),
    entity("c", "Claim", "theft"),
]
MENTIONS: list[Record] = [mention("lv", 0, 6), mention("ru", 15, 21), mention("kremlin", 32, 38), mention("c", 25, 30)]


def scores(folder: Path, edges: list[Record], *, min_confidence: float = 0.0) -> dict[str, Score]:
    records = [*NODES, *MENTIONS, *edges]
    return evaluate(folder, lambda document: records, min_confidence=min_confidence).scores


def test_an_entity_is_found_by_any_name_or_mention(folder: Path) -> None:
    found = scores(folder, [])
    assert found["Country"] == Score(gold=3, hit=2, plain=2, plain_hit=2, pred=2, good=2)
    assert found["Country"].recall == pytest.approx(2 / 3)
    assert found["Country"].plain_recall == 1.0


def test_an_edge_is_found_where_type_ends_and_evidence_agree(folder: Path) -> None:
    found = scores(folder, [relation("ACCUSES", "lv", "ru", (0, 31)), relation("ACCUSES", "ru", "lv", (0, 31))])
    assert found["ACCUSES"] == Score(gold=1, hit=1, plain=1, plain_hit=1, pred=2, good=1)
    assert scores(folder, [relation("ACCUSES", "lv", "ru", (32, 56))])["ACCUSES"].good == 0


def test_a_country_and_its_government_are_one_end(folder: Path) -> None:
    assert scores(folder, [relation("ACCUSES", "lv", "kremlin", (0, 31))])["ACCUSES"].good == 1


def test_a_denial_may_point_to_who_voiced_the_claim(folder: Path) -> None:
    assert scores(folder, [relation("DENIES", "kremlin", "lv", (32, 56))])["DENIES"].good == 1
    assert scores(folder, [relation("DENIES", "kremlin", "ru", (32, 56))])["DENIES"].good == 0


def test_edges_below_the_least_confidence_do_not_count(folder: Path) -> None:
    edges: list[Record] = [relation("ACCUSES", "lv", "ru", (0, 31), 0.4)]
    assert scores(folder, edges)["ACCUSES"].pred == 1
    assert scores(folder, edges, min_confidence=0.5)["ACCUSES"].pred == 0


def test_totals_add_up(folder: Path) -> None:
    found = scores(folder, [relation("ACCUSES", "lv", "ru", (0, 31)), relation("DENIES", "kremlin", "c", (32, 56))])
    assert found["relations"] == Score(gold=3, hit=2, plain=2, plain_hit=1, pred=2, good=2)
    assert found["relations"].precision == 1.0
    assert found["relations"].f1 == pytest.approx(0.8)
    assert found["entities"].gold == 4


def test_every_miss_and_every_wrong_prediction_is_listed(folder: Path) -> None:
    report = evaluate(folder, lambda document: [*NODES, *MENTIONS, relation("ACCUSES", "ru", "lv", (0, 31))])
    assert [(f.finding, f.type, f.source) for f in report.findings] == [
        ("missed (inference)", "Country", "Estonia"),
        ("missed", "ACCUSES", "Latvia"),
        ("missed (inference)", "DENIES", "Government of Russia"),
        ("missed", "ATTRIBUTED_TO", "theft"),
        ("wrong", "ACCUSES", "Russia"),
    ]


def test_stated_confidence_stands_beside_the_precision_that_was_found(folder: Path) -> None:
    edges = [relation("ACCUSES", "lv", "ru", (0, 31)), relation("DENIES", "kremlin", "ru", (32, 56), 0.65)]
    report = evaluate(folder, lambda document: [*NODES, *MENTIONS, *edges])
    assert list(reliability_rows(report)) == [("0.60–0.70", 1, 0.65, 0), ("0.90–0.95", 1, 0.9, 1)]
    assert list(family_rows(report)) == [("accuses", "ACCUSES", 1, 0.9, 1), ("denies", "DENIES", 1, 0.65, 0)]


def test_both_forms_of_a_gold_folder_are_read(folder: Path) -> None:
    assert evaluate(folder).as_dict() == evaluate(folder / "gold").as_dict()


def test_bad_folders_are_named(folder: Path) -> None:
    with pytest.raises(InputError, match="no gold graphs"):
        evaluate(folder / "texts")
    (folder / "gold" / "b.json").write_text('{"nodes": []}', "utf-8")
    with pytest.raises(DocumentError, match=r"b\.json: not a gold graph"):
        evaluate(folder)
    (folder / "gold" / "b.json").write_text('{"nodes": [], "edges": []}', "utf-8")
    with pytest.raises(DocumentError, match=r"b\.txt: the text of b\.json cannot be read"):
        evaluate(folder)


@pytest.mark.parametrize("floor", [0.0, 0.7])
def test_the_figures_are_those_of_the_judge(tmp_path: Path, floor: float) -> None:
    judge, gold = SHARED / "score.py", SHARED / "dev" / "gold"
    if not judge.is_file() or not gold.is_dir():
        pytest.skip("the shared evaluation material is not beside this checkout")
    lines: list[str] = []

    def extractor(document: SourceDocument) -> list[Record]:
        records = extract_document(document)
        lines.extend(map(to_line, records))
        return records

    report = evaluate(gold, extractor, min_confidence=floor)
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(judge), str(gold), str(predictions), "--json", "--min-confidence", str(floor)]
    judged = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert judged["documents"] == report.documents
    own = report.as_dict()["rows"]
    assert own.keys() == judged["rows"].keys()
    for kind, row in own.items():
        assert row == {name: judged["rows"][kind].get(name, 0) for name in row}, kind
