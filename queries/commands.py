"""The part of the command line that asks: query."""

from __future__ import annotations

import contextlib
import functools
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from narragraph.cli import StoreChoice, fail_if_empty_option, format_option, open_output, printable, store_option
from narragraph.errors import NarragraphError, StoreUnavailable, UsageError
from narragraph.graph.formats.rows import FORMATS, write_rows
from narragraph.graph.stores.base import View
from narragraph.queries import describe, pack, runner, running
from narragraph.queries.functions import FILTERS, MODALITIES
from narragraph.queries.output import Form
from narragraph.queries.parameters import pairs

pack_option = click.option(
    "--pack", "packs", type=click.Path(path_type=Path), multiple=True, help="A folder with queries of your own."
)


def _complete_query(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of queries, and of packs with a slash, for the shell."""
    queries = _known(ctx)
    packs = {f"{query.pack}/" for query in queries.values()} if param.name == "names" else set()
    return [name for name in sorted([*queries, *packs]) if name.startswith(incomplete)]


def _complete_parameter(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Parameters of the query that was named before, for the shell."""
    queries = _known(ctx)
    words = [*(ctx.params.get("names") or ()), ctx.params.get("name"), *ctx.args]  # not taken apart yet while one types
    known = {f"{key}=" for name in words if name in queries for key in queries[name].parameters}
    return [key for key in sorted(known) if key.startswith(incomplete)]


def _known(ctx: click.Context) -> dict[str, pack.Query]:
    with contextlib.suppress(NarragraphError):
        return pack.load_packs(ctx.params.get("packs") or ())
    return {}


given_option = click.option(
    "-p",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    shell_complete=_complete_parameter,
    help="A parameter; query show NAME lists them.",
)
fold_option = click.option(
    "--fold/--no-fold", default=True, help="Whether a government counts as its country.  [default: fold]"
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each filter and the limit; the command gets what was given as a dict named ``filters``."""
    narrowing = {**FILTERS, pack.LIMIT.name: pack.LIMIT}

    @functools.wraps(command)
    def with_filters(**options: Any) -> Any:
        given = {name: options.pop(name) for name in narrowing}
        return command(filters={name: value for name, value in given.items() if value is not None}, **options)

    wrapped: Callable[..., Any] = with_filters
    for name, filter in reversed(narrowing.items()):
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


def _queries(packs: tuple[Path, ...]) -> dict[str, pack.Query]:
    """All queries; a file of a reader's own that is none is told and left out."""
    return pack.load_packs(packs, on_fault=lambda error: _tell(f"Left out: {error}"))


@click.group(epilog="Example: narragraph query run who-accuses-whom")
def query() -> None:
    """Canned questions, and Cypher of your own."""


@query.command("list", epilog="Example: narragraph query list --format csv")
@format_option
@pack_option
def list_queries(format: str, packs: tuple[Path, ...]) -> None:
    """The canned queries, by pack."""
    queries = sorted(_queries(packs).values(), key=lambda query: (query.pack, query.name))
    write_rows(("pack", "name", "question"), [(q.pack, q.name, q.question) for q in queries], format)


@query.command("show", epilog="Example: narragraph query show who-accuses-whom --since 2016 --cypher")
@click.argument("name", shell_complete=_complete_query)
@given_option
@filter_options
@fold_option
@click.option("--cypher", "cypher_alone", is_flag=True, help="Only the Cypher, with its :param lines.")
@click.option(
    "--store", "store", envvar=None, metavar="PATH|URL", help="Show the values that this store would be asked with."
)
@pack_option
def show_query(
    name: str,
    given: tuple[str, ...],
    filters: dict[str, str],
    fold: bool,
    cypher_alone: bool,
    store: str | None,
    packs: tuple[Path, ...],
) -> None:
    """One query: its question, parameters, columns, an example, and its Cypher ready for Neo4j Browser."""
    chosen = pack.find(name, _queries(packs))
    job = running.job(chosen, pairs(given), filters)
    if store:
        with StoreChoice(store).open(readonly=True) as opened, opened.view() as view:
            values = dict(runner.ask(view, chosen, job.given, fold=fold).values)
    else:
        values = describe.values_without_store(chosen, job.given)
    text = describe.cypher_text(chosen, values) if cypher_alone else describe.describe_query(chosen, values)
    click.echo(text)


@query.command("run", epilog="Example: narragraph query run who-accuses-whom -p target=Russia --since 2016")
@click.argument("names", nargs=-1, required=True, metavar="NAME...", shell_complete=_complete_query)
@given_option
@filter_options
@fold_option
@click.option(
    "--format", type=click.Choice(FORMATS), help="How the rows are written.  [default: table; csv with --output]"
)
@click.option("--evidence", "sentences", is_flag=True, help="With the sentences, and where they stand.")
@click.option("--cite", "footnotes", is_flag=True, help="With the sentences as footnotes (table and markdown).")
@click.option(
    "--chart", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Draw the rows, as .png or .svg."
)
@click.option(
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Into a folder, as files that have the same names every time.",
)
@click.option(
    "--new-since",
    metavar="DATE|PATH",
    help="Only rows that came, went or changed: since documents loaded on that day, or an earlier output.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300,
    show_default=True,
    help="Stop each query after so many seconds.",
)
@store_option
@pack_option
@fail_if_empty_option
def run_query(
    names: tuple[str, ...],
    given: tuple[str, ...],
    filters: dict[str, str],
    fold: bool,
    format: str | None,
    sentences: bool,
    footnotes: bool,
    chart: Path | None,
    folder: Path | None,
    new_since: str | None,
    timeout: float | None,
    store: StoreChoice,
    packs: tuple[Path, ...],
    fail_if_empty: bool,
) -> int:
    """Run canned queries: one, or with --output several; PACK/ names all of a pack that need no parameter."""
    jobs = running.jobs(names, pairs(given), filters, _queries(packs), _tell)
    form = Form(format or ("csv" if folder else "table"), sentences, footnotes, chart, timeout)
    if folder is None:
        if len(jobs) != 1:
            raise UsageError("Several queries need a folder to write to.", hint="--output DIR names one.")
        form.check(jobs[0].query)
    else:
        for job in jobs:
            replace(form, chart=None).check(job.query)
        folder.mkdir(parents=True, exist_ok=True)
    if new_since and (sentences or footnotes or chart):
        raise UsageError("--new-since gives rows alone, without --evidence, --cite or --chart.")
    with store.open(readonly=True) as opened, opened.view() as view:
        status = running.run(view, running.Plan(jobs, form, _tell, open_output, fold, folder, new_since))
    return status if status != 4 or fail_if_empty else 0


@query.command("keep", epilog="Example: narragraph query keep communities")
@click.argument("name")
@given_option
@filter_options
@fold_option
@store_option
@pack_option
def keep_query(
    name: str,
    given: tuple[str, ...],
    filters: dict[str, str],
    fold: bool,
    store: StoreChoice,
    packs: tuple[Path, ...],
) -> None:
    """Write what a network query computes into the store, as properties of nodes; documents remove takes it back."""
    from narragraph.queries import keeping

    job = running.job(pack.find(name, _queries(packs)), pairs(given), filters)
    with store.open() as opened:
        with opened.view() as view:
            rows = runner.run(view, job.query, {"limit": "1000000", **job.given}, fold=fold).rows
        kept = keeping.keep(opened, job.query, rows)
    click.echo(f"Kept for {kept} nodes; narragraph documents remove {job.query.title!r} takes it back.", err=True)


@query.command("check", epilog="Example: narragraph query check my-queries/ --store bolt://localhost:7687")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[DIR]...")
@pack_option
@click.option(
    "--store",
    "stores",
    multiple=True,
    metavar="PATH|URL",
    help="Let this store plan the queries, without running them.  [default: an empty one, made for it]",
)
@format_option
def check_queries(folders: tuple[Path, ...], packs: tuple[Path, ...], stores: tuple[str, ...], format: str) -> int:
    """Whether queries of your own are right: header, columns, parameters, that they only read, and their Cypher.

    Checks the folders named, those of --pack and of NARRAGRAPH_PACKS; without any, the queries that come with the
    program. Exit status 1 where there are faults.
    """
    from narragraph.queries import check

    chosen = pack.own_folders([*folders, *packs]) or [pack.BUILT_IN]
    with contextlib.ExitStack() as stack:
        faults, count = check.check(chosen, _planners(stack, stores))
    write_rows(check.COLUMNS, [fault.row for fault in faults], format)
    click.echo(f"{count} queries checked, {len(faults)} faults", err=True)
    return 1 if faults else 0


def _planners(stack: contextlib.ExitStack, stores: Sequence[str]) -> dict[str, View]:
    """Views that can plan queries, by names of stores; an empty store where none is named and one can be had."""
    if stores:
        return {
            url: stack.enter_context(stack.enter_context(StoreChoice(url).open(readonly=True)).view()) for url in stores
        }
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    try:
        made = stack.enter_context(StoreChoice(str(folder / "store")).open(create=True))
    except StoreUnavailable as error:
        click.echo(f"Syntax is not checked: {error} --store names one that can.", err=True)
        return {}
    return {"syntax": stack.enter_context(made.view())}


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


def _tell(message: str) -> None:
    click.echo(printable(message), err=True)


def _status(found: Sequence[object], fail_if_empty: bool) -> int:
    """Exit status of a command that looked for something."""
    return 4 if fail_if_empty and not found else 0
