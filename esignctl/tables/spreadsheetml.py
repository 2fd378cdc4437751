"""SpreadsheetML 2003: one XML file with a Workbook of Worksheets, Rows, Cells and Data.

Positions may be given by ``ss:Index`` (1-based) or counted; ``ss:MergeAcross`` and ``ss:Span``
take room.
"""

from datetime import datetime

from esignctl.errors import TableCutOff, TableDamaged
from esignctl.i18n import _
from esignctl.tables.markup import (
    DeclaresEntities,
    Element,
    Malformed,
    forget,
    local_name,
    text_of,
    xml_events,
)
from esignctl.tables.plain import TextFile
from esignctl.tables.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Row,
    Sheet,
    too_many_cells,
    too_many_rows,
)

# all rows of such a file are held at once
_MAX_FILLED = 5_000_000


def read_spreadsheetml(text: TextFile) -> list[Sheet]:
    """The worksheets of the file."""
    try:
        return _sheets(text)
    except DeclaresEntities:
        raise TableDamaged(
            file=text.path.name, problem=_("it declares entities, which no spreadsheet does")
        ) from None
    except Malformed as error:
        if error.cut_off:
            raise TableCutOff(file=text.path.name) from None
        raise TableDamaged(file=text.path.name, problem=_("its XML is malformed")) from None


def _sheets(text: TextFile) -> list[Sheet]:
    sheets: list[tuple[str, list[Row]]] = []
    number = filled = 0
    for event, element in xml_events(text.pieces(), ("Worksheet", "Row")):
        if local_name(element) == "Worksheet":
            if event == "start":
                sheets.append((_attribute(element, "Name") or str(len(sheets) + 1), []))
                number = 0
        elif event == "end" and sheets:
            number = _position(text, element, number)
            cells = _cells(text, element)
            filled += len(cells)
            if filled > _MAX_FILLED:
                raise too_many_cells(text.path)
            if number > MAX_ROWS:
                raise too_many_rows(text.path)
            sheets[-1][1].append((number, cells))
            number += _count(text, element, "Span")
            forget(element)
    return [Sheet(name, rows) for name, rows in sheets]


def _cells(text: TextFile, row: Element) -> list[Cell]:
    cells: list[Cell] = []
    column = 0
    for element in row.iterchildren("{*}Cell"):
        column = _position(text, element, column)
        if column > MAX_COLUMNS:
            raise too_many_cells(text.path)
        cells.extend([None] * (column - 1 - len(cells)))
        value: Cell = None
        for data in element.iterchildren("{*}Data"):
            value = _value(_attribute(data, "Type"), text_of(data))
        cells.append(value)
        column += _count(text, element, "MergeAcross")
    return cells


def _value(kind: str | None, raw: str) -> Cell:
    try:
        if kind == "Number":
            return float(raw)
        if kind == "DateTime":
            return datetime.fromisoformat(raw.strip())
    except ValueError:
        return raw
    return raw.strip() == "1" if kind == "Boolean" else raw


def _position(text: TextFile, element: Element, before: int) -> int:
    """Where ``element`` stands: its ``Index``, or one after ``before``."""
    if _attribute(element, "Index") is None:
        return before + 1
    index = _count(text, element, "Index")
    if index <= before:
        raise TableDamaged(file=text.path.name, problem=_("a cell has an impossible position"))
    return index


def _count(text: TextFile, element: Element, name: str) -> int:
    value = _attribute(element, name) or "0"
    if not value.isdecimal() or len(value) > 9:
        raise TableDamaged(file=text.path.name, problem=_("a cell has an impossible position"))
    return int(value)


def _attribute(element: Element, name: str) -> str | None:
    """The attribute ``name`` of whatever namespace; files differ in how they declare it."""
    for key, value in element.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(value)
    return None
