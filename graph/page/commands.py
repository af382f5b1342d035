"""``narragraph export html``: which part of the graph a page shows, and what is kept off it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from narragraph.cli import StoreChoice, collection_option, open_output, store_option
from narragraph.errors import NothingFound, UsageError
from narragraph.graph.scope import scoped

if TYPE_CHECKING:
    from narragraph.graph.excerpts import DocumentText
    from narragraph.graph.redaction import Redaction
    from narragraph.graph.stores.base import View
    from narragraph.graph.subgraph import Subgraph

MOST = 20_000  # names that a page holds unless more are asked for: a browser shows them within seconds


@dataclass(frozen=True)
class _Part:
    """What the page shows: a part of the graph, its heading, and the text to stand beside it."""

    subgraph: Subgraph
    title: str
    text: DocumentText | None = None


@click.command(
    epilog="""\b
Example: narragraph export html graph.html --around Kazakhstan --depth 2
         narragraph export html article.html --document 3f2a9c71 --redact "Anna Kowalska"
         narragraph export html two.html --compare Russia "United States" --min-confidence 0.8"""
)
@click.argument("out")
@click.option(
    "--around", "centres", multiple=True, metavar="NAME", help="Only this one and what is near it (repeatable)."
)
@click.option("--depth", type=click.IntRange(min=1), help="How many steps from --around count as near.  [default: 1]")
@click.option("--query", "question", metavar="NAME", help="Only what the rows of this canned query name.")
@click.option("-p", "given", multiple=True, metavar="KEY=VALUE", help="A parameter of that query (repeatable).")
@click.option("--narrative", metavar="NAME", help="Only who tells, denies or disputes this narrative, and its claims.")
@click.option("--document", metavar="NAME", help="Only what this document says, with its text beside the graph.")
@click.option("--compare", nargs=2, metavar="A B", help="Only two, what they say of each other, and what both touch.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), metavar="SHARE",
    help="Readings less sure are hidden when the page opens; its slider brings them.  [default: 0.6]",
)  # fmt: skip
@click.option(
    "--redact", "private", multiple=True, metavar="NAME",
    help="Mask this private person's name (repeatable) in names, sentences, texts, addresses and ids: none is left.",
)  # fmt: skip
@click.option(
    "--most", type=click.IntRange(min=0), default=MOST, show_default=True,
    help="At most so many names, the most connected; 0 for all.",
)  # fmt: skip
@click.option("--title", help="Heading of the page.")
@click.option("--theme", type=click.Choice(["auto", "light", "dark"]), default="auto", show_default=True)
@collection_option
@store_option
def html(
    out: str,
    centres: tuple[str, ...],
    depth: int | None,
    question: str | None,
    given: tuple[str, ...],
    narrative: str | None,
    document: str | None,
    compare: tuple[str, str] | None,
    min_confidence: float | None,
    private: tuple[str, ...],
    most: int,
    title: str | None,
    theme: str,
    collection: str | None,
    store: StoreChoice,
) -> None:
    """One page that opens offline in any browser; every line opens its sentences.

    OUT is a file, or - for standard output. Names that documents only mention are counted on the page, not drawn.
    """
    from narragraph.graph.excerpts import most_connected
    from narragraph.graph.page.page import write_page
    from narragraph.graph.page.payload import SHOWN_FROM

    ways: dict[str, Callable[[View], _Part]] = {}
    if centres:
        ways["--around"] = lambda view: _around(view, centres, depth or 1)
    if question:
        ways["--query"] = lambda view: _answer(view, question, given)
    if narrative:
        ways["--narrative"] = lambda view: _narrative(view, narrative)
    if document:
        ways["--document"] = lambda view: _document(view, document)
    if compare:
        ways["--compare"] = lambda view: _compared(view, *compare)
    if len(ways) > 1:
        raise UsageError(f"{' and '.join(ways)} cannot be used together: each chooses what the page shows.")
    if given and not question:
        raise UsageError("-p gives a parameter to a query; name one with --query.")
    if depth and not centres:
        raise UsageError("--depth tells how far --around reaches; name a centre with --around.")
    choose = next(iter(ways.values()), _everything)
    with store.open(readonly=True) as opened, opened.view() as whole:
        view = scoped(whole, collection)
        part = choose(view)
        redaction = _redaction(whole, private)
    shown = most_connected(part.subgraph, most) if most else part.subgraph
    heading, text = title or (collection if collection and not ways else part.title), part.text
    missing = _left_out(part.subgraph, shown)
    if redaction:
        shown, text = redaction.subgraph(shown, text)
        heading = redaction.text(heading)
    with open_output(out) as file:
        least = SHOWN_FROM if min_confidence is None else min_confidence
        page = write_page(shown, file, title=heading, theme=theme, text=text, shown_from=least)
    click.echo(
        f"{page.nodes} names, {page.links} links and {page.evidence} sentences from {opened.url} ({opened.kind}), "
        f"{page.size / 1e6:.1f} MB",
        err=True,
    )
    if missing:
        click.echo(missing, err=True)


def _left_out(whole: Subgraph, shown: Subgraph) -> str:
    """What a page of the most connected names does not hold, and how to get it; empty where it holds all."""
    names, sentences = len(whole.nodes) - len(shown.nodes), len(whole.edges) - len(shown.edges)
    if not names:
        return ""
    return (
        f"Left out: {names:,} of {len(whole.nodes):,} names, those with the fewest links, and {sentences:,} sentences "
        "that join them. --most 0 writes all into the page; --around, --narrative, --document, --query or --collection "
        "writes a part."
    )


def _everything(view: View) -> _Part:
    from narragraph.graph import subgraph

    return _Part(subgraph.whole(view), "What the documents say")


def _around(view: View, centres: Sequence[str], depth: int) -> _Part:
    from narragraph.graph import subgraph
    from narragraph.queries.exploring import names

    ids = [ident for centre in centres for ident in names.folded(view, names.meant(view, centre))]
    return _Part(subgraph.around(view, ids, depth), " · ".join(centres))


def _answer(view: View, question: str, given: Sequence[str]) -> _Part:
    from narragraph.graph import subgraph
    from narragraph.queries import pack, runner
    from narragraph.queries.parameters import pairs

    query = pack.find(question, pack.load_packs())
    rows = runner.run(view, query, pairs(given)).rows.rows
    if not rows:
        raise NothingFound(f"query {question} has no rows, so there is nothing to show.")
    values = [part for row in rows for value in row for part in (value if isinstance(value, list) else [value])]
    return _Part(subgraph.named(view, {value for value in values if isinstance(value, str)}), query.title)


def _narrative(view: View, name: str) -> _Part:
    from narragraph.graph.excerpts import of_narrative
    from narragraph.queries.exploring import names

    fitting = [match for match in names.find(view, name) if match.type == "Narrative"]
    if not fitting:
        raise NothingFound(
            f"no narrative in the store is named {name!r} or spelt nearly so.",
            hint="narragraph query run narratives-by-size lists them.",
        )
    narrative = names.meant(view, fitting[0].id)
    return _Part(of_narrative(view, names.folded(view, narrative)), narrative.name)


def _document(view: View, name: str) -> _Part:
    from narragraph.graph import documents
    from narragraph.graph.excerpts import of_document
    from narragraph.queries.exploring import names

    parts = [match for match in names.find(view, name) if match.type == "Document" and match.how in ("id", "name")]
    ident = parts[0].id if len(parts) == 1 else documents.find(view, name)  # a case of a file has a text of its own
    subgraph, text = of_document(view, ident)
    if text is None:
        click.echo(f"{ident} came without its text, so the page shows its graph alone.", err=True)
    known = {**subgraph.context, **{node.id: node for node in subgraph.nodes}}
    return _Part(subgraph, known[ident].name if ident in known else name, text)


def _compared(view: View, one: str, other: str) -> _Part:
    from narragraph.graph.excerpts import between
    from narragraph.queries.exploring import names

    first, second = names.meant(view, one), names.meant(view, other)
    if first.id == second.id:
        raise UsageError(f"{one!r} and {other!r} are the same: {first}.")
    found = between(view, names.folded(view, first), names.folded(view, second))
    if not found.edges:
        raise NothingFound(f"No sentence joins {first.name} and {second.name}, and nothing is touched by both.")
    return _Part(found, f"{first.name} and {second.name}")


def _redaction(view: View, private: Sequence[str]) -> Redaction | None:
    """Masks for the names, taken from the whole store: a collection may hold only some forms of a name."""
    from narragraph.graph.redaction import Redaction, withheld
    from narragraph.queries.exploring import names

    if not private:
        return None
    meant = {}
    for name in private:
        match = names.resolve(view, name)
        meant[name] = names.folded(view, match) if match else []
    people = withheld(meant, view.nodes(), view.edges())
    redaction = Redaction(people)
    unknown = [name for name in private if not meant[name]]
    texts = [str(node.properties.get("text") or node.name) for node in view.nodes()] if unknown else []
    for name in unknown:
        if not any(map(Redaction([person for person in people if name in person.forms]).touches, texts)):
            raise NothingFound(f"nothing in the store is named {name!r}, and no document holds it: nothing to redact.")
    return redaction
