"""``esignctl form``: forms from the registry, as signed paper or signed PDF.

Each command is a module of its own that is imported when it runs: listing is to be quick.
"""

import typer

from esignctl.cli.frame import Lazy, LazyGroup
from esignctl.i18n import N_, _

COMMANDS = {
    "list": Lazy("esignctl.cli.form_list", N_("List the forms that can be made.")),
    "make": Lazy("esignctl.cli.form_make", N_("Make forms of a kind, as PDF, from the registry.")),
    "sign": Lazy("esignctl.cli.form_sign", N_("Sign a PDF with the card.")),
    "verify": Lazy("esignctl.cli.form_verify", N_("Tell who signed a PDF, and what it is worth.")),
}


class FormGroup(LazyGroup):
    """``esignctl form`` itself."""

    lazy = COMMANDS


app = typer.Typer(
    cls=FormGroup,
    help=_("Forms filled from the registry, for paper or as signed PDF."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def form() -> None:
    """A group of commands, although none is registered here."""
