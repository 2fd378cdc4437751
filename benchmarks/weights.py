"""What each kind of evidence is worth on labelled statements, beside the weight in use.

``python -m benchmarks.weights --plot docs/pictures/score-outcome.svg`` reconciles statements of
both corpora through the command line, reads the reason codes of every movement, and estimates after
Fellegi and Sunter how often a code stands there beside the right application (m) and where there is
none (u); the weight learned is log2(m/u), and ">" stands before it where no such code was seen at
all, so that more statements would raise it. The weights in use are those that ``payments explain
--json`` tells.
Movements that a veto holds back teach nothing about the other evidence on them and are left out.
The plot shows the sums of the weights in use against what was true.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.accuracy import CORPORA, esignctl, prepare

# Vetoes that say no more than that the weights did not suffice.
_BY_WEIGHT = frozenset(("IDENTITY-WEAK", "PERSON-UNKNOWN"))


@dataclass(frozen=True, slots=True)
class Case:
    """A movement that came in: its reason codes, and whether it pays for its first candidate."""

    codes: tuple[str, ...]
    is_payment: bool
    is_right: bool


@dataclass(slots=True)
class Table:
    """The weights in use, as the program tells them: group and bits by code."""

    weights: dict[str, tuple[str, int]] = field(default_factory=dict)
    vetoes: set[str] = field(default_factory=set)
    post: int = 0

    def learn(self, told: dict[str, Any]) -> None:
        """Takes in what ``payments explain`` tells of one movement, and checks the sum."""
        for each in told["evidence"]:
            self.weights[each["code"]] = each["group"], each["weight"]
        self.vetoes.update(told["forbidding"])
        self.post = told["posted_from"]
        if self.total(told["reasons"]) != told["weight"]:
            raise SystemExit(f"another sum than {told['weight']}: {told['reasons']}")

    def total(self, codes: Iterable[str]) -> int:
        """The sum in bits, of each group the strongest."""
        groups: dict[str, int] = {}
        for group, bits in (self.weights[code] for code in codes if code in self.weights):
            if abs(bits) > abs(groups.get(group, 0)):
                groups[group] = bits
        return sum(groups.values())


def reconcile(folder: Path, bank: Path, table: Table, seen: set[str]) -> list[Case]:
    """Reconciles a statement and pairs what was decided with what is true.

    One movement for each code not in ``seen`` is explained, for the weight in use.
    """
    data = esignctl(folder, "reconcile", str(bank), "--json")
    lines = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    truth = {row["row"]: row for row in map(json.loads, lines)}
    cases = []
    for movement in data["movements"]:
        row = truth.get(movement["row"])
        if row is None or row["outcome"] in ("any", "unposted") or row["amount"].startswith("-"):
            continue
        codes = tuple(movement["reasons"])
        if not seen.issuperset(codes):
            seen.update(codes)
            table.learn(esignctl(folder, "payments", "explain", str(movement["id"]), "--json"))
        paid = {each["application"] for each in row["postings"]}
        first = {each["application"] for each in movement["candidates"][:1]}
        cases.append(Case(codes, bool(paid), bool(paid & first)))
    return cases


@dataclass(frozen=True, slots=True)
class Learned:
    """How often a code stands beside the right application, and where there is none."""

    m: float
    u: float
    was_wrong: bool

    def __str__(self) -> str:
        bits = math.log2(self.m / self.u)
        return f"{bits:+.1f}" if self.was_wrong else f">{bits:+.1f}"


def learn(cases: Iterable[Case], table: Table) -> dict[str, Learned]:
    """m and u of every code in use; half a case is added so that none is certain."""
    right, clear, held = list[Case](), list[Case](), list[Case]()
    for case in cases:
        vetoes = (table.vetoes - _BY_WEIGHT).intersection(case.codes)
        if case.is_right:
            right.append(case)
        elif not case.is_payment and len(vetoes) < 2:
            (held if vetoes else clear).append(case)

    def share(code: str, among: list[Case]) -> tuple[float, bool]:
        count = sum(code in case.codes for case in among)
        return (count + 0.5) / (len(among) + 1), count > 0

    found = {}
    for code in table.weights:
        m, _ = share(code, right)
        found[code] = Learned(m, *share(code, clear + held if code in table.vetoes else clear))
    return found


def show(cases: list[Case], table: Table) -> None:
    """The table of weights, learned beside used."""
    found = learn(cases, table)
    print(f"{len(cases)} movements; posted from {table.post} bits")
    print(f"{'code':20s} {'group':9s} {'used':>5s} {'learned':>8s} {'m':>8s} {'u':>9s}")
    for code, (group, bits) in sorted(table.weights.items(), key=lambda each: -each[1][1]):
        each = found[code]
        print(f"{code:20s} {group:9s} {bits:+5d} {each!s:>8s} {each.m:8.4f} {each.u:9.5f}")


_SERIES = (
    ("pays for its first candidate", "#2e7d32"),
    ("… and a veto holds it back", "#a5d6a7"),
    ("pays for another or for nobody", "#c62828"),
    ("… and a veto holds it back", "#ef9a9a"),
)
WIDTH, HEIGHT, LEFT, BOTTOM, BIN = 760, 400, 60, 60, 2


def plot(cases: Iterable[Case], table: Table) -> str:
    """Sum of the weights against what was true, as an SVG picture; the counts are logarithmic."""
    bars: dict[int, list[int]] = {}
    for case in cases:
        if not any(code in table.weights for code in case.codes):
            continue
        place = max(-20, min(49, table.total(case.codes))) // BIN
        is_held = not (table.vetoes - _BY_WEIGHT).isdisjoint(case.codes)
        bars.setdefault(place, [0, 0, 0, 0])[2 * (not case.is_right) + is_held] += 1
    first, last = min(bars), max(bars)
    step = (WIDTH - LEFT - 20) / (last - first + 1)
    top = math.log10(max(max(counts) for counts in bars.values()) * 1.5)

    def height(count: int) -> float:
        return (HEIGHT - BOTTOM - 70) * math.log10(count * 1.5) / top

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    base = HEIGHT - BOTTOM
    for power in range(int(top) + 1):
        y = base - height(10**power)
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power}</text>')
    for place, counts in sorted(bars.items()):
        for number, count in enumerate(counts):
            if count:
                x = LEFT + (place - first + 0.08 + 0.21 * number) * step
                tall = height(count)
                out.append(
                    f'<rect x="{x:.1f}" y="{base - tall:.1f}" width="{0.2 * step:.1f}"'
                    f' height="{tall:.1f}" fill="{_SERIES[number][1]}"/>'
                )
    for bits in range(first * BIN, (last + 1) * BIN + 1, 10):
        x = LEFT + (bits / BIN - first) * step
        out.append(f'<text x="{x:.1f}" y="{base + 16}" text-anchor="middle">{bits}</text>')
    x = LEFT + (table.post / BIN - first) * step
    out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="56" y2="{base}" stroke="black"/>')
    out.append(f'<text x="{x + 4:.1f}" y="66">posted from {table.post} on</text>')
    for number, (name, colour) in enumerate(_SERIES):
        x, y = LEFT + 320 * (number // 2), 14 + 18 * (number % 2)
        out.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}"/>')
        out.append(f'<text x="{x + 18}" y="{y + 10}">{name}</text>')
    out.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{base}" y2="{base}" stroke="black"/>')
    middle = (LEFT + WIDTH) / 2
    out.append(
        f'<text x="{middle}" y="{base + 40}" text-anchor="middle">'
        "sum of the evidence in bits; movements, logarithmic</text>"
    )
    return "\n".join([*out, "</svg>", ""])


def main() -> int:
    """Runs the statements, prints the table and writes the picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.weights", description=__doc__)
    parser.add_argument("--layouts", nargs="+", default=["ziraat", "garanti", "vakifbank"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--plot", type=Path, help="write the picture to this file")
    options = parser.parse_args()
    table, cases, seen = Table(), list[Case](), set[str]()
    for corpus in CORPORA.values():
        for layout in options.layouts:
            for seed in options.seeds:
                made = corpus.generate(seed, layout, rows=options.rows, people=options.people)
                with tempfile.TemporaryDirectory() as scratch:
                    folder = Path(scratch)
                    bank = made.write(folder)
                    prepare(folder)
                    cases += reconcile(folder, bank, table, seen)
    show(cases, table)
    if options.plot:
        options.plot.parent.mkdir(parents=True, exist_ok=True)
        options.plot.write_text(plot(cases, table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
