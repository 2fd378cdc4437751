"""Certificates that come into the registry: each once, with a trace in the audit log."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from esignctl.registry import listed
from esignctl.registry.certificates import FACTS, StoredCertificate, alike, correct, facts
from esignctl.registry.connection import Transaction
from esignctl.text import tckn


def add(transaction: Transaction, certificates: Iterable[StoredCertificate]) -> list[int]:
    """Keep certificates, each once; returns their ids. New ones leave an audit row.

    One that was seen itself takes the place of a row that only a list told of. Many at once leave
    one row together, with a hash over their fingerprints.
    """
    wanted = list(certificates)
    lists_told = transaction.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM certificates WHERE fingerprint IS NULL)"
    ).fetchone()[0]
    if len(wanted) >= _MANY and not lists_told:
        return _add_many(transaction, wanted)
    return [_add(transaction, each, may_be_listed=bool(lists_told)) for each in wanted]


def last_id(connection: sqlite3.Connection) -> int:
    """The id of the certificate that was added last; 0 without any."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM certificates").fetchone()
    return int(last)


def _add(transaction: Transaction, certificate: StoredCertificate, *, may_be_listed: bool) -> int:
    connection = transaction.connection
    known = connection.execute(
        "UPDATE certificates SET last_seen_at = ? WHERE fingerprint = ? RETURNING id",
        (transaction.at, certificate.fingerprint),
    ).fetchone()
    if known:
        return int(known[0])
    if may_be_listed and certificate.fingerprint:
        for each in alike(connection, certificate):
            if each.fingerprint is None and listed.same(each, certificate):
                correct(transaction, each, certificate, "certificate.seen")
                return each.id
    (certificate_id,) = connection.execute(
        _INSERT,
        (*(getattr(certificate, name) for name in FACTS), transaction.at, transaction.at),
    ).fetchone()
    transaction.record(
        "certificate.add",
        f"certificate {certificate_id}",
        {
            "fingerprint": certificate.fingerprint,
            "tckn": tckn.mask(certificate.tckn) if certificate.tckn else "",
            "kind": certificate.kind,
            "not_after": certificate.not_after,
        },
    )
    return int(certificate_id)


def _add_many(transaction: Transaction, certificates: Sequence[StoredCertificate]) -> list[int]:
    """The same as `_add` of each, in a tenth of the time."""
    connection = transaction.connection
    ids = _ids(connection, [each.fingerprint for each in certificates])
    connection.executemany(
        "UPDATE certificates SET last_seen_at = ? WHERE id = ?",
        (
            (transaction.at, ids[each.fingerprint])
            for each in certificates
            if each.fingerprint in ids
        ),
    )
    last = last_id(connection)
    new: dict[str | None, StoredCertificate] = {}
    for each in certificates:
        if each.fingerprint not in ids:
            new.setdefault(each.fingerprint, each)
    ids |= {fingerprint: last + number for number, fingerprint in enumerate(new, start=1)}
    connection.executemany(
        _INSERT_WITH_ID,
        (
            (ids[each.fingerprint], *facts(each), transaction.at, transaction.at)
            for each in new.values()
        ),
    )
    if new:
        digest = hashlib.sha256("".join(map(str, new)).encode("ascii"))
        transaction.record(
            "certificates.add",
            "certificates",
            {"count": len(new), "first": last + 1, "fingerprints_sha256": digest.hexdigest()},
        )
    return [ids[each.fingerprint] for each in certificates]


def _ids(
    connection: sqlite3.Connection, fingerprints: Sequence[str | None]
) -> dict[str | None, int]:
    """The ids of those of the certificates that are kept."""
    found: dict[str | None, int] = {}
    for first in range(0, len(fingerprints), _AT_ONCE):
        some = fingerprints[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        found |= connection.execute(
            f"SELECT fingerprint, id FROM certificates WHERE fingerprint IN ({marks})",  # noqa: S608 - marks only
            some,
        ).fetchall()
    return found


_MANY: Final = 1000
_AT_ONCE: Final = 10_000
"""SQLite takes 32,766 values in a statement."""
_INSERT: Final = (
    f"INSERT INTO certificates ({', '.join(FACTS)}, first_seen_at, last_seen_at)"  # noqa: S608
    f" VALUES ({'?, ' * len(FACTS)} ?, ?) RETURNING id"
)
_INSERT_WITH_ID: Final = (
    f"INSERT INTO certificates (id, {', '.join(FACTS)}, first_seen_at, last_seen_at)"  # noqa: S608
    f" VALUES (?, {'?, ' * len(FACTS)} ?, ?)"
)
