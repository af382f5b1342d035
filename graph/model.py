"""Nodes and edges of the graph, and how their identifiers are made.

A :class:`Node` is what documents speak of; an :class:`Edge` is one *attestation*: one place in one document that says
so. Both are plain values: two with the same content are equal, and their record form (:mod:`narragraph.graph.records`)
holds everything they hold.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

Scalar = Union[str, int, float, bool]
Value = Union[Scalar, list[str], list[int], list[float]]

#: Property of a Document: a digest of what it was read from, for stores alone. Records never carry it, for whoever
#: changes them would change what came of it.
READING = "reading_digest"
ACROSS = "\x1f"  # joins the parts of a hash; no text that was read can hold it after cleaning


@dataclass(frozen=True)
class Node:
    """A document, outlet, actor, country, narrative, claim or event.

    ``properties`` holds everything but the four fields that all nodes have; ``None`` is never a value.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Edge:
    """One attestation of a relation: the place in a document that says it.

    ``sentence`` is ``text[start:end]`` of the document, verbatim; one of basis ``metadata`` may quote a tag of the page
    instead, which stands outside the text, and has no ``start`` and ``end``. ``MENTIONS`` edges have no sentence of
    their own: they carry every place as ``spans`` (pairs of character offsets). ``properties`` holds the rest
    (``trigger``, ``rule``, ``asserted_by``, ``polarity``, ``modality``, …).
    """

    id: str
    type: str
    source: str
    target: str
    document: str
    sentence: str | None = None
    start: int | None = None
    end: int | None = None
    confidence: float = 1.0
    spans: tuple[tuple[int, int], ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)


def digest(*parts: object) -> str:
    """Sixteen hexadecimal digits that stand for the parts; equal parts give equal digits for ever."""
    joined = ACROSS.join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def slug(name: str) -> str:
    """A name as lower-case letters and digits of any script joined by hyphens (``"Société X"`` → ``"societe-x"``)."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^\w]+|_+", "-", plain).strip("-") or digest(name)


def document_id(source_key: str) -> str:
    """``document:<hash>`` of a document's source key (canonical URL, else path in its collection, else content)."""
    return f"document:{digest(source_key)}"


def claim_id(text: str, *, within: str | None = None) -> str:
    """``claim:<hash>`` of a claim's normalised text; ``within`` is the document of a claim that leans on its place."""
    words = re.sub(r"[^\w]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return f"claim:{digest(words, within)}"


def event_id(kind: str, place: str | None, start: str | None, *, within: str | None = None) -> str:
    """``event:<hash>`` of kind, place and start; ``within`` is the document of an event without a date."""
    return f"event:{digest(kind, place, start, within)}"


def edge_id(
    type: str,
    source: str,
    target: str,
    document: str,
    trigger_start: int | None = None,
    trigger_end: int | None = None,
    asserted_by: tuple[str, ...] | list[str] = (),
    claim: str | None = None,
) -> str:
    """``edge:<hash>`` of everything that tells one attestation from another."""
    speakers = "\x1e".join(asserted_by)
    return f"edge:{digest(type, source, target, document, trigger_start, trigger_end, speakers, claim)}"
