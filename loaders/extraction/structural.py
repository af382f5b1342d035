"""Relations that a document's structure states: listed lies and truths, summary and disproof of a case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from narragraph.graph.model import Node, slug
from narragraph.loaders.extraction.analysis import Analysis, Block, Sentence, Span
from narragraph.loaders.extraction.attribution import Speech, nest, speech_layer
from narragraph.loaders.extraction.edges import add_claim, add_edge, document_at
from narragraph.loaders.extraction.outlets import known_outlet, mentions_in, named_outlet
from narragraph.loaders.extraction.participants import Participant
from narragraph.ontology.lexicon import load_lexicon, load_words

_PRO = re.compile(r"\b[Pp]ro-([A-Z]\w+)\b")
_THAT = re.compile(r"(?:,\s*|\s+)(?:(?:and|or)\s+)?that\s+")
_CLAIMS_THAT = re.compile(r"\b(?:claims?|allegations?|stories|narratives?|messages?|cases?)\s+that\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{15,300})[\"”»]")
_WORD = re.compile(r"[^\W_]{3,}")


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


def find_voices(analysis: Analysis) -> None:
    """Add to the speeches what a section's summary says: its sentences are the words of those who spread them.

    Runs after the speeches of single sentences, which then stand inside: what a summary quotes is at second hand.
    """
    sections = analysis.layers["sections"] = _sections(analysis)
    quoting = {speech.sentence for speech in speech_layer(analysis)}
    voiced: list[Speech] = []
    for section in sections:
        section.spreader = _spreader(analysis, section)
        if section.spreader is not None:
            voiced.extend(_voiced(analysis, section, section.spreader, quoting))
    if voiced:
        speeches = [replace(speech, parent=None) for speech in speech_layer(analysis)]
        analysis.layers["speeches"] = nest(sorted([*voiced, *speeches], key=lambda speech: (speech.start, -speech.end)))


def _voiced(analysis: Analysis, section: Section, spreader: Participant, quoting: set[int]) -> Iterator[Speech]:
    """Titles and leading sentences are surely the spreader's claims, the others often; what they quote is not."""
    last_block = None
    for sentence in _sentences_of(analysis, section.stated):
        if _states_something(analysis, sentence):
            leads = sentence.block != last_block
            stance = "neutral" if sentence.index in quoting else "assertive"  # of neutral speech no claim is made
            rule = "ascribed.lead" if leads else "voiced.summary"
            span = _span(sentence)
            yield Speech((spreader,), span, *span, rule, "ascribed", sentence.index, stance)
        last_block = sentence.block


def find_structural_relations(analysis: Analysis) -> None:
    """Add claims of labelled entries and cases with their ATTRIBUTED_TO, DEBUNKS and COUNTERS edges."""
    _relate_entries(analysis)
    for section in analysis.layers["sections"]:
        _debunk(analysis, section)
        _list_examples(analysis, section)
    _debunk_labelled_title(analysis)


# --- labelled entries ----------------------------------------------------------------------------------------------


def _relate_entries(analysis: Analysis) -> None:
    """Each lie is debunked by the document, countered by its truth, and ascribed to those who are said to spread it."""
    entries: dict[int, list[Block]] = {}
    for block in analysis.blocks:
        if block.group is not None and not block.silent:
            entries.setdefault(block.group, []).append(block)
    spreader = _announced(analysis) if entries else None
    for blocks in entries.values():
        if any(block.role == "disproof" and _confirms(analysis.text, block.start) for block in blocks):
            continue
        counters = [block for block in blocks if block.role == "counter"]
        motive = next((analysis.text[block.start : block.end] for block in blocks if block.role == "motive"), None)
        for block in blocks:
            if block.role == "disputed":
                _relate_lie(analysis, block, counters, motive, spreader)


