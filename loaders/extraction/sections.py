"""Sections of disproof: summaries with what is said against them, and who is said to spread what they say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from narragraph.graph.model import Node, slug
from narragraph.loaders.extraction.analysis import Analysis, Block, NounPhrase, Sentence, Span
from narragraph.loaders.extraction.carriers import carriers_in
from narragraph.loaders.extraction.edges import document_at
from narragraph.loaders.extraction.outlets import known_outlet
from narragraph.loaders.extraction.participants import Participant
from narragraph.ontology.lexicon import load_lexicon

_PRO = re.compile(r"\b[Pp]ro-([A-Z]\w+)\b")
_AFTER_PRO = re.compile(r" (?:disinformation|propaganda|media|outlets|narratives?)")
_THAT = re.compile(r"(?:,\s*|\s+)(?:(?:and|or)\s+)?that\s+")
_CLAIMS_THAT = re.compile(r"\b(?:claims?|allegations?|stories|narratives?|messages?|cases?)\s+that\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{15,300})[\"”»]")


@dataclass
class Section:
    """A summary with its disproof: a case, or the parts of a fact-check."""

    case: int | None  # index into Analysis.cases
    title: Block | None = None
    summary: list[Block] = field(default_factory=list)
    disproof: list[Block] = field(default_factory=list)
    examples: list[Block] = field(default_factory=list)
    spreader: Participant | None = None  # who spreads what the summary says, where the section tells

    @property
    def stated(self) -> list[Block]:
        """What is disputed: title and summary."""
        return [*([self.title] if self.title else []), *self.summary]


def find_sections(analysis: Analysis) -> None:
    """Leave the sections in ``layers["sections"]``; in a disproof "the case", "this message" then mean its spreader."""
    sections = analysis.layers["sections"] = _sections(analysis)
    for section in sections:
        section.spreader = _spreader(analysis, section)
        if section.spreader is not None:
            _point_back(analysis, section, section.spreader)


def sections_of(analysis: Analysis) -> list[Section]:
    """The sections that :func:`find_sections` left."""
    sections: list[Section] = analysis.layers["sections"]
    return sections


def sentences_of(analysis: Analysis, blocks: Iterable[Block]) -> list[Sentence]:
    """The sentences of some blocks, in their order."""
    by_block: dict[int, list[Sentence]] | None = analysis.layers.get("sentences_by_block")  # start of a block → its own
    if by_block is None:
        by_block = analysis.layers["sentences_by_block"] = {}
        for sentence in analysis.sentences:
            by_block.setdefault(analysis.blocks[sentence.block].start, []).append(sentence)
    return [sentence for block in blocks for sentence in by_block.get(block.start, ())]


def listed_claims(text: str, block: Block) -> Iterator[Span]:
    """The claims that an examples block lists: "such as claims that X, that Y, or that Z", or quotations."""
    opening = _CLAIMS_THAT.search(text, block.start, block.end)
    if opening is None:
        for match in _QUOTED.finditer(text, block.start, block.end):
            yield match.span(1)
        return
    start = opening.end()
    for match in _THAT.finditer(text, start, block.end):
        if text[match.start()] == "," or " or " in match.group() or " and " in match.group():
            yield start, match.start()
            start = match.end()
    yield start, block.end


def _sections(analysis: Analysis) -> list[Section]:
    sections: dict[int | None, Section] = {}
    for block in analysis.blocks:
        if block.silent and block.role != "title":
            continue
        section = sections.setdefault(block.case, Section(block.case))
        if block.role == "title" and section.title is None and block.case is not None:
            section.title = block
        elif block.role in ("summary", "disproof", "examples"):
            getattr(section, block.role).append(block)
    return [section for section in sections.values() if section.disproof]


def _spreader(analysis: Analysis, section: Section) -> Participant | None:
    """The outlet that the case's metadata name, else the media that the disproof names ("pro-X narrative")."""
    stated = analysis.cases[section.case].metadata if section.case is not None else {}
    if "outlet" in stated:
        value, span = stated["outlet"]
        if carrier := next(carriers_in(analysis, value, span[0]), None):
            return Participant(carrier.outlet, span)
    for block in [*section.disproof, *section.examples]:
        if match := _PRO.search(analysis.text, block.start, block.end):
            after = _AFTER_PRO.match(analysis.text, match.end())
            span = (match.start(), after.end() if after else match.end())
            return Participant(media_of(analysis, match[1], span), span)
    if section.title is not None and section.title.label is not None:  # "Disinfo: …" collects what such media say
        return Participant(media_of(analysis, "Kremlin", section.title.label), section.title.label)
    return None


def media_of(analysis: Analysis, whom: str, span: Span) -> str:
    """Id of the media that speak for somebody ("pro-Kremlin", "pro-Beijing"), mentioned by the words at ``span``."""
    name = f"pro-{whom} media"
    ident = known_outlet(analysis, name)
    if ident is None:
        ident = f"outlet:{slug(name)}"
        analysis.entities.setdefault(ident, Node(ident, "Outlet", name, properties={"kind": "collective"}))
    _mention(analysis, ident, span)
    return ident


def _mention(analysis: Analysis, entity: str, span: Span) -> None:
    places: dict[tuple[str, str], set[Span]] = analysis.layers.setdefault("places", {})
    places.setdefault((document_at(analysis, span[0]), entity), set()).add(span)


def _point_back(analysis: Analysis, section: Section, spreader: Participant) -> None:
    """Let noun phrases that point back at what is disproved ("The case seeks to …") mean its spreader."""
    for block in section.disproof:
        first = bisect_left(analysis.phrases, block.start, key=_phrase_start)
        for number in range(first, bisect_left(analysis.phrases, block.end, first, key=_phrase_start)):
            phrase = analysis.phrases[number]
            if phrase.entities or phrase.possessor:
                continue
            words = analysis.text[phrase.start : phrase.end]
            if _pointing().fullmatch(words) and not analysis.text.startswith((" of ", " against "), phrase.end):
                analysis.phrases[number] = replace(phrase, entities=(spreader.entity,))


def _phrase_start(phrase: NounPhrase) -> int:
    return phrase.start


@cache
def _pointing() -> re.Pattern[str]:
    words = "|".join(load_lexicon("structure")["case_words"])
    return re.compile(rf"(?:this|the)(?: \w+){{0,2}} (?:{words})", re.IGNORECASE)
