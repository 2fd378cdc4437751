"""Questions on a terminal, and what is said where there is none."""

import sys

from esignctl.cli import render
from esignctl.cli.session import Session
from esignctl.errors import ConfirmationNeeded, Declined
from esignctl.i18n import _
from esignctl.text.folding import fold


def need_terminal(flag: str, session: Session) -> None:
    """Raises `ConfirmationNeeded`, which names the flag, where nobody can be asked."""
    if session.as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ConfirmationNeeded(flag=flag)


def confirm(question: str, session: Session, *, yes: bool) -> None:
    """Ask on a terminal, unless `yes` answers. Raises `Declined`, and names the flag elsewhere."""
    if yes:
        return
    need_terminal("--yes", session)
    choice = _("[y/N]")
    sys.stderr.write(f"{render.clean(question)} {choice} ")
    sys.stderr.flush()
    if fold(sys.stdin.readline().strip())[:1] not in ("y", "e"):
        raise Declined
