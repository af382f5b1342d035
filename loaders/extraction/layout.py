"""Layout: what single lines are, by patterns that are data (``lexicon/structure.yaml``), and which belong together.

Patterns look at a bounded head of each line, so that the time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from narragraph.loaders.extraction.analysis import Block, Span
from narragraph.loaders.extraction.lines import Line, trimmed
from narragraph.ontology.lexicon import load_lexicon

Metadata = dict[str, tuple[str, Span]]  # property → what a line says, and where

FINISHED = re.compile(r"(?:[.!?…:;。！？।][\"”’'»)\]*_›]*| [-–—]|https?://\S+)$")
_BULLET = re.compile(r"(?:[-*+•‣◦●▪–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+(?=\S)")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_MARKUP = re.compile(
    r"!?\[\[?[^\[\]]{0,300}\]?\](?:\([^()\s]{0,500}\))?|\[\[?[^\[\]]{0,300}\Z|https?://\S{0,500}|[*_#>|~`=+-]+"
)
_LETTER = re.compile(r"[^\W\d_]")
_HANGING = re.compile(r"(?:\w-|,)$")
_BARE_DATE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9},? \d{4}|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"(?:,? (?:at )?\d{1,2}:\d\d(?: ?[ap]\.?m\.?)?(?: [a-z]{2,5})?)?",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"[Bb]y (?!the\b)[^\W\d_][^.:;!?]{1,60}")
_TABLE_RULE = re.compile(r"\|\s*:?-{2,}")
_FRONT_MATTER = "---"
_LONGEST_LIST = 10_000  # characters
_LISTED = 40  # characters that a thing in a list takes, more or less


class Patterns:
    """The lexicon ``structure`` as compiled patterns and look-up tables."""

    def __init__(self) -> None:
        data = load_lexicon("structure")
        self.label_roles = {word: role for role, words in data["labels"].items() for word in words}
        self.heading_roles = {word: role for role, words in data["headings"].items() for word in words}
        self.keys = {word: key for key, words in data["metadata"].items() for word in words}
        self.empty = frozenset(data["empty_headings"])
        self.unfinished = frozenset(data["unfinished"])
        self.label = re.compile(
            rf"[*_]*({_words(self.label_roles)})(?:\s*(?:#|no\.?\s*)?\d{{1,3}})?[*_]*\s*[:：][*_]*\s*|"
            rf"[*_]*({_words(self.label_roles)})\s+(?:#|no\.?\s*)?\d{{1,3}}[*_]*\s*[.–—-]\s*", re.IGNORECASE,
        )  # fmt: skip
        self.opener = re.compile(rf"[*_#\s]*(?:{_words(data['case_openers'])})\s*:\s*", re.IGNORECASE)
        self.key = re.compile(
            rf"[*_]*(?:({_words(self.keys)})[*_]*\s*:[*_]*|({_words(data['colonless'])})(?=\s))\s*", re.IGNORECASE
        )
        self.next_key = re.compile(rf"\s{{2,}}(?=(?:{_words(self.keys)})\s*:)", re.IGNORECASE)
        self.boilerplate = _any(data["boilerplate"], whole=True)
        self.disclaimer = _any(data["disclaimers"])
        self.end = _any(data["end_markers"], whole=True)
        self.signature = _any(data["signatures"])
        self.case_sign = _any(data["case_signs"])
        self.examples = _any(data["examples"])


@cache
def load_patterns() -> Patterns:
    """The patterns, compiled once."""
    return Patterns()


def _words(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _any(patterns: Iterable[str], *, whole: bool = False) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:{joined})\Z" if whole else rf"(?:{joined})", re.IGNORECASE)


@dataclass
class Draft:
    """A block in the making."""

    line: Line  # the first
    end: int
    kind: str
    role: str | None = None
    label: Span | None = None
    group: int | None = None
    case: int | None = None
    opens_case: bool = False
    ends_article: bool = False
    heading_role: str | None = None
    pairs: Metadata = field(default_factory=dict)
    last: Line | None = None  # the last of several lines

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.line.start

    @property
    def gap(self) -> int:
        """Blank lines before."""
        return self.line.gap

    @property
    def text(self) -> str:
        """All of its text."""
        return self.line.text[self.start : self.end]

    @property
    def tail(self) -> str:
        """How it ends."""
        return (self.last or self.line).tail

    @property
    def silent(self) -> bool:
        """Whether it carries nothing."""
        return self.kind in ("boilerplate", "repeated", "caption")

    @property
    def prose(self) -> bool:
        """Whether it can hold sentences of a section."""
        return self.kind in ("paragraph", "item", "table") and not self.opens_case

    def freeze(self) -> Block:
        """The block that this draft came to be."""
        return Block(self.start, self.end, self.kind, self.role, self.label, self.group, self.case)


# --- single lines --------------------------------------------------------------------------------------------------


def classify(lines: list[Line], patterns: Patterns) -> Iterator[Draft]:
    """A draft for each line, or for each cell of a table; labelled ones with the number of their entry."""
    first = 0
    if lines and lines[0].bare == "" and lines[0].head.startswith(_FRONT_MATTER):
        closing = next((index for index, line in enumerate(lines[1:60], 1) if line.head.startswith(_FRONT_MATTER)), 0)
        for line in lines[: closing + 1]:
            yield _front_matter_line(line, patterns)
        first = closing + 1 if closing else 1
    group = 0
    for number, line in enumerate(lines[first:], first):
        if number + 1 < len(lines) and line.head.startswith("|") and _TABLE_RULE.match(lines[number + 1].head):
            yield Draft(line, line.end, "boilerplate")  # the heads of a table's columns
            continue
        for draft in _read_line(line, patterns, early=number < first + 12):
            if draft.label and draft.role == "disputed":
                group += 1
            if draft.label and draft.role:
                draft.group = group or None
            yield draft


def _only_markup(head: str) -> bool:
    return _LETTER.search(_MARKUP.sub("", head)) is None


def _front_matter_line(line: Line, patterns: Patterns) -> Draft:
    draft = Draft(line, line.end, "metadata")
    key, colon, _ = line.head.partition(":")
    if colon:
        start = line.start + len(key) + 1
        value_line = trimmed(line.text, start, line.end, 0)
        name = patterns.keys.get(key.strip().lower(), key.strip().lower())
        draft.pairs[name] = _pair(value_line.text, value_line.start, value_line.end)
    return draft


def _pair(text: str, start: int, end: int) -> tuple[str, Span]:
    return text[start:end], (start, end)


def _read_line(line: Line, patterns: Patterns, *, early: bool) -> Iterator[Draft]:
    """The draft of a line, or the drafts of a table row's cells."""
    head, bare = line.head, line.bare
    opener = patterns.opener.match(head)
    if opener and (title := line.cut(opener.end())).start < line.end:
        yield Draft(title, line.end, "heading", "title", (line.start, title.start), opens_case=True)
    elif head.startswith("|"):
        yield from _table_cells(line)
    elif line.short and (patterns.end.match(bare) or patterns.boilerplate.match(bare)):
        yield Draft(line, line.end, "boilerplate", ends_article=patterns.end.match(bare) is not None)
    elif bare in patterns.empty or patterns.disclaimer.match(bare) or _only_markup(head):
        yield Draft(line, line.end, "boilerplate")
    elif bare in patterns.heading_roles:
        yield Draft(line, line.end, "heading", heading_role=patterns.heading_roles[bare])
    else:
        yield _read_content(line, patterns, early=early)


