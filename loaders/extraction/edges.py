"""How stages put edges and claims into the analysis, so that every one carries its sentence, rule and confidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from functools import cache

from narragraph.errors import OntologyError
from narragraph.graph.model import Edge, Node, Value, claim_id, edge_id
from narragraph.loaders.extraction.analysis import Analysis, Block, Sentence, Span, Token
from narragraph.ontology.lexicon import load_lexicon

_QUOTE_PAIRS = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}
_OPENING = re.compile(  # no part of what is claimed
    r"[\s,;:.–—-]*(?:(?:that|of|in fact|indeed|however|moreover|actually|also|and|but)\b[,\s]+(?=\S))*", re.IGNORECASE
)
_SLASHED = 60  # characters of words before a slash
_BARE_NOUN = 4  # words of a claim without a verb that means something else in every document: "the theft"
_LEANING = re.compile(
    r"\b(?:i|we|you|he|she|it|they|his|her|its|their|our|my|your|him|them|this|these|those|here|there|now|today|tomorrow"
    r"|yesterday|tonight|(?:last|next|this) (?:day|night|week|month|year|summer|winter|spring|autumn)"
    r"|the (?:country|government|president|ministry|company|party|group|region|city|capital|latter|former|attack"
    r"|allegations?))\b",
    re.IGNORECASE,
)


def document_at(analysis: Analysis, offset: int) -> str:
    """Id of the Document that stands at an offset: the case there, else the file.

    Reads the layer ``documents``, which the stage ``metadata`` fills: (start, id) of every stretch, in order.
    """
    stretches: list[tuple[int, str]] = analysis.layers["documents"]
    return stretches[bisect_right(stretches, offset, key=_start) - 1][1]


def _start(stretch: tuple[int, str]) -> int:
    return stretch[0]


def sentence_at(analysis: Analysis, offset: int) -> Span:
    """The sentence that holds an offset, else the block there (metadata and silent blocks have no sentences)."""
    at = bisect_right(analysis.sentences, offset, key=_first_character) - 1
    if at >= 0 and offset < analysis.sentences[at].end:
        return analysis.sentences[at].start, analysis.sentences[at].end
    return block_at(analysis, offset)


def block_at(analysis: Analysis, offset: int) -> Span:
    """The block that holds an offset."""
    block = analysis.blocks[bisect_right(analysis.blocks, offset, key=_first_character) - 1]
    return block.start, block.end


def _first_character(part: Sentence | Block | Token) -> int:
    return part.start


def add_edge(
    analysis: Analysis,
    type: str,
    source: str,
    target: str,
    sentence: Span,
    *,
    rule: str,
    confidence: float | None = None,
    trigger: Span | None = None,
    asserted_by: tuple[str, ...] = (),
    claim: str | None = None,
    **properties: Value | None,
) -> Edge:
    """Add one attestation that rests on ``text[start:end]`` of the given span, and return it.

    ``rule`` is "family.name"; without ``confidence`` the edge gets the measured precision of its family. Whoever
    vouches for it follows the document in ``asserted_by``. ``trigger`` is the place of the words that fired.
    """
    start, end = sentence
    document = document_at(analysis, start)
    vouchers = [document, *asserted_by]
    fired = trigger or sentence
    values: dict[str, Value] = {
        "rule": rule, "basis": "sentence", "polarity": "affirmed", "modality": "asserted", "asserted_by": vouchers,
        "trigger": analysis.text[fired[0] : fired[1]], "trigger_start": fired[0], "trigger_end": fired[1],
    }  # fmt: skip
    if claim is not None:
        values["claim"] = claim
    edge = Edge(
        edge_id(type, source, target, document, *fired, vouchers, claim),
        type, source, target, document, analysis.text[start:end], start, end,
        family_confidence(rule) if confidence is None else confidence,
        properties={**values, **{name: value for name, value in properties.items() if value is not None}},
    )  # fmt: skip
    analysis.edges.append(edge)
    return edge


def surest(edges: Iterable[Edge]) -> list[Edge]:
    """One reading of each sentence for each relation of two ends: the surest, and others only for another claim.

    A reading without a claim, or with what another one says in the same role and with the same speakers, adds nothing.
    """
    kept: dict[tuple[object, ...], Edge] = {}
    for edge in sorted(edges, key=_sureness):
        told = tuple(str(edge.properties.get(name)) for name in ("polarity", "modality", "role"))
        place = (edge.type, edge.source, edge.target, edge.document, edge.start, edge.end, *told)
        claim = edge.properties.get("claim")
        if claim is not None or (place, None) not in kept:
            kept.setdefault((place, claim), edge)
            kept.setdefault((place, None), edge)
    return list({edge.id: edge for edge in kept.values()}.values())


def _sureness(edge: Edge) -> tuple[bool, float, int]:
    return edge.properties.get("claim") is None, -edge.confidence, int(str(edge.properties.get("trigger_start", 0)))


@cache
def family_confidence(rule: str) -> float:
    """The measured precision of a rule's family, or the judged one. Raises OntologyError for a family without one."""
    families: dict[str, float] = {**load_lexicon("judged")["families"], **load_lexicon("confidence")["families"]}
    family = rule.partition(".")[0]
    if family not in families:
        raise OntologyError(f"lexicon/confidence.yaml gives no precision for the rule family {family!r}.")
    return families[family]


