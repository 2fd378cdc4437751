"""Puts an outcome on the screen: tables on a terminal, plain lines through a pipe, or JSON.

Results go to stdout, everything else to stderr.
"""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from itertools import islice
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Protocol

from esignctl.cli import grids
from esignctl.cli.session import Session
from esignctl.errors import EsignctlError
from esignctl.findings import Finding
from esignctl.i18n import _
from esignctl.result import (
    Block,
    Chart,
    Encode,
    Facts,
    Grid,
    Heading,
    Marked,
    Note,
    Result,
    Streamed,
    Verbatim,
    envelope,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

# below this, work is done before a bar could be read
_WORTH_A_BAR = 20
_BAR_SECONDS = 0.1

# so many of a long JSON list are made at a time
_ITEMS = 1000

# bold where it speaks for somebody, underlined where it speaks against; colours only help
_MARKS = {
    "number": "bold green",
    "code": "bold green",
    "name": "bold cyan",
    "purpose": "bold yellow",
    "other-number": "underline red",
    "other-purpose": "underline red",
    "reversal": "underline magenta",
}

# a bank's text could move the cursor or fake a line: control characters become spaces
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def prepare() -> None:
    """Make the streams take everything: where one is closed, into nothing.

    A character that the terminal's encoding lacks becomes ``?``, never a failure.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def close_stdout() -> None:
    """Drop what stdout did not take, so that the interpreter does not fail on it at its end."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def deliver(outcome: Result | EsignctlError, session: Session) -> None:
    """Print the outcome of a command in the form that was asked for."""
    if session.as_json:
        unicode_works = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        # indented for eyes only: without it json runs in C, ten times as fast
        indent = 2 if sys.stdout.isatty() else None
        encode = partial(json.dumps, ensure_ascii=not unicode_works, indent=indent)
        for piece in _as_json(envelope(session.command, outcome), encode, whole=indent is not None):
            sys.stdout.write(piece)
        sys.stdout.write("\n")
    elif isinstance(outcome, Result):
        show(outcome.view)
    sys.stdout.flush()
    if isinstance(outcome, EsignctlError):
        tell_error(outcome)
    elif not session.quiet:
        for finding in outcome.findings:
            _tell_finding(finding)
    sys.stderr.flush()


def _as_json(
    document: Mapping[str, Any], encode: Callable[..., str], *, whole: bool
) -> Iterator[str]:
    """The JSON of a document, its streamed lists some items at a time, unless ``whole``."""
    place = token_hex()
    streams: list[Streamed] = []

    def hold(value: object) -> object:
        if not isinstance(value, Streamed):
            raise TypeError(type(value).__name__)
        if whole:
            return list(value.make())
        streams.append(value)
        return place

    first, *others = encode(document, default=hold).split(f'"{place}"')
    yield first
    for streamed, other in zip(streams, others, strict=True):
        mark = "["
        for some in _some_items(streamed, encode):
            yield mark + some
            mark = ", "
        yield f"[]{other}" if mark == "[" else f"]{other}"


def _some_items(streamed: Streamed, encode: Encode) -> Iterator[str]:
    """The JSON of a streamed list without its brackets, some items at a time."""
    if streamed.write is not None:
        texts = streamed.write(encode)
        while some := list(islice(texts, _ITEMS)):
            yield ", ".join(some)
        return
    items = streamed.make()
    while made := list(islice(items, _ITEMS)):
        yield encode(made)[1:-1]


def show(blocks: Sequence[Block]) -> None:
    """Print the blocks of a view to stdout."""
    if sys.stdout.isatty():
        _show_rich(blocks)
    else:
        _show_plain(blocks)


def _show_plain(blocks: Sequence[Block]) -> None:
    lines = []
    for block in blocks:
        match block:
            case Heading(text):
                lines.append(clean(text))
            case Note(text):
                lines.append(clean(text))
            case Verbatim(text):
                lines.extend(clean(line) for line in text.splitlines())
            case Facts(pairs):
                lines.extend(f"{clean(label)}\t{clean(_plain(value))}" for label, value in pairs)
            case Grid(columns, rows):
                lines.append("\t".join(clean(column) for column in columns))
                lines.extend("\t".join(clean(cell) for cell in row) for row in rows)
            case Chart(columns, bars):
                lines.append("\t".join(clean(column) for column in columns))
                lines.extend("\t".join([clean(label), *map(str, of)]) for label, of in bars)
    if lines:
        sys.stdout.write("\n".join(lines) + "\n")


def _show_rich(blocks: Sequence[Block]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    for number, block in enumerate(blocks):
        match block:
            case Heading(text):
                console.print(Text(("\n" if number else "") + clean(text), style="bold"))
            case Note(text):
                console.print(Text(clean(text)))
            case Verbatim(text):
                for line in text.splitlines():
                    console.print(Text(clean(line)), soft_wrap=True)
            case Facts(pairs):
                facts = Table.grid(padding=(0, 2))
                facts.add_column(style="cyan", no_wrap=True)
                facts.add_column(overflow="fold")
                for label, value in pairs:
                    facts.add_row(Text(clean(label)), _styled(value))
                console.print(facts)
            case Grid(columns, rows, right):
                grids.show(
                    console,
                    [clean(column) for column in columns],
                    [[clean(cell) for cell in row] for row in rows],
                    right,
                )
            case Chart():
                console.print(_chart(block, console))


def _chart(chart: Chart, console: "Console") -> "Table":
    """Bars as long as the screen lets them be, the longest for the largest sum."""
    from rich.table import Table
    from rich.text import Text

    full, light = ("#", "-") if console.options.ascii_only else ("█", "░")
    table = Table.grid(padding=(0, 1))
    largest = max((sum(numbers) for _label, numbers in chart.rows), default=0)
    taken = sum(
        1 + max([len(title), *(len(str(row[1][place])) for row in chart.rows)])
        for place, title in enumerate(chart.columns[1:])
    ) + max(len(chart.columns[0]), *(len(label) for label, _numbers in chart.rows))
    room = max(console.width - taken - 2, 10)
    for title in (chart.columns[0], "", *chart.columns[1:]):
        table.add_column(justify="left" if title in ("", chart.columns[0]) else "right")
    table.add_row(
        *(Text(clean(each), "bold") for each in (chart.columns[0], "", *chart.columns[1:]))
    )
    for label, numbers in chart.rows:
        first, rest = (
            round(sum(part) * room / largest) or int(any(part))
            for part in (numbers[:1], numbers[1:])
        )
        bar = Text(full * first, "yellow").append(light * rest, "dim")
        table.add_row(clean(label), bar, *map(str, numbers))
    return table


def _plain(value: str | Marked) -> str:
    return value if isinstance(value, str) else value.text


def _styled(value: str | Marked) -> "Text":
    from rich.text import Text

    if isinstance(value, str):
        return Text(clean(value))
    text, end = Text(), 0
    for start, stop, kind in value.marks:
        text.append(clean(value.text[end:start]))
        text.append(clean(value.text[start:stop]), style=_MARKS.get(kind, "bold"))
        end = stop
    return text.append(clean(value.text[end:]))


def tell_error(error: EsignctlError) -> None:
    """Print an error to stderr."""
    _tell(_("error"), str(error), error.advice, f"[{error.code}]")


def _tell_finding(finding: Finding) -> None:
    labels = {"error": _("error"), "warning": _("warning"), "info": _("note")}
    _tell(labels[finding.severity], finding.message, finding.remedy, f"[{finding.code}]")


def _tell(label: str, message: str, remedy: str, code: str) -> None:
    sys.stderr.write(f"{label}: {clean(message)} {code}\n  → {clean(remedy)}\n")


def clean(text: str) -> str:
    """``text`` on one line, without characters that act on a terminal."""
    # most texts hold nothing of the kind, and this is told in a tenth of the time
    return text if text.isprintable() else _CONTROL.sub(" ", text)


def is_watched(session: Session) -> bool:
    """Whether somebody sees a bar."""
    return not session.quiet and sys.stderr.isatty()


class Advance(Protocol):
    """Tells a bar of one more step, or of several."""

    def __call__(self, steps: int = 1) -> None:
        """So many steps are done."""


@contextmanager
def progress(
    label: str, total: int | None, session: Session, *, worth: int = _WORTH_A_BAR
) -> Iterator[Advance]:
    """A bar on a terminal for work of ``total`` steps; what it gives is called after each one.

    With fewer than ``worth`` steps there is none. Without a total it only shows that work goes on.
    """
    if (total is not None and total < worth) or not is_watched(session):
        yield lambda steps=1: None
        return
    from rich.console import Console
    from rich.progress import Progress

    # Drawn by the steps themselves, where there are any: the work may fork, and a process with a
    # drawing thread must not.
    drawn_by_steps = total is not None
    shown = time.monotonic()
    console = Console(stderr=True)
    with Progress(console=console, transient=True, auto_refresh=not drawn_by_steps) as bar:
        task = bar.add_task(label, total=total)

        behind = 0

        def advance(steps: int = 1) -> None:
            nonlocal shown, behind
            behind += steps
            if not drawn_by_steps or (now := time.monotonic()) - shown > _BAR_SECONDS:
                bar.advance(task, behind)
                behind = 0
                if drawn_by_steps:
                    bar.refresh()
                    shown = now

        if drawn_by_steps:
            bar.refresh()
        yield advance
        bar.advance(task, behind)
