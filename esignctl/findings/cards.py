"""Findings about the card, its reader and its PIN."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "CARD-EXTRA-MISSING": FindingText(
        "error",
        N_("The libraries that talk to card readers are not installed."),
        N_(
            "Install them: pip install 'esignctl[card]' (on Debian, Ubuntu and Pardus after"
            " 'apt install pcscd libpcsclite-dev gcc python3-dev'). Everything else works without."
        ),
    ),
    "CARD-SERVICE-ABSENT": FindingText(
        "error",
        N_("The computer's smart card service does not answer ({code})."),
        N_("{how}"),
    ),
    "CARD-ACCESS-DENIED": FindingText(
        "error",
        N_("The system refuses this user access to {what}."),
        N_("{how}"),
    ),
    "CARD-NO-READER": FindingText(
        "error",
        N_("No card reader is connected{which}."),
        N_(
            "Plug it in directly and try another port; install the reader's driver if the system"
            " shows it with a warning, and try it at another computer."
        ),
    ),
    "CARD-ABSENT": FindingText(
        "error",
        N_("There is no card in {reader}."),
        N_("Push the card in, chip first, until it stops; clean it and try another reader."),
    ),
    "CARD-MUTE": FindingText(
        "error",
        N_("The card in {reader} does not answer."),
        N_(
            "Take it out, look that the chip is on the reader's side, clean it and put it in"
            " firmly. If another reader cannot read it either, the card is broken: apply for a new"
            " one."
        ),
    ),
    "CARD-BUSY": FindingText(
        "error",
        N_("Another program holds the card in {reader} for itself."),
        N_("Close the program that may hold it ({holders}), and look again."),
    ),
    "CARD-UNKNOWN": FindingText(
        "error",
        N_("No module of this computer knows the card in {reader} (ATR {atr})."),
        N_(
            "If it is a signature card, install the software of its issuer and name its PKCS#11"
            " module in card.modules of the configuration."
        ),
    ),
    "CARD-NES-OR-IDENTITY": FindingText(
        "info",
        N_(
            "The card in {reader} is an AKİS of the newer family: a signature card or a national"
            " identity card. Its ATR does not tell which, only its certificates do."
        ),
        N_("Look at the print on the card, or read its certificates once the module works."),
    ),
    "CARD-NOT-RECORDED": FindingText(
        "warning",
        N_("What was seen was not kept in the registry: {problem}"),
        N_("{remedy}"),
    ),
    "MODULE-MISSING": FindingText(
        "error",
        N_("The PKCS#11 module is not there: {module}."),
        N_(
            "Install the card's software for this system from {page}, or name the module's file in"
            " card.modules of the configuration."
        ),
    ),
    "MODULE-FAILED": FindingText(
        "error",
        N_("The PKCS#11 module {module} does not work: {problem}."),
        N_(
            "Close other programs that use the card, then install the newest version for this"
            " system from {page}. Try another reader: some old ones do not get on with some cards."
        ),
    ),
    "MODULE-BITNESS": FindingText(
        "error",
        N_("The PKCS#11 module {module} is for another kind of program ({bits} bits)."),
        N_("Install a Python and a module of the same architecture, best both of 64 bits."),
    ),
    "PIN-LOW": FindingText(
        "warning",
        N_("A wrong PIN was entered at the card in {reader}; fewer tries are left than usual."),
        N_("Make sure of the PIN before the next try: the right one sets the counter back."),
    ),
    "PIN-FINAL-TRY": FindingText(
        "error",
        N_("One try is left for the PIN of the card in {reader}: a wrong one locks it."),
        N_(
            "Do not guess. If the holder is not certain, set a new PIN: 'esignctl card pin unlock'."
        ),
    ),
    "PIN-LOCKED": FindingText(
        "error",
        N_("The PIN of the card in {reader} is locked."),
        N_(
            "Unlock it online at KamuSM, never with the PUK: 'esignctl card pin unlock' guides"
            " through it."
        ),
    ),
    "PIN-NOT-SET": FindingText(
        "warning",
        N_("The card in {reader} has no PIN yet."),
        N_(
            "The holder creates it at onlineislemler.kamusm.gov.tr, once the certificate is valid:"
            " 'esignctl card pin unlock' guides through it."
        ),
    ),
    "CLOCK-WRONG": FindingText(
        "error",
        N_("The computer's clock cannot be right: it says {now}."),
        N_("Set date and time by the network; validity of certificates is judged by them."),
    ),
    "REMOTE-SESSION": FindingText(
        "info",
        N_("This is a remote session ({kind}), which may hide readers or slow them down."),
        N_("If a reader is missing, work at the computer that it is plugged into."),
    ),
}
