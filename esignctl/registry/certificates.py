"""Certificates that were seen on cards and in files, or that a list told of."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from esignctl.registry import listed
from esignctl.registry.connection import Transaction
from esignctl.registry.people import Person
from esignctl.text.dates import utc_text


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """A certificate as it is kept. Times are UTC text; `tckn` is empty where none is named.

    `fingerprint` and `der` are None for one that only a list told of. `revoked_at` is None unless
    it is known to be revoked; `checked_at` is when that was last asked. `person_id` is that of the
    registered person with this personal number, None without one.
    """

    fingerprint: str | None
    subject: str
    issuer: str
    serial: str
    holder: str
    tckn: str
    not_before: str
    not_after: str
    kind: str
    qualified: bool
    der: bytes | None
    revoked_at: str | None = None
    revocation_reason: str = ""
    checked_at: str | None = None
    id: int = 0
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate with what its state hangs on, and the registered person who holds it.

    `newer` are beginning and end of the same holder's certificates of the same kind that began
    later and are not revoked. The certificate's `der` is left out of listings.
    """

    certificate: StoredCertificate
    newer: tuple[tuple[str, str], ...] = ()
    person: Person | None = None


def alike(
    connection: sqlite3.Connection, certificate: StoredCertificate
) -> list[StoredCertificate]:
    """What is kept that may be the same certificate.

    With its serial number, of its holder, or, where one of them names neither, of its last days.
    """
    days = _around(certificate.not_after)
    names_nothing = not (certificate.serial or certificate.tckn)
    found = connection.execute(
        f"{_CERTIFICATES_BUT_DER} WHERE c.id IN ("  # noqa: S608 - nothing comes from outside
        "SELECT id FROM certificates WHERE serial = ? AND serial <> ''"
        " UNION SELECT id FROM certificates WHERE tckn = ? AND tckn <> ''"
        " UNION SELECT id FROM certificates WHERE not_after BETWEEN ? AND ?"
        " AND (? OR (serial = '' AND tckn = ''))) ORDER BY c.id",
        (certificate.serial, certificate.tckn, *days, names_nothing),
    )
    return [stored(row) for row in found]


def _around(utc: str) -> tuple[str, str]:
    """From two days before a time until two days after it."""
    moment = datetime.fromisoformat(utc)
    try:
        return utc_text(moment - _TWO_DAYS), utc_text(moment + _TWO_DAYS)
    except OverflowError:  # "for ever" is the last second of the year 9999
        return utc, utc


def correct(
    transaction: Transaction, known: StoredCertificate, now: StoredCertificate, action: str
) -> None:
    """Write what is known now over a row that only a list told of; the audit log names `action`."""
    transaction.connection.execute(
        _UPDATE,
        (*(getattr(now, name) for name in FACTS), transaction.at, known.id),
    )
    detail: dict[str, object] = {"fingerprint": now.fingerprint, "not_after": now.not_after}
    if differing := listed.differences(known, now):
        detail["differing"] = sorted(differing)
    transaction.record(action, f"certificate {known.id}", detail)


def everything(connection: sqlite3.Connection) -> list[StoredCertificate]:
    """Every certificate that was seen, in the order in which they were first seen."""
    return [stored(row) for row in connection.execute(f"{_CERTIFICATES} ORDER BY c.id")]


def ending(
    connection: sqlite3.Connection,
    first: str,
    before: str,
    kind: str | None = None,
    as_of: str = "",
) -> list[Held]:
    """The certificates that end from `first` until `before` it, both UTC; of a kind, or of all.

    In the order in which they end. With `as_of`, what was revoked after it counts as not revoked.
    """
    condition, values = "c.not_after >= ? AND c.not_after < ?", [first, before]
    if kind is not None:
        condition, values = f"c.kind = ? AND {condition}", [kind, *values]
    return _held(connection, condition, values, as_of=as_of)


