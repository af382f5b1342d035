"""The part of the command line that asks: query."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from narragraph.cli import StoreChoice, collection_option, fail_if_empty_option, format_option, store_option
from narragraph.errors import UsageError
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.scope import PARAMETER, scoped
from narragraph.queries import describe, pack, runner

pack_option = click.option(
    "--pack", "packs", type=click.Path(path_type=Path), multiple=True, help="A folder with queries of your own."
)


@click.group(epilog="Example: narragraph query run who-accuses-whom")
def query() -> None:
    """Canned questions, and Cypher of your own."""


@query.command("list", epilog="Example: narragraph query list --format csv")
@format_option
@pack_option
def list_queries(format: str, packs: tuple[Path, ...]) -> None:
    """The canned queries, by pack."""
    queries = sorted(pack.load_packs(packs).values(), key=lambda query: (query.pack, query.name))
    write_rows(("pack", "name", "question"), [(q.pack, q.name, q.question) for q in queries], format)


@query.command("show", epilog="Example: narragraph query show who-accuses-whom")
@click.argument("name")
@pack_option
def show_query(name: str, packs: tuple[Path, ...]) -> None:
    """One query: its question, parameters, columns, an example and its Cypher."""
    click.echo(describe.describe_query(pack.find(name, pack.load_packs(packs))))


@query.command("run", epilog="Example: narragraph query run who-accuses-whom -p target=Russia --format csv")
@click.argument("name")
@click.option("-p", "given", multiple=True, metavar="KEY=VALUE", help="A parameter; query show NAME lists them.")
@click.option("--fold/--no-fold", default=True, help="Whether a country also means its government.  [default: fold]")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), help="Stop after so many seconds.")
@collection_option
@store_option
@format_option
@pack_option
@fail_if_empty_option
def run_query(
    name: str,
    given: tuple[str, ...],
    fold: bool,
    timeout: float | None,
    collection: str | None,
    store: StoreChoice,
    format: str,
    packs: tuple[Path, ...],
    fail_if_empty: bool,
) -> int:
    """Run a canned query."""
    chosen = pack.find(name, pack.load_packs(packs))
    values = runner.pairs(given)
    runner.bind(chosen, values)  # a wrong parameter is told before a store is opened
    if collection and PARAMETER not in chosen.parameters:
        raise UsageError(f"query {chosen.name} asks of no collection: it has no parameter {PARAMETER!r}.")
    with store.open(readonly=True) as opened, opened.view() as view:
        answer = runner.run(scoped(view, collection), chosen, values, fold=fold, timeout=timeout)
    for name, near in answer.taken:
        _tell_near(name, near)
    write_rows(answer.rows.columns, answer.rows.rows, format)
    if answer.hidden:
        click.echo(
            f"Less certain rows left out: {answer.hidden}; -p {runner.CONFIDENCE}=0 shows them.",
            err=True,
        )
    return _status(answer.rows.rows, fail_if_empty)


@query.command("cypher", epilog="Example: narragraph query cypher 'MATCH (a:Actor) RETURN a.name AS name LIMIT 5'")
@click.argument("text")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    help="Stop after so many seconds.",
)
@click.option(
    "--max-rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="Leave out rows beyond these."
)
@store_option
@format_option
@fail_if_empty_option
def run_cypher(text: str, timeout: float, max_rows: int, store: StoreChoice, format: str, fail_if_empty: bool) -> int:
    """Ask anything else in Cypher, read-only; - reads the query from standard input."""
    if text == "-":
        text = sys.stdin.read()
    with store.open(readonly=True) as opened, opened.view() as view:
        rows = view.run(text, timeout=timeout, limit=max_rows)
    write_rows(rows.columns, rows.rows, format)
    if rows.more:
        click.echo(f"Only the first {max_rows} rows; --max-rows shows more.", err=True)
    return _status(rows.rows, fail_if_empty)


def _tell_near(name: str, near: str) -> None:
    click.echo(f"Nothing is named {name!r}; taking {near}.", err=True)


def _status(found: Sequence[object], fail_if_empty: bool) -> int:
    """Exit status of a command that looked for something."""
    return 4 if fail_if_empty and not found else 0
