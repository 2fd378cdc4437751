"""The certificates in the content of a file."""

from esignctl.certificates.containers import pieces
from esignctl.certificates.nes import Certificate, NotACertificate, read


def in_content(content: bytes) -> list[Certificate]:
    """The certificates in the content of a file, in its order, each once; none where none are."""
    found: dict[str, Certificate] = {}
    for der in pieces(content):
        try:
            certificate = read(der)
        except NotACertificate:
            continue
        found.setdefault(certificate.fingerprint, certificate)
    return list(found.values())
