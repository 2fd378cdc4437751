"""The audit log tells of every change and cannot be changed unnoticed."""

import json
import sqlite3

import pytest

from esignctl.registry import Registry, audit, health, people

from .conftest import ADA


def rows(registry: Registry) -> list[audit.AuditRow]:
    with registry.read() as connection:
        return list(audit.read_all(connection))


def codes(registry: Registry) -> list[str]:
    return [finding.code for finding in health.verify(registry)]


def tamper(registry: Registry, *statements: str) -> None:
    """Change the file as another tool would, with the safeguards taken away and put back."""
    connection = registry.connection
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = triggers.fetchall()
    connection.execute("PRAGMA foreign_keys = OFF")
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in kept:
        connection.execute(sql)


def test_a_sound_registry_has_no_findings(filled: Registry) -> None:
    assert codes(filled) == []


def test_each_change_has_a_row_that_names_who_when_and_what(filled: Registry) -> None:
    first = rows(filled)[0].entry
    assert (first.actor, first.command, first.action) == ("tester", "test", "person.add")
    assert first.subject == "person 1"
    assert first.at.endswith("Z")


def test_rows_hold_neither_personal_numbers_nor_names_nor_addresses(filled: Registry) -> None:
    text = "".join(row.entry.detail + row.entry.subject for row in rows(filled))
    assert "100****0146" in text
    for secret in (ADA.tckn, "Ayşe", "Yılmaz", ADA.phone, "ayse@"):
        assert secret not in text


def test_a_change_tells_the_old_and_the_new_value(filled: Registry) -> None:
    with filled.write("test") as transaction:
        old = people.by_tckn(transaction.connection, ADA.tckn)
        assert old
        new = people.Person(ADA.tckn, "Ayşe Nur", "Kaya", unit="ASM 1", id=old.id)
        people.change(transaction, [(old, new)])
    detail = json.loads(rows(filled)[-1].entry.detail)
    assert detail["surname"] == ["Y***", "K***"]
    assert detail["unit"] == ["", "ASM 1"]
    assert "given_names" not in detail


def test_each_row_is_chained_to_the_one_before(filled: Registry) -> None:
    found = rows(filled)
    assert found[0].previous_hash == audit.GENESIS
    assert [row.previous_hash for row in found[1:]] == [row.hash for row in found[:-1]]


@pytest.mark.parametrize("table", ["audit", "postings"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id + 100"])
def test_rows_can_be_neither_changed_nor_deleted(filled: Registry, table: str, verb: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        filled.connection.execute(verb.format(table))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET actor = 'somebody' WHERE id = 2",
        "UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE id = 2",
        "UPDATE audit SET detail = '{}' WHERE id = 2",
        "DELETE FROM audit WHERE id = 2",
        "DELETE FROM audit WHERE id = 1",
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
        "DELETE FROM audit",
    ],
)
def test_verify_sees_that_the_log_was_changed(filled: Registry, change: str) -> None:
    tamper(filled, change)
    assert codes(filled) == ["REGISTRY-AUDIT-BROKEN"]


def test_verify_sees_a_row_that_was_put_in(filled: Registry) -> None:
    tamper(
        filled,
        "INSERT INTO audit (at, actor, command, action, subject, detail, previous_hash, hash)"
        " SELECT at, actor, command, action, subject, detail, previous_hash, 'f' FROM audit"
        " WHERE id = 1",
    )
    assert codes(filled) == ["REGISTRY-AUDIT-BROKEN"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE postings SET amount = amount - 1 WHERE id = 1",
        "UPDATE postings SET application_id = 2 WHERE id = 1",
        "DELETE FROM postings WHERE id = 1",
        "INSERT INTO postings (movement_id, application_id, amount, source, posted_at)"
        " VALUES (1, 1, 1, 'auto', '')",
    ],
)
def test_verify_sees_postings_that_the_log_does_not_tell_of(filled: Registry, change: str) -> None:
    tamper(filled, change)
    assert codes(filled) == ["REGISTRY-POSTING-UNTOLD"]


def test_verify_sees_more_posted_than_was_paid(filled: Registry) -> None:
    tamper(filled, "UPDATE movements SET amount = 30000 WHERE id = 1")
    assert codes(filled) == ["REGISTRY-SUM-WRONG"]


def test_verify_sees_a_reversal_that_does_not_cancel(filled: Registry) -> None:
    tamper(
        filled,
        "INSERT INTO postings (movement_id, application_id, amount, source, posted_at,"
        " reverses_posting_id) VALUES (1, 1, -1, 'person', '', 1)",
    )
    assert "REGISTRY-REVERSAL-WRONG" in codes(filled)


def test_verify_sees_broken_keys(filled: Registry) -> None:
    tamper(filled, "DELETE FROM statements")
    assert codes(filled) == ["REGISTRY-KEY-BROKEN"]


def test_verify_sees_a_safeguard_that_was_taken_away(filled: Registry) -> None:
    filled.connection.execute("DROP TRIGGER audit_no_update")
    (finding,) = health.verify(filled)
    assert finding.code == "REGISTRY-SCHEMA-CHANGED"
    assert "audit_no_update" in finding.message
