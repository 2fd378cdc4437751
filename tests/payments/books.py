"""Movements and applications for tests of the ledger, as values and in a registry."""

from collections.abc import Sequence
from datetime import date

from esignctl.payments.ledger import Standing
from esignctl.people.applications import standing
from esignctl.registry import Connection, Registry, applications, ledger, payments, people
from esignctl.registry.applications import Application
from esignctl.registry.ledger import PostedAmount, StoredMovement
from esignctl.registry.people import Person
from esignctl.settings import Fee

DAY = date(2021, 10, 6)
FEES = (
    Fee("first", "family-physician", date(2021, 1, 1), 21830),
    Fee("renewal", "family-physician", date(2021, 1, 1), 14750),
)
AYSE = Person("10000000146", "Ayşe Nur", "Yılmaz", group="family-physician")
CAN = Person("10000000214", "Can", "Öztürk", group="family-physician")


def account(
    number: str = "2021-1", *, due: int | None = 21830, paid: int = 0, cancelled: bool = False
) -> Standing:
    """An application; its id is the number's end."""
    return Standing(int(number.rpartition("-")[2]), number, due, paid, cancelled)


def record(
    amount: int = 21830,
    decision: str = "review",
    *,
    fingerprint: str = "f",
    description: str = "AYŞE NUR YILMAZ 10000000146 e-imza",
    excess: int = 0,
) -> payments.MovementRecord:
    """A movement as it is kept."""
    return payments.MovementRecord(
        13, "TR1", DAY, None, amount, None, description, "R1", fingerprint, 1, decision,
        ("NAME-FULL", "TIE"), excess,
    )  # fmt: skip


def stored(
    amount: int = 21830, decision: str = "review", postings: Sequence[PostedAmount] = ()
) -> StoredMovement:
    """A movement as it comes out of the registry."""
    return StoredMovement(7, 1, "bank.xlsx", record(amount, decision), (), tuple(postings))


def posted(posting_id: int, number: str, amount: int, reverses: int | None = None) -> PostedAmount:
    """A posting to an application whose id is the number's end."""
    return PostedAmount(posting_id, int(number.rpartition("-")[2]), number, amount, reverses)


def fill(registry: Registry, movements: Sequence[payments.MovementRecord]) -> list[int]:
    """Applications 2021-1 of Ayşe (218.30) and 2021-2 of Can (147.50), and these movements.

    Every movement may be for 2021-1. Returns the movements' ids.
    """
    with registry.write("test", "tester") as transaction:
        ayse, can = people.add(transaction, [AYSE, CAN])
        first, _ = applications.add(
            transaction,
            [
                Application("2021-1", ayse.id, "first", date(2021, 9, 1)),
                Application("2021-2", can.id, "renewal", date(2021, 9, 2)),
            ],
        )
        statement = payments.add_statement(
            transaction,
            payments.StatementRecord("bank.xlsx", "0" * 64, "ziraat", "", DAY, DAY, 1),
        )
        ids = payments.add_movements(transaction, statement, movements)
        payments.add_candidates(
            transaction, [payments.Candidate(each, first.id, 0.8, 1) for each in ids]
        )
    return ids


def look_up(connection: Connection, number: str) -> Standing:
    """An application of the registry as the ledger sees it."""
    application = applications.by_number(connection, number)
    assert application
    [dossier] = applications.dossiers(connection, application_id=application.id)
    fee = standing(dossier, FEES).fee
    return Standing(application.id, number, fee, dossier.paid)


def paid(registry: Registry, number: str) -> int:
    """What stands posted to an application."""
    with registry.read() as connection:
        return look_up(connection, number).paid


def movement(registry: Registry, movement_id: int) -> StoredMovement:
    """A movement as it stands in the registry."""
    with registry.read() as connection:
        found = ledger.movement(connection, movement_id)
    assert found
    return found
