"""The part of the command line that asks: query."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from narragraph.cli import StoreChoice, fail_if_empty_option, format_option, store_option
from narragraph.errors import UsageError
from narragraph.graph.formats.rows import write_rows
from narragraph.queries import describe, pack, runner
from narragraph.queries.functions import FILTERS, MODALITIES
from narragraph.queries.parameters import bind, pairs

pack_option = click.option(
    "--pack", "packs", type=click.Path(path_type=Path), multiple=True, help="A folder with queries of your own."
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each filter; the command gets those that were given as a dict named ``filters``."""

    @functools.wraps(command)
    def with_filters(**options: Any) -> Any:
        given = {name: options.pop(name) for name in FILTERS}
        return command(filters={name: value for name, value in given.items() if value is not None}, **options)

    wrapped: Callable[..., Any] = with_filters
    for name, filter in reversed(FILTERS.items()):
        option, metavar = f"--{name.replace('_', '-')}", filter.type.upper()
        default = f"  [default: {filter.default}, or the query's own]" if filter.default else ""
        if name == "modality":
            for flag in ("reported", "asserted"):
                wrapped = click.option(f"--{flag}", name, flag_value=flag, help=f"The same as --modality {flag}.")(
                    wrapped
                )
            wrapped = click.option(option, name, type=click.Choice(MODALITIES), help=filter.help)(wrapped)
        else:
            wrapped = click.option(option, name, metavar=metavar, help=filter.help + default)(wrapped)
    return wrapped


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
    """One query: its question, parameters, columns, an example, and its Cypher ready for Neo4j Browser."""
    click.echo(describe.describe_query(pack.find(name, pack.load_packs(packs))))


@query.command("run", epilog="Example: narragraph query run who-accuses-whom -p target=Russia --since 2016")
@click.argument("name")
@click.option("-p", "given", multiple=True, metavar="KEY=VALUE", help="A parameter; query show NAME lists them.")
@filter_options
@click.option("--fold/--no-fold", default=True, help="Whether a country also means its government.  [default: fold]")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), help="Stop after so many seconds.")
@store_option
@format_option
@pack_option
@fail_if_empty_option
def run_query(
    name: str,
    given: tuple[str, ...],
    filters: dict[str, str],
    fold: bool,
    timeout: float | None,
    store: StoreChoice,
    format: str,
    packs: tuple[Path, ...],
    fail_if_empty: bool,
) -> int:
    """Run a canned query."""
    chosen = pack.find(name, pack.load_packs(packs))
    values = _given(chosen, given, filters)
    bind(chosen.name, chosen.parameters, values)  # a wrong parameter is told before a store is opened
    with store.open(readonly=True) as opened, opened.view() as view:
        answer = runner.run(view, chosen, values, fold=fold, timeout=timeout)
        for typed, near in answer.taken:
            click.echo(f"Nothing is named {typed!r}; taking {near}.", err=True)
        write_rows(answer.rows.columns, answer.rows.rows, format)
        if answer.hidden:
            click.echo(f"Less certain rows left out: {answer.hidden}; --min-confidence 0 shows them.", err=True)
    if answer.rows.more:
        click.echo(f"Only the first {len(answer.rows.rows)} rows; -p limit=NUMBER shows more.", err=True)
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


def _given(query: pack.Query, texts: Sequence[str], filters: Mapping[str, str]) -> dict[str, str]:
    """What was given by -p and by the options of filters. Raises ParameterError or UsageError."""
    given = pairs(texts)
    for name, value in filters.items():
        option = f"--{name.replace('_', '-')}"
        if name not in query.parameters:
            takes = ", ".join(f"--{one.replace('_', '-')}" for one in query.filters) or "none"
            raise UsageError(f"query {query.name} cannot be narrowed by {option}; it takes {takes}.")
        if name in given:
            raise UsageError(f"{name} is given twice, by -p and by {option}.")
        given[name] = value
    return given


def _status(found: Sequence[object], fail_if_empty: bool) -> int:
    """Exit status of a command that looked for something."""
    return 4 if fail_if_empty and not found else 0
