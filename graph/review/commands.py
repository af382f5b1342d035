"""The command ``review``: edges that are struck, confirmed or doubted, one by one or told by their id."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from narragraph.cli import StoreChoice, collection_option, format_option, open_output, printable, store_option
from narragraph.errors import InputError, NothingFound, RecordError, UsageError
from narragraph.graph.formats.rows import write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narragraph.graph.review import Decision
    from narragraph.graph.review.candidates import Candidate
    from narragraph.graph.stores.base import Store, View

COLUMNS = (
    "edge", "relation", "source", "target", "sentence", "verdict", "by", "at", "note", "source_id", "target_id",
    "document_id",
)  # fmt: skip
KEYS = {"r": "rejected", "c": "confirmed", "d": "doubted"}
REVIEWED = ("ACCUSES", "DENIES", "AMPLIFIES", "DEBUNKS", "ATTRIBUTED_TO", "COUNTERS", "EXPRESSES", "INVOLVES")
_ASKED = "[r]eject  [c]onfirm  [d]oubt  [n]ote  [Enter] later  [z] back  [q]uit"
_ENDED = "No more edges.  [z] back  [q]uit"

_FLAGS = {"reject": "rejected", "confirm": "confirmed", "doubt": "doubted", "undo": "undone"}

by_option = click.option(
    "--by", default=getpass.getuser, metavar="NAME", help="Who decides.  [default: the user's name]"
)


class _Review(click.Group):
    """A group in which an edge's id, or an option, may stand where a command would."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args[:1] != ["--help"] and args[:1] not in [[name] for name in self.commands]:
            named = any(argument.startswith("edge:") for argument in args) or bool(args and not args[0].startswith("-"))
            args = ["edge" if named else "next", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Review, epilog="Example: narragraph review edge:0d452dbb0a1e7c8d --reject --note 'he was joking'")
def review() -> None:
    """Strike edges that are wrong, confirm or doubt others; all can be undone.

    narragraph review EDGE --reject decides on one edge, narragraph review alone goes through the doubtful ones. A
    rejected edge leaves every view, count, query and export. A confirmed one has confidence 1, a doubted one .5 at
    most. What was decided stays when documents are loaded again.
    """


@review.command(name="edge", epilog="Example: narragraph review edge:0d452dbb0a1e7c8d --doubt --note 'who is he?'")
@click.argument("edge")
@click.option("--reject", is_flag=True, help="It is wrong: it leaves the graph.")
@click.option("--confirm", is_flag=True, help="The document says so: its confidence becomes 1.")
@click.option("--doubt", is_flag=True, help="Perhaps not: its confidence becomes .5 at most.")
@click.option("--undo", is_flag=True, help="Take back what was decided of it.")
@click.option("--note", default="", metavar="TEXT", help="The reason, kept with the decision.")
@by_option
@store_option
def decide_one(edge: str, note: str, by: str, store: StoreChoice, **flags: bool) -> None:
    """Decide on one edge; the word edge may be left out. EDGE is its id, as show, links and why tell it."""
    given = [verdict for flag, verdict in _FLAGS.items() if flags[flag]]
    if len(given) != 1:
        one = "just one of " if given else ""
        raise UsageError(
            f"Decide with {one}--reject, --confirm, --doubt or --undo.", hint=f"narragraph why {edge} shows it."
        )
    (verdict,) = given
    if verdict == "undone":
        _undo(store, edge, by, note)
        return
    with store.open() as opened:
        with opened.view() as view:
            decision = _decision(view, edge, verdict, by, note)
        _add(opened, decision)
    _tell(decision)


@review.command(epilog="Example: narragraph review undo edge:0d452dbb0a1e7c8d")
@click.argument("edge")
@click.option("--note", default="", metavar="TEXT", help="The reason, kept with the decision.")
@by_option
@store_option
def undo(edge: str, note: str, by: str, store: StoreChoice) -> None:
    """Take back what was decided of an edge; the log keeps that it was. A rejected one comes back."""
    _undo(store, edge, by, note)


@review.command(name="next", epilog="Example: narragraph review next --order central --types ACCUSES --by 'Ida Lund'")
@click.option(
    "--order", type=click.Choice(["uncertain", "central"]), default="uncertain", show_default=True,
    help="The least certain first, or those whose ends have most other edges.",
)  # fmt: skip
@click.option(
    "--types",
    default=",".join(REVIEWED),
    metavar="TYPE,…",
    help="Only these relations.  [default: those that say something]",
)
@click.option("--min-confidence", "least", type=click.FloatRange(0, 1), default=0, help="Only edges as sure as this.")
@click.option("--max-confidence", "most", type=click.FloatRange(0, 1), default=1, help="Only edges no surer than this.")
@by_option
@collection_option
@store_option
def go_through(
    order: str, types: str, least: float, most: float, by: str, collection: str | None, store: StoreChoice
) -> None:
    """Go through edges that nobody has decided on, with their sentence before you; the word next may be left out.

    r: reject, c: confirm, d: doubt, n: note for the next decision, Enter: later, z: take the last one back, q: enough.
    """
    from narragraph.graph.review.candidates import candidates
    from narragraph.graph.scope import scoped

    with store.open() as opened:
        with opened.view() as view:
            found = candidates(scoped(view, collection), types=_types(types), order=order, least=least, most=most)
        taken: list[int] = []  # places of those that were decided
        place, note = 0, ""
        while True:
            there = place < len(found)
            if there:
                with opened.view() as view:
                    _show(view, found[place], place + 1, len(found))
            key = _key(_ASKED if there else _ENDED)
            if key == "z" and taken:
                place = taken.pop()
                _take_back(opened, found[place].edge, by)
            elif key == "q" or not there:
                break
            elif key == "n":
                note = _line("Note: ")
            elif key in KEYS:
                with opened.view() as view:
                    one = found[place]
                    decision = _decision(view, one.edge, KEYS[key], by, note, one.ends)
                _add(opened, decision)
                taken.append(place)
                place, note = place + 1, ""
            elif key == "":
                place += 1
    click.echo(f"{len(taken)} decided, {len(found) - len(taken)} left.", err=True)


