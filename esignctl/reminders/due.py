"""Who is due which reminder: rules of days, states and routes.

Days are those of Turkey. A holder is told once for each threshold, and only for the tightest one
that applies: who is found with twenty days left hears of thirty, not of ninety and sixty too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from esignctl import certificates
from esignctl.people import Standing
from esignctl.reminders.notice import Notice, Route
from esignctl.text import dates

AFTER_END: Final = 0
"""The threshold of the one notice after the end."""

_UNDER_WAY: Final = ("paid", "exempt", "form-received", "approved", "sent", "delivered")


@dataclass(frozen=True, slots=True)
class Band:
    """The certificates of one threshold: those that end from `first` until `before` it, in UTC."""

    threshold: int
    first: str
    before: str


def bands(days: Sequence[int], after_end: int, now: datetime) -> list[Band]:
    """What is due at `now` (UTC) for each threshold in `days`, and for the notice after the end.

    The notice is for certificates that ended within `after_end` days: nobody is told of one that
    ended long before this program was set up.
    """
    today = now.astimezone(dates.ISTANBUL).date()
    moment = dates.utc_text(now)
    found = [Band(AFTER_END, certificates.midnight(today - timedelta(days=after_end)), moment)]
    below = -1
    for threshold in sorted(days):
        first = moment if below < 0 else certificates.midnight(today + timedelta(days=below + 1))
        found.append(
            Band(threshold, first, certificates.midnight(today + timedelta(days=threshold + 1)))
        )
        below = threshold
    return found


def route(not_after: datetime, now: datetime) -> Route:
    """Which way of renewing is open at `now`."""
    return "e-signature" if now <= not_after else "wet-signature"


def as_of(notice: Notice, now: datetime) -> Notice:
    """The notice with the days and the route of another moment."""
    today = now.astimezone(dates.ISTANBUL).date()
    left = (notice.not_after.astimezone(dates.ISTANBUL).date() - today).days
    way = route(notice.not_after, now)
    if (left, way) == (notice.days_left, notice.route):
        return notice
    return replace(notice, days_left=left, route=way)


def renewal_under_way(standings: Sequence[Standing], not_before: datetime) -> bool:
    """Whether a holder's renewal is past payment, so that nothing need be said.

    An application from before the certificate began led to that certificate.
    """
    began = not_before.astimezone(dates.ISTANBUL).date()
    return any(each.state in _UNDER_WAY for each in renewals(standings, began))


def renewals(standings: Sequence[Standing], since: date) -> list[Standing]:
    """Those of a holder's applications that renew a certificate which began on a day."""
    return [
        each
        for each in standings
        if each.application.kind == "renewal"
        and each.application.opened_on >= since
        and each.state != "cancelled"
    ]
