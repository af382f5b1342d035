"""The part of the command line that looks at the whole graph: export, stats, check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from narragraph.cli import StoreChoice, collection_option, format_option, open_output, printable, store_option
from narragraph.errors import InputError, NothingFound, UsageError
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.scope import scoped

if TYPE_CHECKING:
    from narragraph.graph.check import CheckResult
    from narragraph.graph.stores.base import View
    from narragraph.graph.subgraph import Subgraph

FAULT_COLUMNS = ("id", "type", "document", "reason")


@click.group(epilog="Example: narragraph export html graph.html")
def export() -> None:
    """The graph as an HTML page or as records."""


@export.command(epilog="Example: narragraph export html graph.html --around Kazakhstan --depth 2")
@click.argument("out")
@click.option(
    "--around", "centres", multiple=True, metavar="NAME", help="Only this one and what is near it (repeatable)."
)
@click.option("--depth", type=click.IntRange(min=1), default=1, show_default=True, help="How many steps count as near.")
@click.option("--query", "question", metavar="NAME", help="Only what the rows of this canned query name.")
@click.option("-p", "given", multiple=True, metavar="KEY=VALUE", help="A parameter of that query (repeatable).")
@click.option("--title", help="Heading of the page.")
@click.option("--theme", type=click.Choice(["auto", "light", "dark"]), default="auto", show_default=True)
@collection_option
@store_option
def html(
    out: str,
    centres: tuple[str, ...],
    depth: int,
    question: str | None,
    given: tuple[str, ...],
    title: str | None,
    theme: str,
    collection: str | None,
    store: StoreChoice,
) -> None:
    """One page that opens offline in any browser; every line opens its sentences.

    OUT is a file, or - for standard output.
    """
    from narragraph.graph.page.page import write_page

    if centres and question:
        raise UsageError("--around and --query cannot be used together.")
    if given and not question:
        raise UsageError("-p gives a parameter to a query; name one with --query.")
    with store.open(readonly=True) as opened, opened.view() as view:
        subgraph = _chosen(scoped(view, collection), centres, depth, question, given)
    heading = title or " · ".join(centres) or collection or (_title(question) if question else "What the documents say")
    with open_output(out) as file:
        page = write_page(subgraph, file, title=heading, theme=theme)
    click.echo(
        f"{page.nodes} names, {page.links} links and {page.evidence} sentences from {opened.url} ({opened.kind}), "
        f"{page.size / 1e6:.1f} MB",
        err=True,
    )


def _title(question: str) -> str:
    from narragraph.queries import pack

    return pack.find(question, pack.load_packs()).title


def _chosen(view: View, centres: tuple[str, ...], depth: int, question: str | None, given: tuple[str, ...]) -> Subgraph:
    """The part of the graph that the options of ``export html`` ask for."""
    from narragraph.graph import subgraph
    from narragraph.queries import pack, runner
    from narragraph.queries.exploring import names
    from narragraph.queries.parameters import pairs

    if centres:
        ids: list[str] = []
        for centre in centres:
            match = names.resolve(view, centre)
            if match is None:
                raise NothingFound(f"nothing in the store is named {centre!r} or spelt nearly so.")
            ids += names.folded(view, match)
        return subgraph.around(view, ids, depth)
    if question:
        rows = runner.run(view, pack.find(question, pack.load_packs()), pairs(given)).rows.rows
        if not rows:
            raise NothingFound(f"query {question} has no rows, so there is nothing to show.")
        values = [part for row in rows for value in row for part in (value if isinstance(value, list) else [value])]
        return subgraph.named(view, {value for value in values if isinstance(value, str)})
    return subgraph.whole(view)


@export.command(epilog="Example: narragraph export jsonl graph.jsonl")
@click.argument("out")
@collection_option
@store_option
def jsonl(out: str, collection: str | None, store: StoreChoice) -> None:
    """All nodes and edges as records, sorted: narragraph load takes them, and equal graphs give equal files.

    OUT is a file, or - for standard output.
    """
    from narragraph.graph.formats.jsonl import write_jsonl

    with store.open(readonly=True) as opened, opened.view() as view, open_output(out) as file:
        count = write_jsonl(scoped(view, collection), file)
    click.echo(f"{count} records from {opened.url} ({opened.kind})", err=True)


@click.command(epilog="Example: narragraph stats --format json")
@collection_option
@store_option
@format_option
def stats(collection: str | None, store: StoreChoice, format: str) -> None:
    """Nodes and edges by type."""
    with store.open(readonly=True) as opened, opened.view() as view:
        nodes, edges = scoped(view, collection).counts()
    if format == "json":
        whole = {"store": opened.url, "kind": opened.kind, "nodes": nodes, "edges": edges}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        rows = [("node", *item) for item in nodes.items()] + [("edge", *item) for item in edges.items()]
        write_rows(("record", "type", "count"), rows, format)


@click.command(epilog="Example: narragraph check --store ./case")
@click.argument("files", nargs=-1, metavar="[RECORDS...]")
@store_option
@format_option
def check(files: tuple[str, ...], store: StoreChoice, format: str) -> int:
    """Read every edge's sentence back against the text that it is said to stand in.

    Looks at the store, or at files of records before they are loaded (- for standard input). The exit status is 1 where
    anything is not as it says.
    """
    from narragraph.graph.check import check_view

    errors: list[InputError] = []
    if files:
        result, where = _check_records(files, errors), ", ".join(files)
    else:
        with store.open(readonly=True) as opened, opened.view() as view:
            result, where = check_view(view), f"{opened.url} ({opened.kind})"
    rows = [("", "", "", str(error)) for error in errors]
    rows += [(fault.id, fault.type, fault.document, fault.reason) for fault in result.faults]
    if rows or format != "table":
        write_rows(FAULT_COLUMNS, rows, format)
    click.echo(f"{result.edges} edges read back in {where}; faults: {len(rows)}", err=True)
    return 1 if rows else 0


def _check_records(files: tuple[str, ...], errors: list[InputError]) -> CheckResult:
    from narragraph.graph.bundles import check_records
    from narragraph.loaders import sources
    from narragraph.loaders.readers.files import find

    report = errors.append
    found = find(files, report)
    return check_records(
        record for source in sources(found, on_error=report, on_warning=_to_stderr) for record in source.records
    )


def _to_stderr(message: str) -> None:
    click.echo(printable(message), err=True)
