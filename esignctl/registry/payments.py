"""Account statements, their movements, and what was posted to applications.

Amounts are signed integer kuruş. A movement is known by its account, its fingerprint and its
occurrence (the how-manieth of its like); postings are never changed or deleted, only reversed.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from esignctl.registry.connection import Transaction
from esignctl.registry.indexes import built_at_the_end

_MANY: Final = 5000


class PersonKey(NamedTuple):
    """Somebody who may pay."""

    id: int
    tckn: str
    given_names: str
    surname: str
    group: str


class Payable(NamedTuple):
    """An application that is not cancelled. `stage` is the highest one reached, or empty."""

    id: int
    number: str
    person_id: int
    kind: str
    opened_on: date
    stage: str
    paid: int


class StatementRecord(NamedTuple):
    """A statement file as it is kept."""

    file_name: str
    sha256: str
    bank: str
    account_iban: str
    first_date: date | None
    last_date: date | None
    row_count: int


class MovementRecord(NamedTuple):
    """A movement with its decision; `excess` is what no fee explains."""

    row_number: int
    account: str
    booked_on: date
    booked_time: str | None
    amount: int
    balance: int | None
    description: str
    reference: str
    fingerprint: str
    occurrence: int
    decision: str
    reasons: tuple[str, ...] = ()
    excess: int = 0
    reverses_movement_id: int | None = None


class KnownMovement(NamedTuple):
    """What the registry knows of a movement that it has seen before, to recognise it by."""

    id: int
    fingerprint: str
    occurrence: int
    booked_time: str | None
    amount: int
    balance: int | None
    reference: str
    booked_on: str = ""
    description: str = ""


class Candidate(NamedTuple):
    """An application that a movement may belong to; rank 1 is the likeliest."""

    movement_id: int
    application_id: int
    score: float
    rank: int


class Posting(NamedTuple):
    """An amount of a movement that counts for an application. `source` is auto or person."""

    movement_id: int
    application_id: int
    amount: int
    source: str
    reverses_posting_id: int | None = None


def load_people(connection: sqlite3.Connection) -> list[PersonKey]:
    """Everybody, with what payments are matched by."""
    return list(
        map(
            PersonKey._make,
            connection.execute("SELECT id, tckn, given_names, surname, group_name FROM persons"),
        )
    )


def open_applications(connection: sqlite3.Connection) -> list[Payable]:
    """All applications that are not cancelled, with the sum posted to each, by date."""
    paid: dict[int, int] = dict(
        connection.execute("SELECT application_id, sum(amount) FROM postings GROUP BY 1")
    )
    rank = {kind: place for place, kind in enumerate(_STAGES)}
    stages: dict[int, str] = {}
    for application_id, kind in connection.execute("SELECT application_id, kind FROM milestones"):
        if rank[kind] >= rank[stages.get(application_id, "")]:
            stages[application_id] = kind
    return [
        Payable(
            application_id,
            number,
            person_id,
            kind,
            date.fromisoformat(opened_on),
            stages.get(application_id, ""),
            paid.get(application_id, 0),
        )
        for application_id, number, person_id, kind, opened_on in connection.execute(
            "SELECT id, number, person_id, kind, opened_on FROM applications ORDER BY opened_on, id"
        )
        if stages.get(application_id) != "cancelled"
    ]


def cancelled_applications(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The number and the person's id of each application that is cancelled."""
    return list(
        connection.execute(
            "SELECT DISTINCT a.number, a.person_id FROM applications a"
            " JOIN milestones m ON m.application_id = a.id WHERE m.kind = 'cancelled'"
        )
    )


def cancelled_but_paid(connection: sqlite3.Connection) -> list[Payable]:
    """The cancelled applications for which money is still posted, by date."""
    return [
        Payable._make((*row[:4], date.fromisoformat(row[4]), "", row[5]))
        for row in connection.execute(
            "SELECT a.id, a.number, a.person_id, a.kind, a.opened_on, sum(p.amount)"
            " FROM applications a JOIN postings p ON p.application_id = a.id"
            " JOIN milestones m ON m.application_id = a.id AND m.kind = 'cancelled'"
            " GROUP BY a.id, a.number, a.person_id, a.kind, a.opened_on HAVING sum(p.amount) > 0"
            " ORDER BY a.opened_on, a.id"
        )
    ]


def known_movements(
    connection: sqlite3.Connection, account: str, first_date: date, last_date: date
) -> list[KnownMovement]:
    """The movements of an account from one day to another, in the order of their import.

    An account that was not named may be any: its movements count for every account, and without
    an account those of all are taken.
    """
    condition, named = ("account IN (?, '')", (account,)) if account else ("1 = 1", ())
    return [
        KnownMovement._make(row)
        for row in connection.execute(
            f"{_KNOWN} WHERE {condition} AND booked_on BETWEEN ? AND ? ORDER BY id",
            (*named, first_date.isoformat(), last_date.isoformat()),
        )
    ]


