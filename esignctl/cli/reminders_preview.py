"""``esignctl reminders preview``: what a message says, before anybody gets it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any

import typer

from esignctl import people
from esignctl.cli.frame import Command, single
from esignctl.cli.reminder_view import CHANNELS
from esignctl.cli.session import Session
from esignctl.cli.usage import no_choice
from esignctl.errors import UsageError
from esignctl.i18n import LANGUAGES, _, active_language
from esignctl.registry.people import Person
from esignctl.reminders import due, gsm, planning
from esignctl.reminders.gateway import gateway
from esignctl.reminders.notice import Notice
from esignctl.reminders.texts import Texts
from esignctl.result import Block, Facts, Heading, Result, Verbatim
from esignctl.text import dates, folding

app = single()

_NOBODY = Person("10000000146", "Ayşe Nur", "Örnek", "Dr.", "1 No.lu ASM", "family-physician")


@app.command(cls=Command, help=_("Show what a message says, without sending it."))
def preview(
    context: typer.Context,
    who: Annotated[
        str | None,
        typer.Argument(
            metavar=_("[PERSON]"),
            help=_("Personal number, id or name; without one, an invented physician."),
        ),
    ] = None,
    threshold: Annotated[
        int,
        typer.Option("--threshold", min=0, help=_("Days left; 0 for the notice after the end.")),
    ] = 30,
    language: Annotated[
        str | None, typer.Option("--language", metavar="tr|en", help=_("Of the message."))
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="email|sms", help=_("Only what goes this way.")),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar=_("GROUP"), help=_("As if in this group."))
    ] = None,
) -> Result:
    """Mail and text message, with what the text message costs."""
    session = Session.of(context)
    if language is not None and language not in LANGUAGES:
        raise UsageError(problem=no_choice("--language", LANGUAGES), command=context.command_path)
    if channel is not None and channel not in CHANNELS:
        raise UsageError(
            problem=no_choice("--channel", tuple(CHANNELS)), command=context.command_path
        )
    person = _NOBODY
    if who:
        with session.registry() as registry, registry.read() as connection:
            person = people.find_person(connection, who)
    if group:
        person = replace(person, group=people.group_key(group))
    # the only personal number that a message holds; masking the text would hide accounts, too
    person = replace(person, tckn=session.personal_number(person.tckn))
    notice = _notice(session, person, threshold)
    chosen = language or session.settings.language or active_language()
    templates = Texts(session.settings.path)
    data: dict[str, Any] = {"language": chosen, "route": notice.route}
    view: list[Block] = []
    if channel in (None, "email"):
        mail = templates.mail(notice, chosen)
        data["email"] = {
            "subject": mail.subject,
            "text": mail.plain,
            "html": mail.html,
        }
        view += [
            Heading(_("E-mail")),
            Facts([(_("Subject"), data["email"]["subject"])]),
            Verbatim(data["email"]["text"]),
        ]
    if channel in (None, "sms"):
        sms = templates.sms(notice, chosen)
        if session.settings.sms and gateway(session.settings).ascii:
            sms = folding.ascii_tr(sms)
        cost = gsm.cost(sms)
        data["sms"] = {
            "text": sms,
            "encoding": cost.encoding,
            "units": cost.units,
            "messages": cost.messages,
        }
        view += [
            Heading(_("Text message")),
            Verbatim(data["sms"]["text"]),
            Facts(
                [
                    (_("Encoding"), cost.encoding),
                    (_("Length"), str(cost.units)),
                    (_("Messages"), str(cost.messages)),
                ]
            ),
        ]
    return Result(data, view=view)


def _notice(session: Session, person: Person, threshold: int) -> Notice:
    """What would be told with so many days left, or the day after the end."""
    now = datetime.now(UTC)
    last = now.astimezone(dates.ISTANBUL).date() + timedelta(days=threshold or -1)
    end = datetime.combine(last, time(23, 59), dates.ISTANBUL).astimezone(UTC)
    return Notice(
        name=person.name,
        title=person.title,
        unit=person.unit,
        email=person.email,
        phone=person.phone,
        serial="",
        not_after=end,
        threshold=threshold,
        days_left=threshold or -1,
        route=due.route(end, now),
        payment=planning.payment(person, (), session.settings, now),
        institution=session.settings.institution,
    )
