"""The part of the command line that reads: load, extract, evaluate, trace, names."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from narragraph.cli import StoreChoice, format_option, open_output, own_option, printable, store_option
from narragraph.errors import InputError, NothingFound, StoreNotFound
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.model import Node
from narragraph.graph.records import Record, to_line
from narragraph.loaders import Extractor, Report, Source, extractor_with, sources
from narragraph.loaders.document import SourceDocument, as_read
from narragraph.loaders.readers.files import MAX_SIZE, STDIN, Found, find
from narragraph.loaders.readers.tables import parse_mapping
from narragraph.loaders.readings import ReadBefore

if TYPE_CHECKING:
    from rich.progress import Progress

    from narragraph.graph.ingest import Ingestion, Summary
    from narragraph.graph.stores.base import Bundle, Store
    from narragraph.loaders.additions import Additions
    from narragraph.loaders.extraction.analysis import Analysis

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}


def _bytes(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """The number of bytes that a size such as 500KB means."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?)B?", value.upper())
    if not match or not float(match[1]):
        raise click.BadParameter(f"{value!r} is no size; 500KB, 20MB and 1GB are.", context, parameter)
    return int(float(match[1]) * _UNITS[match[2]])


inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="FILE_OR_FOLDER...")
_as_option = click.option(
    "--as",
    "kind",
    type=click.Choice(["text", "table", "records"]),
    help="What standard input (-) is.  [default: told by its first line]",
)
_map_option = click.option(
    "--map",
    "columns",
    callback=lambda context, parameter, value: parse_mapping(value) if value else {},
    metavar="KIND=COLUMN,...",
    help="Columns of tables, where their headings do not tell: text=body,date=day,outlet=paper.",
)
_dates_option = click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="What 12/01/2022 in tables means.  [default: what the collection says, else day-first]",
)
_size_option = click.option(
    "--max-size",
    callback=_bytes,
    default=f"{MAX_SIZE // 10**6}MB",
    show_default=True,
    metavar="SIZE",
    help="Refuse documents larger than this.",
)


@dataclass(frozen=True)
class Reading:
    """How inputs are to be read, as the options say."""

    kind: str | None
    columns: dict[str, str]
    month_first: bool
    max_size: int
    own: Additions


def reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options of every command that reads inputs, which come to it as ``reading``."""

    @functools.wraps(command)
    def with_reading(
        *, kind: str | None, columns: dict[str, str], dates: str | None, max_size: int, own: Additions, **others: Any
    ) -> int:
        return command(reading=Reading(kind, columns, dates == "month-first", max_size, own), **others)

    return _as_option(_map_option(_dates_option(_size_option(own_option(with_reading)))))


@click.command(epilog="Example: narragraph load articles/ page.html --store ./case")
@inputs_argument
@reading_options
@store_option
@click.option(
    "--format",
    type=click.Choice(["table", "json", "jsonl"]),
    default="table",
    help="The summary: lines on standard error, or JSON on standard output; jsonl: before it a line for each document "
    "as soon as it is on the disk.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be new, changed or gone; store nothing.")
@click.option("--prune", is_flag=True, help="Remove documents of a collection that are no longer among its files.")
def load(inputs: tuple[str, ...], reading: Reading, store: StoreChoice, format: str, dry_run: bool, prune: bool) -> int:
    """Read documents or records and store what they say.

    Text, Markdown, saved HTML pages and records (JSON Lines) are told by content; each row of a table (CSV, TSV, JSON
    Lines) is a document or a case; folders are read with all they hold, and - is standard input. A YAML file describes
    a collection (see docs/collections.md). What is stored already and has not changed stays as it is.
    """
    from narragraph.graph.ingest import Ingestion

    names = _collections(inputs)
    if prune and not names:
        raise click.UsageError("--prune is for collections; name the YAML file of one.")
    with _Progress() as progress, _open_for_load(store, dry_run) as opened:
        told = _tell_stored if format == "jsonl" else None
        ingestion = Ingestion(opened, on_error=progress.error, on_stored=told, dry_run=dry_run)
        try:
            with ingestion:
                known = _read_before(opened, reading.own)
                for source in _sources(inputs, reading, ingestion.fail, progress, read_before=known):
                    if source.unchanged and not ingestion.came(source.unchanged):
                        ingestion.pass_over(source.unchanged, source.path)
                    else:
                        ingestion.take(source.records, source.path)
            _look_after_gone(opened, names, ingestion, progress, prune=prune, dry_run=dry_run)
        finally:  # after Ctrl-C or a store that went away, too: what was stored stays
            progress.stop()
            _write_summary(ingestion.summary, format)
            if dry_run:
                click.echo("Nothing was stored (--dry-run).", err=True)
    return 1 if ingestion.summary.failures else 0


def _read_before(store: Store, own: Additions) -> ReadBefore:
    """What today's extraction has read already of the documents in a store."""
    from narragraph.graph.documents import read_by
    from narragraph.loaders.extraction.edition import extractor

    if store.kind == "memory":  # what a dry run takes for a store that is not there yet
        return lambda reading: None
    with store.view() as view:
        return read_by(view, extractor() + own.mark)


