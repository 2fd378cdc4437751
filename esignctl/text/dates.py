"""Dates and times: cells of spreadsheets in, UTC and ISO text out, Europe/Istanbul for people."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from esignctl.i18n import active_language
from esignctl.text import folding

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
_ZONED = re.compile(r"\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$")
_UTC = re.compile(r"\s*\b(?:UTC|GMT)$|(?<=\d)Z$")
_SHORT_YEAR = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{2})")
_CLOCK_WITHIN = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
# by their folded beginnings, which no two months share within a language
_MONTH_NAMES = {
    "ocak": 1, "subat": 2, "mart": 3, "nisan": 4, "mayis": 5, "haziran": 6, "temmuz": 7,
    "agustos": 8, "eylul": 9, "ekim": 10, "kasim": 11, "aralik": 12,
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "sept": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_MONTHS = {name[:3]: number for name, number in _MONTH_NAMES.items()}
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
    return f"{moment.replace(tzinfo=None, microsecond=0).isoformat()}Z"


def in_turkey(moment: datetime) -> datetime:
    """A moment by the clocks of Turkey; the last hours of the year 9999, "for ever", stay so."""
    try:
        return moment.astimezone(ISTANBUL)
    except OverflowError:
        return moment


def show(day: date) -> str:
    """The day for people: ``26.08.2026`` in Turkish, ``2026-08-26`` in English."""
    return day.strftime("%d.%m.%Y") if active_language() == "tr" else day.isoformat()


def show_moment(utc: str) -> str:
    """A UTC time of the registry for people, in Europe/Istanbul."""
    moment = in_turkey(datetime.fromisoformat(utc))
    return f"{show(moment.date())} {moment:%H:%M}"


def parse_moment(cell: object) -> tuple[datetime, bool]:
    """A moment in UTC from a cell that a person or a program wrote, and whether it has a time.

    Takes what `parse_date` takes, months by name in Turkish or English (``26 Ağustos 2026 Salı``,
    ``Aug 26 11:58:47 2026 GMT``), years of two digits, and ISO times with their zone. What names no
    zone is of Turkey; without a time it is the beginning of the day. Raises ``ValueError``.
    """
    if isinstance(cell, str):
        text = " ".join(cell.split())
        if _ZONED.search(text):
            with suppress(ValueError):
                moment = datetime.fromisoformat(text)
                if moment.tzinfo is not None and _FIRST <= moment.date() < _LAST:
                    return moment.astimezone(UTC), True
        is_utc = bool(_UTC.search(text))
        cell = _numeric(_UTC.sub("", text))
    else:
        is_utc = False
    day, clock = parse_date(cell)
    moment = datetime.combine(day, clock or time(), UTC if is_utc and clock else ISTANBUL)
    return moment.astimezone(UTC), clock is not None


def _numeric(text: str) -> str:
    """A date with its month as a number and its year in full."""
    if short := _SHORT_YEAR.fullmatch(text):
        return f"{short['day']}.{short['month']}.20{short['year']}"
    words = folding.tokens(text)
    numbers = [word for word in words if word.isdigit()]
    months = [_MONTHS[word[:3]] for word in words if word.isalpha() and _is_month(word)]
    if len(months) != 1:
        return text
    clock = _CLOCK_WITHIN.search(text)
    if clock:
        numbers = folding.tokens(text[: clock.start()] + " " + text[clock.end() :])
        numbers = [word for word in numbers if word.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if (len(years), len(days), len(numbers)) != (1, 1, 2):
        return text
    return f"{days[0]}.{months[0]}.{years[0]}" + (f" {clock[0]}" if clock else "")


def _is_month(word: str) -> bool:
    return any(word == name or (len(word) == 3 and name.startswith(word)) for name in _MONTH_NAMES)
