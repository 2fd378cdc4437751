"""When nobody is to be disturbed: at night, on Sundays and on public holidays of Turkey."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from esignctl.text.dates import ISTANBUL

_SUNDAY: Final = 6


def opens(now: datetime, begin: time, end: time) -> datetime:
    """`now`, or the moment from which people may be disturbed; both in UTC.

    It is quiet from `begin` in the evening until `end` in the morning (or from `begin` until `end`
    of one day), and the whole of Sundays and holidays, the eves of religious feasts among them.
    """
    moment = now.astimezone(ISTANBUL)
    while True:
        if _is_quiet_day(moment.date()):
            moment = _at(moment.date() + timedelta(days=1), time())
        elif (over := _quiet_until(moment, begin, end)) is not None:
            moment = over
        else:
            return moment.astimezone(UTC)


def _quiet_until(moment: datetime, begin: time, end: time) -> datetime | None:
    """When the quiet hours that `moment` lies in are over."""
    clock = moment.time()
    if begin <= end:
        return _at(moment.date(), end) if begin <= clock < end else None
    if clock < end:
        return _at(moment.date(), end)
    return _at(moment.date() + timedelta(days=1), time()) if clock >= begin else None


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ISTANBUL)


@lru_cache(maxsize=64)
def _is_quiet_day(day: date) -> bool:
    import holidays
    from holidays.constants import HALF_DAY, PUBLIC

    if day.weekday() == _SUNDAY:
        return True
    calendar = holidays.country_holidays("TR", years=day.year, categories=(PUBLIC, HALF_DAY))
    return day in calendar
