"""The part of the command line that settles who is who."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from narragraph.cli import StoreChoice, format_option, open_output, printable, store_option
from narragraph.errors import InputError, NothingFound, RecordError, UsageError
from narragraph.graph.formats.rows import write_rows

if TYPE_CHECKING:
    from narragraph.graph.identity import Decision
    from narragraph.graph.identity.candidates import Candidate
    from narragraph.graph.model import Node
    from narragraph.graph.stores.base import Store, View

CANDIDATE_COLUMNS = ("score", "left", "left_id", "right", "right_id", "reasons")
DECISION_COLUMNS = ("left", "left_id", "right", "right_id", "verdict", "by", "at", "why", "gone")
_LATER = ("", "\r", "\n")
KEYS = {"s": "same", "d": "different", "u": "unsure"}
_SENTENCES = 3  # of each side
_MENTIONED = """
MATCH (d:Document)-[m:MENTIONS]->(n:Narragraph {id: $id}) OPTIONAL MATCH (w:Document {id: d.part_of})
RETURN coalesce(d.text, w.text) AS text, m.span_starts AS starts, d.name AS title, d.published AS published
ORDER BY published, d.id LIMIT $limit
"""
_ASKED = "[s]ame  [d]ifferent  [u]nsure  [Enter] later  [z] back  [q]uit"
_ENDED = "No more pairs.  [z] back  [q]uit"

least_option = click.option(
    "--min-score",
    "least",
    type=click.FloatRange(0, 1),
    default=0.7,
    show_default=True,
    help="Leave out unlikelier pairs.",
)
by_option = click.option(
    "--by", default=getpass.getuser, metavar="NAME", help="Who decides.  [default: the user's name]"
)


@click.group(epilog="Example: narragraph identity review")
def identity() -> None:
    """Names that may mean the same: candidates, decisions by people, and taking them back."""


@identity.command(epilog="Example: narragraph identity candidates --format csv")
@least_option
@store_option
@format_option
def candidates(least: float, store: StoreChoice, format: str) -> None:
    """Pairs of actors and of outlets that may be the same, best first, with the reasons; decided ones are left out."""
    with store.open(readonly=True) as opened, opened.view() as view:
        found = _candidates(view, least)
    rows = [(c.score, c.left.name, c.left.id, c.right.name, c.right.id, "; ".join(c.reasons)) for c in found]
    write_rows(CANDIDATE_COLUMNS, rows, format)
    click.echo(f"{len(found)} pairs in {opened.url} ({opened.kind})", err=True)


@identity.command(epilog="Example: narragraph identity review --by 'Ida Lund'")
@least_option
@by_option
@store_option
def review(least: float, by: str, store: StoreChoice) -> None:
    """Decide pair by pair, with the sentences of both sides before you; what is decided stays decided.

    s: the same, d: different, u: unsure, Enter: later, z: take the last one back, q: enough.
    """
    with store.open() as opened:
        with opened.view() as view:
            found = _candidates(view, least)
        taken: list[Candidate] = []
        place = 0
        while True:
            pair = found[place] if place < len(found) else None
            if pair:
                with opened.view() as view:
                    _show(view, pair, place + 1, len(found))
            key = _key(_ASKED if pair else _ENDED)
            while key not in ((*KEYS, *_LATER, "z", "q") if pair else (*_LATER, "z", "q")) or (
                key == "z" and not taken
            ):
                click.echo("Nothing to take back." if key == "z" else f"{printable(key)!r} is no key.", err=True)
                key = _key(_ASKED if pair else _ENDED)
            if key == "z":
                back = taken.pop()
                _decide(opened, back.left, back.right, "undone", by, "")
                place = found.index(back)
            elif key == "q" or pair is None:
                break
            elif key in _LATER:
                place += 1
            else:
                try:
                    _decide(opened, pair.left, pair.right, KEYS[key], by, "; ".join(pair.reasons))
                except UsageError as error:
                    click.echo(f"Not taken: {printable(str(error))}", err=True)
                    continue
                taken.append(pair)
                place += 1
    click.echo(f"{len(taken)} decided, {len(found) - len(taken)} left.", err=True)


@identity.command(epilog="Example: narragraph identity decide 'RT' 'Russia Today' same --why 'one broadcaster'")
@click.argument("one")
@click.argument("other")
@click.argument("verdict", type=click.Choice(["same", "different", "unsure"]))
@click.option("--why", default="", help="The reason, kept with the decision.")
@by_option
@store_option
def decide(one: str, other: str, verdict: str, why: str, by: str, store: StoreChoice) -> None:
    """Decide on two names or ids. The later decision on a pair counts."""
    with store.open() as opened:
        with opened.view() as view:
            left, right = _node(view, one), _node(view, other)
        _decide(opened, left, right, verdict, by, why)
    click.echo(printable(f"{left.name} ({left.id}) and {right.name} ({right.id}): {verdict}"), err=True)


@identity.command(epilog="Example: narragraph identity undo 'RT' 'Russia Today'")
@click.argument("one")
@click.argument("other")
@by_option
@store_option
def undo(one: str, other: str, by: str, store: StoreChoice) -> None:
    """Take the decision on two names or ids back; the log keeps that there was one."""
    from narragraph.graph.identity import holding, read

    with store.open() as opened:
        with opened.view() as view:
            left, right = _node(view, one), _node(view, other)
            known = holding(read(view))
        if tuple(sorted((left.id, right.id))) not in known:
            raise NothingFound(f"Nothing is decided on {left.id} and {right.id}.")
        _decide(opened, left, right, "undone", by, "")


@identity.command(name="list", epilog="Example: narragraph identity list --all")
@click.option("--all", "whole", is_flag=True, help="Also what was decided otherwise later, or taken back.")
@store_option
@format_option
def list_decisions(whole: bool, store: StoreChoice, format: str) -> None:
    """The decisions that hold; under "gone" stand names of which no document in the store speaks."""
    from narragraph.graph.identity import gone, holding, read

    with store.open(readonly=True) as opened, opened.view() as view:
        log = read(view)
        shown = log if whole else list(holding(log).values())
        lost = gone(view, shown)
    rows = [
        (d.left_name, d.left, d.right_name, d.right, d.verdict, d.by, d.at, d.why, [id for id in d.pair if id in lost])
        for d in shown
    ]
    write_rows(DECISION_COLUMNS, rows, format)


@identity.command(name="export", epilog="Example: narragraph identity export decisions.jsonl")
@click.argument("out")
@store_option
def export_decisions(out: str, store: StoreChoice) -> None:
    """The whole log, one JSON object a line; OUT is a file, or - for standard output."""
    from narragraph.graph.identity import read

    with store.open(readonly=True) as opened, opened.view() as view:
        log = read(view)
    with open_output(out) as file:
        file.writelines(decision.line + "\n" for decision in log)
    click.echo(f"{len(log)} decisions", err=True)


@identity.command(name="import", epilog="Example: narragraph identity import decisions.jsonl --store ./other")
@click.argument("file", metavar="FILE")
@store_option
def import_decisions(file: str, store: StoreChoice) -> None:
    """Add the decisions of a log, those that the store lacks; FILE is what export writes, or - for standard input."""
    from narragraph.graph.identity import add, gone, parse

    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
        decisions: Sequence[Decision] = list(parse(text.splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    except RecordError as error:
        raise InputError(f"{file}, {error.message}.", hint="None of its decisions was taken over.") from error
    with store.open() as opened:
        count = add(opened, decisions)
        with opened.view() as view:
            lost = gone(view, decisions)
    click.echo(f"{count} decisions added, {len(decisions) - count} known already", err=True)
    if lost:
        click.echo(f"Names of which no document here speaks: {len(lost)}. What is decided of them waits.", err=True)


def _candidates(view: View, least: float) -> list[Candidate]:
    from narragraph.graph.identity import candidates as pairing
    from narragraph.graph.identity import holding, read

    decided = {pair for pair, decision in holding(read(view)).items() if decision.verdict != "unsure"}
    return pairing.candidates(view.nodes(), least=least, decided=decided)


def _decide(store: Store, left: Node, right: Node, verdict: str, by: str, why: str) -> None:
    from narragraph.graph import identity as log

    log.add(store, [log.decide(left, right, verdict, by=by, why=why)])


def _node(view: View, name: str) -> Node:
    from narragraph.graph.model import Node
    from narragraph.queries.exploring import names

    match = names.resolve(view, name)
    if match is None or match.how in ("near", "part"):
        raise NothingFound(f"nothing in the store is named {name!r}.", hint="narragraph show finds near names.")
    return Node(match.id, match.type, match.name)


def _show(view: View, pair: Candidate, place: int, count: int) -> None:
    click.echo(f"\n{place} of {count}, score {pair.score}: {printable('; '.join(pair.reasons))}")
    for node in (pair.left, pair.right):
        facts = [
            node.id,
            *(str(node.properties[name]) for name in ("kind", "country", "role") if name in node.properties),
        ]
        click.echo(printable(f"\n  {node.name}  ({', '.join(facts)})"))
        if node.aliases:
            click.echo(printable(f"    also {', '.join(node.aliases[:6])}"))
        for sentence, document, published in _sentences(view, node.id):
            click.echo(printable(f"    “{sentence}” ({', '.join(filter(None, (document, published)))})"))


def _sentences(view: View, id: str) -> list[tuple[str, str, str | None]]:
    """A few places where documents speak of it, with title and date: sentences of edges, else words around mentions."""
    from narragraph.queries.exploring.statements import said_by, said_of

    said = {
        " ".join(one.sentence.split()): (one.document, one.published)
        for one in reversed([*said_by(view, [id]), *said_of(view, [id])])
        if one.sentence
    }
    if said:
        return [(sentence, *where) for sentence, where in list(reversed(said.items()))[:_SENTENCES]]
    return [
        (" ".join(text[max(0, starts[0] - 80) : starts[0] + 120].split()), title, published)
        for text, starts, title, published in view.run(_MENTIONED, {"id": id, "limit": _SENTENCES}).rows
        if text and starts
    ]


def _key(asked: str) -> str:
    """One key on a terminal, else the first letter of a line of standard input; its end is enough."""
    click.echo(f"\n{asked}  ", nl=False)
    if sys.stdin.isatty():
        key = click.getchar().lower()
        click.echo()
        return key
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"
