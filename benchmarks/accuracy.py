"""How many postings of ``esignctl reconcile`` are right, on generated statements with known truth.

``python -m benchmarks.accuracy --layouts ziraat garanti --seeds 1 2 3`` drives the command line as
a user would, reads nothing but its JSON, and exits 1 when a limit is missed. With ``--strangers``
the statements are those of the second corpus.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import corpus, strangers

MAX_WRONG = 0
MIN_POSTED = 99.5
MIN_SHOWN = 99.5
MAX_NEEDLESS = 1.0

DEFAULT_LAYOUTS = ("ziraat", "halkbank", "vakifbank", "garanti", "isbank")
CORPORA = {"corpus": corpus, "strangers": strangers}


@dataclass(slots=True)
class Score:
    """Counts of one or more statements; ``wrong`` and ``missed`` keep what a reader must see."""

    payable: int = 0
    posted: int = 0
    person: int = 0
    shown: int = 0
    unrelated: int = 0
    needless: int = 0
    either: int = 0
    either_posted: int = 0
    rows: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    lost: int = 0
    categories: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, other: Score) -> None:
        """Adds another statement's counts to these."""
        for name in ("payable", "posted", "person", "shown", "unrelated", "needless"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.either += other.either
        self.either_posted += other.either_posted
        self.rows += other.rows
        self.lost += other.lost
        self.wrong += other.wrong
        self.missed += other.missed
        for category, counts in other.categories.items():
            self.categories[category].update(counts)

    @property
    def good(self) -> bool:
        """Whether every limit is kept."""
        return (
            len(self.wrong) <= MAX_WRONG
            and self.lost == 0
            and _share(self.posted, self.payable) >= MIN_POSTED
            and _share(self.shown, self.person) >= MIN_SHOWN
            and (self.unrelated == 0 or _share(self.needless, self.unrelated) <= MAX_NEEDLESS)
        )


def _share(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0


def esignctl(folder: Path, *arguments: str) -> dict[str, Any]:
    """One run of the command line on the folder's own registry; its JSON data.

    Raises SystemExit with the program's own words when it fails.
    """
    command = [sys.executable, "-m", "esignctl", "--registry", str(folder / "registry.db")]
    command += ["--config", str(folder / "esignctl.toml"), "--lang", "en", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        envelope = json.loads(done.stdout)
    except json.JSONDecodeError:
        raise SystemExit(f"{' '.join(command)}: no JSON\n{done.stdout}{done.stderr}") from None
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}: {envelope['error']}")
    data: dict[str, Any] = envelope["data"]
    return data


def prepare(folder: Path) -> None:
    """Imports people and applications and cancels what is cancelled."""
    for command, name in (("person", "people.xlsx"), ("application", "applications.xlsx")):
        counts = esignctl(folder, command, "import", str(folder / name), "--json")
        if counts["rejected"]:
            raise SystemExit(f"{name}: rejected {counts['rejected'][:3]}")
    for number in (folder / "cancelled.txt").read_text("utf-8").split():
        esignctl(folder, "application", "cancel", number, "--json")


def score_statement(truth: list[dict[str, Any]], movements: list[dict[str, Any]]) -> Score:
    """Compares decisions with the truth, row by row."""
    score = Score(rows=len(truth))
    decided = {movement["row"]: movement for movement in movements}
    _swap_twins(truth, decided)
    for row in truth:
        movement = decided.pop(row["row"], None)
        decision = movement["decision"] if movement else "lost"
        got = _pairs(movement["postings"]) if movement else []
        if movement and (movement["amount"], movement["date"]) != (row["amount"], row["date"]):
            score.wrong.append(f"read {movement['date']} {movement['amount']} in row {_told(row)}")
        if movement and got and movement["excess"] != row.get("excess", "0.00"):
            score.missed.append(f"{_told(row)} shows an excess of {movement['excess']}")
        _count(score, row, decision, got)
    score.wrong += [f"row {number} is no movement" for number in decided]
    return score


def _swap_twins(truth: list[dict[str, Any]], decided: dict[int, dict[str, Any]]) -> None:
    """Of rows that cannot be told apart any one may be the posted one."""
    twins: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in truth:
        if "twin" in row:
            twins[row["twin"]].append(row)
    for rows in twins.values():
        matched = [r for r in rows if decided.get(r["row"], {}).get("decision") == "matched"]
        payable = [r for r in rows if r["outcome"] == "payable"]
        if len(matched) == 1 and len(payable) == 1 and matched[0] is not payable[0]:
            for name in ("outcome", "postings"):
                matched[0][name], payable[0][name] = payable[0][name], matched[0][name]


def _pairs(postings: list[dict[str, str]]) -> list[tuple[str, str]]:
    return sorted((posting["application"], posting["amount"]) for posting in postings)


def _told(row: dict[str, Any]) -> str:
    return f"{row['row']} [{row['category']}] {row['amount']} {row['description']!r}"


def _count(score: Score, row: dict[str, Any], decision: str, got: list[tuple[str, str]]) -> None:
    outcome = row["outcome"]
    right = _pairs(row["postings"])
    counts = score.categories[row["category"]]
    counts["rows"] += 1
    counts[f"is {outcome}"] += 1
    wrong = decision == "matched" and (outcome not in ("payable", "either", "any") or got != right)
    shown = decision in ("review", "matched")
    if wrong:
        counts["wrong"] += 1
        score.wrong.append(f"{_told(row)} posted {got}, right is {right or outcome}")
    else:
        counts[decision] += 1
    if outcome == "payable":
        score.payable += 1
        score.posted += decision == "matched" and not wrong
    elif outcome == "unrelated":
        score.unrelated += 1
        score.needless += decision == "review"
    elif outcome in ("person", "either"):
        score.person += 1
        score.shown += shown and not wrong
        if outcome == "either":
            score.either += 1
            score.either_posted += decision == "matched" and not wrong
    if decision == "lost":
        score.lost += 1
        score.missed.append(f"{_told(row)} is missing from the answer")
    elif outcome in ("person", "either", "payable") and not shown:
        score.missed.append(f"{_told(row)} decided {decision}, right is {outcome}")
    elif outcome == "payable" and decision != "matched":
        score.missed.append(f"{_told(row)} decided {decision}, right is payable")
    elif outcome == "unrelated" and decision == "review":
        score.missed.append(f"{_told(row)} decided review, right is unrelated")


def run(
    name: str, seed: int, layout: str, rows: int, people: int, disguise: str, folder: Path
) -> tuple[Score, list[dict[str, Any]]]:
    """Generates, imports, reconciles and scores one statement of a corpus."""
    made = CORPORA[name].generate(seed, layout, rows=rows, people=people)
    bank = made.write(folder, disguise)
    prepare(folder)
    data = esignctl(folder, "reconcile", str(bank), "--json")
    lines = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    truth = [json.loads(line) for line in lines]
    reasons = {movement["row"]: movement.get("reasons") for movement in data["movements"]}
    score = score_statement(truth, data["movements"])
    return score, [{**row, "reasons": reasons.get(row["row"])} for row in truth]


_HEAD = (
    "corpus                rows  payable  posted  wrong  person  shown  unrelated  needless  either"
)


def _line(name: str, score: Score) -> str:
    return (
        f"{name:20s} {score.rows:5d} {score.payable:8d} {_share(score.posted, score.payable):6.2f}%"
        f" {len(score.wrong):6d} {score.person:7d} {_share(score.shown, score.person):5.1f}%"
        f" {score.unrelated:10d} {_share(score.needless, score.unrelated or 1):8.2f}%"
        f" {_share(score.either_posted, score.either):6.1f}%"
    )


def _category_table(score: Score) -> None:
    names = ("rows", "is payable", "is person", "matched", "review", "unrelated", "wrong", "lost")
    print("\ncategory".ljust(44), *(f"{name:>10s}" for name in names))
    for category in sorted(score.categories):
        counts = score.categories[category]
        print(category.ljust(43), *(f"{counts[name]:10d}" for name in names))


def main() -> int:
    """Runs layouts × seeds and prints the table; 0 when all limits are kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--strangers", action="store_true", help="take the second corpus")
    parser.add_argument("--layouts", nargs="+", default=DEFAULT_LAYOUTS, help="or: all")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--disguise", default="")
    parser.add_argument("--missed", type=int, default=0, help="show so many rows not as wished")
    parser.add_argument("--keep", type=Path, help="keep the generated files in this folder")
    options = parser.parse_args()
    chosen = "strangers" if options.strangers else "corpus"
    known = CORPORA[chosen].LAYOUTS
    layouts = list(known) if options.layouts == ["all"] else options.layouts
    total = Score()
    print(_HEAD)
    for layout in layouts:
        for seed in options.seeds:
            name = f"{layout}-{seed}"
            with tempfile.TemporaryDirectory() as scratch:
                folder = (options.keep or Path(scratch)) / name
                if (folder / "registry.db").exists():
                    raise SystemExit(f"{folder} was used before; choose an empty folder")
                score, _ = run(
                    chosen,
                    seed,
                    layout,
                    options.rows,
                    options.people,
                    options.disguise,
                    folder,
                )
            print(_line(name, score), flush=True)
            total.add(score)
    print(_line("all", total))
    _category_table(total)
    for title, rows in (("WRONG", total.wrong), ("not as wished", total.missed[: options.missed])):
        if rows:
            print(f"\n{title}")
            for row in rows:
                print(f"  {row}")
    return 0 if total.good else 1


if __name__ == "__main__":
    sys.exit(main())
