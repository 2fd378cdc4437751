"""The ends of certificates as a calendar (RFC 5545) that others can subscribe to or take in."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from esignctl.certificates.listing import Listed
from esignctl.i18n import _
from esignctl.text import dates

if TYPE_CHECKING:
    from icalendar import Event

_MORNING: Final = timedelta(hours=9)


def calendar(
    listed: Iterable[Listed],
    moment: datetime,
    alarms: Sequence[int],
    show_number: Callable[[str], str],
) -> bytes:
    """A calendar with an entry on the last day of each certificate, and alarms in days before it.

    An entry keeps its identifier (UID) as long as the certificate stays in the registry, so that
    taking the calendar in again changes entries and does not double them.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//esignctl//certificates//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Ends of certificates"))
    made.add("x-wr-timezone", "Europe/Istanbul")
    for each in listed:
        made.add_component(_event(each, moment, alarms, show_number))
    return bytes(made.to_ical())


def _event(
    listed: Listed, moment: datetime, alarms: Sequence[int], show_number: Callable[[str], str]
) -> "Event":
    from icalendar import Alarm, Event

    certificate, person = listed.held.certificate, listed.held.person
    last_day = dates.in_turkey(listed.period.not_after).date()
    summary = _("{holder}: the certificate ends").format(holder=certificate.holder or "-")
    told = [
        (_("Unit"), person.unit if person else ""),
        (_("Personal number"), show_number(certificate.tckn)),
        (_("Serial number"), certificate.serial),
        (_("Until"), dates.show_moment(certificate.not_after)),
    ]
    event = Event()
    event.add("uid", f"{certificate.serial or 'certificate'}-{certificate.id}@esignctl")
    # of the day and not of the second: the same list gives the same bytes
    event.add("dtstamp", datetime.combine(moment.date(), time(), moment.tzinfo))
    event.add("dtstart", last_day)
    event.add("summary", summary)
    event.add("description", "\n".join(f"{label}: {text}" for label, text in told if text))
    event.add("transp", "TRANSPARENT")
    for days in sorted(set(alarms), reverse=True):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", _MORNING - timedelta(days=days))
        event.add_component(alarm)
    return event
