"""Where a certificate stands: by its dates alone, and with all that is known of it and its holder.

Rules of values; they know neither certificates nor the registry.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal

from esignctl.text.dates import ISTANBUL, in_turkey

Status = Literal["valid", "expiring", "expired", "not-yet-valid"]
State = Literal["valid", "expiring", "expired", "not-yet-valid", "revoked", "replaced"]

STATES: Final[tuple[State, ...]] = (
    "valid",
    "expiring",
    "expired",
    "not-yet-valid",
    "revoked",
    "replaced",
)
"""Every state, in the order in which people are told of them."""

HANDOVER: Final = timedelta(days=1)
"""How long after the end of a certificate its successor may begin: a renewed one begins when the
old one ends, a second or some hours later, and nobody needs to be told in between."""


@dataclass(frozen=True, slots=True)
class Period:
    """From when until when a certificate holds; both moments belong to it."""

    not_before: datetime
    not_after: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether `moment` lies within."""
        return self.not_before <= moment <= self.not_after

    def days_left(self, today: date) -> int:
        """Days from `today` to the last day here in Turkey; negative when that is over."""
        return (in_turkey(self.not_after).date() - today).days

    def status(self, now: datetime, expiring_within: int) -> Status:
        """Where it stands at `now`; `expiring` when the days left are `expiring_within` at most."""
        if now < self.not_before:
            return "not-yet-valid"
        if now > self.not_after:
            return "expired"
        return "expiring" if self.not_after < _far(now, expiring_within) else "valid"

    def is_replaced(self, others: Iterable["Period"], now: datetime) -> bool:
        """Whether one of the `others`, of the same holder and kind, takes this one's place.

        It does when it is newer and holds at `now`, or will when this one ends.
        """
        return any(
            other.holds(now)
            or (other.not_before - self.not_after <= HANDOVER and other.not_after > self.not_after)
            for other in others
            if (other.not_before, other.not_after) > (self.not_before, self.not_after)
        )


@lru_cache(maxsize=16)  # a list asks for the same moment tens of thousands of times
def _far(now: datetime, days: int) -> datetime:
    """From this moment on, in UTC, an end is more than so many days left at `now`."""
    try:
        day = in_turkey(now).date() + timedelta(days=days + 1)
        return datetime.combine(day, time(), ISTANBUL).astimezone(UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def state(
    period: Period,
    now: datetime,
    expiring_within: int,
    *,
    revoked: bool = False,
    others: Collection[Period] = (),
) -> State:
    """The state of a certificate at `now`.

    `others` are the periods of the same holder's certificates of the same kind that are not
    revoked; its own may be among them. What is revoked stays so, whatever else holds.
    """
    if revoked:
        return "revoked"
    if others and period.is_replaced(others, now):
        return "replaced"
    return period.status(now, expiring_within)
