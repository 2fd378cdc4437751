"""What a command returns, and the JSON envelope around it.

A command computes and returns a :class:`Result`; one function of the command line prints it. The
``data`` is ready for JSON (money as text with two decimals, ISO dates, UTC times); the ``view`` is
the same for people, as blocks that a renderer turns into tables or plain text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from esignctl.errors import EsignctlError, ExitCode
from esignctl.findings import Finding

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the parts that tell something: (start, end, kind), in their order."""

    text: str
    marks: Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values."""

    pairs: Sequence[tuple[str, str | Marked]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column titles, rows of texts, and the columns that are numbers."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to a label, drawn as a bar: the first in full, the others in a lighter shade.

    ``columns`` name the label and the numbers. Through a pipe it is a table.
    """

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines of a file, to be copied as they stand: never wrapped."""

    text: str


Encode = Callable[[Any], str]
"""What makes JSON of a value."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """A JSON list of so many items that each is made when it is written.

    ``write`` gives the same items as JSON on one line each, where most of them can be written
    faster than a value can be made for them and encoded.
    """

    make: Callable[[], Iterator[Any]]
    write: Callable[[Encode], Iterator[str]] | None = None


Block = Heading | Facts | Grid | Chart | Note | Verbatim


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a command that did its work.

    ``attention`` says that something needs a person, which the exit code repeats.
    """

    data: Mapping[str, Any]
    findings: Sequence[Finding] = ()
    attention: bool = False
    view: Sequence[Block] = field(default=())

    @property
    def exit_code(self) -> ExitCode:
        """0, or 1 when something needs a person."""
        return ExitCode.ATTENTION if self.attention else ExitCode.OK


def envelope(command: str, outcome: Result | EsignctlError) -> dict[str, Any]:
    """The one JSON document of a command, for success and failure alike."""
    if isinstance(outcome, EsignctlError):
        return {
            "schema": SCHEMA,
            "command": command,
            "status": "error",
            "data": {},
            "findings": [],
            "error": {
                "code": outcome.code,
                "message": str(outcome),
                "remedy": outcome.advice,
            },
        }
    return {
        "schema": SCHEMA,
        "command": command,
        "status": "attention" if outcome.attention else "ok",
        "data": dict(outcome.data),
        "findings": [finding.as_json() for finding in outcome.findings],
        "error": None,
    }
