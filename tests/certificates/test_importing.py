"""``cert import``: lists of certificates, merged with what was seen."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esignctl.certificates.list_rows import serial_number
from esignctl.registry import arrivals, certificates, open_registry
from esignctl.registry.certificates import StoredCertificate
from esignctl.tables.columns import Unusable
from esignctl.text.dates import parse_moment, utc_text
from tests.conftest import CommandLine, Outcome
from tests.people.lists import Row, semicolons, xlsx
from tests.registry.conftest import ADA, CAN
from tests.registry.test_certificates import FIRST

HEADER = (
    "T.C. Kimlik No", "Sertifika Sahibi", "Seri No", "Başlangıç Tarihi", "Bitiş Tarihi", "Veren",
)  # fmt: skip
AYSE: Row = (ADA.tckn, "Ayşe", "1A", "20.06.2023", "20.06.2026", "Kamu SM")
JAN: Row = (CAN.tckn, "Can Öztürk", "2B", "01.02.2024", "01.02.2027", "Kamu SM")


class Office:
    """A command line that takes lists, and what its registry holds then."""

    def __init__(self, run: CommandLine) -> None:
        self.run = run

    def take(self, *rows: Row, header: Row = HEADER) -> Outcome:
        """Import a workbook with these rows."""
        file = xlsx(self.run.home / "l.xlsx", [header, *rows])
        return self.run("cert", "import", file, "--json")

    def see(self, *held: StoredCertificate) -> None:
        """Certificates seen on a card or in a file."""
        with open_registry(self.run.registry) as registry, registry.write("t") as transaction:
            arrivals.add(transaction, held)

    @property
    def held(self) -> list[StoredCertificate]:
        with open_registry(self.run.registry) as registry, registry.read() as connection:
            return certificates.everything(connection)


@pytest.fixture
def office(run: CommandLine) -> Office:
    return Office(run)


def numbers(outcome: Outcome) -> tuple[int, int, int, int, int]:
    """Added, updated, unchanged, contradictions, rejected."""
    data = outcome.data
    kept = data["added"] + data["updated"] + data["unchanged"]
    assert data["read"] == kept + len(data["rejected"])
    told = len(data["conflicts"]), len(data["rejected"])
    return data["added"], data["updated"], data["unchanged"], *told


def test_a_list_is_taken_and_again_changes_nothing(office: Office) -> None:
    first = office.take(AYSE, JAN)
    assert (first.exit_code, numbers(first)) == (0, (2, 0, 0, 0, 0))
    before = office.held
    assert numbers(office.take(AYSE, JAN)) == (0, 0, 2, 0, 0)
    assert office.held == before


def test_days_are_whole_days_of_turkey(office: Office) -> None:
    office.take(AYSE)
    (held,) = office.held
    assert (held.not_before, held.not_after) == ("2023-06-19T21:00:00Z", "2026-06-20T20:59:59Z")
    assert (held.tckn, held.holder, held.serial) == (ADA.tckn, "Ayşe", "1A")
    assert (held.kind, held.fingerprint) == ("nes", None)


@pytest.mark.parametrize(
    "header",
    [
        ("Issuer", "Valid Until", "Serial Number", "Holder", "TCKN", "Valid From", "Remarks"),
        ("VEREN", "GEÇERLİLİK BİTİŞ TARİHİ", "Sertifika Seri No", "Ad Soyad", "TC Kimlik No",
         "Geçerlilik Başlangıç Tarihi", "Notlar"),
    ],
)  # fmt: skip
def test_columns_are_found_in_either_language_and_any_order(office: Office, header: Row) -> None:
    number, holder, serial, begin, end, issuer = AYSE
    office.take((issuer, end, serial, holder, number, begin, "x"), header=header)
    (held,) = office.held
    assert (held.tckn, held.holder, held.serial, held.issuer) == (number, holder, serial, issuer)
    assert held.not_after == "2026-06-20T20:59:59Z"


def test_names_in_two_columns_are_one_name(office: Office) -> None:
    office.take((ADA.tckn, "Ayşe Nur", "Yılmaz", "20.06.2026"),
                header=("TCKN", "Adı", "Soyadı", "Bitiş Tarihi"))  # fmt: skip
    (held,) = office.held
    assert held.holder == "Ayşe Nur Yılmaz"
    assert held.not_before == "2023-06-20T20:59:59Z"


def test_a_csv_of_a_turkish_excel_is_taken(office: Office) -> None:
    file = semicolons(office.run.home / "l.csv", [HEADER, AYSE], "windows-1254")
    assert numbers(office.run("cert", "import", file, "--json")) == (1, 0, 0, 0, 0)


def test_serial_numbers_are_decimal_unless_the_column_has_a_letter(office: Office) -> None:
    office.take((*AYSE[:2], "26", *AYSE[3:]), (*JAN[:2], "43", *JAN[3:]))
    assert [each.serial for each in office.held] == ["1A", "2B"]


def test_one_letter_makes_the_column_hex(office: Office) -> None:
    office.take((*AYSE[:2], "26", *AYSE[3:]), (*JAN[:2], "2b", *JAN[3:]))
    assert [each.serial for each in office.held] == ["26", "2B"]


@pytest.mark.parametrize("serial", ["26", "1A", "0x1a", "00:1A", "001A"])
def test_what_was_seen_is_found_however_its_serial_number_is_written(
    office: Office, serial: str
) -> None:
    office.see(FIRST)
    assert numbers(office.take((*AYSE[:2], serial, *AYSE[3:]))) == (0, 0, 1, 0, 0)
    assert len(office.held) == 1


def test_hex_without_letters_is_found_among_what_was_seen(office: Office) -> None:
    office.see(replace(FIRST, serial="26"))
    assert numbers(office.take((*AYSE[:2], "26", *AYSE[3:]))) == (0, 0, 1, 0, 0)


def test_a_listed_one_that_is_seen_later_is_one_and_stays_one(office: Office) -> None:
    office.take(AYSE)
    office.see(FIRST)
    assert [each.fingerprint for each in office.held] == [FIRST.fingerprint]
    assert numbers(office.take(AYSE)) == (0, 0, 1, 0, 0)


def test_other_dates_than_seen_are_a_contradiction_and_what_was_seen_stays(office: Office) -> None:
    office.see(FIRST)
    outcome = office.take((*AYSE[:4], "20.06.2027", AYSE[5]))
    assert (outcome.exit_code, numbers(outcome)) == (1, (0, 0, 1, 1, 0))
    (conflict,) = outcome.data["conflicts"]
    assert conflict["row"] == 2
    assert conflict["certificate"]["fingerprint"] == FIRST.fingerprint
    assert conflict["differences"] == [
        {"field": "not_after", "known": FIRST.not_after, "listed": "2027-06-20T20:59:59Z"}
    ]
    assert office.held[0].not_after == FIRST.not_after


def test_another_holder_than_seen_is_a_contradiction(office: Office) -> None:
    office.see(FIRST)
    outcome = office.take((CAN.tckn, "Can Öztürk", *AYSE[2:]))
    (conflict,) = outcome.data["conflicts"]
    assert [each["field"] for each in conflict["differences"]] == ["holder", "tckn"]
    assert CAN.tckn not in outcome.stdout
    assert len(office.held) == 1


def test_a_silent_beginning_contradicts_nothing(office: Office) -> None:
    office.see(replace(FIRST, not_before="2024-01-01T00:00:00Z"))
    assert numbers(office.take((*AYSE[:3], "", *AYSE[4:]))) == (0, 0, 1, 0, 0)


def test_a_later_list_corrects_what_only_a_list_told(office: Office) -> None:
    office.take(AYSE)
    assert numbers(office.take((*AYSE[:4], "20.06.2027", ""))) == (0, 1, 0, 0, 0)
    (held,) = office.held
    assert (held.not_after, held.issuer) == ("2027-06-20T20:59:59Z", "Kamu SM")


def test_without_a_serial_number_holder_and_last_day_tell(office: Office) -> None:
    header = ("Ad Soyad", "Bitiş Tarihi")
    office.take(("Ayşe", "20.06.2026"), header=header)
    assert numbers(office.take(("AYŞE", "20.06.2026"), header=header))[2:] == (0, 0, 0)
    office.see(FIRST)
    assert len(office.held) == 1


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (("10000000147", *AYSE[1:]), "TCKN-INVALID", "T.C. Kimlik No"),
        (("", "", *AYSE[2:]), "HOLDER-MISSING", None),
        ((*AYSE[:2], "xyz", *AYSE[3:]), "SERIAL-INVALID", "Seri No"),
        ((*AYSE[:2], 123456789012345678901, *AYSE[3:]), "SERIAL-ROUNDED", "Seri No"),
        ((*AYSE[:2], "1,23457E+20", *AYSE[3:]), "SERIAL-ROUNDED", "Seri No"),
        ((*AYSE[:3], "soon", *AYSE[4:]), "DAY-INVALID", "Başlangıç Tarihi"),
        ((*AYSE[:4], "", AYSE[5]), "END-MISSING", "Bitiş Tarihi"),
        ((*AYSE[:4], "31.02.2026", AYSE[5]), "DAY-INVALID", "Bitiş Tarihi"),
        ((*AYSE[:3], "20.06.2027", *AYSE[4:]), "DAYS-REVERSED", "Bitiş Tarihi"),
    ],
)
def test_rows_that_cannot_be_taken_are_named_by_row_and_column(
    office: Office, row: Row, code: str, column: str | None
) -> None:
    outcome = office.take(JAN, row)
    assert (outcome.exit_code, numbers(outcome)) == (1, (1, 0, 0, 0, 1))
    (rejected,) = outcome.data["rejected"]
    assert (rejected["row"], rejected["code"], rejected["column"]) == (3, code, column)


def test_a_row_that_contradicts_an_earlier_one_is_rejected(office: Office) -> None:
    outcome = office.take(AYSE, (*AYSE[:4], "20.06.2027", AYSE[5]), AYSE)
    assert numbers(outcome) == (1, 0, 1, 0, 1)
    assert outcome.data["rejected"][0]["code"] == "REPEATED"


@pytest.mark.parametrize("header", [("TCKN", "Seri No"), ("Bitiş Tarihi", "Not")])
def test_what_is_no_list_of_certificates_changes_nothing(office: Office, header: Row) -> None:
    outcome = office.take(("x", "y"), header=header)
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "COLUMN-MISSING")


def test_contradictions_are_shown_to_people_in_turkish_too(office: Office) -> None:
    office.see(FIRST)
    office.take((*AYSE[:4], "20.06.2027", AYSE[5]))
    run = CommandLine(office.run.home, office.run.capture, "tr")
    outcome = run("cert", "import", office.run.home / "l.xlsx")
    assert "20.06.2027" in outcome.stdout
    assert "CERTS-CONTRADICTED" in outcome.stderr


def test_what_was_exported_can_be_imported(office: Office, tmp_path: Path) -> None:
    office.take(AYSE, JAN)
    for language, name in (("en", "a.csv"), ("tr", "b.csv"), ("tr", "c.xlsx")):
        run = CommandLine(office.run.home, office.run.capture, language)
        run("cert", "list", f"--{name[2:]}", tmp_path / name, "--show-ids")
        outcome = run("cert", "import", tmp_path / name, "--json")
        assert numbers(outcome) == (0, 0, 2, 0, 0), name


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("26 Ağustos 2026 Çarşamba", "2026-08-25T21:00:00Z"),
        ("26 AĞU 2026", "2026-08-25T21:00:00Z"),
        ("26.08.26", "2026-08-25T21:00:00Z"),
        ("26/08/2026 14:58", "2026-08-26T11:58:00Z"),
        ("Aug 26 11:58:47 2026 GMT", "2026-08-26T11:58:47Z"),
        ("2026-08-26T11:58:47Z", "2026-08-26T11:58:47Z"),
        ("2026-08-26T11:58:47+03:00", "2026-08-26T08:58:47Z"),
        ("2026-08-26 11:58:47 UTC", "2026-08-26T11:58:47Z"),
        (date(2026, 8, 26), "2026-08-25T21:00:00Z"),
        (datetime(2026, 8, 26, 14, 58), "2026-08-26T11:58:00Z"),  # noqa: DTZ001 - a cell has none
        (46260, "2026-08-25T21:00:00Z"),
    ],
)
def test_moments_are_read_as_people_and_programs_write_them(cell: Any, expected: str) -> None:
    assert utc_text(parse_moment(cell)[0]) == expected


@settings(deadline=None)
@given(st.text(max_size=40) | st.integers() | st.floats() | st.none() | st.booleans())
def test_any_cell_is_a_moment_or_none(cell: Any) -> None:
    try:
        moment, _ = parse_moment(cell)
    except ValueError:
        return
    assert 1949 <= moment.year <= 2100


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=2**159), st.sampled_from([":", " ", "", "-"]))
def test_a_serial_number_is_read_in_every_way_of_writing_it(serial: int, gap: str) -> None:
    digits = f"{serial:X}"
    digits = digits.zfill(len(digits) + len(digits) % 2)
    pairs = gap.join(digits[at : at + 2] for at in range(0, len(digits), 2))
    assert serial_number(pairs).hexadecimal == f"{serial:X}"
    assert serial_number(str(serial)).decimal == f"{serial:X}"


@settings(deadline=None)
@given(st.text(max_size=60) | st.integers() | st.floats() | st.none() | st.booleans())
def test_any_cell_is_a_serial_number_or_is_refused(cell: Any) -> None:
    try:
        serial = serial_number(cell)
    except Unusable:
        return
    for each in (serial.decimal, serial.hexadecimal):
        assert not each or int(each, 16) >= 0
