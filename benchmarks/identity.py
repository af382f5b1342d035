"""How good are the candidates of `narragraph identity`? Pairs of names with known answers, beside string similarity.

    python benchmarks/identity.py ACTORS.txt...

The files are actor dictionaries in the form of TABARI and PETRARCH, such as Phoenix.Countries.actors.txt: an entry's
first line is a name, lines that begin with "+" are other names of the same. Every pair of names of one entry should be
found, no other pair. Only names of two to five words count, and entries of two or three such names: longer ones list
offices.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz, process

from narragraph.graph.identity.candidates import candidates
from narragraph.graph.model import Node

_FEW = 3  # names of an entry; those with more are lists of offices and spellings made by machine


def main() -> None:
    """Measure and print."""
    owners: dict[str, int] = {}
    for number, names in enumerate(name for path in sys.argv[1:] for name in entries(Path(path))):
        for name in names:
            owners.setdefault(name, number)
    known = {tuple(sorted(pair)) for names in grouped(owners).values() for pair in combinations(names, 2)}
    print(f"{len(owners)} names, {len(known)} pairs that are the same")
    print(f"{'method':<44} pairs  precision  recall  F1")
    nodes = [Node(name, "Actor", name, properties={"kind": "person"}) for name in owners]
    found = candidates(nodes, least=0.0)
    for least in (0.7, 0.75, 0.8, 0.85):
        pairs = {tuple(sorted((one.left.id, one.right.id))) for one in found if one.score >= least}
        row(f"candidates, score {least} and above", pairs, known)
    names = sorted(owners)
    plain = [name.lower() for name in names]
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        for least in (85, 90, 95):
            matrix = process.cdist(plain, plain, scorer=scorer, score_cutoff=least)
            pairs = {(names[i], names[j]) for i, j in zip(*matrix.nonzero()) if i < j}
            row(f"rapidfuzz {scorer.__name__}, {least} and above", pairs, known)


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


def grouped(owners: Mapping[str, int]) -> dict[int, list[str]]:
    """The names of each entry."""
    groups: dict[int, list[str]] = {}
    for name, number in owners.items():
        groups.setdefault(number, []).append(name)
    return groups


def row(method: str, pairs: set[tuple[str, ...]], known: set[tuple[str, ...]]) -> None:
    """One line of the table."""
    right = len(pairs & known)
    precision, recall = right / max(1, len(pairs)), right / len(known)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{method:<44} {len(pairs):>5}  {precision:>9.2f}  {recall:>6.2f}  {f1:.2f}")


if __name__ == "__main__":
    main()