def to_remind(
    connection: sqlite3.Connection,
    channel: str,
    threshold: int,
    period: tuple[str, str],
    now: str,
    certificate: int | None = None,
) -> list[Held]:
    """The qualified certificates that end within a period, from its first moment until its last.

    Of registered holders who may be reminded, and by this channel have not been told for
    `threshold` or fewer days; all of them, or one with an id. What a clock that was ahead of `now`
    made them be told counts as told for its own threshold only. Times are UTC.
    """
    condition = (
        "c.kind = 'nes' AND c.not_after >= ? AND c.not_after < ? AND c.revoked_at IS NULL"
        " AND EXISTS (SELECT 1 FROM persons h WHERE h.tckn = c.tckn"
        " AND NOT EXISTS (SELECT 1 FROM reminder_stops s WHERE s.person_id = h.id))"
        " AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.certificate_id = c.id"
        " AND r.channel = ? AND r.threshold <= ? AND r.state IN ('sent', 'refused')"
        " AND (r.threshold = ? OR r.changed_at <= ?))"
    )
    values: list[object] = [*period, channel, threshold, threshold, now]
    if certificate is not None:
        condition, values = f"{condition} AND c.id = ?", [*values, certificate]
    return _held(connection, condition, values)


def looked_up(connection: sqlite3.Connection, wanted: str) -> list[Held]:
    """The certificates whose fingerprint begins with `wanted`, or whose serial number it is.

    `wanted` is upper-case hex. These have their `der`.
    """
    return _held(
        connection,
        "c.id IN (SELECT id FROM certificates WHERE fingerprint >= ? AND fingerprint < ?"
        " UNION SELECT id FROM certificates WHERE serial = ?)",
        [wanted, wanted + "G", wanted],
        der="c.der",
    )


def of_nobody(connection: sqlite3.Connection, subject: str) -> list[bytes]:
    """The certificates with a subject, of those that name no personal number; a few at most."""
    rows = connection.execute(
        "SELECT der FROM certificates WHERE tckn = '' AND subject = ? AND der IS NOT NULL"
        " ORDER BY not_after DESC LIMIT 16",
        (subject,),
    )
    return [row[0] for row in rows]


def to_verify(connection: sqlite3.Connection, now: str) -> list[int]:
    """The certificates of people and seals that are worth verifying at `now`, UTC.

    Those that hold come first. One that has ended is verified once after that, since nothing about
    it changes any more.
    """
    rows = connection.execute(
        "SELECT id FROM certificates WHERE der IS NOT NULL AND (kind <> 'other' OR tckn <> '')"
        " AND (not_after >= ? OR checked_at IS NULL OR checked_at < not_after)"
        " ORDER BY CASE WHEN not_after >= ? THEN 0 ELSE 1 END, id",
        (now, now),
    )
    return [row[0] for row in rows]


def contents(connection: sqlite3.Connection, ids: Sequence[int]) -> list[bytes]:
    """The certificates with these ids, in their order."""
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(
        f"SELECT id, der FROM certificates WHERE id IN ({marks})",  # noqa: S608 - marks only
        ids,
    )
    found = dict(rows.fetchall())
    return [found[each] for each in ids if found.get(each) is not None]


