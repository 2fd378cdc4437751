"""Several processes at one registry, and processes that die."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from esignctl.errors import RegistryLocked
from esignctl.registry import Registry, connection, health, open_registry, people, trouble

from .conftest import ADA, CAN

READY = "print('ready', flush=True); sys.stdin.readline()\n"
HEAD = (
    "import sys; from pathlib import Path\n"
    "from esignctl.registry import open_registry, people\n"
    "path, worker = Path(sys.argv[1]), int(sys.argv[2])\n"
)
WRITE = (
    "for turn in range(20):\n"
    "    with open_registry(path) as registry, registry.write('test') as transaction:\n"
    "        number = str(10_000_000_000 + worker * 1000 + turn)\n"
    "        people.add(transaction, [people.Person(number, 'Ayşe', 'Yılmaz')])\n"
)


def processes(program: str, path: Path, count: int) -> list[subprocess.Popen[str]]:
    """Processes that are loaded and wait for a line before they go on."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", HEAD + READY + program, str(path), str(worker)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for worker in range(count)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    return started


def run_together(program: str, path: Path, count: int) -> None:
    started = processes(program, path, count)
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors


def test_processes_that_meet_at_first_use_all_succeed(path: Path) -> None:
    run_together(
        "with open_registry(path) as registry, registry.write('test') as transaction:\n"
        "    people.add(transaction, [people.Person(str(10_000_000_000 + worker), 'A', 'B')])\n",
        path,
        4,
    )
    with open_registry(path) as registry, registry.read() as read:
        assert people.count(read) == 4
    assert list(path.parent.iterdir()) == [path]


def test_processes_that_meet_at_first_use_without_hard_links_all_succeed(path: Path) -> None:
    run_together(
        "import os\n"
        "def link(*_): raise PermissionError(1, 'no links here')\n"
        "os.link = link\n"
        "with open_registry(path) as registry: pass\n",
        path,
        1,
    )
    with open_registry(path) as registry:
        assert health.verify(registry) == []


def test_processes_that_write_at_once_all_succeed(path: Path) -> None:
    run_together(WRITE, path, 3)
    with open_registry(path) as registry:
        assert health.inventory(registry).counts["persons"] == 60
        assert health.verify(registry) == []


@contextmanager
def busy(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_a_registry_that_stays_locked_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (connection, trouble):
        monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    with (
        open_registry(path) as registry,
        busy(path),
        pytest.raises(RegistryLocked, match=r"registry\.db"),
        registry.write("test"),
    ):
        pass


def test_reading_does_not_wait_for_a_writer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    with open_registry(path):
        pass
    with busy(path), open_registry(path) as registry, registry.read() as read:
        assert people.everyone(read) == []


def test_reading_sees_one_state_whatever_others_write(path: Path) -> None:
    with open_registry(path) as ours, open_registry(path) as theirs, ours.read() as read:
        assert people.count(read) == 0
        with theirs.write("test") as transaction:
            people.add(transaction, [ADA])
        assert people.count(read) == 0


def fail(registry: Registry, error: type[BaseException]) -> None:
    with registry.write("test") as transaction:
        people.add(transaction, [ADA])
        transaction.flush()
        raise error


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_change_that_fails_is_undone_with_its_audit_rows(
    path: Path, error: type[BaseException]
) -> None:
    with open_registry(path) as registry:
        with pytest.raises(error):
            fail(registry, error)
        counts = health.inventory(registry).counts
    assert counts["persons"] == counts["audit"] == 0


def test_a_registry_can_be_written_after_a_change_failed(path: Path) -> None:
    with open_registry(path) as registry:
        with pytest.raises(RuntimeError):
            fail(registry, RuntimeError)
        with registry.write("test") as transaction:
            people.add(transaction, [CAN])
        with registry.read() as read:
            assert [person.tckn for person in people.everyone(read)] == [CAN.tckn]


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_process_killed_inside_a_change_leaves_the_registry_as_it_was(path: Path) -> None:
    (process,) = processes(
        "with open_registry(path) as registry, registry.write('test') as transaction:\n"
        "    people.add(transaction,"
        " [people.Person(str(10**10 + n), 'A', 'B') for n in range(20_000)])\n"
        "    transaction.flush()\n"
        "    print('inside', flush=True); sys.stdin.readline()\n",
        path,
        1,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    assert process.stdout.readline() == "inside\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with open_registry(path) as registry:
        assert set(health.inventory(registry).counts.values()) == {0}
        assert health.verify(registry) == []
