"""Narratives: the known storylines that claims express, those that a disproof names, and what claims are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from narragraph.graph.model import Node, Value, slug
from narragraph.loaders.extraction.analysis import Analysis, Sentence, Span
from narragraph.loaders.extraction.edges import add_edge, bare_span, document_at, sentence_at
from narragraph.loaders.extraction.outlets import mentions_in
from narragraph.loaders.extraction.sections import Section, media_of, sections_of, sentences_of
from narragraph.ontology.lexicon import load_lexicon
from narragraph.ontology.narratives import Narrative, load_narratives

_PRO = re.compile(r"\b[Pp]ro-([A-Z]\w+)")
_LONGEST_NAME = 120  # characters of a narrative's name that is taken from a text


def find_narratives(analysis: Analysis) -> None:
    """Add EXPRESSES and ABOUT edges of claims, and DEBUNKS and AMPLIFIES edges to narratives that a disproof names."""
    opposing, happenings = _opposing(analysis), _happenings(analysis)
    for node in list(analysis.nodes.values()):
        if node.type == "Claim":
            if node.id not in opposing:
                _express(analysis, node)
            _tell_topics(analysis, node, happenings)
    for section in sections_of(analysis):
        _disproved_narratives(analysis, section)


def _opposing(analysis: Analysis) -> set[str]:
    """Ids of the claims that speak against another one: facts set beside a lie, denials in the denier's own words."""
    opposing = {edge.source for edge in analysis.edges if edge.type == "COUNTERS"}
    opposing |= {edge.target for edge in analysis.edges if edge.properties.get("manner") == "own words"}
    disputed = {
        edge.target for edge in analysis.edges
        if edge.type in ("DEBUNKS", "DENIES", "COUNTERS") and edge.properties.get("manner") != "own words"
    }  # fmt: skip
    return opposing - disputed


def _express(analysis: Analysis, claim: Node) -> None:
    start, end = _place(claim)
    sentence = sentence_at(analysis, start)
    for narrative, match in load_narratives().find(analysis.text[start:end]):
        trigger = (start + match.start(), start + match.end())
        _add_known(analysis, narrative, sentence)
        add_edge(analysis, "EXPRESSES", claim.id, narrative.id, sentence, rule="narrative.pattern", trigger=trigger)


def _place(claim: Node) -> Span:
    return int(str(claim.properties["start"])), int(str(claim.properties["end"]))


def _happenings(analysis: Analysis) -> dict[Span, str]:
    """The words that speak of an event, and its id."""
    places: dict[tuple[str, str], set[Span]] = analysis.layers.get("places", {})
    events = {node.id for node in analysis.nodes.values() if node.type == "Event"}
    return {span: node for (_, node), spans in sorted(places.items()) if node in events for span in sorted(spans)}


def _tell_topics(analysis: Analysis, claim: Node, happenings: Mapping[Span, str]) -> None:
    start, end = _place(claim)
    sentence = sentence_at(analysis, start)
    for entity, span in {
        mention.entity: (mention.start, mention.end) for mention in mentions_in(analysis, start, end)
    }.items():
        add_edge(
            analysis, "ABOUT", claim.id, entity, sentence, rule="about.mention", trigger=span, basis="derived",
            method="the claim mentions it",
        )  # fmt: skip
    for span, event in happenings.items():
        if start <= span[0] and span[1] <= end:
            add_edge(
                analysis, "ABOUT", claim.id, event, sentence, rule="about.event", trigger=span, basis="derived",
                method="the claim speaks of it",
            )  # fmt: skip


def _add_known(analysis: Analysis, narrative: Narrative, sentence: Span) -> None:
    """Add a narrative that a sentence tells, and the wider ones that the scheme has it in."""
    properties: dict[str, Value] = {"status": "known", "definition": narrative.definition}
    analysis.nodes.setdefault(
        narrative.id, Node(narrative.id, "Narrative", narrative.label, narrative.alt_labels, properties)
    )
    if narrative.broader:
        wider = load_narratives().by_id[narrative.broader]
        _add_known(analysis, wider, sentence)
        add_edge(
            analysis, "PART_OF", narrative.id, wider.id, sentence, rule="reference.narratives", confidence=1.0,
            basis="reference",
        )  # fmt: skip


def _disproved_narratives(analysis: Analysis, section: Section) -> None:
    """What "this is a recurring pro-X narrative about …" names is disputed by the document and spread by X's media."""
    for sentence in sentences_of(analysis, section.disproof):
        for narrative, trigger in _named_narratives(analysis, sentence):
            span = (sentence.start, sentence.end)
            document = document_at(analysis, sentence.start)
            add_edge(analysis, "DEBUNKS", document, narrative, span, rule="named.narrative", trigger=trigger)
            if spreader := _spread_by(analysis, sentence.start, trigger[1]):
                add_edge(
                    analysis,
                    "AMPLIFIES",
                    spreader,
                    narrative,
                    span,
                    rule="named.narrative",
                    trigger=trigger,
                )


def _spread_by(analysis: Analysis, start: int, end: int) -> str | None:
    """Id of the media that the words between two offsets say spread it: "a recurring pro-X narrative"."""
    match = _PRO.search(analysis.text, start, end)
    return media_of(analysis, match[1], match.span()) if match else None


def _named_narratives(analysis: Analysis, sentence: Sentence) -> Iterator[tuple[str, Span]]:
    """Ids of the narratives that a sentence names as such: known ones, else a candidate in the text's own words."""
    naming = _naming().search(analysis.text, sentence.start, sentence.end)
    if naming is None:
        return
    start, end = bare_span(analysis.text, (naming.end(), sentence.end))
    known = [narrative for narrative, _ in load_narratives().find(analysis.text[start:end])]
    for narrative in known:
        _add_known(analysis, narrative, (sentence.start, sentence.end))
        yield narrative.id, naming.span()
    name = " ".join(analysis.text[start:end].split())
    if not known and len(name) > 8:
        if len(name) > _LONGEST_NAME:
            name = name[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"
        node = Node(f"narrative:{slug(name)}", "Narrative", name, properties={"status": "candidate"})
        analysis.nodes.setdefault(node.id, node)
        yield node.id, naming.span()


@cache
def _naming() -> re.Pattern[str]:
    words = load_lexicon("structure")
    nouns, links = "|".join(words["narrative_nouns"]), "|".join(words["narrative_links"])
    return re.compile(rf"\b(?:{nouns})\b[ ,]+(?:{links})\b", re.IGNORECASE)