def revocations(
    connection: sqlite3.Connection, fingerprints: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """When and why those of a few certificates were revoked that are known to be."""
    found = {}
    for fingerprint in fingerprints:
        row = connection.execute(
            "SELECT revoked_at, revocation_reason FROM certificates"
            " WHERE fingerprint = ? AND revoked_at IS NOT NULL",
            (fingerprint,),
        ).fetchone()
        if row:
            found[fingerprint] = (row[0], row[1])
    return found


@dataclass(frozen=True, slots=True)
class Check:
    """What was learnt of whether a certificate is revoked. `revoked_at` is UTC text, or None."""

    fingerprint: str
    revoked_at: str | None = None
    reason: str = ""


def note(transaction: Transaction, checks: Iterable[Check], hold: str) -> tuple[int, int]:
    """Keep what was learnt; returns how many were found revoked, and reinstated, that were not.

    A revocation that was known stays, unless its reason was `hold`, the only one that ends: lists
    drop certificates that have expired. Changes leave an audit row each, the checks one.
    """
    noted, revoked, reinstated = 0, 0, 0
    for check in checks:
        row = transaction.connection.execute(
            "UPDATE certificates SET checked_at = ? WHERE fingerprint = ?"
            " RETURNING id, revoked_at, revocation_reason",
            (transaction.at, check.fingerprint),
        ).fetchone()
        if row is None:
            continue
        noted += 1
        certificate_id, known_at, known_reason = row
        if check.revoked_at is None and (known_at is None or known_reason != hold):
            continue
        if (check.revoked_at, check.reason) == (known_at, known_reason):
            continue
        transaction.connection.execute(
            "UPDATE certificates SET revoked_at = ?, revocation_reason = ? WHERE id = ?",
            (check.revoked_at, check.reason, certificate_id),
        )
        revoked += check.revoked_at is not None and known_at is None
        reinstated += check.revoked_at is None
        transaction.record(
            "certificate.reinstate" if check.revoked_at is None else "certificate.revoked",
            f"certificate {certificate_id}",
            {
                "fingerprint": check.fingerprint,
                "revoked_at": check.revoked_at,
                "reason": check.reason,
            },
        )
    if noted:
        transaction.record("certificates.check", "certificates", {"count": noted})
    return revoked, reinstated


def _held(
    connection: sqlite3.Connection,
    condition: str,
    values: Sequence[object],
    der: str = "NULL",
    as_of: str = "",
) -> list[Held]:
    newer = defaultdict[int, list[tuple[str, str]]](list)
    periods = connection.execute(f"{_NEWER} AND {condition}", [as_of or _NEVER, *values])
    for certificate_id, *period in periods:
        newer[certificate_id].append((period[0], period[1]))
    columns = COLUMNS.replace("c.der", der)
    found = [
        Held(
            stored(row),
            tuple(newer.get(row[14], ())),
            Person(*row[16:]) if row[15] is not None else None,
        )
        for row in connection.execute(
            f"SELECT {columns}, {_PERSON} {_WITH_PERSON}"
            f" WHERE {condition} ORDER BY c.not_after, c.id",
            values,
        )
    ]
    return [_before_revocation(each, as_of) for each in found] if as_of else found


def _before_revocation(held: Held, as_of: str) -> Held:
    """As it was at that time, if it was revoked later."""
    revoked_at = held.certificate.revoked_at
    if revoked_at is None or revoked_at <= as_of:
        return held
    return replace(held, certificate=replace(held.certificate, revoked_at=None))


FACTS: Final = (
    "fingerprint", "subject", "issuer", "serial", "holder", "tckn", "not_before", "not_after",
    "kind", "qualified", "der",
)  # fmt: skip
"""The columns of what stands in a certificate; they are named like its fields."""
Facts = tuple[str | None, str, str, str, str, str, str, str, str, bool, bytes | None]
facts: Final[Callable[[StoredCertificate], Facts]] = attrgetter(*FACTS)
"""What stands in a certificate, in the order of the fields of `StoredCertificate`."""
_UPDATE: Final = (
    f"UPDATE certificates SET {' = ?, '.join(FACTS)} = ?, last_seen_at = ?"  # noqa: S608
    " WHERE id = ?"
)

COLUMNS: Final = (
    "c.fingerprint, c.subject, c.issuer, c.serial, c.holder, c.tckn, c.not_before, c.not_after,"
    " c.kind, c.qualified, c.der, c.revoked_at, c.revocation_reason, c.checked_at, c.id, p.id"
)
"""What `stored` reads, of certificates ``c`` joined with persons ``p``."""

_WITH_PERSON: Final = "FROM certificates c LEFT JOIN persons p ON p.tckn = c.tckn"
_TWO_DAYS: Final = timedelta(days=2)
_CERTIFICATES: Final = f"SELECT {COLUMNS} {_WITH_PERSON}"
_CERTIFICATES_BUT_DER: Final = _CERTIFICATES.replace("c.der", "NULL")
_PERSON: Final = (
    "p.tckn, p.given_names, p.surname, p.title, p.unit, p.group_name, p.phone, p.email, p.id"
)
_NEWER: Final = (
    "SELECT c.id, n.not_before, n.not_after FROM certificates c"
    " JOIN certificates n ON n.tckn = c.tckn AND n.kind = c.kind AND n.not_before >= c.not_before"
    " WHERE c.tckn <> '' AND n.id <> c.id AND (n.revoked_at IS NULL OR n.revoked_at > ?)"
)
_NEVER: Final = "~"
"""Later than any time."""


def stored(row: Sequence[Any]) -> StoredCertificate:
    """The certificate in a row that begins with `COLUMNS`."""
    # by place and not by name, which takes twice as long: there may be tens of thousands
    values = (*row[:9], bool(row[9]), *row[10:16])
    return StoredCertificate(*values)