@review.command(name="list", epilog="Example: narragraph review list --verdict rejected --format csv")
@click.option("--all", "whole", is_flag=True, help="Also what was decided otherwise later, or taken back.")
@click.option("--verdict", type=click.Choice(list(KEYS.values())), help="Only these.")
@store_option
@format_option
def list_decisions(whole: bool, verdict: str | None, store: StoreChoice, format: str) -> None:
    """The decisions that hold."""
    from narragraph.graph.review import holding, read

    with store.open(readonly=True) as opened, opened.view() as view:
        log = read(view)
    shown = log if whole else holding(log).values()
    write_rows(
        COLUMNS,
        [
            (
                d.edge,
                d.type,
                d.source_name,
                d.target_name,
                d.sentence,
                d.verdict,
                d.by,
                d.at,
                d.note,
                d.source,
                d.target,
                d.document,
            )
            for d in shown
            if verdict in (None, d.verdict)
        ],
        format,
    )


@review.command(name="export", epilog="Example: narragraph review export decisions.jsonl")
@click.argument("out")
@store_option
def export_decisions(out: str, store: StoreChoice) -> None:
    """The whole log, one JSON object a line; OUT is a file, or - for standard output."""
    from narragraph.graph.review import read

    with store.open(readonly=True) as opened, opened.view() as view:
        log = read(view)
    with open_output(out) as file:
        file.writelines(decision.line + "\n" for decision in log)
    click.echo(f"{len(log)} decisions", err=True)


@review.command(name="import", epilog="Example: narragraph review import decisions.jsonl --store ./other")
@click.argument("file", metavar="FILE")
@store_option
def import_decisions(file: str, store: StoreChoice) -> None:
    """Add the decisions of a log, those that the store lacks; FILE is what export writes, or - for standard input.

    A decision on an edge that the store does not hold waits for its document.
    """
    from narragraph.graph.review import add, parse

    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
        decisions: Sequence[Decision] = list(parse(text.split("\n")))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    except RecordError as error:
        raise InputError(f"{file}, {error.message}.", hint="None of its decisions was taken over.") from error
    with store.open() as opened:
        count = add(opened, decisions)
    click.echo(f"{count} decisions added, {len(decisions) - count} known already", err=True)


def _decision(view: View, edge: str, verdict: str, by: str, note: str, ends: tuple[str, str] | None = None) -> Decision:
    """A decision of now on an edge of the store. Raises NothingFound, AmbiguousName or UsageError."""
    from narragraph.graph import review as log
    from narragraph.queries.exploring import why

    found = why.find(view, edge, ends)
    log.refuse_decisions(found.edge)
    return log.decide(found.edge, found.source_name, found.target_name, verdict, by=by, note=note)


def _add(store: Store, decision: Decision) -> None:
    from narragraph.graph.review import add

    add(store, [decision])


def _undo(store: StoreChoice, edge: str, by: str, note: str) -> None:
    with store.open() as opened:
        _tell(_take_back(opened, edge, by, note))


def _take_back(store: Store, edge: str, by: str, note: str = "") -> Decision:
    """Undo what holds for an edge. Raises NothingFound where nothing does."""
    from narragraph.graph.review import again, holding, read

    with store.view() as view:
        found = [one for one in holding(read(view)).values() if edge in (one.edge, one.edge.removeprefix("edge:"))]
    if not found:
        raise NothingFound(f"Nothing is decided on {edge}.", hint="narragraph review list shows all decisions.")
    decision = again(found[0], "undone", by=by, note=note)
    _add(store, decision)
    return decision


def _tell(decision: Decision) -> None:
    click.echo(
        printable(
            f"{decision.edge} ({decision.source_name} {decision.type} {decision.target_name}): {decision.verdict}"
        ),
        err=True,
    )


def _types(text: str) -> list[str]:
    from narragraph.ontology.schema import load_schema
    from narragraph.queries.parameters import near

    known = load_schema().edge_types
    asked = [name.strip().upper() for name in text.split(",") if name.strip()]
    for name in asked:
        if name not in known:
            raise UsageError(f"there is no relation {name!r}.", hint=near(name, known) or None)
    return asked


def _show(view: View, one: Candidate, place: int, count: int) -> None:
    from narragraph.queries import folding
    from narragraph.queries.exploring import text, why

    found = why.why(view, one.edge, folding.Folds(), {}, one.ends)
    click.echo(printable(f"\n{place} of {count}\n{text.card(found)}"))


def _key(asked: str) -> str:
    """One key on a terminal, else the first letter of a line of standard input; its end is enough."""
    click.echo(f"\n{asked}  ", nl=False)
    if sys.stdin.isatty():
        key = click.getchar().lower()
        click.echo()
        return key.strip()
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"


def _line(asked: str) -> str:
    click.echo(asked, nl=False)
    return sys.stdin.readline().strip()
