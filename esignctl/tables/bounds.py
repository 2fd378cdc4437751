"""How far the cells of a workbook's part reach, counted without building them.

Each function goes once through the inflated pieces of a part, raises if the part would not fit
into memory, and returns the part's size in bytes.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from esignctl.errors import TableCutOff, TableDamaged
from esignctl.i18n import _
from esignctl.tables.sheet import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_COPIED_CELLS,
    MAX_ROWS,
    too_many_cells,
    too_many_rows,
)
from esignctl.text.folding import fold

# Any cell that is not written in the usual way, or stands beyond 26 columns and 699,999 rows. A
# part without one cannot reach beyond MAX_CELLS, and looking for it costs a tenth of parsing.
_ODD_CELL = re.compile(
    rb'<c(?! r="[A-Z][1-6]?[0-9]{1,5}+"(?: [st]="[0-9A-Za-z]*+")*+ ?+/?+>|[A-Za-z:])'
)
_PREFIXED_CELL = re.compile(rb"<[^<>\s/:]+:c[\s/>]")
_REFERENCE = re.compile(r"([A-Za-z]*)([0-9]+)")
_ANNOUNCED = re.compile(rb"uniqueCount(?:\s{0,8}=\s{0,8}[\"']([0-9]{1,8})[\"'])?")
_OVERLAP = 64
_MAX_STRINGS = 10_000_000
_MAX_ELEMENTS = 30_000_000
_MAX_TEXT = 32_767
_UNFINISHED = (
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
)


def check_sheet_cells(
    path: Path, pieces: Iterable[bytes], *, slow: bool = False
) -> tuple[int, bool]:
    """The size of a worksheet's XML, and whether its cells are all plain.

    If they are not, nothing is known yet: call again with ``slow``, which parses the XML.
    """
    if slow:
        return _parse(path, pieces, _SheetArea(path)), True
    size = 0
    rest = b""
    for piece in pieces:
        size += len(piece)
        begun, bracket, rest = (rest + piece).rpartition(b">")
        whole = begun + bracket
        if _ODD_CELL.search(whole):
            return size, False
        if b":c" in whole and _PREFIXED_CELL.search(whole):
            return size, False
    return size, True


def check_shared_strings(path: Path, pieces: Iterable[bytes]) -> int:
    """The size of the shared strings; as many are reserved at once as the part announces."""
    size = strings = 0
    tail = b""
    unread = False
    for piece in pieces:
        size += len(piece)
        strings += piece.count(b"<si") + piece.count(b":si")
        if strings > _MAX_STRINGS:
            raise too_many_cells(path)
        whole = tail + piece
        unread = False
        for match in _ANNOUNCED.finditer(whole):
            # near the end, the next piece may show the rest of it
            unread = match[1] is None and match.start() > len(whole) - _OVERLAP
            if not unread and (match[1] is None or int(match[1]) > _MAX_STRINGS):
                raise too_many_cells(path)
        tail = piece[-_OVERLAP:]
    if unread:
        raise too_many_cells(path)
    return size


def check_opendocument(path: Path, pieces: Iterable[bytes]) -> int:
    """The size of an OpenDocument ``content.xml``, whose repeated cells must stay in bounds."""
    return _parse(path, pieces, _OpenDocumentArea(path))


def check_brt_records(path: Path, pieces: Iterable[bytes]) -> int:
    """The size of a binary part of an xlsb workbook."""
    data = b"".join(pieces)
    position, rows, columns = 0, 0, 0
    end = len(data)
    while position < end:
        try:
            kind = data[position]
            position += 1
            if kind & 0x80:
                kind = kind & 0x7F | (data[position] & 0x7F) << 7
                position += 1
            length, shift = 0, 0
            while shift < 28:
                byte = data[position]
                position += 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if not byte & 0x80:
                    break
        except IndexError:
            raise TableCutOff(file=path.name) from None
        if position + length > end:
            raise TableCutOff(file=path.name)
        if kind <= 11 and length >= 8:
            number = int.from_bytes(data[position : position + 4], "little")
            if kind == 0:
                rows = max(rows, number + 1)
            else:
                columns = max(columns, number + 1)
        position += length
    if rows > MAX_ROWS:
        raise too_many_rows(path)
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise too_many_cells(path)
    return end


class _Area(ABC):
    """Takes the elements of a part and holds the used area found so far."""

    limit = MAX_CELLS

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self.columns = 0
        self.elements = 0

    @abstractmethod
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    @abstractmethod
    def end(self, name: str) -> None:
        """An element ends."""

    def count(self) -> None:
        """One element more: a part of too many would keep the reader busy for minutes."""
        self.elements += 1
        if self.elements > _MAX_ELEMENTS:
            raise too_many_cells(self.path)

    def use(self, row: int, column: int) -> None:
        """A cell that holds something."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)
        if self.rows > MAX_ROWS:
            raise too_many_rows(self.path)
        if self.columns > MAX_COLUMNS or self.rows * self.columns > self.limit:
            raise too_many_cells(self.path)


