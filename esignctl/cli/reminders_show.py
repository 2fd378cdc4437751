"""``esignctl reminders show``: one reminder in full."""

from typing import Annotated

import typer

from esignctl.cli import reminder_view
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import NotFound
from esignctl.i18n import _
from esignctl.registry import people, reminders
from esignctl.result import Facts, Result
from esignctl.text import dates

app = single()


@app.command(cls=Command, help=_("Show everything about one reminder."))
def show(
    context: typer.Context,
    number: Annotated[
        int, typer.Argument(metavar=_("NUMBER"), help=_("Its number in 'reminders list'."))
    ],
) -> Result:
    """Whom it is for, where it stands, how often it was tried."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        reminder = reminders.by_id(connection, number)
        if reminder is None:
            raise NotFound(what=_("reminder"), name=number, lookup="esignctl reminders list")
        person = people.by_id(connection, reminder.due.person_id)
    name = person.name if person else ""
    again = reminder.next_try_at
    return Result(
        {**reminder_view.as_json(reminder), "name": name},
        view=[
            Facts(
                [
                    (_("Person"), f"{name} ({reminder.due.person_id})"),
                    (_("Threshold"), str(reminder.due.threshold)),
                    (_("Channel"), _(reminder_view.CHANNELS[reminder.due.channel])),
                    (_("State"), _(reminder_view.STATES[reminder.state])),
                    (_("Planned"), dates.show_moment(reminder.planned_at)),
                    (_("Last change"), dates.show_moment(reminder.changed_at)),
                    (_("Attempts"), str(reminder.attempts)),
                    (_("Problem"), reminder.problem or "-"),
                    (_("Not before"), dates.show_moment(again) if again else "-"),
                    ("Message-ID", reminder.message_id),
                ]
            )
        ],
    )
