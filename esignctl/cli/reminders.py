"""``esignctl reminders``: what was sent to whom, what failed, and who is not to be told.

Each command is a module of its own that is imported when it runs.
"""

import typer

from esignctl.cli.frame import Lazy, LazyGroup
from esignctl.i18n import N_, _

COMMANDS = {
    "list": Lazy(
        "esignctl.cli.reminders_list", N_("List what was sent, and what waits or failed.")
    ),
    "show": Lazy("esignctl.cli.reminders_show", N_("Show everything about one reminder.")),
    "retry": Lazy("esignctl.cli.reminders_retry", N_("Send again what failed or was refused.")),
    "preview": Lazy(
        "esignctl.cli.reminders_preview", N_("Show what a message says, without sending it.")
    ),
    "schedule": Lazy(
        "esignctl.cli.reminders_schedule", N_("Print or install what runs 'remind' every day.")
    ),
    "stop": Lazy("esignctl.cli.reminders_stop", N_("Remind a person no more, or again.")),
}


class RemindersGroup(LazyGroup):
    """``esignctl reminders`` itself."""

    lazy = COMMANDS


app = typer.Typer(
    cls=RemindersGroup,
    help=_("What was sent to whom, and what failed."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def reminders() -> None:
    """A group of commands, although none is registered here."""
