"""Lists are found by their headers; cells are read whatever a spreadsheet made of them."""

from datetime import date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.errors import ColumnMissing, InputRejected
from esignctl.people.reading import (
    ApplicationRow,
    application_number,
    kind_of,
    read_applications,
    read_people,
)
from esignctl.registry.imports import Rejection
from esignctl.registry.people import Person
from esignctl.tables import Cell
from esignctl.tables.columns import personal_number

from .lists import (
    AYSE,
    CAN,
    PEOPLE_HEADER,
    applications_list,
    people_list,
    semicolons,
    xlsx,
)

# what openpyxl writes must not have a zone
NOON = datetime(2021, 9, 1, 12)  # noqa: DTZ001


def persons(path: Path) -> list[Person | Rejection]:
    return [row for _, row in read_people(path)]


def one_application(path: Path, *cells: object) -> ApplicationRow | str:
    """What becomes of one row of applications: the application, or the code of its rejection."""
    ((_, row),) = read_applications(applications_list(path / "list.xlsx", cells))
    return row.code if isinstance(row, Rejection) else row


def test_a_person_is_read_with_all_details(tmp_path: Path) -> None:
    row = (*AYSE[:6], "0532 123 45 67", "ayse@example.org")
    assert persons(people_list(tmp_path / "p.xlsx", row)) == [
        Person(
            "10000000146",
            "Ayşe Nur",
            "Yılmaz",
            title="Dr.",
            unit="1 Nolu ASM",
            group="family-physician",
            phone="0532 123 45 67",
            email="ayse@example.org",
        )
    ]


@pytest.mark.parametrize(
    "header",
    [
        ("TCKN", "AD", "SOYAD"),
        ("TC KİMLİK NO", "ADI", "SOYADI"),
        ("T.C.\nKimlik No", "adı ", " soyadı"),
        ("National ID", "First Name", "Last Name"),
        ("Personal Number", "Given Names", "Surname"),
        ("T.C. Kimlik No (11 hane)", "İsim", "Soyisim"),
    ],
)
def test_headers_are_known_in_both_languages_and_any_spelling(
    tmp_path: Path, header: tuple[str, ...]
) -> None:
    (person,) = persons(xlsx(tmp_path / "p.xlsx", [header, AYSE[:3]]))
    assert person == Person("10000000146", "Ayşe Nur", "Yılmaz")


def test_columns_may_stand_in_any_order_beside_others(tmp_path: Path) -> None:
    rows = [
        ("Sıra", "Soyadı", "Açıklama", "Adı", "T.C. Kimlik No"),
        (1, "Yılmaz", "x", "Ayşe Nur", "10000000146"),
    ]
    assert persons(xlsx(tmp_path / "p.xlsx", rows)) == [Person("10000000146", "Ayşe Nur", "Yılmaz")]


def test_a_title_may_stand_above_the_header(tmp_path: Path) -> None:
    rows = [("AİLE HEKİMLERİ LİSTESİ",), (), PEOPLE_HEADER, AYSE]
    ((place, _),) = read_people(xlsx(tmp_path / "p.xlsx", rows))
    assert place.row == 4


def test_a_header_repeated_on_each_page_and_blank_rows_are_no_people(tmp_path: Path) -> None:
    rows = [PEOPLE_HEADER, AYSE, (None,) * 8, PEOPLE_HEADER, CAN, ("", " ")]
    assert len(persons(xlsx(tmp_path / "p.xlsx", rows))) == 2


def test_all_sheets_with_the_columns_are_read_and_named(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "p.xlsx", [("Notlar",)], [PEOPLE_HEADER, AYSE], [PEOPLE_HEADER, CAN])
    assert [place.sheet for place, _ in read_people(path)] == ["Sayfa2", "Sayfa3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1254"])
def test_csv_is_read_in_the_encodings_of_excel(tmp_path: Path, encoding: str) -> None:
    path = semicolons(tmp_path / "p.csv", [PEOPLE_HEADER, AYSE], encoding)
    (person,) = persons(path)
    assert isinstance(person, Person)
    assert person.name == "Ayşe Nur Yılmaz"


def test_xls_is_read(tmp_path: Path) -> None:
    book = import_module("xlwt").Workbook()  # has no types
    sheet = book.add_sheet("Sayfa1")
    for number, row in enumerate((PEOPLE_HEADER, (float(AYSE[0]), *AYSE[1:]))):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    book.save(str(tmp_path / "p.xls"))
    (person,) = persons(tmp_path / "p.xls")
    assert isinstance(person, Person)
    assert person.tckn == AYSE[0]


def test_ods_is_read(tmp_path: Path) -> None:
    # odfpy has no types
    opendocument, tables, texts = (
        import_module(f"odf.{name}") for name in ("opendocument", "table", "text")
    )
    book = opendocument.OpenDocumentSpreadsheet()
    table = tables.Table(name="Sayfa1")
    for row in (PEOPLE_HEADER, AYSE):
        line = tables.TableRow()
        for text in row:
            cell = tables.TableCell(valuetype="string")
            cell.addElement(texts.P(text=text))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "p.ods"))
    (person,) = persons(tmp_path / "p.ods")
    assert isinstance(person, Person)
    assert person.surname == "Yılmaz"


