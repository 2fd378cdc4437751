"""Real files of every kind, made by the libraries that offices use or byte by byte."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt  # type: ignore[import-untyped]
from odf.opendocument import OpenDocumentSpreadsheet  # type: ignore[import-untyped]
from odf.table import Table, TableCell, TableRow  # type: ignore[import-untyped]
from odf.text import P  # type: ignore[import-untyped]

from esignctl.tables import Cell, read_tables

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Rows = Sequence[Sequence[Any]]


def cells(path: Path, sheet: int = 0) -> dict[int, list[Cell]]:
    """The rows of one sheet that hold anything, blanks as None and none at their end."""
    found = {}
    for number, row in read_tables(path)[sheet].rows:
        values = [None if cell == "" else cell for cell in row]
        while values and values[-1] is None:
            values.pop()
        if values:
            found[number] = values
    return found


def xlsx(path: Path, rows: Rows, title: str = "Sheet") -> Path:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def xls(path: Path, rows: Rows, title: str = "Sheet") -> Path:
    """A BIFF8 workbook as xlwt writes it; dates get a date format."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(title)
    dates = xlwt.easyxf(num_format_str="dd.mm.yyyy")
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if hasattr(value, "year"):
                sheet.write(index, column, value, dates)
            elif value is not None:
                sheet.write(index, column, value)
    book.save(str(path))
    return path


def ods(path: Path, rows: Rows, title: str = "Sheet") -> Path:
    """An OpenDocument spreadsheet as odfpy writes it."""
    document = OpenDocumentSpreadsheet()
    table = Table(name=title)
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def _ods_cell(value: Any) -> Any:
    if value is None:
        return TableCell()
    if hasattr(value, "year"):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of ``parts``."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet_xml(data: str, before: str = "") -> str:
    """A worksheet with ``data`` as the inside of sheetData."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData></worksheet>'


def text_cell(text: str, reference: str = "") -> str:
    """An inline string."""
    place = f' r="{reference}"' if reference else ""
    return f'<c{place} t="inlineStr"><is><t>{text}</t></is></c>'


def parts(sheet: str, **other: str | bytes) -> dict[str, str | bytes]:
    """The parts of the smallest workbook; ``other`` replaces ``workbook``, ``styles``, …"""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default'
        ' Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet'
        ' name="Sheet" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    for name, content in other.items():
        found[f"xl/{name}.xml"] = content
    return found


def raw_xlsx(path: Path, sheet: str, **other: str | bytes) -> Path:
    """A workbook written by hand around one worksheet."""
    path.write_bytes(package(parts(sheet, **other)))
    return path


def xlsb(path: Path, rows: Rows) -> Path:
    """A binary workbook of texts and numbers, record by record ([MS-XLSB])."""
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows), 0, 9)) + _record(145)
    for index, row in enumerate(rows):
        sheet += _record(0, struct.pack("<I", index) + bytes(13))
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if isinstance(value, str):
                sheet += _record(6, head + _wide(value))
            else:
                sheet += _record(5, head + struct.pack("<d", value))
    sheet += _record(146) + _record(130)
    bundle = _record(156, struct.pack("<II", 0, 1) + _wide("r1") + _wide("Sheet"))
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    content = {
        name.replace("workbook.xml", "workbook.bin"): part
        for name, part in parts("").items()
        if "sheet1" not in name
    }
    content["xl/workbook.bin"] = book
    for name in ("_rels/.rels", "xl/_rels/workbook.bin.rels"):
        text = str(content[name])
        content[name] = text.replace("workbook.xml", "workbook.bin").replace("t1.xml", "t1.bin")
    content["xl/worksheets/sheet1.bin"] = sheet
    path.write_bytes(package(content))
    return path


def _record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(body)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return number + length + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def spreadsheetml(data: str, encoding: str = "utf-8") -> bytes:
    """A SpreadsheetML 2003 file with ``data`` as the inside of its one Table."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="Hareketler"><Table>'
        f"{data}</Table></Worksheet></Workbook>"
    ).encode(encoding)