def _collections(inputs: tuple[str, ...]) -> list[str]:
    """Names of the collections that inputs describe; what is wrong with them is told when they are read."""
    from narragraph.loaders.collection import is_collection, read_collection

    names = []
    for given in inputs:
        with contextlib.suppress(InputError):
            names += [read_collection(Path(given), given).name] if is_collection(Path(given)) else []
    return names


def _open_for_load(store: StoreChoice, dry_run: bool) -> Store:
    """The store to load into, made where there is none; a dry run makes none."""
    if not dry_run:
        return store.open(create=True)
    try:
        return store.open(readonly=True)
    except StoreNotFound:
        from narragraph.graph.stores.memory import MemoryStore

        return MemoryStore()


def _look_after_gone(
    store: Store, collections: list[str], ingestion: Ingestion, progress: _Progress, *, prune: bool, dry_run: bool
) -> None:
    """Tell of documents that are no longer among the files of their collections, or remove them."""
    from narragraph.graph.documents import gone

    with store.view() as view:  # one in memory, which a dry run takes for none, holds nothing
        names = collections if store.kind != "memory" else []
        missing = [found for name in names for found in gone(view, name, ingestion.came)]
    if not missing:
        return
    count = f"{len(missing)} document{'s' if len(missing) > 1 else ''} of {', '.join(collections)}"
    failures = ingestion.summary.failures
    if prune and not failures and not dry_run:
        with store.writer() as writer:
            for id, _ in missing:
                writer.remove(id)
        progress.say(f"{count} no longer among its files: removed.")
        return
    for id, title in missing:
        progress.say(f"no longer among the files: {id}  {title}")
    if prune:
        why = "some inputs could not be read, so none is removed" if failures else "they would be removed"
    else:
        why = "--prune removes them"
    progress.say(f"{count} no longer among its files; {why}.")


@click.command(epilog="Example: narragraph extract articles/ -o records.jsonl")
@inputs_argument
@reading_options
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write.  [default: standard output]")
def extract(inputs: tuple[str, ...], reading: Reading, output: str) -> int:
    """Read documents and print what they say as records, one JSON object a line.

    The same inputs as for load; narragraph load takes what this prints.
    """
    failures: list[InputError] = []
    with _Progress() as progress, open_output(output) as out:

        def fail(error: InputError) -> None:
            failures.append(error)
            progress.error(error)

        for source in _sources(inputs, reading, fail, progress):
            out.writelines(to_line(record) + "\n" for record in source.readable())
    return 1 if failures else 0


@click.command(epilog="Example: narragraph evaluate gold/ --show errors --format csv")
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--show",
    type=click.Choice(["scores", "errors", "confidence", "rules"]),
    default="scores",
    show_default=True,
    help="Scores by type; every miss and wrong edge; precision beside stated confidence, over all or by rule.",
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out edges below this.")
@own_option
@format_option
def evaluate(gold_dir: Path, show: str, min_confidence: float, own: Additions, format: str) -> None:
    """Precision, recall and F1 of the extraction, by type, on texts with gold graphs.

    GOLD_DIR holds NAME.json files, or folders gold/ and texts/ of NAME.json and NAME.txt.
    """
    from narragraph.loaders.evaluation import reliability, scores
    from narragraph.loaders.extraction.pipeline import extract_document

    extractor = functools.partial(extract_document, additions=own)
    report = scores.evaluate(gold_dir, extractor, min_confidence=min_confidence)
    columns, rows = {
        "scores": (scores.SCORE_COLUMNS, report.rows),
        "errors": (scores.FINDING_COLUMNS, report.finding_rows),
        "confidence": (reliability.RELIABILITY_COLUMNS, lambda: reliability.reliability_rows(report)),
        "rules": (reliability.FAMILY_COLUMNS, lambda: reliability.family_rows(report)),
    }[show]
    if show == "scores" and format == "json":
        click.echo(json.dumps(report.as_dict(), indent=2))
    else:
        write_rows(columns, rows(), format)
    documents = f"{report.documents} document{'s' if report.documents != 1 else ''}"
    click.echo(f"{documents}, confidence {min_confidence:g} and above", err=True)