class _SheetArea(_Area):
    """The used area of an xlsx worksheet, where positions may be given or counted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.row = 1
        self.column = 0
        self.in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count()
        local = name.rpartition(":")[2]
        if self.in_cell:
            self.use(self.row, self.column)
        elif local == "c":
            self.in_cell = True
            self.column += 1
            if "r" in attributes:
                self._move(attributes["r"])
        elif local == "row" and "r" in attributes:
            column = self.column
            self._move(attributes["r"])
            self.column = column

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self.in_cell = False
        elif local == "row":
            self.row += 1
            self.column = 0

    def _move(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise TableDamaged(file=self.path.name, problem=_("a cell has an impossible position"))
        letters, digits = match.groups()
        if len(digits) > 8 or len(letters) > 5:
            raise too_many_rows(self.path)
        self.row = int(digits)
        self.column = 0
        for letter in fold(letters):
            self.column = self.column * 26 + ord(letter) - ord("a") + 1


class _OpenDocumentArea(_Area):
    """The used area of an OpenDocument table, where rows and cells may be repeated."""

    limit = MAX_COPIED_CELLS

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.row = 0
        self.repeated_rows = 1
        self.column = 0
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count()
        if name == "table:table":
            self.depth += 1
            if self.depth > 1:
                # a table within a cell would end its outer table for the reader
                raise TableDamaged(file=self.path.name, problem=_("a table stands within a table"))
            self.row = 0
            self.rows = self.columns = 0
        elif name == "table:table-row":
            self.repeated_rows = self._count(attributes, "table:number-rows-repeated")
            self.row += self.repeated_rows
            self.column = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.column += self._count(attributes, "table:number-columns-repeated")
            if "office:value-type" in attributes or "table:formula" in attributes:
                self.use(self.row, self.column)
        elif name == "text:p":
            self.use(self.row, self.column)
        elif name == "text:s" and self._count(attributes, "text:c") > _MAX_TEXT:
            raise TableDamaged(file=self.path.name, problem=_("a cell is longer than any text"))

    def end(self, name: str) -> None:
        if name == "table:table":
            self.depth -= 1

    def _count(self, attributes: dict[str, str], key: str) -> int:
        text = attributes.get(key, "1")
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise TableDamaged(file=self.path.name, problem=_("a cell has an impossible position"))
        return int(text)


def _parse(path: Path, pieces: Iterable[bytes], area: _Area) -> int:
    parser = expat.ParserCreate()
    parser.StartElementHandler = area.start
    parser.EndElementHandler = area.end

    def refuse(*_declaration: object) -> NoReturn:
        raise TableDamaged(
            file=path.name, problem=_("it declares entities, which no spreadsheet does")
        )

    parser.StartDoctypeDeclHandler = refuse
    size = 0
    finished = False
    try:
        for piece in pieces:
            size += len(piece)
            parser.Parse(piece, False)
        finished = True
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # an impossible encoding raises whatever its codec does
        if finished and getattr(error, "code", None) in _UNFINISHED:
            raise TableCutOff(file=path.name) from None
        raise TableDamaged(file=path.name, problem=_("its XML is malformed")) from None
    return size
