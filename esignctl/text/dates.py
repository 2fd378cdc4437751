"""Dates and times: cells of spreadsheets in, UTC and ISO text out, Europe/Istanbul for people."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from esignctl.i18n import active_language

ISTANBUL = ZoneInfo("Europe/Istanbul")

_TURKISH = re.compile(
    r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})"
    r"(?:[ T-]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?)?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})"
    r"(?:[ T-]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?)?Z?"
)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?")
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no zone
_FIRST, _LAST = date(1950, 1, 1), date(2100, 1, 1)


def parse_date(cell: object) -> tuple[date, time | None]:
    """The day, and the time of day where there is one, of a spreadsheet cell.

    Takes dates, datetimes, Excel serials and texts such as ``26.08.2026``,
    ``26/08/2026-14:58:47``, ``2026-09-03-17.47.03.981045``. Raises ``ValueError`` for anything
    else and for days before 1950 or after 2099.
    """
    if isinstance(cell, str):
        moment = _parse_text(cell.strip())
    elif isinstance(cell, datetime):
        moment = (cell.date(), cell.time() if cell.time() != time() else None)
    elif isinstance(cell, date):
        moment = (cell, None)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        try:
            return parse_date(_SERIAL_ZERO + timedelta(seconds=round(cell * 86400)))
        except OverflowError as error:
            raise ValueError("not a date") from error
    else:
        raise ValueError("not a date")
    if not _FIRST <= moment[0] < _LAST:
        raise ValueError("not a date of our time")
    return moment


def _parse_text(text: str) -> tuple[date, time | None]:
    match = _TURKISH.fullmatch(text) or _ISO.fullmatch(text)
    if match is None:
        raise ValueError("not a date")
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["hour"] is None:
        return day, None
    return day, time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))


def parse_time(cell: object) -> time:
    """The time of day in a cell of its own: ``14:58``, ``14.58.47``, a time or part of a day.

    Raises ``ValueError`` for anything else.
    """
    if isinstance(cell, str) and (match := _CLOCK.fullmatch(cell.strip())):
        return time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float) and 0 <= cell < 1:
        return (_SERIAL_ZERO + timedelta(seconds=int(cell * 86400 + 0.5) % 86400)).time()
    raise ValueError("not a time")


def today_istanbul() -> date:
    """The day that people here write today."""
    return datetime.now(ISTANBUL).date()


def utc_now() -> str:
    """This moment in UTC, as the registry and JSON hold it: ``2026-08-26T11:58:47Z``."""
    return utc_text(datetime.now(UTC))


def utc_text(moment: datetime) -> str:
    """A moment in UTC, as the registry and JSON hold it; ``moment`` is in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def show(day: date) -> str:
    """The day for people: ``26.08.2026`` in Turkish, ``2026-08-26`` in English."""
    return day.strftime("%d.%m.%Y") if active_language() == "tr" else day.isoformat()


def show_moment(utc: str) -> str:
    """A UTC time of the registry for people, in Europe/Istanbul."""
    moment = datetime.fromisoformat(utc).astimezone(ISTANBUL)
    return f"{show(moment.date())} {moment:%H:%M}"
