"""The audit log: one row for each change, chained by SHA-256.

The hash of a row covers the hash of the row before it and the canonical JSON of its own content,
so that no row can be changed, inserted or taken out unnoticed.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

GENESIS: Final = "0" * 64
"""What the first row names as the hash before it."""

DISCLOSURE: Final = "ids.shown"
"""The action of rows that tell of personal numbers shown in full, and of no change."""

FORM_MADE: Final = "form.make"
"""The action of rows that tell of a form, which shows personal data in full; of no change too."""


# made once: `json.dumps` makes one each time
_plain: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_sorted: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What happened to what. `detail` is a JSON object; personal numbers in it are masked."""

    at: str
    actor: str
    command: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry as it stands in the log."""

    id: int
    entry: AuditEntry
    previous_hash: str
    hash: str


def canonical(detail: Mapping[str, object]) -> str:
    """JSON with sorted keys and no spaces: the same content always hashes alike."""
    return _sorted(detail)


def chain_hash(previous_hash: str, entry: AuditEntry) -> str:
    """The hash of a row that follows the one with `previous_hash`, as 64 hex digits."""
    content = _plain(
        [entry.at, entry.actor, entry.command, entry.action, entry.subject, entry.detail]
    )
    return hashlib.sha256(f"{previous_hash}{content}".encode()).hexdigest()


def append(connection: sqlite3.Connection, entries: Iterable[AuditEntry]) -> None:
    """Write entries at the end of the chain, inside the write transaction they tell of."""
    newest = connection.execute("SELECT hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    previous = newest[0] if newest else GENESIS

    def rows() -> Iterator[tuple[str, ...]]:
        nonlocal previous
        for entry in entries:
            following = chain_hash(previous, entry)
            yield (
                entry.at,
                entry.actor,
                entry.command,
                entry.action,
                entry.subject,
                entry.detail,
                previous,
                following,
            )
            previous = following

    connection.executemany(
        "INSERT INTO audit (at, actor, command, action, subject, detail, previous_hash, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows(),
    )


def read_all(connection: sqlite3.Connection) -> Iterator[AuditRow]:
    """Every row, oldest first."""
    for row in connection.execute(
        "SELECT id, at, actor, command, action, subject, detail, previous_hash, hash"
        " FROM audit ORDER BY id"
    ):
        yield AuditRow(row[0], AuditEntry(*row[1:7]), row[7], row[8])


def last_change(connection: sqlite3.Connection) -> AuditEntry | None:
    """The latest entry that tells of a change; None in a registry that nobody has changed yet."""
    row = connection.execute(
        "SELECT at, actor, command, action, subject, detail FROM audit"
        " WHERE action NOT IN (?, ?) ORDER BY id DESC LIMIT 1",
        (DISCLOSURE, FORM_MADE),
    ).fetchone()
    return AuditEntry(*row) if row else None
