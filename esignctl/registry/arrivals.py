"""Certificates that come into the registry: each once, with a trace in the audit log."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from esignctl.registry import listed
from esignctl.registry.certificates import (
    FACTS,
    Facts,
    StoredCertificate,
    alike,
    correct,
    facts,
)
from esignctl.registry.connection import Transaction
from esignctl.text import tckn


def add(transaction: Transaction, certificates: Iterable[StoredCertificate]) -> list[int]:
    """Keep certificates, each once; returns their ids. New ones leave an audit row.

    One that was seen itself takes the place of a row that only a list told of. Many at once leave
    one row together, with a hash over their fingerprints.
    """
    return add_facts(transaction, [facts(each) for each in certificates])


def add_facts(transaction: Transaction, certificates: Sequence[Facts]) -> list[int]:
    """The same of certificates as rows of what stands in them."""
    lists_told = transaction.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM certificates WHERE fingerprint IS NULL)"
    ).fetchone()[0]
    if len(certificates) >= _MANY and not lists_told:
        return _add_many(transaction, certificates)
    return [
        _add(transaction, StoredCertificate(*each), may_be_listed=bool(lists_told))
        for each in certificates
    ]


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


def _add_many(transaction: Transaction, certificates: Sequence[Facts]) -> list[int]:
    """The same as `_add` of each, in a tenth of the time."""
    connection, at = transaction.connection, transaction.at
    last = last_id(connection)
    wanted = {each[0]: each for each in certificates}
    # one that is known is passed over, so that the ids of the new ones follow each other
    added = connection.executemany(
        _INSERT_NEW, [(*each, at, at) for each in wanted.values()]
    ).rowcount
    if added == len(wanted):
        ids = dict(zip(wanted, range(last + 1, last + 1 + added), strict=True))
    else:
        new = connection.execute("SELECT fingerprint, id FROM certificates WHERE id > ?", (last,))
        ids = dict(new.fetchall())
        known = _ids(connection, [each for each in wanted if each not in ids])
        connection.executemany(
            "UPDATE certificates SET last_seen_at = ? WHERE id = ?",
            [(at, each) for each in known.values()],
        )
        ids |= known
    if added:
        fingerprints = "".join(str(each) for each in wanted if ids[each] > last)
        transaction.record(
            "certificates.add",
            "certificates",
            {
                "count": added,
                "first": last + 1,
                "fingerprints_sha256": hashlib.sha256(fingerprints.encode("ascii")).hexdigest(),
            },
        )
    return [ids[each[0]] for each in certificates]


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
_COLUMNS: Final = f"({', '.join(FACTS)}, first_seen_at, last_seen_at)"
_VALUES: Final = f"({'?, ' * len(FACTS)} ?, ?)"
_INSERT: Final = f"INSERT INTO certificates {_COLUMNS} VALUES {_VALUES} RETURNING id"  # noqa: S608
_INSERT_NEW: Final = (
    f"INSERT INTO certificates {_COLUMNS} VALUES {_VALUES}"  # noqa: S608
    " ON CONFLICT (fingerprint) DO NOTHING"
)
