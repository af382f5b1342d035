"""The part of the command line that explores: show, links."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import click

from narragraph.cli import StoreChoice, collection_option, fail_if_empty_option, format_option, store_option
from narragraph.errors import NothingFound
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.scope import scoped
from narragraph.graph.stores.base import View
from narragraph.queries.exploring import names, statements, text

confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.7,
    show_default=True,
    help="Leave out what the extraction is less sure of.",
)


@click.command(epilog='Example: narragraph show "Vladimir Putin"')
@click.argument("name")
@confidence_option
@collection_option
@store_option
@format_option
def show(name: str, min_confidence: float, collection: str | None, store: StoreChoice, format: str) -> None:
    """One actor, outlet, country, narrative, event or document: what it says and what is said of it, with sentences."""
    with store.open(readonly=True) as opened, opened.view() as view:
        match = _resolve(view, name)
        profile = text.profile(scoped(view, collection), match, min_confidence=min_confidence)
    if format == "table":
        click.echo(text.profile_text(profile))
    else:
        _write_statements([*profile.says, *profile.said_of], format)


@click.command(epilog='Example: narragraph links Russia "Kassym-Jomart Tokayev"')
@click.argument("a")
@click.argument("b")
@click.option("--hops", type=click.IntRange(1, 8), default=4, show_default=True, help="Look for connections this long.")
@confidence_option
@collection_option
@store_option
@format_option
@fail_if_empty_option
def links(
    a: str,
    b: str,
    hops: int,
    min_confidence: float,
    collection: str | None,
    store: StoreChoice,
    format: str,
    fail_if_empty: bool,
) -> int:
    """How two are connected: the shortest chains of statements, with the sentence of each hop."""
    with store.open(readonly=True) as opened, opened.view() as whole:
        view = scoped(whole, collection)
        start, goal = _resolve(view, a), _resolve(view, b)
        chains = text.chains(view, start, goal, hops=hops, min_confidence=min_confidence)
        hidden = 0 if chains or not min_confidence else len(text.chains(view, start, goal, hops=hops, min_confidence=0))
    if format == "table":
        click.echo(text.chains_text(start, goal, chains, hops=hops))
    else:
        columns = ("chain", "hop", *statements.STATEMENT_COLUMNS)
        rows = [
            (number, hop, *_row(statement))
            for number, chain in enumerate(chains, 1)
            for hop, hop_statements in enumerate(chain, 1)
            for statement in hop_statements
        ]
        write_rows(columns, rows, format)
    if hidden:
        click.echo(
            f"Connections over statements below {min_confidence}: {hidden}; --min-confidence 0 shows them.",
            err=True,
        )
    return 4 if fail_if_empty and not chains else 0


def _resolve(view: View, name: str) -> names.Match:
    match = names.resolve(view, name)
    if match is None:
        raise NothingFound(f"nothing in the store is named {name!r} or spelt nearly so.")
    if match.how == "near":
        click.echo(f"Nothing is named {name!r}; taking {match.name}.", err=True)
    return match


def _row(statement: statements.Statement) -> tuple[object, ...]:
    values = dataclasses.asdict(statement)
    return tuple(values[column] for column in statements.STATEMENT_COLUMNS)


def _write_statements(found: Sequence[statements.Statement], format: str) -> None:
    write_rows(statements.STATEMENT_COLUMNS, [_row(statement) for statement in found], format)
