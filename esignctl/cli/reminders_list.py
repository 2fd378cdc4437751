"""``esignctl reminders list``: the outbox."""

from typing import Annotated

import typer

from esignctl import people
from esignctl.cli import reminder_view
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import UsageError
from esignctl.i18n import _, ngettext
from esignctl.registry import reminders
from esignctl.registry.people import everyone
from esignctl.result import Grid, Note, Result
from esignctl.text import dates

app = single()


@app.command("list", cls=Command, help=_("List what was sent, and what waits or failed."))
def list_(
    context: typer.Context,
    person: Annotated[
        str | None,
        typer.Option("--person", metavar=_("PERSON"), help=_("Personal number, id or name.")),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            metavar=_("STATE"),
            help=_("Only those: {states}.").format(states=" | ".join(reminders.STATES)),
        ),
    ] = None,
) -> Result:
    """Every reminder, in the order of planning, and who is not to be reminded."""
    session = Session.of(context)
    if state is not None and state not in reminders.STATES:
        problem = _("The value of {name} is not usable.").format(name="--state")
        choices = _("Choose one of {choices}.").format(choices=", ".join(reminders.STATES))
        raise UsageError(problem=f"{problem} {choices}", command=context.command_path)
    with session.registry() as registry, registry.read() as connection:
        owner = people.find_person(connection, person).id if person else None
        found = reminders.listed(connection, owner, state)
        stops = reminders.stops(connection)
        names = {each.id: each.name for each in everyone(connection)}
    told = [
        _("{name} is not reminded since {day}.").format(
            name=names[each.person_id], day=dates.show_moment(each.since)
        )
        for each in stops.values()
        if owner in (None, each.person_id)
    ]
    text = ngettext("{count} reminder", "{count} reminders", len(found)).format(count=len(found))
    return Result(
        {
            "reminders": [
                {**reminder_view.as_json(each), "name": names[each.due.person_id]} for each in found
            ],
            "stopped": [
                {"person": each.person_id, "since": each.since, "reason": each.reason or None}
                for each in stops.values()
                if owner in (None, each.person_id)
            ],
        },
        view=[
            Grid(
                (
                    _("No."),
                    _("Person"),
                    _("Threshold"),
                    _("Channel"),
                    _("State"),
                    _("When"),
                    _("Problem"),
                ),
                [
                    (
                        str(each.id),
                        names[each.due.person_id],
                        str(each.due.threshold),
                        _(reminder_view.CHANNELS[each.due.channel]),
                        _(reminder_view.STATES[each.state]),
                        dates.show_moment(each.changed_at),
                        each.problem,
                    )
                    for each in found
                ],
                right=frozenset({0, 2}),
            ),
            Note(text),
            *map(Note, told),
        ],
    )
