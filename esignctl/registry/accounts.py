"""What movements gave to applications, summed up: for those who look for money that is still due.

Amounts are signed integer kuruş; what was taken back is not among them.
"""

import sqlite3
from collections import defaultdict
from typing import Final, NamedTuple


class Given(NamedTuple):
    """What a movement gave to an application, or took from it, on balance."""

    movement_id: int
    amount: int


class Rest(NamedTuple):
    """What of a movement was accepted but posted to no application.

    `amount` has the movement's sign, less what later movements gave back of it. `applications` are
    the ids of those that got the other part.
    """

    movement_id: int
    amount: int
    applications: tuple[int, ...]


def given(connection: sqlite3.Connection) -> dict[int, list[Given]]:
    """What every application was given, oldest movement first, by application id."""
    found = defaultdict[int, list[Given]](list)
    for application_id, movement_id, amount in connection.execute(_GIVEN):
        found[application_id].append(Given(movement_id, amount))
    return found


def rests(connection: sqlite3.Connection) -> list[Rest]:
    """The incoming movements that are posted in part, oldest first."""
    given_back: dict[int, int] = {}
    open_rests: list[tuple[int, int]] = []
    for movement_id, amount, reverses in connection.execute(_RESTS):
        if amount > 0:
            open_rests.append((movement_id, amount))
        elif reverses is not None:
            given_back[reverses] = given_back.get(reverses, 0) + amount
    return [
        Rest(
            movement_id,
            left,
            tuple(number for (number,) in connection.execute(_SHARES, (movement_id,))),
        )
        for movement_id, amount in open_rests
        if (left := amount + given_back.get(movement_id, 0)) > 0
    ]


def waiting(connection: sqlite3.Connection) -> dict[int, list[int]]:
    """The movements that wait for a decision and may be for an application, by its id."""
    found = defaultdict[int, list[int]](list)
    for application_id, movement_id in connection.execute(_WAITING):
        found[application_id].append(movement_id)
    return found


_GIVEN: Final = (
    "SELECT p.application_id, p.movement_id, sum(p.amount) FROM postings p"
    " JOIN movements m ON m.id = p.movement_id"
    " GROUP BY p.application_id, p.movement_id, m.booked_on HAVING sum(p.amount) <> 0"
    " ORDER BY m.booked_on, p.movement_id"
)
_RESTS: Final = (
    "SELECT m.id, m.amount - coalesce(sum(p.amount), 0), m.reverses_movement_id"
    " FROM movements m LEFT JOIN postings p ON p.movement_id = m.id"
    " WHERE m.decision = 'matched'"
    " GROUP BY m.id, m.amount, m.reverses_movement_id, m.booked_on"
    " HAVING coalesce(sum(p.amount), 0) <> m.amount ORDER BY m.booked_on, m.id"
)
_SHARES: Final = (
    "SELECT application_id FROM postings WHERE movement_id = ?"
    " GROUP BY application_id HAVING sum(amount) > 0 ORDER BY application_id"
)
_WAITING: Final = (
    "SELECT c.application_id, c.movement_id FROM candidates c"
    " JOIN movements m ON m.id = c.movement_id WHERE m.decision = 'review'"
    " ORDER BY m.booked_on, m.id"
)
