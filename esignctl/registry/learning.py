"""What people's decisions taught: that certain words in a description speak of a certain person.

A lesson is kept as long as a decision that taught it holds, or for good once somebody wrote it by
hand. Of the payment it keeps nothing but the words.
"""

import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

from esignctl.registry.connection import Transaction


class Lesson(NamedTuple):
    """A phrase, folded, and the person it speaks of.

    `kind` is payer, account or words; `by_hand` when a person wrote or confirmed it; `movements`
    are those whose acceptance taught it.
    """

    id: int
    phrase: str
    kind: str
    person_id: int
    learned_at: str
    by_hand: bool
    movements: tuple[int, ...] = ()


def lessons(connection: sqlite3.Connection) -> list[Lesson]:
    """All lessons, oldest first."""
    return _read(connection, "", ())


def by_id(connection: sqlite3.Connection, lesson_id: int) -> Lesson | None:
    """The lesson with an id."""
    found = _read(connection, "WHERE id = ?", (lesson_id,))
    return found[0] if found else None


def phrases(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Every phrase with the id of the person it speaks of."""
    return list(connection.execute("SELECT phrase, person_id FROM lessons ORDER BY id"))


def persons_of(connection: sqlite3.Connection, application_ids: Iterable[int]) -> list[int]:
    """The ids of those whose applications these are, each once."""
    found = (
        connection.execute("SELECT person_id FROM applications WHERE id = ?", (number,)).fetchone()
        for number in application_ids
    )
    return list(dict.fromkeys(person_id for (person_id,) in found))


def teach(
    transaction: Transaction,
    person_id: int,
    phrase: str,
    kind: str,
    movement_id: int | None = None,
) -> int:
    """Keep a lesson, taught by a movement or, without one, by hand; returns its id.

    One that is known already gets a further reason to be kept.
    """
    connection = transaction.connection
    by_hand = movement_id is None
    known = connection.execute(
        "SELECT id FROM lessons WHERE phrase = ? AND person_id = ?", (phrase, person_id)
    ).fetchone()
    if known is None:
        known = connection.execute(
            "INSERT INTO lessons (phrase, kind, person_id, learned_at, by_hand)"
            " VALUES (?, ?, ?, ?, ?) RETURNING id",
            (phrase, kind, person_id, transaction.at, int(by_hand)),
        ).fetchone()
    elif by_hand:
        connection.execute("UPDATE lessons SET by_hand = 1 WHERE id = ?", known)
    (lesson_id,) = known
    if movement_id is not None:
        connection.execute(
            "INSERT INTO lesson_sources (lesson_id, movement_id) VALUES (?, ?)"
            " ON CONFLICT (lesson_id, movement_id) DO NOTHING",
            (lesson_id, movement_id),
        )
    detail: dict[str, object] = {"kind": kind, "phrase": _shown(phrase), "person": person_id}
    if movement_id is not None:
        detail["movement"] = movement_id
    transaction.record("lesson.teach", f"lesson {lesson_id}", detail)
    return int(lesson_id)


def take_back(transaction: Transaction, movement_id: int) -> list[int]:
    """Forget what a movement taught and nothing else teaches; returns the lessons that are gone."""
    connection = transaction.connection
    taught = _read(
        connection,
        "WHERE id IN (SELECT lesson_id FROM lesson_sources WHERE movement_id = ?)",
        (movement_id,),
    )
    connection.execute("DELETE FROM lesson_sources WHERE movement_id = ?", (movement_id,))
    gone = [each for each in taught if not each.by_hand and each.movements == (movement_id,)]
    for each in taught:
        if each not in gone:
            detail = {"movement": movement_id}
            transaction.record("lesson.take-back", f"lesson {each.id}", detail)
    for each in gone:
        remove(transaction, each)
    return [each.id for each in gone]


def change(transaction: Transaction, lesson: Lesson, phrase: str, person_id: int) -> None:
    """Write another phrase or person; from then on the lesson is one by hand."""
    transaction.connection.execute(
        "UPDATE lessons SET phrase = ?, person_id = ?, by_hand = 1 WHERE id = ?",
        (phrase, person_id, lesson.id),
    )
    detail: dict[str, object] = {}
    if phrase != lesson.phrase:
        detail["phrase"] = [_shown(lesson.phrase), _shown(phrase)]
    if person_id != lesson.person_id:
        detail["person"] = [lesson.person_id, person_id]
    transaction.record("lesson.change", f"lesson {lesson.id}", detail)


def remove(transaction: Transaction, lesson: Lesson) -> None:
    """Forget a lesson."""
    connection = transaction.connection
    connection.execute("DELETE FROM lesson_sources WHERE lesson_id = ?", (lesson.id,))
    connection.execute("DELETE FROM lessons WHERE id = ?", (lesson.id,))
    transaction.record("lesson.remove", f"lesson {lesson.id}", {"person": lesson.person_id})


_SOURCES: Final = "SELECT lesson_id, movement_id FROM lesson_sources ORDER BY movement_id"
_LESSONS: Final = "SELECT id, phrase, kind, person_id, learned_at, by_hand FROM lessons"


def _read(connection: sqlite3.Connection, condition: str, values: tuple[int, ...]) -> list[Lesson]:
    sources: dict[int, list[int]] = {}
    for lesson_id, movement_id in connection.execute(_SOURCES):
        sources.setdefault(lesson_id, []).append(movement_id)
    return [
        Lesson._make((*row[:5], bool(row[5]), tuple(sources.get(row[0], ()))))
        for row in connection.execute(f"{_LESSONS} {condition} ORDER BY id", values)
    ]


def _shown(phrase: str) -> str:
    """A phrase as the log may keep it, which is never erased: each word by its first letter."""
    return " ".join(f"{word[0]}***" for word in phrase.split())
