"""The part of the command line that looks after stores: store info, check, upgrade, copy."""

from __future__ import annotations

import dataclasses
import json
import sys

import click

from narragraph.cli import StoreChoice, format_option, printable, store_option, wait_option
from narragraph.graph import copying
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.stores import examine_store, upgrade_store

INFO_COLUMNS = ("what", "name", "value")
FINDING_COLUMNS = ("part", "state", "words")


@click.group(epilog="Example: narragraph store check --store bolt://localhost:7687")
def store() -> None:
    """What a store is and how it fares; copies from one to another."""


@store.command(epilog="Example: narragraph store info --format json")
@store_option
@format_option
def info(store: StoreChoice, format: str) -> None:
    """Kind, format, counts, constraints and indexes, size on disk, and which version of narragraph wrote."""
    with store.open(readonly=True) as opened, opened.view() as view:
        details = opened.details()
        nodes, edges = view.counts()
    about = {"store": opened.url, "kind": opened.kind, "format": details.format, "bytes": details.size}
    if format == "json":
        whole = {**about, "nodes": nodes, "edges": edges, "written_by": dict(details.programs)}
        schema = [dataclasses.asdict(part) for part in details.schema]
        click.echo(json.dumps({**whole, "schema": schema}, ensure_ascii=False, indent=2))
        return
    rows: list[tuple[str, str, object]] = [("store", name, value) for name, value in about.items()]
    for what, counts in (("documents written by", details.programs), ("nodes", nodes), ("edges", edges)):
        rows += [(what, name, count) for name, count in counts.items()]
    rows += [(part.kind, part.name, f"{part.on}, {part.state}") for part in details.schema]
    write_rows(INFO_COLUMNS, rows, format)


@store.command(epilog="Example: narragraph store check --store neo4j+s://example.org")
@store_option
@format_option
def check(store: StoreChoice, format: str) -> int:
    """What is wrong with a store or the way to it, step by step and in plain words.

    The exit status is 3 where anything keeps it from being used.
    """
    findings = list(examine_store(store.url))
    rows = [(finding.part, finding.state.value, finding.words) for finding in findings]
    write_rows(FINDING_COLUMNS, rows, format)
    return 3 if any(state == "wrong" for _, state, _ in rows) else 0


@store.command(epilog="Example: narragraph store upgrade --store ./case")
@store_option
def upgrade(store: StoreChoice) -> None:
    """Bring a store that an older version made to the format that this one reads and writes."""
    before, now = upgrade_store(store.url, wait=store.wait)
    told = f"brought from format {before} to {now}" if before < now else f"up to date already: it has format {now}"
    click.echo(printable(f"{store.url} is {told}."), err=True)


@store.command(epilog="Example: narragraph store copy ./narragraph-store bolt://localhost:7687")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--overwrite", is_flag=True, help="Replace and remove what TO holds beyond FROM.")
@wait_option
@format_option
def copy(source: str, target: str, overwrite: bool, wait: float, format: str) -> int:
    """Copy a graph from one store to another, and compare both record by record.

    A copy that was broken off goes on where it stopped. The exit status is 1 where both differ afterwards.
    """
    with (
        StoreChoice(source, wait).open(readonly=True) as whence,
        StoreChoice(target, wait).open(create=True) as whither,
    ):
        done = copying.copy(whence, whither, overwrite=overwrite, report=_report if sys.stderr.isatty() else None)
    if done.differences:
        write_rows(copying.DIFFERENCE_COLUMNS, done.differences, format)
    same = f"{done.nodes} nodes and {done.edges} edges are the same in both"
    counts = f"{done.copied} documents copied, {done.already} were there already, {done.removed} removed"
    click.echo(printable(f"{counts}; {same}; differences: {len(done.differences)}"), err=True)
    return 1 if done.differences else 0


def _report(done: copying.Copied) -> None:
    click.echo(f"\r{done.copied} documents copied", err=True, nl=False)
