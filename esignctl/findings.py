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
