"""Workbooks (xlsx, xlsb, xls, ods) through python-calamine, once they have been looked through."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from esignctl.errors import TableCutOff, TableDamaged, TableEncrypted
from esignctl.i18n import _
from esignctl.tables.archive import check_archive, replace_member
from esignctl.tables.compound import check_compound
from esignctl.tables.sheet import MAX_ROWS, Row, Sheet, too_many_rows
from esignctl.text.folding import fold

_T = TypeVar("_T")

# what a workbook falls back to when its own styles are broken: dates then come as serial numbers
_NO_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></styleSheet>'
)


def read_archive(path: Path, data: bytes) -> list[Sheet]:
    """The sheets of an xlsx, xlsb or ods workbook."""
    kind = check_archive(path, data)
    try:
        return _sheets(path, data)
    except TableDamaged:
        if kind != "xlsx":
            raise
        return _sheets(path, replace_member(data, "xl/styles.xml", _NO_STYLES))


def read_compound(path: Path, data: bytes) -> list[Sheet]:
    """The sheets of an .xls workbook."""
    check_compound(path, data)
    return _sheets(path, data)


def _sheets(path: Path, data: bytes) -> list[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = _guarded(path, lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    # a hidden sheet is often a copy of what the visible ones show
    shown = [sheet for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return [Sheet(sheet.name, _rows(path, book, sheet.name)) for sheet in shown or sheets]


def _rows(path: Path, book: Any, name: str) -> Iterator[Row]:
    sheet = _guarded(path, lambda: book.get_sheet_by_name(name))
    if not sheet.height:
        return
    last_row, _last_column = sheet.end
    if last_row >= MAX_ROWS:
        raise too_many_rows(path)
    rows = sheet.iter_rows()
    if offset := sheet.start[1]:
        # the rows begin with the first used column
        rows = map([None].__mul__(offset).__add__, rows)
    yield from zip(count(1), rows)


def _guarded(path: Path, read: Callable[[], _T]) -> _T:
    """What ``read`` returns; whatever the library makes of a broken file becomes our error."""
    from python_calamine import CalamineError, PasswordError

    try:
        with _native_messages_hidden():
            return read()
    except PasswordError:
        raise TableEncrypted(file=path.name) from None
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        if "eof" in fold(str(error)) or "unexpected end" in fold(str(error)):
            raise TableCutOff(file=path.name) from None
        raise _damaged(path) from None
    except BaseException as error:
        # a panic of the native code is no Exception, so that nothing catches it by chance
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(path) from None


@contextmanager
def _native_messages_hidden() -> Iterator[None]:
    """Keeps the native code's own report of a panic off the user's screen."""
    try:
        sys.stderr.flush()
        saved = os.dup(2)
    except (OSError, ValueError, AttributeError):
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)


def _damaged(path: Path) -> TableDamaged:
    return TableDamaged(file=path.name, problem=_("its parts cannot be read"))
