"""``esignctl cert``: whose certificates there are, when they end, and whether they can be trusted.

Each command is a module of its own that is imported when it runs.
"""

import typer

from esignctl.cli.frame import Lazy, LazyGroup
from esignctl.i18n import N_, _

COMMANDS = {
    "scan": Lazy(
        "esignctl.cli.cert_scan", N_("Find the certificates in files and folders, and keep them.")
    ),
    "list": Lazy("esignctl.cli.cert_list", N_("List the certificates that are known.")),
    "show": Lazy("esignctl.cli.cert_show", N_("Show everything that is known of a certificate.")),
    "verify": Lazy(
        "esignctl.cli.cert_verify", N_("Tell whether certificates can be relied on, and why not.")
    ),
    "trust": Lazy("esignctl.cli.cert_trust", N_("Choose the authorities that are trusted.")),
}


class CertGroup(LazyGroup):
    """``esignctl cert`` itself."""

    lazy = COMMANDS


app = typer.Typer(
    cls=CertGroup,
    help=_("Whose certificates there are, when they end and whether they can be trusted."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def cert() -> None:
    """A group of commands, although none is registered here."""
