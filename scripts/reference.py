"""Writes ``docs/reference.md`` from the program itself: ``python -m scripts.reference``.

Commands, exit codes, errors, findings and reasons are read where they are defined, so that the
page cannot say anything else. ``--check`` writes nothing and fails when the page has drifted.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from esignctl import codes
from esignctl.cli import app
from esignctl.errors import ExitCode
from esignctl.findings import FINDINGS
from esignctl.i18n import set_language
from esignctl.payments.reasons import REASONS

ROOT = Path(__file__).parent.parent
EVERYWHERE = ("--help", "--json", "--show-ids")
PAGE = ROOT / "docs" / "reference.md"
EXIT_CODES = {
    ExitCode.OK: "done, nothing for a person to do",
    ExitCode.ATTENTION: "done, and something needs a person",
    ExitCode.USAGE: "wrong usage",
    ExitCode.DECLINED: "declined or cancelled",
    ExitCode.REJECTED: "input rejected; nothing was changed",
    ExitCode.ENVIRONMENT: "the environment is missing something",
    ExitCode.REGISTRY: "registry trouble",
    ExitCode.FAULT: "a fault in the program",
    ExitCode.INTERRUPTED: "interrupted; nothing half-done",
}


def walk(command: Any, context: Any = None) -> Iterator[tuple[str, Any, Any]]:
    """Every command with its path (``esignctl person list``) and a context, parents first."""
    from typer import Context

    name = command.name if context else "esignctl"
    here = Context(command, info_name=name, parent=context)
    yield here.command_path, command, here
    for child in command.list_commands(here) if hasattr(command, "list_commands") else ():
        yield from walk(command.get_command(here, child), here)


def page() -> str:
    """The whole page as Markdown."""
    set_language("en")
    return "\n".join(
        [
            "# Reference",
            "",
            "Made by `python -m scripts.reference` from the program itself; do not edit.",
            "",
            "## Commands",
            "",
            "Every command takes `--json` (print one JSON document), `--show-ids` (print personal"
            " numbers in full; the audit log records it) and `--help`.",
            "",
            *(
                line
                for path, command, context in walk(app.build())
                for line in _command(path, command, context)
            ),
            "## Exit codes",
            "",
            *_table(("Code", "Meaning"), ((code, EXIT_CODES[code]) for code in ExitCode)),
            "## Errors",
            "",
            "An error ends the command. Words in braces are filled when it is shown; `esignctl"
            " explain CODE` prints cause and remedy.",
            "",
            *_table(
                ("Code", "Exit", "Message", "Cause", "Remedy"),
                (
                    (f"`{error.code}`", int(error.exit_code), error.message, *_told(error.code))
                    for error in sorted(
                        codes.errors(), key=lambda error: (error.exit_code, error.code)
                    )
                ),
            ),
            "## Findings",
            "",
            "A finding is reported beside the result and never ends the command.",
            "",
            *_table(
                ("Code", "Severity", "Message", "Cause", "Remedy"),
                (
                    (f"`{code}`", text.severity, text.message, *_told(code))
                    for code, text in sorted(FINDINGS.items())
                ),
            ),
            "## Reasons",
            "",
            "Why a movement was posted, given to a person, or left alone.",
            "",
            *_table(
                ("Code", "Message", "Cause", "Remedy"),
                ((f"`{code}`", text, *_told(code)) for code, text in REASONS.items()),
            ),
        ]
    )


def _told(name: str) -> tuple[str, str]:
    code = codes.every()[name]
    return code.cause, code.remedy


def _command(path: str, command: Any, context: Any) -> Iterator[str]:
    yield f"### `{path}`"
    yield ""
    yield command.help
    yield ""
    pieces = (piece.strip("{}") for piece in command.collect_usage_pieces(context))
    yield f"`{path} {' '.join(pieces)}`"
    yield ""
    rows = [
        (f"`{names}`", help_text)
        for names, help_text in filter(None, _parameters(command, context))
    ]
    yield from _table(("Argument or option", "Meaning"), rows)


def _parameters(command: Any, context: Any) -> Iterator[tuple[str, str] | None]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        yield None if record and record[0] in EVERYWHERE else record


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    filled = [
        tuple(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows
    ]
    if not filled:
        return
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from ("| " + " | ".join(row) + " |" for row in filled)
    yield ""


def main() -> int:
    """Write the page, or with ``--check`` compare it."""
    new = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(new, encoding="utf-8")
        return 0
    same = PAGE.read_text(encoding="utf-8") == new
    if not same:
        sys.stderr.write("docs/reference.md has drifted; run: python -m scripts.reference\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
