"""What the stages of extraction hand to each other: one document, read in more and more detail.

Each stage adds one layer and changes no earlier one. All offsets are characters of ``document.text``, ends exclusive.

    structure → sentences → mentions → phrases → coreference
    → clauses → attribution → claims, relations, events, narratives
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from narragraph.graph.model import Edge, Node
from narragraph.loaders.additions import NOTHING, Additions
from narragraph.loaders.document import SourceDocument

if TYPE_CHECKING:
    from narragraph.loaders.extraction.recorder import Recorder

Span = tuple[int, int]


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or metadata line; ``start`` is where its content begins, after a label."""

    start: int
    end: int
    kind: str  # paragraph, heading, item, metadata, caption, boilerplate, repeated, table
    role: str | None = None  # title, disputed, counter, motive, summary, disproof, examples; None for running text
    label: Span | None = None  # "Lie:", "Summary", "Motive:"
    group: int | None = None  # blocks of one numbered or labelled entry (lie, motive, truth) share it
    case: int | None = None  # index into Analysis.cases

    @property
    def silent(self) -> bool:
        """Whether it carries nothing: menus, captions, repeated paragraphs, adverts."""
        return self.kind in ("boilerplate", "repeated", "caption")


@dataclass(frozen=True)
class Case:
    """A case inside a file ("Disinfo: …" with summary and disproof), which becomes a Document of its own."""

    start: int
    end: int
    title: Span | None
    metadata: dict[str, tuple[str, Span]] = field(default_factory=dict)  # published, countries, outlet, language, …


@dataclass(frozen=True)
class Token:
    """A word, number or punctuation mark with its part of speech (Penn Treebank tag)."""

    start: int
    end: int
    text: str
    tag: str

    @cached_property
    def lower(self) -> str:
        """The word in lower case, with straight apostrophes."""
        return self.text.lower().replace("’", "'")


@dataclass(frozen=True)
class Sentence:
    """One sentence: ``tokens[first:last]`` of the analysis, inside one block."""

    index: int
    start: int
    end: int
    block: int
    first: int
    last: int


@dataclass(frozen=True)
class Mention:
    """A place where the text names or means an entity.

    ``how``: name, alias, demonym, capital, government, template ("Mali's army"), unknown (a capitalised name), surname,
    group ("Malian bloggers"), office ("the president"), pronoun, definite ("the country").
    """

    start: int
    end: int
    entity: str  # node id, key of Analysis.entities
    how: str
    confidence: float = 1.0


@dataclass(frozen=True)
class NounPhrase:
    """A noun phrase and who takes part by it: the participant is the head, not a modifier.

    "Colombia's right-wing President Ivan Duque" is Duque; "Britain, France and Germany" has three ``entities``;
    "a statement by X" has none. ``possessor`` is the entity before 's or after "of".
    """

    start: int
    end: int
    head: Span
    entities: tuple[str, ...] = ()
    possessor: tuple[str, ...] = ()
    first: int = 0  # tokens[first:last]
    last: int = 0


@dataclass
class Analysis:
    """One document and all that the stages have found in it so far."""

    document: SourceDocument
    additions: Additions = NOTHING  # names and words of the user's own
    recorder: Recorder | None = None  # hears of rules that nearly fired, where somebody wants to know
    blocks: list[Block] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    quotes: list[Span] = field(default_factory=list)  # between quotation marks, marks excluded; may cross sentences
    entities: dict[str, Node] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)  # ordered by start; none overlap before mentions.admit_groups
    phrases: list[NounPhrase] = field(default_factory=list)  # ordered by start
    nodes: dict[str, Node] = field(default_factory=dict)  # claims, events, narratives, documents
    edges: list[Edge] = field(default_factory=list)
    layers: dict[str, Any] = field(default_factory=dict)  # what one stage leaves for another (clauses, speeches, …)

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text
