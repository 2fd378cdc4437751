"""A certificate as the registry keeps it, read in a tenth of the time that `nes.read` takes.

Most certificates of a scan come from one issuer and differ in little: serial number, subject,
dates and key. What is the same is read once by `nes.read` and remembered; of the rest only the
plain forms are read here, and every other certificate goes to `nes.read`. Both give the same.
"""

from dataclasses import dataclass, field
from typing import Final

from esignctl.certificates.keeping import to_keep
from esignctl.certificates.nes import fingerprint, load, read
from esignctl.registry.certificates import StoredCertificate
from esignctl.text import tckn as numbers

_OPENING: Final = b"\x30\x82"
_VERSION_AND_SERIAL: Final = bytes.fromhex("a00302010202")
_PERIOD: Final = b"\x30\x1e\x17\x0d"
_UTC_TIME: Final = b"\x17\x0d"
_EXTENSIONS: Final = 0xA3
# what differs from certificate to certificate and says nothing of its kind: the key's identifier
_OWN_KEY: Final = bytes.fromhex("301d0603551d0e04160414")
_OWN_KEY_SIZE: Final = 0x1D + 2
# the beginning of each attribute, 2.5.4.x, and what those that are read here are called
_ATTRIBUTE: Final = bytes.fromhex("06035504")
_NAMES: Final = {0x03: "CN", 0x05: "serialNumber", 0x06: "C"}
_TEXTS: Final = (0x0C, 0x13)  # UTF8String, PrintableString
_ESCAPED: Final = frozenset(',+"\\<>;#=\0')


class _Unusual(Exception):
    """A form that is left to `nes.read`."""


@dataclass(slots=True)
class Reader:
    """Reads certificates in DER, and remembers what many have in common."""

    _issuers: dict[bytes, str] = field(default_factory=dict)
    _kinds: dict[tuple[int, bytes], tuple[str, bool]] = field(default_factory=dict)

    def read(self, der: bytes) -> StoredCertificate:
        """The certificate. Raises `NotACertificate`."""
        load(der)
        try:
            return self._quickly(der)
        except (_Unusual, IndexError, ValueError):
            return to_keep(read(der))

    def _quickly(self, der: bytes) -> StoredCertificate:
        if der[:2] != _OPENING or 4 + int.from_bytes(der[2:4], "big") != len(der):
            raise _Unusual
        if der[4:6] != _OPENING or der[8:14] != _VERSION_AND_SERIAL:
            raise _Unusual
        end = 8 + int.from_bytes(der[6:8], "big")
        at = 15 + der[14]
        if der[14] >= 0x80 or end > len(der):
            raise _Unusual
        serial = der[15:at]
        issuer, issuer_text = self._issued(der, at)
        at += len(issuer)
        if der[at : at + 4] != _PERIOD or der[at + 17 : at + 19] != _UTC_TIME:
            raise _Unusual
        not_before, not_after = _moment(der, at + 4), _moment(der, at + 19)
        subject, at = _content(der, at + 32)
        names, text = _name(der, subject, at)
        _key, at = _content(der, at)
        if der[at] != _EXTENSIONS:
            raise _Unusual
        own = der.find(_OWN_KEY, at, end)
        place = own - at if own >= 0 else -1
        # its place belongs to it: the same bytes around another one may mean something else
        common = der[at:end] if own < 0 else der[at:own] + der[own + _OWN_KEY_SIZE : end]
        if not issuer_text or (place, common) not in self._kinds:
            whole = to_keep(read(der))
            self._issuers[issuer] = whole.issuer
            self._kinds[place, common] = (whole.kind, whole.qualified)
            return whole
        kind, qualified = self._kinds[place, common]
        return StoredCertificate(
            fingerprint(der),
            text,
            issuer_text,
            f"{int.from_bytes(serial, 'big', signed=True):X}",
            numbers.mask_within(names["CN"]),
            _number(names["serialNumber"]),
            not_before,
            not_after,
            kind,
            qualified,
            der,
        )

    def _issued(self, der: bytes, at: int) -> tuple[bytes, str]:
        """Signature algorithm and issuer, and the issuer as text; none where it is new."""
        for known, text in self._issuers.items():
            if der.startswith(known, at):
                return known, text
        _algorithm, issuer = _content(der, at)
        _content_at, end = _content(der, issuer)
        return der[at:end], ""


def _content(der: bytes, at: int) -> tuple[int, int]:
    """Where the content of the element at a place begins, and where the next element does."""
    length = der[at + 1]
    at += 2
    if length >= 0x80:
        size = length & 0x7F
        length = int.from_bytes(der[at : at + size], "big")
        at += size
    return at, at + length


def _moment(der: bytes, at: int) -> str:
    """A UTCTime (RFC 5280 §4.1.2.5.1) as the registry writes it; the loader has checked it."""
    text = der[at : at + 12].decode("ascii")
    century = "19" if text >= "50" else "20"
    return f"{century}{text[:2]}-{text[2:4]}-{text[4:6]}T{text[6:8]}:{text[8:10]}:{text[10:]}Z"


def _name(der: bytes, at: int, end: int) -> tuple[dict[str, str], str]:
    """The parts of a name of plain texts, and the whole in the way of RFC 4514."""
    parts: dict[str, str] = {}
    header, *attributes = der[at:end].split(_ATTRIBUTE)
    last = len(attributes) - 1
    for place, each in enumerate(attributes):
        # set and sequence around this attribute, then its type, the text's type and length
        outer = header[-4:]
        value, header = (each[3:], b"") if place == last else (each[3:-4], each)
        inner = len(_ATTRIBUTE) + 3 + len(value)
        name = _NAMES.get(each[0])
        if (
            outer != bytes((0x31, inner + 2, 0x30, inner))
            or name is None
            or name in parts
            or each[1] not in _TEXTS
            or each[2] != len(value)
        ):
            raise _Unusual
        text = value.decode("utf-8")
        if not text or not _ESCAPED.isdisjoint(text) or text != text.strip(" "):
            raise _Unusual
        parts[name] = text
    if len(parts) != len(_NAMES):
        raise _Unusual
    return parts, ",".join(f"{name}={text}" for name, text in reversed(parts.items()))


def _number(text: str) -> str:
    """The personal number, where this is nothing else."""
    if not (len(text) == numbers.LENGTH and text.isascii() and text.isdigit()):
        raise _Unusual
    return text
