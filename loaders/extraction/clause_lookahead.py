"""What stands ahead in the units of a sentence; every look is bounded, so that reading stays linear."""

from __future__ import annotations

from collections.abc import Sequence

from narragraph.loaders.extraction.units import Unit
from narragraph.loaders.extraction.verbs import SPEECH

_AHEAD = 14  # units that a decision may look at


def next_unit(units: Sequence[Unit], at: int) -> Unit | None:
    """The next unit that is neither adverb nor time."""
    for place in range(at, min(at + 4, len(units))):
        if units[place].kind not in ("A", "T"):
            return units[place]
    return None


def finite_follows(units: Sequence[Unit], at: int) -> bool:
    """Whether the noun before ``at`` has a finite verb behind it, with at most prepositional phrases between."""
    expects_noun = False
    for place in range(at, min(at + _AHEAD, len(units))):
        unit = units[place]
        if unit.kind == "V":
            assert unit.verb is not None
            if unit.verb.form == "participle" and agent_follows(units, unit):
                return False  # ", a charge brushed aside by X"
            return unit.verb.form in ("finite", "participle") and not expects_noun
        if unit.kind == "P":
            expects_noun = True
        elif unit.kind == "N":
            if not expects_noun:
                return False
            expects_noun = False
        elif unit.kind not in ("A", "T"):
            return False
    return False


def speaks_behind_aside(units: Sequence[Unit], at: int) -> bool:
    """Whether a name has a verb of saying behind what is told of it: "(…, Ann Berg), head of the mine, told us"."""
    for place in range(at, min(at + _AHEAD, len(units))):
        unit = units[place]
        if unit.verb is not None:
            asides = sum(other.kind == "," for other in units[at:place])
            said = unit.verb.form in ("finite", "participle") and unit.verb.lemma in SPEECH
            return said and not agent_follows(units, unit) and 1 <= asides <= 2 and units[place - 1].kind == ","
        if unit.kind not in ("N", "P", "A", "T", "CC", ","):
            return False
    return False


def finite_before_noun(units: Sequence[Unit], at: int) -> bool:
    """Whether a certain finite verb follows before any new subject: then an -ed form before it was a participle."""
    expects_noun = False
    for place in range(at, min(at + _AHEAD, len(units))):
        unit = units[place]
        if unit.kind == "V":
            assert unit.verb is not None
            return unit.verb.form in ("finite", "participle")
        if unit.kind in ("P", "ACC"):
            expects_noun = True
        elif unit.kind == "N":
            if not expects_noun:
                return False
            expects_noun = False
        elif unit.kind == ",":
            following = next_unit(units, place + 1)
            return following is not None and following.verb is not None and following.verb.form != "infinitive"
        elif unit.kind not in ("A", "T"):
            return False
    return False


def clause_follows(units: Sequence[Unit], at: int) -> bool:
    """Whether a noun with a finite verb follows ("after powers dismissed …"), not just a noun."""
    following = next_unit(units, at)
    if following is None or following.kind != "N":
        return False
    place = next(k for k in range(at, len(units)) if units[k] is following)
    return finite_follows(units, place + 1)


def inverted(units: Sequence[Unit], at: int) -> bool:
    """Whether the verb is one of saying and its speaker comes after it."""
    verb = units[at].verb
    following = next_unit(units, at + 1)
    return verb is not None and verb.lemma in SPEECH and following is not None and following.kind == "N"


def states(units: Sequence[Unit], at: int) -> bool:
    """Whether a verb of saying tells of a noun that has its own verb: "…, said Norland was to blame"."""
    following = next_unit(units, at + 1)
    if following is None or following.kind != "N":
        return False
    place = next(k for k in range(at + 1, len(units)) if units[k] is following)
    told = next_unit(units, place + 1)
    verb = told.verb if told is not None else None
    return verb is not None and verb.form == "finite" and verb.lemma in ("be", "have")


def list_ends(units: Sequence[Unit], at: int) -> bool:
    """Whether a list runs on to its "and"."""
    for place in range(at, min(at + 40, len(units))):
        kind = units[place].kind
        if kind == "CC":
            following = next_unit(units, place + 1)
            return following is not None and following.kind == "N"
        if kind not in ("N", ",", "A"):
            return False
    return False


def by_follows(units: Sequence[Unit], at: int) -> bool:
    """Whether another "by" follows behind marks, conjunctions and adverbs."""
    for unit in units[at : at + 5]:
        if unit.kind not in ("A", "T", ",", "CC"):
            return unit.kind == "P" and unit.word == "by"
    return False


def agent_follows(units: Sequence[Unit], unit: Unit) -> bool:
    """Whether an agent with "by" follows a participle, with a particle at most between."""
    at = next((k for k, other in enumerate(units) if other.first == unit.first), len(units))
    return any(other.kind == "P" and other.word == "by" for other in units[at + 1 : at + 3])
