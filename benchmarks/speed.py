"""Time and memory of ``esignctl reconcile`` against floors measured in the same run.

``python -m benchmarks.speed`` compares a whole dry run over 100,000 rows, 10,000 people and 5,000
open applications, and one that posts, with a program in which openpyxl (read_only) merely iterates
the same file, looks at the memory and at the growth from 10,000 to 100,000 rows, and compares the
start-up with ``import typer``. ``--country`` reconciles a million rows for 250,000 people instead.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import tree_memory
from benchmarks.accuracy import esignctl, prepare
from benchmarks.corpus import LAYOUTS

MAX_RATIO = 0.5
MAX_POSTING_RATIO = 0.75
MAX_MIB = 350
MAX_GROWTH = 11.0
MAX_COUNTRY_MIB = 1024
MAX_STARTUP = 1.3

_ITERATE = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
count = 0
for sheet in book:
    for row in sheet.iter_rows(values_only=True):
        count += 1
print(count)
"""
_CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
print(sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows()))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Wall time in seconds and peak resident memory in MiB of one child process."""

    seconds: float
    mib: float

    def __str__(self) -> str:
        return f"{self.seconds:7.2f} s {self.mib:6.0f} MiB"


def measure(command: list[str], *, repeat: int = 1) -> Run:
    """The best of ``repeat`` runs. Raises SystemExit when the command fails (exit above 1)."""
    best: Run | None = None
    for _ in range(repeat):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            start = time.perf_counter()
            with subprocess.Popen(command, stdout=out, stderr=err) as child:
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.perf_counter() - start
            if child.returncode not in (0, 1):
                err.seek(0)
                out.seek(0)
                raise SystemExit(
                    f"{command}: exit {child.returncode}\n{out.read()!r}{err.read()!r}"
                )
        if best is None or seconds < best.seconds:
            best = Run(seconds, usage.ru_maxrss / 1024)
    assert best is not None
    return best


def prepared(folder: Path, rows: int, options: argparse.Namespace) -> Path:
    """A corpus of that size whose people and applications are imported; the statement's path."""
    # In a child of its own: a child's peak memory counts from what its parent holds.
    command = [sys.executable, "-m", "benchmarks.corpus", str(folder), "--layout", options.layout]
    command += ["--rows", str(rows), "--people", str(options.people)]
    command += ["--applications", str(options.applications)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (folder / "cancelled.txt").write_text("")
    prepare(folder)
    return next(folder.glob("bank.*"))


def _dry_run(folder: Path, bank: Path) -> list[str]:
    command = [sys.executable, "-m", "esignctl", "--registry", str(folder / "registry.db")]
    command += ["--config", str(folder / "esignctl.toml")]
    return [*command, "reconcile", "--dry-run", "--json", str(bank)]


def main() -> int:
    """Prints the figures; 0 when all limits are kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--applications", type=int, default=5_700, help="of them 88 %% are open")
    parser.add_argument("--layout", choices=sorted(LAYOUTS), default="ziraat")
    parser.add_argument("--repeat", type=int, default=2)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--startup-only", action="store_true")
    which.add_argument("--country", action="store_true", help="a million rows, 250,000 people")
    options = parser.parse_args()
    if options.country:
        options.rows, options.people, options.applications = 1_000_000, 250_000, 142_500
        with tempfile.TemporaryDirectory() as scratch:
            return 0 if _country(Path(scratch), options) else 1
    good = _startup()
    if not options.startup_only:
        with tempfile.TemporaryDirectory() as scratch:
            good = _reconcile(Path(scratch), options) and good
    return 0 if good else 1


def _startup() -> bool:
    program = measure([sys.executable, "-m", "esignctl", "--version"], repeat=15)
    floor = measure([sys.executable, "-c", "import typer"], repeat=15)
    ratio = program.seconds / floor.seconds
    print(f"esignctl --version        {program}   import typer {floor}   ratio {ratio:.2f}")
    return ratio <= MAX_STARTUP


def _reconcile(scratch: Path, options: argparse.Namespace) -> bool:
    small = scratch / "small"
    bank_small = prepared(small, options.rows // 10, options)
    large = scratch / "large"
    bank = prepared(large, options.rows, options)
    python = sys.executable
    floor = measure([python, "-c", _ITERATE, str(bank)], repeat=options.repeat)
    quick = measure([python, "-c", _CALAMINE, str(bank)], repeat=options.repeat)
    whole = measure(_dry_run(large, bank), repeat=options.repeat)
    tenth = measure(_dry_run(small, bank_small), repeat=options.repeat)
    # What a run costs before its first row does not grow; it is taken out of the growth.
    fixed = measure([python, "-m", "esignctl", "--version"], repeat=5)
    growth = (whole.seconds - fixed.seconds) / (tenth.seconds - fixed.seconds)
    ratio = whole.seconds / floor.seconds
    posting = _posting_run(large, bank, options.repeat)
    posting_ratio = posting.seconds / floor.seconds
    _, mib = tree_memory.peak(_posting(large, bank))
    data = esignctl(large, "application", "list", "--state", "paid", "--json")
    size = bank.stat().st_size / 2**20
    print(f"statement                 {options.rows} rows, {size:.1f} MiB")
    print(f"openpyxl read_only        {floor}")
    print(f"python-calamine alone     {quick}")
    print(f"reconcile --dry-run       {whole}   ratio to openpyxl {ratio:.2f}")
    print(f"reconcile, posting        {posting}   ratio to openpyxl {posting_ratio:.2f}")
    print(f"                          {len(data['applications'])} applications paid")
    print(f"all processes, posting            {mib:6.0f} MiB")
    print(
        f"distance to the floor     {whole.seconds / quick.seconds:.1f} times python-calamine alone"
    )
    print(f"a tenth of the rows       {tenth}   growth {growth:.1f} times")
    return (
        ratio <= MAX_RATIO
        and posting_ratio <= MAX_POSTING_RATIO
        and growth <= MAX_GROWTH
        and mib <= MAX_MIB
    )


def _posting(folder: Path, bank: Path) -> list[str]:
    return [word for word in _dry_run(folder, bank) if word != "--dry-run"]


def _posting_run(folder: Path, bank: Path, repeat: int) -> Run:
    """The best of some runs that post, each into a registry without movements.

    The registry is left as it was found.
    """
    registry = folder / "registry.db"
    found = registry.read_bytes()
    best: Run | None = None
    for _ in range(repeat):
        run = measure(_posting(folder, bank))
        best = run if best is None or run.seconds < best.seconds else best
        for name in ("registry.db-wal", "registry.db-shm"):
            (folder / name).unlink(missing_ok=True)
        registry.write_bytes(found)
    assert best is not None
    return best


def _country(scratch: Path, options: argparse.Namespace) -> bool:
    folder = scratch / "country"
    bank = prepared(folder, options.rows, options)
    size = bank.stat().st_size / 2**20
    print(f"statement                 {options.rows} rows, {options.people} people, {size:.0f} MiB")
    good = True
    for label, command in (
        ("reconcile --dry-run", _dry_run(folder, bank)),
        ("reconcile, posting", _posting(folder, bank)),
    ):
        seconds, mib = tree_memory.peak(command)
        print(f"{label:25} {seconds:7.2f} s {mib:6.0f} MiB in all processes")
        good = good and mib <= MAX_COUNTRY_MIB
    return good


if __name__ == "__main__":
    sys.exit(main())
