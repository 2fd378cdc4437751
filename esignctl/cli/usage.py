"""Typer's complaints about a command line, said in the reader's language."""

from typing import Any

import typer

from esignctl.cli.session import Session
from esignctl.errors import UsageError
from esignctl.i18n import _, active_language
from esignctl.text import tckn


def usage_error(error: typer.TyperException, session: Session) -> UsageError:
    """The complaint as an error of this program; numbers that were typed stay masked."""
    context: Any = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "esignctl"
    session.command = path.partition(" ")[2]
    return UsageError(problem=tckn.mask_within(_problem(error)), command=path)


def _problem(error: Any) -> str:
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return _("A command is missing.")
    if kind == "NoSuchOption":
        near = _(" Did you mean {names}?").format(names=", ".join(error.possibilities or ()))
        text = _("There is no option {name}.").format(name=error.option_name)
        return text + (near if error.possibilities else "")
    if kind == "MissingParameter":
        return _("{name} is missing.").format(name=_hint(error))
    if kind == "BadParameter":
        choices = getattr(getattr(error.param, "type", None), "choices", None)
        text = _("The value of {name} is not usable.").format(name=_hint(error))
        if choices:
            return text + _(" Choose one of {choices}.").format(choices=", ".join(choices))
        return f"{text} {error.message}" if active_language() == "en" else text
    if kind == "BadOptionUsage":
        return _("{name} needs a value.").format(name=error.option_name)
    return str(error.format_message())


def _hint(error: Any) -> str:
    hint = error.param_hint or (error.param and error.param.get_error_hint(error.ctx)) or ""
    return str(hint if isinstance(hint, str) else " / ".join(hint)).replace("'", "")
