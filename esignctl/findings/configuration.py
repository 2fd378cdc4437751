"""Findings about the configuration."""

from collections.abc import Mapping
from typing import Final

from esignctl.findings.entry import FindingText
from esignctl.i18n import N_

FINDINGS: Final[Mapping[str, FindingText]] = {
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
    "CONFIG-ABSENT": FindingText(
        "info",
        N_("There is no configuration at {file}; the defaults hold."),
        N_("Write a commented sample with 'esignctl init'."),
    ),
}
