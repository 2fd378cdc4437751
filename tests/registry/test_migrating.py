"""A registry of an older program is brought up to date by a newer one."""

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from esignctl.registry import connection, health, migrations, open_registry, people

from .conftest import ADA


@pytest.fixture
def old(path: Path) -> Path:
    """A registry of today's program with a person in it."""
    with open_registry(path) as registry, registry.write("test") as transaction:
        people.add(transaction, [ADA])
    return path


def newer_program(monkeypatch: pytest.MonkeyPatch, *steps: Sequence[str]) -> None:
    """Let the program know further steps."""
    names = [f"9{number:03d}-later" for number in range(len(steps))]
    known = (*migrations._STEPS, *zip(names, map(tuple, steps), strict=True))
    monkeypatch.setattr(migrations, "_STEPS", known)
    for module in (migrations, connection, health):
        monkeypatch.setattr(module, "SCHEMA_VERSION", len(known))


STEP = ("ALTER TABLE persons ADD COLUMN nickname TEXT NOT NULL DEFAULT ''",)
BROKEN = ("CREATE TABLE half_done (id INTEGER PRIMARY KEY) STRICT", "SELECT nonsense")


def test_the_missing_steps_are_applied_and_recorded(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer_program(monkeypatch, STEP)
    with open_registry(old) as registry:
        assert registry.connection.execute("SELECT nickname FROM persons").fetchall() == [("",)]
        steps = registry.connection.execute("SELECT name FROM _sqlite_migrations").fetchall()
        assert ("9000-later",) in steps
        assert health.inventory(registry).schema == len(steps)
        assert health.verify(registry) == []


def test_a_step_that_fails_leaves_the_registry_to_the_older_program(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer_program(newer, STEP, BROKEN)
        with pytest.raises(sqlite3.OperationalError), open_registry(old):
            pass
    with open_registry(old) as registry:
        assert health.verify(registry) == []
        assert health.inventory(registry).counts["persons"] == 1


def test_two_that_bring_it_up_to_date_at_once_both_succeed(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer_program(monkeypatch, STEP)

    def open_once(_: int) -> int:
        with open_registry(old) as registry, registry.read() as read:
            return people.count(read)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_once, range(8))) == [1] * 8
