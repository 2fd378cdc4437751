"""Lists of revoked certificates as an index, for looking up many certificates in one.

A home of `cryptography`, which reads a list of a hundred thousand in a tenth of a second.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from esignctl.certificates.verdicts import UNSPECIFIED

if TYPE_CHECKING:
    from cryptography import x509


def revoked_in(content: bytes) -> Mapping[int, tuple[datetime, str]] | None:
    """Serial numbers on a list with time and reason.

    None for what is no plain list: one that also tells of other issuers' certificates, that only
    changes another list, or that says something of a certificate which must be understood.
    """
    from cryptography import x509

    try:
        found = (
            x509.load_pem_x509_crl(content)
            if content.lstrip().startswith(b"-----")
            else x509.load_der_x509_crl(content)
        )
        if not all(map(_is_plain, found.extensions)):
            return None
        revoked = {}
        for entry in found:
            reason = UNSPECIFIED
            for extension in entry.extensions:
                if isinstance(extension.value, x509.CRLReason):
                    reason = _words(extension.value.reason.name)
                elif extension.critical:
                    return None
            revoked[entry.serial_number] = (entry.revocation_date_utc, reason)
    except (ValueError, TypeError, x509.DuplicateExtension):
        return None
    return revoked


def _is_plain(extension: "x509.Extension[x509.ExtensionType]") -> bool:
    from cryptography import x509

    match extension.value:
        case x509.IssuingDistributionPoint() as scope:
            return not scope.indirect_crl and scope.only_some_reasons is None
    return not extension.critical


def _words(name: str) -> str:
    return name.replace("_", "-")