def test_a_missing_column_is_named_with_the_headers_it_may_have(tmp_path: Path) -> None:
    with pytest.raises(ColumnMissing) as caught:
        persons(xlsx(tmp_path / "kişiler.xlsx", [("T.C. Kimlik No", "Adı"), AYSE[:2]]))
    assert "kişiler.xlsx" in str(caught.value)
    assert "Soyadı" in str(caught.value)
    assert "Surname" in caught.value.advice


def test_a_file_that_is_no_list_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(b"\x00\x01" * 500)
    with pytest.raises(InputRejected):
        persons(tmp_path / "p.xlsx")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("", "Ayşe", "Yılmaz"), "TCKN-MISSING"),
        (("10000000147", "Ayşe", "Yılmaz"), "TCKN-INVALID"),
        (("1000000014", "Ayşe", "Yılmaz"), "TCKN-INVALID"),
        (("10000000146", "", "Yılmaz"), "NAME-MISSING"),
        (("10000000146", "Ayşe", None), "NAME-MISSING"),
        (("10000000146", "Ayşe", 12), "NAME-MISSING"),
        (("Toplam: 2", None, None), "TCKN-INVALID"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(
    tmp_path: Path, row: tuple[object, ...], code: str
) -> None:
    (rejection,) = persons(people_list(tmp_path / "p.xlsx", row))
    assert isinstance(rejection, Rejection)
    assert (rejection.place.row, rejection.code) == (2, code)


@pytest.mark.parametrize(
    "cell",
    [
        "10000000146",
        10000000146,
        10000000146.0,
        " 10000000146 ",
        "100 000 001 46",
        "10000000146.0",
        "'10000000146",
        "1,0000000146E10",
        "1.0000000146E+10",
        "10000000146\N{NO-BREAK SPACE}",
    ],
)
def test_a_personal_number_is_read_as_spreadsheets_leave_it(cell: Cell) -> None:
    assert personal_number(cell) == "10000000146"


@given(st.from_regex(r"[1-9][0-9]{10}", fullmatch=True))
def test_a_number_reads_alike_as_text_and_as_a_number(digits: str) -> None:
    def read(cell: Cell) -> str:
        try:
            return personal_number(cell)
        except Exception as error:  # noqa: BLE001 - both readings must end alike
            return str(error)

    assert read(digits) == read(float(digits)) == read(int(digits))


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("İlk Başvuru", "first"),
        ("ILK BASVURU", "first"),
        ("Yenileme", "renewal"),
        ("yenıleme", "renewal"),
        ("Kayıp/Çalıntı", "replacement"),
        ("Çalıntı", "replacement"),
        ("renewal", "renewal"),
        (1, "first"),
        (3.0, "renewal"),
        ("2", "replacement"),
        ("2 - Kayıp/Çalıntı", "replacement"),
        ("3 yıllık yenileme", "renewal"),
        ("1 yıllık yenileme", "renewal"),
    ],
)
def test_kinds_are_known_by_words_and_numbers(cell: Cell, kind: str) -> None:
    assert kind_of(cell) == kind


@pytest.mark.parametrize(
    ("cell", "number"),
    [("2021-10413", "2021-10413"), (10413, "10413"), (10413.0, "10413"), (" 0042 ", "0042")],
)
def test_application_numbers_are_read_as_written(cell: Cell, number: str) -> None:
    assert application_number(cell) == number


@pytest.mark.parametrize(
    "cell",
    ["01.09.2021", "2021-09-01", "1/9/2021", NOON, NOON.date(), 44440],
)
def test_dates_are_read_in_every_form(tmp_path: Path, cell: object) -> None:
    assert one_application(tmp_path, "1", "10000000146", "Yenileme", cell) == ApplicationRow(
        "1", "10000000146", "renewal", date(2021, 9, 1)
    )


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("", "10000000146", "Yenileme", "01.09.2021"), "NUMBER-MISSING"),
        ((1.5, "10000000146", "Yenileme", "01.09.2021"), "NUMBER-INVALID"),
        ((NOON, "10000000146", "Yenileme", "01.09.2021"), "NUMBER-INVALID"),
        (("1", "", "Yenileme", "01.09.2021"), "TCKN-MISSING"),
        (("1", "10000000147", "Yenileme", "01.09.2021"), "TCKN-INVALID"),
        (("1", "10000000146", "", "01.09.2021"), "KIND-MISSING"),
        (("1", "10000000146", "Diğer", "01.09.2021"), "KIND-UNKNOWN"),
        (("1", "10000000146", 4, "01.09.2021"), "KIND-UNKNOWN"),
        (("1", "10000000146", "Kayıp, yenileme", "01.09.2021"), "KIND-UNKNOWN"),
        (("1", "10000000146", "Yenileme", ""), "DATE-MISSING"),
        (("1", "10000000146", "Yenileme", "31.02.2021"), "DATE-INVALID"),
        (("1", "10000000146", "Yenileme", "dün"), "DATE-INVALID"),
    ],
)
def test_an_application_that_cannot_be_taken_says_why(
    tmp_path: Path, cells: tuple[object, ...], code: str
) -> None:
    assert one_application(tmp_path, *cells) == code


def test_a_list_of_people_is_no_list_of_applications(tmp_path: Path) -> None:
    with pytest.raises(ColumnMissing):
        list(read_applications(people_list(tmp_path / "p.xlsx", AYSE)))
