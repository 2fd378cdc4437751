"""Cards that were looked at, and the certificates that were seen."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from esignctl.registry.connection import Transaction
from esignctl.text import tckn


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """A certificate as it is kept. Times are UTC text; `tckn` is empty where none is named.

    `person_id` is that of the registered person with this personal number, None without one.
    """

    fingerprint: str
    subject: str
    issuer: str
    serial: str
    holder: str
    tckn: str
    not_before: str
    not_after: str
    kind: str
    qualified: bool
    der: bytes
    id: int = 0
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one card. Unknown texts are empty; `findings` are codes."""

    reader: str
    atr: str = ""
    family: str = ""
    model: str = ""
    module: str = ""
    token_serial: str = ""
    pin_state: str = ""
    findings: tuple[str, ...] = ()
    certificates: tuple[StoredCertificate, ...] = ()
    at: str = ""
    id: int = 0


def add_certificates(
    transaction: Transaction, certificates: Iterable[StoredCertificate]
) -> list[int]:
    """Keep certificates, each once; returns their ids. New ones leave an audit row."""
    return [_add_certificate(transaction, each) for each in certificates]


def add_visit(transaction: Transaction, visit: Visit) -> int:
    """Keep what was seen of a card, and its certificates; returns the visit's id."""
    connection = transaction.connection
    ids = add_certificates(transaction, visit.certificates)
    (visit_id,) = connection.execute(
        "INSERT INTO card_visits (at, reader, atr, family, model, module, token_serial,"
        " pin_state, findings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            transaction.at,
            visit.reader,
            visit.atr,
            visit.family,
            visit.model,
            visit.module,
            visit.token_serial,
            visit.pin_state,
            json.dumps(list(visit.findings)),
        ),
    ).fetchone()
    connection.executemany(
        "INSERT INTO card_visit_certificates (visit_id, certificate_id) VALUES (?, ?)",
        ((visit_id, certificate_id) for certificate_id in dict.fromkeys(ids)),
    )
    transaction.record(
        "card.seen",
        f"card visit {visit_id}",
        {
            "reader": visit.reader,
            "atr": visit.atr,
            "token_serial": visit.token_serial,
            "pin_state": visit.pin_state,
            "findings": list(visit.findings),
            "certificates": ids,
        },
    )
    return int(visit_id)


def visits(connection: sqlite3.Connection, person_id: int | None = None) -> list[Visit]:
    """The cards that were looked at, latest first; all, or those of a registered person."""
    condition, values = "", ()  # type: tuple[str, tuple[int, ...]]
    if person_id is not None:
        condition, values = f"WHERE v.id IN ({_OF_PERSON})", (person_id,)
    held = defaultdict[int, list[StoredCertificate]](list)
    for row in connection.execute(f"{_VISIT_CERTIFICATES} {condition} ORDER BY c.id", values):
        held[row[-1]].append(_certificate(row))
    return [
        _visit(row, tuple(held.get(row[9], ())))
        for row in connection.execute(
            f"{_VISITS} {condition} ORDER BY v.at DESC, v.id DESC", values
        )
    ]


def certificates(connection: sqlite3.Connection) -> list[StoredCertificate]:
    """Every certificate that was seen, in the order in which they were first seen."""
    return [_certificate(row) for row in connection.execute(f"{_CERTIFICATES} ORDER BY c.id")]


def _add_certificate(transaction: Transaction, certificate: StoredCertificate) -> int:
    connection = transaction.connection
    known = connection.execute(
        "UPDATE certificates SET last_seen_at = ? WHERE fingerprint = ? RETURNING id",
        (transaction.at, certificate.fingerprint),
    ).fetchone()
    if known:
        return int(known[0])
    (certificate_id,) = connection.execute(
        "INSERT INTO certificates (fingerprint, subject, issuer, serial, holder, tckn, not_before,"
        " not_after, kind, qualified, der, first_seen_at, last_seen_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            certificate.fingerprint,
            certificate.subject,
            certificate.issuer,
            certificate.serial,
            certificate.holder,
            certificate.tckn,
            certificate.not_before,
            certificate.not_after,
            certificate.kind,
            int(certificate.qualified),
            certificate.der,
            transaction.at,
            transaction.at,
        ),
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


_CERTIFICATES: Final = (
    "SELECT c.fingerprint, c.subject, c.issuer, c.serial, c.holder, c.tckn, c.not_before,"
    " c.not_after, c.kind, c.qualified, c.der, c.id, p.id"
    " FROM certificates c LEFT JOIN persons p ON p.tckn = c.tckn"
)
_VISIT_CERTIFICATES: Final = (
    "SELECT c.fingerprint, c.subject, c.issuer, c.serial, c.holder, c.tckn, c.not_before,"
    " c.not_after, c.kind, c.qualified, c.der, c.id, p.id, v.id"
    " FROM card_visits v JOIN card_visit_certificates h ON h.visit_id = v.id"
    " JOIN certificates c ON c.id = h.certificate_id LEFT JOIN persons p ON p.tckn = c.tckn"
)
_VISITS: Final = (
    "SELECT v.reader, v.atr, v.family, v.model, v.module, v.token_serial, v.pin_state, v.findings,"
    " v.at, v.id FROM card_visits v"
)
_OF_PERSON: Final = (
    "SELECT h.visit_id FROM card_visit_certificates h"
    " JOIN certificates c ON c.id = h.certificate_id"
    " JOIN persons p ON p.tckn = c.tckn WHERE p.id = ?"
)


def _certificate(row: Sequence[Any]) -> StoredCertificate:
    values = dict(zip(StoredCertificate.__slots__, row, strict=False))
    return StoredCertificate(**values | {"qualified": bool(values["qualified"])})


def _visit(row: Sequence[Any], certificates: tuple[StoredCertificate, ...]) -> Visit:
    *texts, findings, at, visit_id = row
    named = dict(zip(Visit.__slots__, texts, strict=False))
    return Visit(
        **named,
        findings=tuple(json.loads(findings)),
        certificates=certificates,
        at=at,
        id=visit_id,
    )
