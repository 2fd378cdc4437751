"""``esignctl card``: why a card does or does not work, live, and what is on it.

Each command is a module of its own that is imported when it runs: looking at a card is to be quick.
"""

from typing import Annotated

import typer

from esignctl.cli.frame import Lazy, LazyGroup
from esignctl.i18n import N_, _

COMMANDS = {
    "status": Lazy("esignctl.cli.card_status", N_("Tell why a card does or does not work.")),
    "watch": Lazy("esignctl.cli.card_watch", N_("Show readers and cards live, until Ctrl-C.")),
    "certs": Lazy(
        "esignctl.cli.card_certs", N_("List the certificates on the card, or export them.")
    ),
    "pin": Lazy("esignctl.cli.card_pin", N_("Change a PIN, or unlock it with its holder.")),
    "drivers": Lazy(
        "esignctl.cli.card_drivers", N_("Tell what software is missing, and where to get it.")
    ),
    "history": Lazy("esignctl.cli.card_history", N_("Show the cards that were looked at before.")),
}


class CardGroup(LazyGroup):
    """``esignctl card`` itself."""

    lazy = COMMANDS


app = typer.Typer(
    cls=CardGroup,
    help=_("Why a signature card does not work, and what is on it."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def card() -> None:
    """A group of commands, although none is registered here."""


ReaderName = Annotated[
    str | None,
    typer.Option(
        "--reader", metavar=_("NAME"), help=_("Only readers whose name holds these words.")
    ),
]
