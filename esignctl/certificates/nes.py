"""A certificate's own facts, by the profile of KamuSM's qualified certificates (NES).

The only home of `cryptography`.
"""

import base64
import hashlib
import re
import textwrap
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from esignctl.certificates.states import Period, Status
from esignctl.text import tckn as numbers

if TYPE_CHECKING:
    from cryptography import x509

_T = TypeVar("_T")

Kind = Literal["nes", "mobile", "seal", "other"]

NES_POLICY: Final = "2.16.792.1.2.1.1.5.7.1.1"
MOBILE_POLICY: Final = "2.16.792.1.2.1.1.5.7.1.8"
SEAL_POLICY: Final = "2.16.792.1.2.1.1.5.7.4.1"
SEAL_USE: Final = "2.16.792.1.2.1.1.5.7.50.1"
_KINDS: Final[dict[str, Kind]] = {
    NES_POLICY: "nes",
    f"{NES_POLICY.removesuffix('.1')}.4.1": "nes",
    MOBILE_POLICY: "mobile",
    SEAL_POLICY: "seal",
}
_QC_STATEMENTS: Final = "1.3.6.1.5.5.7.1.3"
_QC_COMPLIANCE: Final = "0.4.0.1862.1.1"
_NES_STATEMENTS: Final = {"2.16.792.1.61.0.1.5070.1.1", "2.16.792.1.61.0.1.5070.2.1"}
_SEAL_STATEMENTS: Final = {"2.16.792.1.61.0.1.5070.1.3", "2.16.792.1.61.0.1.5070.2.2"}

_SEQUENCE, _OBJECT_IDENTIFIER = 0x30, 0x06
_ISSUER_VERSION = re.compile(r"\bSürüm (\d{1,3})\b")
_ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{11}(?!\d)")


class NotACertificate(ValueError):
    """The bytes are no X.509 certificate."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands in a certificate.

    `fingerprint` is the SHA-256 of `der` in upper-case hex, `serial` upper-case hex. `subject` and
    `issuer` are RFC 4514 texts and may hold a personal number, as `tckn` does. `tckn` is None when
    the subject names none. Times are UTC. `key` is such as ``RSA 2048``, empty where unknown.
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

    @property
    def pem(self) -> str:
        """The certificate in PEM."""
        body = "\n".join(textwrap.wrap(base64.b64encode(self.der).decode("ascii"), 64))
        return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"

    @property
    def issuer_version(self) -> int | None:
        """The version that KamuSM numbers its authorities by (``Sürüm 6``); None without one."""
        found = _ISSUER_VERSION.search(self.issuer_name)
        return int(found[1]) if found else None

    @property
    def period(self) -> Period:
        """From when until when it holds."""
        return Period(self.not_before, self.not_after)

    def days_left(self, today: date) -> int:
        """Days from `today` to the last day here in Turkey; negative when that is over."""
        return self.period.days_left(today)

    def status(self, now: datetime, expiring_within: int) -> Status:
        """Where it stands at `now`; `expiring` when the days left are `expiring_within` at most."""
        return self.period.status(now, expiring_within)


def prepare() -> None:
    """Load what `read` needs, for those who know that they will need it."""
    from cryptography import x509  # noqa: F401 - to have it loaded


def read(der: bytes) -> Certificate:
    """The facts of a certificate in DER.

    Raises `NotACertificate` when there is none; an unreadable extension counts as absent.
    """
    with quietly():
        return _read(der)


@contextmanager
def quietly() -> Iterator[None]:
    """Without warnings of serial numbers, countries and the like that the standard forbids."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def fingerprint(der: bytes) -> str:
    """The SHA-256 of a certificate in DER, in upper-case hex."""
    return in_hex(hashlib.sha256(der).digest())


def in_hex(sha256: bytes) -> str:
    """A SHA-256 as fingerprints are written, in upper-case hex."""
    return f"{int.from_bytes(sha256, 'big'):064X}"


def load(der: bytes) -> "x509.Certificate":
    """The certificate, as the library has it. Raises `NotACertificate`."""
    loading, troubles = _loading()
    try:
        return loading(der)
    except troubles:
        raise NotACertificate from None


@cache
def _loading() -> "tuple[Callable[[bytes], x509.Certificate], tuple[type[Exception], ...]]":
    # remembered, since asking for a part of a package takes a third of the time of loading one
    from cryptography import x509

    troubles = (ValueError, TypeError, OverflowError, x509.InvalidVersion)
    return x509.load_der_x509_certificate, troubles


