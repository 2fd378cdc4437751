"""Work shared by the cores gives what one core gives, and fails as it does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from esignctl.payments import cores


def squares(rows: Sequence[int]) -> list[int]:
    return [row * row for row in rows]


@pytest.fixture(autouse=True)
def _several_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(3)), raising=False)
    monkeypatch.setattr(cores, "ENOUGH", 1)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 1000])
def test_results_stand_in_the_order_of_the_rows(count: int) -> None:
    assert cores.shared(squares, range(count)) == squares(range(count))


def test_results_may_be_none() -> None:
    assert cores.shared(lambda rows: [None for _ in rows], range(7)) == [None] * 7


def test_what_fails_in_a_child_fails_here() -> None:
    def inverses(rows: Sequence[int]) -> list[float]:
        return [1 / row for row in rows]

    with pytest.raises(ZeroDivisionError):
        cores.shared(inverses, [1, 2, 0, 4])


def test_the_work_of_a_child_that_dies_is_done_again() -> None:
    parent = os.getpid()

    def careful(rows: Sequence[int]) -> list[int]:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(rows)

    assert cores.shared(careful, range(10)) == list(range(10))


def test_no_child_outlives_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, children, fork = os.getpid(), list[int](), os.fork

    def noted() -> int:
        child = fork()
        children.append(child)
        return child

    monkeypatch.setattr(os, "fork", noted)

    def stuck(rows: Sequence[int]) -> list[int]:
        if os.getpid() != parent:
            signal.pause()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cores.shared(stuck, range(10))
    assert len(children) == 2
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


def test_all_rows_are_told_as_they_are_done() -> None:
    told: list[int] = []
    cores.shared(squares, range(6000), told.append)
    assert sum(told) == 6000
    assert len(told) > 1


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """The parent is killed with rows left; its child, in the midst of its own, ends by itself."""
    child_file = tmp_path / "child"
    program = f"""
import os, pathlib, time
from esignctl.payments import cores
cores.ENOUGH = 1
os.sched_getaffinity = lambda _process: {{0, 1}}
parent = os.getpid()
def slow(rows):
    if os.getpid() != parent:
        pathlib.Path({str(child_file)!r}).write_text(str(os.getpid()))
    time.sleep(0.05)
    return list(rows)
cores.shared(slow, range(1_000_000))
"""
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        wait_until(lambda: child_file.exists() and child_file.read_text() != "")
        process.kill()
    child = Path("/proc", child_file.read_text())
    wait_until(lambda: not child.exists() or "State:\tZ" in (child / "status").read_text())


def wait_until(comes: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not comes():
        assert time.monotonic() < end
        time.sleep(0.02)
