"""Finding the columns of a list by their headers, in Turkish or English and in any order."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from esignctl.errors import ColumnMissing
from esignctl.tables.reading import read_tables
from esignctl.tables.sheet import Cell, Sheet
from esignctl.text import tckn
from esignctl.text.folding import tokens

_T = TypeVar("_T")

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
    """A row below the header. `sheet` is empty when the file has only one list.

    `headers` are those of the columns as the file writes them.
    """

    sheet: str
    row: int
    cells: dict[str, Cell]
    headers: Mapping[str, str] = field(default_factory=dict)

    def read(self, name: str, read: Callable[[Cell], _T]) -> _T:
        """What `read` makes of a cell; raises `Unusable` with the column that it is in."""
        try:
            return read(self.cells.get(name))
        except Unusable as error:
            raise Unusable(error.code, self.headers.get(name, "")) from None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands."""

    sheet: str
    row: int


class Unusable(Exception):
    """A cell that cannot be used: why, as a code, and the header of its column if known."""

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.column = column


TCKN: Final = Column(
    "tckn",
    (
        "T.C. Kimlik No", "T.C. Kimlik Numarası", "TCKN", "T.C. No", "Kimlik No",
        "Kimlik Numarası", "T.C. Kimlik", "National ID", "National ID Number",
        "Personal Number", "Identity Number", "ID Number", "ID No",
    ),
)  # fmt: skip
"""The column of personal numbers."""

_EXPONENT: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{2}")
_WHOLE: Final = re.compile(r"(\d+)[.,]0+")


def plain(cell: Cell) -> str:
    """A cell as one line of text; whole numbers without a fraction."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFC", " ".join(str(cell).split()))


def personal_number(cell: Cell) -> str:
    """The eleven digits in a cell, whether a spreadsheet made a number of them or not."""
    text = plain(cell).strip("'\N{RIGHT SINGLE QUOTATION MARK}`")
    if not text:
        raise Unusable("TCKN-MISSING")
    if whole := _WHOLE.fullmatch(text):
        text = whole[1]
    elif _EXPONENT.fullmatch(text):
        text = str(int(float(text.replace(",", "."))))
    try:
        return tckn.normalize(text)
    except ValueError:
        raise Unusable("TCKN-INVALID") from None


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
    return [replace(record, sheet="") for records in filled for record in records]


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
            headers = {name: str(cells[place]).strip() for name, place in places.items()}
            return list(_records(sheet.name, rows, places, names, headers)), required
        nearest = max(nearest, required & places.keys(), key=len)
    return None, nearest


def _records(
    sheet: str,
    rows: Iterator[tuple[int, list[Cell]]],
    places: dict[str, int],
    names: dict[str, str],
    headers: Mapping[str, str],
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
        yield Record(sheet, number, record, headers)
