"""Is the registry whole, and what does it hold?

Damage of the file itself is an error, as everywhere; what is inconsistent inside a readable file
comes out as findings.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from esignctl.errors import RegistryDamaged
from esignctl.findings import Finding, finding
from esignctl.registry import audit
from esignctl.registry.connection import Registry
from esignctl.registry.migrations import SCHEMA_VERSION, migrate
from esignctl.registry.payments import Posting

_NAMED_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a registry holds. `size` is in bytes, with what is not yet merged into the file."""

    path: Path
    schema: int
    size: int
    counts: dict[str, int]
    last_change: audit.AuditEntry | None


def inventory(registry: Registry) -> Inventory:
    """Place, size and contents."""
    log = registry.path.with_name(registry.path.name + "-wal")
    with registry.read() as connection:
        return Inventory(
            registry.path,
            SCHEMA_VERSION,
            registry.path.stat().st_size + (log.stat().st_size if log.exists() else 0),
            {
                name: connection.execute(question).fetchone()[0]
                for name, question in _COUNTS.items()
            },
            audit.last_change(connection),
        )


def verify(registry: Registry) -> list[Finding]:
    """Everything that is inconsistent; empty for a sound registry.

    Raises `RegistryDamaged` when SQLite itself finds the file broken.
    """
    with registry.read() as connection:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise RegistryDamaged(file=registry.path.name)
        return [
            *_schema(connection),
            *_keys(connection),
            *_audit_and_postings(connection),
            *_named("REGISTRY-SUM-WRONG", connection, _OVERPOSTED),
            *_named("REGISTRY-REVERSAL-WRONG", connection, _UNEVEN_REVERSALS),
        ]


_COUNTS: Final = {
    "persons": "SELECT count(*) FROM persons",
    "applications": "SELECT count(*) FROM applications",
    "statements": "SELECT count(*) FROM statements",
    "movements": "SELECT count(*) FROM movements",
    "open_reviews": "SELECT count(*) FROM movements WHERE decision = 'review'",
    "postings": "SELECT count(*) FROM postings",
    "certificates": "SELECT count(*) FROM certificates",
    "card_visits": "SELECT count(*) FROM card_visits",
    "audit": "SELECT count(*) FROM audit",
}

# What a movement gave away lies between nothing and its own amount.
_OVERPOSTED: Final = """
    SELECT m.id FROM movements m JOIN postings p ON p.movement_id = m.id
    GROUP BY m.id, m.amount
    HAVING CASE WHEN m.amount >= 0 THEN sum(p.amount) NOT BETWEEN 0 AND m.amount
                ELSE sum(p.amount) NOT BETWEEN m.amount AND 0 END
    ORDER BY m.id
"""

_UNEVEN_REVERSALS: Final = """
    SELECT r.id FROM postings r JOIN postings p ON p.id = r.reverses_posting_id
    WHERE r.amount + p.amount <> 0 OR r.application_id <> p.application_id
    ORDER BY r.id
"""

_SCHEMA: Final = (
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
)


def _schema(connection: sqlite3.Connection) -> Iterator[Finding]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        expected = set(fresh.execute(_SCHEMA))
    differing = expected ^ set(connection.execute(_SCHEMA))
    if differing:
        yield finding("REGISTRY-SCHEMA-CHANGED", names=_list({row[1] for row in differing}))


def _keys(connection: sqlite3.Connection) -> Iterator[Finding]:
    broken = [f"{row[0]} {row[1]}" for row in connection.execute("PRAGMA foreign_key_check")]
    if broken:
        yield finding("REGISTRY-KEY-BROKEN", rows=_list(broken))


def _audit_and_postings(connection: sqlite3.Connection) -> Iterator[Finding]:
    """The chain of the audit log, and that it tells of exactly the postings there are."""
    previous, expected_id = audit.GENESIS, 1
    told: dict[str, dict[str, object]] = {}
    for row in audit.read_all(connection):
        if (
            row.id != expected_id
            or row.previous_hash != previous
            or row.hash != audit.chain_hash(previous, row.entry)
        ):
            yield finding("REGISTRY-AUDIT-BROKEN", row=expected_id)
            return
        previous, expected_id = row.hash, row.id + 1
        if row.entry.action == "posting.add":
            told[row.entry.subject] = json.loads(row.entry.detail)
    ever = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
    if ever and ever[0] >= expected_id:
        yield finding("REGISTRY-AUDIT-BROKEN", row=expected_id)
        return
    for posting_id, *values in connection.execute(
        "SELECT id, movement_id, application_id, amount, source, reverses_posting_id FROM postings"
    ):
        there = dict(zip(Posting._fields, values, strict=True))
        if told.get(f"posting {posting_id}") == there:
            del told[f"posting {posting_id}"]
        else:
            told.setdefault(f"posting {posting_id}", there)
    if told:
        yield finding("REGISTRY-POSTING-UNTOLD", rows=_list(set(told)))


def _named(code: str, connection: sqlite3.Connection, question: str) -> Iterator[Finding]:
    ids = [str(row[0]) for row in connection.execute(question)]
    if ids:
        yield finding(code, rows=_list(ids))


def _list(names: Iterable[str]) -> str:
    """The first few of the names."""
    ordered = sorted(names, key=lambda name: (len(name), name))
    more = ["…"] if len(ordered) > _NAMED_AT_MOST else []
    return ", ".join(ordered[:_NAMED_AT_MOST] + more)
