"""How sure is an edge? The measured precision of each family of rules, as ontology/lexicon/confidence.yaml holds it.

python benchmarks/calibrate.py "unseen=GOLD_DIR:TEXT_DIR" "seen=GOLD_DIR" > families.yaml

A set whose name begins with "unseen" was not at hand when rules were written; its edges count in full, those of other
sets a quarter, for rules fit them better than they fit the next text. Few edges are drawn towards the precision of all:
(right + 5 x precision of all) / (edges + 5).
"""

from __future__ import annotations

import sys
from collections import Counter

from quality import measure

from narragraph.loaders.evaluation.scores import HEADLINE

SEEN = 0.25  # what an edge of a set that was at hand counts
PRIOR = 5  # edges of average precision that each family begins with


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
    print(f"  # edges right / edges made on: {', '.join(made)}; of all {overall:.2f} right")
    for family in families:
        count = sum(weights[name] * made[name][family] for name in made)
        good = sum(weights[name] * right[name][family] for name in made)
        counts = "  ".join(f"{right[name][family]:>3}/{made[name][family]:<3}" for name in made)
        confidence = (good + PRIOR * overall) / (count + PRIOR)
        print(f"  {family + ':':<19} {confidence:.2f}   # {counts}")


if __name__ == "__main__":
    main()
