"""The last day of a certificate as an entry for the holder's calendar (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from esignctl.reminders.notice import Notice
from esignctl.text import dates

_UID: Final = b"UID-OF-THE-MESSAGE"


def entry(message_id: str, notice: Notice, summary: str) -> bytes:
    """A calendar with one entry, the whole last day of the certificate in Turkey."""
    last_day = notice.not_after.astimezone(dates.ISTANBUL).date()
    return _of_day(last_day, summary).replace(_UID, f"{message_id}@esignctl".encode("ascii"))


@lru_cache(maxsize=256)
def _of_day(last_day: date, summary: str) -> bytes:
    """The entry for everybody whose certificate ends on a day."""
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", _UID.decode("ascii"))
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", last_day)
    event.add("dtend", last_day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//esignctl//reminders//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
