"""What one message is to tell: values that templates and channels work from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from esignctl.settings import Institution

Route = Literal["e-signature", "wet-signature"]
"""How a renewal is signed: with the certificate while it holds, by hand after that."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What a holder whose group pays has to pay, and how. `amount` is kuruş.

    `description` is to be typed exactly so; `code` is the reference code in it, empty as long as
    there is no application.
    """

    amount: int
    iban: str
    account_holder: str
    bank: str
    description: str
    code: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One message about one certificate. `not_after` is in UTC.

    `days_left` counts days of Turkey, negative after the end; `threshold` is the one that made the
    message due, 0 for the notice after the end.
    """

    name: str
    title: str
    unit: str
    email: str
    phone: str
    serial: str
    not_after: datetime
    threshold: int
    days_left: int
    route: Route
    payment: Payment | None
    institution: Institution
