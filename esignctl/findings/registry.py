"""Findings about the registry."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "REGISTRY-CREATED": FindingText(
        "warning",
        N_("There was no registry at {file}; an empty one was made there."),
        N_("If you meant another registry, name it with --registry and delete the empty one."),
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
