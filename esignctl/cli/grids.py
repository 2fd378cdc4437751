"""A grid on a terminal: a table where its columns have room, else one line for each of its cells.

What people copy, such as numbers, codes and sums, is never broken over two lines.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

# a word without a digit that is longer may be broken: nobody copies it
_WHOLE = 16

_GAP = 2
_EDGES = 2


def show(
    console: "Console",
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: frozenset[int] = frozenset(),
) -> None:
    """Print a grid of clean texts; the columns of ``right`` are numbers."""
    columns = [(title, *(row[place] for row in rows)) for place, title in enumerate(titles)]
    room = console.width - _EDGES - _GAP * (len(titles) - 1)
    given = widths([needed(each) for each in columns], [natural(each) for each in columns], room)
    if given is None:
        _show_records(console, titles, rows)
    else:
        _show_table(console, titles, rows, right, given)


def needed(texts: Sequence[str]) -> int:
    """How many columns of the screen the longest word that must stay whole takes."""
    from rich.cells import cell_len

    words = {word for text in texts for word in text.split()}
    return max(
        (
            cell_len(word) if any(map(str.isdigit, word)) else min(cell_len(word), _WHOLE)
            for word in words
        ),
        default=1,
    )


def natural(texts: Sequence[str]) -> int:
    """How many columns of the screen the texts take on one line each."""
    from rich.cells import cell_len

    return max(map(cell_len, texts), default=1)


def widths(least: Sequence[int], most: Sequence[int], room: int) -> list[int] | None:
    """A width for each column, no more than ``room`` together; None where the least do not fit.

    The widest give way first, and none below its least.
    """
    if sum(least) > room:
        return None
    level = max(most, default=0)
    while sum(given := _cut(least, most, level)) > room:
        level -= 1
    rest = room - sum(given)
    # what the next level would take is shared from the left as far as it goes
    for place, wider in enumerate(_cut(least, most, level + 1)):
        if rest and wider > given[place]:
            given[place] += 1
            rest -= 1
    return given


def _cut(least: Sequence[int], most: Sequence[int], level: int) -> list[int]:
    return [max(low, min(high, level)) for low, high in zip(least, most, strict=True)]


def _show_table(
    console: "Console",
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: frozenset[int],
    given: Sequence[int],
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        header_style="bold",
        box=box.HORIZONTALS,
        show_lines=True,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for place, (title, width) in enumerate(zip(titles, given, strict=True)):
        table.add_column(
            Text(title),
            justify="right" if place in right else "left",
            overflow="fold",
            width=width,
        )
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _show_records(console: "Console", titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Each row as a list of what its cells hold, by title; empty cells are left out.

    A word too long to stand beside its title is left to the terminal to break, so that what is
    copied is still whole.
    """
    from rich.text import Text

    beside = natural(titles) + _GAP
    for number, row in enumerate(rows):
        if number:
            console.print()
        for title, cell in zip(titles, row, strict=True):
            if not cell:
                continue
            label = Text(title.ljust(beside), style="cyan")
            if needed([cell]) > console.width - beside:
                console.print(label)
                console.print(Text(cell), soft_wrap=True)
                continue
            for line in Text(cell).wrap(console, console.width - beside):
                line.rstrip()
                console.print(label + line)
                label = Text(" " * beside)
