"""What stands in the catalogue of findings for one code."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class FindingText:
    """What stands in the catalogue for one code."""

    severity: Severity
    message: str
    remedy: str
