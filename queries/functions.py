"""What query files write as functions ``ng.…(variable)``: fixed Cypher put in their place when a file is read.

So every query keeps to the reader's filters, folds and counts in the same way, and says so in a word. The texts are
ours and hold no value; what a reader asks for travels in parameters alone.

==================  ========================================================================================
``ng.within(r)``    the edge ``r`` is among what the reader asked for: a predicate over all FILTERS
``ng.document(d)``  the same for a Document node, which has neither confidence nor modality
``ng.source(r)``    the id of the edge's document; of a reprint, that of its original
``ng.original(d)``  the same for a Document node
``ng.sentence(r)``  one value for each sentence, however many edges rest on it
``ng.id(a)``        the id that ``a`` counts under: a government is its country, what is decided to be the same is one
``ng.name(a)``      the name that goes with it
``ng.evidence(r)``  for ``collect(ng.evidence(r)) AS evidence``, the last column: null unless evidence is asked for
==================  ========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from narragraph.queries.parameters import Parameter

CONFIDENCE = "min_confidence"
MODALITIES = ("asserted", "reported", "hypothetical")

#: What a reader can narrow every query by that has a function for it.
FILTERS = {
    filter.name: filter
    for filter in (
        Parameter("since", "date", "Only documents dated so or later: 2016, 2016-05 or 2016-05-17."),
        Parameter("until", "date", "Only documents dated so or earlier."),
        Parameter(CONFIDENCE, "share", "Leave out what the extraction is less sure of.", default=0.7),
        Parameter("modality", "text", "Only what documents assert, report or merely suppose.", choices=MODALITIES),
        Parameter("language", "text", "Only documents in this language, such as en; or that review a page in it."),
        Parameter("document", "document", "Only this document, with its parts."),
        Parameter("collection", "text", "Only what documents of this collection say."),
    )
}
#: Parameters that the program fills in by itself.
FILLED = ("folded", "names", "reprints", "evidence", "loaded_before")

_DATED = (
    "($since IS NULL OR {x}.published >= left($since, size({x}.published)))",
    "($until IS NULL OR left({x}.published, size($until)) <= $until)",
    "($language IS NULL OR {x}.language = $language"
    " OR EXISTS { MATCH ({x})-[:REVIEWS]->(ng_page:Document) WHERE ng_page.language = $language })",
)
_LOADED = (
    "($loaded_before IS NULL OR EXISTS { MATCH (ng_root:Document {id: {x}.root})"
    " WHERE ng_root.loaded_at < $loaded_before })"
)
_IN_WINDOW = " AND ".join(text.replace("{x}", "ng_document") for text in _DATED)

# each a conjunction, one condition a line when it is shown
_TEXTS = {
    "within": (
        "({x}.confidence >= $min_confidence",
        "($modality IS NULL OR coalesce({x}.modality, 'asserted') = $modality)",
        "($collection IS NULL OR {x}.collection = $collection)",
        "($document IS NULL OR {x}.document IN $document)",
        "($since IS NULL AND $until IS NULL AND $language IS NULL"
        " OR EXISTS { MATCH (ng_document:Document {id: {x}.document}) WHERE " + _IN_WINDOW + " })",
        _LOADED + ")",
    ),
    "document": (
        "(($collection IS NULL OR {x}.collection = $collection)",
        "($document IS NULL OR {x}.id IN $document)",
        *_DATED,
        _LOADED + ")",
    ),
    "source": ("coalesce($reprints[{x}.document], {x}.document)",),
    "original": ("coalesce($reprints[{x}.id], {x}.id)",),
    "sentence": ("(coalesce($reprints[{x}.document], {x}.document) + ' ' + {x}.sentence)",),
    "id": ("coalesce($folded[{x}.id], {x}.id)",),
    "name": ("coalesce($names[{x}.id], {x}.name)",),
    "evidence": (
        "CASE WHEN $evidence THEN {edge: {x}.id, sentence: {x}.sentence, document: {x}.document, "
        "start: {x}.start, end: {x}.end} END",
    ),
}
FUNCTIONS = tuple(_TEXTS)

# strings, names in backticks and comments are passed over
_OTHERS = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/"""
_CALL = re.compile(_OTHERS + r"""|(?<![\w.$])ng\.(?P<function>\w*)(?:\s*\((?P<variable>[^()]*)\))?""", re.DOTALL)
_VARIABLE = re.compile(r"[A-Za-z]\w*")
_PARAMETER = re.compile(_OTHERS + r"|\$(?P<name>\w+)", re.DOTALL)


class FunctionError(ValueError):
    """A call in a query's text is none of ours; ``place`` is its offset."""

    def __init__(self, reason: str, place: int) -> None:
        super().__init__(reason)
        self.place = place


def expand(body: str, *, lines: bool = False) -> str:
    """The Cypher that a query's text stands for.

    Each line stays one line, so that a store tells faults by the right one; with ``lines``, conditions get lines of
    their own, for people to read. Raises FunctionError for a call that is none of ours.
    """

    def text(call: re.Match[str]) -> str:
        function, variable = call["function"], (call["variable"] or "").strip()
        if function is None:
            return call[0]
        if function not in _TEXTS:
            known = ", ".join(f"ng.{name}" for name in FUNCTIONS)
            raise FunctionError(f"there is no function ng.{function}; there are {known}", call.start())
        if not _VARIABLE.fullmatch(variable):
            raise FunctionError(f"ng.{function} is called with the name of one variable", call.start())
        column = call.start() - (body.rfind("\n", 0, call.start()) + 1)
        between = "\n" + " " * (column + 1) + "AND " if lines else " AND "
        return between.join(_TEXTS[function]).replace("{x}", variable)

    return _CALL.sub(text, body)


def parameters_in(cypher: str) -> Iterator[tuple[str, int]]:
    """The parameters that a text asks for, in its order, with their offsets."""
    return ((found["name"], found.start()) for found in _PARAMETER.finditer(cypher) if found["name"])
