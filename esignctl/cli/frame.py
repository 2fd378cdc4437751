"""Typer's classes with this program's ways: ``--json`` everywhere, lazy groups, both languages."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from esignctl.cli.session import Session
from esignctl.errors import UsageError
from esignctl.i18n import N_, _
from esignctl.text import tckn

# Typer writes these into a command when it is made, in English
_USAGE_PIECES = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))


def _usage(command: Any, context: Any, formatter: Any) -> None:
    pieces = " ".join(
        _(piece) if piece in _USAGE_PIECES else piece.strip("{}")
        for piece in command.collect_usage_pieces(context)
    )
    formatter.write_usage(context.command_path, pieces, prefix=_("Usage: "))


def _help_option(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this message and exit.")
    return option


class Command(TyperCommand):
    """A command that returns a :class:`~esignctl.result.Result`.

    Adds ``--json`` and ``--show-ids``, so that no command has to.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for parameter in self.params:
            if parameter.type.name == "str" and parameter.metavar is None:
                parameter.metavar = _("TEXT")
        self.params.append(
            TyperOption(
                param_decls=["--json"],
                is_flag=True,
                default=False,
                expose_value=False,
                help=_("Print one JSON document."),
            )
        )
        self.params.append(
            TyperOption(
                param_decls=["--show-ids"],
                is_flag=True,
                default=False,
                expose_value=False,
                callback=_show_ids,
                help=_("Print personal numbers in full; the audit log records it."),
            )
        )

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer does; the session learns the command's name, the user what is too much."""
        Session.of(ctx).command = ctx.command_path.partition(" ")[2]
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            problem = _("Too many arguments: {arguments}.").format(
                arguments=tckn.mask_within(" ".join(rest))
            )
            raise UsageError(problem=problem, command=ctx.command_path)
        return rest

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Typer's usage line in the reader's language."""
        _usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """Typer's ``--help`` in the reader's language."""
        return _help_option(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands in the reader's language."""

    def summaries(self, ctx: Any) -> Iterable[tuple[str, str]]:
        """The names of the group's commands, and what each one does."""
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            yield name, command.help

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, each with its whole summary."""
        with formatter.section(_("Commands")):
            formatter.write_dl(list(self.summaries(ctx)))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that ``args`` begin with; an unknown name is told the nearest one."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            Session.of(ctx).command = ctx.command_path.partition(" ")[2]
            problem = _("There is no command {name}.").format(name=tckn.mask_within(name))
            near = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            if near:
                problem += " " + _("Did you mean {name}?").format(name=near[0])
            raise UsageError(problem=problem, command=ctx.command_path)
        return name if command else None, command, args[1:]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Typer's usage line in the reader's language."""
        _usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """Typer's ``--help`` in the reader's language."""
        return _help_option(super().get_help_option(ctx))


def _show_ids(context: typer.Context, _option: Any, value: bool) -> None:
    if value:
        Session.of(context).show_ids = True


def group(summary: str) -> typer.Typer:
    """An empty command group whose commands are registered with :func:`command`."""
    return typer.Typer(
        cls=Group,
        help=summary,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


def single() -> typer.Typer:
    """A command that stands alone, without a group."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@dataclass(frozen=True, slots=True)
class Lazy:
    """A command that is imported when it is called: its module's ``app``, and its summary."""

    module: str
    summary: str


class LazyGroup(Group):
    """The root: knows its commands by name and summary, and imports only the one that runs."""

    lazy: Mapping[str, Lazy] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order in which help lists them."""
        return list(self.lazy)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, imported now."""
        if cmd_name not in self.lazy:
            return None
        if cmd_name not in self.commands:
            app = import_module(self.lazy[cmd_name].module).app
            command = typer.main.get_command(app)
            command.name = cmd_name
            self.commands[cmd_name] = command
        return self.commands[cmd_name]

    def summaries(self, ctx: Any) -> Iterable[tuple[str, str]]:
        """The names and summaries, without importing the commands."""
        return ((name, _(entry.summary)) for name, entry in self.lazy.items())
