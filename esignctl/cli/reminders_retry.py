"""``esignctl reminders retry``: plans anew what failed or was refused."""

from typing import Annotated

import typer

from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import NotFound
from esignctl.i18n import _, ngettext
from esignctl.registry import reminders
from esignctl.result import Note, Result

app = single()


@app.command(cls=Command, help=_("Send again what failed or was refused."))
def retry(
    context: typer.Context,
    numbers: Annotated[
        list[int] | None,
        typer.Argument(
            metavar=_("[NUMBER]..."), help=_("Those of 'reminders list'; without one, all.")
        ),
    ] = None,
) -> Result:
    """The next ``remind`` tries them at once, as long as they are due."""
    session = Session.of(context)
    with session.registry() as registry, registry.write(session.command) as transaction:
        stuck = {
            each.id: each
            for state in ("failed", "refused")
            for each in reminders.listed(transaction.connection, state=state)
        }
        for number in numbers or ():
            if number not in stuck:
                raise NotFound(
                    what=_("reminder that failed"), name=number, lookup="esignctl reminders list"
                )
        again = [stuck[each] for each in numbers or stuck]
        reminders.retry(transaction, again)
    text = ngettext(
        "{count} reminder goes out with the next 'esignctl remind', if it is still due.",
        "{count} reminders go out with the next 'esignctl remind', if they are still due.",
        len(again),
    )
    return Result(
        {"retried": [each.id for each in again]}, view=[Note(text.format(count=len(again)))]
    )
