"""The part of the command line that looks at the whole graph: export, stats, check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from narragraph.cli import StoreChoice, collection_option, format_option, open_output, printable, store_option
from narragraph.errors import InputError
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.page.commands import html
from narragraph.graph.scope import scoped

if TYPE_CHECKING:
    from narragraph.graph.check import CheckResult

FAULT_COLUMNS = ("id", "type", "document", "reason")


@click.group(epilog="Example: narragraph export html graph.html")
def export() -> None:
    """The graph as an HTML page or as records."""


export.add_command(html)


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
