"""Movements and postings as people look at them."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from esignctl.registry.payments import MovementRecord


class Payment(NamedTuple):
    """A posting as an application shows it; `amount` is signed kuruş."""

    posting_id: int
    movement_id: int
    booked_on: date
    amount: int
    source: str
    posted_at: str
    reverses_posting_id: int | None


class Suggestion(NamedTuple):
    """An application that a movement may belong to."""

    application_id: int
    application: str
    score: float


class PostedAmount(NamedTuple):
    """What a movement gave to an application."""

    posting_id: int
    application_id: int
    application: str
    amount: int
    reverses_posting_id: int | None


class StoredMovement(NamedTuple):
    """A movement with its file, its candidates (likeliest first) and its postings."""

    id: int
    statement_id: int
    file_name: str
    movement: MovementRecord
    candidates: tuple[Suggestion, ...]
    postings: tuple[PostedAmount, ...]


class Received(NamedTuple):
    """What a payment brought an application, or may have; `whole` is False for a share of it."""

    movement_id: int
    file_name: str
    row_number: int
    booked_on: date
    amount: int
    application_id: int
    whole: bool


class PersonsDecision(NamedTuple):
    """What somebody decided on a movement, when (UTC), with which command, and why if told."""

    at: str
    actor: str
    command: str
    decision: str
    reason: str | None = None


def payments_of(connection: sqlite3.Connection, application_id: int) -> list[Payment]:
    """What was posted to an application, oldest first, reversals included."""
    return [
        Payment(row[0], row[1], date.fromisoformat(row[2]), *row[3:])
        for row in connection.execute(
            "SELECT p.id, p.movement_id, m.booked_on, p.amount, p.source, p.posted_at,"
            " p.reverses_posting_id FROM postings p JOIN movements m ON m.id = p.movement_id"
            " WHERE p.application_id = ? ORDER BY p.id",
            (application_id,),
        )
    ]


def movement(connection: sqlite3.Connection, movement_id: int) -> StoredMovement | None:
    """One movement with its candidates and postings."""
    found = _stored(connection, "m.id = ?", (movement_id,))
    return found[0] if found else None


def open_reviews(connection: sqlite3.Connection) -> list[StoredMovement]:
    """The movements that wait for a person's decision, oldest first."""
    return movements(connection, ("review",))


