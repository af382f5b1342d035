"""Mentions: where the text names an entity, by gazetteer, by template, or by a capitalised name nobody listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.matching import Match, Unit, load_matcher, units_of
from narragraph.loaders.extraction.names import find_names
from narragraph.loaders.extraction.templates import find_collectives
from narragraph.ontology.gazetteer import Form
from narragraph.ontology.lexicon import load_words

_PLACE_BEFORE = load_words("capitals", "place_before")
_MOTION = load_words("capitals", "motion")
_PLACE_AFTER = load_words("capitals", "place_after")


def find_mentions(analysis: Analysis) -> None:
    """Fill ``mentions`` and ``entities``."""
    matcher = load_matcher()
    drafts = Drafts(analysis, matcher.gazetteer)
    units = units_of(analysis.tokens)
    for unit, end, form in _longest(list(matcher.find(units)), units):
        _mention(drafts, units, unit, end, form)
    find_names(drafts)
    find_collectives(drafts)
    drafts.finish()


def _longest(matches: Sequence[Match], units: Sequence[Unit]) -> list[tuple[int, int, Form]]:
    """The readings that hold: the longest of those that begin first, ambiguous ones only where something backs them."""
    forms: dict[str, set[str]] = defaultdict(set)  # entry → its forms in the document that are no doubt its own
    for match in matches:
        for form in match.readings:
            if not form.ambiguous:
                forms[form.entry.id].add(form.text)
    chosen = []
    reached = 0
    for match in sorted(matches, key=lambda match: (match.first, -match.last)):
        if match.first < reached:
            continue
        form = _reading(match, forms)
        if form:
            chosen.append((match.first, match.last, form))
            reached = match.last
    return chosen


def _reading(match: Match, forms: dict[str, set[str]]) -> Form | None:
    usual = match.readings[0]
    for form in match.readings:
        if form.ambiguous and forms.get(form.entry.id, set()) - {form.text}:
            if usual.ambiguous or not forms[usual.entry.id] - {usual.text}:
                return form
    return None if usual.ambiguous else usual


def _mention(drafts: Drafts, units: Sequence[Unit], first: int, last: int, form: Form) -> None:
    """Note one match, unless its place says that it means something else."""
    start = first + 1 if form.text.startswith("the ") and last - first > 1 else first
    while start < last and units[start].text == "the" and last - start > 1:
        start += 1
    begin, end = units[start].token, units[last - 1].token
    if last - first == 1 and _shouted(drafts, begin, units[first].text):
        return
    if form.how == "capital" and _is_place(drafts, begin, end):
        return
    confidence = 0.9 if form.ambiguous else 1.0
    drafts.add_span(units[start].start, units[last - 1].end, drafts.know(form.entry), form.how, confidence)


def _shouted(drafts: Drafts, token: int, text: str) -> bool:
    """Whether a short form in capitals stands between other words in capitals, so that they say nothing."""
    if not text.isupper() or len(text) > 4:
        return False
    around = [
        drafts.tokens[near].text
        for near in (token - 2, token - 1, token + 1, token + 2)
        if 0 <= near < len(drafts.tokens)
    ]
    words = [word for word in around if word.isalpha() and len(word) > 2]
    return len(words) > 1 and all(word.isupper() for word in words)


def _is_place(drafts: Drafts, first: int, last: int) -> bool:
    """Whether the name of a capital means the town: "in Kyiv", "flew to Moscow", "Kyiv, Ukraine", "Paris-based"."""
    tokens = drafts.tokens
    before = tokens[first - 1].lower if first else ""
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    if before in _PLACE_BEFORE or after in _PLACE_AFTER or "-based" in tokens[last].lower:
        return True
    if before in ("to", "from") and any(tokens[back].lower in _MOTION for back in range(max(0, first - 4), first - 1)):
        return True
    if after == "," and last + 3 < len(tokens):
        following = drafts.at.get(last + 2)
        return bool(drafts.country_of(following)) or tokens[last + 2].text in ("D.C.", "DC")
    return False
