"""Findings about account statements."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "BALANCE-BREAK": FindingText(
        "warning",
        N_("{file}: the running balance does not add up at row {rows}."),
        N_("Rows may be missing or changed: compare with the bank, or export the file again."),
    ),
    "PAYER-LEARNED": FindingText(
        "info",
        N_("Learned: the {kind} of movement {movement} speaks for {application} from now on."),
        N_(
            "If that is wrong: 'esignctl payments learned remove {lesson}'. See all with 'esignctl"
            " payments learned list'."
        ),
    ),
    "STATEMENT-OPEN-END": FindingText(
        "warning",
        N_("{file}: the last line does not end; the file may be cut off there."),
        N_("Compare its last movement with the bank, or export the statement again."),
    ),
}
