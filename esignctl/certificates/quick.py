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

_UTC_TIME: Final = b"\x17\x0d"
_TEXTS: Final = (0x0C, 0x13)  # UTF8String, PrintableString
_EXTENSIONS: Final = 0xA3
# what differs from certificate to certificate and says nothing of its kind: the key's identifier
_OWN_KEY: Final = bytes.fromhex("0603551d0e")
_NAMES: Final = {
    bytes.fromhex("0603550403"): "CN",
    bytes.fromhex("0603550405"): "serialNumber",
    bytes.fromhex("0603550406"): "C",
}
_ESCAPED: Final = frozenset(',+"\\<>;#=\0')


class _Unusual(Exception):
    """A form that is left to `nes.read`."""


@dataclass(slots=True)
class Reader:
    """Reads certificates in DER, and remembers what many have in common."""

    _issuers: dict[bytes, str] = field(default_factory=dict)
    _kinds: dict[bytes, tuple[str, bool]] = field(default_factory=dict)

    def read(self, der: bytes) -> StoredCertificate:
        """The certificate. Raises `NotACertificate`."""
        load(der)
        try:
            return self._quickly(der)
        except (_Unusual, IndexError, ValueError):
            return to_keep(read(der))

    def _quickly(self, der: bytes) -> StoredCertificate:
        outer, end = _content(der, 0)
        if end != len(der):
            raise _Unusual
        at, _end = _content(der, outer)
        _version, at = _content(der, at)
        first, at = _content(der, at)
        serial = der[first:at]
        _algorithm, at = _content(der, at)
        issuer_at = at
        _content_at, at = _content(der, at)
        issuer = der[issuer_at:at]
        period, at = _content(der, at)
        not_before, not_after = _moment(der, period), _moment(der, period + 15)
        subject, at = _content(der, at)
        names, text = _name(der, subject, at)
        _key, at = _content(der, at)
        if der[at] != _EXTENSIONS:
            raise _Unusual
        common = _common(der, at)
        if issuer not in self._issuers or common not in self._kinds:
            whole = to_keep(read(der))
            self._issuers[issuer] = whole.issuer
            self._kinds[common] = (whole.kind, whole.qualified)
            return whole
        kind, qualified = self._kinds[common]
        return StoredCertificate(
            fingerprint(der),
            text,
            self._issuers[issuer],
            f"{int.from_bytes(serial, 'big', signed=True):X}",
            numbers.mask_within(names.get("CN", "")),
            _number(names.get("serialNumber", "")),
            not_before,
            not_after,
            kind,
            qualified,
            der,
        )


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
    if der[at : at + 2] != _UTC_TIME:
        raise _Unusual
    text = der[at + 2 : at + 14].decode("ascii")
    century = "19" if text >= "50" else "20"
    return f"{century}{text[:2]}-{text[2:4]}-{text[4:6]}T{text[6:8]}:{text[8:10]}:{text[10:12]}Z"


def _name(der: bytes, at: int, end: int) -> tuple[dict[str, str], str]:
    """The parts of a name of plain texts, and the whole in the way of RFC 4514."""
    parts: dict[str, str] = {}
    while at < end:
        inner, at = _content(der, at)
        pair, after = _content(der, inner)
        value, pair_end = _content(der, pair + 5)
        name = _NAMES.get(der[pair : pair + 5])
        if name is None or name in parts or after != at or pair_end != after:
            raise _Unusual
        if der[pair + 5] not in _TEXTS:
            raise _Unusual
        text = der[value:pair_end].decode("utf-8")
        if not text or not _ESCAPED.isdisjoint(text) or text != text.strip(" "):
            raise _Unusual
        parts[name] = text
    return parts, ",".join(f"{name}={text}" for name, text in reversed(parts.items()))


def _number(text: str) -> str:
    """The personal number, where this is nothing else."""
    if not (len(text) == numbers.LENGTH and text.isascii() and text.isdigit()):
        raise _Unusual
    return text


def _common(der: bytes, at: int) -> bytes:
    """The extensions but for the identifier of the certificate's own key."""
    wrapped, _end = _content(der, at)
    at, end = _content(der, wrapped)
    parts = []
    while at < end:
        inner, after = _content(der, at)
        if der[inner : inner + 5] != _OWN_KEY:
            parts.append(der[at:after])
        at = after
    return b"".join(parts)
