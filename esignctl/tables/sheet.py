"""What a table is once its file format is forgotten, and how large one may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from esignctl.errors import TableTooLarge
from esignctl.i18n import _

Cell = None | str | int | float | bool | date | datetime | time | timedelta
Row = tuple[int, list[Cell]]

GIBIBYTE = 1 << 30
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
# what the reader of workbooks holds in memory at once: about 40 bytes a cell, blank ones included
MAX_CELLS = 20_000_000
# of xls and ods it holds more than one copy
MAX_COPIED_CELLS = 8_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.

    ``rows`` gives (row number, cells) and can be gone through once; it is read while you iterate,
    so that errors of the file may come late. Row numbers begin with 1 and are those that a
    spreadsheet program shows; the first cell of a row is column A. Blank cells are ``None`` or
    ``""``; rows may differ in length, and blank rows may be left out. ``open_end``: the last line
    of a text does not end as lines do, so that nothing proves that it is whole.
    """

    name: str
    rows: Iterable[Row]
    open_end: bool = False


def column_letter(index: int) -> str:
    """The letters of the column ``index`` (0 is A, 26 is AA)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def too_many_rows(path: Path) -> TableTooLarge:
    """The error for a sheet with more rows than any spreadsheet program shows."""
    return TableTooLarge(
        file=path.name, problem=_("a sheet has more than {rows} rows").format(rows=f"{MAX_ROWS:,}")
    )


def too_many_bytes(path: Path) -> TableTooLarge:
    """The error for a sheet that expands beyond 1 GiB."""
    return TableTooLarge(file=path.name, problem=_("a part of it expands to more than 1 GiB"))


def too_many_cells(path: Path) -> TableTooLarge:
    """The error for a sheet whose used area does not fit into memory."""
    return TableTooLarge(
        file=path.name, problem=_("the used area of a sheet is beyond all measure")
    )
