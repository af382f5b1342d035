"""Known narratives, read from ``vocab/narratives.ttl``, and where a text tells one.

A pattern is searched only in a text that holds one of its anchors, words of which every match must contain one; that
makes a hundred narratives affordable on every claim. A test holds that the short cut changes no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick

from narragraph.errors import OntologyError
from narragraph.ontology.schema import NAMESPACE

SCHEME = Path(__file__).parent / "vocab" / "narratives.ttl"
NARRATIVES = "urn:narragraph:narrative:"


@dataclass(frozen=True)
class Narrative:
    """A recurring storyline; ``broader`` is the id of the wider one it is part of."""

    id: str
    label: str
    alt_labels: tuple[str, ...]
    definition: str
    broader: str | None
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    sources: tuple[str, ...]
    examples: tuple[str, ...] = ()
    scope_note: str | None = None


class Pattern:
    """A pattern of a narrative, compiled when it is first needed."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.anchors = anchors(source)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in the text that the pattern fits, from the beginning of a word on."""
        return _compiled(self.source).search(text)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{source})", re.IGNORECASE)


class Scheme:
    """All narratives, by id, and the search for them."""

    def __init__(self, narratives: tuple[Narrative, ...]) -> None:
        self.narratives = narratives
        self.by_id: Mapping[str, Narrative] = MappingProxyType({narrative.id: narrative for narrative in narratives})

    def find(self, text: str) -> Iterator[tuple[Narrative, re.Match[str]]]:
        """The narratives that the text tells, with the words that tell each; wider ones only if told themselves."""
        wanted = set(self._without_anchor)
        for anchor, _, _ in self._anchor_finder.find_matches_as_indexes(text.casefold(), overlapping=True):
            wanted.update(self._by_anchor[anchor])
        told: set[str] = set()
        for number in sorted(wanted):
            narrative, pattern = self._patterns[number]
            if narrative.id not in told and (match := pattern.search(text)):
                told.add(narrative.id)
                if not any(_compiled(source).search(text) for source in narrative.unless):
                    yield narrative, match

    @cached_property
    def _patterns(self) -> list[tuple[Narrative, Pattern]]:
        return [(narrative, Pattern(source)) for narrative in self.narratives for source in narrative.patterns]

    @cached_property
    def _without_anchor(self) -> list[int]:
        return [number for number, (_, pattern) in enumerate(self._patterns) if not pattern.anchors]

    @cached_property
    def _anchors(self) -> list[str]:
        return sorted({anchor for _, pattern in self._patterns for anchor in pattern.anchors})

    @cached_property
    def _by_anchor(self) -> list[list[int]]:
        """For each anchor, the patterns that have it."""
        table: dict[str, list[int]] = {anchor: [] for anchor in self._anchors}
        for number, (_, pattern) in enumerate(self._patterns):
            for anchor in pattern.anchors:
                table[anchor].append(number)
        return list(table.values())

    @cached_property
    def _anchor_finder(self) -> AhoCorasick:
        return AhoCorasick(self._anchors)


@cache
def load_narratives() -> Scheme:
    """The scheme that ships with Narragraph, read once."""
    return read_narratives(SCHEME)


def read_narratives(path: Path) -> Scheme:
    """The scheme that a Turtle file states."""
    from rdflib import DCTERMS, RDF, SKOS, Graph, URIRef

    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path}: {error}") from error
    pattern, unless = URIRef(NAMESPACE + "pattern"), URIRef(NAMESPACE + "unless")
    fragments = {
        str(term).removeprefix(NAMESPACE): str(graph.value(term, pattern))
        for term in graph.subjects(RDF.type, URIRef(NAMESPACE + "Fragment"))
    }

    def expanded(source: str) -> str:
        return re.sub(r"\{([A-Z]+)\}", lambda name: fragments[name[1]], source)

    narratives = []
    for term in graph.subjects(RDF.type, URIRef(NAMESPACE + "Narrative")):

        def texts(predicate: URIRef, term: object = term) -> tuple[str, ...]:
            return tuple(sorted(str(value) for value in graph.objects(term, predicate)))  # type: ignore[arg-type]

        def text(predicate: URIRef, term: object = term) -> str | None:
            return next(iter(texts(predicate, term)), None)

        name = _id(str(term))
        label, definition, broader = text(SKOS.prefLabel), text(SKOS.definition), text(SKOS.broader)
        if label is None or definition is None:
            raise OntologyError(f"{path}: {name} has no label or no definition.")
        try:
            patterns, exceptions = (tuple(map(expanded, texts(kind))) for kind in (pattern, unless))
        except KeyError as error:
            raise OntologyError(f"{path}: {name} uses the unknown fragment {error}.") from error
        narratives.append(
            Narrative(
                id=name,
                label=label,
                alt_labels=texts(SKOS.altLabel),
                definition=definition,
                broader=_id(broader) if broader else None,
                patterns=patterns,
                unless=exceptions,
                sources=texts(DCTERMS.source),
                examples=texts(SKOS.example),
                scope_note=text(SKOS.scopeNote),
            )
        )
    return Scheme(tuple(sorted(narratives, key=lambda narrative: narrative.id)))


def _id(iri: str) -> str:
    return "narrative:" + iri.removeprefix(NARRATIVES)


_PIECE = re.compile(r"\(\?<?[=!][^()]*\)|\(\?-?i?:|[()|]|\[[^\]]*\]|\\.|[?*+]\??|\{\d+,?\d*\}\??|.")
_LOOKING = re.compile(r"\(\?<?[=!]")
_OPTIONAL = re.compile(r"[?*]\??|\{0,")


def anchors(pattern: str) -> frozenset[str]:
    """Texts in small letters of which every match of the pattern contains at least one; empty if none can be told."""
    return _alternatives(iter(_PIECE.findall(pattern)))


def _alternatives(pieces: Iterator[str]) -> frozenset[str]:
    """What holds for ``a|b|c`` up to the closing parenthesis: the anchors of all, if each has some."""
    found: list[frozenset[str]] = []
    parts: list[frozenset[str]] = [frozenset()]  # of one alternative: each is an anchor set on its own
    run = ""  # the literal text being read
    for piece in pieces:
        if piece in ("|", ")"):
            found.append(_best([*parts, frozenset({run})]))
            parts, run = [frozenset()], ""
            if piece == ")":
                break
        elif piece in (r"\b", "^", "$") or _LOOKING.match(piece):
            continue  # takes no room
        elif piece[0] == "(":
            parts += [frozenset({run}), _alternatives(pieces)]
            run = ""
        elif _OPTIONAL.match(piece):  # what stands before it may be missing
            if run:
                parts.append(frozenset({run[:-1]}))
                run = ""
            else:
                parts.pop()
        elif len(piece) == 1 and piece not in "?*+.":
            run += piece.casefold()
        elif piece[0] == "\\" and not piece[1].isalnum():
            run += piece[1]
        else:
            parts += [frozenset({run}), frozenset()]
            run = ""
    else:
        found.append(_best([*parts, frozenset({run})]))
    return frozenset() if frozenset() in found else frozenset().union(*found)


def _best(parts: list[frozenset[str]]) -> frozenset[str]:
    """The part whose shortest text is longest, which makes the rarest anchor."""
    usable = [part for part in parts if part and "" not in part]
    return max(usable, key=lambda part: (min(map(len, part)), -len(part)), default=frozenset())