def add_claim(analysis: Analysis, span: Span) -> str:
    """Add the claim that the span states (without quotation marks, final stop or "that" before it) and return its id.

    The same proposition is one claim wherever it stands; each place is kept for its MENTIONS edge. A span without a
    word makes no claim, and edges that end at its id are left out of the records.
    """
    start, end = bare_span(analysis.text, span)
    if opening := _OPENING.match(analysis.text, start, end):
        start = opening.end()
    start, end = _uncut(analysis, start, end)
    text = " ".join(analysis.text[start:end].split())
    document = document_at(analysis, start)
    ident = claim_id(text, within=document if leans(text) or _is_noun(analysis, start, end) else None)
    if not any(char.isalnum() for char in text):
        return ident
    if ident not in analysis.nodes:
        place: dict[str, Value] = {"text": text, "document": document, "start": start, "end": end}
        if language := analysis.layers.get("language"):
            place["language"] = language
        analysis.nodes[ident] = Node(ident, "Claim", text, properties=place)
    places: dict[tuple[str, str], set[Span]] = analysis.layers.setdefault("places", {})
    places.setdefault((document, ident), set()).add((start, end))
    return ident


def drop_claims(analysis: Analysis, claims: Collection[str]) -> None:
    """Forget claims that turned out to be none, with their places."""
    for ident in claims:
        analysis.nodes.pop(ident, None)
    places: dict[tuple[str, str], set[Span]] = analysis.layers.get("places", {})
    for key in [key for key in places if key[1] in claims]:
        del places[key]


def _uncut(analysis: Analysis, start: int, end: int) -> Span:
    """The span with the rest of the words that a slash cuts ("the US/NATO talks"), without "in order" at its end."""
    text = analysis.text
    first = max(0, start - _SLASHED)
    while first < start < end and (text[start - 1] == "/" or (text[start] == "/" and text[start - 1].isalnum())):
        start -= 1
        while start > first and text[start - 1].isalnum():
            start -= 1
    if text.startswith("/", end):
        at = bisect_left(analysis.tokens, end, key=_first_character)
        for token in analysis.tokens[at : at + 4]:
            if token.text != "/" and not token.tag.startswith("NN"):
                break
            end = token.end
    if text.endswith(" in order", start, end):
        end -= len(" in order")
    return start, end


def _is_noun(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a claim is no more than a noun or two: "sabotage", "any role in it"."""
    if not analysis.tokens:
        return False
    first = bisect_left(analysis.tokens, start, key=_first_character)
    last = bisect_left(analysis.tokens, end, key=_first_character)
    words = analysis.tokens[first:last]
    return len(words) <= 1 or (len(words) <= _BARE_NOUN and not any(word.tag[:2] in ("VB", "MD") for word in words))


def bare_span(text: str, span: Span) -> Span:
    """The span without white space, enclosing quotation marks and final punctuation; never empty unless it was."""
    start, end = span
    while True:
        before = start, end
        while start < end and text[start].isspace():
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
            end -= 1
        closing = _QUOTE_PAIRS.get(text[start]) if start < end else None
        if closing and end - start > 2 and text[end - 1] == closing and closing not in text[start + 1 : end - 1]:
            start, end = start + 1, end - 1
        if (start, end) == before:
            return start, end


def leans(claim: str) -> bool:
    """Whether a claim's words need their document to be understood ("the country", "yesterday", a pronoun)."""
    return _LEANING.search(claim) is not None
