"""The state of an application, derived from its milestones, its fee and what was paid."""

from collections.abc import Collection
from typing import Final

from esignctl.i18n import N_

STATES: Final = {
    "awaiting-payment": N_("awaiting payment"),
    "short-paid": N_("short paid"),
    "paid": N_("paid"),
    "exempt": N_("exempt"),
    "form-received": N_("form received"),
    "approved": N_("approved"),
    "sent": N_("sent"),
    "delivered": N_("delivered"),
    "cancelled": N_("cancelled"),
}
"""Every state with its name for people."""

KINDS: Final = {
    "first": N_("first application"),
    "renewal": N_("renewal"),
    "replacement": N_("lost or stolen"),
}
"""Every kind of application with its name for people."""

_LATEST_FIRST: Final = ("cancelled", "delivered", "sent", "approved", "form-received")


def state_of(milestones: Collection[str], fee: int | None, paid: int) -> str:
    """The state of an application: a key of `STATES`.

    `milestones` are the kinds of those it has reached; `fee` is as `fees.fee_due` tells it and
    `paid` the sum posted to it, both in kuruş. Where the price is unknown (None), an amount that
    was posted was accepted by a person and counts as the price.
    """
    for milestone in _LATEST_FIRST:
        if milestone in milestones:
            return milestone
    if fee == 0:
        return "exempt"
    if paid <= 0:
        return "awaiting-payment"
    return "short-paid" if fee is not None and paid < fee else "paid"
