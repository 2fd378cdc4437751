"""``python -m benchmarks.corpus OUT --seed 1 --layout ziraat --rows 5000 --people 2000``."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from benchmarks.corpus import CHANGES, CONTAINERS, LAYOUTS, MESSAGES, generate


def main() -> None:
    """Writes one corpus and says what is in it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=sorted(LAYOUTS), default="ziraat")
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--applications", type=int, help="default: nine for ten people")
    words = ", ".join([*CONTAINERS, *MESSAGES, *sorted(CHANGES)])
    parser.add_argument("--disguise", default="", help=f"joined by +: {words}")
    options = parser.parse_args()
    corpus = generate(
        options.seed,
        options.layout,
        people=options.people,
        applications=options.applications,
        rows=options.rows,
    )
    bank = corpus.write(options.out, options.disguise)
    counts = Counter(truth.outcome for truth in corpus.truths)
    print(bank, len(corpus.lines), "rows:", *(f"{k} {n}" for k, n in counts.most_common()))


if __name__ == "__main__":
    main()
