"""A small directorate: a handful of people, what they owe, and movements about them.

An application's id is its number in the names below: ``AYSE_FIRST = 11`` is Ayşe's first one.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from esignctl.payments import claims, matching
from esignctl.payments.applicants import Application, Person, person
from esignctl.payments.decisions import Decision
from esignctl.payments.directory import Directory
from esignctl.payments.statements import Movement, Statement
from esignctl.registry import Registry, applications, payments, people
from esignctl.settings import Fee, Settings
from esignctl.text import reference, tckn

FIRST, RENEWAL, OLD = 21830, 14750, 19900
PRICES = claims.prices((FIRST, RENEWAL, OLD))
DAY = date(2021, 10, 6)


def number(first_nine: int) -> str:
    """The personal number that begins with nine digits."""
    digits = [int(digit) for digit in str(first_nine)]
    tenth = (7 * sum(digits[0::2]) - sum(digits[1::2])) % 10
    return f"{first_nine}{tenth}{(sum(digits) + tenth) % 10}"


def application(number: int, due: int | None = FIRST, paid: int = 0) -> Application:
    """An application; the renewal is the one that costs as much."""
    kind = "renewal" if due == RENEWAL else "first"
    return Application(number, kind, date(2021, 9, 1), due, paid, f"2021-{number}")


def code(application_number: int) -> str:
    """The reference code of an application."""
    return reference.code(f"2021-{application_number}")


AYSE_FIRST, CAN_RENEWAL, MEHMET_FIRST, OTHER_MEHMET_FIRST, FATMA_PAID = 11, 21, 31, 41, 51
HASAN_EXEMPT, ZEYNEP_FIRST, ZEYNEP_RENEWAL, EMRE_FIRST, DENIZ_FIRST = 61, 81, 82, 91, 101

AYSE = person(1, "10000000146", "Ayşe Nur", "Yılmaz", [application(AYSE_FIRST)])
CAN = person(2, number(234567890), "Can", "Öztürk", [application(CAN_RENEWAL, RENEWAL)])
MEHMET = person(3, number(345678901), "Mehmet", "Kaya", [application(MEHMET_FIRST)])
OTHER_MEHMET = person(4, number(456789012), "Mehmet", "Kaya", [application(OTHER_MEHMET_FIRST)])
FATMA = person(5, number(567890123), "Fatma", "Demir", [application(FATMA_PAID, paid=FIRST)])
HASAN = person(6, number(678901234), "Hasan", "Şahin", [application(HASAN_EXEMPT, 0)])
ELIF = person(7, number(789012345), "Elif", "Koç")
ZEYNEP = person(
    8,
    number(890123456),
    "Zeynep",
    "Çelik",
    [application(ZEYNEP_FIRST), application(ZEYNEP_RENEWAL, RENEWAL)],
)
EMRE = person(9, number(901234567), "Emre", "Yıldırım", [application(EMRE_FIRST)])
DENIZ = person(10, number(123456789), "Deniz", "Güneş", [application(DENIZ_FIRST)])

EVERYBODY = (AYSE, CAN, MEHMET, OTHER_MEHMET, FATMA, HASAN, ELIF, ZEYNEP, EMRE, DENIZ)
STRANGER = number(555555555)
"""A valid number that nobody in the registry has."""


def movement(
    description: str, amount: int = FIRST, row: int = 1, day: date = DAY, balance: int | None = None
) -> Movement:
    """A movement of a statement."""
    return Movement(row, day, None, amount, description, balance)


def decide(
    *movements: Movement,
    people: Sequence[Person] = EVERYBODY,
    newest_first: bool = False,
    cancelled: Sequence[tuple[str, int]] = (),
) -> list[Decision]:
    """The decisions on the movements of one file."""
    return matching.decide(movements, Directory(people, cancelled), PRICES, newest_first)


def decision(
    description: str, amount: int = FIRST, people: Sequence[Person] = EVERYBODY
) -> Decision:
    """The decision on one movement."""
    [only] = decide(movement(description, amount), people=people)
    return only


def posted(made: Decision) -> dict[int, int]:
    """What a decision posts: application → kuruş."""
    assert (made.outcome == "matched") == bool(made.postings)
    return {share.application: share.amount for share in made.postings}


def candidates(made: Decision) -> set[int]:
    """The applications that a person is offered."""
    return {candidate.application for candidate in made.candidates}


# ---- the same in a registry

SETTINGS = Settings(
    Path("esignctl.toml"),
    fees=(
        Fee("first", "family-physician", date(2020, 1, 1), OLD),
        Fee("first", "family-physician", date(2021, 1, 1), FIRST),
        Fee("renewal", "family-physician", date(2021, 1, 1), RENEWAL),
    ),
)


def fill(registry: Registry) -> None:
    """Register everybody; an application's number is its id, and Fatma has paid."""
    with registry.write("test", "tester") as transaction:
        added = people.add(
            transaction,
            [
                people.Person(
                    who.number,
                    " ".join(who.given),
                    " ".join(who.surname),
                    group="staff" if who is HASAN else "family-physician",
                )
                for who in EVERYBODY
            ],
        )
        kept = applications.add(
            transaction,
            [
                applications.Application(str(each.id), who.id, each.kind, each.opened_on)
                for who, original in zip(added, EVERYBODY, strict=True)
                for each in original.applications
            ],
        )
        [fatmas] = [each for each in kept if each.number == str(FATMA_PAID)]
        before = date(2021, 9, 1)
        statement_id = payments.add_statement(
            transaction,
            payments.StatementRecord("september.xlsx", "", "ziraat", "", before, before, 1),
        )
        record = payments.MovementRecord(
            5, "", before, None, FIRST, None, "FATMA DEMİR", "", "fatma", 1, "matched"
        )
        [movement_id] = payments.add_movements(transaction, statement_id, [record])
        payments.add_postings(
            transaction, [payments.Posting(movement_id, fatmas.id, FIRST, "person")]
        )


def statement(
    *movements: Movement,
    file: str = "bank.xlsx",
    iban: str | None = None,
    newest_first: bool = False,
) -> Statement:
    """A statement that was read; its rows are counted from 13 on."""
    numbered = tuple(each._replace(row=row) for row, each in enumerate(movements, start=13))
    content = hashlib.sha256(repr((numbered, iban)).encode()).hexdigest()
    return Statement(file, content, "ziraat", "Ziraat Bankası", iban, numbered, newest_first, ())


assert all(tckn.is_valid(each.number) for each in EVERYBODY)
