"""What is still open after the decisions: who owes us, and whom we owe.

Pure: applications with what they were given come in as values. Amounts are integer kuruş. What
somebody owes and what we owe end by themselves, with the payment or the refund that closes them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from esignctl.i18n import N_
from esignctl.registry.accounts import Given, Rest

Reason = Literal["short-paid", "refunded", "unpaid", "excess", "paid-twice", "cancelled"]

REASONS: dict[str, str] = {
    "short-paid": N_("paid less than the fee"),
    "refunded": N_("the payment was given back"),
    "unpaid": N_("went on without a payment"),
    "excess": N_("paid more than the fee"),
    "paid-twice": N_("paid more than once"),
    "cancelled": N_("cancelled, but paid"),
}
"""Why something is open, for people."""


@dataclass(frozen=True, slots=True)
class Account:
    """An application as this module sees it; ``due`` is None where no price is known.

    ``moved_on``: it has reached a stage for which it should have been paid.
    """

    id: int
    due: int | None
    given: Sequence[Given]
    cancelled: bool = False
    moved_on: bool = False

    @property
    def paid(self) -> int:
        """The sum posted to it."""
        return sum(each.amount for each in self.given)


@dataclass(frozen=True, slots=True)
class Open:
    """An amount that is still to be paid, by an application or to one of several."""

    applications: tuple[int, ...]
    amount: int
    reason: Reason
    movements: tuple[int, ...]


def owed_to_us(accounts: Iterable[Account]) -> list[Open]:
    """What applications still owe that were paid in part, given back, or moved on unpaid.

    Those that simply have not paid yet are not among them.
    """
    found = []
    for account in accounts:
        missing = (account.due or 0) - account.paid
        if account.cancelled or missing <= 0:
            continue
        reason: Reason | None = None
        if account.paid > 0:
            reason = "short-paid"
        elif any(each.amount < 0 for each in account.given):
            reason = "refunded"
        elif account.moved_on:
            reason = "unpaid"
        if reason is not None:
            found.append(Open((account.id,), missing, reason, _movements(account)))
    return found


def owed_by_us(accounts: Iterable[Account], rests: Iterable[Rest]) -> list[Open]:
    """What was paid beyond the fees, for cancelled applications, or posted to none."""
    found = []
    for account in accounts:
        over = surplus(account.due, account.paid, account.cancelled)
        if over <= 0:
            continue
        reason: Reason = "excess"
        if account.cancelled:
            reason = "cancelled"
        elif sum(each.amount > 0 for each in account.given) > 1:
            reason = "paid-twice"
        found.append(Open((account.id,), over, reason, _movements(account)))
    found += [Open(rest.applications, rest.amount, "excess", (rest.movement_id,)) for rest in rests]
    return found


def surplus(due: int | None, paid: int, cancelled: bool) -> int:
    """By how much an application was paid too much; nothing where no price is known."""
    if cancelled:
        return paid
    return 0 if due is None else max(0, paid - due)


def _movements(account: Account) -> tuple[int, ...]:
    return tuple(each.movement_id for each in account.given)
