"""A certificate as the registry keeps it, read in a tenth of the time that `nes.read` takes.

Most certificates of a scan come from one issuer and differ in little: serial number, subject,
dates and key. What is the same is read once by `nes.read` and remembered; of the rest only the
plain forms are read here, and every other certificate goes to `nes.read`. Both give the same.
"""

import hashlib
import re
import struct
from dataclasses import dataclass, field
from typing import Final

from esignctl.certificates.keeping import to_keep
from esignctl.certificates.nes import in_hex, load, read
from esignctl.registry.certificates import Facts, facts
from esignctl.text import tckn as numbers

_OPENING: Final = b"\x30\x82"
_VERSION_AND_SERIAL: Final = bytes.fromhex("a00302010202")
_PERIOD: Final = b"\x30\x1e\x17\x0d"
_UTC_TIME: Final = b"\x17\x0d"
_EXTENSIONS: Final = 0xA3
# what differs from certificate to certificate and says nothing of its kind: the key's identifier
_OWN_KEY: Final = bytes.fromhex("301d0603551d0e04160414")
_OWN_KEY_SIZE: Final = 0x1D + 2
# how each attribute of a name begins: set, sequence, the identifier 2.5.4.x, type and length
_ATTRIBUTE: Final = struct.Struct("BBBB4sBBB")
_SET, _SEQUENCE = 0x31, 0x30
_ARC: Final = bytes.fromhex("06035504")
_NAMES: Final = {0x03: "CN", 0x05: "serialNumber", 0x06: "C"}
_TEXTS: Final = (0x0C, 0x13)  # UTF8String, PrintableString
_ESCAPED: Final = b',+"\\<>;#=\0'
_DIGIT: Final = re.compile(r"\d")
_REMEMBERED: Final = 1_000
"""So many kinds of certificates are remembered; where there are more, each seems to be its own."""


class _Unusual(Exception):
    """A form that is left to `nes.read`."""


@dataclass(slots=True)
class Reader:
    """Reads certificates in DER, and remembers what many have in common."""

    _issuers: dict[bytes, str] = field(default_factory=dict)
    _kinds: dict[tuple[int, bytes], tuple[str, bool]] = field(default_factory=dict)

    def read(self, der: bytes, sha256: bytes | None = None) -> Facts:
        """What stands in the certificate; `sha256` is its own. Raises `NotACertificate`."""
        load(der)
        try:
            return self._quickly(der, sha256 or hashlib.sha256(der).digest())
        except (_Unusual, IndexError, ValueError, struct.error):
            return facts(to_keep(read(der)))

    def _quickly(self, der: bytes, sha256: bytes) -> Facts:
        if der[:2] != _OPENING or 4 + int.from_bytes(der[2:4], "big") != len(der):
            raise _Unusual
        if der[4:6] != _OPENING or der[8:14] != _VERSION_AND_SERIAL:
            raise _Unusual
        end = 8 + int.from_bytes(der[6:8], "big")
        above = 15 + der[14]
        if der[14] >= 0x80 or end > len(der):
            raise _Unusual
        serial = der[15:above]
        # signature algorithm and issuer
        _algorithm, at = _content(der, above)
        _issuer, at = _content(der, at)
        issuer = der[above:at]
        if der[at : at + 4] != _PERIOD or der[at + 17 : at + 19] != _UTC_TIME:
            raise _Unusual
        not_before, not_after = _moment(der, at + 4), _moment(der, at + 19)
        subject, at = _content(der, at + 32)
        common_name, number, text = _name(der, subject, at)
        _key, at = _content(der, at)
        if der[at] != _EXTENSIONS:
            raise _Unusual
        own = der.find(_OWN_KEY, at, end)
        place = own - at if own >= 0 else -1
        # its place belongs to it: the same bytes around another one may mean something else
        common = der[at:end] if own < 0 else der[at:own] + der[own + _OWN_KEY_SIZE : end]
        issuer_text, kind = self._issuers.get(issuer), self._kinds.get((place, common))
        if issuer_text is None or kind is None:
            return self._learn(der, issuer, (place, common))
        return (
            in_hex(sha256),
            text,
            issuer_text,
            f"{int.from_bytes(serial, 'big', signed=True):X}",
            # most names hold no digit, so that there is nothing to look for
            numbers.mask_within(common_name) if _DIGIT.search(common_name) else common_name,
            number,
            not_before,
            not_after,
            *kind,
            der,
        )

    def _learn(self, der: bytes, issuer: bytes, common: tuple[int, bytes]) -> Facts:
        """Read one thoroughly, and remember what others will have in common with it."""
        whole = to_keep(read(der))
        for known in (self._issuers, self._kinds):
            if len(known) >= _REMEMBERED:
                known.clear()
        self._issuers[issuer] = whole.issuer
        self._kinds[common] = (whole.kind, whole.qualified)
        return facts(whole)


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


def _name(der: bytes, at: int, end: int) -> tuple[str, str, str]:
    """Common name and personal number in a name of plain texts, and all of it as in RFC 4514."""
    parts: dict[str, str] = {}
    whole = ""
    while at < end:
        set_, outer, sequence, inner, arc, which, kind, size = _ATTRIBUTE.unpack_from(der, at)
        value = der[at + _ATTRIBUTE.size : at + _ATTRIBUTE.size + size]
        at += _ATTRIBUTE.size + size
        name = _NAMES.get(which)
        if (
            (set_, sequence, arc) != (_SET, _SEQUENCE, _ARC)
            or (outer, inner) != (size + 9, size + 7)
            or name is None
            or name in parts
            or kind not in _TEXTS
            or not value
            or len(value.translate(None, _ESCAPED).strip(b" ")) != size
        ):
            raise _Unusual
        parts[name] = text = value.decode("utf-8")
        whole = f"{name}={text},{whole}"
    if at != end or len(parts) != len(_NAMES):
        raise _Unusual
    number = parts["serialNumber"]
    # the personal number, and nothing else
    if not (len(number) == numbers.LENGTH and number.isascii() and number.isdigit()):
        raise _Unusual
    return parts["CN"], number, whole[:-1]
