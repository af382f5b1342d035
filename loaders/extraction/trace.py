"""How a document was read: each sentence with its phrases, clauses and speakers, the rules that fired and nearly did.

All of it comes from the analysis itself and from what the readers told its recorder; nothing is read a second time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from narragraph.graph.model import Edge, Node
from narragraph.loaders.extraction.analysis import Analysis, Sentence, Span
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.pipeline import to_records
from narragraph.loaders.extraction.recorder import Recorder
from narragraph.loaders.extraction.relations.frames import LACKING
from narragraph.loaders.extraction.speeches import Speech

_SAME = "another rule says the same more surely"
_REFUSED = "the ontology allows no such edge"


def trace(analysis: Analysis) -> dict[str, Any]:
    """The reading of a document, whose analysis has a recorder, as plain data: ``sentences`` and ``elsewhere``.

    Each sentence has its number (from 1), place and text, tokens, mentions, phrases, clauses, speeches, the ``edges``
    that rest on it, what is ``mentioned`` and the rules that ``nearly`` fired, each with its ``stage``: ``words`` that
    a frame asks for are missing, its ``roles`` are not filled, or the ``edge`` was dropped in the end. ``elsewhere``
    holds what rests on no sentence: lines of metadata, headings.
    """
    records = to_records(analysis)
    root = next(record for record in records if isinstance(record, Node))
    reading = _Reading(analysis, [record for record in records if isinstance(record, Edge)])
    return {
        "document": root.id,
        "name": root.name,
        **{name: root.properties[name] for name in ("path", "language", "note") if name in root.properties},
        "sentences": [reading.sentence(sentence) for sentence in analysis.sentences],
        "elsewhere": {"edges": reading.edges[None], "nearly": reading.misses[None]},
    }


def only(whole: dict[str, Any], *, edge: str | None = None, number: int | None = None) -> dict[str, Any] | None:
    """The part of a trace that shows one sentence, or what an edge rests on; None where there is no such part."""
    nothing: dict[str, Any] = {"edges": [], "nearly": []}
    parts = [part for part in whole["sentences"] if number in (None, part["number"])]
    elsewhere = whole["elsewhere"] if number is None else nothing
    if edge is not None:
        parts = [part for part in parts if edge in [one["id"] for one in (*part["edges"], *part["mentioned"])]]
        if edge not in [one["id"] for one in elsewhere["edges"]]:
            elsewhere = nothing
    if not parts and not elsewhere["edges"]:
        return None
    return {**whole, "sentences": parts, "elsewhere": elsewhere}


class _Reading:
    def __init__(self, analysis: Analysis, edges: Sequence[Edge]) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.clauses: Sequence[Clause] = analysis.layers["clauses"].clauses if "clauses" in analysis.layers else ()
        self.by_sentence: Sequence[list[int]] = analysis.layers["clauses"].by_sentence if self.clauses else ()
        self.speeches: list[Speech] = analysis.layers.get("speeches", [])
        self.starts = [sentence.start for sentence in analysis.sentences]
        self.edges: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
        self.mentioned: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
        self.misses: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
        for edge in edges:
            if edge.type != "MENTIONS":
                self.edges[self._index(_trigger(edge)[0])].append(self._edge(edge))
            for index in {self._index(start) for start, _ in edge.spans}:
                self.mentioned[index].append({"id": edge.id, "target": self._name(edge.target)})
        self._note_misses({edge.id for edge in edges})
        self.spoken: dict[int, list[Speech]] = defaultdict(list)
        for speech in self.speeches:
            self.spoken[speech.sentence].append(speech)

    def sentence(self, sentence: Sentence) -> dict[str, Any]:
        """All that was read in one sentence."""
        analysis, index = self.analysis, sentence.index
        block = analysis.blocks[sentence.block] if analysis.blocks else None
        return {
            "number": index + 1,
            "start": sentence.start,
            "end": sentence.end,
            "text": self.text[sentence.start : sentence.end],
            "block": [part for part in (block.kind, block.role) if part] if block else [],
            "tokens": [[token.text, token.tag] for token in analysis.tokens[sentence.first : sentence.last]],
            "mentions": [
                {"text": self.text[m.start : m.end], "entity": m.entity, "name": self._name(m.entity), "how": m.how}
                for m in self._inside(analysis.mentions, sentence)
            ],
            "phrases": [
                {
                    "text": self.text[phrase.start : phrase.end],
                    "head": self.text[slice(*phrase.head)],
                    "entities": [self._name(entity) for entity in phrase.entities],
                    "possessor": [self._name(entity) for entity in phrase.possessor],
                }
                for phrase in self._inside(analysis.phrases, sentence)
            ],
            "clauses": [self._clause(self.clauses[at]) for at in self.by_sentence[index]] if self.by_sentence else [],
            "speeches": [self._speech(speech) for speech in self.spoken[index]],
            "edges": self.edges[index],
            "mentioned": self.mentioned[index],
            "nearly": self.misses[index],
        }

    def _clause(self, clause: Clause) -> dict[str, Any]:
        verb, tokens = clause.verb, self.analysis.tokens
        marks = [name for name in ("passive", "negated", "perfect", "past") if getattr(verb, name)]
        return {
            "verb": self.text[tokens[verb.first].start : tokens[verb.last - 1].end],
            "lemma": verb.lemma,
            "kind": clause.kind,
            "link": clause.link,
            "marks": [*marks, *([verb.modal] if verb.modal else []), *(["quoted"] if clause.quoted else [])],
            "subject": [self._phrase(at) for at in clause.subject if at >= 0],
            "objects": [self._phrase(at) for at in clause.objects if at >= 0],
            "prepositions": [f"{word} {self._phrase(at)}" for word, at in clause.prepositions if at >= 0],
            "below": self.text[slice(*self._verb_span(clause.parent))] if clause.parent is not None else None,
        }

    def _speech(self, speech: Speech) -> dict[str, Any]:
        parent = self.speeches[speech.parent] if speech.parent is not None else None
        return {
            "speakers": [self._name(speaker.entity) for speaker in speech.speakers],
            "words": self.text[speech.start : speech.end],
            "cue": self.text[slice(*speech.cue)],
            "rule": speech.rule,
            "manner": speech.manner,
            "stance": speech.stance,
            "within": [self._name(speaker.entity) for speaker in parent.speakers] if parent else [],
        }

    def _edge(self, edge: Edge) -> dict[str, Any]:
        facts = edge.properties
        claim = facts.get("claim")
        return {
            "id": edge.id,
            "type": edge.type,
            "source": self._name(edge.source),
            "target": self._name(edge.target),
            "rule": facts.get("rule"),
            "trigger": facts.get("trigger"),
            "confidence": edge.confidence,
            "polarity": facts.get("polarity"),
            "modality": facts.get("modality"),
            "basis": facts.get("basis"),
            "claim": self._name(claim) if isinstance(claim, str) else None,
        }

    def _note_misses(self, kept: set[str]) -> None:
        recorder = self.analysis.recorder or Recorder()
        for miss in recorder.misses:
            told: dict[str, Any] = {
                "rule": miss.rule,
                "trigger": self.text[slice(*miss.trigger)],
                "condition": miss.condition,
                "stage": "words" if miss.condition in LACKING else "roles",
            }
            if miss.frame:
                told["asks for"] = dict(miss.frame)
            self._miss(miss.trigger, told)
        refused = {edge.id for edge in self.analysis.layers.get("refused", ())}
        for edge in {edge.id: edge for edge in self.analysis.edges}.values():
            if edge.id not in kept:
                condition = _REFUSED if edge.id in refused else _SAME
                facts = edge.properties
                ends = f"{edge.type} {self._name(edge.source)} → {self._name(edge.target)}"
                told = {
                    "rule": facts.get("rule"),
                    "trigger": facts.get("trigger"),
                    "condition": condition,
                    "stage": "edge",
                    "edge": ends,
                }
                self._miss(_trigger(edge), told)

    def _miss(self, trigger: Span, told: dict[str, Any]) -> None:
        misses = self.misses[self._index(trigger[0])]
        if told not in misses:
            misses.append(told)

    def _index(self, offset: int) -> int | None:
        at = bisect_right(self.starts, offset) - 1
        return at if at >= 0 and offset < self.analysis.sentences[at].end else None

    def _inside(self, parts: Sequence[Any], sentence: Sentence) -> Sequence[Any]:
        first = bisect_left(parts, sentence.start, key=lambda part: part.start)
        last = bisect_left(parts, sentence.end, first, key=lambda part: part.start)
        return parts[first:last]

    def _phrase(self, index: int) -> str:
        phrase = self.analysis.phrases[index]
        return self.text[phrase.start : phrase.end]

    def _verb_span(self, index: int) -> Span:
        verb, tokens = self.clauses[index].verb, self.analysis.tokens
        return tokens[verb.first].start, tokens[verb.last - 1].end

    def _name(self, ident: str) -> str:
        node = self.analysis.entities.get(ident) or self.analysis.nodes.get(ident)
        return node.name if node else ident


def _trigger(edge: Edge) -> Span:
    facts: Any = edge.properties
    start = edge.start or 0
    return facts.get("trigger_start", start), facts.get("trigger_end", edge.end or start)
