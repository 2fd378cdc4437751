"""Cards that were looked at, and the certificates that were seen on them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from esignctl.registry import arrivals, certificates
from esignctl.registry.certificates import StoredCertificate
from esignctl.registry.connection import Transaction


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


def add_visit(transaction: Transaction, visit: Visit) -> int:
    """Keep what was seen of a card, and its certificates; returns the visit's id."""
    connection = transaction.connection
    ids = arrivals.add(transaction, visit.certificates)
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
        held[row[-1]].append(certificates.stored(row))
    return [
        _visit(row, tuple(held.get(row[9], ())))
        for row in connection.execute(
            f"{_VISITS} {condition} ORDER BY v.at DESC, v.id DESC", values
        )
    ]


_VISIT_CERTIFICATES: Final = (
    f"SELECT {certificates.COLUMNS}, v.id"  # noqa: S608 - nothing of it comes from outside
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


def _visit(row: Sequence[Any], held: tuple[StoredCertificate, ...]) -> Visit:
    *texts, findings, at, visit_id = row
    named = dict(zip(Visit.__slots__, texts, strict=False))
    return Visit(
        **named,
        findings=tuple(json.loads(findings)),
        certificates=held,
        at=at,
        id=visit_id,
    )
