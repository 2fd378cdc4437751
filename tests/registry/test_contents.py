"""Persons, applications, movements and postings go in and come out as they were."""

import sqlite3
from datetime import date

import pytest

from esignctl.registry import Registry, applications, health, ledger, payments, people

from .conftest import ADA, CAN, movement


def test_persons_come_out_as_written(filled: Registry) -> None:
    with filled.read() as connection:
        ayse, can = people.everyone(connection)
    assert (ayse.given_names, ayse.surname, ayse.group) == ("Ayşe Nur", "Yılmaz", ADA.group)
    assert can.tckn == CAN.tckn


def test_a_personal_number_is_registered_once(filled: Registry) -> None:
    with pytest.raises(sqlite3.IntegrityError), filled.write("test") as transaction:
        people.add(transaction, [ADA])


def test_a_dossier_holds_person_milestones_and_the_sum_paid(filled: Registry) -> None:
    with filled.write("test") as transaction:
        first = applications.by_number(transaction.connection, "2021-1")
        assert first
        milestone = applications.Milestone("approved", date(2021, 9, 10), "on paper")
        applications.reach(transaction, first, milestone)
    with filled.read() as connection:
        (dossier,) = applications.dossiers(connection, application_id=first.id)
    assert dossier.person.tckn == ADA.tckn
    assert dossier.milestones == (milestone,)
    assert dossier.paid == 21830


def test_dossiers_of_one_person_leave_out_the_others(filled: Registry) -> None:
    with filled.read() as connection:
        found = applications.dossiers(connection, person_id=2)
    assert [dossier.application.number for dossier in found] == ["2021-2"]


def test_the_next_number_follows_the_highest_of_its_year(registry: Registry) -> None:
    with registry.write("test") as transaction:
        (ayse,) = people.add(transaction, [ADA])
        numbers = ["2021-00007", "2021-ek", "2021-10", "2022-00001", "12021-99"]
        applications.add(
            transaction,
            [
                applications.Application(number, ayse.id, "first", date(2021, 1, 1))
                for number in numbers
            ],
        )
        assert applications.next_number(transaction.connection, 2021) == "2021-00011"
        assert applications.next_number(transaction.connection, 2023) == "2023-00001"


def test_applications_that_may_be_paid_for_carry_what_was_paid(filled: Registry) -> None:
    with filled.read() as connection:
        found = payments.open_applications(connection)
    assert [(one.number, one.paid, one.stage) for one in found] == [
        ("2021-1", 21830, ""),
        ("2021-2", 14750, ""),
    ]


def test_a_cancelled_application_cannot_be_paid_for(filled: Registry) -> None:
    with filled.write("test") as transaction:
        first = applications.by_number(transaction.connection, "2021-1")
        assert first
        for stage in ("approved", "cancelled"):
            applications.reach(transaction, first, applications.Milestone(stage, date(2021, 9, 10)))
    with filled.read() as connection:
        assert [one.number for one in payments.open_applications(connection)] == ["2021-2"]


def test_known_movements_are_found_by_account_and_days(filled: Registry) -> None:
    with filled.read() as connection:
        known = payments.known_movements(connection, "TR1", date(2021, 9, 3), date(2021, 9, 3))
        assert [(one.id, one.fingerprint, one.occurrence) for one in known] == [(1, "a", 1)]
        assert not payments.known_movements(connection, "TR2", date(2021, 9, 3), date(2021, 9, 3))


def test_twin_movements_are_both_kept(filled: Registry) -> None:
    with filled.write("test") as transaction:
        ids = payments.add_movements(
            transaction, 1, [movement(fingerprint="t"), movement(fingerprint="t", occurrence=2)]
        )
    assert len(set(ids)) == 2


def test_the_same_movement_cannot_be_kept_twice(filled: Registry) -> None:
    with pytest.raises(sqlite3.IntegrityError), filled.write("test") as transaction:
        payments.add_movements(transaction, 1, [movement(fingerprint="a")])


