"""Names that may mean the same: pairs with a score and the reasons for it, to be decided by people."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from rapidfuzz import fuzz

from narragraph.graph.identity import TYPES
from narragraph.graph.model import Node
from narragraph.ontology.gazetteer import load_gazetteer
from narragraph.ontology.lexicon import load_lexicon

LEAST = 0.7  # score of a pair that is worth a look
_COMMON = 60  # nodes that share a word which tells nothing then ("ministry")
_NEAR = 86  # rapidfuzz ratio from which two spellings are taken for one
_WORD = re.compile(r"[^\W_]+")
_SOMEBODYS = re.compile(r"['’]s? [a-z]")
_VOWELS = re.compile(r"(?<=.)[aeiouy]+|h(?=$)")
_GIVEN = 3  # letters of a given name that begins like a longer one


@dataclass(frozen=True)
class Candidate:
    """Two nodes that may be one; ``score`` is between 0 and 1, and no probability."""

    score: float
    left: Node
    right: Node
    reasons: tuple[str, ...]


def candidates(
    nodes: Iterable[Node], *, least: float = LEAST, decided: Collection[tuple[str, str]] = ()
) -> list[Candidate]:
    """Pairs of actors and of outlets that may be the same, best first, without those that are ``decided``."""
    listed = {entry.id for entry in load_gazetteer().entries}  # each is itself and no other
    known = sorted((node for node in nodes if _has_name(node)), key=lambda node: node.id)
    found = []
    for left, right in sorted(_blocked(known), key=lambda pair: (pair[0].id, pair[1].id)):
        if (left.id, right.id) in decided or (left.id in listed and right.id in listed):
            continue
        score, reasons = compare(left, right)
        if score >= least:
            found.append(Candidate(round(score, 2), left, right, reasons))
    return sorted(found, key=lambda pair: (-pair.score, pair.left.id, pair.right.id))


def _has_name(node: Node) -> bool:
    """Whether it goes by a name: "American soldiers" and "BBC's spokesperson" mean others in every document."""
    told = node.name.islower() and "domain" not in node.properties
    unnamed = node.properties.get("kind") == "collective" or _SOMEBODYS.search(node.name) or told
    return node.type in TYPES and not unnamed


def compare(left: Node, right: Node) -> tuple[float, tuple[str, ...]]:
    """How likely two nodes of one type are the same, and why."""
    if office := _office_and_holder(left, right):
        return 0.72, (office,)
    is_person = left.properties.get("kind") == "person"
    pairs = ((one, other) for one in _forms(left) for other in _forms(right))
    score, reason = max((_names(one, other, is_person) for one, other in pairs), key=lambda result: result[0])
    if not score:
        return 0.0, ()
    reasons = [reason]
    for name, weight in (("wikidata", 1.0), ("domain", 0.6), ("kind", 0.15), ("country", 0.15)):
        ours, theirs = left.properties.get(name), right.properties.get(name)
        if ours and theirs and ours != theirs:
            score -= weight
            reasons.append(f"but {name} {ours} and {theirs}")
        elif ours and ours == theirs:
            score += 0.05
            reasons.append(f"both {name} {ours}")
    return max(0.0, min(1.0, score)), tuple(reasons)


def _office_and_holder(left: Node, right: Node) -> str | None:
    """Why a node that stands for whoever held an office may be a person; who held it when, the documents must tell."""
    if not _office(left) or _office(left) != _office(right):
        return None
    named = [_plain(node.name).startswith(_plain(str(node.properties["role"])) + " of ") for node in (left, right)]
    if named[0] == named[1]:
        return None
    office, holder = (left, right) if named[0] else (right, left)
    return f"{holder.name} has held the office, {office.name}; mind the dates"


def _office(node: Node) -> str | None:
    """The office that a person holds or that a node is named by, of a country: "president country:FR"."""
    role, country = node.properties.get("role"), node.properties.get("country")
    return f"{role} {country}" if node.properties.get("kind") == "person" and role and country else None


def _names(one: str, other: str, person: bool) -> tuple[float, str]:
    """The score of two names, of people or not, and what makes it."""
    if one == other:
        return 0.95, "the same name but for accents and case"
    ours, theirs = one.split(), other.split()
    if sorted(ours) == sorted(theirs):
        return 0.9, "the same words in another order"
    for short, long in ((ours, theirs), (theirs, ours)):
        if len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long if word not in _small()):
            return 0.8, f"{short[0].upper()} are the initials of {' '.join(long)}"
    ours, theirs = _large(ours), _large(theirs)
    if "".join(ours) == "".join(theirs):
        return 0.9, "the same name but for spaces and small words"
    if len(ours) > 1 and len(theirs) > 1 and _sounds(ours) == _sounds(theirs):
        return 0.85, "the same name in another transliteration"
    if person and _initials(ours, theirs):
        return 0.8, "the same last name and initial"
    if _alike(ours, theirs):
        return 0.75 + (fuzz.ratio(one, other) - _NEAR) / 100, "spelt nearly alike"
    if person and _skeletons(ours, theirs):
        return 0.74, "spelt alike but for vowels"
    for short, long in ((ours, theirs), (theirs, ours)):
        if 1 < len(short) < len(long) and set(short) < set(long):
            return 0.72, f"{' '.join(short)} is a part of {' '.join(long)}"
    if person and _short_form(ours, theirs):
        return 0.7, "the same last name, and a given name that begins like the other"
    return 0.0, ""


@cache
def _small() -> frozenset[str]:
    return frozenset(load_lexicon("transliteration")["small"])


def _large(words: list[str]) -> list[str]:
    """The words without articles and the like, where more than one is left."""
    large = [word for word in words if word not in _small()]
    return large if len(large) > 1 else words


def _initials(ours: list[str], theirs: list[str]) -> bool:
    """Whether the names differ in words of which one writes the first letter only: "I. Lund", "Ida M. Lund"."""
    pairs = list(zip(ours, theirs))
    apart = [(a, b) for a, b in pairs if a != b]
    return (
        len(ours) == len(theirs) > 1
        and ours[-1] == theirs[-1]
        and bool(apart)
        and all(a[0] == b[0] and 1 in (len(a), len(b)) for a, b in apart)
    )


def _sounds(words: list[str]) -> list[str]:
    return [_sound(word) for word in words]


@cache
def _sound(word: str) -> str:
    """A word as it may sound, however it is written in Latin letters: "Yuriy", "Juri" and "Yury" are one."""
    for pattern, sound in _customs():
        word = pattern.sub(sound, word)
    return word


@cache
def _customs() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), sound) for pattern, sound in load_lexicon("transliteration")["sounds"])


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): latin for letter, latin in load_lexicon("transliteration")["letters"].items()}


def _skeletons(ours: list[str], theirs: list[str]) -> bool:
    """Whether all words have the same consonants: "Husni Saleh", "Hosny Salih", and not "Mario Lund", "Maria Lund"."""
    return len(ours) == len(theirs) > 1 and all(map(_same_skeleton, ours, theirs))


def _same_skeleton(one: str, other: str) -> bool:
    ours, theirs = _sound(one), _sound(other)
    bare = _VOWELS.sub("", ours)
    enough = len(bare) > 1 and min(len(ours), len(theirs)) > 3
    return ours == theirs or (enough and bare == _VOWELS.sub("", theirs) and not _gendered(one, other))


def _gendered(one: str, other: str) -> bool:
    """Whether two names are those of a man and a woman: "Petrov" and "Petrova", "Mario" and "Maria"."""
    short, long = sorted((one, other), key=len)
    return long == short + "a" or (one[:-1] == other[:-1] and {one[-1], other[-1]} == {"a", "o"})


def _short_form(ours: list[str], theirs: list[str]) -> bool:
    """As in "Chris Lund" and "Christopher Lund", and not in "Jan Lund" and "Janina Lund"."""
    if not len(ours) == len(theirs) > 1 or ours[1:] != theirs[1:]:
        return False
    short, long = sorted((ours[0], theirs[0]), key=len)
    return len(short) >= _GIVEN and long.startswith(short) and not _gendered(short, long)


def _alike(ours: list[str], theirs: list[str]) -> bool:
    """Whether each word has its near spelling: "Ivan Petrow" and "Ivan Petrov", not "Ivan Petrov" and "Iva Petrova"."""
    if len(ours) != len(theirs):
        return False
    pairs = [(a, b) for a, b in zip(ours, theirs) if a != b]
    return (
        all(
            min(len(a), len(b)) > 3 and a[0] == b[0] and fuzz.ratio(a, b) >= _NEAR - 8 and not a.isdigit()
            for a, b in pairs
        )
        and not any(_gendered(a, b) for a, b in pairs)
        and fuzz.ratio(" ".join(ours), " ".join(theirs)) >= _NEAR
    )


def _blocked(nodes: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Pairs of one type that share a word, the beginning of one, or initials."""
    blocks: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        keys: set[str] = set()
        for form in _forms(node):
            words = [word for word in form.split() if word not in _small()]
            keys.update(words, (word[:4] for word in words if len(word) > 4), (f"~{_sound(word)}" for word in words))
            if len(words) > 1:
                keys.update(("".join(word[0] for word in words), "".join(words)))
        if office := _office(node):
            keys.add(f"@{office}")
        for key in keys:
            blocks[node.type, key].append(node)
    pairs: set[tuple[str, str]] = set()
    for block in blocks.values():
        if len(block) <= _COMMON:
            pairs.update((left.id, right.id) for left, right in combinations(block, 2))
    by_id = {node.id: node for node in nodes}
    return ((by_id[left], by_id[right]) for left, right in pairs)


def _forms(node: Node) -> list[str]:
    label = str(node.properties.get("domain", "")).rpartition(".")[0]  # "harbour-times" of harbour-times.example
    return list(dict.fromkeys(filter(None, (_plain(name) for name in (node.name, *node.aliases, label)))))


def _plain(name: str) -> str:
    """A name as it is compared: words in lower case, without accents and punctuation."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_letters()))  # letters first: й is no и
    plain = "".join(char for char in folded if not unicodedata.combining(char)).translate(_letters())
    words = _WORD.findall(plain)
    return " ".join(word for word in words if word not in ("the", "s"))
