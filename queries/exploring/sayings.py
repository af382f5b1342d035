"""Sayings: attestations of the same statement folded into one, with the independent documents that make it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from narragraph.errors import UsageError
from narragraph.queries.exploring.statements import TELLING, Statement

#: How a list of sayings can be ordered; each is strongest, surest, most telling, newest or oldest first.
ORDERS = ("documents", "confidence", "relation", "newest", "oldest")
SAYING_COLUMNS = (
    "relation", "source", "target", "documents", "sentences", "confidence", "first", "last", "polarity", "modality",
    "manner", "review", "sentence", "said_by", "document", "published", "source_id", "target_id", "document_id", "edge",
    "edges",
)  # fmt: skip


class Attested(Protocol):
    """What counts of an attestation when it is asked how sure something is."""

    @property
    def document_id(self) -> str:
        """Id of the document that says it."""

    @property
    def confidence(self) -> float:
        """How sure the extraction is."""


@dataclass(frozen=True)
class Saying:
    """What is said once or often: its attestations, surest first, and how many documents say it independently.

    ``documents`` counts each reprint as its original, ``sentences`` each sentence of these once.
    """

    attestations: tuple[Statement, ...]
    documents: int
    sentences: int
    strength: float

    @property
    def best(self) -> Statement:
        """The surest attestation."""
        return self.attestations[0]

    @property
    def dates(self) -> list[str]:
        """The days it was said, in order."""
        return sorted(statement.when for statement in self.attestations if statement.when)

    def row(self) -> tuple[object, ...]:
        """Its values in the order of SAYING_COLUMNS."""
        best, dates = self.best, self.dates
        return (
            best.relation, best.source, best.target, self.documents, self.sentences, best.confidence,
            dates[0] if dates else None, dates[-1] if dates else None, best.polarity, best.modality, best.manner,
            best.review, best.sentence, best.said_by, best.document, best.published, best.source_as, best.target_as,
            best.document_id, best.edge, [statement.edge for statement in self.attestations],
        )  # fmt: skip


def fold(statements: Iterable[Statement], reprints: Mapping[str, str]) -> list[Saying]:
    """The statements with those that say the same as one, strongest first; ``reprints`` maps them to originals."""
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for one in statements:
        worded = one.manner if one.manner in ("ascribed", "own words") else None
        negated, supposed = one.polarity == "negated", one.modality == "hypothetical"
        key = (one.relation, one.source_as, one.target_as, worded, negated, supposed, one.disputed)
        groups.setdefault(key, []).append(one)
    return ordered([_saying(group, reprints) for group in groups.values()], "documents")


def ordered(sayings: Sequence[Saying], order: str) -> list[Saying]:
    """The sayings in one of ORDERS. Raises UsageError for any other."""

    def telling(saying: Saying) -> int:
        relation = saying.best.relation
        return TELLING.index(relation) if relation in TELLING else len(TELLING)

    def last(saying: Saying) -> tuple[object, ...]:
        best = saying.best
        return -saying.documents, telling(saying), -best.confidence, best.source, best.target, best.edge

    if order == "documents":
        return sorted(sayings, key=last)
    if order == "confidence":
        return sorted(sayings, key=lambda one: (-one.best.confidence, *last(one)))
    if order == "relation":
        return sorted(sayings, key=lambda one: (telling(one), *last(one)))
    if order == "oldest":
        return sorted(sayings, key=lambda one: ((one.dates or ["9999"])[0], *last(one)))
    if order == "newest":
        return sorted(sorted(sayings, key=last), key=lambda one: (one.dates or ["0"])[-1], reverse=True)
    raise UsageError(f"the order is one of {', '.join(ORDERS)}, not {order!r}.")


def strength(statements: Iterable[Attested], reprints: Mapping[str, str]) -> float:
    """How sure it is that at least one of independent documents says it, 0 to 1: the surest word of each counts."""
    surest: dict[str, float] = {}
    for one in statements:
        document = reprints.get(one.document_id, one.document_id)
        surest[document] = max(one.confidence, surest.get(document, 0.0))
    return 1 - math.prod(1 - confidence for confidence in surest.values())


def _saying(group: Sequence[Statement], reprints: Mapping[str, str]) -> Saying:
    said = sorted(group, key=lambda one: (-one.confidence, one.when or "9999", one.edge))
    documents = {reprints.get(one.document_id, one.document_id) for one in said}
    sentences = {(reprints.get(one.document_id, one.document_id), one.sentence) for one in said}
    return Saying(tuple(said), len(documents), len(sentences), strength(said, reprints))
