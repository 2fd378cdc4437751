"""Findings about people and applications."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "GROUP-MISSING": FindingText(
        "warning",
        N_("{count} people have no group, so their applications cost nothing."),
        N_("Import a list with the column Grup, or set it with 'esignctl person edit --group'."),
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
}
