"""What changes in the registry while a run is sending is seen before each message."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from esignctl.registry import certificates, open_registry, reminders
from esignctl.registry.connection import Transaction
from esignctl.text import dates
from tests.cli.desk import statement
from tests.reminders.conftest import NUMBERS, Office
from tests.reminders.test_due import renewal


def meanwhile(office: Office, change: Callable[[], object]) -> None:
    """Let something change while the server is at the first message."""

    def data(number: int) -> str:
        if number == 1:
            change()
        return "250 OK"

    office.post.data = data


def prepared(office: Office, count: int = 3) -> None:
    office.people(count)
    for holder in range(count):
        office.certificate(10, holder)


def written(office: Office, change: Callable[[Transaction], object]) -> None:
    with open_registry(office.run.registry) as registry, registry.write("test") as transaction:
        change(transaction)


def outcome(office: Office) -> list[str]:
    return [each["state"] for each in office.remind().data["items"]]


def test_a_stop(office: Office) -> None:
    prepared(office)
    meanwhile(office, lambda: written(office, lambda to: reminders.stop(to, 2, "")))
    assert outcome(office) == ["sent", "dropped", "sent"]
    assert office.post.to == ["kisi0@il.example", "kisi2@il.example"]
    assert office.post.connections == 1
    assert outcome(office) == []
    assert office.run("reminders", "stop", NUMBERS[1], "--resume").exit_code == 0
    assert outcome(office) == ["sent"]


def test_a_newer_certificate(office: Office) -> None:
    prepared(office)
    meanwhile(office, lambda: office.certificate(1000, 1, age=-5))
    assert outcome(office) == ["sent", "dropped", "sent"]


def test_a_revocation(office: Office) -> None:
    office.people(2)
    office.certificate(10, 0)
    check = certificates.Check(
        office.certificate(10, 1), dates.utc_text(datetime.now(UTC)), "key_compromise"
    )
    meanwhile(office, lambda: written(office, lambda to: certificates.note(to, [check], "hold")))
    assert outcome(office) == ["sent", "dropped"]


def test_a_payment(office: Office) -> None:
    """Of the second holder, whose renewal is at the form then."""
    office.people(2)
    office.certificate(11, 1)
    office.certificate(12, 0)
    renewal(office)
    meanwhile(
        office,
        lambda: office.run.process("application", "advance", "2026-7", "form-received"),
    )
    assert outcome(office) == ["sent", "dropped"]


def test_a_payment_from_a_statement(office: Office) -> None:
    """Of the second holder, whom another process finds in the bank's list."""
    office.people(2)
    office.certificate(11, 1)
    office.certificate(12, 0)
    renewal(office)
    today = f"{dates.today_istanbul():%d.%m.%Y}"
    row = (today, f"AYŞE NUR YILMAZ {NUMBERS[0]} e-imza yenileme", 147.50)
    bank = statement(office.run.home / "bank.xlsx", [row])
    meanwhile(office, lambda: office.run.process("reconcile", bank))
    assert outcome(office) == ["sent", "dropped"]


def test_what_is_none_of_its_business(office: Office) -> None:
    prepared(office)
    meanwhile(office, lambda: written(office, lambda to: reminders.stop(to, 1, "")))
    assert outcome(office) == ["sent", "sent", "sent"]


@pytest.mark.parametrize("days", [40, 25])
def test_a_clock_that_was_ahead_silences_nobody(office: Office, days: int) -> None:
    office.people()
    office.certificate(days)
    office.remind()
    ahead = dates.utc_text(datetime.now(UTC) + timedelta(days=days + 5))
    office.post.taken.clear()

    def jumped(transaction: Transaction) -> None:
        # as a run would have left it whose clock said that the certificate had ended
        transaction.connection.execute("DELETE FROM reminders")
        reminders.plan(transaction, [reminders.Due(1, 1, 0, "email")])
        transaction.connection.execute(
            "UPDATE reminders SET state = 'sent', changed_at = ?", (ahead,)
        )

    written(office, jumped)
    assert outcome(office) == ["sent"]
    assert outcome(office) == []
