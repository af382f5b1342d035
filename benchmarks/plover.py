"""A public measure: who accuses or rejects whom in the sentences of the PLOVER gold standard, coded by others.

    python benchmarks/plover.py [PLOVER_GSR_CAMEO.json] > plover.md

The file is that of github.com/openeventdata/PLOVER (CC BY-SA 4.0); without one named it is looked for in
``../shared/data/plover_gsr``. Each sentence there has one event with source, target and code. Ends agree where they
have the same country, as event coders compare them, or where they are called the same.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narragraph.graph.model import Edge, Node
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import extract_document
from narragraph.ontology.gazetteer import load_gazetteer

INTRODUCTION = """# A public measure: PLOVER's gold standard

Made by `benchmarks/plover.py` on the sentences of PLOVER_GSR_CAMEO (github.com/openeventdata/PLOVER, CC BY-SA 4.0),
which others wrote and coded in 2016, each with one event. DISAPPROVE is what PLOVER calls ACCUSE today; it holds calls
for sanctions, arrests and lawsuits, too. REJECT is a neighbour of DENIES rather than its match: it is coded for refused
requests, plans and visits, where a DENIES edge needs a claim that somebody says is not so. Ends agree where they have
the same country, as event coders compare them, or are called the same. Our rules were not tuned on these sentences.
"""
BETWEEN = """
How often a sentence with an edge of ours is coded so. PLOVER codes the deed that a sentence reports ("rebels shelled
the town, officials said" is FIGHT); here the officials accuse the rebels. So edges on other codes are not wrong for
that.
"""
USUAL = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "plover_gsr" / "PLOVER_GSR_CAMEO.json"
TYPES = {"DISAPPROVE": "ACCUSES", "REJECT": "DENIES"}  # what PLOVER came to call ACCUSE was DISAPPROVE in this file


@dataclass(frozen=True)
class Event:
    """One coded sentence."""

    text: str
    code: str
    sources: tuple[dict[str, str], ...]
    targets: tuple[dict[str, str], ...]


def main() -> None:
    """Measure and print."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    if not path.exists():
        print(f"{path} is not there: skipped", file=sys.stderr)
        return
    events = list(read_events(path))
    read = [(event, Reading(event.text)) for event in events]
    print(INTRODUCTION)
    print("| coded | sentences | source found | target found | edge with that source | and that target |")
    print("|---|---|---|---|---|---|")
    for code, type in TYPES.items():
        coded = [(event, reading) for event, reading in read if event.code == code]
        print("|", " | ".join(map(str, (f"{code} ({type})", len(coded), *agreement(coded, type)))), "|")
    print(BETWEEN)
    print("| edges | all | on a sentence so coded | on other codes |")
    print("|---|---|---|---|")
    for code, type in TYPES.items():
        codes = Counter(event.code for event, reading in read for edge in reading.edges if edge.type == type)
        others = ", ".join(f"{name} {count}" for name, count in codes.most_common() if name != code)
        print(f"| {type} | {sum(codes.values())} | {codes[code]} | {others} |")


def read_events(path: Path) -> Iterator[Event]:
    """The events of the file that have a text."""
    for event in json.loads(path.read_text("utf-8")):
        if "text" in event:
            ends = (tuple(event.get(name) or ()) for name in ("source", "target"))
            yield Event(event["text"], event["event"], *ends)


def agreement(coded: list[tuple[Event, Reading]], type: str) -> tuple[str, ...]:
    """How many sentences have the source, the target, an edge from the source, and one from source to target."""
    sources = [reading.mentions(event.sources) for event, reading in coded]
    targets = [(reading.mentions(event.targets), bool(event.targets)) for event, reading in coded]
    edges = [
        [
            (reading.is_one_of(edge.source, event.sources), reading.concerns(edge, event.targets))
            for edge in reading.edges
            if edge.type == type
        ]
        for event, reading in coded
    ]
    told = sum(there for _, there in targets)
    return (
        str(sum(sources)),
        f"{sum(found for found, _ in targets)} of {told}",
        str(sum(any(source for source, _ in found) for found in edges)),
        f"{sum(any(source and target for source, target in found) for found in edges)} of {told}",
    )


class Reading:
    """What the extraction makes of one sentence."""

    def __init__(self, text: str) -> None:
        records = extract_document(SourceDocument(f"plover:{text}", text, language="en"))
        self.nodes = {record.id: record for record in records if isinstance(record, Node)}
        self.edges = [record for record in records if isinstance(record, Edge)]

    def mentions(self, ends: tuple[dict[str, str], ...]) -> bool:
        """Whether one of the ends is an entity of the sentence."""
        return any(self.is_one_of(ident, ends) for ident in self.nodes)

    def concerns(self, edge: Edge, ends: tuple[dict[str, str], ...]) -> bool:
        """Whether an edge goes to one of the ends, or to a claim that is about one or that one of them makes."""
        about = [other.target for other in self.edges if other.source == edge.target]
        return any(self.is_one_of(ident, ends) for ident in (edge.target, *about))

    def is_one_of(self, ident: str, ends: tuple[dict[str, str], ...]) -> bool:
        """Whether an entity is one of the ends, by its country or by what it is called."""
        node = self.nodes[ident]
        if node.type not in ("Actor", "Outlet", "Country"):
            return False
        country = load_gazetteer().by_id.get(ident if node.type == "Country" else str(node.properties.get("country")))
        names = {name.lower().removeprefix("the ") for name in (node.name, *node.aliases)}
        return any(
            (country is not None and country.iso3 == end.get("code")) or _bare(end["actorText"]) in names
            for end in ends
        )


def _bare(name: Any) -> str:
    return str(name).lower().removeprefix("the ")


if __name__ == "__main__":
    main()
