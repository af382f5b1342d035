"""Structure: blocks with kind and role, labelled entries, cases inside a file, and what carries nothing.

Lines are classified one by one, joined into blocks, and then read again as a whole: which blocks repeat others, which
belong to which case, and where a summary ends and its disproof begins. All patterns are data
(``lexicon/structure.yaml``) and look at a bounded head of each line, so that the time grows with the length of the text
and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from narragraph.loaders.extraction.analysis import Analysis, Block, Case, Span
from narragraph.ontology.lexicon import load_lexicon

Metadata = dict[str, tuple[str, Span]]

_HEAD = 400  # characters of a line that patterns look at
_LINE = re.compile(r"[^\n]+")
_BREAK = re.compile(r"(?:<br ?/?>\s*)+|</?(?:p|div|li|ul|h[1-6])\b[^<>]{0,80}>", re.IGNORECASE)
_LEADING = re.compile(r"(?:[\s\u200b\ufeff>]|</?\w[^<>]{0,20}>|!\[[^\[\]]{0,300}\]\([^()\s]{0,500}\)(?=\s*[^\s!]))+")
_TRAILING = re.compile(r"(?:[\s\u200b\ufeff]|</?\w[^<>]{0,20}>)+$")
_BULLET = re.compile(r"(?:[-*+•‣◦●▪–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+(?=\S)")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_MARKUP = re.compile(
    r"!?\[\[?[^\[\]]{0,300}\]?\](?:\([^()\s]{0,500}\))?|\[\[?[^\[\]]{0,300}\Z|https?://\S{0,500}|[*_#>|~`=+-]+"
)
_LETTER = re.compile(r"[^\W\d_]")
_TERMINAL = re.compile(r"(?:[.!?…:;。！？।][\"”’'»)\]*_›]*| [-–—]|https?://\S+)$")
_HANGING = re.compile(r"(?:\w-|,)$")
_BARE_DATE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9},? \d{4}|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"(?:,? (?:at )?\d{1,2}:\d\d(?: ?[ap]\.?m\.?)?(?: [a-z]{2,5})?)?",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"[Bb]y (?!the\b)[^\W\d_][^.:;!?]{1,60}")
_PICTURED = re.compile(r"\((?:pictured|above|left|right|file photo)\b[^)]{0,60}\)")
_QUOTATION_END = re.compile(r"[\"”»][.!?]?$")
_TABLE_RULE = re.compile(r"\|\s*:?-{2,}")
_SEPARATOR = re.compile(r"(?:^|\s)[-–—*]$")
_FRONT_MATTER = "---"


def find_blocks(analysis: Analysis) -> None:
    """Fill ``blocks`` and ``cases``, and the layer ``metadata``: what the lines of metadata outside any case say."""
    patterns = _patterns()
    lines = list(_lines(analysis.text))
    drafts = list(_join(_classify(lines, patterns), patterns, _wrap_width(lines)))
    _silence_ends(drafts, len(analysis.text))
    _silence_repetitions(drafts)
    _find_headings(drafts)
    cases = _find_cases(drafts, patterns)
    _silence_captions(drafts)
    _pair_quotes(drafts)
    _assign_sections(drafts, cases, patterns)
    analysis.cases = [case.freeze(drafts) for case in cases]
    analysis.layers["metadata"] = _collect_metadata(draft for draft in drafts if draft.case is None)
    analysis.blocks = [draft.freeze() for draft in drafts]


class _Patterns:
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


def _patterns() -> _Patterns:
    global _PATTERNS
    if _PATTERNS is None:
        _PATTERNS = _Patterns()
    return _PATTERNS


_PATTERNS: _Patterns | None = None


def _words(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _any(patterns: Iterable[str], *, whole: bool = False) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:{joined})\Z" if whole else rf"(?:{joined})", re.IGNORECASE)


@dataclass
class _Line:
    """A line, or a part of one between tags, trimmed of white space and tags; ``gap`` counts the blank lines before."""

    text: str
    start: int
    end: int
    gap: int

    @cached_property
    def head(self) -> str:
        return self.text[self.start : min(self.end, self.start + _HEAD)]

    @cached_property
    def tail(self) -> str:
        return self.text[max(self.start, self.end - 60) : self.end]

    @cached_property
    def bare(self) -> str:
        """The head in lower case without marks at its ends ("## Summary:" is "summary")."""
        return self.head.strip(" \t#*_>|<-–—+•·:=~»«").replace("’", "'").lower()

    def cut(self, characters: int) -> _Line:
        return _trimmed(self.text, self.start + characters, self.end, self.gap)


@dataclass
class _Draft:
    """A block in the making."""

    line: _Line  # the first
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
    last: _Line | None = None  # the last of several lines

    @property
    def start(self) -> int:
        return self.line.start

    @property
    def gap(self) -> int:
        return self.line.gap

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]

    @property
    def tail(self) -> str:
        return (self.last or self.line).tail

    @property
    def silent(self) -> bool:
        return self.kind in ("boilerplate", "repeated", "caption")

    @property
    def prose(self) -> bool:
        return self.kind in ("paragraph", "item", "table") and not self.opens_case

    def freeze(self) -> Block:
        return Block(self.start, self.end, self.kind, self.role, self.label, self.group, self.case)


@dataclass
class _CaseDraft:
    first: int  # drafts[first:last]
    last: int
    title: int | None

    def freeze(self, drafts: list[_Draft]) -> Case:
        own = drafts[self.first : self.last]
        title = drafts[self.title] if self.title is not None else None
        start = title.label[0] if title and title.label else own[0].start
        return Case(start, own[-1].end, (title.start, title.end) if title else None, _collect_metadata(own))


def _collect_metadata(drafts: Iterable[_Draft]) -> Metadata:
    """The first value of each property."""
    found: Metadata = {}
    for draft in drafts:
        for key, value in draft.pairs.items():
            found.setdefault(key, value)
    return found


# --- lines ---------------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[_Line]:
    previous = None  # where the last line that says something ended
    for match in _LINE.finditer(text):
        for start, end in _parts(text, *match.span()):
            line = _trimmed(text, start, end, 0 if previous is None else _blank_lines(text, previous, start))
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


def _trimmed(text: str, start: int, end: int, gap: int) -> _Line:
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    while end > start:
        tail = text[max(start, end - 80) : end]
        trailing = _TRAILING.search(tail)
        if not trailing:
            break
        end -= len(tail) - trailing.start()
    return _Line(text, start, end, gap)


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width of a text whose lines were broken to one (e-mails, plain text); None where each line is a paragraph."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lengths) < 8 or lengths[-1] > 110:
        return None
    width = lengths[len(lengths) * 9 // 10]
    return width if width >= 45 and lengths[len(lengths) // 2] > 0.7 * width else None


# --- single lines --------------------------------------------------------------------------------------------------


def _classify(lines: list[_Line], patterns: _Patterns) -> Iterator[_Draft]:
    first = 0
    if lines and lines[0].bare == "" and lines[0].head.startswith(_FRONT_MATTER):
        closing = next((index for index, line in enumerate(lines[1:60], 1) if line.head.startswith(_FRONT_MATTER)), 0)
        for line in lines[: closing + 1]:
            yield _front_matter_line(line, patterns)
        first = closing + 1 if closing else 1
    group = 0
    for number, line in enumerate(lines[first:], first):
        if number + 1 < len(lines) and line.head.startswith("|") and _TABLE_RULE.match(lines[number + 1].head):
            yield _Draft(line, line.end, "boilerplate")  # the heads of a table's columns
            continue
        for draft in _read_line(line, patterns, early=number < first + 12):
            if draft.label and draft.role == "disputed":
                group += 1
            if draft.label and draft.role:
                draft.group = group or None
            yield draft


def _only_markup(head: str) -> bool:
    return _LETTER.search(_MARKUP.sub("", head)) is None


def _front_matter_line(line: _Line, patterns: _Patterns) -> _Draft:
    draft = _Draft(line, line.end, "metadata")
    key, colon, _ = line.head.partition(":")
    if colon:
        start = line.start + len(key) + 1
        value_line = _trimmed(line.text, start, line.end, 0)
        name = patterns.keys.get(key.strip().lower(), key.strip().lower())
        draft.pairs[name] = _pair(value_line.text, value_line.start, value_line.end)
    return draft


def _pair(text: str, start: int, end: int) -> tuple[str, Span]:
    return text[start:end], (start, end)


def _read_line(line: _Line, patterns: _Patterns, *, early: bool) -> Iterator[_Draft]:
    """The draft of a line, or the drafts of a table row's cells."""
    head, bare = line.head, line.bare
    short = line.end - line.start < _HEAD
    opener = patterns.opener.match(head)
    if opener and (title := line.cut(opener.end())).start < line.end:
        yield _Draft(title, line.end, "heading", "title", (line.start, title.start), opens_case=True)
    elif head.startswith("|"):
        yield from _table_cells(line)
    elif short and (patterns.end.match(bare) or patterns.boilerplate.match(bare)):
        yield _Draft(line, line.end, "boilerplate", ends_article=patterns.end.match(bare) is not None)
    elif bare in patterns.empty or patterns.disclaimer.match(bare) or _only_markup(head):
        yield _Draft(line, line.end, "boilerplate")
    elif bare in patterns.heading_roles:
        yield _Draft(line, line.end, "heading", heading_role=patterns.heading_roles[bare])
    else:
        yield _read_content(line, patterns, early=early)


