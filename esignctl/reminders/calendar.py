"""The last day of a certificate as an entry for the holder's calendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from esignctl.reminders.notice import Notice
from esignctl.text import dates


def entry(message_id: str, notice: Notice, summary: str) -> bytes:
    """A calendar with one entry, the whole last day of the certificate in Turkey."""
    from icalendar import Calendar, Event

    last_day = notice.not_after.astimezone(dates.ISTANBUL).date()
    event = Event()
    event.add("uid", f"{message_id}@esignctl")
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
