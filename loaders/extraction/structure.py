"""Structure: blocks with kind and role, labelled entries, cases inside a file, and what carries nothing.

Lines are classified one by one and joined into blocks (``layout``), and then read again as a whole: which blocks repeat
others, which belong to which case, and where a summary ends and its disproof begins (``cases``).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from narragraph.loaders.extraction.analysis import Analysis, Block
from narragraph.loaders.extraction.cases import assign_sections, collect_metadata, find_cases
from narragraph.loaders.extraction.layout import FINISHED, Draft, classify, join_lines, load_patterns
from narragraph.loaders.extraction.lines import read_lines, wrap_width
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.lexicon import load_lexicon, load_words

_PICTURED = re.compile(r"\((?:pictured|above|left|right|file photo)\b[^)]{0,60}\)")
_QUOTATION_END = re.compile(r"[\"”»][.!?]?$")
_SEPARATOR = re.compile(r"(?:^|\s)[-–—*]$")
_SENTENCE_END = re.compile(r"[.!?][\"”’]? [A-Z“\"]")


def find_blocks(analysis: Analysis) -> None:
    """Fill ``blocks`` and ``cases``, and the layer ``metadata``: what the lines of metadata outside any case say."""
    patterns = load_patterns()
    lines = list(read_lines(analysis.text))
    drafts = list(join_lines(classify(lines, patterns), patterns, wrap_width(lines)))
    _silence_ends(drafts, len(analysis.text))
    _silence_repetitions(drafts)
    _find_headings(drafts)
    cases = find_cases(drafts, patterns)
    _silence_captions(drafts)
    _pair_quotes(drafts)
    assign_sections(drafts, cases, patterns)
    analysis.cases = [case.freeze(drafts) for case in cases]
    analysis.layers["metadata"] = collect_metadata(draft for draft in drafts if draft.case is None)
    analysis.blocks = [draft.freeze() for draft in drafts]
    if not drafts and analysis.text:  # nothing but white space and tags
        analysis.blocks = [Block(0, len(analysis.text), "boilerplate")]


def _silence_ends(drafts: list[Draft], length: int) -> None:
    """Silence what follows the end of the article, unless so much follows that the mark was none."""
    ended = False
    for draft in drafts:
        ended = (ended or (draft.ends_article and draft.start > 0.3 * length)) and not draft.opens_case
        if ended:
            draft.kind, draft.pairs = "boilerplate", {}


def _silence_repetitions(drafts: list[Draft]) -> None:
    """Silence what was said before, captions that begin as a paragraph did, and breadcrumbs."""
    whole: set[str] = set()
    begun: dict[str, str] = {}  # first words → the paragraph that began so
    for draft in drafts:
        if draft.kind not in ("paragraph", "item", "heading") or draft.role:
            continue
        text = " ".join(draft.text.split()).casefold()
        if text in whole and len(text) > 30:
            draft.kind = "repeated"
        elif len(text) > 60 and text.startswith(begun.get(text[:60], "\0")):
            draft.kind = "caption"
        else:
            whole.add(text)
            if len(text) > 60:
                begun.setdefault(text[:60], text)
    for draft, after in pairwise(drafts):
        if draft.prose and after.kind in ("paragraph", "heading") and after.end - after.start < 200:
            title = after.text
            if draft.text != title and len(title) > 20 and draft.text.endswith(title) and not FINISHED.search(title):
                draft.kind = "boilerplate"


def _find_headings(drafts: list[Draft]) -> None:
    seen = 0  # finished paragraphs so far
    for draft in drafts:
        if draft.kind == "paragraph":
            words = len(draft.line.head.split())
            if FINISHED.search(draft.tail):
                seen += 1
            elif (words < 12 or (seen < 2 and words <= 20)) and not _PICTURED.search(draft.line.head):
                draft.kind = "heading"
    opening = next((draft for draft in drafts if not draft.silent and draft.kind != "metadata"), None)
    if opening is None:
        return
    if opening.kind == "heading" and opening.heading_role is None:
        opening.role = "title"
    elif opening.role == "disputed" and sum(draft.role == "disputed" for draft in drafts) == 1:
        opening.kind, opening.role, opening.group = "heading", "title", None  # "Fake: …" over a whole article


def _silence_captions(drafts: list[Draft]) -> None:
    """Silence what stands under pictures: in a text of finished paragraphs, one sentence that is not finished."""
    for draft in drafts:
        if draft.kind == "paragraph" and _PICTURED.search(draft.line.head) and not _tells(draft):
            draft.kind = "caption"
    paragraphs = [draft for draft in drafts if draft.kind == "paragraph"]
    finished = [FINISHED.search(draft.tail) is not None for draft in paragraphs]
    if sum(finished) < 0.6 * len(finished):
        return
    seen = 0  # finished paragraphs so far: captions stand inside a text, not at its ends
    for draft, complete in zip(paragraphs[:-1], finished):
        seen += complete
        short = draft.end - draft.start < 300 and not _sentence_inside(draft)
        if seen >= 2 and not complete and short and draft.case is None and not _tells(draft):
            draft.kind = "caption"


def _pair_quotes(drafts: list[Draft]) -> None:
    """In a digest whose entries dashes hold apart, a quotation is disputed by the paragraph after it."""
    if sum(_SEPARATOR.search(draft.tail) is not None for draft in drafts) < 2:
        return
    group = max((draft.group or 0 for draft in drafts), default=0)
    said = [draft for draft in drafts if draft.kind == "paragraph" and draft.role is None]
    for quoted, answer in pairwise(said):
        if _is_quotation(quoted) and not _is_quotation(answer):
            group += 1
            quoted.role, answer.role = "disputed", "counter"
            quoted.group = answer.group = group


def _is_quotation(draft: Draft) -> bool:
    return draft.text[0] in '"“«„' and _QUOTATION_END.search(draft.tail) is not None


def _tells(draft: Draft) -> bool:
    """Whether words under a picture tell what somebody says, accuses of or denies, as the text around them does."""
    words = draft.text.split()
    return any(word not in _telling_verbs() and verb_lemma(word) in _telling_verbs() for word in words[1:])


@cache
def _telling_verbs() -> frozenset[str]:
    framed = (frame["verb"] for name in ("accuse", "deny") for frame in load_lexicon(name)["frames"])
    return frozenset((*framed, "say", "tell", *load_words("speech", "assertive"), *load_words("speech", "accusing")))


def _sentence_inside(draft: Draft) -> bool:
    return _SENTENCE_END.search(draft.line.head) is not None
