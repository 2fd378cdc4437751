"""The weekly table: whose certificates end, and what became of the reminders."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from esignctl import certificates
from esignctl.errors import WebhookFailed
from esignctl.i18n import _
from esignctl.registry import Connection, reminders
from esignctl.reminders import mime
from esignctl.reminders.mail import Mail
from esignctl.settings import Settings
from esignctl.text import dates

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """One holder whose certificate ends; `told` is the tightest threshold sent, None before."""

    name: str
    unit: str
    last_day: date
    days_left: int
    told: int | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row for people, below `columns`."""
        return (
            self.name,
            self.unit or "-",
            dates.show(self.last_day),
            str(self.days_left),
            "-" if self.told is None else str(self.told),
        )


def columns() -> tuple[str, ...]:
    """What stands above the rows."""
    return _("Holder"), _("Unit"), _("Until"), _("Days left"), _("Told at")


@dataclass(frozen=True, slots=True)
class Digest:
    """The table at a moment, and how many reminders of the last week came to which state."""

    rows: Sequence[Row]
    week: dict[str, int]

    @property
    def title(self) -> str:
        """The line above it."""
        return _("E-signatures: {count} end soon or ended").format(count=len(self.rows))

    @property
    def summary(self) -> list[str]:
        """Numbers only, nothing of anybody."""
        ended = sum(row.days_left < 0 for row in self.rows)
        month = sum(0 <= row.days_left <= 30 for row in self.rows)
        return [
            _("Ended and not renewed: {count}").format(count=ended),
            _("End within 30 days: {count}").format(count=month),
            _("End later: {count}").format(count=len(self.rows) - ended - month),
            _("Reminders of the last week: {sent} sent, {failed} failed, {refused} refused").format(
                sent=self.week["sent"], failed=self.week["failed"], refused=self.week["refused"]
            ),
        ]


def digest(connection: Connection, settings: Settings, now: datetime) -> Digest:
    """What the responsible officer has to know at `now` (UTC)."""
    rules = settings.reminders
    today = now.astimezone(dates.ISTANBUL).date()
    first, last = today - timedelta(days=rules.after_end), today + timedelta(days=rules.days[0])
    told: dict[int, int] = {}
    week: Counter[str] = Counter()
    since = dates.utc_text(now - _WEEK)
    for each in reminders.listed(connection):
        if each.state == "sent":
            known = told.get(each.due.certificate_id, each.due.threshold)
            told[each.due.certificate_id] = min(known, each.due.threshold)
        if each.changed_at >= since:
            week[each.state] += 1
    rows = []
    for held in certificates.ending(connection, first, last, now):
        period = certificates.period(held.certificate)
        rows.append(
            Row(
                held.person.name if held.person else held.certificate.holder,
                held.person.unit if held.person else "",
                period.not_after.astimezone(dates.ISTANBUL).date(),
                period.days_left(today),
                told.get(held.certificate.id),
            )
        )
    return Digest(rows, {state: week[state] for state in ("sent", "failed", "refused")})


def body(found: Digest) -> str:
    """The table as plain text that any program shows."""
    table = [columns(), *(row.cells for row in found.rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in table
    ]
    return "\n".join([*found.summary, "", *lines, ""])


def send_mail(found: Digest, settings: Settings, channel: Mail) -> None:
    """To the officer's address. Raises what a channel raises."""
    address = settings.reminders.digest or ""
    headers = channel.headers(found.title, "", address)
    message = mime.message(headers, mime.text(body(found), b"plain"))
    channel.connect()
    try:
        channel.server.open(address, len(message))
        channel.server.hand_over(message)
    finally:
        channel.close()


def send_webhook(found: Digest, addresses: Sequence[str]) -> None:
    """The numbers alone to the team's chat, by addresses of Apprise. Raises `WebhookFailed`."""
    import apprise

    team = apprise.Apprise()
    if not all(team.add(each) for each in addresses):
        raise WebhookFailed
    if not team.notify(title=found.title, body="\n".join(found.summary)):
        raise WebhookFailed
