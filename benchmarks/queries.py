"""Real questions to a real collection of cases: are the answers right, and how long do they take?

    python benchmarks/queries.py TABLE.csv [STORE] [neo4j]

TABLE.csv is a table of cases with the columns date, outlet, origin (the countries), title, summary and disproof, such
as those of the EUvsDisinfo database. It is loaded into an embedded store, or STORE, a folder with the table loaded
already, is asked; with "neo4j" also the Neo4j of the tests, to which the store is copied.

Each question is asked seven times, names and all, in a program that has the store open, and once as a command. What is
counted is compared with counts made straight from the table, a row at a time: outlets and countries are named as the
program names them, and a row tells a narrative where its title or summary does.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from narragraph.graph.model import Edge, Node
from narragraph.graph.records import Record
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Rows, Store
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.dates import read_date
from narragraph.loaders.extraction.pipeline import extract_document
from narragraph.ontology.gazetteer import load_gazetteer
from narragraph.ontology.narratives import load_narratives
from narragraph.queries import pack, runner

ASKED = 7
FAILED_STATE = "narrative:ukraine-failed-state"
Counts = Mapping[str, int]
Names = Sequence[str]


@dataclass(frozen=True)
class Question:
    """A question, and the query that answers it."""

    text: str
    query: str
    parameters: Mapping[str, Any]


class Table:
    """The rows of the table, each once, with the outlets, countries and narratives that they name."""

    def __init__(self, path: Path) -> None:
        with open(path, encoding="utf-8-sig", newline="") as file:
            dialect = csv.Sniffer().sniff(file.readline(), ";,\t|")
            file.seek(0)
            rows = list(csv.DictReader(file, dialect=dialect, doublequote=True))
        self.rows = list({tuple(row.values()): row for row in rows}.values())
        self.names: dict[str, str] = {}  # of outlets and countries, by id; governments have that of their country
        self._named: dict[str, tuple[list[str], dict[str, str]]] = {}
        self.wholes = self._wholes()

    def outlets(self) -> Counts:
        """In how many rows each outlet stands; a programme counts for its outlet."""
        return Counter(outlet for row in self.rows for outlet in self.outlets_of(row))

    def outlets_of(self, row: Mapping[str, str]) -> set[str]:
        return {self.wholes.get(outlet, outlet) for outlet in self._names("Outlet", row["outlet"])[0]}

    def countries(self) -> Counts:
        """In how many rows each country stands, itself or its government."""
        return Counter(
            name
            for row in self.rows
            for name in {self.names[id] for id in self._names("Countries", row["origin"])[0] if self._is_country(id)}
        )

    def _is_country(self, id: str) -> bool:
        return id.startswith(("country:", "actor:government-of-"))

    def narratives_of(self, row: Mapping[str, str]) -> set[str]:
        return {
            narrative.id for text in (row["title"], row["summary"]) for narrative, _ in load_narratives().find(text)
        }

    def by_month(self, told: Callable[[Mapping[str, str]], bool]) -> Counts:
        """How many of the rows that are told of stand in each month."""
        dates = (read_date(row["date"]) for row in self.rows if told(row))
        return Counter(date[:7] for date in dates if date)

    def _names(self, heading: str, cell: str) -> tuple[list[str], dict[str, str]]:
        """What the program reads in a cell that stands alone: ids, and which are part of which."""
        key = f"{heading}: {' '.join(cell.split())}"
        if key not in self._named:
            text = f"A case\n\n{key}\n\nSummary\n\nIt rains.\n\nDisproof\n\nIt does not.\n"
            records = extract_document(SourceDocument(key, text))
            edges = [record for record in records if isinstance(record, Edge)]
            self.names |= dict(_names_of(records))
            found = [edge.source for edge in edges if edge.type == "PUBLISHED"]
            found += [edge.target for edge in edges if edge.type == "ABOUT" and edge.properties["basis"] == "metadata"]
            self._named[key] = found, {edge.source: edge.target for edge in edges if edge.type == "PART_OF"}
        return self._named[key]

    def _wholes(self) -> dict[str, str]:
        """Each programme and the outlet that most rows say it is part of."""
        told: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in self.rows:
            for part, whole in self._names("Outlet", row["outlet"])[1].items():
                told[part][whole] += 1
        return {part: min(wholes, key=lambda whole: (-wholes[whole], whole)) for part, wholes in told.items()}


def _names_of(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    for record in records:
        if isinstance(record, Node):
            country = record.properties.get("country") if record.properties.get("kind") == "government" else None
            entry = load_gazetteer().by_id.get(str(country))
            yield record.id, entry.name if entry else record.name


def column(name: str, count: str) -> Callable[[Rows], Counts]:
    """Counts by the values of a column."""

    def read(rows: Rows) -> Counts:
        key, number = rows.columns.index(name), rows.columns.index(count)
        return Counter({str(row[key]): row[number] for row in rows.rows})

    return read


QUESTIONS = (
    Question("Which ten outlets carry most?", "outlets-that-carry-most", {}),
    Question("Which narratives do Sputnik and RT share, where do they differ?", "outlets-compared",
             {"one": "Sputnik", "other": "RT"}),
    Question("How did “Ukraine is a failed state” move over the months?", "narrative-by-month",
             {"narrative": "Ukraine is a failed state"}),
    Question("Which countries are discussed most?", "countries-discussed", {"level": "document"}),
    Question("Which countries are accused most, and by whom?", "most-accused", {"type": "Country"}),
    Question("What was said about MH17 over time?", "said-over-time", {"words": "MH17"}),
)  # fmt: skip


def main() -> None:
    """Ask, count and print."""
    places = [word for word in sys.argv[1:] if word != "neo4j"]
    if not places:
        sys.exit(__doc__)
    table = Table(Path(places[0]))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        place = places[1] if len(places) > 1 else str(folder / "store")
        if len(places) == 1:
            narragraph("load", places[0], "--store", place)
        commands = {question.query: timed(partial(asked, question, place)) for question in QUESTIONS}
        urls = {"embedded": place}
        if "neo4j" in sys.argv:
            urls["Neo4j"] = stack.enter_context(server())
            narragraph("store", "copy", place, urls["Neo4j"])
        answers: dict[str, Rows] = {}
        seconds = {}
        for name, url in urls.items():
            with open_store(url, readonly=True) as store:
                for question in QUESTIONS:
                    answers[question.query], seconds[question.query, name] = ask(store, question)
        print_seconds(commands, seconds, list(urls))
        print_counts(answers, table)


def ask(store: Store, question: Question) -> tuple[Rows, list[float]]:
    """The answer, and the seconds that it took, each time."""
    query, times = pack.load_packs()[question.query], []
    with store.view() as view:
        for _ in range(ASKED):
            began = time.perf_counter()
            rows = runner.run(view, query, question.parameters).rows
            times.append(time.perf_counter() - began)
    return rows, times


def asked(question: Question, place: str) -> None:
    """Ask on the command line."""
    told = [word for name, value in question.parameters.items() for word in ("-p", f"{name}={value}")]
    narragraph("query", "run", question.query, *told, "--store", place, "--format", "csv")


def print_seconds(
    commands: Mapping[str, float], seconds: Mapping[tuple[str, str], list[float]], stores: list[str]
) -> None:
    """How long answers took."""
    print("| question | query |", *(f"{name} median | worst |" for name in stores), "command, embedded |")
    print("|---|---|" + "---|" * (2 * len(stores) + 1))
    for question in QUESTIONS:
        told = [f"{number:.2f} s |" for name in stores for number in _two(seconds[question.query, name])]
        print(f"| {question.text} | `{question.query}` |", *told, f"{commands[question.query]:.1f} s |")


def _two(times: list[float]) -> tuple[float, float]:
    return median(times), max(times)


def print_counts(answers: Mapping[str, Rows], table: Table) -> None:
    """What the store counts beside what the table does."""
    print(f"\n{len(table.rows)} different rows\n\n| counted | store | table | differ | where |\n|---|---|---|---|---|")
    for text, ours, theirs in compared(answers, table):
        keys = sorted(set(ours) | set(theirs))
        off = {key: (ours.get(key, 0), theirs.get(key, 0)) for key in keys if ours.get(key, 0) != theirs.get(key, 0)}
        where = ", ".join(f"{key} {one}/{other}" for key, (one, other) in list(off.items())[:6])
        print(f"| {text} | {sum(ours.values())} | {sum(theirs.values())} | {len(off)} of {len(keys)} | {where} |")


def compared(answers: Mapping[str, Rows], table: Table) -> Iterator[tuple[str, Counts, Counts]]:
    """What is counted, by the store and from the table."""
    ids = {narrative.id: narrative.label for narrative in load_narratives().narratives}
    ours = column("outlet", "cases")(answers["outlets-that-carry-most"])
    theirs = Counter({table.names[id]: count for id, count in table.outlets().items()})
    yield "cases of the ten outlets", ours, {name: theirs[name] for name in ours}
    for side, outlet in (("one", "outlet:sputnik"), ("other", "outlet:rt")):
        told = column("narrative", side)(answers["outlets-compared"])
        rows = [row for row in table.rows if outlet in table.outlets_of(row)]
        found = Counter(ids[narrative] for row in rows for narrative in table.narratives_of(row))
        yield f"documents by narrative, {outlet}", told, found
    yield (
        "“Ukraine is a failed state” by month",
        column("month", "documents")(answers["narrative-by-month"]),
        table.by_month(lambda row: FAILED_STATE in table.narratives_of(row)),
    )
    countries = column("country", "documents")(answers["countries-discussed"])
    named = table.countries()
    yield "documents about a country", countries, {name: named.get(name, 0) for name in countries}
    said = answers["said-over-time"]
    date, document = said.columns.index("published"), said.columns.index("document")
    told = Counter(month for month, _ in {(str(row[date])[:7], row[document]) for row in said.rows})
    mentioning = table.by_month(lambda row: "MH17" in row["title"] + row["summary"])
    yield "documents that speak of MH17 by month", told, mentioning


def narragraph(*words: str) -> None:
    """Run a command."""
    subprocess.run([sys.executable, "-m", "narragraph", *words], check=True, stdout=subprocess.DEVNULL)


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty Neo4j, with its user in the environment."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
    import neo4j_server

    with neo4j_server.running() as address:
        os.environ |= {"NEO4J_USERNAME": address.username, "NEO4J_PASSWORD": address.password}
        yield address.uri


if __name__ == "__main__":
    main()
