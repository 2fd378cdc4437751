"""Certificates that are named on the command line or come in files."""

from esignctl.errors.base import UsageError
from esignctl.i18n import N_


class CertificateAmbiguous(UsageError):
    """The beginning of a fingerprint, or a serial number, fits several certificates."""

    code = "CERTIFICATE-AMBIGUOUS"
    message = N_("{count} certificates fit that number.")
    remedy = N_("Write more of the fingerprint: {names}.")
