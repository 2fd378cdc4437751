"""The root command, its global options, and the run from arguments to exit code."""

import difflib
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from esignctl import __version__, settings
from esignctl.cli import render
from esignctl.cli.frame import Lazy, LazyGroup
from esignctl.cli.session import Session, log_to_stderr
from esignctl.cli.usage import usage_error
from esignctl.errors import (
    EsignctlError,
    ExitCode,
    Fault,
    Interrupted,
    PlaceNotWritable,
    UsageError,
)
from esignctl.i18n import LANGUAGES, N_, _, set_language, system_language
from esignctl.result import Result
from esignctl.text import system

if TYPE_CHECKING:
    from esignctl.cards.looking import Look

COMMANDS = {
    "init": Lazy("esignctl.cli.init", N_("Write a commented sample configuration.")),
    "config": Lazy("esignctl.cli.config", N_("Show and check the configuration.")),
    "person": Lazy("esignctl.cli.person", N_("The people whose signatures are looked after.")),
    "application": Lazy(
        "esignctl.cli.application", N_("Applications for a signature, their fees and states.")
    ),
    "reconcile": Lazy(
        "esignctl.cli.reconcile", N_("Read bank statements and post the payments in them.")
    ),
    "payments": Lazy("esignctl.cli.payments", N_("Posted payments and open decisions.")),
    "card": Lazy("esignctl.cli.card", N_("Why a signature card does not work, and what is on it.")),
    "cert": Lazy(
        "esignctl.cli.cert",
        N_("Whose certificates there are, when they end and whether they can be trusted."),
    ),
    "form": Lazy(
        "esignctl.cli.form", N_("Forms filled from the registry, for paper or as signed PDF.")
    ),
    "remind": Lazy("esignctl.cli.remind", N_("Tell holders in time that their certificates end.")),
    "reminders": Lazy("esignctl.cli.reminders", N_("What was sent to whom, and what failed.")),
    "registry": Lazy("esignctl.cli.registry", N_("The registry's state and soundness.")),
    "explain": Lazy("esignctl.cli.explain", N_("Tell cause and remedy of a code.")),
}


class Root(LazyGroup):
    """``esignctl`` itself."""

    lazy = COMMANDS


def build() -> Any:
    """The whole command line in the active language."""
    app = typer.Typer(
        cls=Root,
        add_completion=True,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=_("Qualified electronic signatures: payments, cards, certificates, reminders, forms."),
    )

    @app.callback()
    def root(
        context: typer.Context,
        registry: Annotated[
            Path | None,
            typer.Option(
                envvar="ESIGNCTL_REGISTRY",
                metavar=_("PATH"),
                help=_("The registry's database file."),
            ),
        ] = None,
        config: Annotated[
            Path | None,
            typer.Option(
                envvar="ESIGNCTL_CONFIG",
                metavar=_("PATH"),
                help=_("The configuration esignctl.toml."),
            ),
        ] = None,
        language: Annotated[
            str | None,
            typer.Option(
                "--lang", envvar="ESIGNCTL_LANG", metavar="tr|en", help=_("The language to speak.")
            ),
        ] = None,
        verbose: Annotated[
            int,
            typer.Option(
                "--verbose", "-v", count=True, show_default=False, help=_("Say more on stderr.")
            ),
        ] = 0,
        quiet: Annotated[
            bool, typer.Option("--quiet", "-q", help=_("Say nothing but results and errors."))
        ] = False,
        version: Annotated[
            bool,
            typer.Option(
                "--version",
                is_eager=True,
                callback=_print_version,
                help=_("Print the version and exit."),
            ),
        ] = False,
    ) -> None:
        if language is not None and language not in LANGUAGES:
            problem = _("The value of {name} is not usable.").format(name="--lang")
            choices = _("Choose one of {choices}.").format(choices=", ".join(LANGUAGES))
            raise UsageError(problem=f"{problem} {choices}", command="esignctl")
        session = Session.of(context)
        session.registry_flag, session.config_flag = registry, config
        session.quiet, session.verbosity = quiet, verbose
        if verbose:
            log_to_stderr(verbose)

    command = typer.main.get_command(app)
    for option in cast("list[Any]", command.params):
        if option.name == "install_completion":
            option.help = _("Install completion for the current shell.")
        elif option.name == "show_completion":
            option.help = _("Print completion for the current shell, to copy or adapt it.")
    return command


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"esignctl {__version__}\n")
        raise typer.Exit


