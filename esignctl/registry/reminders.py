"""The outbox of reminders: what is planned, being sent, sent, and what failed."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from esignctl.registry.connection import Transaction

STATES: Final = ("planned", "sending", "sent", "failed", "refused", "dropped")
"""``failed`` is tried again, ``refused`` is not; ``dropped`` is no longer due."""


@dataclass(frozen=True, slots=True)
class Due:
    """One message to be sent: about a certificate, to its holder, for a threshold in days."""

    certificate_id: int
    person_id: int
    threshold: int
    channel: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A message as the outbox keeps it. Times are UTC text; `problem` is of the last attempt.

    `message_id` is the same at every attempt, so that a double can be told.
    """

    due: Due
    state: str
    message_id: str
    attempts: int
    next_try_at: str | None
    problem: str
    planned_at: str
    changed_at: str
    id: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """How an attempt ended. `next_try_at` is None where it need not wait, or is not tried again."""

    reminder: Reminder
    state: str
    problem: str = ""
    next_try_at: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A person who is not to be reminded."""

    person_id: int
    since: str
    reason: str


def plan(transaction: Transaction, due: Iterable[Due]) -> None:
    """Bring the outbox to what is due now: new rows for the new, the others are dropped.

    What was sent or refused stays as it is, and what is still due keeps its attempts.
    """
    connection, wanted = transaction.connection, set(due)
    open_now = open_ones(connection)
    for each in open_now:
        if each.due not in wanted:
            drop(transaction, each)
    new = sorted(
        wanted - {each.due for each in open_now},
        key=lambda each: (each.certificate_id, each.channel),
    )
    connection.executemany(
        "INSERT INTO reminders (certificate_id, person_id, threshold, channel, state, message_id,"
        " planned_at, changed_at) VALUES (?, ?, ?, ?, 'planned', ?, ?, ?)"
        " ON CONFLICT (certificate_id, channel, threshold) DO UPDATE"
        " SET state = 'planned', problem = '', next_try_at = NULL, changed_at = excluded.changed_at"
        " WHERE reminders.state = 'dropped'",
        (
            (
                each.certificate_id,
                each.person_id,
                each.threshold,
                each.channel,
                f"esignctl-{uuid4().hex}",
                transaction.at,
                transaction.at,
            )
            for each in new
        ),
    )
    if new:
        transaction.record("reminders.plan", "reminders", {"count": len(new)})


def open_ones(connection: sqlite3.Connection) -> list[Reminder]:
    """What waits to be sent, or was being sent when a run ended; in the order of planning."""
    return _read(connection, "state IN ('planned', 'sending', 'failed')")


def listed(
    connection: sqlite3.Connection, person_id: int | None = None, state: str | None = None
) -> list[Reminder]:
    """All reminders, those of a person, or those in a state; in the order of planning."""
    conditions = {"person_id = ?": person_id, "state = ?": state}
    given = {text: value for text, value in conditions.items() if value is not None}
    return _read(connection, " AND ".join(given) or "true", *given.values())


def by_id(connection: sqlite3.Connection, reminder_id: int) -> Reminder | None:
    """One reminder."""
    return next(iter(_read(connection, "id = ?", reminder_id)), None)


def settle(transaction: Transaction, ended: Settlement) -> None:
    """Keep how an attempt ended."""
    reminder = ended.reminder
    tried = ended.state in ("sent", "failed", "refused")
    transaction.connection.execute(
        "UPDATE reminders SET state = ?, problem = ?, next_try_at = ?, attempts = attempts + ?,"
        " changed_at = ? WHERE id = ?",
        (ended.state, ended.problem, ended.next_try_at, int(tried), transaction.at, reminder.id),
    )
    if tried:
        _record(transaction, ended.state, reminder, ended.problem)


def begin(transaction: Transaction, reminder: Reminder) -> None:
    """Note that a message is about to be handed over, before it is."""
    transaction.connection.execute(
        "UPDATE reminders SET state = 'sending', changed_at = ? WHERE id = ?",
        (transaction.at, reminder.id),
    )


def drop(transaction: Transaction, reminder: Reminder) -> None:
    """Leave a message that is no longer due."""
    settle(transaction, Settlement(reminder, "dropped", reminder.problem))
    _record(transaction, "drop", reminder)


def retry(transaction: Transaction, reminders: Iterable[Reminder]) -> None:
    """Plan messages anew that failed or were refused."""
    for each in reminders:
        transaction.connection.execute(
            "UPDATE reminders SET state = 'planned', next_try_at = NULL, changed_at = ?"
            " WHERE id = ?",
            (transaction.at, each.id),
        )
        _record(transaction, "retry", each)


def stops(connection: sqlite3.Connection) -> dict[int, Stop]:
    """Who is not to be reminded, by person."""
    rows = connection.execute("SELECT person_id, since, reason FROM reminder_stops")
    return {row[0]: Stop(*row) for row in rows}


def stop(transaction: Transaction, person_id: int, reason: str) -> bool:
    """Remind a person no more; False when that was so before."""
    added = transaction.connection.execute(
        "INSERT INTO reminder_stops (person_id, since, reason) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id) DO NOTHING",
        (person_id, transaction.at, reason),
    )
    if added.rowcount:
        transaction.record("reminders.stop", f"person {person_id}", {"reason": reason})
    return bool(added.rowcount)


def resume(transaction: Transaction, person_id: int) -> bool:
    """Remind a person again; False when nobody had stopped it."""
    removed = transaction.connection.execute(
        "DELETE FROM reminder_stops WHERE person_id = ?", (person_id,)
    )
    if removed.rowcount:
        transaction.record("reminders.resume", f"person {person_id}", {})
    return bool(removed.rowcount)


_SELECT: Final = (
    "SELECT certificate_id, person_id, threshold, channel, state, message_id, attempts,"
    " next_try_at, problem, planned_at, changed_at, id FROM reminders"
)


def _record(transaction: Transaction, action: str, reminder: Reminder, problem: str = "") -> None:
    due = reminder.due
    detail: dict[str, object] = {
        "certificate": due.certificate_id,
        "person": due.person_id,
        "threshold": due.threshold,
        "channel": due.channel,
    }
    if problem:
        detail["problem"] = problem
    transaction.record(f"reminder.{action}", f"reminder {reminder.id}", detail)


def _read(connection: sqlite3.Connection, condition: str, *values: object) -> list[Reminder]:
    rows = connection.execute(f"{_SELECT} WHERE {condition} ORDER BY id", values)
    return [Reminder(Due(*row[:4]), *row[4:]) for row in rows]
