"""Persons in the registry."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from esignctl.registry.connection import Transaction
from esignctl.text import tckn


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who applies for certificates; the names are kept as they were written.

    `id` is 0 until the person is in the registry. Unknown texts are empty.
    """

    tckn: str
    given_names: str
    surname: str
    title: str = ""
    unit: str = ""
    group: str = ""
    phone: str = ""
    email: str = ""
    id: int = 0

    @property
    def name(self) -> str:
        """Given names and surname."""
        return f"{self.given_names} {self.surname}"


DETAILS: Final = tuple(field.name for field in fields(Person) if field.name not in ("id", "tckn"))
"""The fields that may change while the person stays the same."""

_VEILED: Final = frozenset({"given_names", "surname", "phone", "email"})
_SELECT: Final = (
    "SELECT tckn, given_names, surname, title, unit, group_name, phone, email, id FROM persons"
)


def everyone(connection: sqlite3.Connection) -> list[Person]:
    """All persons, in the order in which they were registered."""
    return [Person(*row) for row in connection.execute(f"{_SELECT} ORDER BY id")]


def by_tckn(connection: sqlite3.Connection, number: str) -> Person | None:
    """The person with this personal number."""
    return _one(connection, "tckn = ?", number)


def by_id(connection: sqlite3.Connection, person_id: int) -> Person | None:
    """The person with this registry id."""
    return _one(connection, "id = ?", person_id)


def ids(connection: sqlite3.Connection) -> dict[str, int]:
    """The id of everybody, by personal number."""
    return dict(connection.execute("SELECT tckn, id FROM persons").fetchall())


def count(connection: sqlite3.Connection) -> int:
    """How many persons there are."""
    return int(connection.execute("SELECT count(*) FROM persons").fetchone()[0])


def count_without_group(connection: sqlite3.Connection) -> int:
    """How many persons belong to no group."""
    question = "SELECT count(*) FROM persons WHERE group_name = ''"
    return int(connection.execute(question).fetchone()[0])


def add(transaction: Transaction, persons: Sequence[Person]) -> list[Person]:
    """Register persons whose numbers are new; returns them with their ids, in the same order."""
    connection = transaction.connection
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM persons").fetchone()
    connection.executemany(
        "INSERT INTO persons"
        " (tckn, given_names, surname, title, unit, group_name, phone, email)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((person.tckn, *(getattr(person, name) for name in DETAILS)) for person in persons),
    )
    ids = dict(connection.execute("SELECT tckn, id FROM persons WHERE id > ?", (last,)))
    added = [replace(person, id=ids[person.tckn]) for person in persons]
    for person in added:
        detail: dict[str, object] = {"tckn": tckn.mask(person.tckn)}
        detail |= {name: _shown(person, name) for name in DETAILS if getattr(person, name)}
        transaction.record("person.add", f"person {person.id}", detail)
    return added


def change(transaction: Transaction, changes: Iterable[tuple[Person, Person]]) -> None:
    """Write new details over old ones: pairs of the person as registered and as it shall be."""
    for old, new in changes:
        transaction.connection.execute(
            "UPDATE persons SET given_names = ?, surname = ?, title = ?, unit = ?,"
            " group_name = ?, phone = ?, email = ? WHERE id = ?",
            (*(getattr(new, name) for name in DETAILS), old.id),
        )
        transaction.record(
            "person.change",
            f"person {old.id}",
            {
                name: [_shown(old, name), _shown(new, name)]
                for name in DETAILS
                if getattr(old, name) != getattr(new, name)
            },
        )


def _one(connection: sqlite3.Connection, condition: str, value: object) -> Person | None:
    row = connection.execute(f"{_SELECT} WHERE {condition}", (value,)).fetchone()
    return Person(*row) if row else None


def _shown(person: Person, name: str) -> str:
    """A value as the audit log holds it.

    The log is never erased, a person may ask to be: so it keeps enough of names and addresses to
    see that they changed, and no more.
    """
    value: str = getattr(person, name)
    if name not in _VEILED or not value:
        return value
    if name == "phone":
        return "***" + value[-2:]
    if name == "email":
        return value[:1] + "***@" + value.rpartition("@")[2]
    return value[:1] + "***"
