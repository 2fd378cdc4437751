"""``cert list --csv --xlsx --ics``: the list as files."""

import csv
import stat
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event
from openpyxl import load_workbook

from tests.cli.drawer import TODAY, Drawer
from tests.conftest import CommandLine
from tests.registry.conftest import ADA


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def events(path: Path) -> list[Event]:
    calendar = Calendar.from_ical(path.read_bytes())
    return [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def _folder(place: Path) -> None:
    place.mkdir()


def test_a_csv_holds_the_list_in_its_order(filled: Drawer, place: Path) -> None:
    outcome = filled.run("cert", "list", "--csv", place / "l.csv")
    assert outcome.stdout == f"7 certificates written to {place / 'l.csv'}.\n"
    found = rows(place / "l.csv")
    assert [each["Serial number"] for each in found] == ["A3", "A6", "A2", "A5", "A1", "A4", "A7"]
    assert (found[0]["Days left"], found[0]["State"]) == ("-10", "expired")


def test_in_turkish_it_is_what_turkish_excel_opens(filled: Drawer, place: Path) -> None:
    run = CommandLine(filled.run.home, filled.run.capture, "tr")
    run("cert", "list", "--csv", place / "l.csv")
    assert len(rows(place / "l.csv", ";")) == 7
    assert (place / "l.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_name_that_looks_like_a_formula_is_none(drawer: Drawer, place: Path) -> None:
    drawer.put("A1", ends=10, holder='=HYPERLINK("http://x")')
    drawer.run("cert", "list", "--csv", place / "l.csv", "--xlsx", place / "l.xlsx")
    assert rows(place / "l.csv")[0]["Holder"].startswith("'=")
    cell = load_workbook(place / "l.xlsx").worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def test_a_workbook_has_real_days_and_numbers_and_the_year_by_month(
    filled: Drawer, place: Path
) -> None:
    filled.run("cert", "list", "--xlsx", place / "l.xlsx")
    certificates, months = load_workbook(place / "l.xlsx").worksheets
    titles = [cell.value for cell in certificates[1]]
    first = dict(zip(titles, certificates[2], strict=True))
    assert isinstance(first["Until"].value, datetime)
    assert first["Days left"].value == -10
    assert certificates.max_row == 8
    assert next(cell.value for cell in months[2]) == f"{TODAY:%Y-%m}"
    assert months.max_row == 13


def test_a_calendar_has_one_entry_for_each_end_to_come(filled: Drawer, place: Path) -> None:
    filled.run("cert", "list", "--ics", place / "l.ics")
    found = events(place / "l.ics")
    assert [each.decoded("dtstart") for each in found] == [
        TODAY + timedelta(days) for days in (20, 300, 1000, 1090)
    ]


def test_each_entry_rings_on_the_days_of_the_reminders(drawer: Drawer, place: Path) -> None:
    drawer.run.write_config("[reminders]\ndays = [30, 7]\n")
    drawer.put("A1", ends=100)
    drawer.run("cert", "list", "--ics", place / "l.ics")
    (event,) = events(place / "l.ics")
    end: date = event.decoded("dtstart")
    rings = [
        datetime.combine(end, datetime.min.time()) + alarm.decoded("trigger")
        for alarm in event.walk("VALARM")
    ]
    assert [each.date() for each in rings] == [end - timedelta(30), end - timedelta(7)]
    assert {each.hour for each in rings} == {9}


def test_an_entry_keeps_its_identifier(filled: Drawer, place: Path) -> None:
    filled.run("cert", "list", "--ics", place / "a.ics")
    filled.put("B1", ends=5)
    filled.run("cert", "list", "--ics", place / "b.ics")
    before, after = ({str(each["uid"]) for each in events(place / f"{n}.ics")} for n in "ab")
    assert len(before) == 4
    assert len(after - before) == 1
    assert before < after


def test_personal_numbers_are_masked_unless_asked_for(drawer: Drawer, place: Path) -> None:
    drawer.know(replace(ADA, unit="Merkez"))
    drawer.put("A1", ends=10, tckn=ADA.tckn)
    files = [place / "l.csv", place / "l.ics"]
    options: list[str | Path] = ["--csv", files[0], "--ics", files[1]]
    drawer.run("cert", "list", *options)
    assert all(ADA.tckn not in each.read_text(encoding="utf-8") for each in files)
    drawer.run("cert", "list", *options, "--force", "--show-ids")
    assert all(ADA.tckn in each.read_text(encoding="utf-8") for each in files)


def test_a_file_that_is_there_stays_unless_forced(filled: Drawer, place: Path) -> None:
    there = place / "l.csv"
    there.write_text("mine")
    outcome = filled.run("cert", "list", "--csv", there, "--ics", place / "l.ics")
    assert outcome.exit_code == 4
    assert there.read_text() == "mine"
    assert not (place / "l.ics").exists()
    assert filled.run("cert", "list", "--csv", there, "--force").exit_code == 0
    assert len(rows(there)) == 7


def test_files_are_for_their_owner_alone(filled: Drawer, place: Path) -> None:
    filled.run("cert", "list", "--csv", place / "l.csv", "--ics", place / "l.ics")
    assert {stat.S_IMODE(each.stat().st_mode) for each in place.iterdir()} == {0o600}


def test_json_names_the_files(filled: Drawer, place: Path) -> None:
    data = filled.list("--xlsx", str(place / "l.xlsx")).data
    assert data["files"] == {"xlsx": str(place / "l.xlsx")}
    assert len(data["certificates"]) == 7


def test_a_workbook_is_named_like_one(filled: Drawer, place: Path) -> None:
    assert filled.run("cert", "list", "--xlsx", place / "l.xls").exit_code == 2
