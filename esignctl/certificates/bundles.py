"""The certificates in a file of them: DER, PEM (several, with texts between) or PKCS#7.

A home of `cryptography`, for PKCS#7.
"""

import base64
import binascii
import re
from typing import Final

from esignctl.certificates.nes import Certificate, NotACertificate, read

_PEM: Final = re.compile(
    rb"-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE|PKCS7|CMS)-----\s*([A-Za-z0-9+/=\s]+?)"
    rb"\s*-----END \1-----"
)


def in_content(content: bytes) -> list[Certificate]:
    """The certificates in the content of a file, in its order, each once; none where none are."""
    found: dict[str, Certificate] = {}
    for der in _pieces(content):
        try:
            certificate = read(der)
        except NotACertificate:
            continue
        found.setdefault(certificate.fingerprint, certificate)
    return list(found.values())


def _pieces(content: bytes) -> list[bytes]:
    pieces = []
    for kind, body in _PEM.findall(content):
        try:
            der = base64.b64decode(body)
        except binascii.Error:
            continue
        pieces += [der] if b"CERTIFICATE" in kind else _in_pkcs7(der)
    return pieces or [content, *_in_pkcs7(content)]


def _in_pkcs7(der: bytes) -> list[bytes]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs7

    try:
        found = pkcs7.load_der_pkcs7_certificates(der)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return []
    return [each.public_bytes(serialization.Encoding.DER) for each in found]
