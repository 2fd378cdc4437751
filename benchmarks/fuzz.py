"""What ``esignctl reconcile`` makes of damaged statements, by tens of thousands.

``python -m benchmarks.fuzz --mutations 20000`` takes a statement of every layout in every kind of
file, damages each copy in one of several ways, and reconciles it in a process of its own with a
limit on time and memory. Allowed are a rejection that says what to do (exit 4) and a document of
the contract (exit 0 or 1); anything else is a failure, kept with its file.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.accuracy import prepare
from benchmarks.corpus import CONTAINERS, LAYOUTS, MESSAGES, generate

SECONDS = 10
BYTES = 1 << 30
ROWS = 40

_NUMBERS = (b"0", b"-1", b"9999999999", b"1e308", b"NaN", b"2147483648", b"1.234.567,89", b"%s")


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole statement and what the program says of it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one damaged statement ended: ``accepted``, ``rejected CODE`` or what went wrong."""

    sample: str
    number: int
    verdict: str
    seconds: float
    mib: float

    @property
    def good(self) -> bool:
        """Whether it ended in one of the two allowed ways."""
        return self.verdict == "accepted" or self.verdict.startswith("rejected ")


def samples(folder: Path) -> list[Sample]:
    """One statement for each layout and kind of file; the registry is left in ``folder``."""
    found = []
    for seed, layout in enumerate(sorted(LAYOUTS), start=1):
        corpus = generate(seed, layout, people=30, applications=20, rows=ROWS)
        for disguise in (*CONTAINERS, *MESSAGES):
            place = folder / f"{layout}-{disguise}"
            place.mkdir()
            corpus.write(place, disguise=disguise)
            found.append(Sample(place.name, next(place.glob("bank.*")).read_bytes()))
    prepare(place)
    # the statements are of many accounts: none of them is the configured one
    settings = place / "esignctl.toml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if not line.startswith("iban")), "utf-8")
    (folder / "place").symlink_to(place)
    return found


def damaged(content: bytes, dice: Random) -> bytes:
    """A damaged copy: of the bytes as they are or, in archives, of one part before it is packed."""
    if content.startswith(b"PK") and dice.random() < 0.75:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        victim = dice.choice([name for name, part in members.items() if part])
        members[victim] = damaged_bytes(members[victim], dice)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in members.items():
                archive.writestr(name, part)
        return packed.getvalue()
    return damaged_bytes(content, dice)


def damaged_bytes(content: bytes, dice: Random) -> bytes:
    """One to four injuries."""
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        if not content:
            break
        content = dice.choice(_INJURIES)(content, dice)
    return content


def _spot(content: bytes, dice: Random) -> tuple[int, int]:
    start = dice.randrange(len(content))
    return start, min(len(content), start + dice.choice((1, 2, 8, 64, 1024)))


def _flip(content: bytes, dice: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.choice((1, 3, 20))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _overwrite(content: bytes, dice: Random) -> bytes:
    start, end = _spot(content, dice)
    return content[:start] + dice.randbytes(end - start) + content[end:]


def _drop(content: bytes, dice: Random) -> bytes:
    start, end = _spot(content, dice)
    return content[:start] + content[end:]


def _repeat(content: bytes, dice: Random) -> bytes:
    start, end = _spot(content, dice)
    return content[:end] + content[start:end] * dice.choice((1, 2, 50)) + content[end:]


def _cut(content: bytes, dice: Random) -> bytes:
    return content[: dice.randrange(len(content))]


def _move(content: bytes, dice: Random) -> bytes:
    start, end = _spot(content, dice)
    rest = content[:start] + content[end:]
    place = dice.randrange(len(rest) + 1)
    return rest[:place] + content[start:end] + rest[place:]


def _number(content: bytes, dice: Random) -> bytes:
    digits = [place for place in range(len(content)) if 48 <= content[place] < 58]
    if not digits:
        return _flip(content, dice)
    start = end = dice.choice(digits)
    while end < len(content) and 48 <= content[end] < 58:
        end += 1
    return content[:start] + dice.choice(_NUMBERS) + content[end:]


def _line(content: bytes, dice: Random) -> bytes:
    """A line, or in markup an element, is doubled, dropped or swapped with the one before."""
    mark = b"\n" if content.count(b"\n") > 5 else b"><"
    lines = content.split(mark)
    place = dice.randrange(len(lines))
    lines[place : place + 1] = dice.choice(([], [lines[place]] * 2, [lines[place - 1]]))
    return mark.join(lines)


_INJURIES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _overwrite, _drop, _repeat, _cut, _move, _number, _line,
)  # fmt: skip


