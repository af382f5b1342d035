"""The part of the command line that explores: show, links, timeline, neighbours, compare, why."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click
from click.shell_completion import CompletionItem

from narragraph.cli import (
    StoreChoice,
    collection_option,
    fail_if_empty_option,
    format_option,
    open_output,
    printable,
    store_option,
)
from narragraph.errors import UsageError
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.scope import scoped
from narragraph.graph.stores.base import View
from narragraph.queries import folding
from narragraph.queries.exploring import names, paths, profile, sayings, surroundings, text
from narragraph.queries.exploring import why as behind
from narragraph.queries.exploring.completion import names_like, types_like

LIKELY = 0.6  # as on the reader page: what is said by whom is seldom read with more certainty
CHAIN_COLUMNS = (
    "chain", "hop", "score", "relation", "source", "target", "sentence", "said_by", "manner", "polarity", "modality",
    "confidence", "review", "document", "published", "source_id", "target_id", "document_id", "edge",
)  # fmt: skip
WHY_COLUMNS = (
    "edge", "relation", "source", "target", "before", "sentence", "after", "trigger", "rule", "basis", "polarity",
    "modality", "manner", "confidence", "confidence_read", "review", "speakers", "document", "url", "published",
    "start", "end", "source_as_read", "target_as_read", "source_id", "target_id", "document_id", "documents",
    "decisions",
)  # fmt: skip


@dataclass(frozen=True)
class Exploring:
    """The options that all of these commands share, and the store that is explored."""

    store: StoreChoice
    collection: str | None
    fold: bool
    least: float
    limit: int | None
    types: tuple[str, ...]
    html: str | None
    format: str
    fail_if_empty: bool

    @contextlib.contextmanager
    def view(self) -> Iterator[tuple[View, folding.Folds, dict[str, str]]]:
        """A view of what is asked for, what counts as one in it, and its reprints."""
        with self.store.open(readonly=True) as opened, opened.view() as whole:
            view = scoped(whole, self.collection)
            yield view, folding.folds(view, governments=self.fold), folding.reprints(view)

    def finish(
        self,
        view: View,
        name: str,
        found: Sequence[object],
        shown: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        edges: Iterable[str],
        *,
        hidden: int = 0,
        whole: int | None = None,
    ) -> int:
        """Write what was found in the form that was asked for; gives the exit status.

        ``whole`` tells how much there was before the list was cut.
        """
        if self.html:
            self._draw(view, self.html, name, edges)
        elif self.format == "table":
            click.echo(printable(shown))
        else:
            write_rows(columns, rows, self.format)
        if whole is not None and whole > len(found):
            click.echo(f"The first {len(found)} of {whole}; --limit 0 shows all.", err=True)
        if hidden:
            less = text.count(hidden, "less certain statement")
            click.echo(f"{less} left out; --min-confidence 0 shows them.", err=True)
        return 4 if self.fail_if_empty and not found else 0

    def _draw(self, view: View, out: str, name: str, edges: Iterable[str]) -> None:
        from narragraph.graph import subgraph
        from narragraph.graph.page.page import write_page

        drawn = subgraph.of_edges(view, list(edges))
        with open_output(out) as file:
            page = write_page(drawn, file, title=name)
        click.echo(f"{page.nodes} names, {page.links} links and {page.evidence} sentences in {out}", err=True)


def complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names in the store that the command line names so far."""
    url = ctx.params.get("store") or os.environ.get("NARRAGRAPH_STORE") or "./narragraph-store"
    return [CompletionItem(name, help=type) for name, type in names_like(str(url), incomplete)]


