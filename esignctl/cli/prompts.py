"""Questions that are answered with yes or no."""

import sys

from esignctl.cli import render
from esignctl.cli.session import Session
from esignctl.errors import ConfirmationNeeded, Declined
from esignctl.i18n import _
from esignctl.text.folding import fold


def confirm(question: str, session: Session, *, yes: bool) -> None:
    """Ask on a terminal, unless `yes` answers. Raises `Declined`, and names the flag elsewhere."""
    if yes:
        return
    if session.as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ConfirmationNeeded(flag="--yes")
    choice = _("[y/N]")
    sys.stderr.write(f"{render.clean(question)} {choice} ")
    sys.stderr.flush()
    if fold(sys.stdin.readline().strip())[:1] not in ("y", "e"):
        raise Declined
