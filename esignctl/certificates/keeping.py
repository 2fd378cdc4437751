"""Certificates on their way into the registry."""

from esignctl.certificates.nes import Certificate
from esignctl.registry.certificates import StoredCertificate
from esignctl.text.dates import utc_text


def to_keep(certificate: Certificate) -> StoredCertificate:
    """The certificate as the registry keeps it."""
    return StoredCertificate(
        fingerprint=certificate.fingerprint,
        subject=certificate.subject,
        issuer=certificate.issuer,
        serial=certificate.serial,
        holder=certificate.holder,
        tckn=certificate.tckn or "",
        not_before=utc_text(certificate.not_before),
        not_after=utc_text(certificate.not_after),
        kind=certificate.kind,
        qualified=certificate.qualified,
        der=certificate.der,
    )
