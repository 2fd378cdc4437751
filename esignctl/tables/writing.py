"""Writes Excel workbooks from pages of cells, by openpyxl.

Dates and numbers are real ones. Every text is written as a string cell, so that nothing from other
people can act as a formula; the same input gives the same bytes.
"""

import errno
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from esignctl import drafts
from esignctl.errors import WorkbookNameWrong
from esignctl.i18n import active_language

Value = str | int | date | None
"""What a cell holds; an ``int`` of kind ``money``, ``excess`` or ``sum`` is kuruş."""

Cells = list[tuple[Value, str]]
"""A row: values with their kinds (``text count day money excess header
number-header title subtitle label strong strong-count sum``; a ``label`` is text on one line)."""


@dataclass(frozen=True, slots=True)
class Header:
    """The column titles of a page, and how many rows follow them.

    ``kinds`` are those of the cells below: a title stands over numbers as they do.
    """

    titles: Sequence[str]
    rows: int
    kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its name, colour (RRGGBB), column widths in characters, and rows."""

    title: str
    colour: str
    widths: Sequence[int]
    rows: Iterable[Cells]
    header: Header | None = None


_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS: Final = re.compile(r"[\t\r\n]+")
_LIKE_A_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]")
# with its language, so that it shows the same on every computer
_MONEY: Final = {
    "tr": "[$-41F]#,##0.00;[Red][$-41F]-#,##0.00",
    "en": "[$-409]#,##0.00;[Red][$-409]-#,##0.00",
}
_FONT: Final = "Calibri"
_LINE: Final = 15.0
"""The height of a line of text in points."""
_WRAPPED: Final = ("text", "quoted", "header", "number-header")
_INDENTED: Final = dict.fromkeys(("text", "label", "quoted", "header", "strong"), "left")
_NUMBERS: Final = ("count", "strong-count", "money", "excess", "sum")


def check_place(path: Path, *, force: bool = False) -> None:
    """Whether a workbook can be written at ``path``; to be asked before the work is done.

    Raises ``WorkbookNameWrong``, ``FileExists`` or ``PlaceNotWritable``.
    """
    if path.suffix not in (".xlsx", ".XLSX"):
        raise WorkbookNameWrong(file=path.name)
    drafts.check(path, force=force)


def write_pages(path: Path, pages: Iterable[Page], day: date, *, force: bool = False) -> None:
    """Write a workbook, in the active language; ``day`` is what it says of when it was made.

    It appears under its name when it is whole, readable by nobody else; over a file that has the
    name only with ``force``. Raises ``FileExists`` or ``PlaceNotWritable``.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook(write_only=True)
    workbook.properties.creator = "esignctl"
    workbook.properties.created = datetime.combine(day, time())
    workbook.properties.modified = workbook.properties.created
    with drafts.draft(path, force=force) as unfinished:
        try:
            for page in pages:
                _write(workbook, page)
            with (
                open(unfinished, "xb", opener=_for_us_alone) as file,
                _SameBytes(file, "w", zipfile.ZIP_DEFLATED) as archive,
            ):
                ExcelWriter(workbook, archive).save()
        except BaseException as error:
            _abandon(workbook)
            if type(error).__name__ == "SerialisationError":
                raise _as_os_error(error) from None
            raise


def _abandon(workbook: Any) -> None:
    """Close half-written sheets, whose temporary files and generators would outlive us."""
    for sheet in workbook.worksheets:
        with suppress(Exception):
            if not sheet.closed:
                sheet.close()
        with suppress(Exception):
            sheet._writer.cleanup()


def _as_os_error(error: BaseException) -> OSError:
    """What the XML writer below openpyxl says when the disk is full: ``IO_ENOSPC`` and the like."""
    code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(code, os.strerror(code))