@click.command(epilog="Example: narragraph trace article.txt --sentence 3")
@click.argument("document")
@click.option("--edge", metavar="ID", help="Only what this edge rests on, by its id in records.")
@click.option("--sentence", type=click.IntRange(min=1), help="Only this one, counted from 1.")
@reading_options
@store_option
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For whom.")
def trace(
    document: str, edge: str | None, sentence: int | None, reading: Reading, store: StoreChoice, format: str
) -> int:
    """Show how each sentence of a document was read, and by which rules.

    A sentence comes with its words, names, phrases, clauses and speakers, the rules that fired on it and the rules that
    nearly did, with what stood against them. DOCUMENT is a file, - for standard input, or the id of a document in the
    store.
    """
    from narragraph.loaders.extraction.trace import only, trace
    from narragraph.loaders.trace_text import trace_lines

    traces: list[dict[str, Any]] = []
    if document.startswith("document:"):
        status = survey((), reading, store, lambda analysis: traces.append(trace(analysis)), only=document)
    else:
        status = survey((document,), reading, store, lambda analysis: traces.append(trace(analysis)))
    if edge or sentence:
        traces = [part for part in (only(whole, edge=edge, number=sentence) for whole in traces) if part]
        if not traces and not status:
            wanted = " with ".join(
                [*([f"sentence {sentence}"] if sentence else []), *([f"edge {edge}"] if edge else [])]
            )
            raise NothingFound(
                f"{document} has no {wanted}.",
                hint="An edge has its id by where its document lies or comes from: trace it from there."
                if edge
                else None,
            )
    if format == "json":
        click.echo(json.dumps(traces[0] if len(traces) == 1 else traces, ensure_ascii=False, indent=2))
    else:
        for whole in traces:
            for line in trace_lines(whole):
                click.echo(line, color=False if os.environ.get("NO_COLOR") else None)
    return status


@click.command(epilog="Example: narragraph names --unknown articles/ --format csv > names.csv")
@click.argument("inputs", nargs=-1, metavar="[FILE_OR_FOLDER]...")
@click.option("--unknown", is_flag=True, help="Only names without an entry.")
@reading_options
@store_option
@format_option
def names(inputs: tuple[str, ...], unknown: bool, reading: Reading, store: StoreChoice, format: str) -> int:
    """The names in documents, those of the most documents first, with sentences; without inputs those of the store.

    As CSV the table is a gazetteer: fill in the types (Actor, Outlet, Country) of names that you know, leave or strike
    out the others, and give the file to --gazetteer.
    """
    from narragraph.loaders.extraction.unlisted import NAME_COLUMNS, Names

    found = Names()
    status = survey(inputs, reading, store, found.add)
    write_rows(NAME_COLUMNS, found.rows(unlisted=unknown), format)
    return status


def survey(
    inputs: tuple[str, ...],
    reading: Reading,
    store: StoreChoice,
    take: Callable[[Analysis], None],
    *,
    only: str | None = None,
) -> int:
    """Show how each document is read, its analysis with a recorder, to ``take``; returns the exit status.

    Without inputs the store's documents are read again, or the one whose id is ``only``.
    """
    from narragraph.loaders.extraction.pipeline import analyse
    from narragraph.loaders.extraction.recorder import Recorder

    failures: list[InputError] = []

    def shown(document: SourceDocument) -> list[Record]:
        take(analyse(document, reading.own, recorder=Recorder()))
        return []

    with _Progress() as progress:

        def fail(error: InputError) -> None:
            failures.append(error)
            progress.error(error)

        if inputs:
            for source in _sources(inputs, reading, fail, progress, shown):
                _show_texts(source.readable(), shown)
        else:
            with store.open(readonly=True) as opened, opened.view() as view:
                nodes = (node for node in view.nodes() if only in (None, node.id))
                if not _show_texts(nodes, shown):
                    missing = f"no document {only}" if only else "no documents"
                    raise NothingFound(f"{opened.url} holds {missing}.")
    return 1 if failures else 0