def _relate_lie(
    analysis: Analysis, lie: Block, counters: list[Block], motive: str | None, spreader: Participant | None
) -> None:
    whole = _with_label(lie)
    claim = add_claim(analysis, _proposition(analysis, lie))
    document = document_at(analysis, lie.start)
    label = lie.label or whole
    add_edge(analysis, "DEBUNKS", document, claim, whole, rule="listed.lie", trigger=label, motive=motive)
    if spreader:
        add_edge(
            analysis, "ATTRIBUTED_TO", claim, spreader.entity, whole, rule="ascribed.list", trigger=label,
            manner="ascribed", modality="reported", target_as_read=analysis.text[spreader.span[0] : spreader.span[1]],
        )  # fmt: skip
    for counter in counters:
        truth = add_claim(analysis, _proposition(analysis, counter))
        if truth != claim:
            add_edge(
                analysis, "COUNTERS", truth, claim, _with_label(counter), rule="listed.truth",
                trigger=counter.label or _with_label(counter),
            )  # fmt: skip


def _with_label(block: Block) -> Span:
    return (block.label[0] if block.label else block.start), block.end


def _proposition(analysis: Analysis, block: Block) -> Span:
    """The whole entry where it is one quotation or one sentence, else its first sentence."""
    sentences = _sentences_of(analysis, [block])
    if len(sentences) < 2 or analysis.text[block.start] in '"“«„':
        return block.start, block.end
    stated = next((sentence for sentence in sentences if not _asks(analysis, sentence)), sentences[0])
    return stated.start, stated.end


def _announced(analysis: Analysis) -> Participant | None:
    """Whom the text around its entries names as spreading them: "a Western information war", "lies told by …"."""
    after, before = _campaign_cues()
    for sentence in analysis.sentences:
        if analysis.blocks[sentence.block].group is not None:
            continue
        for mention in mentions_in(analysis, sentence.start, sentence.end):
            follows = after.match(analysis.text, mention.end, min(mention.end + 60, sentence.end))
            precedes = before.search(analysis.text[max(sentence.start, mention.start - 40) : mention.start])
            if follows or precedes:
                return Participant(mention.entity, (mention.start, mention.end))
    return None


@cache
def _campaign_cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues = load_lexicon("structure")["campaigns"]
    return (
        re.compile(rf"(?:['’]s?)?(?: [\w-]+){{0,2}}? (?:{'|'.join(cues['after_name'])})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(cues['before_name'])}) (?:the )?$", re.IGNORECASE),
    )


# --- summary and disproof ------------------------------------------------------------------------------------------


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
    return [section for section in sections.values() if section.disproof and section.stated]


def _spreader(analysis: Analysis, section: Section) -> Participant | None:
    """The outlet that the case's metadata name, else the media that the disproof names ("pro-X narrative")."""
    stated = analysis.cases[section.case].metadata if section.case is not None else {}
    if "outlet" in stated:
        value, span = stated["outlet"]
        if outlet := named_outlet(analysis, value):
            return Participant(outlet, span)
    for block in [*section.disproof, *section.examples]:
        if match := _PRO.search(analysis.text, block.start, block.end):
            return Participant(pro_media(analysis, match[1], match.span()), match.span())
    return None


def pro_media(analysis: Analysis, whom: str, span: Span) -> str:
    """Id of the media that speak for somebody ("pro-Kremlin", "pro-Beijing"), mentioned by the words at ``span``."""
    name = f"pro-{whom} media"
    ident = known_outlet(analysis, name)
    if ident is None:
        ident = f"outlet:{slug(name)}"
        analysis.entities.setdefault(ident, Node(ident, "Outlet", name, properties={"kind": "collective"}))
    after = re.compile(r" (?:disinformation|propaganda|media|outlets|narratives?)").match(analysis.text, span[1])
    places: dict[tuple[str, str], set[Span]] = analysis.layers.setdefault("places", {})
    places.setdefault((document_at(analysis, span[0]), ident), set()).add((span[0], after.end() if after else span[1]))
    return ident


def _sentences_of(analysis: Analysis, blocks: Iterable[Block]) -> list[Sentence]:
    by_block: dict[int, list[Sentence]] | None = analysis.layers.get("sentences_by_block")  # start of a block → its own
    if by_block is None:
        by_block = analysis.layers["sentences_by_block"] = {}
        for sentence in analysis.sentences:
            by_block.setdefault(analysis.blocks[sentence.block].start, []).append(sentence)
    return [sentence for block in blocks for sentence in by_block.get(block.start, ())]


