"""Every finding that a command can report beside its result: code, severity, text, remedy.

A finding never stops a command; an error does (``errors.py``). Texts are templates in English that
are translated and filled when the finding is shown.
"""

from dataclasses import dataclass
from typing import Literal

from esignctl.i18n import N_, _

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class FindingText:
    """What stands in the catalogue for one code."""

    severity: Severity
    message: str
    remedy: str


FINDINGS: dict[str, FindingText] = {
    "IBAN-BANK-MISMATCH": FindingText(
        "warning",
        N_("account.bank says {named}, but the bank code {code} in account.iban is {actual}'s."),
        N_("Ask the finance office which one is right, and correct the configuration."),
    ),
    "FEES-MISSING": FindingText(
        "warning",
        N_("The configuration has no fees, so nobody owes anything and no payment can match."),
        N_("Add [[fees]] entries to {file} ('esignctl init' writes a commented sample)."),
    ),
    "BALANCE-BREAK": FindingText(
        "warning",
        N_("{file}: the running balance does not add up at row {rows}."),
        N_("Rows may be missing or changed: compare with the bank, or export the file again."),
    ),
    "STATEMENT-OPEN-END": FindingText(
        "warning",
        N_("{file}: the last line does not end; the file may be cut off there."),
        N_("Compare its last movement with the bank, or export the statement again."),
    ),
    "CONFIG-ABSENT": FindingText(
        "info",
        N_("There is no configuration at {file}; the defaults hold."),
        N_("Write a commented sample with 'esignctl init'."),
    ),
    "GROUP-MISSING": FindingText(
        "warning",
        N_("{count} people have no group, so their applications cost nothing."),
        N_("Import a list with the column Grup, or set it with 'esignctl person edit --group'."),
    ),
    "REGISTRY-CREATED": FindingText(
        "warning",
        N_("There was no registry at {file}; an empty one was made there."),
        N_("If you meant another registry, name it with --registry and delete the empty one."),
    ),
    "FEE-UNKNOWN": FindingText(
        "warning",
        N_("The configuration has no fee for '{kind}' of group '{group}', though the group pays."),
        N_("Add a [[fees]] entry for this kind and group to the configuration."),
    ),
    "APPLICATION-UNPAID": FindingText(
        "warning",
        N_("Application {number} went on although {missing} TL of its fee are not paid."),
        N_("Ask for the payment, or post one that waits in 'esignctl payments review'."),
    ),
    "APPLICATION-REFUND": FindingText(
        "warning",
        N_("Application {number} is cancelled, but {paid} TL were paid for it."),
        N_("Decide on a refund, and undo the posting when the money has gone back."),
    ),
    "ROWS-REJECTED": FindingText(
        "warning",
        N_("{file}: {count} of {read} rows were not taken."),
        N_("Correct the named rows in the file and import it again; rows taken stay as they are."),
    ),
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
    "DRIVER-SERVICE": FindingText(
        "error",
        N_("The smart card service {name} is not installed."),
        N_("{how}"),
    ),
    "DRIVER-STOPPED": FindingText(
        "error",
        N_("The smart card service {name} is installed but does not answer."),
        N_("{how}"),
    ),
    "DRIVER-READER": FindingText(
        "error",
        N_("The reader {reader} is plugged in, but the smart card service does not see it."),
        N_("{how} Then plug the reader in again."),
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
        N_("The certificate on the card in {reader} expired on {last_day}."),
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
        N_("The certificate on the card in {reader} is valid from {first_day} only."),
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
        N_("The certificate on the card in {reader} was revoked."),
        N_("It cannot be used again: apply for a new one, as after a loss."),
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
    "REGISTRY-SCHEMA-CHANGED": FindingText(
        "error",
        N_("Tables or safeguards of the registry differ from what this program makes: {names}."),
        N_("Somebody changed the file with another tool: restore the latest good backup."),
    ),
    "REGISTRY-KEY-BROKEN": FindingText(
        "error",
        N_("Rows of the registry refer to rows that do not exist: {rows}."),
        N_("Somebody changed the file with another tool: restore the latest good backup."),
    ),
    "REGISTRY-AUDIT-BROKEN": FindingText(
        "error",
        N_("The audit log is not as it was written, from row {row} on."),
        N_("Keep the file as evidence, tell the person responsible, and compare with a backup."),
    ),
    "REGISTRY-POSTING-UNTOLD": FindingText(
        "error",
        N_("Postings and the audit log disagree about: {rows}."),
        N_("Compare them with the account statement, and with a backup of the registry."),
    ),
    "REGISTRY-SUM-WRONG": FindingText(
        "error",
        N_("More was posted than was paid in these movements: {rows}."),
        N_("Look at each with 'esignctl payments list', and undo what is wrong."),
    ),
    "REGISTRY-REVERSAL-WRONG": FindingText(
        "error",
        N_("These postings do not cancel what they reverse: {rows}."),
        N_("Compare them with the account statement, and with a backup of the registry."),
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation that a reader should know of."""

    code: str
    severity: Severity
    message: str
    remedy: str

    def as_json(self) -> dict[str, str]:
        """The finding as the JSON envelope carries it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "remedy": self.remedy,
        }


def finding(code: str, /, **fields: object) -> Finding:
    """The finding ``code`` with its texts in the active language, filled with ``fields``."""
    text = FINDINGS[code]
    return Finding(
        code, text.severity, _(text.message).format(**fields), _(text.remedy).format(**fields)
    )
