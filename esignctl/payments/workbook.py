"""The outcome of a reconciliation as an Excel workbook for the finance office.

Dates and numbers are real ones. Every text is written as a string cell, so that nothing from the
bank's side can act as a formula; the same input gives the same bytes.
"""

import errno
import os
import re
import shutil
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from esignctl import drafts
from esignctl.errors import WorkbookNameWrong
from esignctl.i18n import active_language
from esignctl.payments.decisions import Reconciliation
from esignctl.payments.pages import Cells, Header, Page, Show, Value, pages
from esignctl.text import tckn

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS: Final = re.compile(r"[\t\r\n]+")
_LIKE_A_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]")
_MONEY: Final = "#,##0.00;[Red]-#,##0.00"


def check_place(path: Path) -> None:
    """Whether a workbook can be written at ``path``; to be asked before anything is posted.

    Raises ``WorkbookNameWrong``, ``FileExists`` or ``PlaceNotWritable``.
    """
    if path.suffix not in (".xlsx", ".XLSX"):
        raise WorkbookNameWrong(file=path.name)
    drafts.check(path)


def write_workbook(
    path: Path, reconciliations: Sequence[Reconciliation], show_text: Show = tckn.mask_within
) -> None:
    """Write the workbook for one or more statements, in the active language.

    It appears under its name when it is whole, readable by nobody else. ``show_text`` decides how
    descriptions are shown. Raises ``FileExists`` or ``PlaceNotWritable``.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook(write_only=True)
    days = [line.movement.date for each in reconciliations for line in each.lines]
    workbook.properties.creator = "esignctl"
    # no time of writing: the workbook is of the last day that it tells of
    workbook.properties.created = datetime.combine(max(days, default=date(1980, 1, 1)), time())
    workbook.properties.modified = workbook.properties.created
    with drafts.draft(path) as draft:
        try:
            for page in pages(reconciliations, show_text):
                _write(workbook, page)
            with (
                open(draft, "xb", opener=_for_us_alone) as file,
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
        sheet.oddFooter.right.text = "&P / &N"
        for number, width in enumerate(page.widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        self._sheet, self._colour = sheet, page.colour
        self._brushes: dict[tuple[int, str], Any] = {}

    def header(self, header: Header) -> None:
        """The first row: it stays in sight, filters, and is printed on every page."""
        from openpyxl.utils import get_column_letter

        last = get_column_letter(len(header.titles))
        self._sheet.freeze_panes = "A2"
        self._sheet.print_title_rows = "1:1"
        self._sheet.auto_filter.ref = f"A1:{last}{header.rows + 1}"
        self.append([(title, "header") for title in header.titles])

    def append(self, cells: Cells) -> None:
        """A row of values, each in the style of its kind."""
        self._sheet.append([self._cell(place, *cell) for place, cell in enumerate(cells)])

    def _cell(self, place: int, value: Value, kind: str) -> Any:
        if value is None:
            return None
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
    cell.alignment = Alignment(vertical="top", wrap_text=kind in ("text", "quoted", "header"))
    if kind == "header":
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=colour)
    elif kind == "title":
        cell.font = Font(bold=True, size=14, color=colour)
    elif kind in ("strong", "strong-count", "sum"):
        cell.font = Font(bold=True)
        cell.border = Border(top=Side("thin"))
    if kind in ("text", "quoted", "header", "title", "strong"):
        cell.number_format = "@"
        cell.quotePrefix = kind == "quoted"
    elif kind == "day":
        cell.number_format = "dd.mm.yyyy" if active_language() == "tr" else "yyyy-mm-dd"
    elif kind in ("money", "excess", "sum"):
        cell.number_format = _MONEY
    if kind == "excess":
        cell.fill = PatternFill("solid", fgColor="FFE0B2")
    return cell
