"""Certificates of authorities that the user chose to trust: where every chain has to end."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from esignctl.registry.connection import Transaction


@dataclass(frozen=True, slots=True)
class Anchor:
    """A trusted certificate. Times are UTC text.

    `source` tells why it is trusted: its fingerprint is ``pinned`` in the program, or was
    ``confirmed`` by the user, who typed it.
    """

    fingerprint: str
    subject: str
    not_before: str
    not_after: str
    source: str
    der: bytes
    added_at: str = ""


def add(transaction: Transaction, anchors: Iterable[Anchor]) -> list[bool]:
    """Trust certificates; tells of each whether it is a new one. New ones leave an audit row."""
    return [_add(transaction, each) for each in anchors]


def everything(connection: sqlite3.Connection) -> list[Anchor]:
    """Every trusted certificate, in the order in which they were added."""
    rows = connection.execute(
        "SELECT fingerprint, subject, not_before, not_after, source, der, added_at"
        " FROM trust_anchors ORDER BY id"
    )
    return [Anchor(*row) for row in rows]


def remove(transaction: Transaction, anchor: Anchor) -> None:
    """Trust a certificate no longer."""
    transaction.connection.execute(
        "DELETE FROM trust_anchors WHERE fingerprint = ?", (anchor.fingerprint,)
    )
    transaction.record("trust.remove", f"anchor {anchor.fingerprint[:16]}", _detail(anchor))


def _add(transaction: Transaction, anchor: Anchor) -> bool:
    added = transaction.connection.execute(
        "INSERT INTO trust_anchors"
        " (fingerprint, subject, not_before, not_after, source, der, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (fingerprint) DO NOTHING RETURNING id",
        (
            anchor.fingerprint,
            anchor.subject,
            anchor.not_before,
            anchor.not_after,
            anchor.source,
            anchor.der,
            transaction.at,
        ),
    ).fetchone()
    if added:
        transaction.record("trust.add", f"anchor {anchor.fingerprint[:16]}", _detail(anchor))
    return added is not None


def _detail(anchor: Anchor) -> dict[str, str]:
    return {
        "fingerprint": anchor.fingerprint,
        "subject": anchor.subject,
        "source": anchor.source,
    }
