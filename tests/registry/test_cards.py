"""Certificates and looks at cards go in and come out as they were."""

import sqlite3
from pathlib import Path

import pytest

from esignctl.registry import (
    Registry,
    cards,
    certificates,
    health,
    migrations,
    open_registry,
    people,
)
from esignctl.registry.cards import Visit
from esignctl.registry.certificates import StoredCertificate

from .conftest import ADA, CAN


def certificate(number: str = ADA.tckn, letter: str = "A") -> StoredCertificate:
    return StoredCertificate(
        fingerprint=letter * 64,
        subject=f"CN=Ayşe,serialNumber={number}",
        issuer="CN=Kamu",
        serial="0A",
        holder="Ayşe",
        tckn=number,
        not_before="2025-01-01T00:00:00Z",
        not_after="2028-01-01T00:00:00Z",
        kind="nes",
        qualified=True,
        der=b"\x30\x00",
    )


SEEN = Visit(
    "Reader 00 00",
    atr="3B00",
    family="akis-tc",
    model="AKİS 2.6.2",
    module="/usr/lib/libakisp11.so",
    token_serial="0123",
    pin_state="ok",
    findings=("CERT-EXPIRING",),
    certificates=(certificate(),),
)


def see(registry: Registry, visit: Visit) -> int:
    with registry.write("test") as transaction:
        return cards.add_visit(transaction, visit)


def test_a_visit_comes_out_as_it_was(registry: Registry) -> None:
    see(registry, SEEN)
    with registry.read() as connection:
        (found,) = cards.visits(connection)
    assert found.at.endswith("Z")
    for name in Visit.__slots__:
        if name not in ("at", "id", "certificates"):
            assert getattr(found, name) == getattr(SEEN, name)
    (held,) = found.certificates
    for name in StoredCertificate.__slots__:
        if name != "id":
            assert getattr(held, name) == getattr(certificate(), name)


def test_the_latest_visit_comes_first(registry: Registry) -> None:
    first, second = see(registry, SEEN), see(registry, Visit("Other reader"))
    with registry.read() as connection:
        assert [visit.id for visit in cards.visits(connection)] == [second, first]


def test_a_certificate_is_kept_once(registry: Registry) -> None:
    see(registry, SEEN)
    see(registry, SEEN)
    with registry.read() as connection:
        assert len(certificates.everything(connection)) == 1
        assert len(cards.visits(connection)) == 2


def test_a_person_who_is_registered_later_has_the_earlier_visits(registry: Registry) -> None:
    see(registry, SEEN)
    see(registry, Visit("Reader", certificates=(certificate(CAN.tckn, "B"),)))
    with registry.write("test") as transaction:
        (ayse,) = people.add(transaction, [ADA])
    with registry.read() as connection:
        (found,) = cards.visits(connection, ayse.id)
    assert found.certificates[0].person_id == ayse.id


def test_the_audit_log_hides_the_personal_number(registry: Registry) -> None:
    see(registry, SEEN)
    rows = registry.connection.execute("SELECT action, detail FROM audit ORDER BY id").fetchall()
    assert [action for action, _detail in rows] == ["certificate.add", "card.seen"]
    assert not any(ADA.tckn in detail for _action, detail in rows)
    assert health.verify(registry) == []


def test_a_registry_from_before_cards_is_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrations, "_STEPS", migrations._STEPS[:1])
        older.setattr(migrations, "SCHEMA_VERSION", 1)
        with open_registry(path) as registry:
            with registry.write("test") as transaction:
                people.add(transaction, [ADA])
            with pytest.raises(sqlite3.OperationalError):
                certificates.everything(registry.connection)
    with open_registry(path) as registry:
        see(registry, SEEN)
        assert health.verify(registry) == []
        assert health.inventory(registry).counts["persons"] == 1
