"""Stance: whether a clause is stated as so, as not so, or as something that only may be so."""

from __future__ import annotations

from dataclasses import dataclass

from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.clauses import Clause, Clauses
from narragraph.ontology.lexicon import load_words

_NOT_SO = load_words("verbs", "not_so")
_NOT_YET = load_words("verbs", "not_yet")
_POSSIBLE = load_words("verbs", "possible")
_UNCERTAIN = load_words("verbs", "uncertain_words")
_READY = load_words("verbs", "ready")
_NOBODY = load_words("verbs", "nobody")
TOLD_HOW = frozenset(("describe", "detail", "explain", "reveal", "recount", "relate", "report", "show", "tell"))
_ENABLING = frozenset(("allow", "enable", "let", "permit"))  # "has allowed X to": X did
_DEPENDENT = frozenset(("infinitive", "gerund", "complement", "question"))
_LACKING = frozenset(("no", "zero", "scant", "little"))
_DOUBT = frozenset(("doubt", "doubts", "question", "secret"))
_JOINING = frozenset(("or", "and", "nor", "but", ","))
_NEAR = 4  # clauses looked back upon
_CLIMB = 6


@dataclass(frozen=True)
class Stance:
    """``polarity`` affirmed or negated; ``hypothetical`` where the text does not say that it happened."""

    negated: bool = False
    hypothetical: bool = False

    @property
    def plain(self) -> bool:
        """Whether the clause is stated as so."""
        return not self.negated and not self.hypothetical


PLAIN = Stance()


def stance_of_clause(analysis: Analysis, clause: Clause) -> Stance:
    """The stance of a clause, from its own verb and from what governs it up to the speech it stands in."""
    read: Clauses = analysis.layers["clauses"]
    whole = _begun(analysis, read, clause)
    negated = (
        (whole is not None and whole.verb.negated)
        or clause.verb.negated
        or _about_nobody(analysis, clause)
        or _neither(analysis, clause)
    )
    hypothetical = (
        clause.verb.modal in _POSSIBLE
        or (whole is not None and whole.verb.modal in _POSSIBLE)
        or clause.kind == "condition"
        or (clause.kind == "question" and not _told_how(read, clause))
        or _asked(analysis, clause)
    )
    at = clause
    for _ in range(_CLIMB):
        if at.parent is None or at.kind not in _DEPENDENT:
            break
        above = read.clauses[at.parent]
        lemma = above.verb.lemma
        governed = at.kind in ("infinitive", "gerund") and at.link != "opening"
        if governed or at.kind == "complement":
            if lemma in _NOT_SO:
                negated = True
            elif (
                governed and lemma in _NOT_YET and not (lemma in _ENABLING and (above.verb.past or above.verb.perfect))
            ):
                hypothetical = True
            if above.verb.negated or _about_nobody(analysis, above):
                negated = True
            if above.verb.modal in _POSSIBLE:
                hypothetical = True
        if lemma == "be" and (
            _uncertain(analysis, above) or (at.kind == "infinitive" and _only_ready(analysis, above))
        ):
            hypothetical = True
        if above.kind in ("condition", "question"):
            hypothetical = True
        if at.kind == "complement" and at.noun is not None and _lacks(analysis, at.noun):
            negated = True
        at = above
    return Stance(negated, hypothetical)


def _begun(analysis: Analysis, read: Clauses, clause: Clause) -> Clause | None:
    """The clause whose "did not" or "might" a bare verb goes on with: "did not move or (hide) the stones"."""
    before = analysis.tokens[clause.verb.first - 1].lower if clause.verb.first else ""
    bare = analysis.tokens[clause.verb.first].tag == "VB" and clause.verb.first == clause.verb.head
    if not bare or clause.verb.modal or clause.kind == "infinitive" or before not in _JOINING:
        return None
    earlier = (read.clauses[index] for index in range(clause.index - 1, max(clause.index - _NEAR, -1), -1))
    return next((c for c in earlier if c.sentence == clause.sentence and c.subject == clause.subject), None)


def _told_how(read: Clauses, clause: Clause) -> bool:
    """Whether it is told as so by "how": "described how X burned the village"."""
    return clause.link == "how" and clause.parent is not None and read.clauses[clause.parent].verb.lemma in TOLD_HOW


def _lacks(analysis: Analysis, noun: int) -> bool:
    """Whether a noun that takes a clause is said not to be there: "no evidence that …"."""
    phrase = analysis.phrases[noun]
    words = {token.lower for token in analysis.tokens[phrase.first : phrase.last]}
    return bool(words & _LACKING) and not words & _DOUBT


def _about_nobody(analysis: Analysis, clause: Clause) -> bool:
    """Whether the subject is "nobody", "no one", "no country", "neither side"."""
    if not clause.subject or clause.subject[0] < 0:
        return False
    phrase = analysis.phrases[clause.subject[0]]
    words = [token.lower for token in analysis.tokens[phrase.first : phrase.first + 2]]
    before = analysis.tokens[phrase.first - 1].lower if phrase.first else ""
    return bool(words) and (words[0] in _NOBODY or before in ("no", "neither", "nor") or words == ["few", "have"])


def _neither(analysis: Analysis, clause: Clause) -> bool:
    """Whether "neither" or "nor" stands before the verb, or "neither" behind it."""
    before = analysis.tokens[clause.verb.first - 1].lower if clause.verb.first else ""
    after = analysis.tokens[clause.verb.last].lower if clause.verb.last < len(analysis.tokens) else ""
    return before in ("neither", "nor") or after == "neither"


def _asked(analysis: Analysis, clause: Clause) -> bool:
    """Whether the sentence is a question."""
    last = analysis.sentences[clause.sentence].last
    return any(token.text == "?" for token in analysis.tokens[max(clause.last - 1, last - 2) : last])


def _uncertain(analysis: Analysis, clause: Clause) -> bool:
    after = analysis.tokens[clause.verb.last : clause.verb.last + 4]
    return any(token.lower in _UNCERTAIN for token in after) or (
        clause.verb.negated and any(token.lower in ("clear", "certain", "true", "known", "evident") for token in after)
    )


def _only_ready(analysis: Analysis, clause: Clause) -> bool:
    """Whether somebody is only ready, able or likely to do what follows."""
    return any(token.lower in _READY for token in analysis.tokens[clause.verb.last : clause.verb.last + 3])
