"""Findings of reminders: what could not be delivered, and to whom nothing can be sent."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "REMINDERS-FAILED": FindingText(
        "error",
        N_("{count} reminders were not delivered and will be tried again."),
        N_("See 'esignctl reminders list --state failed' if it goes on."),
    ),
    "REMINDERS-REFUSED": FindingText(
        "error",
        N_("{count} reminders were refused for good."),
        N_(
            "Correct the addresses ('esignctl person edit'), then 'esignctl reminders retry'; see"
            " 'esignctl reminders list --state refused'."
        ),
    ),
    "REMINDERS-NO-ADDRESS": FindingText(
        "warning",
        N_("{count} reminders have no address to go to."),
        N_("Add the e-mail addresses or telephone numbers of these people and run it again."),
    ),
    "REMINDERS-AT-WORK": FindingText(
        "info",
        N_("Another run is sending reminders at this moment, so this one sent none."),
        N_("Wait until it has ended; nothing is lost."),
    ),
    "REMINDERS-INTERRUPTED": FindingText(
        "error",
        N_("The server stopped taking messages: {problem}. {count} reminders wait for it."),
        N_("They do not count as tried; the next run sends them."),
    ),
}
