"""Cases inside a file, and the role of each block in them: title, summary, disproof, examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from narragraph.loaders.extraction.analysis import Case
from narragraph.loaders.extraction.layout import Draft, Metadata, Patterns


@dataclass
class CaseDraft:
    """A case in the making: ``drafts[first:last]``; ``title`` is the index of its title."""

    first: int
    last: int
    title: int | None

    def freeze(self, drafts: list[Draft]) -> Case:
        """The case that this draft came to be."""
        own = drafts[self.first : self.last]
        title = drafts[self.title] if self.title is not None else None
        start = title.label[0] if title and title.label else own[0].start
        return Case(start, own[-1].end, (title.start, title.end) if title else None, collect_metadata(own))


def collect_metadata(drafts: Iterable[Draft]) -> Metadata:
    """The first value of each property."""
    found: Metadata = {}
    for draft in drafts:
        for key, value in draft.pairs.items():
            found.setdefault(key, value)
    return found


def find_cases(drafts: list[Draft], patterns: Patterns) -> list[CaseDraft]:
    """Cases by their openers, by the metadata that follows their titles, or one that only its own words betray."""
    starts = _openers(drafts) or _titles_before_metadata(drafts)
    if not starts and any(_is_sign(draft, patterns) for draft in drafts):
        starts = [next(number for number, draft in enumerate(drafts) if not draft.silent)]
    starts = sorted({*starts, *_titles_after_a_case(drafts)}) if starts else []
    cases = [
        CaseDraft(first, last, first if drafts[first].role == "title" else None)
        for first, last in zip(starts, [*starts[1:], len(drafts)])
    ]
    for index, case in enumerate(cases):
        for draft in drafts[case.first : case.last]:
            draft.case = index
    return cases


def _openers(drafts: list[Draft]) -> list[int]:
    """Where a title says that a case begins; a title said once more belongs to the case before."""
    starts: list[int] = []
    for number, draft in enumerate(drafts):
        if draft.opens_case and starts and drafts[starts[-1]].text == draft.text:
            draft.kind = "repeated"
        elif draft.opens_case:
            starts.append(number)
    return starts


def _is_sign(draft: Draft, patterns: Patterns) -> bool:
    """Whether a block shows that the text is a case: its heading, its issue, or the signature of a disproof."""
    if draft.kind == "metadata":
        return draft.pairs.get("issue", ("",))[0].lower().startswith("issue")
    if draft.heading_role == "disproof":
        return draft.line.bare == "disproof"
    return draft.kind == "paragraph" and patterns.case_sign.match(draft.line.head) is not None


def _titles_before_metadata(drafts: list[Draft]) -> list[int]:
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


def _titles_after_a_case(drafts: list[Draft]) -> list[int]:
    """In a listing of cases, a heading after "see more" opens the next one though nothing says so."""
    starts = []
    for number, (before, draft) in enumerate(pairwise(drafts), 1):
        if before.line.bare == "see more" and draft.kind == "heading" and not draft.heading_role:
            draft.role = "title"
            starts.append(number)
    return starts


def assign_sections(drafts: list[Draft], cases: list[CaseDraft], patterns: Patterns) -> None:
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


def _divide(drafts: list[Draft], patterns: Patterns) -> None:
    role = "summary"
    said = 0  # blocks of the summary so far
    for draft in drafts:
        if draft.role == "title" or draft.heading_role or not draft.prose:
            continue
        if role == "summary" and (patterns.signature.match(draft.line.head) or (said and draft.gap >= 2)):
            role = "disproof"
        said += 1
        draft.role = draft.role or role


def _fill(drafts: list[Draft], role: str | None) -> None:
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
