"""``esignctl remind``: tells holders in time that their certificates end; made for cron."""

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Annotated, Any

import typer

from esignctl.cli import reminder_digest, reminder_view
from esignctl.cli.frame import Command, single
from esignctl.cli.render import progress
from esignctl.cli.session import Session
from esignctl.errors import (
    MailServerUnreachable,
    SmsGatewayUnreachable,
    UsageError,
    ValueRejected,
)
from esignctl.findings import Finding, finding
from esignctl.i18n import _, ngettext
from esignctl.registry import Registry
from esignctl.reminders import planning, sending
from esignctl.reminders.channels import Channel
from esignctl.reminders.gateway import gateway
from esignctl.reminders.mail import Mail
from esignctl.reminders.planning import Planned
from esignctl.reminders.sending import Handled
from esignctl.reminders.sms import Sms
from esignctl.reminders.texts import Texts
from esignctl.result import Block, Grid, Note, Result
from esignctl.settings import Settings
from esignctl.text import dates

app = single()


@app.command(cls=Command, help=_("Tell holders in time that their certificates end."))
def remind(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show who is due; send and record nothing."))
    ] = False,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar=_("DATE"), help=_("With --dry-run: as if it were that day, at noon.")
        ),
    ] = None,
    digest: Annotated[
        bool,
        typer.Option(
            "--digest", help=_("Send the weekly table to the officer and the team instead.")
        ),
    ] = False,
) -> Result:
    """Decide who is due, send, and record what became of it."""
    session = Session.of(context)
    if digest:
        return reminder_digest.send(session, dry_run=dry_run)
    if on and not dry_run:
        problem = _("--on goes with --dry-run only.")
        raise UsageError(problem=problem, command=context.command_path)
    now = _noon(on) if on else datetime.now(UTC)
    settings = session.settings
    with session.registry() as registry:
        if dry_run:
            due = _due(registry, settings, now)
            return _result(session, [Handled(each, "planned") for each in due])
        with sending.alone(registry.path) as nobody_else:
            if not nobody_else:
                return Result(_data([]), [finding("REMINDERS-AT-WORK")])
            this = sending.Round(registry, session.command, settings, registry.changes())
            due = _due(registry, settings, now)
            channels = _channels(settings) if due else {}
            with progress(_("Sending reminders"), len(due), session) as done:
                handled = this.send(due, channels, done)
    _refuse_if_nothing_went(settings, handled)
    return _result(session, handled)


def _due(registry: Registry, settings: Settings, now: datetime) -> list[Planned]:
    with registry.read() as connection:
        return planning.planned(connection, settings, settings.reminders.channels, now)


def _channels(settings: Settings) -> dict[str, Channel[Any]]:
    """The ways of telling people that the configuration asks for."""
    made: dict[str, Channel[Any]] = {}
    texts = Texts(settings.path)
    for name in settings.reminders.channels:
        if name == "email":
            made[name] = Mail(settings, texts)
        else:
            made[name] = Sms(settings, gateway(settings), texts)
    return made


def _refuse_if_nothing_went(settings: Settings, handled: Sequence[Handled]) -> None:
    """A server that took nothing at all is an error."""
    for channel in settings.reminders.channels:
        own = [each for each in handled if each.planned.due.channel == channel]
        left = [each for each in own if each.state == "unreachable"]
        if left and not any(each.state in ("sent", "failed", "refused") for each in own):
            if channel == "email":
                raise MailServerUnreachable(host=settings.smtp.host, problem=left[0].problem)
            raise SmsGatewayUnreachable(problem=left[0].problem)


def _result(session: Session, handled: Sequence[Handled]) -> Result:
    counts = Counter(each.state for each in handled)
    unreachable = [each for each in handled if each.state == "unreachable"]
    findings: list[Finding] = []
    for code, state in (
        ("REMINDERS-FAILED", "failed"),
        ("REMINDERS-REFUSED", "refused"),
        ("REMINDERS-NO-ADDRESS", "no-address"),
    ):
        if counts[state]:
            findings.append(finding(code, count=counts[state]))
    if unreachable:
        findings.append(
            finding("REMINDERS-INTERRUPTED", problem=unreachable[0].problem, count=len(unreachable))
        )
    return Result(
        _data(handled),
        findings,
        attention=any(each.severity == "error" for each in findings),
        view=_view(handled),
    )


def _data(handled: Sequence[Handled]) -> dict[str, Any]:
    counts = Counter(each.state for each in handled)
    failed = counts["failed"] + counts["refused"]
    return {
        "due": len(handled),
        "sent": counts["sent"],
        "failed": failed,
        "skipped": len(handled) - counts["sent"] - failed - counts["planned"],
        "items": [_item(each) for each in handled],
    }


def _item(handled: Handled) -> dict[str, Any]:
    planned = handled.planned
    return {
        "person": planned.due.person_id,
        "name": planned.notice.name,
        "certificate": planned.held.certificate.fingerprint,
        "serial": planned.notice.serial,
        "not_after": planned.held.certificate.not_after,
        "days_left": planned.notice.days_left,
        "threshold": planned.due.threshold,
        "channel": planned.due.channel,
        "state": handled.state,
        "route": planned.notice.route,
        "problem": handled.problem or None,
        "waits_until": dates.utc_text(handled.until) if handled.until else None,
    }


def _view(handled: Sequence[Handled]) -> list[Block]:
    """On a terminal everything; for cron a line for each failure, and nothing when all is well."""
    if not sys.stdout.isatty():
        shown = [each for each in handled if each.state == "planned"]
        failed = [each for each in handled if each.state in ("failed", "refused")]
        return [*([_grid(shown)] if shown else []), *(Note(_failure(each)) for each in failed)]
    if not handled:
        return [Note(_("Nobody is due a reminder."))]
    text = ngettext("{count} reminder is due", "{count} reminders are due", len(handled))
    return [_grid(handled), Note(text.format(count=len(handled)))]


def _failure(handled: Handled) -> str:
    # these lines go into mails of cron: no names
    return _("{channel} to person {person}, {state}: {problem}").format(
        channel=_(reminder_view.CHANNELS[handled.planned.due.channel]),
        person=handled.planned.due.person_id,
        state=_(reminder_view.STATES[handled.state]),
        problem=handled.problem,
    )


def _cells(handled: Handled) -> tuple[str, ...]:
    planned, notice = handled.planned, handled.planned.notice
    return (
        notice.name,
        dates.show(notice.not_after.astimezone(dates.ISTANBUL).date()),
        str(notice.days_left),
        str(planned.due.threshold),
        _(reminder_view.CHANNELS[planned.due.channel]),
        _(reminder_view.ROUTES[notice.route]),
        _(reminder_view.STATES[handled.state]),
    )


def _grid(handled: Sequence[Handled]) -> Grid:
    return Grid(
        (
            _("Holder"),
            _("Until"),
            _("Days left"),
            _("Threshold"),
            _("Channel"),
            _("Route"),
            _("State"),
        ),
        [_cells(each) for each in handled],
        right=frozenset({2, 3}),
    )


def _noon(text: str) -> datetime:
    """Noon of a day in Turkey, in UTC."""
    try:
        day, _clock = dates.parse_date(text)
    except ValueError:
        raise ValueRejected(what="--on", problem=_("it is no date")) from None
    return datetime.combine(day, time(12), dates.ISTANBUL).astimezone(UTC)
