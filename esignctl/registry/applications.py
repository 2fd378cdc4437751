"""Applications for certificates and what has happened to them."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from esignctl.registry.connection import Transaction
from esignctl.registry.people import Person

STAGES: Final = ("form-received", "approved", "sent", "delivered", "cancelled")
"""The kinds of milestones, each one ranking above those before it."""


@dataclass(frozen=True, slots=True)
class Application:
    """A request for a certificate. `id` is 0 until it is in the registry."""

    number: str
    person_id: int
    kind: str
    opened_on: date
    id: int = 0


@dataclass(frozen=True, slots=True)
class Milestone:
    """A stage that an application has reached; `kind` is one of `STAGES`."""

    kind: str
    date: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """An application with all that its state is derived from. `paid` is the sum in kuruş."""

    application: Application
    person: Person
    milestones: tuple[Milestone, ...]
    paid: int


def by_number(connection: sqlite3.Connection, number: str) -> Application | None:
    """The application with this number."""
    row = connection.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone()
    return _application(row) if row else None


def everything(connection: sqlite3.Connection) -> list[Application]:
    """All applications, in the order in which they were registered."""
    return [_application(row) for row in connection.execute(f"{_SELECT} ORDER BY id")]


def dossiers(
    connection: sqlite3.Connection,
    *,
    application_id: int | None = None,
    person_id: int | None = None,
) -> list[Dossier]:
    """Applications with person, milestones and payments, by date and number.

    All of them, or the one with `application_id`, or those of `person_id`.
    """
    if application_id is not None:
        return _dossiers(connection, "WHERE a.id = ?", (application_id,))
    if person_id is not None:
        return _dossiers(connection, "WHERE a.person_id = ?", (person_id,))
    return _dossiers(connection)


def of_persons(connection: sqlite3.Connection, persons: Collection[int]) -> Iterator[Dossier]:
    """The applications of these persons, those of one person by date and number."""
    ids = sorted(set(persons))
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        yield from _dossiers(connection, f"WHERE a.person_id IN ({marks})", some)


def _dossiers(
    connection: sqlite3.Connection, condition: str = "", values: Sequence[int] = ()
) -> list[Dossier]:
    paid = dict(connection.execute(f"{_PAID} {condition} GROUP BY p.application_id", values))
    milestones = defaultdict[int, list[Milestone]](list)
    for owner, kind, day, note in connection.execute(
        f"{_MILESTONES} {condition} ORDER BY m.date, m.id", values
    ):
        milestones[owner].append(Milestone(kind, date.fromisoformat(day), note))
    return [
        Dossier(
            _application(row[:5]),
            Person(*row[5:]),
            tuple(milestones.get(row[4], ())),
            paid.get(row[4], 0),
        )
        for row in connection.execute(
            f"{_APPLICANTS} {condition} ORDER BY a.opened_on, a.number", values
        )
    ]


def next_number(connection: sqlite3.Connection, year: int) -> str:
    """The first free number of the year's own series, such as ``2026-00001``."""
    prefix = f"{year}-"
    used = [
        int(number.removeprefix(prefix))
        for (number,) in connection.execute(
            "SELECT number FROM applications WHERE number LIKE ?", (f"{prefix}%",)
        )
        if number.removeprefix(prefix).isdecimal()
    ]
    return f"{prefix}{max(used, default=0) + 1:05d}"


def add(transaction: Transaction, applications: Sequence[Application]) -> list[Application]:
    """Register applications whose numbers are new; returns them with their ids."""
    connection = transaction.connection
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM applications").fetchone()
    connection.executemany(
        "INSERT INTO applications (number, person_id, kind, opened_on) VALUES (?, ?, ?, ?)",
        ((a.number, a.person_id, a.kind, a.opened_on.isoformat()) for a in applications),
    )
    ids = dict(connection.execute("SELECT number, id FROM applications WHERE id > ?", (last,)))
    for application in applications:
        transaction.record(
            "application.add",
            f"application {application.number}",
            {
                "person": application.person_id,
                "kind": application.kind,
                "opened_on": application.opened_on.isoformat(),
            },
        )
    return [replace(application, id=ids[application.number]) for application in applications]


def change(transaction: Transaction, changes: Iterable[tuple[Application, Application]]) -> None:
    """Correct kind and date: pairs of the application as registered and as it shall be."""
    for old, new in changes:
        transaction.connection.execute(
            "UPDATE applications SET kind = ?, opened_on = ? WHERE id = ?",
            (new.kind, new.opened_on.isoformat(), old.id),
        )
        detail: dict[str, object] = {}
        if old.kind != new.kind:
            detail["kind"] = [old.kind, new.kind]
        if old.opened_on != new.opened_on:
            detail["opened_on"] = [old.opened_on.isoformat(), new.opened_on.isoformat()]
        transaction.record("application.change", f"application {old.number}", detail)


def reach(transaction: Transaction, application: Application, milestone: Milestone) -> None:
    """Note that an application has reached a stage that it had not reached before."""
    transaction.connection.execute(
        "INSERT INTO milestones (application_id, kind, date, note) VALUES (?, ?, ?, ?)",
        (application.id, milestone.kind, milestone.date.isoformat(), milestone.note),
    )
    transaction.record(
        f"application.{milestone.kind}",
        f"application {application.number}",
        {"date": milestone.date.isoformat(), "note": milestone.note},
    )


_AT_ONCE: Final = 500
_SELECT: Final = "SELECT number, person_id, kind, opened_on, id FROM applications"
_APPLICANTS: Final = (
    "SELECT a.number, a.person_id, a.kind, a.opened_on, a.id, p.tckn, p.given_names, p.surname,"
    " p.title, p.unit, p.group_name, p.phone, p.email, p.id"
    " FROM applications a JOIN persons p ON p.id = a.person_id"
)
_PAID: Final = (
    "SELECT p.application_id, sum(p.amount)"
    " FROM postings p JOIN applications a ON a.id = p.application_id"
)
_MILESTONES: Final = (
    "SELECT m.application_id, m.kind, m.date, m.note"
    " FROM milestones m JOIN applications a ON a.id = m.application_id"
)


def _application(row: Sequence[str | int]) -> Application:
    number, person_id, kind, opened_on, application_id = row
    return Application(
        str(number),
        int(person_id),
        str(kind),
        date.fromisoformat(str(opened_on)),
        int(application_id),
    )
