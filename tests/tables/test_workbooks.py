"""xlsx, xlsb, xls and ods, as written by programs and as broken in the wild."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from esignctl.tables import Cell, read_tables
from tests.tables.files import (
    MAIN,
    OFFICE,
    Rows,
    cells,
    ods,
    package,
    parts,
    raw_xlsx,
    sheet_xml,
    text_cell,
    xls,
    xlsb,
    xlsx,
)

Writer = Callable[[Path, Rows], Path]

ROWS: Rows = [
    ["T.C. ZİRAAT BANKASI A.Ş."],
    [None],
    [None, "Tarih", "Tutar"],
    [None, datetime(2021, 10, 6), 218.3],  # noqa: DTZ001 - a spreadsheet knows no zone
]
READ = {
    1: ["T.C. ZİRAAT BANKASI A.Ş."],
    3: [None, "Tarih", "Tutar"],
    4: [None, date(2021, 10, 6), 218.3],
}
INLINE = f'<row r="2">{text_cell("a", "B2")}<c r="C2"><v>1.5</v></c></row>'


def same(found: dict[int, list[Cell]]) -> dict[int, list[Cell]]:
    """Dates without a time of day as dates, in whatever way the format holds them."""
    return {
        number: [cell.date() if isinstance(cell, datetime) else cell for cell in row]
        for number, row in found.items()
    }


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_rows_have_the_numbers_a_spreadsheet_shows(tmp_path: Path, write: Writer) -> None:
    assert same(cells(write(tmp_path / "a", ROWS))) == READ


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_blank_rows_and_columns_at_the_beginning_count(tmp_path: Path, write: Writer) -> None:
    path = write(tmp_path / "a", [[None], [None], [None, None, "x"]])
    assert cells(path) == {3: [None, None, "x"]}


def test_binary_workbooks_are_read(tmp_path: Path) -> None:
    assert cells(xlsb(tmp_path / "a.xlsb", [["Tarih", "Tutar"], ["x", 218.3]])) == {
        1: ["Tarih", "Tutar"],
        2: ["x", 218.3],
    }


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.pdf", "a"])
@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_the_name_of_a_file_means_nothing(tmp_path: Path, write: Writer, name: str) -> None:
    assert same(cells(write(tmp_path / name, ROWS))) == READ


def test_all_sheets_come_with_their_names(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("İşlemler")
    book.save(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in read_tables(tmp_path / "a.xlsx")] == ["Sheet", "İşlemler"]


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("copy").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in read_tables(tmp_path / "a.xlsx")] == ["Sheet"]


def test_a_sheet_without_cells_has_no_rows(tmp_path: Path) -> None:
    assert cells(xlsx(tmp_path / "a.xlsx", [])) == {}


def test_repeated_rows_and_cells_of_opendocument_count(tmp_path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="A">'
        '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1,50</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:x"></manifest:manifest>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    (tmp_path / "a.ods").write_bytes(
        package({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})
    )
    assert cells(tmp_path / "a.ods") == {5: [None, None, 1.5]}


def test_inline_strings_are_read(tmp_path: Path) -> None:
    assert cells(raw_xlsx(tmp_path / "a", sheet_xml(INLINE))) == {2: [None, "a", 1.5]}


def test_a_wrong_dimension_cuts_nothing(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a", sheet_xml(INLINE, '<dimension ref="A1"/>'))
    assert cells(path) == {2: [None, "a", 1.5]}


def test_cells_without_a_position_follow_one_another(tmp_path: Path) -> None:
    data = f"<row>{text_cell('a')}{text_cell('b')}</row><row/><row>{text_cell('c')}</row>"
    assert cells(raw_xlsx(tmp_path / "a", sheet_xml(data))) == {1: ["a", "b"], 3: ["c"]}


def test_prefixed_xml_is_read(tmp_path: Path) -> None:
    data = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v>'
        "</x:c></x:row></x:sheetData></x:worksheet>"
    )
    strings = f'<x:sst xmlns:x="{MAIN}" uniqueCount="1"><x:si><x:t>ş</x:t></x:si></x:sst>'
    book = (
        f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{OFFICE}"><x:sheets><x:sheet name="Sheet"'
        ' sheetId="1" r:id="r1"/></x:sheets></x:workbook>'
    )
    path = raw_xlsx(tmp_path / "a", data, sharedStrings=strings, workbook=book)
    assert cells(path) == {2: [None, "ş"]}


@pytest.mark.parametrize(
    "styles",
    [
        f'<styleSheet xmlns="{MAIN}"><fills><fill/></fills></styleSheet>',
        f'<styleSheet xmlns="{MAIN}"><fonts><font><sz val="1',
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="',
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="abc" formatCode="d"/></numFmts>',
        "",
        "no XML at all",
    ],
)
def test_broken_styles_cost_no_cell(tmp_path: Path, styles: str) -> None:
    path = raw_xlsx(tmp_path / "a", sheet_xml(INLINE), styles=styles)
    assert cells(path) == {2: [None, "a", 1.5]}


def test_missing_styles_leave_dates_as_serial_numbers(tmp_path: Path) -> None:
    data = '<row r="1"><c r="A1" s="7"><v>44475</v></c></row>'
    assert cells(raw_xlsx(tmp_path / "a", sheet_xml(data))) == {1: [44475]}


def test_columns_beyond_z_and_rows_beyond_700000_are_read(tmp_path: Path) -> None:
    data = f'<row r="3">{text_cell("a", "AB3")}</row><row r="700001">{text_cell("b", "A700001")}'
    path = raw_xlsx(tmp_path / "a", sheet_xml(data + "</row>"))
    assert cells(path) == {3: [None] * 27 + ["a"], 700001: ["b"]}


def test_pictures_in_a_workbook_do_not_matter(tmp_path: Path) -> None:
    content = parts(sheet_xml(INLINE))
    content["xl/media/image1.png"] = b"\x89PNG\r\n\x1a\n<c r=\0\xff" * 100
    (tmp_path / "a").write_bytes(package(content))
    assert cells(tmp_path / "a") == {2: [None, "a", 1.5]}