def _read_content(line: _Line, patterns: _Patterns, *, early: bool) -> _Draft:
    bullet = _BULLET.match(line.head)
    content = line.cut(bullet.end()) if bullet else line
    if label := patterns.label.match(content.head):
        word = (label[1] or label[2]).lower()
        body = content.cut(label.end())
        if body.start < body.end:
            return _Draft(body, line.end, "item", patterns.label_roles[word], (content.start, body.start))
    if pairs := _metadata_pairs(content, patterns, early=early):
        return _Draft(content, line.end, "metadata", pairs=pairs)
    if marks := _MARKDOWN_HEADING.match(content.head):
        return _Draft(content.cut(marks.end()), line.end, "heading")
    if bullet:
        return _Draft(content, line.end, "heading" if _NUMBER.match(line.head) and _is_heading(content) else "item")
    return _Draft(line, line.end, "paragraph")


def _is_heading(line: _Line) -> bool:
    return line.end - line.start < 90 and not _TERMINAL.search(line.tail)


def _table_cells(line: _Line) -> Iterator[_Draft]:
    start = line.start
    for part in line.text[line.start : line.end].split("|"):
        cell = _trimmed(line.text, start, start + len(part), 0)
        start += len(part) + 1
        if cell.end > cell.start:
            yield _Draft(cell, cell.end, "boilerplate" if _only_markup(cell.head) else "table")


