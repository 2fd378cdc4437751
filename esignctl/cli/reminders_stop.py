"""``esignctl reminders stop``: somebody who is not to be reminded, or is again."""

from typing import Annotated

import typer

from esignctl import people
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.i18n import _
from esignctl.registry import reminders
from esignctl.result import Note, Result

app = single()


@app.command(cls=Command, help=_("Remind a person no more, or again."))
def stop(
    context: typer.Context,
    who: Annotated[
        str, typer.Argument(metavar=_("PERSON"), help=_("Personal number, id or name."))
    ],
    reason: Annotated[str, typer.Option("--reason", metavar=_("TEXT"), help=_("Why."))] = "",
    resume: Annotated[bool, typer.Option("--resume", help=_("Remind the person again."))] = False,
) -> Result:
    """Somebody who left, or is on long leave, hears nothing until resumed."""
    session = Session.of(context)
    with session.registry() as registry, registry.write(session.command) as transaction:
        person = people.find_person(transaction.connection, who)
        if resume:
            changed = reminders.resume(transaction, person.id)
            text = _("{name} is reminded again.")
        else:
            changed = reminders.stop(transaction, person.id, reason)
            text = _("{name} is not reminded any more; 'esignctl reminders stop --resume' ends it.")
    return Result(
        {"person": person.id, "stopped": not resume, "changed": changed},
        view=[Note(text.format(name=person.name))],
    )
