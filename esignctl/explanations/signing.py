"""Signing PDF files with a card, and verifying them."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "SIGN-PIN-MISSING": Explanation(
        N_(
            "With --pin-stdin the PIN is read from standard input, one line, and that is missing,"
            " empty, or there is more."
        ),
    ),
    "SIGN-CERTIFICATE-AMBIGUOUS": Explanation(
        N_(
            "Several cards are plugged in, or a card holds several certificates that are valid now,"
            " and the program never chooses in whose name it signs."
        ),
    ),
    "SIGN-CERTIFICATE-UNKNOWN": Explanation(
        N_("The fingerprint after --certificate is none of the cards that are plugged in."),
    ),
    "SIGN-PIN-WRONG": Explanation(
        N_("The card compared the PIN and found it wrong. That has used up one try."),
    ),
    "SIGN-PIN-LENGTH": Explanation(
        N_(
            "What was typed is shorter or longer than this card's PINs are. It was not given to the"
            " card, where it could have cost a try."
        ),
    ),
    "SIGN-PIN-LOCKED": Explanation(
        N_("After three wrong PINs a card locks, and then takes the right one neither."),
    ),
    "SIGN-PIN-NOT-SET": Explanation(
        N_(
            "A card comes without a PIN, and its holder creates the first one on KamuSM's page."
            " Until then it signs nothing."
        ),
    ),
    "SIGN-PIN-PAD": Explanation(
        N_(
            "The reader has keys of its own, and this card's PIN is typed on them only. esignctl"
            " does not see it and cannot sign with it."
        ),
    ),
    "SIGN-CERTIFICATE-NONE": Explanation(
        N_(
            "The card can be read but holds no certificate of a person with a key that signs: it is"
            " empty, or its certificate was not loaded."
        ),
    ),
    "SIGN-CERTIFICATE-UNFIT": Explanation(
        N_(
            "A signature counts only if the certificate is valid when it is made. This one is"
            " expired, begins later, or is known to be revoked."
        ),
    ),
    "SIGN-KEY-MISSING": Explanation(
        N_(
            "The certificate stands on the card, but the module shows no private key that belongs"
            " to it, or several of which none is told apart."
        ),
    ),
    "SIGN-FAILED": Explanation(
        N_(
            "The card was pulled out, another program took it, or its module failed or took too"
            " long. Nothing was written; if the PIN was right, no try was used."
        ),
    ),
    "PDF-NOT": Explanation(
        N_("Only PDF files are signed and verified, and the file does not begin like one."),
    ),
    "PDF-DAMAGED": Explanation(
        N_(
            "The file begins like a PDF, but its parts cannot be found or read: it is cut off, was"
            " changed on the way, or its maker wrote it wrongly."
        ),
    ),
    "PDF-ENCRYPTED": Explanation(
        N_("An encrypted PDF cannot take a signature that others can verify without the password."),
    ),
    "PDF-CHANGES-FORBIDDEN": Explanation(
        N_(
            "Whoever signed last has locked the document. A further signature would be a change,"
            " and would make that signature void."
        ),
    ),
    "PDF-FIELD-REFUSED": Explanation(
        N_(
            "The signature field that was named is not there or is signed already, or its maker"
            " demands something of a signature that this one does not have."
        ),
    ),
    "PDF-PAGE-MISSING": Explanation(
        N_("The page after --page is beyond the document's end."),
    ),
    "TIMESTAMP-FAILED": Explanation(
        N_(
            "[timestamp] in the configuration names a server for time-stamps, and it cannot be"
            " reached, refuses, or answers with something else. It is asked before the PIN, too."
        ),
        N_(
            "Check address, user name and password, and that the firewall lets the server through."
            " Without --no-timestamp nothing is signed that lacks the time-stamp."
        ),
    ),
    "SIGNATURE-NONE": Explanation(
        N_(
            "The PDF can be read and has no signature in it: it was never signed, was signed on"
            " paper and scanned, or went through a program that drops signatures."
        ),
    ),
    "SIGNATURE-UNREADABLE": Explanation(
        N_(
            "The document says that there is a signature, but it is damaged or of a kind that is no"
            " longer in use."
        ),
    ),
    "SIGNATURE-ALTERED": Explanation(
        N_(
            "A signature holds a digest of what was signed, and the document's does not agree:"
            " at least one byte is another one."
        ),
    ),
    "SIGNATURE-FORGED": Explanation(
        N_(
            "The certificate names a person, but its key did not make this signature. Somebody may"
            " have put the certificate beside a signature of their own."
        ),
    ),
    "SIGNATURE-WEAK": Explanation(
        N_(
            "The signature rests on SHA-1, MD5 or a short key. When these were new they were good;"
            " by now others can make documents that fit them."
        ),
    ),
    "SIGNATURE-PARTIAL": Explanation(
        N_(
            "A signature names the bytes that it covers, and these do not reach from the beginning"
            " to the end of what stood there. The rest can be anything."
        ),
    ),
    "SIGNATURE-CHANGED-AFTER": Explanation(
        N_(
            "PDF allows additions behind a signature. What was added here is more than further"
            " signatures and filled-in fields, or more than the signer allowed."
        ),
    ),
    "SIGNATURE-FORMS-AFTER": Explanation(
        N_(
            "Form fields were filled in behind the signature, which PDF allows unless the signer"
            " forbids it. The signer has not seen these entries."
        ),
    ),
    "SIGNATURE-NOT-QUALIFIED": Explanation(
        N_(
            "By law 5070 only a signature with a qualified certificate (NES) counts like one by"
            " hand, and this certificate does not say that it is one."
        ),
    ),
    "SIGNATURE-CERTIFICATE-EXPIRED": Explanation(
        N_("The signature is later than the last day of its certificate."),
    ),
    "SIGNATURE-CERTIFICATE-EARLY": Explanation(
        N_(
            "The signature is earlier than the first day of its certificate, as happens with a"
            " renewed card before the old one has ended, or with a wrong clock."
        ),
    ),
    "SIGNATURE-CERTIFICATE-REVOKED": Explanation(
        N_(
            "The issuer says that the certificate was revoked before the time of the signature: the"
            " card was lost or stolen, or its holder left."
        ),
    ),
    "SIGNATURE-TIME-CLAIMED": Explanation(
        N_(
            "Without a time-stamp the time comes from the clock of the computer that signed, which"
            " anybody can set."
        ),
    ),
    "SIGNATURE-TIME-UNPROVEN": Explanation(
        N_(
            "Whoever has a revoked card can sign with it and set the clock back, so the time that"
            " the signature claims does not prove that it came before the revocation."
        ),
    ),
    "SIGNATURE-TIME-FUTURE": Explanation(
        N_("The clock of the computer that signed, or of this one, is wrong."),
    ),
    "SIGNATURE-TIME-MISSING": Explanation(
        N_("Neither the signature nor the document holds a time for it."),
    ),
    "SIGNATURE-TIMESTAMP-BROKEN": Explanation(
        N_(
            "The time-stamp belongs to another signature, is not made by its authority's key, or"
            " its certificate is not one for time-stamps."
        ),
    ),
    "SIGNATURE-TIMESTAMP-UNPROVEN": Explanation(
        N_(
            "A time-stamp is somebody's word for a time, and no trusted authority stands behind"
            " this one, or it could not be learnt whether it still does."
        ),
    ),
}