def _read_content(line: Line, patterns: Patterns, *, early: bool) -> Draft:
    bullet = _BULLET.match(line.head)
    content = line.cut(bullet.end()) if bullet else line
    if label := patterns.label.match(content.head):
        word = (label[1] or label[2]).lower()
        body = content.cut(label.end())
        if body.start < body.end:
            return Draft(body, line.end, "item", patterns.label_roles[word], (content.start, body.start))
    if pairs := _metadata_pairs(content, patterns, early=early):
        return Draft(content, line.end, "metadata", pairs=pairs)
    if marks := _MARKDOWN_HEADING.match(content.head):
        heading = content.cut(marks.end())
        label = patterns.label.match(heading.head) if marks[0].startswith("##") else None
        if label and patterns.label_roles[(label[1] or label[2]).lower()] == "disputed":  # "### False: …"
            start = content.start + marks.end()
            return Draft(heading.cut(label.end()), line.end, "item", "disputed", (start, start + label.end()))
        return Draft(heading, line.end, "heading")
    if bullet:
        return Draft(content, line.end, "heading" if _NUMBER.match(line.head) and _is_heading(content) else "item")
    return Draft(line, line.end, "paragraph")


def _is_heading(line: Line) -> bool:
    return line.end - line.start < 90 and not FINISHED.search(line.tail)


