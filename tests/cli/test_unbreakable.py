"""``esignctl reconcile`` killed, interrupted, out of disk, locked out, or run twice at once."""

import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from shutil import copyfile

import pytest

from esignctl.registry import connection as connection_module
from tests.conftest import CommandLine
from tests.payments.directorate import AYSE_FIRST, CAN_RENEWAL
from tests.registry.conftest import can_mount, mounted

from .test_reconcile import AYSE_PAYS, CAN_PAYS_MORE, NOTHING, ROWS, bank, movements, office, posted

__all__ = ["office"]

LONG = 1500


def long_statement(path: Path) -> Path:
    """Ayşe's and Can's payments among many others, long enough to be caught at work."""
    others = [
        ("06.10.2021", f"DÖNER SERMAYE {number} MEHMET KAYA e-imza", 218.3)
        for number in range(LONG)
    ]
    return bank(path, [AYSE_PAYS, *others, CAN_PAYS_MORE])


DONE = NOTHING | {str(AYSE_FIRST): "218.30", str(CAN_RENEWAL): "218.30"}


def start(run: CommandLine, file: Path) -> "subprocess.Popen[str]":
    """A run in a process of its own; what it prints goes to a file, so that it never waits."""
    number = len(list(run.home.glob("*.out")))
    with (run.home / f"{number}.out").open("w", encoding="utf-8") as output:
        return subprocess.Popen(
            run.argv("reconcile", file, "--json"),
            stdout=output,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=run.environ(),
            # tests that run in the background are started deaf to Ctrl-C, and would pass that on
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )


def printed(run: CommandLine) -> list[str]:
    """What the processes have printed, in the order in which they were started."""
    return [path.read_text(encoding="utf-8") for path in sorted(run.home.glob("*.out"))]


def test_two_at_once_post_once(office: CommandLine) -> None:
    file = bank(office.home / "bank.xlsx")
    running = [start(office, file) for _ in range(2)]
    assert sorted(process.wait(timeout=60) for process in running) == [0, 1]
    assert sum('"known": 5' in output for output in printed(office)) == 1
    assert (movements(office), posted(office)) == (len(ROWS), DONE)


def wait_until_it_writes(run: CommandLine, process: "subprocess.Popen[str]") -> None:
    """Return when the process holds the registry to write, or has ended."""
    with closing(sqlite3.connect(run.registry, timeout=0, isolation_level=None)) as connection:
        while process.poll() is None:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return
            connection.execute("ROLLBACK")
            time.sleep(0.002)


def test_killed_while_it_writes_it_is_all_or_nothing_and_completes(office: CommandLine) -> None:
    file = long_statement(office.home / "bank.xlsx")
    dice = Random(7)
    for _ in range(20):
        process = start(office, file)
        # some end before they write, some while they do, some after
        if dice.random() < 0.7:
            wait_until_it_writes(office, process)
        time.sleep(dice.uniform(0, 0.3))
        process.kill()
        process.wait(timeout=60)
        assert (movements(office), posted(office)) in ((0, NOTHING), (LONG + 2, DONE))
    office("reconcile", file)
    assert (movements(office), posted(office)) == (LONG + 2, DONE)
    assert office("registry", "verify").exit_code == 0


@pytest.mark.skipif(not can_mount(), reason="a small disk cannot be mounted here")
def test_out_of_disk_it_leaves_the_registry_as_it_was_and_completes(office: CommandLine) -> None:
    file = long_statement(office.home / "bank.xlsx")
    with mounted(office.home) as disk:
        with closing(sqlite3.connect(office.registry)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        small = replace(office, home=disk)
        copyfile(office.registry, small.registry)
        copyfile(office.config, small.config)
        outcome = small("reconcile", file, "--json")
        assert (outcome.exit_code, outcome.json["error"]["code"]) == (6, "REGISTRY-DISK-FULL")
        assert (movements(small), posted(small)) == (0, NOTHING)
        copyfile(small.registry, office.registry)
    office("reconcile", file)
    assert (movements(office), posted(office)) == (LONG + 2, DONE)


def test_a_registry_that_stays_locked_is_left_as_it_was(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "BUSY_SECONDS", 0.2)
    file = bank(office.home / "bank.xlsx")
    with closing(sqlite3.connect(office.registry, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        outcome = office("reconcile", file, "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (6, "REGISTRY-LOCKED")
    assert (movements(office), posted(office)) == (0, NOTHING)
    office("reconcile", file)
    assert (movements(office), posted(office)) == (len(ROWS), DONE)


def test_interrupted_while_it_writes_it_leaves_the_registry_as_it_was(office: CommandLine) -> None:
    process = start(office, long_statement(office.home / "bank.xlsx"))
    wait_until_it_writes(office, process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    [output] = printed(office)
    assert '"INTERRUPTED"' in output
    assert "Traceback" not in output
    assert (movements(office), posted(office)) == (0, NOTHING)
