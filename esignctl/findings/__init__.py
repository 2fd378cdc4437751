"""Every finding that a command can report beside its result: code, severity, text, remedy.

A finding never stops a command; an error does (``errors/``). Texts are templates in English that
are translated and filled when the finding is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from esignctl.findings import (
    cards,
    certificates,
    configuration,
    drivers,
    forms,
    payments,
    people,
    registry,
    reminders,
    signatures,
    verification,
)
from esignctl.findings.entry import FindingText, Severity
from esignctl.i18n import _

__all__ = ["FINDINGS", "Finding", "FindingText", "finding"]

FINDINGS: Final[Mapping[str, FindingText]] = {
    code: text
    for part in (
        cards.FINDINGS,
        certificates.FINDINGS,
        configuration.FINDINGS,
        drivers.FINDINGS,
        forms.FINDINGS,
        payments.FINDINGS,
        people.FINDINGS,
        registry.FINDINGS,
        reminders.FINDINGS,
        signatures.FINDINGS,
        verification.FINDINGS,
    )
    for code, text in part.items()
}
"""Every finding by its code."""


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
