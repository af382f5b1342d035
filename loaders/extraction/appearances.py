"""What a case reviews: the pages and broadcasts, each an appearance in one outlet, that its metadata name."""

from __future__ import annotations

from narragraph.graph.model import Node, Value, document_id
from narragraph.loaders.extraction.analysis import Analysis, Case, Span
from narragraph.loaders.extraction.carriers import Carrier, carriers_in
from narragraph.loaders.extraction.edges import add_edge, block_at
from narragraph.loaders.extraction.layout import Metadata
from narragraph.loaders.extraction.stated import stated_date, stated_url
from narragraph.ontology.lexicon import load_lexicon


def find_appearances(analysis: Analysis, ident: str, case: Case) -> None:
    """Add an appearance for each outlet that a case names, or one for its address where it names none."""
    stated = case.metadata
    if "outlet" not in stated and "url" not in stated:
        return
    value, span = stated.get("outlet") or stated["url"]
    carriers: list[Carrier | None] = [*carriers_in(analysis, value, span[0])] if "outlet" in stated else []
    url = stated_url(stated)
    for number, carrier in enumerate(carriers or [None] * bool(url)):
        own = url if not number else None  # an address is of one page: the first that is named
        later = f"-{number + 1}" if number else ""
        key = own or f"{analysis.nodes[ident].properties['source_key']}#appearance{later}"
        appearance = _add_appearance(analysis, ident, stated, key, own)
        line = block_at(analysis, span[0])
        trigger = carrier.span if carrier else span
        add_edge(
            analysis, "REVIEWS", ident, appearance, line, rule="metadata.outlet", basis="metadata", trigger=trigger
        )
        if carrier:
            _publish(analysis, carrier, appearance, line)


def _add_appearance(analysis: Analysis, ident: str, stated: Metadata, key: str, url: str | None) -> str:
    appearance = document_id(key)
    language = stated.get("languages", ("", None))[0].partition(",")[0].strip().lower()
    known: dict[str, Value | None] = {
        "title": analysis.nodes[ident].name, "source_key": key, "genre": "appearance", "url": url,
        "published": stated_date(stated), "language": load_lexicon("languages")["names"].get(language),
    }  # fmt: skip
    properties = {name: value for name, value in known.items() if value is not None}
    analysis.nodes[appearance] = Node(appearance, "Document", analysis.nodes[ident].name, properties=properties)
    return appearance


def _publish(analysis: Analysis, carrier: Carrier, appearance: str, line: Span) -> None:
    as_read = analysis.text[carrier.span[0] : carrier.span[1]]
    programme = analysis.entities[carrier.programme].name if carrier.programme else None
    add_edge(
        analysis, "PUBLISHED", carrier.outlet, appearance, line, rule="metadata.outlet", basis="metadata",
        trigger=carrier.span, source_as_read=as_read, programme=programme, time=carrier.time,
    )  # fmt: skip
    if carrier.programme:
        add_edge(
            analysis, "PART_OF", carrier.programme, carrier.outlet, line, rule="metadata.outlet", basis="metadata",
            trigger=carrier.span, source_as_read=as_read,
        )  # fmt: skip
