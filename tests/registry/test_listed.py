"""A certificate that a list told of and that is seen later: one row, and what was seen is true."""

import json
from dataclasses import replace

import pytest

from esignctl.registry import Registry, audit, certificates
from esignctl.registry.certificates import StoredCertificate
from esignctl.registry.listed import differences, same

from .conftest import ADA, CAN
from .test_certificates import FIRST, keep

LISTED = StoredCertificate(
    fingerprint=None,
    subject="",
    issuer="Kamu SM",
    serial=FIRST.serial,
    holder="AYŞE",
    tckn=ADA.tckn,
    not_before="2023-06-19T21:00:00Z",
    not_after="2026-06-20T20:59:59Z",
    kind="nes",
    qualified=True,
    der=None,
)


def everything(registry: Registry) -> list[StoredCertificate]:
    with registry.read() as connection:
        return certificates.everything(connection)


@pytest.mark.parametrize(
    "listed",
    [
        LISTED,
        replace(LISTED, tckn=""),
        replace(LISTED, holder=""),
        replace(LISTED, serial=""),
        replace(LISTED, not_after="2027-01-01T20:59:59Z"),
    ],
    ids=["by number", "by name", "by number alone", "without a serial number", "of another day"],
)
def test_what_is_seen_takes_the_place_of_what_a_list_told(
    registry: Registry, listed: StoredCertificate
) -> None:
    keep(registry, listed)
    keep(registry, FIRST)
    (only,) = everything(registry)
    assert replace(only, id=0) == FIRST


@pytest.mark.parametrize(
    "listed",
    [
        replace(LISTED, serial="2B"),
        replace(LISTED, tckn=CAN.tckn),
        replace(LISTED, tckn="", holder="Can Öztürk"),
        replace(LISTED, serial="", not_after="2027-01-01T20:59:59Z"),
        replace(LISTED, serial="", kind="mobile"),
    ],
    ids=["serial number", "personal number", "name", "day of the end", "kind"],
)
def test_another_one_stays_beside_it(registry: Registry, listed: StoredCertificate) -> None:
    keep(registry, listed, FIRST)
    assert len(everything(registry)) == 2


def test_two_that_were_seen_are_told_apart_by_their_fingerprints() -> None:
    assert not same(FIRST, replace(FIRST, fingerprint="C" * 64))


def test_a_name_is_the_same_in_any_order_and_case() -> None:
    named = replace(LISTED, tckn="", holder="YILMAZ AYŞE NUR")
    assert same(named, replace(FIRST, holder="Ayşe Nur Yılmaz"))


def test_a_day_of_a_list_may_be_one_of_turkey_or_of_utc() -> None:
    seen = replace(FIRST, not_after="2026-06-19T22:00:00Z")
    for day in ("2026-06-18T21:00:00Z", "2026-06-20T20:59:59Z"):
        assert not differences(seen, replace(LISTED, not_after=day))
    assert list(differences(seen, replace(LISTED, not_after="2026-06-21T20:59:59Z"))) == [
        "not_after"
    ]


def test_the_audit_log_tells_what_the_list_had_told_otherwise(registry: Registry) -> None:
    keep(registry, replace(LISTED, not_after="2027-01-01T20:59:59Z"))
    keep(registry, FIRST)
    with registry.read() as connection:
        last = audit.last_change(connection)
    assert last is not None
    assert last.action == "certificate.seen"
    assert json.loads(last.detail)["differing"] == ["not_after"]
