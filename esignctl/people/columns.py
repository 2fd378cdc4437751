"""Finding the columns of a list by their headers, in Turkish or English and in any order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from esignctl.errors import ColumnMissing
from esignctl.tables import Cell, Sheet, read_tables
from esignctl.text.folding import tokens

_HEADER_WITHIN: Final = 100
"""How many rows at the top of a sheet may come before the header."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a list may have; `headers` are the ways to write it, the usual one first."""

    name: str
    headers: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """A row below the header. `sheet` is empty when the file has only one list."""

    sheet: str
    row: int
    cells: dict[str, Cell]


def _key(header: Cell) -> str:
    if not isinstance(header, str):
        return ""
    return "".join(tokens(header.partition("(")[0]))


def read_records(path: Path, columns: Sequence[Column]) -> list[Record]:
    """The filled rows of every list in the file that has the columns.

    Raises `InputRejected` when the file is no table, and `ColumnMissing` when no sheet of it has
    all required columns; that names the first one missing in the sheet that comes nearest.
    """
    names = {_key(header): column.name for column in columns for header in column.headers}
    required = [column for column in columns if column.required]
    lists: list[list[Record]] = []
    nearest: set[str] = set()
    for sheet in read_tables(path):
        found, seen = _list(sheet, names, {column.name for column in required})
        if found is not None:
            lists.append(found)
        nearest = max(nearest, seen, key=len)
    if not lists:
        missing = next(column for column in required if column.name not in nearest)
        raise ColumnMissing(
            file=path.name, column=missing.headers[0], accepted=", ".join(missing.headers)
        )
    filled = [records for records in lists if records]
    if len(filled) > 1:
        return [record for records in filled for record in records]
    return [Record("", record.row, record.cells) for records in filled for record in records]


def _list(
    sheet: Sheet, names: dict[str, str], required: set[str]
) -> tuple[list[Record] | None, set[str]]:
    """The records of a sheet, or None, and the most required columns that one row of it names."""
    rows = iter(sheet.rows)
    nearest: set[str] = set()
    for _, (_number, cells) in zip(range(_HEADER_WITHIN), rows, strict=False):
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            if name := names.get(_key(cell)):
                places.setdefault(name, place)
        if required <= places.keys():
            return list(_records(sheet.name, rows, places, names)), required
        nearest = max(nearest, required & places.keys(), key=len)
    return None, nearest


def _records(
    sheet: str,
    rows: Iterator[tuple[int, list[Cell]]],
    places: dict[str, int],
    names: dict[str, str],
) -> Iterator[Record]:
    for number, cells in rows:
        record = {
            name: cells[place] if place < len(cells) else None for name, place in places.items()
        }
        if all(
            cell is None or (isinstance(cell, str) and not cell.strip()) for cell in record.values()
        ):
            continue
        # A header that stands again at the top of each printed page is no record.
        if all(names.get(_key(cell)) == name for name, cell in record.items() if cell):
            continue
        yield Record(sheet, number, record)