def run(arguments: Sequence[str], look: "Look | None" = None) -> int:
    """Run the program with ``arguments``, print its outcome, and return the exit code.

    ``look`` is a look at the cards that was begun ahead.
    """
    session = Session(as_json="--json" in _before_terminator(arguments), look=look)
    # a command makes many values and few cycles: collecting as often as by default costs a tenth
    gc.set_threshold(200_000, 50, 50)
    render.prepare()
    outcome = _outcome(arguments, session)
    if isinstance(outcome, int):
        return outcome
    try:
        render.deliver(outcome, session)
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)
    except OSError as error:
        return int(_undelivered(error, outcome))
    except Exception as error:  # noqa: BLE001 - a fault of the rendering is a fault, too
        outcome = _fault(error, session)
        render.deliver(outcome, session)
    return int(outcome.exit_code)


def _undelivered(error: OSError, outcome: Result | EsignctlError) -> ExitCode:
    """The exit code when stdout takes no more: of the work, or that the place is not writable."""
    render.close_stdout()
    if isinstance(error, BrokenPipeError):
        # the reader of our output has gone, which is its right; the work itself is done
        return outcome.exit_code
    trouble = PlaceNotWritable(file="stdout", problem=system.in_words(error))
    render.tell_error(trouble)
    return trouble.exit_code


def _outcome(arguments: Sequence[str], session: Session) -> Result | EsignctlError | int:
    """What the command returns or raises; an exit code where Typer printed help itself."""
    try:
        set_language(_language(arguments))
        outcome = build().main(
            list(arguments), prog_name="esignctl", standalone_mode=False, obj=session
        )
    except EsignctlError as error:
        return error
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError" and not session.as_json:
            sys.stderr.write(error.format_message() + "\n")
            return int(ExitCode.USAGE)
        return usage_error(error, session)
    except (KeyboardInterrupt, typer.Abort):
        return Interrupted()
    except SystemExit as end:
        if end.code != 1:
            raise
        # how Typer ends when the reader of its help has gone, which is its right
        render.close_stdout()
        return int(ExitCode.OK)
    except Exception as error:  # noqa: BLE001 - the one boundary: every fault ends here
        return _fault(error, session)
    if outcome == ExitCode.INTERRUPTED:
        return Interrupted()
    return cast("Result | int", outcome or 0)


def _fault(error: Exception, session: Session) -> Fault:
    """The fault's kind and place; with ``-v`` the way to it. Never its text."""
    frames = traceback.extract_tb(error.__traceback__)
    if session.verbosity:
        for frame in frames:
            sys.stderr.write(f"  {frame.filename}:{frame.lineno} {frame.name}\n")
    ours = [frame for frame in frames if "esignctl" in Path(frame.filename).parts] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
    return Fault(version=__version__, kind=type(error).__name__, place=place)


def _before_terminator(arguments: Sequence[str]) -> Sequence[str]:
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _language(arguments: Sequence[str]) -> str:
    """The language by flag, environment, configuration, system; wrong ones are told of later."""
    chosen = _flag("--lang", arguments) or os.environ.get("ESIGNCTL_LANG")
    if chosen in LANGUAGES:
        return str(chosen)
    if chosen:
        return (difflib.get_close_matches(chosen[:2], LANGUAGES, n=1) or [system_language()])[0]
    place = _flag("--config", arguments) or os.environ.get("ESIGNCTL_CONFIG")
    try:
        configured = settings.load(Path(place) if place else settings.default_configuration())
    except EsignctlError:
        return system_language()
    return configured.language or system_language()


def _flag(name: str, arguments: Sequence[str]) -> str | None:
    for position, argument in enumerate(arguments):
        if argument == name:
            return arguments[position + 1] if position + 1 < len(arguments) else None
        if argument.startswith(name + "="):
            return argument.partition("=")[2]
    return None