def _metadata_pairs(line: _Line, patterns: _Patterns, *, early: bool) -> Metadata:
    """What a line of metadata says, by property; empty where it is none. Bare dates and bylines count near the top."""
    key = patterns.key.match(line.head) if line.end - line.start < _HEAD else None
    if key is None:
        text = line.text[line.start : line.end].strip("*_ ") if early and line.end - line.start < 80 else ""
        if _BARE_DATE.fullmatch(text):
            return {"published": _pair(line.text, line.start, line.end)}
        if _BYLINE.fullmatch(text) and len(text.split()) <= 7 and not _TERMINAL.search(text):
            return {"author": _pair(line.text, line.start + line.head.lower().index("by ") + 3, line.end)}
        return {}
    pairs: Metadata = {}
    for start, end in _key_spans(line, patterns):
        key = patterns.key.match(line.text, start, end)
        if key is None:
            continue
        name = patterns.keys[(key[1] or key[2]).lower()]
        value = _trimmed(line.text, key.end(), end, 0)
        if key[2] and not re.match(r"[A-Z\d]", value.head):
            return {}
        if name == "published" and not re.search(r"\d", value.head):
            return {}
        if value.end > value.start:
            pairs[name] = _pair(line.text, value.start, value.end)
        else:
            pairs.setdefault("record", _pair(line.text, start, end))
    return pairs if _plausible(pairs, line) else {}


