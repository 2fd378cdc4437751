"""Typer's complaints about a command line, said in the reader's language."""

from collections.abc import Iterable
from typing import Any

import typer

from esignctl.cli.session import Session
from esignctl.errors import UsageError
from esignctl.i18n import N_, _
from esignctl.text import tckn

_EXPECTED = {
    "int": N_("Write a whole number."),
    "int range": N_("Write a whole number in the allowed range."),
    "float": N_("Write a number."),
    "datetime": N_("Write a date such as 2026-01-31."),
    "file": N_("Write the path of a file."),
    "path": N_("Write the path of something that exists."),
}


def usage_error(error: typer.TyperException, session: Session) -> UsageError:
    """The complaint as an error of this program; numbers that were typed stay masked."""
    context: Any = getattr(error, "ctx", None)
    if context is not None:
        session.command = context.command_path.partition(" ")[2]
    path = f"esignctl {session.command}".rstrip()
    return UsageError(problem=tckn.mask_within(_problem(error)), command=path)


def no_choice(name: str, choices: Iterable[str]) -> str:
    """What to say of a value of an option that is none of its choices."""
    text = _("The value of {name} is not usable.").format(name=name)
    return f"{text} " + _("Choose one of {choices}.").format(choices=", ".join(choices))


def _problem(error: Any) -> str:
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return _("A command is missing.")
    if kind == "NoSuchOption":
        return _no_such_option(error)
    if kind == "MissingParameter":
        return _("{name} is missing.").format(name=_hint(error))
    if kind == "BadParameter":
        return _bad_value(error)
    if kind == "BadOptionUsage":
        if "does not take" in error.message:
            return _("{name} takes no value.").format(name=error.option_name)
        return _("{name} needs a value.").format(name=error.option_name)
    return str(error.format_message())


def _no_such_option(error: Any) -> str:
    name = error.option_name
    root = error.ctx.find_root().command if error.ctx is not None else None
    if root is not None and any(name in option.opts for option in root.params):
        return _("{name} belongs before the command: 'esignctl {name} … COMMAND'.").format(
            name=name
        )
    text = _("There is no option {name}.").format(name=name)
    if error.possibilities:
        near = ", ".join(sorted(error.possibilities))
        text += " " + _("Did you mean {name}?").format(name=near)
    return text


def _bad_value(error: Any) -> str:
    text = _("The value of {name} is not usable.").format(name=_hint(error))
    kind = getattr(error.param, "type", None)
    if choices := getattr(kind, "choices", None):
        return no_choice(_hint(error), choices)
    expected = _EXPECTED.get(getattr(kind, "name", ""))
    return f"{text} {_(expected)}" if expected else text


def _hint(error: Any) -> str:
    hint = error.param_hint or (error.param and error.param.get_error_hint(error.ctx)) or ""
    return str(hint if isinstance(hint, str) else " / ".join(hint)).replace("'", "")
