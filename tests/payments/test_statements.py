"""Account statements of all banks and in all the shapes that offices meet."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.errors import (
    ConfigurationKeyMissing,
    ConfigurationKeyUnknown,
    ConfigurationValueWrong,
    InputRejected,
    NotAStatement,
    StatementCellUnreadable,
    StatementContradiction,
    StatementForeignCurrency,
    StatementOfSeveralAccounts,
)
from esignctl.payments.layouts import load_layouts
from esignctl.payments.statements import Movement, Statement, read_statement
from tests.tables.files import Rows, ods, raw_xlsx, sheet_xml, spreadsheetml, text_cell, xls, xlsx

IBAN = "TR650001200933100006100037"
OTHER = "TR330006100519786457841326"
ZIRAAT: list[Any] = ["Tarih", "Fiş No", "Açıklama", "İşlem Tutarı", "Bakiye"]
FEE: list[Any] = ["06.10.2021", "F1", "Gönd: AYŞE YILMAZ e-imza", 218.3, 1218.3]
RENT: list[Any] = ["07.10.2021", "F2", "Kira", -1000, 218.3]
DAY, NEXT = date(2021, 10, 6), date(2021, 10, 7)


def read(path: Path, **own: Any) -> Statement:
    return read_statement(path, load_layouts([own] if own else []))


def statement(tmp_path: Path, rows: Rows, **own: Any) -> Statement:
    return read(xlsx(tmp_path / "bank.xlsx", rows), **own)


def amounts(found: Statement) -> list[int]:
    return [movement.amount for movement in found.movements]


def preamble(rows: int, title: str = "T.C. ZİRAAT BANKASI A.Ş.") -> list[list[Any]]:
    lines: list[list[Any]] = [[title], ["IBAN", "TR65 0001 2009 3310 0006 1000 37"]]
    return lines + [[None]] * (rows - 2)


# ---- the layouts of the banks, header cells exactly as they spell them


def test_ziraat(tmp_path: Path) -> None:
    found = statement(tmp_path, [*preamble(11), ZIRAAT, FEE, RENT])
    assert (found.bank, found.bank_name, found.account_iban) == ("ziraat", "Ziraat Bankası", IBAN)
    assert list(found.movements) == [
        Movement(13, DAY, None, 21830, "Gönd: AYŞE YILMAZ e-imza", 121830, receipt="F1"),
        Movement(14, NEXT, None, -100000, "Kira", 21830, receipt="F2"),
    ]


def test_ziraat_with_only_a_title(tmp_path: Path) -> None:
    found = statement(tmp_path, [["Hesap Hareketleri"], ZIRAAT, FEE])
    assert (found.bank, found.movements[0].row) == ("ziraat", 3)


def test_halkbank_without_a_header(tmp_path: Path) -> None:
    found = statement(tmp_path, [["06.10.2021", "AYŞE YILMAZ/e-imza", 218.3]])
    assert found.bank == "halkbank"
    assert list(found.movements) == [Movement(1, DAY, None, 21830, "AYŞE YILMAZ/e-imza")]


def test_halkbank_with_header_words_that_nobody_knows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["TÜRKİYE HALK BANKASI A.Ş."],
        ["Günü", "Ne için", "Kaç para"],
        ["06.10.2021", "AYŞE YILMAZ/e-imza", "218,30"],
        ["Günü", "Ne için", "Kaç para"],
        ["07.10.2021", "Kira", "-1.000,00"],
    ]
    found = statement(tmp_path, rows)
    assert (found.bank, amounts(found)) == ("halkbank", [21830, -100000])


YAPI_KREDI = ["Tarih", "Saat", "İşlem", "Kanal", "Referans No"]
VAKIF = """HESAP NO|FİŞ NO|HAREKET TARIH|İŞLEM TARİHİ|KART NO|İŞLEM|TUTAR|BAKİYE|KANAL|İŞLEM NO|
REFERANS|HAVALE|REF NO|TCKN|VKN|B/A|AÇIKLAMA""".replace("\n", "").split("|")


def vakif(amount: float, sign: str) -> list[Any]:
    return [
        "00158", "F1", "06.10.2021 14:58:47", "06.10.2021", None, "Gelen", amount, 1, "MOBİL", "77",
        "R77", None, None, "0", "6410000000", sign, "0000123 sorgu numaralı AYŞE YILMAZ",
    ]  # fmt: skip


def test_vakifbank(tmp_path: Path) -> None:
    found = statement(tmp_path, [*preamble(6, ""), VAKIF, vakif(218.3, "A"), vakif(-5, "B")])
    first = found.movements[0]
    assert (found.bank, amounts(found)) == ("vakifbank", [21830, -500])
    assert (first.time, first.kind, first.reference) == (time(14, 58, 47), "Gelen", "77")
    assert first.description == "0000123 sorgu numaralı AYŞE YILMAZ"


def test_is_bankasi(tmp_path: Path) -> None:
    header = [
        "Tarih/Saat", "Valör", "Kanal/Şube", "İşlem Tutarı*", "Bakiye", "Ek Hesap\nBakiyesi",
        "İşlem", "İşlem Tipi", "Açıklama", None, None, "Referans",
    ]  # fmt: skip
    row = [
        "26/08/2026-14:58:47", "26/08/2026", "Mobil", 218.3, 500, 0, "Havale", "ALACAK",
        "AYŞE*0111*e imza*1629974954*FAST", None, None, "R9",
    ]  # fmt: skip
    found = read(xls(tmp_path / "bank.xls", [*preamble(15, ""), header, row]))
    assert found.bank == "isbank"
    assert list(found.movements) == [
        Movement(
            17, date(2026, 8, 26), time(14, 58, 47), 21830, "AYŞE*0111*e imza*1629974954*FAST",
            50000, "R9", kind="ALACAK",
        )
    ]  # fmt: skip


def test_akbank(tmp_path: Path) -> None:
    header = ["Tarih", "Saat", "Tutar", "Bakiye", "Borç/Alacak", "Açıklama", "Fiş/Dekont No"]
    row = ["06.10.2021", "14:58", 218.3, 1, "A", "FAST:AYŞE YILMAZ", "77"]
    found = statement(tmp_path, [*preamble(9, ""), header, row])
    assert found.bank == "akbank"
    assert found.movements[0] == Movement(
        11, DAY, time(14, 58), 21830, "FAST:AYŞE YILMAZ", 100, receipt="77"
    )


def test_akbank_without_a_direction(tmp_path: Path) -> None:
    header = ["Tarih", "Saat", "Tutar", "Bakiye", "Açıklama", "Fiş/Dekont No"]
    row = ["06.10.2021", "14:58", -218.3, 1, "FAST:AYŞE YILMAZ", "77"]
    found = statement(tmp_path, [*preamble(8, ""), header, row])
    assert (found.bank, amounts(found)) == ("akbank", [-21830])


def test_akbank_text_in_windows_1254(tmp_path: Path) -> None:
    text = (
        "Tarih;Tutar;Bakiye;Açıklama\r\n"
        "2026-09-03-17.47.03.981045;-24.100,00 TL;1.000,00 TL;Şube\r\n"
    )
    (tmp_path / "bank.csv").write_bytes(text.encode("windows-1254"))
    found = read(tmp_path / "bank.csv")
    assert found.bank == "akbank"
    assert list(found.movements) == [
        Movement(2, date(2026, 9, 3), time(17, 47, 3), -2410000, "Şube", 100000)
    ]


@pytest.mark.parametrize(
    ("bank", "header", "row"),
    [
        (
            "garanti",
            ["Tarih", "Açıklama", "Etiket", "Tutar", "Bakiye", "Dekont No"],
            ["06/10/2021", "CEP ŞUBE-HVL-e imza", "Diğer", 218.3, 1, "77"],
        ),
        (
            "yapikredi",
            [
                "Tarih",
                "Saat",
                "İşlem",
                "Kanal",
                "Referans No",
                "Açıklama",
                "İşlem Tutarı",
                "Bakiye",
            ],
            ["06/10/2021", "14:58:47", "Gelen", "FAST", "R1", "GELEN FAST - AYŞE", 218.3, 1],
        ),
        (
            "vakifkatilim",
            ["İşlem Tarihi", "Açıklama", "Tutar", "Bakiye", "Referans Numarası"],
            [44475, "Amir: AYŞE - Lehdar: X", 218.3, 1, "R1"],
        ),
    ],
)
def test_other_banks(tmp_path: Path, bank: str, header: list[str], row: list[Any]) -> None:
    found = statement(tmp_path, [*preamble(10, ""), header, row])
    assert (found.bank, found.movements[0].date, amounts(found)) == (bank, DAY, [21830])


def test_enpara_with_wide_columns(tmp_path: Path) -> None:
    gap = [None] * 3
    header = [*gap, "Tarih", None, None, "Hareket tipi", None, None, "Açıklama", None, None]
    row = [*gap, "06.10.2021", None, None, "Gelen", None, None, "Gelen Transfer, AYŞE", None, None]
    found = statement(
        tmp_path,
        [*preamble(10, ""), [*header, "İşlem Tutarı", None, "Bakiye"], [*row, 218.3, None, 1]],
    )
    assert (found.bank, amounts(found), found.movements[0].kind) == ("enpara", [21830], "Gelen")


def test_data_may_stand_right_of_a_wide_header(tmp_path: Path) -> None:
    header = ["Tarih", None, "Açıklama", None, "İşlem Tutarı", None]
    row = [None, "06.10.2021", "Ödeme", None, None, 218.3]
    assert amounts(statement(tmp_path, [header, row])) == [21830]


def test_denizbank(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        *preamble(7, "DENİZBANK A.Ş."),
        ["Tarih", "Açıklama", "Tutar", "Bakiye"],
        ["06.10.2021 14:58", "Ödeme", 218.3, 1],
    ]
    found = read(xlsx(tmp_path / "bank.xlsx", rows, "Hesap Hareketleri"))
    assert (found.bank, found.movements[0].time) == ("denizbank", time(14, 58))


def test_a_bank_that_nobody_knows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Muhasebe Tarihi", "Meblağ", "Detay"],
        ["06.10.2021", "218,30 TL", "e-imza"],
    ]
    found = statement(tmp_path, rows)
    assert (found.bank, amounts(found)) == ("unknown", [21830])


def test_header_words_count_more_than_the_iban(tmp_path: Path) -> None:
    # the account of a Ziraat export whose IBAN is Halkbank's
    assert statement(tmp_path, [["IBAN", IBAN], ZIRAAT, FEE]).bank == "ziraat"


def test_the_name_in_the_preamble_decides_where_headers_do_not(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Vakıf Katılım Bankası A.Ş."],
        ["Tarih", "Açıklama", "Tutar"],
        FEE[:1] + FEE[2:4],
    ]
    assert statement(tmp_path, rows).bank == "vakifkatilim"


def test_a_users_own_layout(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Vade", "Kaç para", "Niçin"],
        ["06.10.2021", 218.3, "e-imza"],
        ["Hoşça kalın", 5],
    ]
    found = statement(
        tmp_path,
        rows,
        id="sandik",
        name="Sandık",
        columns={"date": ["Vade"], "amount": ["KAÇ PARA"], "description": ["niçin"]},
        footers=["hoşça"],
    )
    assert (found.bank, found.bank_name, amounts(found)) == ("sandik", "Sandık", [21830])


@pytest.mark.parametrize(
    ("entry", "error", "text"),
    [
        ({"name": "X"}, ConfigurationKeyMissing, "layouts[1].id"),
        ({"id": "x", "name": "X", "colums": {}}, ConfigurationKeyUnknown, "layouts[1].columns"),
        (
            {"id": "x", "name": "X", "columns": {"amonut": ["a"]}},
            ConfigurationKeyUnknown,
            "layouts[1].columns.amount",
        ),
        (
            {"id": "x", "name": "X", "columns": {"amount": "a"}},
            ConfigurationValueWrong,
            "layouts[1].columns.amount",
        ),
        ({"id": "x", "name": "X", "required": ["dat"]}, ConfigurationKeyUnknown, "date"),
        ({"id": "X Y", "name": "X"}, ConfigurationValueWrong, "layouts[1].id"),
        ({"id": "x", "name": "X", "bank_code": "10"}, ConfigurationValueWrong, "bank_code"),
    ],
)
def test_a_wrong_layout_entry_is_named(
    entry: dict[str, Any], error: type[InputRejected], text: str
) -> None:
    with pytest.raises(error) as caught:
        load_layouts([entry])
    assert text in f"{caught.value} {caught.value.advice}"


# ---- forms of the same content


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_every_kind_of_workbook(tmp_path: Path, write: Callable[[Path, Rows], Path]) -> None:
    found = read(write(tmp_path / "bank", [*preamble(11), ZIRAAT, FEE, RENT]))
    assert [movement.row for movement in found.movements] == [13, 14]
    assert amounts(found) == [21830, -100000]


@pytest.mark.parametrize("text", ["218,30", "218,30 TL", "\xa0218.30", "+218,30", "218,30+", 218.3])
def test_amounts_in_every_form(tmp_path: Path, text: str | float) -> None:
    assert amounts(statement(tmp_path, [ZIRAAT, [*FEE[:3], text, None]])) == [21830]


@pytest.mark.parametrize("text", ["-10.800,92", "(10.800,92)", "10.800,92-", "−10.800,92 TL"])
def test_outgoing_amounts_in_every_form(tmp_path: Path, text: str) -> None:
    assert amounts(statement(tmp_path, [ZIRAAT, [*FEE[:3], text, None]])) == [-1080092]


@pytest.mark.parametrize(
    "cell",
    ["06.10.2021", "6.10.2021", "06/10/2021", "2021-10-06", date(2021, 10, 6), 44475, "06-10-2021"],
)
def test_dates_in_every_form(tmp_path: Path, cell: Any) -> None:
    assert statement(tmp_path, [ZIRAAT, [cell, *FEE[1:]]]).movements[0].date == DAY


def test_dates_with_a_time(tmp_path: Path) -> None:
    moment = datetime(2021, 10, 6, 14, 58)  # noqa: DTZ001 - a spreadsheet knows no zone
    found = statement(tmp_path, [ZIRAAT, [moment, *FEE[1:]]])
    assert (found.movements[0].date, found.movements[0].time) == (DAY, time(14, 58))


def test_letters_of_a_wrong_code_page(tmp_path: Path) -> None:
    broken = [word.encode("windows-1254").decode("latin-1") for word in ZIRAAT]
    assert statement(tmp_path, [broken, FEE]).bank == "ziraat"


def test_header_cells_with_line_breaks(tmp_path: Path) -> None:
    header = ["Tarih", "Fiş\nNo", "AÇIKLAMA ", "İşlem\r\nTutarı (TL)", " bakiye*"]
    assert statement(tmp_path, [header, FEE]).bank == "ziraat"


def test_borc_and_alacak_in_two_columns(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Tarih", "Açıklama", "Borç", "Alacak", "Bakiye"],
        ["06.10.2021", "a", None, 218.3, 1218.3],
        ["07.10.2021", "b", 1000, "0,00", 218.3],
        ["08.10.2021", "c", "", 0, 218.3],
        ["Toplam", None, -1000, 218.3, None],
    ]
    assert amounts(statement(tmp_path, rows)) == [21830, -100000, 0]


def test_a_debit_column_may_be_negative(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Tarih", "Açıklama", "Borç", "Alacak"], ["06.10.2021", "a", -5, None]]
    assert amounts(statement(tmp_path, rows)) == [-500]


def test_a_header_in_two_rows(tmp_path: Path) -> None:
    html = (
        "<table><tr><th rowspan=2>Tarih<th rowspan=2>Açıklama<th colspan=2>Tutar Bilgisi"
        "<tr><th>Borç<th>Alacak<tr><td>06.10.2021<td>a<td><td>218,30</table>"
    )
    (tmp_path / "bank.xls").write_text(html, encoding="utf-8")
    found = read(tmp_path / "bank.xls")
    assert [(movement.row, movement.amount) for movement in found.movements] == [(3, 21830)]


@pytest.mark.parametrize(("sign", "amount"), [("A", 21830), ("B", -21830), ("Alacak", 21830)])
def test_unsigned_amounts_with_a_direction(tmp_path: Path, sign: str, amount: int) -> None:
    rows: list[list[Any]] = [
        ["Tarih", "Açıklama", "Tutar", "B/A"],
        ["06.10.2021", "a", 218.3, sign],
    ]
    assert amounts(statement(tmp_path, rows)) == [amount]


def test_spreadsheetml_and_positions(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        inside = "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells)
        return f"<Row>{inside}</Row>"

    data = row(*ZIRAAT) + row(*map(str, FEE)).replace("<Row>", '<Row ss:Index="7">')
    (tmp_path / "bank.xls").write_bytes(spreadsheetml(data))
    assert [movement.row for movement in read(tmp_path / "bank.xls").movements] == [7]


def test_cells_of_a_workbook_without_positions(tmp_path: Path) -> None:
    header = "".join(map(text_cell, ZIRAAT))
    row = "".join(map(text_cell, FEE[:3])) + "<c><v>218.3</v></c>"
    path = raw_xlsx(tmp_path / "a", sheet_xml(f"<row>{header}</row><row>{row}</row>"))
    assert [(movement.row, movement.amount) for movement in read(path).movements] == [(2, 21830)]


# ---- what is no movement


FOOTERS: list[list[Any]] = [
    [None],
    ["Toplam Borç", None, None, -1000],
    [None, None, "Genel Toplam", 218.3, 218.3],
    ["Toplam", None, None, 218.3, 218.3],
    ["Sayfa 1 / 3"],
    ["www.ziraatbank.com.tr"],
    ["Ticaret Sicil No: 475225", None, "Mersis: 0998006967505633"],
    ["Merkez: Ankara", None, None, None, "Tel: 0312 000 00 00"],
    ["06.10.2021", None, "Devreden Bakiye", None, 1000],
    [None, None, "DEVİR", None, 1000],
    ZIRAAT,
    ["* İşlem tutarları hesabın para birimi cinsindendir."],
    ["Bu belge 5070 sayılı Kanuna göre imzalanmıştır", None, None, None, None],
    ["Hesap Bakiyesi", None, None, None, 218.3],
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_row_that_is_no_movement(tmp_path: Path, footer: list[Any]) -> None:
    found = statement(tmp_path, [*preamble(11), ZIRAAT, FEE, footer, RENT, footer])
    assert [movement.row for movement in found.movements] == [13, 15]


def test_a_page_break_repeats_preamble_and_header(tmp_path: Path) -> None:
    page = [*preamble(4), ZIRAAT]
    assert len(statement(tmp_path, [*page, FEE, *page, RENT]).movements) == 2


def test_a_statement_without_movements(tmp_path: Path) -> None:
    found = statement(tmp_path, [*preamble(11), ZIRAAT, ["Kayıt bulunamadı"]])
    assert (found.bank, list(found.movements)) == ("ziraat", [])


# ---- rows that look like movements and cannot be read


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["32.13.2021", *FEE[1:]], "A"),
        (["06.10.20", *FEE[1:]], "A"),
        ([None, *FEE[1:]], "A"),
        (["yok", *FEE[1:]], "A"),
        (["########", *FEE[1:]], "A"),
        ([None, None, "Toplam borcumu ödedim Ayşe", 218.3, 1], "A"),
        ([None, None, "Merkez Eczanesi", 218.3, 1], "A"),
        (["Toplam", None, "Ayşe Yılmaz", 218.3, 1], "A"),
        (["Merkez", None, "Ayşe Yılmaz", 218.3, 1], "A"),
        ([*FEE[:3], "yok", 1], "D"),
        ([*FEE[:3], None, 1], "D"),
        ([*FEE[:3], None, None], "D"),
        ([*FEE[:3], "218,3O", None], "D"),
        ([*FEE[:3], "12,345,67", None], "D"),
        ([*FEE[:3], 218.305, None], "D"),
        ([*FEE[:3], True, None], "D"),
        ([*FEE[:3], 1e300, None], "D"),
        (["06.10.2021", None, None, "x1", None], None),
        ([1e10, *FEE[1:]], "A"),
    ],
)
def test_an_unreadable_movement_rejects_the_file(
    tmp_path: Path, row: Sequence[Any], column: str | None
) -> None:
    with pytest.raises(StatementCellUnreadable) as caught:
        statement(tmp_path, [*preamble(11), ZIRAAT, FEE, row, RENT])
    assert caught.value.fields["sheet"] == "Sheet"
    assert caught.value.fields["row"] == 14
    assert caught.value.fields["column"] == column or column is None


def test_an_unreadable_first_movement_without_a_header(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["06.13.2021", "ödeme", 218.3],
        ["07.10.2021", "kira", 5.5],
        ["08.10.2021", "kira", 6.5],
    ]
    with pytest.raises(StatementCellUnreadable) as caught:
        statement(tmp_path, rows)
    assert (caught.value.fields["row"], caught.value.fields["column"]) == (1, "A")


@given(
    column=st.sampled_from([0, 3]),
    text=st.text(max_size=12)
    | st.text("0123456789.,-/ TL", max_size=12)
    | st.sampled_from(["Toplam", "Sayfa 1", "www.", "Merkez", "Tarih", "İşlem Tutarı", "Devir"]),
)
def test_no_movement_is_lost_in_silence(
    tmp_path_factory: pytest.TempPathFactory, column: int, text: str
) -> None:
    row = [str(cell) for cell in FEE]
    row[column] = text
    path = tmp_path_factory.mktemp("lost") / "bank.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([ZIRAAT, FEE, row, RENT])
    try:
        found = read(path)
    except InputRejected:
        return
    assert len(found.movements) == 3


def test_borc_and_alacak_both_filled(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Tarih", "Açıklama", "Borç", "Alacak"], ["06.10.2021", "a", 5, 7]]
    with pytest.raises(StatementCellUnreadable):
        statement(tmp_path, rows)


def test_debits_of_both_signs(tmp_path: Path) -> None:
    header = ["Tarih", "Açıklama", "Borç", "Alacak"]
    rows: list[list[Any]] = [header, ["06.10.2021", "a", 5, None], ["06.10.2021", "b", -5, None]]
    with pytest.raises(StatementContradiction) as caught:
        statement(tmp_path, rows)
    assert caught.value.fields["row"] == 3


@pytest.mark.parametrize("rows", [[vakif(-5, "B"), vakif(5, "B")], [vakif(-5, "A")]])
def test_a_sign_and_a_direction_that_disagree(tmp_path: Path, rows: list[list[Any]]) -> None:
    with pytest.raises(StatementContradiction) as caught:
        statement(tmp_path, [VAKIF, *rows])
    assert (caught.value.fields["row"], caught.value.fields["column"]) == (len(rows) + 1, "P")


@pytest.mark.parametrize("sign", [None, "?"])
def test_unsigned_amounts_whose_direction_is_missing(tmp_path: Path, sign: str | None) -> None:
    header = ["Tarih", "Açıklama", "Tutar", "B/A"]
    rows: list[list[Any]] = [header, ["06.10.2021", "a", 5, "B"], ["06.10.2021", "b", 5, sign]]
    with pytest.raises(StatementCellUnreadable) as caught:
        statement(tmp_path, rows)
    assert (caught.value.fields["row"], caught.value.fields["column"]) == (3, "D")


def test_another_currency(tmp_path: Path) -> None:
    header = ["Tarih", "Açıklama", "Tutar", "Döviz Cinsi"]
    rows: list[list[Any]] = [header, ["06.10.2021", "a", 5, "TL"], ["06.10.2021", "b", 5, "USD"]]
    with pytest.raises(StatementForeignCurrency) as caught:
        statement(tmp_path, rows)
    assert "row 3, column D" in str(caught.value)


@pytest.mark.parametrize(
    "rows",
    [
        [["T.C. Kimlik No", "Adı", "Soyadı", "Unvan"], ["10000000146", "Ayşe", "Yılmaz", "Dr."]],
        [
            ["Başvuru No", "T.C. Kimlik No", "Başvuru Türü", "Başvuru Tarihi"],
            ["2021-10413", "10000000146", 1, "06.10.2021"],
            ["2021-10414", "10000000078", 3, "06.10.2021"],
        ],
        [["Merhaba"]],
        [["Tarih", "Konu"], ["06.10.2021", "Toplantı"]],
        [["06.10.2021", "Nöbet listesi", 8], ["07.10.2021", "Nöbet listesi", 16]],
    ],
)
def test_tables_that_are_no_statement(tmp_path: Path, rows: Rows) -> None:
    with pytest.raises(NotAStatement):
        statement(tmp_path, rows)


# ---- accounts, sheets, order and balance


@pytest.mark.parametrize(
    "line",
    [
        ["IBAN", "TR65 0001 2009 3310 0006 1000 37"],
        ["IBAN: TR650001200933100006100037"],
        ["Hesap No / IBAN", None, "123 / tr65 0001 2009 3310 0006 1000 37 TL"],
        ["TR65\xa00001\xa02009\xa03310\xa00006\xa01000\xa037"],
    ],
)
def test_the_account_is_named_above_the_header(tmp_path: Path, line: list[Any]) -> None:
    assert statement(tmp_path, [line, ZIRAAT, FEE]).account_iban == IBAN


@pytest.mark.parametrize(
    "rows",
    [
        [ZIRAAT, [*FEE[:2], f"Gönd: X {OTHER}", 218.3, 1]],
        [["IBAN", "TR65 0001 2009 3310 0006 1000 38"], ZIRAAT, FEE],
        [["IBAN", "TR65 **** 37"], ZIRAAT, FEE],
        [["06.10.2021", f"Gönd: AYŞE {OTHER}", 218.3]],
    ],
)
def test_a_statement_that_names_no_account(tmp_path: Path, rows: Rows) -> None:
    assert statement(tmp_path, rows).account_iban is None


def test_the_account_may_stand_on_a_cover_sheet(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["IBAN", IBAN])
    sheet = book.create_sheet("Hareketler")
    for row in (ZIRAAT, FEE):
        sheet.append(row)
    book.save(tmp_path / "bank.xlsx")
    found = read(tmp_path / "bank.xlsx")
    assert (found.account_iban, len(found.movements)) == (IBAN, 1)


def sheets(tmp_path: Path, *pages: Rows) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    for number, rows in enumerate(pages, start=1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(list(row))
    book.save(tmp_path / "bank.xlsx")
    return tmp_path / "bank.xlsx"


def test_a_statement_on_several_sheets(tmp_path: Path) -> None:
    found = read(sheets(tmp_path, [["Özet"]], [ZIRAAT, FEE], [ZIRAAT, RENT]))
    assert amounts(found) == [21830, -100000]


def test_a_sheet_that_repeats_another_one_is_not_read_twice(tmp_path: Path) -> None:
    found = read(sheets(tmp_path, [ZIRAAT, FEE], [["Gelen"], ZIRAAT, RENT, FEE]))
    assert amounts(found) == [-100000, 21830]


def test_errors_name_the_sheet(tmp_path: Path) -> None:
    with pytest.raises(StatementCellUnreadable) as caught:
        read(sheets(tmp_path, [ZIRAAT, FEE], [ZIRAAT, ["x", *FEE[1:]]]))
    assert (caught.value.fields["sheet"], caught.value.fields["row"]) == ("S2", 2)


def test_sheets_of_several_accounts(tmp_path: Path) -> None:
    path = sheets(tmp_path, [["IBAN", IBAN], ZIRAAT, FEE], [["IBAN", OTHER], ZIRAAT, RENT])
    with pytest.raises(StatementOfSeveralAccounts):
        read(path)


def test_a_second_account_further_down_the_sheet(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["IBAN", IBAN], ZIRAAT, FEE, [None], ["IBAN", OTHER], ZIRAAT, RENT]
    with pytest.raises(StatementOfSeveralAccounts):
        statement(tmp_path, rows)


def chain(*balances: float) -> list[list[Any]]:
    return [["06.10.2021", "F", "x", after - before, after] for before, after in pairwise(balances)]


def test_balances_that_add_up(tmp_path: Path) -> None:
    found = statement(tmp_path, [ZIRAAT, *chain(0, 5, 9, 2, 8)])
    assert (found.newest_first, found.balance_breaks) == (False, ())


def test_balances_that_add_up_with_the_newest_first(tmp_path: Path) -> None:
    found = statement(tmp_path, [ZIRAAT, *chain(0, 5, 9, 2, 8)[::-1]])
    assert (found.newest_first, found.balance_breaks) == (True, ())


def test_a_missing_row_breaks_the_balance(tmp_path: Path) -> None:
    rows = chain(0, 5, 9, 2, 8, 3)
    del rows[2]
    assert statement(tmp_path, [ZIRAAT, *rows]).balance_breaks == (4,)
    assert statement(tmp_path, [ZIRAAT, *rows[::-1]]).balance_breaks == (3,)


def test_missing_balances_are_bridged(tmp_path: Path) -> None:
    rows = chain(0, 5, 9, 2, 8)
    rows[1][4] = None
    assert statement(tmp_path, [ZIRAAT, *rows]).balance_breaks == ()


def test_dates_tell_the_order_where_no_balance_does(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Tarih", "Açıklama", "Tutar"],
        ["07.10.2021", "a", 1],
        ["06.10.2021", "b", 2],
    ]
    assert statement(tmp_path, rows).newest_first


def test_the_content_of_the_file_is_identified(tmp_path: Path) -> None:
    import hashlib

    found = statement(tmp_path, [ZIRAAT, FEE])
    content = (tmp_path / "bank.xlsx").read_bytes()
    assert (found.file, found.sha256) == ("bank.xlsx", hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("end", "is_open"), [("\n", False), ("", True), ("\nToplam;218,30;;", False)]
)
def test_a_text_that_ends_within_its_last_movement(tmp_path: Path, end: str, is_open: bool) -> None:
    text = "Tarih;Tutar;Bakiye;Açıklama\n06.10.2021;1,00;1,00;Kira\n06.10.2021;218,30;219,30;e-imza"
    (tmp_path / "bank.csv").write_text(text + end, encoding="utf-8")
    found = read(tmp_path / "bank.csv")
    assert (len(found.movements), found.open_end) == (2, is_open)