def _show_texts(records: Iterable[Record], show: Callable[[SourceDocument], object]) -> int:
    """Show the texts of Document nodes; returns how many there were."""
    count = 0
    for record in records:
        if isinstance(record, Node) and record.type == "Document" and "text" in record.properties:
            show(as_read(record))
            count += 1
    return count


def _sources(
    inputs: tuple[str, ...],
    reading: Reading,
    fail: Report,
    progress: _Progress,
    extractor: Extractor | None = None,
    read_before: ReadBefore = lambda reading: None,
) -> Iterator[Source]:
    """The sources that the arguments name; one that breaks off fails, and the next one goes on."""
    if reading.kind and STDIN not in inputs:
        raise click.UsageError("--as tells what standard input is; give - to have it read.")
    failed = False

    def note(error: InputError) -> None:
        nonlocal failed
        failed = True
        fail(error)

    count = 0
    for source in sources(
        progress.track(find(inputs, note)),
        kind=reading.kind,
        max_size=reading.max_size,
        columns=reading.columns,
        month_first=reading.month_first,
        extractor=extractor or extractor_with(reading.own),
        read_before=read_before,
        on_error=note,
        on_warning=progress.say,
    ):
        progress.at(source.path, source.share)
        count += 1
        yield source
    if not count and not failed:
        fail(InputError(f"{', '.join(inputs)}: no documents or records here."))


def _tell_stored(root: Node, document: Bundle | None, outcome: str) -> None:
    """Print what became of a document, at once: whoever reads the line may count on it."""
    told: dict[str, Any] = {"outcome": outcome, "id": root.id, "name": root.name, "path": root.properties.get("path")}
    told |= {"nodes": len(document.nodes), "edges": len(document.edges)} if document else {}
    click.echo(json.dumps(told, ensure_ascii=False))


def _write_summary(summary: Summary, format: str) -> None:
    outcomes = {name: getattr(summary, name) for name in ("new", "changed", "unchanged", "failed")}
    if format != "table":
        whole = {
            "store": summary.store,
            "kind": summary.kind,
            "documents": outcomes,
            "names_only": summary.noted,
            "nodes": summary.nodes,
            "edges": summary.edges,
            "failures": [str(failure) for failure in summary.failures],
            "seconds": round(summary.seconds, 3),
        }
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2 if format == "json" else None))
        return
    rows = {
        "documents": ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
        + (f"; {summary.noted} in languages without rules" if summary.noted else ""),
        "nodes": ", ".join(f"{count} {type}" for type, count in sorted(summary.nodes.items())) or "none written",
        "edges": ", ".join(f"{count} {type}" for type, count in sorted(summary.edges.items())) or "none written",
        "store": f"{summary.store} ({summary.kind})",
        "seconds": f"{summary.seconds:.1f}",
    }
    for name, value in rows.items():
        click.echo(f"{name:<10} {value}", err=True)


class _Progress:
    """Messages on standard error, below them a bar where that is a terminal. A context manager."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._done = 0  # files

    def track(self, found: list[Found]) -> Iterator[Found]:
        """The files, while the bar counts them."""
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

            columns = (
                BarColumn(),
                TaskProgressColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}", markup=False),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._bar.add_task("", total=len(found))
        for number, file in enumerate(found):
            self._done = number
            self.at(file.path)
            yield file

    def at(self, path: str, share: float = 0.0) -> None:
        """Tell what is being read: a file, or a row of one, and how much of the file that is."""
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._done + share, description=printable(path))

    def say(self, message: str) -> None:
        """Write a line above the bar."""
        if self._bar:
            self._bar.console.print(printable(message), markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(printable(message), err=True)

    def error(self, error: InputError) -> None:
        """Write what went wrong."""
        self.say(f"Error: {error}")

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
