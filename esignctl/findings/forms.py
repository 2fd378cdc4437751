"""Findings about forms."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
    "FORM-LEFT-OUT": FindingText(
        "info",
        N_("Applications that the form is not for were left out: {count} ({reason})."),
        N_("Name one with --application to make it all the same."),
    ),
    "FORM-CHARACTERS": FindingText(
        "warning",
        N_("Characters that no font has are shown as �: {characters}."),
        N_("Correct the names, or put a font that has them beside the templates."),
    ),
    "FORM-CERTIFICATE-VALID": FindingText(
        "warning",
        N_("The certificate of {about} is valid until {day}: the renewal can be signed with it."),
        N_("Renew on KamuSM's page and sign the last screen with e-İMZA; no paper is needed."),
    ),
}
