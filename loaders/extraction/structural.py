"""Relations that a document's structure states: listed lies and truths, summary and disproof of a case."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from narragraph.loaders.extraction.analysis import Analysis, Block, Sentence, Span
from narragraph.loaders.extraction.edges import add_claim, add_edge, document_at
from narragraph.loaders.extraction.outlets import mentions_in
from narragraph.loaders.extraction.participants import Participant
from narragraph.loaders.extraction.sections import Section, sections_of, sentences_of
from narragraph.loaders.extraction.voices import asks
from narragraph.ontology.lexicon import load_lexicon, load_words

_TAKEN_UP = 0.13  # share of words that two sentences about one thing have in common at the least
_WORD = re.compile(r"[^\W_]{3,}")


def find_structural_relations(analysis: Analysis) -> None:
    """Add claims of labelled entries and cases with their ATTRIBUTED_TO, DEBUNKS and COUNTERS edges."""
    _relate_entries(analysis)
    for section in sections_of(analysis):
        _debunk(analysis, section)
    _debunk_labelled_title(analysis)
    if analysis.nodes[document_at(analysis, 0)].properties.get("genre") == "fact-check":
        _debunk_what_was_shared(analysis)


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
    disproof = whole
    if lie.label is None and counters:  # a quotation, and below it what shows that it is false
        answers = sentences_of(analysis, counters[:1])
        disproof = next((_span(answer) for answer in answers if not asks(analysis, answer)), whole)
    trigger = lie.label or disproof
    add_edge(analysis, "DEBUNKS", document, claim, disproof, rule="listed.lie", trigger=trigger, motive=motive)
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
    sentences = sentences_of(analysis, [block])
    if len(sentences) < 2 or analysis.text[block.start] in '"“«„':
        return block.start, block.end
    stated = next((sentence for sentence in sentences if not asks(analysis, sentence)), sentences[0])
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


def _debunk(analysis: Analysis, section: Section) -> None:
    """The disproof's first sentence speaks to the case as a whole; others to the claims whose words they take up."""
    disproof = sentences_of(analysis, section.disproof)
    stated = sentences_of(analysis, section.stated)
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
    return best if best_share >= _TAKEN_UP else None


@cache
def _disproof_cues() -> re.Pattern[str]:
    return re.compile("|".join(load_lexicon("structure")["disproof_cues"]), re.IGNORECASE)


def _debunk_labelled_title(analysis: Analysis) -> None:
    """A title such as "Fake: …" disputes what it says."""
    for block in analysis.blocks:
        if block.role == "title" and block.label and block.case is None:
            claim = add_claim(analysis, (block.start, block.end))
            document = document_at(analysis, block.start)
            add_edge(analysis, "DEBUNKS", document, claim, _with_label(block), rule="listed.title", trigger=block.label)


def _debunk_what_was_shared(analysis: Analysis) -> None:
    """In a fact-check, "A photo was shared with the claim that … But it shows …": the second debunks the first."""
    told, opening = _rebuttal_cues()
    for claim, rebuttal in pairwise(analysis.sentences):
        if claim.block != rebuttal.block or analysis.blocks[claim.block].role:
            continue
        turn = opening.match(analysis.text, rebuttal.start, rebuttal.end)
        if turn and told.search(analysis.text, claim.start, claim.end):
            add_edge(
                analysis, "DEBUNKS", _checker(analysis, turn.end()) or document_at(analysis, rebuttal.start),
                add_claim(analysis, _span(claim)), _span(rebuttal), rule="taken-up.rebuttal", trigger=turn.span(),
            )  # fmt: skip


def _checker(analysis: Analysis, offset: int) -> str | None:
    """The outlet that a rebuttal names as its subject ("But AFP found …")."""
    first = next(iter(mentions_in(analysis, offset, offset + 5)), None)
    return first.entity if first and analysis.entities[first.entity].type == "Outlet" else None


@cache
def _rebuttal_cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues = load_lexicon("structure")["rebuttals"]
    return (
        re.compile(rf"\b(?:{'|'.join(cues['told'])})\b", re.IGNORECASE),
        re.compile(rf"[\"“(]?(?:{'|'.join(cues['openings'])})\b[, ]+(?:the )?", re.IGNORECASE),
    )
