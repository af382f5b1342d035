"""How sure is an edge? Makes ontology/lexicon/confidence.yaml anew: the measured precision of each family of rules.

    python benchmarks/calibrate.py "unseen=GOLD_DIR:TEXT_DIR" "seen=GOLD_DIR" > confidence.yaml

A set whose name begins with "unseen" was not at hand when rules were written; its edges count in full, those of other
sets a quarter, for rules fit them better than they fit the next text. Few edges are drawn towards the precision of all:
(right + 5 x precision of all) / (edges + 5). A family with few edges, or with a weak set, stays below what answers
show.
"""

from __future__ import annotations

import sys
from collections import Counter

from quality import measure

from narragraph.loaders.evaluation.scores import HEADLINE
from narragraph.ontology.lexicon import load_lexicon

SEEN = 0.25  # what an edge of a set that was at hand counts
PRIOR = 5  # edges of average precision that each family begins with
HIDDEN = 0.65  # at most this, and hidden from answers unless asked for,
FEW = 20  # where fewer edges than these are known in all
WEAK = 0.75  # or where less than this is right
ENOUGH = 8  # on a set with so many edges
HEADER = """\
# How sure an edge is, by the family of the rule that made it (the part of a rule's id before the first dot).
#
# Made by benchmarks/calibrate.py, not by hand. Behind each figure stand the edges right / made on
# {sets}.
# A figure is (right + {prior} x {overall:.2f}) / (edges + {prior}); edges of sets that were at hand when rules were
# written count {seen}, and {overall:.2f} is the precision of all. Families with fewer than {few} edges, or with less
# than {weak} right on a set of at least {enough}, count {hidden} at most, below what answers show unless asked.
families:"""


def main() -> None:
    """Measure and print."""
    sets = [argument.partition("=")[::2] for argument in sys.argv[1:]]
    made: dict[str, Counter[str]] = {}
    right: dict[str, Counter[str]] = {}
    for name, places in sets:
        made[name], right[name] = Counter(), Counter()
        for judged in measure(*places.split(":"), floor=0.0).judged:
            if judged.edge.type in HEADLINE:
                family = judged.edge.rule.partition(".")[0]
                made[name][family] += 1
                right[name][family] += judged.good
    weights = {name: 1.0 if name.startswith("unseen") else SEEN for name in made}
    everything = sum(weights[name] * made[name].total() for name in made)
    overall = sum(weights[name] * right[name].total() for name in made) / everything
    families = sorted(set().union(*made.values()))
    limits = {"prior": PRIOR, "seen": SEEN, "few": FEW, "weak": WEAK, "enough": ENOUGH, "hidden": HIDDEN}
    print(HEADER.format(sets=", ".join(made), overall=overall, **limits))
    meaning = load_lexicon("judged")["meaning"]
    for family in families:
        count = sum(weights[name] * made[name][family] for name in made)
        good = sum(weights[name] * right[name][family] for name in made)
        confidence = (good + PRIOR * overall) / (count + PRIOR)
        weak = any(made[name][family] >= ENOUGH and right[name][family] < WEAK * made[name][family] for name in made)
        if weak or sum(made[name][family] for name in made) < FEW:
            confidence = min(confidence, HIDDEN)
        counts = "  ".join(f"{right[name][family]:>3}/{made[name][family]:<3}" for name in made)
        print(f"  {family + ':':<19} {confidence:.2f}  # {counts}  {meaning.get(family, '')}".rstrip())


if __name__ == "__main__":
    main()
