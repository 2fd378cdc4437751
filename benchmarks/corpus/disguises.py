"""What becomes of an export on its way: other containers, other spellings of the same cells."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

from benchmarks.corpus.cells import Cell, Money, Row, Table, When
from benchmarks.corpus.messages import MESSAGES
from benchmarks.corpus.turkish import mojibake, windows_1254

# Fixed, so that the same corpus is the same bytes.
_STAMP = (2021, 12, 13, 9, 0, 0)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001
_NBSP = " "


def _amount_text(kurus: int) -> str:
    whole, rest = divmod(abs(kurus), 100)
    sign = "-" if kurus < 0 else ""
    return f"{sign}{whole:,}".replace(",", ".") + f",{rest:02d}"


def _text(cell: Cell) -> str:
    if isinstance(cell, Money):
        return _amount_text(cell.kurus)
    if isinstance(cell, When):
        return cell.text
    return "" if cell is None else str(cell)


def _serial(moment: datetime) -> float:
    return (moment - _EPOCH) / timedelta(days=1)


def change_rows(rows: list[Row], changes: frozenset[str]) -> list[Row]:
    """Cells rewritten by the content disguises ``text-amounts tl-amounts mojibake``."""

    def amounts(cell: Cell) -> Cell:
        if not isinstance(cell, Money):
            return cell
        text = _amount_text(cell.kurus)
        return f"{text}{_NBSP}TL" if "tl-amounts" in changes else text

    def letters(cell: Cell) -> Cell:
        return mojibake(cell) if isinstance(cell, str) else cell

    if changes & {"text-amounts", "tl-amounts"}:
        rows = [[amounts(cell) for cell in row] for row in rows]
    if "mojibake" in changes:
        rows = [[letters(cell) for cell in row] for row in rows]
    return rows


def _cover(table: Table) -> list[Row]:
    return [["Bilgilendirme"], ["Bu dosya internet şubesinden alınmıştır."], [], ["Sayfa", 1]]


def write_xlsx(path: Path, table: Table, changes: frozenset[str] = frozenset()) -> None:
    """A workbook as most banks send it, with fixed time stamps."""
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(*_STAMP)})  # noqa: DTZ001
    money = book.add_format({"num_format": "#,##0.00"})
    day = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    wrapped = book.add_format({"text_wrap": True, "bold": True})
    if "several-sheets" in changes:
        cover = book.add_worksheet("Bilgi")
        for place, row in enumerate(_cover(table)):
            cover.write_row(place, 0, row)
    sheet = book.add_worksheet(table.layout.sheet)
    merge = len(table.rows) <= 6000 and "debit-credit" not in changes
    for place, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if isinstance(cell, Money):
                sheet.write_number(place, column, cell.kurus / 100, money)
            elif isinstance(cell, When):
                if cell.serial:
                    sheet.write_number(place, column, round(_serial(cell.moment), 6))
                elif cell.real:
                    sheet.write_datetime(place, column, cell.moment, day)
                else:
                    sheet.write_string(place, column, cell.text)
            elif isinstance(cell, (int, float)):
                sheet.write_number(place, column, cell)
            elif cell is not None:
                form = wrapped if place == table.header_row else None
                sheet.write_string(place, column, cell, form)
        if merge and row and table.header_row is not None and place >= table.header_row:
            for first, last in table.layout.merges:
                value = row[first] if first < len(row) else None
                if value is not None:
                    _merge(sheet, place, first, last)
    book.close()
    if "wrong-dimension" in changes:
        _rezip(path, lambda xml: re.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1"/>', xml))
    if "broken-styles" in changes:
        _rezip(
            path,
            lambda xml: xml.replace('<fill><patternFill patternType="none"/></fill>', "<fill/>"),
            "styles",
        )


def _merge(sheet: object, row: int, first: int, last: int) -> None:
    # merge_range would write the value again; only the range itself is wanted.
    sheet.merge.append([row, first, row, last])  # type: ignore[attr-defined]


def _rezip(path: Path, change: Callable[[str], str], part: str = "worksheets/sheet") -> None:
    with zipfile.ZipFile(path) as source:
        members = [(info.filename, source.read(info)) for info in source.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members:
            if part in name:
                data = change(data.decode()).encode()
            target.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)


def write_xls(path: Path, table: Table, changes: frozenset[str] = frozenset()) -> None:
    """A BIFF8 workbook (at most 65,536 rows)."""
    import xlwt  # type: ignore[import-untyped]

    book = xlwt.Workbook(encoding="utf-8")
    money = xlwt.easyxf(num_format_str="#,##0.00")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY HH:MM")
    if "several-sheets" in changes:
        cover = book.add_sheet("Bilgi")
        for place, row in enumerate(_cover(table)):
            for column, cell in enumerate(row):
                cover.write(place, column, cell)
    sheet = book.add_sheet(table.layout.sheet)
    for place, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if isinstance(cell, Money):
                sheet.write(place, column, cell.kurus / 100, money)
            elif isinstance(cell, When):
                if cell.serial:
                    sheet.write(place, column, round(_serial(cell.moment), 6))
                elif cell.real:
                    sheet.write(place, column, cell.moment, day)
                else:
                    sheet.write(place, column, cell.text)
            elif cell is not None:
                sheet.write(place, column, cell)
    book.save(str(path))


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(_text(cell))}</text:p>"
    if isinstance(cell, Money):
        value = f'office:value-type="float" office:value="{cell.kurus / 100:.2f}"'
    elif isinstance(cell, When) and cell.real:
        value = f'office:value-type="date" office:date-value="{cell.moment:%Y-%m-%dT%H:%M:%S}"'
    elif isinstance(cell, When) and cell.serial:
        value = f'office:value-type="float" office:value="{_serial(cell.moment):.6f}"'
    elif isinstance(cell, (int, float)):
        value = f'office:value-type="float" office:value="{cell}"'
    else:
        value = 'office:value-type="string"'
    return f"<table:table-cell {value}>{shown}</table:table-cell>"


def write_ods(path: Path, table: Table, changes: frozenset[str] = frozenset()) -> None:
    """An OpenDocument spreadsheet."""
    sheets = [(table.layout.sheet, table.rows)]
    if "several-sheets" in changes:
        sheets.insert(0, ("Bilgi", _cover(table)))
    parts = [_ODS_HEAD]
    for name, rows in sheets:
        parts.append(f'<table:table table:name="{escape(name)}">')
        for row in rows:
            cells = "".join(_ods_cell(cell) for cell in row) or "<table:table-cell/>"
            parts.append(f"<table:table-row>{cells}</table:table-row>")
        parts.append("</table:table>")
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(zipfile.ZipInfo("mimetype", _STAMP), _ODS_TYPE)
        for name, text in (
            ("META-INF/manifest.xml", _ODS_MANIFEST),
            ("content.xml", "".join(parts)),
        ):
            target.writestr(zipfile.ZipInfo(name, _STAMP), text, zipfile.ZIP_DEFLATED)


def write_html(path: Path, table: Table, changes: frozenset[str] = frozenset()) -> None:
    """An HTML table that calls itself .xls."""
    width = max(len(row) for row in table.rows)
    body: list[str] = []
    for place, row in enumerate(table.rows):
        tag = "th" if place == table.header_row else "td"
        cells = [_text(cell) for cell in row] + [""] * (width - len(row))
        shown = "".join(
            f"<{tag}>{escape(text).replace(chr(10), '<br>') or '&nbsp;'}</{tag}>" for text in cells
        )
        body.append(f"<tr>{shown}</tr>")
    encoding = "utf-8" if "mojibake" in changes else "windows-1254"
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    text = (
        f'{head}</head><body><table border="1">\n' + "\n".join(body) + "\n</table></body></html>\n"
    )
    path.write_bytes(text.encode(encoding, errors="xmlcharrefreplace"))


def _text_rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        yield [_text(cell).replace("\n", " ") for cell in row]


def write_tsv(path: Path, table: Table, changes: frozenset[str] = frozenset()) -> None:
    """Tab-separated text that calls itself .xls."""
    text = "".join("\t".join(row) + "\r\n" for row in _text_rows(table))
    path.write_bytes(text.encode() if "mojibake" in changes else windows_1254(text))


def _csv(path: Path, table: Table, encoding: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(_text_rows(table))
    text = buffer.getvalue()
    path.write_bytes(windows_1254(text) if encoding == "cp1254" else text.encode(encoding))


def write_csv_1254(path: Path, table: Table, changes: frozenset[str] = frozenset()) -> None:
    """Semicolon-separated text in windows-1254."""
    _csv(path, table, "utf-8" if "mojibake" in changes else "cp1254")


def write_csv_utf8(path: Path, table: Table, changes: frozenset[str] = frozenset()) -> None:
    """Semicolon-separated text in UTF-8 with a byte-order mark."""
    _csv(path, table, "utf-8-sig")


def _sml_cell(cell: Cell) -> str:
    if isinstance(cell, Money):
        return f'<Cell><Data ss:Type="Number">{cell.kurus / 100:.2f}</Data></Cell>'
    if isinstance(cell, When) and cell.real:
        return f'<Cell><Data ss:Type="DateTime">{cell.moment:%Y-%m-%dT%H:%M:%S}.000</Data></Cell>'
    if isinstance(cell, When) and cell.serial:
        return f'<Cell><Data ss:Type="Number">{_serial(cell.moment):.6f}</Data></Cell>'
    if isinstance(cell, (int, float)):
        return f'<Cell><Data ss:Type="Number">{cell}</Data></Cell>'
    if cell is None:
        return "<Cell/>"
    return f'<Cell><Data ss:Type="String">{escape(_text(cell))}</Data></Cell>'


def write_spreadsheetml(path: Path, table: Table, changes: frozenset[str] = frozenset()) -> None:
    """Excel 2003 XML that calls itself .xls."""
    rows = "\n".join(f"<Row>{''.join(map(_sml_cell, row))}</Row>" for row in table.rows)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
        f'<Worksheet ss:Name="{escape(table.layout.sheet)}"><Table>\n{rows}\n'
        "</Table></Worksheet></Workbook>\n"
    )
    path.write_text(text, encoding="utf-8")


Writer = Callable[[Path, Table, frozenset[str]], None]

CONTAINERS: dict[str, tuple[str, Writer]] = {
    "xlsx": (".xlsx", write_xlsx),
    "xls": (".xls", write_xls),
    "ods": (".ods", write_ods),
    "html": (".xls", write_html),
    "tsv": (".xls", write_tsv),
    "xlsx-as-xls": (".xls", write_xlsx),
    "csv-1254": (".csv", write_csv_1254),
    "csv-utf8": (".csv", write_csv_utf8),
    "spreadsheetml": (".xls", write_spreadsheetml),
}
CHANGES = frozenset(
    {
        "text-amounts",
        "tl-amounts",
        "mojibake",
        "debit-credit",
        "reversed",
        "blank-rows",
        "paged",
        "several-sheets",
        "broken-header",
        "real-dates",
        "wrong-dimension",
        "broken-styles",
        "no-iban",
    }
)


def parse_disguise(text: str, container: str) -> tuple[str, frozenset[str]]:
    """``"html+debit-credit"`` → container and content changes; ``""`` is the bank's own way.

    Raises ValueError for a word that is neither.
    """
    changes = set()
    for word in filter(None, text.split("+")):
        if word in CONTAINERS or word in MESSAGES:
            container = word
        elif word in CHANGES:
            changes.add(word)
        else:
            raise ValueError(f"no such disguise: {word}")
    return container, frozenset(changes)