def _for_us_alone(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


class _SameBytes(zipfile.ZipFile):
    """An archive whose members carry no time, so that the same content gives the same bytes."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(self._member(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        member = self._member(arcname)
        member.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(member, "w") as target:
            shutil.copyfileobj(source, target)

    def _member(self, name: str) -> zipfile.ZipInfo:
        member = zipfile.ZipInfo(name)
        member.compress_type = self.compression
        member.external_attr = 0o600 << 16
        return member


def _write(workbook: Any, page: Page) -> None:
    sheet = _Sheet(workbook, page)
    if page.header:
        sheet.header(page.header)
    for cells in page.rows:
        sheet.append(cells)


class _Sheet:
    """A sheet that is written row by row. It keeps one cell for each style and fills it anew."""

    def __init__(self, workbook: Any, page: Page) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet = workbook.create_sheet(page.title)
        sheet.sheet_properties.tabColor = page.colour
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&F · &A", "&P / &N"
        for number, width in enumerate(page.widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        self._sheet, self._colour, self._widths = sheet, page.colour, page.widths
        self._row = 0
        self._brushes: dict[tuple[int, str], Any] = {}

    def header(self, header: Header) -> None:
        """The first row: it stays in sight, filters, and is printed on every page."""
        from openpyxl.utils import get_column_letter

        last = get_column_letter(len(header.titles))
        self._sheet.freeze_panes = "A2"
        self._sheet.print_title_rows = "1:1"
        self._sheet.auto_filter.ref = f"A1:{last}{header.rows + 1}"
        kinds = header.kinds or [""] * len(header.titles)
        self.append(
            [
                (title, "number-header" if kind in _NUMBERS else "header")
                for title, kind in zip(header.titles, kinds, strict=True)
            ]
        )

    def append(self, cells: Cells) -> None:
        """A row of values, each in the style of its kind."""
        self._row += 1
        lines = max(
            (
                self._lines(place, value)
                for place, (value, kind) in enumerate(cells)
                if isinstance(value, str) and kind in _WRAPPED
            ),
            default=1,
        )
        heights = self._sheet.row_dimensions
        # programs do not all find it out for themselves
        heights[self._row].height = _LINE * lines + (3 if lines > 1 else 0)
        self._sheet.append([self._cell(place, *cell) for place, cell in enumerate(cells)])
        del heights[self._row]

    def _lines(self, place: int, text: str) -> int:
        """How many lines a text takes, broken between words."""
        width = self._widths[place] if place < len(self._widths) else 10
        if len(text) < width:
            return 1
        lines, room = 1, width
        for word in text.split():
            if len(word) > room:
                lines, room = lines + 1 + (len(word) - 1) // width, width
            room -= len(word) + 1
        return lines

    def _cell(self, place: int, value: Value, kind: str) -> Any:
        if value is None:
            # the lines between the rows go on
            cell = self._brush(place, "money" if kind == "excess" else kind)
            cell.value = None
            return cell
        if isinstance(value, str):
            text = _BREAKS.sub(" ", _UNWRITABLE.sub("", value))
            if not text:
                return None
            cell = self._brush(place, "quoted" if _LIKE_A_FORMULA.match(text) else kind)
            cell.value = text
            cell.data_type = "s"
            return cell
        cell = self._brush(place, kind)
        is_money = kind in ("money", "excess", "sum")
        cell.value = value / 100 if is_money and isinstance(value, int) else value
        return cell

    def _brush(self, place: int, kind: str) -> Any:
        """The cell for a place and kind; a row is on its way before the next one is filled."""
        if (place, kind) not in self._brushes:
            self._brushes[place, kind] = _styled(self._sheet, kind, self._colour)
        return self._brushes[place, kind]


def _styled(sheet: Any, kind: str, colour: str) -> Any:
    """An empty cell in the style of ``kind``."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = WriteOnlyCell(sheet)
    is_header = kind in ("header", "number-header")
    cell.font = Font(name=_FONT, size=11)
    cell.alignment = Alignment(
        horizontal={"number-header": "right", **_INDENTED}.get(kind),
        vertical="center" if is_header else "top",
        indent=1 if kind in _INDENTED else 0,
        wrap_text=kind in _WRAPPED,
    )
    # thin lines between the rows, for there are no others
    cell.border = Border(bottom=Side("hair", color="BFBFBF"))
    if is_header:
        cell.font = Font(name=_FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=colour)
    elif kind in ("title", "subtitle"):
        cell.font = Font(name=_FONT, bold=True, size=14 if kind == "title" else 12, color=colour)
        cell.border = Border()
    elif kind in ("strong", "strong-count", "sum"):
        cell.font = Font(name=_FONT, bold=True)
        cell.border = Border(top=Side("thin"), bottom=Side("double"))
    if kind in ("text", "label", "quoted", "title", "subtitle", "strong") or is_header:
        cell.number_format = "@"
        cell.quotePrefix = kind == "quoted"
    elif kind == "day":
        cell.number_format = "dd.mm.yyyy" if active_language() == "tr" else "yyyy-mm-dd"
    elif kind in ("money", "excess", "sum"):
        cell.number_format = _MONEY[active_language()]
    if kind == "excess":
        cell.fill = PatternFill("solid", fgColor="FFE0B2")
    return cell