def schema(registry: Registry) -> list[str]:
    with registry.read() as connection:
        return sorted(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master") if sql)


def test_many_movements_leave_the_indexes_as_they_were(filled: Registry) -> None:
    before = schema(filled)
    with filled.write("test") as transaction:
        ids = payments.add_movements(transaction, 1, [movement(fingerprint="t")], 1_000_000)
    assert schema(filled) == before
    with filled.read() as connection:
        found = connection.execute(
            "SELECT max(id) FROM movements INDEXED BY movements_by_decision WHERE decision = ?",
            (movement(fingerprint="t").decision,),
        )
        assert [found.fetchone()[0]] == ids


def test_many_movements_that_are_refused_leave_the_indexes_as_they_were(filled: Registry) -> None:
    before = schema(filled)
    with pytest.raises(sqlite3.IntegrityError), filled.write("test") as transaction:
        payments.add_movements(transaction, 1, [movement(fingerprint="a")], 1_000_000)
    assert schema(filled) == before


def test_a_movement_comes_out_with_candidates_and_postings(filled: Registry) -> None:
    with filled.write("test") as transaction:
        payments.add_candidates(
            transaction,
            [payments.Candidate(1, 1, 0.5, 2), payments.Candidate(1, 2, 0.75, 1)],
        )
    with filled.read() as connection:
        stored = ledger.movement(connection, 1)
    assert stored
    assert stored.file_name == "bank.xlsx"
    assert stored.movement == movement(fingerprint="a", amount=50000, decision="matched")
    assert [(one.application, one.score) for one in stored.candidates] == [
        ("2021-2", 0.75),
        ("2021-1", 0.5),
    ]
    assert [(one.application, one.amount) for one in stored.postings] == [
        ("2021-1", 21830),
        ("2021-2", 14750),
    ]


def test_only_open_reviews_wait_for_a_person(filled: Registry) -> None:
    with filled.write("test") as transaction:
        ids = payments.add_movements(
            transaction,
            1,
            [movement(fingerprint="r", decision="review"), movement(fingerprint="u")],
        )
    with filled.read() as connection:
        assert [one.id for one in ledger.open_reviews(connection)] == ids[:1]


def test_a_decision_can_change(filled: Registry) -> None:
    with filled.write("test") as transaction:
        payments.decide(transaction, 2, "dismissed", ["BY-PERSON"], 0)
    with filled.read() as connection:
        stored = ledger.movement(connection, 2)
    assert stored
    assert (stored.movement.decision, stored.movement.reasons) == ("dismissed", ("BY-PERSON",))


def test_a_posting_is_taken_back_by_a_counter_entry(filled: Registry) -> None:
    with filled.write("test") as transaction:
        payments.add_postings(transaction, [payments.Posting(1, 1, -21830, "person", 1)])
    with filled.read() as connection:
        found = ledger.payments_of(connection, 1)
    assert [(one.amount, one.reverses_posting_id) for one in found] == [(21830, None), (-21830, 1)]
    assert health.verify(filled) == []


def test_a_posting_can_be_reversed_once(filled: Registry) -> None:
    twice = [payments.Posting(1, 1, -21830, "person", 1)] * 2
    with pytest.raises(sqlite3.IntegrityError), filled.write("test") as transaction:
        payments.add_postings(transaction, twice)


def test_a_movement_that_gives_back_is_linked_to_what_it_gives_back(filled: Registry) -> None:
    with filled.write("test") as transaction:
        payments.link_reversals(transaction, [(2, 1)])
    with filled.read() as connection:
        stored = ledger.movement(connection, 2)
    assert stored
    assert stored.movement.reverses_movement_id == 1


def test_the_inventory_counts_and_names_the_last_change(filled: Registry) -> None:
    found = health.inventory(filled)
    assert found.counts == {
        "persons": 2,
        "applications": 2,
        "statements": 1,
        "movements": 2,
        "open_reviews": 0,
        "postings": 2,
        "certificates": 0,
        "card_visits": 0,
        "audit": 8,
    }
    assert found.last_change
    assert found.last_change.actor == "tester"
    assert found.size > 0
