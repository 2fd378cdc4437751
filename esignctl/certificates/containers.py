"""Where certificates hide: PEM, PKCS#7, signed messages, PDF files, ASiC containers, XML.

Files are told by their content, never by their names. What is found may be no certificate after
all; whoever reads it finds out. A home of `asn1crypto`, for signed messages, which it reads however
they are encoded.
"""

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

_BEGIN: Final = rb"-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE|PKCS7|PKCS #7 SIGNED DATA|CMS)-----"
_PROMISE: Final = re.compile(_BEGIN)
_PEM: Final = re.compile(_BEGIN + rb"([A-Za-z0-9+/=\s]*)-----END \1-----")
_BASE64: Final = re.compile(rb"\s*MI[A-Za-z0-9+/=\s]+")
_PDF_SIGNATURE: Final = re.compile(rb"/Contents\s*<([0-9A-Fa-f\s]{200,})>")
_XML_CERTIFICATE: Final = re.compile(
    rb"<(?:[\w.-]{1,64}:)?(?:X509Certificate|EncapsulatedX509Certificate)\b[^<>]{0,512}>"
    rb"([A-Za-z0-9+/=\s]+)<"
)
# the version of a certificate, where those of usual length have it (RFC 5280 §4.1.2.1)
_VERSION_3: Final = bytes.fromhex("a003020102")
_SIGNATURES: Final = ("META-INF/", "_xmlsignatures/")
# so many letters of a text without a mark tell that each has two bytes
_LETTERS: Final = 4
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# the object identifier 1.2.840.113549.1.7.2
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")

_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)
# how pyhanko fails over what it holds for impossible
_UNEXPECTED: Final = (AssertionError, RecursionError)
_LARGEST_ENTRY: Final = 16 << 20
_MOST_ENTRIES: Final = 100
_LAST_LINES: Final = 2048
_MOST_ELEMENTS: Final = 1000


def pieces(content: bytes) -> Iterator[bytes]:
    """What may be a certificate in DER, in the content of a file."""
    if content[:1] == b"\x30":
        yield from _elements(content)
        yield from _in_cms(content)
        # a text may begin with this byte, too: it is the digit 0
        if b"-----BEGIN " in content:
            yield from _in_text(content)
    elif content[:4] == b"PK\x03\x04":
        for entry in _signatures_in_archive(content):
            # an archive within an archive is no signature
            if entry[:4] != b"PK\x03\x04":
                yield from pieces(entry)
    elif b"%PDF-" in content[:1024]:
        for digits in _PDF_SIGNATURE.findall(content):
            with suppress(ValueError):
                yield from _in_cms(bytes.fromhex(digits.decode("ascii")))
        # where its last lines are missing, the library would look for them through all of the file
        if b"/ByteRange" in content and b"startxref" in content[-_LAST_LINES:]:
            yield from _in_security_store(content)
    else:
        yield from _in_text(_as_ascii(content))


def promises_certificate(content: bytes) -> bool:
    """Whether a certificate begins here, whole or not: in DER, or by a line of PEM."""
    if content[:1] == b"\x30" and content[8:13] == _VERSION_3:
        return True
    return _PROMISE.search(_as_ascii(content)) is not None


def is_key_store(content: bytes) -> bool:
    """Whether this is a PKCS#12 store, whose certificates are behind a password.

    ``PFX ::= SEQUENCE { version INTEGER (3), … }``, RFC 7292 §4.
    """
    return content[:1] == b"\x30" and b"\x02\x01\x03\x30" in content[2:10]


def _as_ascii(content: bytes) -> bytes:
    """A text without its byte order mark, one byte for each letter."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").encode("ascii", "replace")
    for zeros, encoding in ((content[1:8:2], "utf-16-le"), (content[0:8:2], "utf-16-be")):
        if zeros == bytes(_LETTERS):
            return content.decode(encoding, "replace").encode("ascii", "replace")
    return content


def _in_text(text: bytes) -> Iterator[bytes]:
    for kind, body in _PEM.findall(text):
        der = _decoded(body)
        # a trusted certificate of OpenSSL has more behind it
        yield _first_element(der)
        if b"CERTIFICATE" not in kind:
            yield from _in_cms(der)
    if text.lstrip()[:1] == b"<":
        # what some write for a line's end within base64
        for end in (b"&#13;", b"&#xD;", b"&#xd;"):
            text = text.replace(end, b"")
        for body in _XML_CERTIFICATE.findall(text):
            yield _decoded(body)
    elif _BASE64.fullmatch(text):
        yield from pieces(_decoded(text))


def _decoded(body: bytes) -> bytes:
    try:
        return base64.b64decode(body)
    except binascii.Error:
        return b""


def _elements(content: bytes) -> Iterator[bytes]:
    """The DER elements one after the other; what fills up the file behind them is left out."""
    at = 0
    for _number in range(_MOST_ELEMENTS):
        element = _first_element(content, at)
        yield element
        at += len(element)
        if content[at : at + 1] != b"\x30":
            return


def _first_element(der: bytes, at: int = 0) -> bytes:
    """The DER element at a place, without what stands behind it."""
    length, begin = int.from_bytes(der[at + 1 : at + 2], "big"), at + 2
    if length >= 0x80:
        begin += length & 0x7F
        length = int.from_bytes(der[at + 2 : begin], "big")
        if length == 0:
            # without a length: a message as some programs write it, which ends somewhere
            return der[at:]
    return der[at : begin + length]


def _signatures_in_archive(content: bytes) -> Iterator[bytes]:
    """The signature files of an ASiC container (ETSI EN 319 162) or an office document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            named = [each for each in archive.infolist() if each.filename.startswith(_SIGNATURES)]
            for entry in named[:_MOST_ENTRIES]:
                if entry.file_size <= _LARGEST_ENTRY:
                    with suppress(*_BROKEN), archive.open(entry) as file:
                        yield file.read(_LARGEST_ENTRY)
    except _BROKEN:
        return


def _in_security_store(content: bytes) -> Iterator[bytes]:
    """The certificates that a signed PDF keeps for its verification (PAdES, DSS)."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        store = PdfFileReader(io.BytesIO(content), strict=False).root["/DSS"]
        yield from (each.get_object().data for each in store["/Certs"])
    except (PdfError, *_BROKEN, LookupError, TypeError, AttributeError, *_UNEXPECTED):
        return


def _in_cms(der: bytes) -> Iterator[bytes]:
    """The certificates in a PKCS#7 bundle or a signed message (RFC 5652)."""
    if _SIGNED_DATA not in der[:24]:
        return
    from asn1crypto import cms

    try:
        for choice in cms.ContentInfo.load(der)["content"]["certificates"]:
            if choice.name == "certificate":
                yield choice.chosen.dump()
    except (ValueError, TypeError, KeyError):
        return
