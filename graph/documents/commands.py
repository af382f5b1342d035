"""The part of the command line that looks after documents: what is loaded, taking it away, reading it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from narragraph.cli import (
    StoreChoice,
    collection_option,
    fail_if_empty_option,
    format_option,
    own_option,
    printable,
    store_option,
)
from narragraph.errors import UsageError
from narragraph.graph.formats.rows import write_rows
from narragraph.graph.scope import scoped

if TYPE_CHECKING:
    from narragraph.graph.documents import Profile
    from narragraph.graph.stores.base import Bundle
    from narragraph.loaders.additions import Additions
    from narragraph.loaders.rereading import Reread

DIFFERENCE_COLUMNS = ("document", "title", "change", "relation", "source", "target", "sentence")
COPY_COLUMNS = ("copy", "title", "original", "original_title", "share")
OUTDATED_COLUMNS = ("id", "title", "read_by", "gained", "lost")


@click.group(epilog="Example: narragraph documents list --genre case")
def documents() -> None:
    """The documents in the store: list, show, remove, read again."""


@documents.command(name="list", epilog="Example: narragraph documents list --genre fact-check --format csv")
@collection_option
@click.option("--genre", metavar="GENRE", help="Only these: news, opinion, fact-check, case, report, post.")
@click.option("--language", metavar="CODE", help="Only those in this language, as in en.")
@store_option
@format_option
@fail_if_empty_option
def list_documents(
    collection: str | None,
    genre: str | None,
    language: str | None,
    store: StoreChoice,
    format: str,
    fail_if_empty: bool,
) -> int:
    """Every document that was loaded itself, by date, with the number of edges that rest on it."""
    from narragraph.graph.documents import listing

    with store.open(readonly=True) as opened, opened.view() as view:
        scoped(view, collection)  # an unknown name is told
        rows = listing(view, collection=collection, genre=genre, language=language)
    write_rows(rows.columns, rows.rows, format)
    click.echo(f"{len(rows.rows)} documents in {opened.url} ({opened.kind})", err=True)
    return 4 if fail_if_empty and not rows.rows else 0


@documents.command(epilog="Example: narragraph documents show 3f2a9c71 --text")
@click.argument("document")
@click.option("--text", is_flag=True, help="Print the text itself, to which all offsets refer.")
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON.")
@store_option
def show(document: str, text: bool, as_json: bool, store: StoreChoice) -> None:
    """One document: where it comes from, who read it when, what it is made of, and the edges that rest on it.

    DOCUMENT is its id or the beginning of it, its address, path or title.
    """
    from narragraph.graph.documents import find, profile

    with store.open(readonly=True) as opened, opened.view() as view:
        found = profile(view, find(view, document))
    if text and not as_json:
        if found.text is None:
            raise UsageError(f"{found.id} came as records without its text.")
        click.echo(found.text)
    elif as_json:
        click.echo(json.dumps({**vars(found), "text": found.text if text else None}, ensure_ascii=False, indent=2))
    else:
        _write_profile(found)


def _write_profile(found: Profile) -> None:
    lines = {"id": found.id, "title": found.title}
    for name, value in found.properties.items():
        if name in ("told", "given"):  # for reading it again
            continue
        lines.setdefault(name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
    lines["characters"] = str(len(found.text)) if found.text is not None else "no text was kept"
    lines["edges"] = ", ".join(f"{count} {type}" for type, count in found.edges.items()) or "none"
    width = max(map(len, lines))
    for name, shown in lines.items():
        click.echo(printable(f"{name:<{width}}  {shown}"))
    for heading, rows in (
        ("Parts", [f"{id}  {title}" for id, title in found.parts]),
        (
            "Reviews",
            ["  ".join(str(row.get(name) or "") for name in ("id", "outlets", "url")) for row in found.reviewed],
        ),
    ):
        if rows:
            click.echo(f"\n{heading}")
            for row in rows:
                click.echo(printable(f"  {row}"))


@documents.command(epilog="Example: narragraph documents remove articles/harbour.txt")
@click.argument("names", nargs=-1, required=True, metavar="DOCUMENT...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@store_option
def remove(names: tuple[str, ...], yes: bool, store: StoreChoice) -> None:
    """Take documents away with exactly what rests on them alone, as if they had never been loaded.

    DOCUMENT is an id or the beginning of one, an address, a path or a title. What other documents say stays.
    """
    from narragraph.graph.documents import profile, roots

    with store.open() as opened:
        with opened.view() as view:
            chosen = [profile(view, root) for root in roots(view, names)]
        for found in chosen:
            click.echo(printable(f"{found.id}  {found.title}: {sum(found.edges.values())} edges"), err=True)
        if not yes:
            click.confirm(f"Remove {_documents(len(chosen))} from {opened.url}?", abort=True, err=True)
        with opened.writer() as writer:
            removed = sum(writer.remove(found.id) for found in chosen)
    click.echo(f"{_documents(removed)} removed from {opened.url} ({opened.kind})", err=True)


@click.command(epilog="Example: narragraph outdated --show edges --format csv")
@click.option(
    "--show",
    type=click.Choice(["documents", "edges"]),
    default="documents",
    show_default=True,
    help="The documents with the number of edges gained and lost, or each of these edges with its sentence.",
)
@own_option
@store_option
@format_option
def outdated(show: str, own: Additions, store: StoreChoice, format: str) -> None:
    """Documents that today's rules, words and names read otherwise than those that read them, with the difference.

    Only documents with a difference are listed; nothing is changed. narragraph documents reload takes it over.
    """
    from narragraph.loaders.rereading import is_outdated

    older = 0
    rows: list[tuple[object, ...]] = []
    with store.open(readonly=True) as opened, opened.view() as view:
        bundles = (bundle for bundle in view.bundles() if is_outdated(bundle.root, own))
        for again, bundle in _reread(bundles, own, len(view.document_hashes())):
            older += 1
            if show == "edges":
                rows += _differences(again, bundle)
            elif again.gained or again.lost:
                read_by = again.root.properties["extractor"]
                rows.append((again.root.id, again.root.name, read_by, len(again.gained), len(again.lost)))
    write_rows(OUTDATED_COLUMNS if show == "documents" else DIFFERENCE_COLUMNS, rows, format)
    differing = len({row[0] for row in rows})
    click.echo(f"{_documents(older)} read by other rules, {differing} of them with other edges now", err=True)


@documents.command(epilog="Example: narragraph documents reload --outdated")
@click.argument("names", nargs=-1, metavar="[DOCUMENT...]")
@click.option("--outdated", "older", is_flag=True, help="All that other rules, words or names have read.")
@own_option
@store_option
def reload(names: tuple[str, ...], older: bool, own: Additions, store: StoreChoice) -> int:
    """Read the kept texts of documents again and store what they say now. Their files are not needed.

    DOCUMENT is an id or the beginning of one, an address, a path or a title. To read a file that has changed, load it.
    """
    from narragraph.graph.documents import roots
    from narragraph.graph.ingest import Ingestion
    from narragraph.loaders.rereading import is_outdated, is_readable

    if bool(names) == older:
        raise UsageError("Name documents to read again, or give --outdated.")
    with store.open() as opened:
        with opened.view() as view:
            chosen = set(roots(view, names))
            bundles = [b for b in view.bundles() if b.root.id in chosen or (older and is_outdated(b.root, own))]
        kept = [bundle for bundle in bundles if is_readable(bundle.root)]
        for bundle in bundles:
            if bundle not in kept:
                click.echo(printable(f"{bundle.root.id} came as records of others and stays as it is."), err=True)
        with Ingestion(opened, on_error=lambda error: click.echo(printable(f"Error: {error}"), err=True)) as ingestion:
            gained = lost = 0
            for again, _ in _reread(kept, own, len(kept)):
                ingestion.take(again.records, again.root.name)
                gained, lost = gained + len(again.gained), lost + len(again.lost)
    summary = ingestion.summary
    click.echo(
        f"{_documents(len(kept))} read again: {summary.changed} changed, {summary.unchanged} unchanged, "
        f"{summary.failed} failed; {gained} edges gained, {lost} lost",
        err=True,
    )
    return 1 if summary.failures else 0


@documents.command(epilog="Example: narragraph documents copies --link")
@click.option("--min-share", type=click.FloatRange(0.3, 1), default=0.8, show_default=True, help="Of the shorter text.")
@click.option("--link", is_flag=True, help="Keep them in the store, in place of those found before.")
@store_option
@format_option
def copies(min_share: float, link: bool, store: StoreChoice, format: str) -> None:
    """Documents that repeat an earlier one: reprints, syndicated copies, the same case entered twice.

    With --link each is joined to its original (SYNDICATED_FROM), for a copy is no second source.
    """
    from narragraph.graph.documents.copies import bundle, find_copies

    with store.open(readonly=not link) as opened:
        with opened.view() as view:
            found = find_copies(view, least=min_share)
        if link:
            with opened.writer() as writer:
                writer.put(bundle(found))
    rows = [(one.copy, one.copy_title, one.original, one.original_title, one.share) for one in found]
    write_rows(COPY_COLUMNS, rows, format)
    done = "repeat another, and are linked to it" if link else "repeat another; --link keeps that"
    click.echo(f"{_documents(len(found))} {done}", err=True)


def _reread(bundles: Iterable[Bundle], own: Additions, count: int) -> Iterator[tuple[Reread, Bundle]]:
    from rich.console import Console
    from rich.progress import track

    from narragraph.loaders.rereading import reread

    console = Console(stderr=True)
    quiet = not console.is_terminal
    for bundle in track(bundles, "Reading again", total=count, console=console, transient=True, disable=quiet):
        yield reread(bundle.root, bundle.edges, own), bundle


def _differences(again: Reread, bundle: Bundle) -> Iterator[tuple[object, ...]]:
    from narragraph.graph.model import Edge

    names = {node.id: node.name for node in bundle.nodes}
    names |= {record.id: record.name for record in again.records if not isinstance(record, Edge)}
    for change, edges in (("gained", again.gained), ("lost", again.lost)):
        for edge in edges:
            ends = names.get(edge.source, edge.source), names.get(edge.target, edge.target)
            yield again.root.id, again.root.name, change, edge.type, *ends, edge.sentence


def _documents(count: int) -> str:
    return f"{count} document{'' if count == 1 else 's'}"
