"""Findings about certificates."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "SCAN-UNREADABLE": FindingText(
        "warning",
        N_("{count} files or folders could not be read."),
        N_("See why in the list of what was left out; the others were taken."),
    ),
    "SCAN-STRANGERS": FindingText(
        "info",
        N_("{count} holders of e-signatures are not registered."),
        N_(
            "Register those that you look after with 'esignctl person add' or 'esignctl person"
            " import'; nobody else is reminded."
        ),
    ),
    "CERT-NONE": FindingText(
        "error",
        N_("There is no certificate on the card in {reader}."),
        N_(
            "Open the card in AKİA; if it shows none either, it was not loaded: call KamuSM at"
            " 444 5 576."
        ),
    ),
    "CERT-EXPIRED": FindingText(
        "error",
        N_("The certificate {which} expired on {last_day}."),
        N_(
            "Renew it at onlineislemler.kamusm.gov.tr: the application is now confirmed by hand"
            " signature on the printed form. If a renewed card came, use that one."
        ),
    ),
    "CERT-EXPIRING": FindingText(
        "warning",
        N_("The certificate on the card in {reader} expires on {last_day} (days left: {days})."),
        N_(
            "Renew it at onlineislemler.kamusm.gov.tr while it is valid: the application can then"
            " be confirmed with the e-signature itself."
        ),
    ),
    "CERT-NOT-YET-VALID": FindingText(
        "warning",
        N_("The certificate {which} is valid from {first_day} only."),
        N_(
            "Sign with the old card until then. If that day is over, the computer's clock is wrong."
        ),
    ),
    "CERT-NOT-QUALIFIED": FindingText(
        "warning",
        N_("The card in {reader} holds no qualified certificate."),
        N_(
            "Signatures with it do not replace a hand-written one: use the card that KamuSM issued"
            " for e-signatures."
        ),
    ),
    "CERT-REVOKED": FindingText(
        "error",
        N_("The certificate {which} was revoked{details}."),
        N_("It cannot be used again: apply for a new one, as after a loss."),
    ),
}
