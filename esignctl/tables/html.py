"""HTML tables, as many banks write them into files called .xls.

All tables of the document, and the paragraphs between them, are one sheet: row after row, as a
spreadsheet program shows such a file. A cell that spans others stands in its first place, and the
places it covers are blank.
"""

import re
from collections.abc import Iterator

from esignctl.errors import NoTable, TableCutOff, TableDamaged
from esignctl.i18n import _
from esignctl.tables.markup import Element, Malformed, forget, html_events, local_name, text_of
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
from esignctl.text.folding import fold

_TAG = re.compile(r"<(/?)(table|html|body)\b|<!--|-->", re.IGNORECASE)
_BLOCKS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center", "div"))
_INLINE = frozenset(("span", "b", "strong", "font", "i", "u", "label", "a"))
_MAX_SPAN = 1000


def read_html(text: TextFile) -> list[Sheet]:
    """The one sheet of the document."""
    _check_closed(text)
    return [Sheet(text.path.stem, _rows(text))]


def _check_closed(text: TextFile) -> None:
    """A table, or the document, that is opened must also be closed."""
    opened: dict[str, int] = {}
    tables = 0
    rest = ""
    comment = False
    for piece in text.pieces():
        whole = rest + piece
        end = 0
        for match in _TAG.finditer(whole):
            end = match.end()
            if match[2] is None:
                comment = match[0] == "<!--"
            elif not comment:
                name = fold(match[2])
                tables += name == "table" and not match[1]
                opened[name] = opened.get(name, 0) + (-1 if match[1] else 1)
        rest = whole[max(end, len(whole) - 8) :]
    if comment or any(number > 0 for number in opened.values()):
        raise TableCutOff(file=text.path.name)
    if not tables:
        raise NoTable(file=text.path.name, found=_("a web page without a table"))


def _rows(text: TextFile) -> Iterator[Row]:
    try:
        for number, cells in enumerate(_records(text), start=1):
            if number > MAX_ROWS:
                raise too_many_rows(text.path)
            yield number, cells
    except Malformed:
        raise TableDamaged(file=text.path.name, problem=_("its markup is malformed")) from None


def _records(text: TextFile) -> Iterator[list[Cell]]:
    # of each table that is open, the columns that cells above still cover, and for how many rows
    tables: list[dict[int, int]] = []
    for event, element in html_events(text.pieces(), ("table", "tr", *_BLOCKS, *_INLINE)):
        tag = local_name(element)
        if event == "start":
            if tag == "table":
                if not tables and (line := _text_before(element)):
                    yield [line]
                tables.append({})
        elif tag == "table":
            if tables:
                tables.pop()
            forget(element)
        elif tag == "tr":
            yield _cells(text, element, tables[-1] if tables else {})
            forget(element)
        elif not tables and _is_line(element) and (line := _text(element)):
            yield [line]
            forget(element)


def _cells(text: TextFile, row: Element, covered: dict[int, int]) -> list[Cell]:
    """The cells of a row; ``covered`` is brought up to date for the next one."""
    cells: list[Cell] = []
    below: dict[int, int] = {}
    for element in row.iterchildren("td", "th"):
        while len(cells) in covered:
            cells.append(None)
        column = len(cells)
        width = _span(element, "colspan")
        if height := _span(element, "rowspan") - 1:
            below.update(dict.fromkeys(range(column, column + width), height))
        cells.append(_text(element))
        cells.extend([None] * (width - 1))
        if len(cells) > MAX_COLUMNS:
            raise too_many_cells(text.path)
    for column, rows in list(covered.items()):
        if rows > 1:
            covered[column] = rows - 1
        else:
            del covered[column]
    covered.update(below)
    return cells


def _is_line(element: Element) -> bool:
    """Whether the element, outside all tables, is a line of its own."""
    parent = element.getparent()
    tag = local_name(element)
    return tag in _BLOCKS or (
        tag in _INLINE and parent is not None and local_name(parent) in ("body", "form")
    )


def _text_before(element: Element) -> str:
    """The bare text that stands directly before the element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        return "" if parent is None else " ".join(str(parent.text or "").split())
    return " ".join(str(previous.tail or "").split())


def _span(element: Element, name: str) -> int:
    value = str(element.get(name) or "1").strip()
    return min(max(int(value[:9]), 1), _MAX_SPAN) if value.isdecimal() else 1


def _text(element: Element) -> str:
    if not len(element):
        return " ".join(str(element.text or "").split())
    for line_break in element.iter("br"):
        line_break.text = " "
    return " ".join(text_of(element).split())