def movements(
    connection: sqlite3.Connection,
    decisions: Sequence[str] = (),
    *,
    statement_id: int | None = None,
    application_id: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[StoredMovement]:
    """The movements that fit every condition that is given, oldest first.

    `first` and `last` are included. A movement belongs to an application when something was ever
    posted from one to the other, or when it waits for a decision and may be for that application.
    """
    conditions, values = ["m.id > ?"], [0]  # type: tuple[list[str], list[str | int]]
    if decisions:
        conditions.append(f"m.decision IN ({', '.join('?' * len(decisions))})")
        values += decisions
    if statement_id is not None:
        conditions.append("m.statement_id = ?")
        values.append(statement_id)
    if application_id is not None:
        conditions.append(_OF_APPLICATION)
        values += [application_id, application_id]
    if first is not None:
        conditions.append("m.booked_on >= ?")
        values.append(first.isoformat())
    if last is not None:
        conditions.append("m.booked_on <= ?")
        values.append(last.isoformat())
    return _stored(connection, " AND ".join(conditions), values)


def paid(connection: sqlite3.Connection, application_id: int) -> int:
    """The sum of what was posted to an application, in kuruş."""
    (total,) = connection.execute(
        "SELECT coalesce(sum(amount), 0) FROM postings WHERE application_id = ?", (application_id,)
    ).fetchone()
    return int(total)


def received(connection: sqlite3.Connection, application_id: int, amount: int) -> list[Received]:
    """The payments that brought an application this amount, or may have, oldest first.

    What was given back already, or set aside, is not among them.
    """
    return [
        Received(row[0], row[1], row[2], date.fromisoformat(row[3]), amount, application_id, row[4])
        for row in connection.execute(_RECEIVED, {"application": application_id, "amount": amount})
    ]


def has_statement(connection: sqlite3.Connection, statement_id: int) -> bool:
    """Whether a statement with this id was imported."""
    found = connection.execute("SELECT 1 FROM statements WHERE id = ?", (statement_id,))
    return found.fetchone() is not None


def history(connection: sqlite3.Connection, movement_id: int) -> list[PersonsDecision]:
    """What people decided on a movement after it was imported, oldest first."""
    told: list[PersonsDecision] = []
    for at, actor, command, action, detail in connection.execute(
        "SELECT at, actor, command, action, detail FROM audit WHERE subject = ?"
        " AND action IN ('movement.decide', 'movement.reason') ORDER BY id",
        (f"movement {movement_id}",),
    ):
        content = json.loads(detail)
        if action == "movement.decide":
            told.append(PersonsDecision(at, actor, command, content["decision"]))
        else:
            told[-1] = told[-1]._replace(reason=content["reason"])
    return told


_OF_APPLICATION: Final = (
    "(m.id IN (SELECT movement_id FROM postings WHERE application_id = ?)"
    " OR m.decision = 'review'"
    " AND m.id IN (SELECT movement_id FROM candidates WHERE application_id = ?))"
)
_CANDIDATES: Final = (
    "SELECT c.movement_id, a.id, a.number, c.score FROM candidates c"
    " JOIN movements m ON m.id = c.movement_id JOIN applications a ON a.id = c.application_id"
)
_POSTINGS: Final = (
    "SELECT p.movement_id, p.id, a.id, a.number, p.amount, p.reverses_posting_id FROM postings p"
    " JOIN movements m ON m.id = p.movement_id JOIN applications a ON a.id = p.application_id"
)
_RECEIVED: Final = (
    "SELECT m.id, s.file_name, m.row_number, m.booked_on, m.amount = :amount"
    " FROM movements m JOIN statements s ON s.id = m.statement_id"
    " WHERE m.decision IN ('matched', 'review') AND (m.amount = :amount AND m.id IN"
    " (SELECT movement_id FROM candidates WHERE application_id = :application)"
    " OR m.id IN (SELECT movement_id FROM postings"
    " WHERE application_id = :application AND amount = :amount))"
    " AND NOT EXISTS (SELECT 1 FROM movements r WHERE r.reverses_movement_id = m.id"
    " AND (m.amount IN (:amount, -r.amount) OR r.id IN"
    " (SELECT movement_id FROM candidates WHERE application_id = :application)))"
    " ORDER BY m.booked_on, m.id"
)
_MOVEMENTS: Final = (
    "SELECT m.id, s.id, s.file_name, m.row_number, m.account, m.booked_on, m.booked_time, m.amount,"
    " m.balance, m.description, m.reference, m.fingerprint, m.occurrence, m.decision, m.reasons,"
    " m.excess, m.reverses_movement_id"
    " FROM movements m JOIN statements s ON s.id = m.statement_id"
)


def _stored(
    connection: sqlite3.Connection, condition: str, values: Sequence[str | int]
) -> list[StoredMovement]:
    candidates: dict[int, list[Suggestion]] = {}
    for movement_id, *rest in connection.execute(
        f"{_CANDIDATES} WHERE {condition} ORDER BY c.movement_id, c.rank", values
    ):
        candidates.setdefault(movement_id, []).append(Suggestion._make(rest))
    postings: dict[int, list[PostedAmount]] = {}
    for movement_id, *rest in connection.execute(
        f"{_POSTINGS} WHERE {condition} ORDER BY p.id", values
    ):
        postings.setdefault(movement_id, []).append(PostedAmount._make(rest))
    return [
        StoredMovement(
            row[0],
            row[1],
            row[2],
            MovementRecord._make(
                (
                    *row[3:5],
                    date.fromisoformat(row[5]),
                    *row[6:14],
                    tuple(json.loads(row[14])),
                    *row[15:],
                )
            ),
            tuple(candidates.get(row[0], ())),
            tuple(postings.get(row[0], ())),
        )
        for row in connection.execute(
            f"{_MOVEMENTS} WHERE {condition} ORDER BY m.booked_on, m.id", values
        )
    ]
