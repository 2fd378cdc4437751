"""HTML, SpreadsheetML and delimited text, mostly called .xls."""

from datetime import datetime
from pathlib import Path

import pytest

from esignctl.errors import InputRejected, NoTable, TableCutOff, TableDamaged
from esignctl.tables import read_tables
from tests.tables.files import cells, spreadsheetml


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


LINES = ["Hesap: 1", "", "Tarih;Açıklama;Tutar", "06.10.2021;Şube, ödeme;218,30"]
TABLE = [["Tarih", "Açıklama", "Tutar"], ["06.10.2021", "Şube, ödeme", "218,30"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1254"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimited_text_in_every_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    path = write(tmp_path / "a.xls", end.join([*LINES, ""]), encoding)
    found = cells(path)
    assert found == {1: ["Hesap: 1"], 3: TABLE[0], 4: TABLE[1]}


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = delimiter.join(["a", "b", "c"]) + "\n"
    text += delimiter.join(['"1,5"', '"x;y"', '"2|3"']) + "\n"
    assert cells(write(tmp_path / "a", text)) == {1: ["a", "b", "c"], 2: ["1,5", "x;y", "2|3"]}


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    text = "".join(f"0{day}.10.2021;Ödeme;218,30;1.218,30\n" for day in range(1, 9))
    assert cells(write(tmp_path / "a", text))[8] == ["08.10.2021", "Ödeme", "218,30", "1.218,30"]


def test_a_named_delimiter_is_no_row(tmp_path: Path) -> None:
    assert cells(write(tmp_path / "a", "sep=;\r\na;b\r\n1;2\r\n")) == {1: ["a", "b"], 2: ["1", "2"]}


def test_a_quoted_line_break_stays_in_its_cell(tmp_path: Path) -> None:
    assert cells(write(tmp_path / "a", 'a;b\n1;"x\ny"\n2;z\n')) == {
        1: ["a", "b"],
        2: ["1", "x\ny"],
        3: ["2", "z"],
    }


def test_a_stray_quotation_mark_swallows_no_rows(tmp_path: Path) -> None:
    text = '01.10.2021;a;1,00\n02.10.2021;"b;2,00\n03.10.2021;c;3,00\n04.10.2021;"d;4,00\n'
    found = cells(write(tmp_path / "a", text))
    assert [row[2] for row in found.values()] == ["1,00", "2,00", "3,00", "4,00"]


@pytest.mark.parametrize(
    "last",
    [
        "03.10.2021;Ödeme",
        "03.10",
        '03.10.2021;"Ödeme',
        "03.10.2021;Ödeme;218,3",
        "03.10.2021;Ödeme;218",
        "03.10.2021;Ödeme;1.21",
        "03.10.2021;Ödeme;",
    ],
)
def test_a_last_record_that_ends_too_soon(tmp_path: Path, last: str) -> None:
    text = "Tarih;Açıklama;Tutar\n01.10.2021;Ödeme;218,30\n02.10.2021;Ödeme;147,50\n"
    path = write(tmp_path / "a", text + last)
    with pytest.raises(TableCutOff):
        cells(path)


@pytest.mark.parametrize("last", ["77", "777"])
def test_a_last_number_shorter_than_all_others(tmp_path: Path, last: str) -> None:
    text = "Tarih;Açıklama;Dekont\n01.10.2021;a;7771\n02.10.2021;b;7772\n03.10.2021;c;"
    with pytest.raises(TableCutOff):
        cells(write(tmp_path / "a", text + last))


def test_a_last_line_without_an_end_is_marked(tmp_path: Path) -> None:
    text = "a;b\n1;x\n2;y"
    ends = [read_tables(write(tmp_path / "a", text + end))[0].open_end for end in ("", "\n")]
    assert ends == [True, False]


@pytest.mark.parametrize("last", ["Toplam;365,80", "Sayfa 1", "03.10.2021;Ödeme;218,30"])
def test_a_last_line_without_an_end_may_be_whole(tmp_path: Path, last: str) -> None:
    text = "Tarih;Açıklama;Tutar\n01.10.2021;Ödeme;218,30\n02.10.2021;Ödeme;147,50\n"
    assert cells(write(tmp_path / "a", text + last))[4] == last.split(";")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_letter_cut_in_the_middle(tmp_path: Path, encoding: str) -> None:
    content = "a;b\n1;Açıkş".encode(encoding)[:-1]
    with pytest.raises(TableCutOff):
        cells(write(tmp_path / "a", content))


HTML = """<html><head><meta charset="windows-1254"><title>t</title></head><body>
<p>IBAN: TR65</p><!-- <table> -->
<table border=1><tr><th rowspan=2>Tarih<th colspan=2>Tutar<th rowspan=2>Açık<br>lama</tr>
<tr><th>Borç<th>Alacak</tr>
<tr><td>06.10.2021<td>&nbsp;<td><font><b>2</b>18,30</font><td> Şube  ödeme </table>
<TABLE><tr><td>Toplam</td></tr></TABLE></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1254", "utf-16", "utf-8-sig"])
def test_html_tables_are_one_sheet(tmp_path: Path, encoding: str) -> None:
    assert cells(write(tmp_path / "a.xls", HTML, encoding)) == {
        1: ["IBAN: TR65"],
        2: ["Tarih", "Tutar", None, "Açık lama"],
        3: [None, "Borç", "Alacak"],
        4: ["06.10.2021", None, "218,30", "Şube ödeme"],
        5: ["Toplam"],
    }


def test_text_outside_of_tables_is_not_lost(tmp_path: Path) -> None:
    html = (
        "<body>bare<table><tr><td>1</table>between<table><tr><td>2</table><b>bold</b>"
        "<div>IBAN: <b>TR65</b></div><table><tr><td>3</table></body>"
    )
    found = cells(write(tmp_path / "a", html)).values()
    assert [row[0] for row in found] == ["bare", "1", "between", "2", "bold", "IBAN: TR65", "3"]


def test_control_characters_behind_a_table(tmp_path: Path) -> None:
    html = "<body><table><tr><td>1</td></tr>&#1;</table>&#1;<p>&#2;</p></body>"
    assert cells(write(tmp_path / "a", html))[1] == ["1"]


def test_cells_that_span_rows_are_not_repeated(tmp_path: Path) -> None:
    html = "<table><tr><td rowspan=3>a<td>b<tr><td>c<tr><td>d<tr><td>e</table>"
    assert cells(write(tmp_path / "a", html)) == {
        1: ["a", "b"],
        2: [None, "c"],
        3: [None, "d"],
        4: ["e"],
    }


def test_tables_within_tables_give_their_own_rows(tmp_path: Path) -> None:
    html = "<table><tr><td>x<table><tr><td>a<td>b</tr></table></td><td>y</tr></table>"
    assert cells(write(tmp_path / "a", html)) == {1: ["a", "b"], 2: ["x", "y"]}


@pytest.mark.parametrize("end", ["", "</html>", "</body></html>"])
def test_a_table_that_is_never_closed(tmp_path: Path, end: str) -> None:
    with pytest.raises(TableCutOff):
        cells(write(tmp_path / "a", HTML.partition("</table>")[0] + end))


def test_a_page_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(NoTable):
        cells(write(tmp_path / "a", "<html><body><p>Oturum sona erdi</p></body></html>"))


def test_spans_beyond_all_reason_take_no_memory(tmp_path: Path) -> None:
    wide = "<td colspan=999999999>x" * 20
    with pytest.raises(InputRejected):
        cells(write(tmp_path / "a", f"<table><tr>{wide}</tr></table>"))


ROW = '<Cell><Data ss:Type="String">Ş</Data></Cell>'


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1254", "utf-16"])
def test_spreadsheetml_places_rows_and_cells(tmp_path: Path, encoding: str) -> None:
    data = (
        f'<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">1.5</Data></Cell>{ROW}</Row>'
        f'<Row ss:Span="1">{ROW}</Row><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">a</Data>'
        f'</Cell>{ROW}<Cell><Data ss:Type="DateTime">2021-10-06T14:58:00.000</Data></Cell></Row>'
    )
    assert cells(write(tmp_path / "a.xls", spreadsheetml(data, encoding))) == {
        3: [None, 1.5, "Ş"],
        4: ["Ş"],
        6: ["a", None, "Ş", datetime(2021, 10, 6, 14, 58)],  # noqa: DTZ001
    }


def test_a_prefixed_spreadsheetml(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?>\n'
        '<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<ss:Worksheet ss:Name="İ"><ss:Table><ss:Row><ss:Cell><ss:Data ss:Type="String">a</ss:Data>'
        "</ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>"
    )
    path = write(tmp_path / "a", text)
    assert (read_tables(path)[0].name, cells(path)) == ("İ", {1: ["a"]})


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_a_spreadsheetml_that_ends_too_soon(tmp_path: Path, share: float) -> None:
    content = spreadsheetml(f"<Row>{ROW}</Row>" * 50)
    with pytest.raises(TableCutOff):
        cells(write(tmp_path / "a", content[: int(len(content) * share)]))


@pytest.mark.parametrize("index", ["0", "-1", "99999999999", "x", "1048577"])
def test_an_impossible_position(tmp_path: Path, index: str) -> None:
    content = spreadsheetml(f'<Row ss:Index="{index}">{ROW}</Row>')
    with pytest.raises(InputRejected):
        cells(write(tmp_path / "a", content))


def test_malformed_spreadsheetml(tmp_path: Path) -> None:
    with pytest.raises(TableDamaged):
        cells(write(tmp_path / "a", spreadsheetml("<Row></Cell></Row>")))
