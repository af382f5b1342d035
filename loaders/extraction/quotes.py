"""Quotation spans: what stands between quotation marks, in one pass over the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narragraph.loaders.extraction.analysis import Block, Span

_MARK = re.compile(r"[\"“”„«»‘’']|``|''")
_OPENERS = {"“": "”", "„": "“”", "«": "»", "‘": "’", "``": "''"}
_DOUBLE = frozenset(("“", '"', "``"))
_BEFORE_OPENING = " \t\n\r\u00a0([{—–-:/\"'“‘«*_>"
_AFTER_CLOSING = " \t\n\r\u00a0)]}.,;:!?…—–-\"'”’»*_<"


def find_quotes(text: str, blocks: Sequence[Block]) -> list[Span]:
    """Spans between quotation marks, marks excluded, ordered by start; inner quotations stand after their outer one.

    A quotation that is never closed runs to the end of its paragraph where its marks are double. Single marks must be
    closed in their paragraph, so that an apostrophe opens nothing.
    """
    found: list[Span] = []
    for block in blocks:
        if not block.silent:
            found.extend(_quotes_of(text, block.start, block.end))
    return sorted(found, key=lambda span: (span[0], -span[1]))


def _quotes_of(text: str, start: int, end: int) -> list[Span]:
    marks = [(match.start(), match.end(), match[0]) for match in _MARK.finditer(text, start, end)]
    found: list[Span] = []
    stack: list[tuple[str, int]] = []  # marks that may close it, where its content begins
    depth: dict[str, int] = {}
    for index, (first, last, mark) in enumerate(marks):
        before = text[first - 1] if first > start else " "
        after = text[last] if last < end else " "
        if mark in "'’" and _is_apostrophe(text, marks, index, before, after, depth.get(mark, 0)):
            continue
        opens = before in _BEFORE_OPENING and not after.isspace()
        if mark == "“" and stack and stack[-1][1] == first:
            continue  # a mark set twice: "““We saw it,” she said"
        closing = _OPENERS.get(mark, mark)
        if (
            mark in _DOUBLE
            and before.isspace()
            and after.isalnum()
            and depth.get(closing)
            and _ends_sentence(text, first)
        ):
            _close(stack, depth, closing, first, found)
        if depth.get(mark) and not (mark in "'\"" and opens and after not in _AFTER_CLOSING):
            _close(stack, depth, mark, first, found)
        elif mark in _OPENERS:
            _open(stack, depth, _OPENERS[mark], last)
        elif mark in "'\"" and (opens or (mark == '"' and not stack)):
            _open(stack, depth, mark, last)
    found.extend((content, end) for closers, content in stack if closers not in ("'", "’") and content < end)
    return [(first, last) for first, last in found if first < last]


def _open(stack: list[tuple[str, int]], depth: dict[str, int], closers: str, content: int) -> None:
    stack.append((closers, content))
    for closer in closers if closers != "''" else (closers,):
        depth[closer] = depth.get(closer, 0) + 1


def _close(stack: list[tuple[str, int]], depth: dict[str, int], mark: str, at: int, found: list[Span]) -> None:
    """Close the innermost quotation that the mark fits; those inside it that were never closed are dropped."""
    while stack:
        closers, content = stack.pop()
        for closer in closers if closers != "''" else (closers,):
            depth[closer] -= 1
        if mark in closers:
            found.append((content, at))
            return


def _ends_sentence(text: str, at: int) -> bool:
    """Whether a full sentence stands before a mark that opens: then the quotation before it was never closed.

    So is a speech of several paragraphs written, whose marks close at its end only: "First this. "Then that."
    """
    return text[max(0, at - 8) : at].rstrip().endswith((".", "!", "?", "…"))


def _is_apostrophe(
    text: str, marks: list[tuple[int, int, str]], index: int, before: str, after: str, open_quotes: int
) -> bool:
    _, last, mark = marks[index]
    if before.isalnum() and after.isalnum():
        return True
    if after.isdigit() or (not open_quotes and not (mark == "'" and before in _BEFORE_OPENING and after.isalnum())):
        return True
    if before in "sS" and after == " " and text[last + 1 : last + 2].islower() and index + 1 < len(marks):
        following, _, other = marks[index + 1]  # "the allies' plan', he said": the next mark closes
        return other == mark and not text[following - 1 : following].isspace()
    return False
