"""Which certificates end when, whose they are, and which newer ones their holders have."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from esignctl.certificates import ending
from esignctl.registry import Registry, arrivals, people
from esignctl.registry.certificates import StoredCertificate

from .conftest import ADA, CAN

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
FIRST = StoredCertificate(
    fingerprint="A" * 64,
    subject="CN=Ayşe",
    issuer="CN=Kamu",
    serial="1A",
    holder="Ayşe",
    tckn=ADA.tckn,
    not_before="2023-06-20T00:00:00Z",
    not_after="2026-06-19T21:00:00Z",
    kind="nes",
    qualified=True,
    der=b"\x30\x00",
)
LATER = replace(
    FIRST,
    fingerprint="B" * 64,
    serial="1B",
    not_before="2026-06-19T21:00:01Z",
    not_after="2029-06-19T00:00:00Z",
)


def keep(registry: Registry, *held: StoredCertificate) -> None:
    with registry.write("test") as transaction:
        arrivals.add(transaction, held)


def ends(registry: Registry, first: date, last: date) -> list[str | None]:
    with registry.read() as connection:
        return [each.certificate.fingerprint for each in ending(connection, first, last, NOW)]


def test_certificates_are_found_by_the_day_of_their_end_in_turkey(registry: Registry) -> None:
    keep(registry, FIRST)
    end = date(2026, 6, 20)
    assert ends(registry, end, end) == [FIRST.fingerprint]
    assert ends(registry, date(2026, 6, 1), date(2026, 6, 19)) == []
    assert ends(registry, date(2026, 6, 21), date(2026, 6, 30)) == []


def test_they_come_with_the_person(registry: Registry) -> None:
    keep(registry, FIRST, replace(LATER, tckn=CAN.tckn, not_after=FIRST.not_after))
    with registry.write("test") as transaction:
        (ayse,) = people.add(transaction, [ADA])
    with registry.read() as connection:
        found = ending(connection, date(2026, 6, 1), date(2026, 6, 30), NOW)
    assert [each.person for each in found] == [ayse, None]


@pytest.mark.parametrize(
    ("other", "left_out"),
    [
        (LATER, True),
        (replace(LATER, tckn=CAN.tckn), False),
        (replace(LATER, kind="mobile"), False),
        (replace(LATER, not_before="2026-08-01T00:00:00Z"), False),
    ],
)
def test_what_a_newer_one_replaces_is_left_out(
    registry: Registry, other: StoredCertificate, left_out: bool
) -> None:
    keep(registry, FIRST, other)
    found = ends(registry, date(2026, 6, 1), date(2026, 6, 30))
    assert found == ([] if left_out else [FIRST.fingerprint])


def test_other_kinds_and_revoked_ones_are_left_out(registry: Registry) -> None:
    keep(registry, replace(FIRST, kind="seal"), LATER)
    with registry.write("test") as transaction:
        transaction.connection.execute(
            "UPDATE certificates SET revoked_at = '2026-07-01T00:00:00Z' WHERE kind = 'nes'"
        )
    assert ends(registry, date(2026, 1, 1), date(2030, 1, 1)) == []


def test_a_revoked_newer_one_replaces_nothing(registry: Registry) -> None:
    keep(registry, FIRST, LATER)
    with registry.write("test") as transaction:
        transaction.connection.execute(
            "UPDATE certificates SET revoked_at = '2026-05-01T00:00:00Z' WHERE serial = '1B'"
        )
    assert ends(registry, date(2026, 6, 1), date(2026, 6, 30)) == [FIRST.fingerprint]


def test_the_question_is_answered_from_indexes(registry: Registry) -> None:
    asked: list[str] = []
    registry.connection.set_trace_callback(asked.append)
    ends(registry, date(2026, 6, 1), date(2026, 6, 30))
    registry.connection.set_trace_callback(None)
    questions = [each for each in asked if each.startswith("SELECT")]
    plans = [
        step[3]
        for question in questions
        for step in registry.connection.execute(f"EXPLAIN QUERY PLAN {question}")
    ]
    assert len(questions) == 2
    assert any("certificates_by_kind_and_end" in step for step in plans)
    assert not any(step.startswith("SCAN") for step in plans), plans