def was_imported(connection: sqlite3.Connection, sha256: str) -> bool:
    """Whether a file with this content was imported before."""
    found = connection.execute("SELECT 1 FROM statements WHERE sha256 = ?", (sha256,))
    return found.fetchone() is not None


def add_statement(transaction: Transaction, statement: StatementRecord) -> int:
    """Keep a statement; returns its id."""
    (statement_id,) = transaction.connection.execute(
        "INSERT INTO statements (file_name, sha256, bank, account_iban, first_date, last_date,"
        " row_count, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            statement.file_name,
            statement.sha256,
            statement.bank,
            statement.account_iban,
            _iso(statement.first_date),
            _iso(statement.last_date),
            statement.row_count,
            transaction.at,
        ),
    ).fetchone()
    transaction.record(
        "statement.add",
        f"statement {statement_id}",
        {
            "file": statement.file_name,
            "sha256": statement.sha256,
            "rows": statement.row_count,
            "first_date": _iso(statement.first_date),
            "last_date": _iso(statement.last_date),
        },
    )
    return int(statement_id)


def add_movements(
    transaction: Transaction,
    statement_id: int,
    movements: Iterable[MovementRecord],
    count: int = 0,
) -> list[int]:
    """Keep the new movements of a statement; returns their ids in the same order.

    They are covered by one audit row, which tells how many were decided how. They are gone through
    once: a million of them need not stand in memory. ``count`` is how many they are, where that is
    known: many are kept faster.
    """
    decisions: dict[str, int] = defaultdict(int)
    connection = transaction.connection
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM movements").fetchone()
    # the same few days and reasons stand in most rows
    as_text, day_text = (lru_cache(maxsize=None)(text) for text in (json.dumps, date.isoformat))

    def values(movement: MovementRecord) -> tuple[object, ...]:
        decisions[movement.decision] += 1
        return (
            statement_id,
            movement.row_number,
            movement.account,
            day_text(movement.booked_on),
            *movement[3:11],
            as_text(movement.reasons),
            *movement[12:],
        )

    # with more old rows than new ones, building the indexes again would take longer
    many = count >= max(_MANY, last)
    with built_at_the_end(connection, "movements") if many else nullcontext():
        connection.executemany(
            "INSERT INTO movements (statement_id, row_number, account, booked_on, booked_time,"
            " amount, balance, description, reference, fingerprint, occurrence, decision, reasons,"
            " excess, reverses_movement_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            map(values, movements),
        )
    transaction.record("movements.add", f"statement {statement_id}", decisions)
    return [
        movement_id
        for (movement_id,) in connection.execute(
            "SELECT id FROM movements WHERE id > ? ORDER BY id", (last,)
        )
    ]


def link_reversals(transaction: Transaction, pairs: Iterable[tuple[int, int]]) -> None:
    """Note which movement gives back which: pairs of (giving back, given back)."""
    for reversing, reversed_ in pairs:
        transaction.connection.execute(
            "UPDATE movements SET reverses_movement_id = ? WHERE id = ?", (reversed_, reversing)
        )
        transaction.record("movement.reverses", f"movement {reversing}", {"movement": reversed_})


def add_candidates(transaction: Transaction, candidates: Iterable[Candidate]) -> None:
    """Keep which applications a movement may belong to."""
    transaction.connection.executemany(
        "INSERT INTO candidates (movement_id, application_id, score, rank) VALUES (?, ?, ?, ?)",
        candidates,
    )


def add_postings(transaction: Transaction, postings: Iterable[Posting]) -> list[int]:
    """Post amounts to applications; returns the ids, and leaves an audit row for each."""
    ids = []
    for posting in postings:
        (posting_id,) = transaction.connection.execute(
            "INSERT INTO postings (movement_id, application_id, amount, source,"
            " reverses_posting_id, posted_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (*posting, transaction.at),
        ).fetchone()
        ids.append(int(posting_id))
        transaction.record("posting.add", f"posting {posting_id}", posting._asdict())
    return ids


def decide(
    transaction: Transaction, movement_id: int, decision: str, reasons: Sequence[str], excess: int
) -> None:
    """Change the decision on a movement."""
    transaction.connection.execute(
        "UPDATE movements SET decision = ?, reasons = ?, excess = ? WHERE id = ?",
        (decision, json.dumps(list(reasons)), excess, movement_id),
    )
    transaction.record(
        "movement.decide",
        f"movement {movement_id}",
        {"decision": decision, "reasons": list(reasons), "excess": excess},
    )


_KNOWN: Final = (
    "SELECT id, fingerprint, occurrence, booked_time, amount, balance, reference, booked_on,"
    " description FROM movements"
)
_STAGES: Final = ("", "form-received", "approved", "sent", "delivered", "cancelled")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
