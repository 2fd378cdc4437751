"""Findings about what this computer lacks for its cards."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
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
}