def _table_cells(line: Line) -> Iterator[Draft]:
    start = line.start
    for part in line.text[line.start : line.end].split("|"):
        cell = trimmed(line.text, start, start + len(part), 0)
        start += len(part) + 1
        if cell.end > cell.start:
            yield Draft(cell, cell.end, "boilerplate" if _only_markup(cell.head) else "table")


def _metadata_pairs(line: Line, patterns: Patterns, *, early: bool) -> Metadata:
    """What a line of metadata says, by property; empty where it is none. Bare dates and bylines count near the top."""
    key = patterns.key.match(line.head) if line.short or _is_long_list(line) else None
    if key is None:
        text = line.text[line.start : line.end].strip("*_ ") if early and line.end - line.start < 80 else ""
        if _BARE_DATE.fullmatch(text):
            return {"published": _pair(line.text, line.start, line.end)}
        if _BYLINE.fullmatch(text) and len(text.split()) <= 7 and not FINISHED.search(text):
            return {"author": _pair(line.text, line.start + line.head.lower().index("by ") + 3, line.end)}
        return {}
    pairs: Metadata = {}
    for start, end in _key_spans(line, patterns):
        key = patterns.key.match(line.text, start, end)
        if key is None:
            continue
        name = patterns.keys[(key[1] or key[2]).lower()]
        value = trimmed(line.text, key.end(), end, 0)
        if key[2] and not re.match(r"[A-Z\d]", value.head):
            return {}
        if name == "published" and not re.search(r"\d", value.head):
            return {}
        if value.end > value.start:
            pairs[name] = _pair(line.text, value.start, value.end)
        else:
            pairs.setdefault("record", _pair(line.text, start, end))
    return pairs if _plausible(pairs, line) else {}


def _is_long_list(line: Line) -> bool:
    """Whether a line says no sentences but many short things side by side: a case may name sixty outlets."""
    text = line.text[line.start : line.end]
    return len(text) < _LONGEST_LIST and text.count("+") > len(text) / _LISTED and ". " not in text


def _key_spans(line: Line, patterns: Patterns) -> Iterator[Span]:
    start = line.start
    for match in patterns.next_key.finditer(line.text, line.start, line.end):
        yield start, match.start()
        start = match.end()
    yield start, line.end


def _plausible(pairs: Metadata, line: Line) -> bool:
    """Whether a line with a metadata key is one: "Source: officials said the plan was dropped last week." is not."""
    return bool(pairs) and not (
        line.tail.endswith(".")
        and len(line.head.split()) > 8
        and "keywords" not in pairs
        and "description" not in pairs
    )


# --- blocks of several lines ---------------------------------------------------------------------------------------


def join_lines(drafts: Iterable[Draft], patterns: Patterns, width: int | None) -> Iterator[Draft]:
    """Rejoin what broken lines hold apart."""
    current: Draft | None = None
    for number, draft in enumerate(drafts):
        if current is None:
            current = draft
        elif _continues(current, draft, patterns, width, first=number == 1):
            current.end = draft.end
            current.last = draft.line
        else:
            yield current
            current = draft
    if current is not None:
        yield current


def _continues(block: Draft, draft: Draft, patterns: Patterns, width: int | None, *, first: bool) -> bool:
    if (
        draft.kind != "paragraph"
        or block.kind not in ("paragraph", "item", "heading")
        or block.heading_role
        or draft.gap > 1
    ):
        return False
    before = block.last or block.line
    unfinished = not FINISHED.search(before.tail)
    flows_on = draft.line.head[0].islower() or draft.line.head[0] in ",;)"
    hangs = unfinished and _last_word(before) in patterns.unfinished
    if draft.gap == 1 or block.opens_case:
        return unfinished and (flows_on or hangs) and block.prose
    if flows_on or hangs or _HANGING.search(before.tail):
        return True
    if block.kind == "heading":
        return False
    if width:  # in a text of broken lines, a short line ends its paragraph
        return before.end - before.start > 0.7 * width
    return unfinished and not first and (block.last is not None or before.end - before.start > 120)


def _last_word(line: Line) -> str:
    return line.tail.rsplit(None, 1)[-1].lower() if line.tail.strip() else ""