def _key_spans(line: _Line, patterns: _Patterns) -> Iterator[Span]:
    start = line.start
    for match in patterns.next_key.finditer(line.text, line.start, line.end):
        yield start, match.start()
        start = match.end()
    yield start, line.end


def _plausible(pairs: Metadata, line: _Line) -> bool:
    """Whether a line with a metadata key is one: "Source: officials said the plan was dropped last week." is not."""
    return bool(pairs) and not (
        line.tail.endswith(".")
        and len(line.head.split()) > 8
        and "keywords" not in pairs
        and "description" not in pairs
    )


# --- blocks of several lines ---------------------------------------------------------------------------------------


def _join(drafts: Iterable[_Draft], patterns: _Patterns, width: int | None) -> Iterator[_Draft]:
    """Rejoin what broken lines hold apart."""
    current: _Draft | None = None
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


def _continues(block: _Draft, draft: _Draft, patterns: _Patterns, width: int | None, *, first: bool) -> bool:
    if (
        draft.kind != "paragraph"
        or block.kind not in ("paragraph", "item", "heading")
        or block.heading_role
        or draft.gap > 1
    ):
        return False
    before = block.last or block.line
    unfinished = not _TERMINAL.search(before.tail)
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


def _last_word(line: _Line) -> str:
    return line.tail.rsplit(None, 1)[-1].lower() if line.tail.strip() else ""


# --- the whole text ------------------------------------------------------------------------------------------------


def _silence_ends(drafts: list[_Draft], length: int) -> None:
    """Silence what follows the end of the article, unless so much follows that the mark was none."""
    ended = False
    for draft in drafts:
        ended = (ended or (draft.ends_article and draft.start > 0.3 * length)) and not draft.opens_case
        if ended:
            draft.kind, draft.pairs = "boilerplate", {}


def _silence_repetitions(drafts: list[_Draft]) -> None:
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
            if draft.text != title and len(title) > 20 and draft.text.endswith(title) and not _TERMINAL.search(title):
                draft.kind = "boilerplate"


def _find_headings(drafts: list[_Draft]) -> None:
    seen = 0  # finished paragraphs so far
    for draft in drafts:
        if draft.kind == "paragraph":
            words = len(draft.line.head.split())
            if _TERMINAL.search(draft.tail):
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


def _silence_captions(drafts: list[_Draft]) -> None:
    """Silence what stands under pictures: in a text of finished paragraphs, one sentence that is not finished."""
    for draft in drafts:
        if draft.kind == "paragraph" and _PICTURED.search(draft.line.head):
            draft.kind = "caption"
    paragraphs = [draft for draft in drafts if draft.kind == "paragraph"]
    finished = [_TERMINAL.search(draft.tail) is not None for draft in paragraphs]
    if sum(finished) < 0.6 * len(finished):
        return
    seen = 0  # finished paragraphs so far: captions stand inside a text, not at its ends
    for draft, complete in zip(paragraphs[:-1], finished):
        seen += complete
        short = draft.end - draft.start < 300 and not _sentence_inside(draft)
        if seen >= 2 and not complete and short and draft.case is None:
            draft.kind = "caption"


def _pair_quotes(drafts: list[_Draft]) -> None:
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


def _is_quotation(draft: _Draft) -> bool:
    return draft.text[0] in '"“«„' and _QUOTATION_END.search(draft.tail) is not None


def _sentence_inside(draft: _Draft) -> bool:
    return re.search(r"[.!?][\"”’]? [A-Z“\"]", draft.line.head) is not None


# --- cases and sections --------------------------------------------------------------------------------------------