def _limited(folder: Path, sample: Sample, number: int) -> Outcome:
    """Reconcile one damaged copy in a child that is killed when it takes too long or too much."""
    file = folder / f"{os.getpid()}.bin"
    file.write_bytes(damaged(sample.content, Random(f"{sample.name} {number}")))
    answer = folder / f"{os.getpid()}.json"
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        _reconcile(folder, file, answer)
    _pid, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - start
    verdict = _verdict(os.waitstatus_to_exitcode(status), answer, file.name)
    outcome = Outcome(sample.name, number, verdict, seconds, usage.ru_maxrss / 1024)
    if not outcome.good:
        file.rename(folder / f"failure-{sample.name}-{number}.bin")
    return outcome


def _reconcile(folder: Path, file: Path, answer: Path) -> None:
    """In the child: never returns."""
    from esignctl.cli import app

    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.alarm(SECONDS)
    output = os.open(answer, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    place = folder / "place"
    options = ["--registry", str(place / "registry.db"), "--config", str(place / "esignctl.toml")]
    code = 99
    try:
        code = app.run([*options, "-q", "reconcile", "--dry-run", "--json", str(file)])
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _verdict(code: int, answer: Path, name: str) -> str:
    text = answer.read_text(encoding="utf-8", errors="replace")
    if code < 0:
        return f"killed by signal {-code}"
    if code not in (0, 1, 4):
        return f"exit {code}"
    # the last line is the error for people, behind the document
    document, _, rest = text.partition("\n")
    try:
        parsed = json.loads(document)
    except ValueError:
        return "no document"
    if code == 4:
        error = parsed["error"]
        if not error["remedy"] or name not in error["message"]:
            return f"error without remedy or file: {error['code']}"
        return f"rejected {error['code']}" if "Traceback" not in rest else "traceback"
    return "accepted" if not rest else "says more than the document"


def run(mutations: int, folder: Path, processes: int = 2) -> Iterator[Outcome]:
    """The outcomes of that many damaged copies, spread over all samples."""
    wholes = samples(folder)
    work = [
        (folder, wholes[number % len(wholes)], number // len(wholes)) for number in range(mutations)
    ]
    with multiprocessing.get_context("fork").Pool(processes, _load) as pool:
        yield from pool.imap_unordered(_packed, work, chunksize=20)


def _load() -> None:
    """Import once, before the forks, what every run imports."""
    import python_calamine  # noqa: F401

    from esignctl.cli import app, reconcile  # noqa: F401
    from esignctl.payments import camt, mt940, workbook  # noqa: F401
    from esignctl.tables import html, plain, spreadsheetml  # noqa: F401


def _packed(arguments: tuple[Path, Sample, int]) -> Outcome:
    return _limited(*arguments)


def main() -> int:
    """Prints the outcomes; 0 when every one is allowed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--mutations", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="folder for the files that failed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        outcomes = list(run(options.mutations, Path(scratch), options.processes))
        failures = [each for each in outcomes if not each.good]
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            for file in Path(scratch).glob("failure-*"):
                (options.keep / file.name).write_bytes(file.read_bytes())
    for verdict, count in Counter(each.verdict for each in outcomes).most_common():
        print(f"{count:7} {verdict}")
    slowest = max(outcomes, key=lambda each: each.seconds)
    largest = max(outcomes, key=lambda each: each.mib)
    print(f"slowest {slowest.seconds:.2f} s ({slowest.sample} {slowest.number})")
    print(f"largest {largest.mib:.0f} MiB ({largest.sample} {largest.number})")
    for each in failures[:20]:
        print(f"FAILED  {each.verdict}: {each.sample} {each.number}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