def _types(ctx: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    """Types of relations from a list with commas. Raises UsageError for one that there is not."""
    if not value:
        return ()  # to read the vocabulary takes a tenth of a second
    from narragraph.ontology.schema import load_schema

    return _listed(value.replace("-", "_"), load_schema().edge_types, "relation")


def _kinds(ctx: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    """Kinds of node from a list with commas. Raises UsageError for one that there is not."""
    if not value:
        return ()
    from narragraph.ontology.schema import load_schema

    return _listed(value, load_schema().node_types, "kind of node")


def _listed(value: str, known: Iterable[str], what: str) -> tuple[str, ...]:
    from narragraph.queries.parameters import near

    names = {name.casefold(): name for name in known}
    asked = [name.strip() for name in value.split(",") if name.strip()]
    for name in asked:
        if name.casefold() not in names:
            hint = near(name.upper() if what == "relation" else name.title(), names.values())
            raise UsageError(f"there is no {what} {name!r}.", hint=hint or "narragraph ontology list shows all.")
    return tuple(names[name.casefold()] for name in asked)


def exploring_options(limit: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of all these commands; the command gets them as an Exploring named ``at``."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option(
            "--min-confidence",
            "least",
            type=click.FloatRange(0, 1),
            default=LIKELY,
            show_default=True,
            help="Leave out what the extraction is less sure of.",
        )
        @click.option(
            "--types",
            metavar="TYPE,…",
            default="",
            callback=_types,
            shell_complete=lambda ctx, param, incomplete: types_like(incomplete),
            help="Only relations of these types, such as ACCUSES,DENIES.",
        )
        @click.option(
            "--limit",
            type=click.IntRange(min=0),
            default=limit,
            show_default=True,
            help="At most so many of each list; 0 for all.",
        )
        @click.option(
            "--fold/--no-fold", default=True, help="Whether a country and its government are one.  [default: fold]"
        )
        @click.option("--html", metavar="FILE", help="Write it as a graph to open in a browser instead.")
        @collection_option
        @store_option
        @format_option
        @fail_if_empty_option
        @functools.wraps(command)
        def with_options(*, limit: int, **options: Any) -> Any:
            shared = {
                field.name: options.pop(field.name) for field in dataclasses.fields(Exploring) if field.name != "limit"
            }
            return command(at=Exploring(limit=limit or None, **shared), **options)

        return with_options

    return decorate


def name_argument(name: str) -> Callable[..., Any]:
    """A node's name, which the shell completes."""
    return click.argument(name, shell_complete=complete_name)


def sort_option(orders: Sequence[str], help: str) -> Callable[..., Any]:
    """What comes first in a list; the first of the orders by itself."""
    return click.option("--sort", "order", type=click.Choice(orders), default=orders[0], show_default=True, help=help)


@click.command(epilog='Example: narragraph show "Vladimir Putin" --types ACCUSES,DENIES')
@name_argument("name")
@sort_option(sayings.ORDERS, "What comes first: most documents, surest, most telling relation, newest or oldest.")
@exploring_options(limit=20)
def show(name: str, order: str, at: Exploring) -> int:
    """One actor, outlet, country, narrative, event or document: what it says and what is said of it, with sentences.

    The same statement of several documents is told once, with their number; reprints count as one.
    """
    with at.view() as (view, folds, reprints):
        match = _resolve(view, name)
        found = profile.profile(view, match, folds, reprints, least=at.least, types=at.types, order=order)
        cut = [*found.says[: at.limit], *found.said_of[: at.limit]]
        whole = len(found.says) + len(found.said_of)
        return at.finish(
            view, found.name, cut, text.profile_text(found, limit=at.limit), sayings.SAYING_COLUMNS,
            (saying.row() for saying in cut), _edges(cut), hidden=found.hidden,
            whole=None if at.format == "table" and not at.html else whole,
        )  # fmt: skip


@click.command(epilog='Example: narragraph links Russia "Kassym-Jomart Tokayev" --paths 3')
@name_argument("a")
@name_argument("b")
@click.option("--hops", type=click.IntRange(1, 8), default=4, show_default=True, help="Chains up to this long.")
@click.option(
    "--paths", "number", type=click.IntRange(min=1), default=5, show_default=True, help="So many, best first."
)
@click.option("--through-countries", is_flag=True, help="Also through countries and their governments.")
@click.option("--through-collectives", is_flag=True, help="Also through collectives, such as Russian state media.")
@click.option(
    "--avoid", multiple=True, metavar="NAME", shell_complete=complete_name, help="Not through this one (repeatable)."
)
@click.option(
    "--avoid-hubs", type=click.IntRange(min=1), metavar="NUMBER", help="Not through what has more neighbours than this."
)
@click.option("--in-order", is_flag=True, help="No hop earlier than the one before it, seen from A.")
@exploring_options(limit=0)
def links(
    a: str,
    b: str,
    hops: int,
    number: int,
    through_countries: bool,
    through_collectives: bool,
    avoid: tuple[str, ...],
    avoid_hubs: int | None,
    in_order: bool,
    at: Exploring,
) -> int:
    """How two are connected: the best chains of statements, with the sentences of each hop.

    Shorter chains come first unless they are much weaker; of equal length those whose hops are surest and told by most
    independent documents. The score is how sure it is that every hop holds. Countries, governments and collectives are
    no stepping stones by themselves: too much passes through them.
    """
    with at.view() as (view, folds, reprints):
        start, goal = _resolve(view, a), _resolve(view, b)
        ends = [folds.members(match.id) for match in (start, goal)]
        if goal.id in ends[0]:
            raise UsageError(
                f"{start.name} and {goal.name} count as one.",
                hint="--no-fold tells a country apart from its government.",
            )
        route = paths.Route(
            hops=hops, types=at.types, least=at.least, through_states=through_countries,
            through_collectives=through_collectives, hubs=avoid_hubs, in_order=in_order,
            avoid=[id for name in avoid for id in folds.members(_resolve(view, name).id)],
        )  # fmt: skip
        found = paths.chains(view, ends[0], ends[1], route, folds, reprints, limit=number)
        shown = text.chains_text(start.name, goal.name, found, hops=hops)
        rows = [
            (place, hop, round(chain.score, 4), *_values(statement, CHAIN_COLUMNS[3:]))
            for place, chain in enumerate(found, 1)
            for hop, told in enumerate(chain.hops, 1)
            for statement in told
        ]
        edges = [statement.edge for chain in found for hop in chain.hops for statement in hop]
        if found or not at.html:
            status = at.finish(view, f"{start.name} – {goal.name}", found, shown, CHAIN_COLUMNS, rows, edges)
        else:
            click.echo(printable(shown), err=True)
            status = 4 if at.fail_if_empty else 0
        if not found:
            _tell_other_ways(view, ends, route, folds, reprints)
    return status


def _tell_other_ways(
    view: View, ends: Sequence[Sequence[str]], route: paths.Route, folds: folding.Folds, reprints: dict[str, str]
) -> None:
    """Say which option would have found a chain."""
    ways = {
        "--min-confidence 0": {"least": 0.0} if route.least else None,
        "--through-countries": {"through_states": True} if not route.through_states else None,
        "--through-collectives": {"through_collectives": True} if not route.through_collectives else None,
    }
    for option, change in ways.items():
        if change and paths.chains(
            view, ends[0], ends[1], dataclasses.replace(route, **change), folds, reprints, limit=1
        ):
            click.echo(f"There are chains with {option}.", err=True)


@click.command(epilog="Example: narragraph timeline MH17 --since 2014-07")
@name_argument("name")
@click.option("--since", metavar="DATE", help="From this day, month or year on.")
@click.option("--until", metavar="DATE", help="Up to this day, month or year.")
@sort_option(("oldest", "newest"), "Which days come first.")
@exploring_options(limit=0)
def timeline(name: str, since: str | None, until: str | None, order: str, at: Exploring) -> int:
    """What is said by one and of it, day by day.

    The day is that of the statement where it is told, else of the document; of an event, its own.
    """
    for option, date in (("--since", since), ("--until", until)):
        if date and not _is_date(date):
            raise UsageError(f"{option} is a date like 2022-01-31, 2022-01 or 2022, not {date!r}.")
    with at.view() as (view, folds, reprints):
        match = _resolve(view, name)
        ids = folds.members(match.id)
        told, hidden = surroundings.only(surroundings.around(view, ids, folds), types=at.types, least=at.least)
        entries = [
            (day, saying)
            for day, saying in surroundings.timeline(view, match, ids, told, reprints)
            if (not since or day >= since[: len(day)]) and (not until or day[: len(until)] <= until)
        ]
        if order == "newest":
            entries.sort(key=lambda entry: entry[0], reverse=True)
        cut = entries[: at.limit]
        return at.finish(
            view, match.name, cut, text.timeline_text(match.name, cut, set(ids)), ("date", *sayings.SAYING_COLUMNS),
            ((day, *saying.row()) for day, saying in cut), _edges(saying for _, saying in cut), hidden=hidden,
            whole=len(entries),
        )  # fmt: skip


@click.command(epilog="Example: narragraph neighbours Sputnik --types ATTRIBUTED_TO,AMPLIFIES")
@name_argument("name")
@sort_option(("documents", "confidence", "name"), "What comes first: most documents, surest, or by name.")
@click.option("--kinds", metavar="KIND,…", default="", callback=_kinds, help="Only such as Actor,Outlet.")
@exploring_options(limit=50)
def neighbours(name: str, kinds: tuple[str, ...], order: str, at: Exploring) -> int:
    """Who and what statements join one to, and by which relations, strongest first."""
    with at.view() as (view, folds, reprints):
        match = _resolve(view, name)
        ids = folds.members(match.id)
        told, hidden = surroundings.only(surroundings.around(view, ids, folds), types=at.types, least=at.least)
        found = [one for one in surroundings.neighbours(view, ids, told, reprints) if not kinds or one.type in kinds]
        if order == "confidence":
            found.sort(key=lambda one: -one.confidence)
        elif order == "name":
            found.sort(key=lambda one: names.plain(one.name))
        cut = found[: at.limit]
        return at.finish(
            view, match.name, cut, text.neighbours_text(match.name, cut, kinds), surroundings.NEIGHBOUR_COLUMNS,
            (one.row() for one in cut), [edge for one in cut for edge in one.edges], hidden=hidden, whole=len(found),
        )  # fmt: skip


@click.command(epilog="Example: narragraph compare RT Sputnik")
@name_argument("a")
@name_argument("b")
@sort_option(("documents", "name"), "What comes first of what both speak of: most documents, or by name.")
@exploring_options(limit=50)
def compare(a: str, b: str, order: str, at: Exploring) -> int:
    """What each of two says of the other, and what both speak of.

    Who makes, spreads or denies a claim speaks of what the claim is about, and of the narrative it expresses.
    """
    with at.view() as (view, folds, reprints):
        one, other = _resolve(view, a), _resolve(view, b)
        ends = [folds.members(match.id) for match in (one, other)]
        if other.id in ends[0]:
            raise UsageError(
                f"{one.name} and {other.name} count as one.",
                hint="--no-fold tells a country apart from its government.",
            )
        found, hidden = surroundings.compare(view, ends[0], ends[1], folds, reprints, least=at.least, types=at.types)
        if order == "name":
            found.sort(key=lambda thing: (thing.part, names.plain(thing.of)))
        cut = found[: at.limit]
        edges = [statement.edge for thing in cut for statement in thing.statements]
        return at.finish(
            view, f"{one.name} and {other.name}", cut, text.compared_text(one.name, other.name, cut),
            surroundings.COMPARED_COLUMNS, (thing.row() for thing in cut), edges, hidden=hidden, whole=len(found),
        )  # fmt: skip


@click.command(epilog="Example: narragraph why edge:0d452dbb0a1e7c8d")
@click.argument("edge")
@click.option("--html", metavar="FILE", help="Write it as a graph to open in a browser instead.")
@collection_option
@store_option
@format_option
def why(edge: str, html: str | None, collection: str | None, store: StoreChoice, format: str) -> int:
    """Everything behind one edge: its sentence and what stands around it, the words that say so, the rule, who vouches.

    EDGE is its id or the beginning of that, as show and links tell it. As rows: this edge first, then those by which
    other places say the same.
    """
    at = Exploring(store, collection, True, 0, None, (), html, format, False)
    with at.view() as (view, folds, reprints):
        found = behind.why(view, edge, folds, reprints)
        others = [one for one in found.saying.attestations if one.edge != found.statement.edge]
        rows = [_why_row(found), *(_values(one, WHY_COLUMNS) for one in others)]
        return at.finish(
            view, f"{found.statement.source} – {found.statement.target}", [found], text.why_text(found), WHY_COLUMNS,
            rows, [found.statement.edge, *(one.edge for one in others)],
        )  # fmt: skip


def _why_row(found: behind.Why) -> tuple[object, ...]:
    known = {
        **found.properties,
        **dataclasses.asdict(found.statement),
        "before": found.before,
        "after": found.after,
        "confidence_read": found.confidence_read,
        "speakers": [name for _, name in found.speakers],
        "url": found.document.get("url"),
        "documents": found.saying.documents,
        "decisions": [
            f"{one.verdict} by {one.by} at {one.at}{f': {one.note}' if one.note else ''}" for one in found.decisions
        ],
    }
    return tuple(known.get(column) for column in WHY_COLUMNS)


def _values(statement: object, columns: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(statement, column, None) for column in columns)


def _edges(found: Iterable[sayings.Saying]) -> list[str]:
    return [one.edge for saying in found for one in saying.attestations]


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) is not None


def _resolve(view: View, name: str) -> names.Match:
    match = names.meant(view, name)
    if match.how in ("near", "part") and match.type != "Claim":
        verb = "Nothing is named" if match.how == "near" else "Nothing is named just"
        click.echo(printable(f"{verb} {name!r}; taking {match.name}."), err=True)
    return match
