"""Findings about the signatures of documents."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "SIGNATURE-NONE": FindingText(
        "warning",
        N_("{file} holds no signature."),
        N_("If it should be signed, ask for the signed copy; a picture of a signature is none."),
    ),
    "SIGNATURE-UNREADABLE": FindingText(
        "error",
        N_("What stands in the signature field {field} cannot be read as a signature."),
        N_("Treat the document as not signed there, and ask for it again."),
    ),
    "SIGNATURE-ALTERED": FindingText(
        "error",
        N_("The document is not what was signed in {field}: its bytes were changed."),
        N_("Do not rely on it; ask the signer for the original file, sent in another way."),
    ),
    "SIGNATURE-FORGED": FindingText(
        "error",
        N_("The signature in {field} was not made with the key of the certificate beside it."),
        N_("Do not rely on it; ask the person who is named whether they signed."),
    ),
    "SIGNATURE-WEAK": FindingText(
        "warning",
        N_("The signature in {field} was made with methods that are broken by now."),
        N_("Such signatures can be forged: ask for a new one, by a program that is kept current."),
    ),
    "SIGNATURE-PARTIAL": FindingText(
        "error",
        N_("The signature in {field} covers a part of the document only."),
        N_("Do not rely on what it does not cover; ask for a document that is signed as a whole."),
    ),
    "SIGNATURE-CHANGED-AFTER": FindingText(
        "error",
        N_("After the signature in {field} the document was changed as it does not allow."),
        N_("Compare it with the signer's copy; what they saw is not what stands here now."),
    ),
    "SIGNATURE-FORMS-AFTER": FindingText(
        "warning",
        N_("After the signature in {field} somebody filled in form fields."),
        N_("Read these fields as not signed, unless a later signature covers them."),
    ),
    "SIGNATURE-NOT-QUALIFIED": FindingText(
        "warning",
        N_("The signature in {field} was made with a certificate that is not a qualified one."),
        N_("It does not replace a hand-written signature: ask for one with a NES card."),
    ),
    "SIGNATURE-CERTIFICATE-EXPIRED": FindingText(
        "error",
        N_("The certificate of the signature in {field} had expired on {last}: signed {at}."),
        N_("The signature does not count; ask for one with a valid certificate, or on paper."),
    ),
    "SIGNATURE-CERTIFICATE-EARLY": FindingText(
        "error",
        N_("The certificate of the signature in {field} begins on {first} only: signed {at}."),
        N_(
            "The signer's clock may be wrong; ask for a signature with a certificate that is valid."
        ),
    ),
    "SIGNATURE-CERTIFICATE-REVOKED": FindingText(
        "error",
        N_("The certificate of the signature in {field} was revoked when it signed, {at}."),
        N_("The signature does not count; ask the person who is named whether they signed."),
    ),
    "SIGNATURE-TIME-CLAIMED": FindingText(
        "info",
        N_("When the signature in {field} was made is only what the signer's computer says."),
        N_("Where the time matters, ask for a signature with a time-stamp."),
    ),
    "SIGNATURE-TIME-UNPROVEN": FindingText(
        "warning",
        N_(
            "The certificate of the signature in {field} was revoked since, and nobody confirms"
            " that it signed before."
        ),
        N_("Ask the signer; only a time-stamp would have proved it."),
    ),
    "SIGNATURE-TIME-FUTURE": FindingText(
        "warning",
        N_("The signature in {field} claims to be made later than now, on {moment}."),
        N_("Check this computer's clock; if it is right, the signer's is wrong."),
    ),
    "SIGNATURE-TIME-MISSING": FindingText(
        "warning",
        N_("The signature in {field} does not tell when it was made."),
        N_("Its certificate was judged as of now; ask the signer for the day."),
    ),
    "SIGNATURE-TIMESTAMP-BROKEN": FindingText(
        "warning",
        N_("The time-stamp of the signature in {field} is not sound."),
        N_("Its time was not used; ask for a signature with a sound time-stamp."),
    ),
    "SIGNATURE-TIMESTAMP-UNPROVEN": FindingText(
        "warning",
        N_("Nobody who is trusted stands for the time-stamp of the signature in {field}."),
        N_(
            "Its time was not used. If the time-stamp's authority is a right one, add its root with"
            " 'esignctl cert trust add FILE'."
        ),
    ),
}
