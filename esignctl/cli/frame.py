"""Typer's classes with this program's ways: ``--json`` everywhere, lazy groups, both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from esignctl.cli.session import Session
from esignctl.i18n import _


def _usage(command: Any, context: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(context))
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

    def invoke(self, ctx: Any) -> Any:
        """Run the command; the session learns its name."""
        Session.of(ctx).command = ctx.command_path.partition(" ")[2]
        return super().invoke(ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Typer's usage line in the reader's language."""
        _usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """Typer's ``--help`` in the reader's language."""
        return _help_option(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands in the reader's language."""

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

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(entry.summary)) for name, entry in self.lazy.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As Typer does, with suggestions from the names that are not imported yet."""
        if args[0] in self.lazy:
            self.get_command(ctx, args[0])
        return super().resolve_command(ctx, args)
