"""Brings the tables of a registry to the shape this program knows.

The steps run through sqlite-utils, which records each by name in ``_sqlite_migrations``; the
number of steps is kept in ``PRAGMA user_version`` too, so that a registry that needs nothing is
recognised without loading sqlite-utils.
"""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from esignctl.registry import schema

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID: Final = 0x65534743
"""``PRAGMA application_id`` of every registry ("eSGC"): tells it from any other SQLite file."""

_STEPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("0001-start", schema.START),
    ("0002-cards", schema.CARDS),
    ("0003-scans", schema.SCANS),
    ("0004-trust", schema.TRUST),
    ("0005-lessons", schema.LESSONS),
    ("0006-reminders", schema.REMINDERS),
)

SCHEMA_VERSION: Final = len(_STEPS)
"""The schema this program writes; ``PRAGMA user_version`` of an up-to-date registry."""


def _step(statements: tuple[str, ...]) -> "Callable[[Database], None]":
    def run(database: "Database") -> None:
        for statement in statements:
            database.execute(statement)

    return run


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing. The caller holds ``BEGIN IMMEDIATE`` and commits.

    Several steps are one transaction, so a registry is never left between two schemas.
    """
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    database = Database(connection, recursive_triggers=False, execute_plugins=False, strict=True)
    steps = Migrations("esignctl")
    for name, statements in _STEPS:
        steps(name=name)(_step(statements))
    steps.apply(database)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
