"""Cells and columns, and how a layout becomes the rows of a statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in kuruş, written as a number or as text as the disguise wants it."""

    kurus: int


@dataclass(frozen=True, slots=True)
class When:
    """A moment: ``text`` as the bank prints it; ``real`` writes a true date where possible."""

    moment: datetime
    text: str
    real: bool = False
    serial: bool = False


Cell = None | str | int | float | Money | When
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Line:
    """One movement as the layouts need it; amounts in kuruş, balance after the movement."""

    moment: datetime
    amount: int
    balance: int
    description: str
    receipt: str
    reference: str
    channel: str


@dataclass(frozen=True, slots=True)
class Account:
    """The account of the statement."""

    bank: str
    iban: str
    number: str

    @property
    def grouped(self) -> str:
        return " ".join(self.iban[i : i + 4] for i in range(0, 26, 4))


@dataclass(frozen=True, slots=True)
class Column:
    """Header text and the cell of a line; ``role`` is ``amount`` where money may be split."""

    header: str
    cell: Callable[[Line], Cell]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One export layout. ``house`` names the description style, ``code`` the bank's number."""

    name: str
    house: str
    code: str
    bank: str
    sheet: str
    columns: tuple[Column, ...]
    preamble: Callable[[Account, date, date], list[Row]]
    footer: Callable[[list[Line], Account], list[Row]] = lambda lines, account: []
    header: bool = True
    container: str = "xlsx"
    merges: tuple[tuple[int, int], ...] = ()
    newest_first: bool = False
    names_iban: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A statement as rows of cells. ``places`` gives each line's row, 0-based, in time order."""

    layout: Layout
    rows: list[Row]
    places: list[int]
    header_row: int | None


def lay_out(
    layout: Layout, account: Account, lines: list[Line], dice: Random, changes: frozenset[str]
) -> Table:
    """The rows of the export; ``changes`` are the content disguises wanted."""
    columns = _changed_columns(layout, changes)
    first, last = lines[0].moment.date(), lines[-1].moment.date()
    rows = list(layout.preamble(account, first, last))
    if "no-iban" in changes:
        rows = [[] if any("IBAN" in str(cell) for cell in row) else row for row in rows]
    header: Row = [column.header or None for column in columns]
    if "broken-header" in changes:
        header = [str(cell).replace(" ", "\n", 1) if cell else cell for cell in header]
    header_row = len(rows) if layout.header else None
    if layout.header:
        rows.append(header)
    newest = layout.newest_first != ("reversed" in changes)
    order = range(len(lines) - 1, -1, -1) if newest else range(len(lines))
    places = [0] * len(lines)
    for count, index in enumerate(order):
        if "paged" in changes and count and count % 45 == 0:
            rows.append([f"Sayfa {count // 45}"])
            rows.append([])
            if layout.header:
                rows.append(header)
        if "blank-rows" in changes and dice.random() < 0.08:
            rows.append([])
        places[index] = len(rows)
        rows.append([column.cell(lines[index]) for column in columns])
    rows += layout.footer(lines, account)
    return Table(layout, rows, places, header_row)


def _changed_columns(layout: Layout, changes: frozenset[str]) -> list[Column]:
    columns = list(layout.columns)
    if "debit-credit" in changes:
        place = next(i for i, column in enumerate(columns) if column.role == "amount")
        columns[place : place + 1] = [
            Column("Borç", lambda line: Money(-line.amount) if line.amount < 0 else None),
            Column("Alacak", lambda line: Money(line.amount) if line.amount > 0 else None),
        ]
        columns = [column for column in columns if column.role != "sign"]
    if "real-dates" in changes:
        columns = [
            Column(column.header, _real_cell(column.cell), column.role) for column in columns
        ]
    return columns


def _real_cell(cell: Callable[[Line], Cell]) -> Callable[[Line], Cell]:
    def real(line: Line) -> Cell:
        value = cell(line)
        if (
            isinstance(value, When)
            and not value.serial
            and ("." in value.text or "/" in value.text)
        ):
            return replace(value, real=True)
        return value

    return real
