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

    application: str
    score: float


class PostedAmount(NamedTuple):
    """What a movement gave to an application."""

    posting_id: int
    application: str
    amount: int
    reverses_posting_id: int | None


class StoredMovement(NamedTuple):
    """A movement with its file, its candidates (likeliest first) and its postings."""

    id: int
    file_name: str
    movement: MovementRecord
    candidates: tuple[Suggestion, ...]
    postings: tuple[PostedAmount, ...]


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
    connection: sqlite3.Connection, decisions: Sequence[str] = ()
) -> list[StoredMovement]:
    """All movements, or those with one of the decisions, oldest first."""
    if not decisions:
        return _stored(connection, "m.id > ?", (0,))
    return _stored(connection, f"m.decision IN ({', '.join('?' * len(decisions))})", decisions)


_CANDIDATES: Final = (
    "SELECT c.movement_id, a.number, c.score FROM candidates c"
    " JOIN movements m ON m.id = c.movement_id JOIN applications a ON a.id = c.application_id"
)
_POSTINGS: Final = (
    "SELECT p.movement_id, p.id, a.number, p.amount, p.reverses_posting_id FROM postings p"
    " JOIN movements m ON m.id = p.movement_id JOIN applications a ON a.id = p.application_id"
)
_MOVEMENTS: Final = (
    "SELECT m.id, s.file_name, m.row_number, m.account, m.booked_on, m.booked_time, m.amount,"
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
            MovementRecord._make(
                (
                    *row[2:4],
                    date.fromisoformat(row[4]),
                    *row[5:13],
                    tuple(json.loads(row[13])),
                    *row[14:],
                )
            ),
            tuple(candidates.get(row[0], ())),
            tuple(postings.get(row[0], ())),
        )
        for row in connection.execute(
            f"{_MOVEMENTS} WHERE {condition} ORDER BY m.booked_on, m.id", values
        )
    ]
