"""Errors of PDF files that are to be signed or verified, and of time-stamp servers."""

from esignctl.errors.base import EnvironmentMissing, InputRejected
from esignctl.i18n import N_


class PdfNot(InputRejected):
    """The file is no PDF."""

    code = "PDF-NOT"
    message = N_("{file} is no PDF.")
    remedy = N_("Save or print the document as PDF and name that file.")


class PdfDamaged(InputRejected):
    """The file begins as a PDF but cannot be read as one."""

    code = "PDF-DAMAGED"
    message = N_("{file} is a damaged or incomplete PDF.")
    remedy = N_("Download or make it again. A damaged document cannot be signed nor verified.")


class PdfEncrypted(InputRejected):
    """The file is encrypted, with or without a password to open it."""

    code = "PDF-ENCRYPTED"
    message = N_("{file} is encrypted or protected by a password.")
    remedy = N_("Save it without protection in the program that made it, and name that file.")


class PdfChangesForbidden(InputRejected):
    """An earlier signature forbids every change, so also a further signature."""

    code = "PDF-CHANGES-FORBIDDEN"
    message = N_("{file}: the signature in the field {field} allows no further signature.")
    remedy = N_("Ask its signer for a copy that may still be signed; this one would become void.")


class PdfFieldRefused(InputRejected):
    """There is no such signature field, it is signed already, or it demands what we do not do."""

    code = "PDF-FIELD-REFUSED"
    message = N_("{file} cannot be signed in the field {field}: {problem}.")
    remedy = N_("Name an empty signature field with --field, or leave --field out for a new one.")


class PdfPageMissing(InputRejected):
    """The document has no such page."""

    code = "PDF-PAGE-MISSING"
    message = N_("{file} has no page {page}; it has {count}.")
    remedy = N_("Name an existing page with --page, or leave it out for the last one.")


class TimestampFailed(EnvironmentMissing):
    """The time-stamp server gives no usable time-stamp."""

    code = "TIMESTAMP-FAILED"
    message = N_(
        "The time-stamp server {server} gave no time-stamp ({problem}); nothing was written."
    )
    remedy = N_(
        "Check [timestamp] in the configuration and the network, or sign without a time-stamp:"
        " --no-timestamp."
    )