def _states_something(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence of a summary is a proposition about somebody: no question, no scrap."""
    return (
        not _asks(analysis, sentence)
        and sentence.last - sentence.first >= 3
        and bool(mentions_in(analysis, sentence.start, sentence.end))
    )


def _asks(analysis: Analysis, sentence: Sentence) -> bool:
    return analysis.text[sentence.start : sentence.end].rstrip('"”’ ').endswith("?")


def _debunk(analysis: Analysis, section: Section) -> None:
    """The disproof's first sentence speaks to the case as a whole; others to the claims whose words they take up."""
    disproof = _sentences_of(analysis, section.disproof)
    stated = _sentences_of(analysis, section.stated)
    if not disproof or not stated or _confirms(analysis.text, disproof[0].start):
        return
    document = document_at(analysis, disproof[0].start)
    lead = add_claim(analysis, (stated[0].start, stated[0].end))
    add_edge(analysis, "DEBUNKS", document, lead, _span(disproof[0]), rule="section.disproof")
    words = [(sentence, _content_words(analysis, sentence)) for sentence in stated]
    for sentence in disproof[1:]:
        if cue := _disproof_cues().search(analysis.text, sentence.start, sentence.end):
            spoken_to = _best_overlap(_content_words(analysis, sentence), words)
            if spoken_to is not None:
                claim = add_claim(analysis, _span(spoken_to))
                add_edge(
                    analysis, "DEBUNKS", document, claim, _span(sentence), rule="taken-up.disproof", trigger=cue.span()
                )


def _confirms(text: str, start: int) -> bool:
    """Whether a verdict says that what was claimed is so."""
    return text[start : start + 20].lower().startswith(tuple(load_lexicon("structure")["true_verdicts"]))


def _span(sentence: Sentence) -> Span:
    return sentence.start, sentence.end


def _content_words(analysis: Analysis, sentence: Sentence) -> set[str]:
    text = analysis.text[sentence.start : sentence.end].lower()
    common = load_words("structure", "common_words")
    return {word[:6] for word in _WORD.findall(text) if word not in common}


def _best_overlap(words: set[str], stated: list[tuple[Sentence, set[str]]]) -> Sentence | None:
    """The stated sentence whose words a sentence of the disproof takes up, rare ones counting more; None if too few."""
    spread = Counter(word for _, own in stated for word in own)
    best, best_share = None, 0.0
    for sentence, own in stated:
        weight = sum(1 / spread[word] for word in words & own)
        share = weight / (min(len(own), len(words)) + 2)
        if weight >= 1 and share > best_share:
            best, best_share = sentence, share
    return best if best_share >= 0.15 else None


@cache
def _disproof_cues() -> re.Pattern[str]:
    return re.compile("|".join(load_lexicon("structure")["disproof_cues"]), re.IGNORECASE)


def _list_examples(analysis: Analysis, section: Section) -> None:
    """What "such as claims that X, that Y, or that Z" lists is said by those who spread such stories."""
    if section.spreader is None:
        return
    for block in section.examples:
        for span in _listed_claims(analysis.text, block):
            claim = add_claim(analysis, span)
            sentence = next((_span(s) for s in _sentences_of(analysis, [block]) if s.start <= span[0] < s.end), None)
            add_edge(
                analysis, "ATTRIBUTED_TO", claim, section.spreader.entity, sentence or (block.start, block.end),
                rule="ascribed.example", trigger=span, manner="ascribed", modality="reported",
            )  # fmt: skip


def _listed_claims(text: str, block: Block) -> Iterator[Span]:
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


def _debunk_labelled_title(analysis: Analysis) -> None:
    """A title such as "Fake: …" disputes what it says."""
    for block in analysis.blocks:
        if block.role == "title" and block.label and block.case is None:
            claim = add_claim(analysis, (block.start, block.end))
            document = document_at(analysis, block.start)
            add_edge(analysis, "DEBUNKS", document, claim, _with_label(block), rule="listed.title", trigger=block.label)
