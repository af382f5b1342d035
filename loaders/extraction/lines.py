"""Lines of a text: where each begins and ends, without white space and tags, and how far apart they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from narragraph.loaders.extraction.analysis import Span

_HEAD = 400  # characters of a line that patterns look at
_LINE = re.compile(r"[^\n]+")
_BREAK = re.compile(r"(?:<br ?/?>\s*)+|</?(?:p|div|li|ul|h[1-6])\b[^<>]{0,80}>", re.IGNORECASE)
_LEADING = re.compile(r"(?:[\s\u200b\ufeff>]|</?\w[^<>]{0,20}>|!\[[^\[\]]{0,300}\]\([^()\s]{0,500}\)(?=\s*[^\s!]))+")
_TRAILING = re.compile(r"(?:[\s\u200b\ufeff]|</?\w[^<>]{0,20}>)+$")


@dataclass
class Line:
    """A line, or a part of one between tags, trimmed of white space and tags; ``gap`` counts the blank lines before."""

    text: str
    start: int
    end: int
    gap: int

    @cached_property
    def head(self) -> str:
        """The part that patterns look at."""
        return self.text[self.start : min(self.end, self.start + _HEAD)]

    @property
    def short(self) -> bool:
        """Whether the head is the whole line."""
        return self.end - self.start < _HEAD

    @cached_property
    def tail(self) -> str:
        """How it ends."""
        return self.text[max(self.start, self.end - 60) : self.end]

    @cached_property
    def bare(self) -> str:
        """The head in lower case without marks at its ends ("## Summary:" is "summary")."""
        return self.head.strip(" \t#*_>|<-–—+•·:=~»«").replace("’", "'").lower()

    def cut(self, characters: int) -> Line:
        """The line without its first characters."""
        return trimmed(self.text, self.start + characters, self.end, self.gap)


def read_lines(text: str) -> Iterator[Line]:
    """The lines that say something, in order."""
    previous = None  # where the last line that says something ended
    for match in _LINE.finditer(text):
        for start, end in _parts(text, *match.span()):
            line = trimmed(text, start, end, 0 if previous is None else _blank_lines(text, previous, start))
            if line.end > line.start:
                yield line
                previous = line.end


def _blank_lines(text: str, start: int, end: int) -> int:
    between = text.count("\n", start, end)
    return between - 1 if between else 1  # parts of one line that tags hold apart are paragraphs


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _BREAK.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def trimmed(text: str, start: int, end: int, gap: int) -> Line:
    """A line without white space, quotation marks of e-mails, tags and pictures at its ends."""
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    while end > start:
        tail = text[max(start, end - 80) : end]
        trailing = _TRAILING.search(tail)
        if not trailing:
            break
        end -= len(tail) - trailing.start()
    return Line(text, start, end, gap)


def wrap_width(lines: list[Line]) -> int | None:
    """The width of a text whose lines were broken to one (e-mails, plain text); None where each line is a paragraph."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lengths) < 8 or lengths[-1] > 110:
        return None
    width = lengths[len(lengths) * 9 // 10]
    return width if width >= 45 and lengths[len(lengths) // 2] > 0.7 * width else None
