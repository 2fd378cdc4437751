"""Errors of signing with a card."""

from esignctl.errors.base import EnvironmentMissing, InputRejected, UsageError
from esignctl.i18n import N_


class SignPinMissing(UsageError):
    """Standard input does not hold the PIN."""

    code = "SIGN-PIN-MISSING"
    message = N_("Standard input must hold one line, the PIN.")
    remedy = N_("Give --pin-stdin exactly this line, or leave it out to be asked.")


class SignCertificateAmbiguous(UsageError):
    """Several certificates could be meant."""

    code = "SIGN-CERTIFICATE-AMBIGUOUS"
    message = N_("Several certificates can sign: {choices}.")
    remedy = N_("Name one with --certificate and the beginning of its fingerprint.")


class SignCertificateUnknown(UsageError):
    """No certificate has the fingerprint that was named."""

    code = "SIGN-CERTIFICATE-UNKNOWN"
    message = N_("No certificate that can sign has this fingerprint. There are: {choices}.")
    remedy = N_("Name one of these, or leave --certificate out.")


class SignPinWrong(InputRejected):
    """The card found the PIN wrong, which used up a try."""

    code = "SIGN-PIN-WRONG"
    message = N_("The PIN is wrong; nothing was signed. {tries}")
    remedy = N_(
        "Do not guess: who is not sure of the PIN sets a new one on KamuSM's page ('esignctl card"
        " pin unlock')."
    )


class SignPinLength(InputRejected):
    """What was typed is too short or too long to be the PIN of this card."""

    code = "SIGN-PIN-LENGTH"
    message = N_("This cannot be the PIN of the card; it was not given to it. {limits}")
    remedy = N_("Run the command again. No try was used.")


class SignPinLocked(EnvironmentMissing):
    """A locked PIN signs nothing."""

    code = "SIGN-PIN-LOCKED"
    message = N_("The PIN of this card is locked, so it cannot sign.")
    remedy = N_(
        "Unlock it as 'esignctl card pin unlock' shows. Never try the PUK: three wrong PUKs destroy"
        " the card."
    )


class SignPinNotSet(EnvironmentMissing):
    """The card has no PIN yet."""

    code = "SIGN-PIN-NOT-SET"
    message = N_("The card has no PIN yet, so it cannot sign.")
    remedy = N_("Create it on KamuSM's page, as 'esignctl card pin unlock' shows.")


class SignPinPad(EnvironmentMissing):
    """The PIN is typed on the reader's keys only."""

    code = "SIGN-PIN-PAD"
    message = N_("This PIN is typed on the keys of the reader {reader} and cannot be given here.")
    remedy = N_("Use a reader without keys of its own.")


class SignCertificateNone(EnvironmentMissing):
    """The card holds no certificate to sign with."""

    code = "SIGN-CERTIFICATE-NONE"
    message = N_("There is no certificate on the card that can sign.")
    remedy = N_("See what 'esignctl card certs' lists; use the card that KamuSM issued.")


class SignCertificateUnfit(EnvironmentMissing):
    """The certificate is expired, not yet valid, or revoked."""

    code = "SIGN-CERTIFICATE-UNFIT"
    message = N_("The certificate on the card cannot sign: {problem}. No PIN was asked for.")
    remedy = N_(
        "Use the card whose certificate is valid. If none is, renew it at"
        " onlineislemler.kamusm.gov.tr; if the date is wrong, set the computer's clock."
    )


class SignKeyMissing(EnvironmentMissing):
    """The card does not show the key of the certificate."""

    code = "SIGN-KEY-MISSING"
    message = N_("The card took the PIN but shows no key for this certificate.")
    remedy = N_(
        "Name another certificate with --certificate, or sign once in AKİA to see whether the card"
        " is sound."
    )


class SignFailed(EnvironmentMissing):
    """The card or its module failed; nothing was written."""

    code = "SIGN-FAILED"
    message = N_("The card did not sign ({problem}); nothing was written.")
    remedy = N_(
        "Put the card in firmly and see what 'esignctl card status' tells about it and its module;"
        " then run the command again."
    )
