"""Certificates that are named on the command line or come in files."""

from esignctl.errors.base import InputRejected, UsageError
from esignctl.i18n import N_


class CertificateAmbiguous(UsageError):
    """The beginning of a fingerprint, or a serial number, fits several certificates."""

    code = "CERTIFICATE-AMBIGUOUS"
    message = N_("{count} certificates fit that number.")
    remedy = N_("Write more of the fingerprint: {names}.")


class NoCertificate(InputRejected):
    """A file in which no certificate stands."""

    code = "FILE-NO-CERTIFICATE"
    message = N_("{file} holds no certificate.")
    remedy = N_("Name a certificate's file: .cer, .crt, .der, .pem, .p7b.")


class TrustNoAuthority(InputRejected):
    """None of the certificates in a file is an authority's."""

    code = "TRUST-NO-AUTHORITY"
    message = N_("{file} holds no certificate of an authority; nothing was added.")
    remedy = N_("Name the file of the root certificate that the authority publishes.")


class TrustFingerprintWrong(InputRejected):
    """A fingerprint that is none, or that belongs to no certificate in the file."""

    code = "TRUST-FINGERPRINT-WRONG"
    message = N_("The fingerprint is not that of a certificate in {file}; nothing was added.")
    remedy = N_(
        "Copy the SHA-256 fingerprint, 64 hexadecimal digits, from its publisher's page or paper."
        " If it is right, the file is not what it claims to be."
    )
