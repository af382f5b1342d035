"""How good are the candidates of `narragraph identity`? Pairs of names with known answers, beside other matchers.

    python benchmarks/identity.py FILE...

Each file is a set of its own. TXT files are actor dictionaries in the form of TABARI and PETRARCH, such as
Phoenix.Countries.actors.txt: an entry's first line is a name, lines that begin with "+" are other names of the same;
several are one set. CSV files are gazetteers with the columns name, aliases, kind and wikidata: names of one item are
the same. Every pair of names of one entry should be found, no other pair. Only names of two to five words count (and
acronyms of bodies), of dictionaries only entries with two or three such names: longer ones list offices.

Plain string similarity (rapidfuzz) looks at all pairs. The matchers of nomenklatura (`pip install nomenklatura`, which
needs ICU; it is no part of this project) are given the pairs that share a word, its beginning, or half their letters.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from narragraph.graph.identity.candidates import candidates
from narragraph.graph.model import Node

_FEW = 3  # names of a dictionary's entry; those with more are lists of offices and spellings made by machine
_HALF = 60  # rapidfuzz ratio from which a pair is shown to a slow matcher
_MATCHERS = {  # of nomenklatura, with thresholds: about the best for F1, one below and one above
    "LogicV1": (0.7, 0.8, 0.9),
    "LogicV2": (0.7, 0.8, 0.9),
    "NameMatcher": (0.8, 0.9, 0.95),
    "RegressionV1": (0.3, 0.5, 0.7),
    "EntityResolveRegression": (0.2, 0.3, 0.5),
}

Pairs = set[tuple[str, str]]


@dataclass(frozen=True)
class Names:
    """A set with known answers: each name's kind (person, or a kind of body), and the pairs that are the same."""

    title: str
    kinds: dict[str, str]
    same: Pairs


def main() -> None:
    """Measure and print."""
    paths = [Path(path) for path in sys.argv[1:]]
    dictionaries = [path for path in paths if path.suffix == ".txt"]
    sets = [read_dictionaries(dictionaries)] if dictionaries else []
    for names in [*sets, *(read_gazetteer(path) for path in paths if path.suffix == ".csv")]:
        print(f"\n{names.title}: {len(names.kinds)} names, {len(names.same)} pairs that are the same")
        print(f"{'method':<44} pairs  precision  recall    F1  seconds")
        measure(names)
    if not importlib.util.find_spec("nomenklatura"):
        print("\nnomenklatura is not installed here, so its matchers were left out: pip install nomenklatura")


def measure(names: Names) -> None:
    """A line of the table for each method and threshold."""
    began = time.monotonic()
    found = candidates(
        (Node(name, "Actor", name, properties={"kind": kind}) for name, kind in names.kinds.items()), least=0.0
    )
    ours = {pair(one.left.id, one.right.id): one.score for one in found}
    rows("candidates", ours, (0.7, 0.75, 0.8, 0.85), names.same, time.monotonic() - began)
    ordered = sorted(names.kinds)
    plain = [name.lower() for name in ordered]
    shown: Pairs = set(blocked(ordered))
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        began = time.monotonic()
        matrix = process.cdist(plain, plain, scorer=scorer, score_cutoff=_HALF)
        likeness = {(ordered[i], ordered[j]): float(matrix[i, j]) for i, j in zip(*matrix.nonzero()) if i < j}
        rows(f"rapidfuzz {scorer.__name__}", likeness, (85, 90, 95), names.same, time.monotonic() - began)
        shown |= likeness.keys()
    if importlib.util.find_spec("nomenklatura"):
        inside = len(shown & names.same) / len(names.same)
        print(f"(nomenklatura is shown {len(shown)} pairs, among them {inside:.2f} of those that are the same)")
        for matcher, thresholds in _MATCHERS.items():
            began = time.monotonic()
            scored = nomenklatura_scores(matcher, names.kinds, shown)
            rows(f"nomenklatura {matcher}", scored, thresholds, names.same, time.monotonic() - began)


def nomenklatura_scores(matcher: str, kinds: dict[str, str], shown: Pairs) -> dict[tuple[str, str], float]:
    """What a matcher of nomenklatura gives each pair, knowing the name and whether it is a person's or a body's."""
    model = importlib.import_module("followthemoney").model
    matching = importlib.import_module("nomenklatura.matching")

    entities: dict[str, Any] = {}
    for name, kind in kinds.items():
        entity = model.make_entity("Person" if kind == "person" else "Organization")
        entity.id = name
        entity.add("name", name)
        entities[name] = entity
    compare: Callable[..., Any] = getattr(matching, matcher).compare
    config = importlib.import_module("nomenklatura.matching.types").ScoringConfig.defaults()
    return {
        (one, other): compare(entities[one], entities[other], config).score
        for one, other in shown
        if entities[one].schema == entities[other].schema
    }


def read_dictionaries(paths: list[Path]) -> Names:
    """The names of actor dictionaries; they do not tell people from bodies, so all count as people."""
    owners: dict[str, int] = {}
    for number, names in enumerate(name for path in paths for name in entries(path)):
        for name in names:
            owners.setdefault(name, number)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for name, number in owners.items():
        groups[number].append(name)
    same = {pair(*two) for names in groups.values() for two in combinations(names, 2)}
    return Names(" and ".join(path.name for path in paths), dict.fromkeys(owners, "person"), same)


def entries(path: Path) -> Iterator[list[str]]:
    """The names of each entry of a dictionary, in title case."""
    names: list[str] = []
    for line in path.read_text("latin-1").splitlines():
        name = " ".join(re.split(r"[\s_]+", re.split(r"[#\[]", line)[0].lstrip("+").strip(" _"))).title()
        if line[:1] not in ("+", "\t", " ", "#", "[", ""):
            if 1 < len(names) <= _FEW:
                yield names
            names = []
        if line[:1] not in ("\t", " ", "#", "[", "") and 2 <= len(name.split()) <= 5:
            names.append(name)


def read_gazetteer(path: Path) -> Names:
    """The names and aliases of all entries with a Wikidata item."""
    kinds: dict[str, str] = {}
    items: defaultdict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in [row["name"], *row["aliases"].split("|")]:
                acronym = row["kind"] != "person" and name.isupper() and len(name) > 2
                if row["wikidata"] and (2 <= len(name.split()) <= 5 or acronym) and name not in kinds:
                    kinds[name] = row["kind"]
                    items[row["wikidata"]].append(name)
    same = {pair(*two) for names in items.values() for two in combinations(names, 2)}
    return Names(f"{path.name}, entries with a Wikidata item", kinds, same)


def blocked(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs that share a word or its beginning, where that is not one of very many."""
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for word in re.findall(r"\w+", name.lower()):
            blocks[word].add(name)
            blocks[word[:4]].add(name)
    for block in blocks.values():
        if len(block) <= 200:
            yield from (pair(one, other) for one, other in combinations(sorted(block), 2))


def pair(one: str, other: str) -> tuple[str, str]:
    """Two names in order."""
    return (one, other) if one < other else (other, one)


def rows(
    method: str, scores: dict[tuple[str, str], float], thresholds: tuple[float, ...], same: Pairs, seconds: float
) -> None:
    """A line of the table for each threshold."""
    for least in thresholds:
        found = {two for two, score in scores.items() if score >= least}
        right = len(found & same)
        precision, recall = right / max(1, len(found)), right / len(same)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        name = f"{method}, {least:g} and above"
        print(f"{name:<44} {len(found):>5}  {precision:>9.2f}  {recall:>6.2f}  {f1:>4.2f}  {seconds:>7.1f}")


if __name__ == "__main__":
    main()
