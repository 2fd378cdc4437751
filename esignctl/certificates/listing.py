"""Choosing among the certificates of the registry, as they stand at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from esignctl.certificates.keeping import midnight, period, state_of
from esignctl.certificates.states import Period, State
from esignctl.registry import Connection, certificates
from esignctl.registry.certificates import Held
from esignctl.text.dates import ISTANBUL, utc_text
from esignctl.text.folding import tokens

OVER: Final[tuple[State, ...]] = ("expired", "revoked", "replaced")
"""The states of a certificate whose end nobody has to wait for any more."""

# later than any time, the last second of the year 9999 included
_NEVER: Final = "~"
_NOON: Final = time(12)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which certificates are meant; what is empty or None limits nothing.

    `expiring` is within how many days they end; with it, those that are `OVER` are meant only when
    `states` names their state. `between` are the first and the last day on which they end. `unit`
    are words of the name of the holder's unit.
    """

    expiring: int | None = None
    between: tuple[date, date] | None = None
    states: frozenset[State] = frozenset()
    unit: str = ""
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate with its state and its days left at the moment of the list."""

    held: Held
    period: Period
    state: State
    days_left: int

    @property
    def is_of_an_office(self) -> bool:
        """Whether it belongs to a person or is a seal, and not to an authority or a server."""
        certificate = self.held.certificate
        return certificate.kind != "other" or certificate.tckn != ""


def moment_of(day: date | None, now: datetime) -> datetime:
    """The moment that stands for a day: `now` for today or None, else noon in Turkey."""
    if day is None or day == now.astimezone(ISTANBUL).date():
        return now
    return datetime.combine(day, _NOON, ISTANBUL).astimezone(UTC)


def listed(
    connection: Connection, wanted: Wanted, moment: datetime, expiring_within: int
) -> list[Listed]:
    """The certificates that are meant, in the order in which they end.

    Revocations after `moment` are not taken into account. One is `expiring` when its days left are
    `expiring_within` at most.
    """
    today = moment.astimezone(ISTANBUL).date()
    first, before = "", _NEVER
    if wanted.expiring is not None:
        first, before = utc_text(moment), midnight(today + timedelta(days=wanted.expiring + 1))
    elif wanted.between is not None:
        first, before = midnight(wanted.between[0]), midnight(wanted.between[1] + timedelta(days=1))
    found = certificates.ending(connection, first, before, as_of=utc_text(moment))
    chosen = []
    for each in _of(found, wanted):
        holds = period(each.certificate)
        state = state_of(each, moment, expiring_within, holds)
        if _fits(state, wanted):
            chosen.append(Listed(each, holds, state, holds.days_left(today)))
    return chosen


def _of(found: Iterable[Held], wanted: Wanted) -> Iterable[Held]:
    """Those of the kinds and the unit."""
    words = set(tokens(wanted.unit))
    units: dict[str, bool] = {}
    for each in found:
        if wanted.kinds and each.certificate.kind not in wanted.kinds:
            continue
        if words:
            unit = each.person.unit if each.person else ""
            if unit not in units:
                units[unit] = words <= set(tokens(unit))
            if not units[unit]:
                continue
        yield each


def _fits(state: State, wanted: Wanted) -> bool:
    if wanted.states:
        return state in wanted.states
    return wanted.expiring is None or state not in OVER


@dataclass(frozen=True, slots=True)
class Due:
    """What somebody has to do something about: certificates that nothing replaces.

    `ending` end within the days that count, `ended` did within as many days before; in their order.
    """

    within: int
    ending: tuple[Listed, ...]
    ended: tuple[Listed, ...]


def due(listed: Iterable[Listed], within: int) -> Due:
    """What is due, of people's certificates and seals."""
    near = [each for each in listed if each.is_of_an_office and abs(each.days_left) <= within]
    return Due(
        within,
        tuple(each for each in near if each.state not in OVER and each.days_left >= 0),
        tuple(each for each in near if each.state == "expired"),
    )
