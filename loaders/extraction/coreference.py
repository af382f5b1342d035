"""Coreference: pronouns, offices and "the country" to the entity they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from narragraph.loaders.extraction.analysis import Analysis, NounPhrase, Sentence
from narragraph.loaders.extraction.offices import Offices
from narragraph.loaders.extraction.pronouns import Pronouns

_HE = frozenset(("he", "him", "his", "himself"))
_SHE = frozenset(("she", "her", "hers", "herself"))
_THEY = frozenset(("they", "them", "their", "themselves"))


def resolve(analysis: Analysis) -> None:
    """Add mentions for what stands for an entity without naming it, and give phrases their entities."""
    resolver = _Resolver(analysis)
    for sentence in analysis.sentences:
        resolver.read(sentence)
    resolver.forget_unnamed()
    resolver.drafts.finish()
    _give_phrases(analysis, resolver.meant, resolver.held)


class _Resolver(Pronouns, Offices):
    """Reads sentences from left to right."""

    def read(self, sentence: Sentence) -> None:
        """Resolve what one sentence leaves open, from left to right."""
        for at in range(sentence.first, sentence.last):
            mention = self.drafts.at.get(at)
            if mention is not None:
                new = not self.seen or self.seen[-1][2] is not mention
                inside = mention.start > self.tokens[at].start  # "pro-Odell" speaks of somebody else
                if mention.how not in ("pronoun", "demonym") and new and not inside:
                    self.seen.append((sentence.index, at, mention))
                continue
            token = self.tokens[at]
            word = token.lower
            if token.tag in ("PRP", "PRP$"):
                if word in _HE or word in _SHE:
                    self.pronoun(sentence, at, "m" if word in _HE else "f")
                elif word in _THEY:
                    self.they(sentence, at)
            elif word == "both":
                self.both(sentence, at)
            elif (token.tag == "NNS" and self.several(sentence, at)) or (
                token.tag == "NNP" and self.body(sentence, at)
            ):
                continue
            elif token.tag in ("NN", "NNS") or (token.tag == "NNP" and (word in self.offices or word in self.own)):
                self.definite(sentence, at, word)

    def forget_unnamed(self) -> None:
        """An office whose holder the text names is no unnamed person."""
        ends = {self.tokens[at].end for at in self.held}
        self.drafts.groups[:] = [group for group in self.drafts.groups if group.end not in ends]


def _give_phrases(analysis: Analysis, meant: Mapping[int, tuple[str, ...]], held: Set[int]) -> None:
    """Give phrases the entities of their open head, also where its holder has a name; rows those of their members."""
    if not meant:
        return
    given: dict[tuple[int, int], NounPhrase] = {}
    for index, phrase in enumerate(analysis.phrases):
        entities = meant.get(phrase.last - 1)
        owner = next(
            (
                meant[at]
                for at in range(phrase.first, phrase.last - 1)
                if at in meant and analysis.tokens[at].tag == "PRP$"
            ),
            (),
        )
        known = () if phrase.last - 1 in held else phrase.entities
        if (entities and not known) or (owner and not phrase.possessor):
            phrase = replace(phrase, entities=known or entities or (), possessor=phrase.possessor or owner)
            analysis.phrases[index] = given[phrase.first, phrase.last] = phrase
    chains: Mapping[tuple[int, int], Sequence[tuple[int, int]]] = analysis.layers.get("chains", {})
    by_tokens = {(phrase.first, phrase.last): phrase for phrase in analysis.phrases}
    for index, phrase in enumerate(analysis.phrases):
        members = chains.get((phrase.first, phrase.last), ())
        if any(member in given for member in members):
            entities = tuple(dict.fromkeys(entity for member in members for entity in by_tokens[member].entities))
            analysis.phrases[index] = replace(phrase, entities=entities)