def _read(der: bytes) -> Certificate:
    certificate = load(der)
    try:
        not_before = certificate.not_valid_before_utc
        not_after = certificate.not_valid_after_utc
        serial = f"{certificate.serial_number:X}"
    except (ValueError, TypeError, OverflowError):
        raise NotACertificate from None
    parts = _Parts(certificate)
    policies, statements = parts.policies(), parts.statements()
    return Certificate(
        fingerprint=fingerprint(der),
        subject=parts.whole_name(lambda: certificate.subject),
        issuer=parts.whole_name(lambda: certificate.issuer),
        issuer_name=parts.name_in(lambda: certificate.issuer),
        serial=serial,
        holder=parts.name_in(lambda: certificate.subject),
        tckn=parts.tckn(),
        not_before=not_before,
        not_after=not_after,
        kind=parts.kind(policies, statements),
        qualified=_QC_COMPLIANCE in statements and bool(statements & _NES_STATEMENTS),
        policies=policies,
        key=_attempt("", parts.key),
        is_ca=parts.is_ca(),
        der=der,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The pieces of a certificate; each survives the failure of the others."""

    certificate: "x509.Certificate"

    def policies(self) -> tuple[str, ...]:
        from cryptography import x509

        found = self._extension(x509.CertificatePolicies)
        return tuple(each.policy_identifier.dotted_string for each in found or ())

    def statements(self) -> frozenset[str]:
        """The identifiers of the qcStatements (RFC 3739)."""
        from cryptography import x509

        def read() -> frozenset[str]:
            for extension in self.certificate.extensions:
                value = extension.value
                if extension.oid.dotted_string == _QC_STATEMENTS and isinstance(
                    value, x509.UnrecognizedExtension
                ):
                    return frozenset(_identifiers(value.value))
            return frozenset()

        return _attempt(frozenset(), read)

    def kind(self, policies: tuple[str, ...], statements: frozenset[str]) -> Kind:
        from cryptography import x509

        uses = self._extension(x509.ExtendedKeyUsage) or ()
        if statements & _SEAL_STATEMENTS or any(use.dotted_string == SEAL_USE for use in uses):
            return "seal"
        for policy in policies:
            if policy in _KINDS:
                return _KINDS[policy]
        return "nes" if statements & _NES_STATEMENTS else "other"

    def is_ca(self) -> bool:
        from cryptography import x509

        constraints = self._extension(x509.BasicConstraints)
        return constraints is not None and constraints.ca

    def tckn(self) -> str | None:
        """The personal number in the subject: eleven digits, whose check digits need not fit."""
        from cryptography.x509.oid import NameOID

        found = _ELEVEN_DIGITS.search(
            self._attribute(lambda: self.certificate.subject, NameOID.SERIAL_NUMBER)
        )
        return found[0] if found else None

    def name_in(self, name: "Callable[[], x509.Name]") -> str:
        """The common name; the personal number in it, where there is one, is masked."""
        from cryptography.x509.oid import NameOID

        return numbers.mask_within(self._attribute(name, NameOID.COMMON_NAME))

    def whole_name(self, name: "Callable[[], x509.Name]") -> str:
        from cryptography.x509.oid import NameOID

        names = {NameOID.SERIAL_NUMBER: "serialNumber"}
        return _attempt("", lambda: name().rfc4514_string(attr_name_overrides=names))

    def key(self) -> str:
        from cryptography.hazmat.primitives.asymmetric import ec, rsa

        match self.certificate.public_key():
            case rsa.RSAPublicKey() as key:
                return f"RSA {key.key_size}"
            case ec.EllipticCurvePublicKey() as key:
                return f"EC {key.curve.key_size}"
        return ""

    def _attribute(self, name: "Callable[[], x509.Name]", oid: "x509.ObjectIdentifier") -> str:
        def read() -> str:
            found = name().get_attributes_for_oid(oid)
            value = found[0].value if found else ""
            return value if isinstance(value, str) else value.decode("utf-8", "replace")

        return _attempt("", read)

    def _extension(self, kind: type[_T]) -> _T | None:
        def read() -> _T | None:
            for extension in self.certificate.extensions:
                if isinstance(extension.value, kind):
                    return extension.value
            return None

        return _attempt(None, read)


def _attempt(default: _T, part: Callable[[], _T]) -> _T:
    """The part, or `default` where the certificate is malformed."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.x509 import (
        DuplicateExtension,
        InvalidVersion,
        UnsupportedGeneralNameType,
    )

    try:
        return part()
    except (
        ValueError,
        TypeError,
        DuplicateExtension,
        InvalidVersion,
        UnsupportedAlgorithm,
        UnsupportedGeneralNameType,
    ):
        return default


def _identifiers(der: bytes) -> Iterator[str]:
    """The identifiers of a ``SEQUENCE OF SEQUENCE { OBJECT IDENTIFIER, … }``."""
    for tag, statements in _elements(der):
        if tag != _SEQUENCE:
            continue
        for inner, statement in _elements(statements):
            first = next(_elements(statement), None) if inner == _SEQUENCE else None
            if first and first[0] == _OBJECT_IDENTIFIER:
                yield _dotted(first[1])


def _elements(der: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element in a row. Raises ``ValueError`` for what is no DER."""
    at = 0
    while at < len(der):
        tag, length, at = der[at], der[at + 1] if at + 1 < len(der) else 0xFF, at + 2
        if length & 0x80:
            size = length & 0x7F
            if not 0 < size <= 4:
                raise ValueError("no DER")
            length, at = int.from_bytes(der[at : at + size], "big"), at + size
        if at + length > len(der):
            raise ValueError("no DER")
        yield tag, der[at : at + length]
        at += length


def _dotted(content: bytes) -> str:
    """An object identifier in its usual form."""
    numbers_read, number = [], 0
    for byte in content:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers_read.append(number)
            number = 0
    if not numbers_read:
        raise ValueError("no object identifier")
    first = min(numbers_read[0] // 40, 2)
    return ".".join(map(str, [first, numbers_read[0] - 40 * first, *numbers_read[1:]]))
