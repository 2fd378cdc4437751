"""Certificates that only a list told of: when such a row and another one tell of the same one.

One that was seen itself is the truth: where a list told of it before, it takes that row's place.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from esignctl.text import tckn
from esignctl.text.dates import in_turkey
from esignctl.text.folding import tokens

if TYPE_CHECKING:
    from esignctl.registry.certificates import StoredCertificate


def same(one: "StoredCertificate", other: "StoredCertificate") -> bool:
    """Whether both tell of one certificate, of which at most one was seen itself.

    They do when serial number and holder agree; without a serial number in one of them, when the
    holder and the day of the end do. The holder is the personal number, or else the name.
    """
    if None not in (one.fingerprint, other.fingerprint):
        return one.fingerprint == other.fingerprint
    if one.serial and other.serial:
        return one.serial == other.serial and _same_holder(one, other)
    return (
        one.kind == other.kind
        and _same_holder(one, other)
        and same_day(one.not_after, other.not_after)
    )


def same_day(one: str, other: str) -> bool:
    """Whether two times, UTC, can be one day of a list: some write days of UTC, most of Turkey.

    An empty one is not known and contradicts nothing.
    """
    return not (one and other) or not _days(one).isdisjoint(_days(other))


def differences(
    known: "StoredCertificate", told: "StoredCertificate"
) -> Mapping[str, tuple[str, str]]:
    """Where what a list told contradicts what is known, by field: what is known, what was told."""
    found = {
        name: (before, after)
        for name in ("not_before", "not_after")
        if not same_day(before := getattr(known, name), after := getattr(told, name))
    }
    if known.holder and told.holder and not _same_name(known, told):
        found["holder"] = known.holder, told.holder
    if known.tckn and told.tckn and known.tckn != told.tckn:
        found["tckn"] = tckn.mask(known.tckn), tckn.mask(told.tckn)
    return found


def _same_holder(one: "StoredCertificate", other: "StoredCertificate") -> bool:
    if one.tckn and other.tckn:
        return one.tckn == other.tckn
    return _same_name(one, other)


def _same_name(one: "StoredCertificate", other: "StoredCertificate") -> bool:
    """Whether the names are made of the same words; lists put surnames first as well."""
    words = sorted(tokens(one.holder))
    return bool(words) and words == sorted(tokens(other.holder))


def _days(utc: str) -> set[date]:
    moment = datetime.fromisoformat(utc)
    return {in_turkey(moment).date(), moment.date()}
