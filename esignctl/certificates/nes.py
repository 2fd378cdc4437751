"""A certificate's own facts, by the profile of KamuSM's qualified certificates (NES).

The only home of `cryptography`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["nes", "mobile", "seal", "other"]


class NotACertificate(ValueError):
    """The bytes are no X.509 certificate."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands in a certificate.

    `fingerprint` is the SHA-256 of `der` in upper-case hex, `serial` upper-case hex. `subject` and
    `issuer` are RFC 4514 texts and may hold a personal number, as `tckn` does. `tckn` is None when
    the subject names none. Times are UTC.
    """

    fingerprint: str
    subject: str
    issuer: str
    issuer_name: str
    serial: str
    holder: str
    tckn: str | None
    not_before: datetime
    not_after: datetime
    kind: Kind
    qualified: bool
    policies: tuple[str, ...]
    key: str
    is_ca: bool
    der: bytes
