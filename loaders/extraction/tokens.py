"""Tokens: words, numbers and marks with exact offsets, in linear time.

The cuts are those of the Penn Treebank where later stages need them: "Russia's" is two tokens, "don't" is "do" and
"n't", "U.S.", "Mr." and "3,210" are one each. Hyphened words ("pro-Kremlin") stay whole; addresses and the targets of
Markdown links are one token, so that they do not tear a sentence apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from narragraph.ontology.lexicon import load_words

STOPPED_BEFORE_NAMES = load_words("abbreviations", "before_names")
STOPPED = STOPPED_BEFORE_NAMES | load_words("abbreviations", "other")

# Every repetition that can fail late is bounded, so that hostile text costs no more than other text.
_TOKEN = re.compile(
    rf"""
      (?P<link>   \]\([^)\]\s]{{0,500}}\) )
    | (?P<url>    (?:https?://|www\.)[^\s<>"”\])|]+ )
    | (?P<domain> [^\W_](?:[\w-]{{0,62}}[^\W_])?(?:\.[^\W_][\w-]{{0,62}}){{0,3}}
                  \.(?:com|org|net|info|gov|edu|ru|su|ua|by|uk|de|fr|eu|cn|ir|tv|io|me)\b(?!\.\w)
                  (?:/[^\s<>"”\])|]{{0,200}})? )
    | (?P<handle> (?<![\w.])[@#]\w+ )
    | (?P<letters>(?:[^\W\d_]\.){{2,}}[^\W\d_]?(?!\w) | (?<![\w.])[A-Z]\.(?=\s+[A-Z]) )
    | (?P<number> [$€£¥]?\d+(?:[.,:]\d+)*(?:-\d+)*(?:[a-zA-Z]\w*(?:-\w+)*|(?:-[a-zA-Z]\w*)+)? )
    | (?P<clitic> (?<=[\w.])[’']s\b )
    | (?P<stopped>(?<!\w)(?:{"|".join(sorted(STOPPED, key=len, reverse=True))})\. | Nos?\.(?=\s*\d) )
    | (?P<word>   \w+(?:(?:\.-|[-‑&’'.]|[\u00ad\u200c\u200d\u2060]{{1,4}})\w+)* )
    | (?P<dots>   \.{{2,}} | -{{2,}} | \*{{2,}} | _{{2,}} | `` | '' )
    | (?P<mark>   [^\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff] )
    """,
    re.VERBOSE,
)
_UNSEEN = re.compile("[\u00ad\u200c\u200d\u2060]")  # in a word: where it may be broken or must not be
_CLITIC = re.compile(r"(?:n[’']t|[’'](?:s|S|re|ve|ll|d|m))$")
_DOT_INSIDE = re.compile(r"\.(?=[^\W\d_]{3}|[A-Z][a-z])")


def word_reader(text: str) -> Callable[[int, int], str]:
    """How to read the word between two offsets: without the marks inside it that nobody sees ("Lat\u00advia")."""
    if _UNSEEN.search(text) is None:
        return lambda start, end: text[start:end]
    return lambda start, end: _UNSEEN.sub("", text[start:end])


def tokenize(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the tokens of ``text[start:end]``, ordered, none overlapping, none empty."""
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        if match.lastgroup == "word":
            yield from _word(text, first, last)
        elif match.lastgroup == "url":
            trimmed = first + len(match[0].rstrip(".,;:!?'’*"))
            yield first, trimmed
            yield from ((place, place + 1) for place in range(trimmed, last))
        else:
            yield first, last


def _word(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A word without its clitic, then the clitic."""
    word = text[first:last]
    if "." in word:  # "ended.Then" lacks its space; "p.m" and "3.5m" do not
        gap = _DOT_INSIDE.search(word)
        if gap:
            yield from _word(text, first, first + gap.start())
            yield first + gap.start(), first + gap.end()
            yield from _word(text, first + gap.end(), last)
            return
    if "'" in word or "’" in word:
        clitic = _CLITIC.search(word)
        if clitic and clitic.start() > 0:
            yield first, first + clitic.start()
            yield first + clitic.start(), last
            return
    yield first, last