def _find_cases(drafts: list[_Draft], patterns: _Patterns) -> list[_CaseDraft]:
    """Cases by their openers, by the metadata that follows their titles, or one that only its own words betray."""
    starts = _openers(drafts) or _titles_before_metadata(drafts)
    if not starts and any(_is_sign(draft, patterns) for draft in drafts):
        starts = [next(number for number, draft in enumerate(drafts) if not draft.silent)]
    starts = sorted({*starts, *_titles_after_a_case(drafts)}) if starts else []
    cases = [
        _CaseDraft(first, last, first if drafts[first].role == "title" else None)
        for first, last in zip(starts, [*starts[1:], len(drafts)])
    ]
    for index, case in enumerate(cases):
        for draft in drafts[case.first : case.last]:
            draft.case = index
    return cases


def _openers(drafts: list[_Draft]) -> list[int]:
    """Where a title says that a case begins; a title said once more belongs to the case before."""
    starts: list[int] = []
    for number, draft in enumerate(drafts):
        if draft.opens_case and starts and drafts[starts[-1]].text == draft.text:
            draft.kind = "repeated"
        elif draft.opens_case:
            starts.append(number)
    return starts


def _is_sign(draft: _Draft, patterns: _Patterns) -> bool:
    """Whether a block shows that the text is a case: its heading, its issue, or the signature of a disproof."""
    if draft.kind == "metadata":
        return draft.pairs.get("issue", ("",))[0].lower().startswith("issue")
    if draft.heading_role == "disproof":
        return draft.line.bare == "disproof"
    return draft.kind == "paragraph" and patterns.case_sign.match(draft.line.head) is not None


def _titles_before_metadata(drafts: list[_Draft]) -> list[int]:
    """Where metadata that name an issue, an outlet or countries follow, and then a summary."""
    starts = []
    for number, (draft, after) in enumerate(pairwise(drafts)):
        if draft.silent or draft.kind == "metadata" or after.kind != "metadata":
            continue
        keys: set[str] = set()
        follower = number + 1
        while follower < len(drafts) and drafts[follower].kind == "metadata":
            keys |= drafts[follower].pairs.keys()
            follower += 1
        summary = follower < len(drafts) and drafts[follower].heading_role == "summary"
        if summary and keys & {"outlet", "countries", "issue"}:
            draft.role = "title"
            starts.append(number)
    return starts


def _titles_after_a_case(drafts: list[_Draft]) -> list[int]:
    """In a listing of cases, a heading after "see more" opens the next one though nothing says so."""
    starts = []
    for number, (before, draft) in enumerate(pairwise(drafts), 1):
        if before.line.bare == "see more" and draft.kind == "heading" and not draft.heading_role:
            draft.role = "title"
            starts.append(number)
    return starts


def _assign_sections(drafts: list[_Draft], cases: list[_CaseDraft], patterns: _Patterns) -> None:
    """Give each block its section's role; in a case without headings the signature sentence begins the disproof."""
    for draft in drafts:
        if draft.prose and patterns.examples.match(draft.line.head):
            draft.role = "examples"
    for case in cases:
        own = drafts[case.first : case.last]
        if not any(draft.heading_role == "disproof" for draft in own):
            _divide(own, patterns)
        else:
            _fill(own, "summary")
    headed = [draft for draft in drafts if draft.case is None]
    _fill(headed, None)


def _divide(drafts: list[_Draft], patterns: _Patterns) -> None:
    role = "summary"
    said = 0  # blocks of the summary so far
    for draft in drafts:
        if draft.role == "title" or draft.heading_role or not draft.prose:
            continue
        if role == "summary" and (patterns.signature.match(draft.line.head) or (said and draft.gap >= 2)):
            role = "disproof"
        said += 1
        draft.role = draft.role or role


def _fill(drafts: list[_Draft], role: str | None) -> None:
    answers = False  # whether a heading with a role stands just before: "Rating", and under it "False"
    for draft in drafts:
        if draft.kind == "heading" and not draft.heading_role and answers:
            draft.kind = "paragraph"
        answers = draft.heading_role is not None
        if draft.heading_role:
            role = draft.heading_role
        elif draft.kind == "heading" and draft.case is None:
            role = None
        elif draft.prose:
            draft.role = draft.role or role
