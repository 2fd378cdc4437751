"""``esignctl remind --digest``: the weekly table."""

from datetime import UTC, datetime

from esignctl.cli.session import Session
from esignctl.errors import ConfigurationKeyMissing, MailServerUnreachable
from esignctl.passwords import lines_of
from esignctl.reminders import digest
from esignctl.reminders.channels import Delayed, Refused, Unreachable
from esignctl.reminders.mail import Mail
from esignctl.reminders.texts import Texts
from esignctl.result import Grid, Note, Result


def send(session: Session, *, dry_run: bool) -> Result:
    """To the officer by mail and to the team by chat, whichever the configuration names."""
    settings = session.settings
    rules = settings.reminders
    if not (rules.digest or rules.webhook_file or dry_run):
        raise ConfigurationKeyMissing(key="reminders.digest", file=settings.path.name)
    with session.registry() as registry:
        with registry.read() as connection:
            found = digest.digest(connection, settings, datetime.now(UTC))
        sent = []
        if rules.digest and not dry_run:
            try:
                digest.send_mail(found, settings, Mail(settings, Texts(settings.path)))
            except (Delayed, Refused, Unreachable) as problem:
                raise MailServerUnreachable(host=settings.smtp.host, problem=str(problem)) from None
            sent.append("email")
        if rules.webhook_file and not dry_run:
            addresses = lines_of(settings, "reminders.webhook_file", rules.webhook_file)
            digest.send_webhook(found, addresses)
            sent.append("webhook")
        if sent:
            with registry.write(session.command) as transaction:
                detail: dict[str, object] = {"to": sent, "rows": len(found.rows)}
                transaction.record("reminders.digest", "reminders", detail)
    return Result(
        {
            "sent_to": sent,
            "week": found.week,
            "rows": [
                {
                    "name": row.name,
                    "unit": row.unit or None,
                    "last_day": row.last_day.isoformat(),
                    "days_left": row.days_left,
                    "told": row.told,
                }
                for row in found.rows
            ],
        },
        view=_view(found) if dry_run else (),
    )


def _view(found: digest.Digest) -> list[Note | Grid]:
    return [
        *(Note(line) for line in found.summary),
        Grid(digest.columns(), [row.cells for row in found.rows], right=frozenset({3, 4})),
    ]
