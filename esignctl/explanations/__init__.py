"""The human explanation of every code that the program can print.

They stand apart from the messages, which are short, filled with facts, and shown every time.
"""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations import (
    cards,
    certificates,
    configuration,
    drivers,
    files,
    forms,
    payments,
    people,
    pins,
    reasons,
    registry,
    reminders,
    signing,
    usage,
    verification,
)
from esignctl.explanations.entry import Explanation

__all__ = ["EXPLANATIONS", "Explanation"]

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    code: explanation
    for part in (
        usage.EXPLANATIONS,
        configuration.EXPLANATIONS,
        files.EXPLANATIONS,
        forms.EXPLANATIONS,
        people.EXPLANATIONS,
        payments.EXPLANATIONS,
        reasons.EXPLANATIONS,
        registry.EXPLANATIONS,
        reminders.EXPLANATIONS,
        cards.EXPLANATIONS,
        certificates.EXPLANATIONS,
        pins.EXPLANATIONS,
        signing.EXPLANATIONS,
        drivers.EXPLANATIONS,
        verification.EXPLANATIONS,
    )
    for code, explanation in part.items()
}
"""Every code's explanation."""
