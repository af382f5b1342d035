"""Sentences, tokens with part of speech, and quotation spans, all with exact offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from narragraph.loaders.extraction.analysis import Analysis, Block, Sentence, Token
from narragraph.loaders.extraction.quotes import find_quotes
from narragraph.loaders.extraction.tagging import load_tagger
from narragraph.loaders.extraction.tokens import STOPPED_BEFORE_NAMES, tokenize, word_reader

_PARAGRAPH = re.compile(r"\S(?:.*(?:\n[ \t]*\S.*)*)?")
_DATELINE = re.compile(  # "PORT LOUIS --", "GENEVA, 3 May (Courier) —": capitals or an agency in brackets, then a dash
    r"(?:[A-Z][A-Z.'’ /-]{3,40}(?:,[^()\n\"“]{1,50}?)?(?:\s*\([^()\n]{2,40}\))?"
    r"|[A-Z][\w.'’ /,-]{2,60}\([A-Z][^()\n]{1,40}\))"
    r"\s*(?:—|–|--|-)\s+(?=[\"“‘']?[A-Z0-9])"
)
_ENDS = frozenset((".", "!", "?", "…", "。", "！", "？", "۔", "।"))
_CLOSING = frozenset(('"', "”", "’", "'", "''", "»", ")", "]", "*", "**", "_", "__"))
_OPENING = frozenset(('"', "“", "‘", "'", "``", "«", "„", "(", "[", "*", "**", "_", "__", "—", "–", "-", "•"))
_QUOTES = frozenset(('"', "“", "”", "„", "'", "‘", "’", "«", "»", "``", "''"))
_LONGEST = 400  # tokens; what goes on longer is no sentence, and every edge quotes its sentence
_STARTERS = frozenset(("DT", "PRP", "PRP$", "IN", "CC", "RB", "WRB", "WP", "EX", "MD", "WDT"))


def find_sentences(analysis: Analysis) -> None:
    """Fill ``sentences``, ``tokens`` and ``quotes``."""
    text = analysis.text
    blocks = analysis.blocks or _paragraphs(text)
    tagger, word = load_tagger(), word_reader(text)
    analysis.quotes = find_quotes(text, blocks)
    opening = {start for start, _ in analysis.quotes}  # where the content of a quotation begins: its mark ends there
    closing = {end for _, end in analysis.quotes}
    for number, block in enumerate(blocks):
        if block.silent:
            continue
        spans = list(tokenize(text, block.start, block.end))
        words = [word(start, end) for start, end in spans]
        found = _cut(words, spans, text, _dateline(text, block, spans))
        for first, last in (piece for whole in found for piece in _pieces(words, *whole)):
            offset = len(analysis.tokens)
            marks = {
                at - first: "``" if spans[at][1] in opening else "''"
                for at in range(first, last)
                if words[at] in _QUOTES and (spans[at][1] in opening or spans[at][0] in closing)
            }
            tags = tagger.tag(words[first:last], marks)
            analysis.tokens.extend(
                Token(start, end, word, tag)
                for (start, end), word, tag in zip(spans[first:last], words[first:last], tags)
            )
            analysis.sentences.append(
                Sentence(
                    len(analysis.sentences),
                    spans[first][0],
                    spans[last - 1][1],
                    number,
                    offset,
                    len(analysis.tokens),
                )
            )


def _paragraphs(text: str) -> list[Block]:
    """The paragraphs between blank lines, for a document whose structure was not read."""
    return [Block(match.start(), match.end(), "paragraph") for match in _PARAGRAPH.finditer(text)]


def _dateline(text: str, block: Block, spans: Sequence[tuple[int, int]]) -> int:
    """How many tokens the dateline has that a paragraph begins with: it says where and for whom, nothing else."""
    match = _DATELINE.match(text, block.start, block.end) if block.kind == "paragraph" else None
    return bisect_left(spans, (match.end(), 0)) if match else 0


def _cut(words: Sequence[str], spans: Sequence[tuple[int, int]], text: str, dateline: int) -> Iterator[tuple[int, int]]:
    """First and last (exclusive) token of each sentence of one block; its dateline is a sentence of its own."""
    if dateline:
        yield 0, dateline
    first = at = dateline
    count = len(words)
    while at < count:
        word = words[at]
        at += 1
        if word[-1] not in "." and word not in _ENDS and word.strip("."):
            continue
        if at == count:
            break
        after = at
        while after < count and (words[after] in _ENDS or _closes(words, spans, text, after)):
            after += 1
        if after < count and _starts_sentence(words, after, word):
            yield first, after
            first = at = after
    if first < count:
        yield first, count


def _pieces(words: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """A sentence as it is, or cut at the last comma or semicolon before it grows too long."""
    while last - first > _LONGEST:
        end = first + _LONGEST
        cut = next((at for at in range(end, first + 1, -1) if words[at - 1] in (",", ";")), end)
        yield first, cut
        first = cut
    yield first, last


def _closes(words: Sequence[str], spans: Sequence[tuple[int, int]], text: str, at: int) -> bool:
    """Whether a mark belongs to the sentence that ends before it: it stands close to it and away from what follows."""
    if words[at] not in _CLOSING or spans[at][0] != spans[at - 1][1]:
        return False
    return (
        words[at] in "”’»)]''" or at + 1 == len(words) or spans[at + 1][0] > spans[at][1] or words[at + 1] in _CLOSING
    )


def _starts_sentence(words: Sequence[str], at: int, stop: str) -> bool:
    """Whether a sentence begins at ``at``, after a token that ends in a stop."""
    if stop[:-1] in STOPPED_BEFORE_NAMES:
        return False
    while at < len(words) - 1 and words[at] in _OPENING:
        at += 1
    word = words[at]
    if stop in _ENDS:
        return not word[0].islower() and (word[0].isalnum() or word[0] in "@#$€£[(«“\"'‘")
    if stop.strip(".") == "":  # an ellipsis
        return word[0].isupper()
    # An abbreviation ("U.S.", "Inc."): the sentence ends where a word follows that begins sentences.
    return word[0].isupper() and load_tagger().lexicon.get(word.lower(), "") in _STARTERS and word != "I"
