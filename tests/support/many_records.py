"""Documents that speak of the same things in different words, in two versions: material to load, break and compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from small_records import country, mention, quote, source

from narragraph.graph.bundles import Gathered, gather
from narragraph.graph.model import Node, claim_id, document_id
from narragraph.graph.records import Record, to_line
from narragraph.graph.stores.base import Bundle, Store, View
from narragraph.graph.stores.memory import MemoryStore

DOCUMENTS = 40
PLACES = 12  # of a document, where a land accuses another, which denies it
LANDS = ("Arland", "Berland", "Corland", "Dorland", "Erland")


def report(number: int, version: int = 1) -> list[Record]:
    """One document with a case of its own; it reviews the report before it and a page that seven others do."""
    ferries = [place * version for place in range(PLACES)]
    pairs = [(LANDS[(number + place) % 5], LANDS[(number + place + 2) % 5]) for place in range(PLACES)]
    accused = [f"{one} accused {other} of sinking ferry {ferry}." for (one, other), ferry in zip(pairs, ferries)]
    denied = [f"{other} denied that it had sunk ferry {ferry}." for (_, other), ferry in zip(pairs, ferries)]
    reviewed = [f"It answers page {number % 7}.", f"It answers report {number - 1}."]
    case_line = f"Case {number}"
    root = source(f"report-{number}", "\n".join([*accused, *denied, *reviewed, case_line]))
    case = Node(document_id(f"case-{number}"), "Document", case_line, (), {"genre": "case", "part_of": root.id})
    pages = [page(f"page-{number % 7}", number), page(f"report-{number - 1}", number)]
    lands = {name: spoken_of(name, number + version) for name in LANDS}
    claims = [claim(f"it had sunk ferry {ferry}") for ferry in ferries]
    edges: list[Record] = [quote("PART_OF", case, root, root, case_line)]
    edges += [quote("REVIEWS", root, seen, root, line) for seen, line in zip(pages, reviewed)]
    for place, (one, other) in enumerate(pairs):
        edges += [
            quote("ACCUSES", lands[one], lands[other], root, accused[place]),
            quote("DENIES", lands[other], claims[place], root, denied[place]),
            mention(root, claims[place], claims[place].name),
        ]
    return [root, case, *pages, *lands.values(), *claims, *edges]


def page(name: str, witness: int) -> Node:
    """How a page appears to one who reviews it."""
    shown = source(name)
    properties = {"source_key": shown.properties["source_key"], "genre": "appearance", "title": f"Seen by {witness}"}
    return replace(shown, name=f"{name} {witness % 3}", properties=properties)


def spoken_of(name: str, witness: int) -> Node:
    """A land in the words of one document."""
    return replace(country(name), name=f"{name} {witness % 3}", aliases=(f"{name} {witness % 4}",))


def claim(text: str) -> Node:
    return Node(claim_id(text), "Claim", text, (), {"text": text})


def write_reports(folder: Path, version: int = 1, numbers: Iterable[int] = range(DOCUMENTS)) -> list[Path]:
    """A file of records for each report."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number:03}.jsonl" for number in numbers]
    for number, path in zip(numbers, paths):
        path.write_text("".join(to_line(record) + "\n" for record in report(number, version)), "utf-8")
    return paths


def bundles(*versions: int) -> dict[str, Bundle]:
    """The reports as stores take them, by fingerprint."""
    gathered = (gather(report(number, version)) for version in versions for number in range(DOCUMENTS))
    found = [one for several in gathered for one in several]
    assert all(isinstance(one, Gathered) and not one.faults for one in found), found[:1]
    return {one.bundle.fingerprint: one.bundle for one in found if isinstance(one, Gathered)}


def exported(store: Store) -> list[str]:
    """The whole graph as records."""
    with store.view() as view:
        return lines(view)


def lines(view: View) -> list[str]:
    return [*map(to_line, view.nodes()), *map(to_line, view.edges())]


def expected(known: Mapping[str, Bundle], fingerprints: Iterable[str]) -> list[str]:
    """The records of a store that holds these bundles, by the plain store in memory."""
    with MemoryStore() as store:
        with store.writer() as writer:
            writer.put_all([known[fingerprint] for fingerprint in fingerprints])
        return exported(store)
