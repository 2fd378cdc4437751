"""The workbook for the finance office, read back as Excel would."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from esignctl import errors, i18n
from esignctl.payments import pages
from esignctl.payments.decisions import Candidate, Decision, Line, Reconciliation, Share
from esignctl.payments.statements import Movement, Statement
from esignctl.payments.workbook import check_place, write_workbook
from tests.conftest import ROOT

MATCHED = Decision("matched", ("NUMBER-EXACT", "PRICE-DUE"), (Share(1, 21830),))
EXCESS = Decision("matched", ("NUMBER-EXACT", "PRICE-OTHER"), (Share(2, 21830),), excess=7080)
SPLIT = Decision("matched", ("PRICE-SUM",), (Share(1, 21830), Share(2, 14750)))
REVIEW = Decision("review", ("TIE",), (), (Candidate(1, 0.6), Candidate(2, 0.55)))
REVERSAL = Decision("review", ("REVERSAL",), (), (Candidate(1, 0.9),), reverses=0)
UNRELATED = Decision("unrelated", ("NO-SIGN",))
KNOWN = Decision("known", ("KNOWN",))
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from esignctl.errors import PlaceNotWritable
from esignctl.payments.workbook import write_workbook
from tests.payments.test_workbook import MATCHED, reconciliation

many = reconciliation(*[(21830, MATCHED)] * 3000)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    write_workbook(Path(sys.argv[1]), [many])
except PlaceNotWritable as error:
    print(error)
"""
NUMBERS = {1: "2021-1", 2: "2021-2"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


def reconciliation(
    *decided: tuple[int, Decision],
    descriptions: Sequence[str] = (),
    newest_first: bool = False,
    file: str = "bank.xlsx",
    balanced: bool = True,
) -> Reconciliation:
    """A statement from 1 October on, a movement a day, that begins with a balance of 100.00."""
    balance, movements = 10000, []
    for place, (amount, _) in enumerate(decided):
        balance += amount
        text = descriptions[place] if descriptions else "AYŞE YILMAZ 10000000146 e-imza"
        day = date(2021, 10, 1 + place % 28)
        movements.append(
            Movement(
                13 + place, day, None, amount, text, balance if balanced else None, f"F{place}"
            )
        )
    lines = [
        Line(movement, decision, place)
        for place, (movement, (_, decision)) in enumerate(zip(movements, decided, strict=True), 1)
    ]
    if newest_first:
        movements.reverse()
        lines.reverse()
    statement = Statement(
        file, "0" * 64, "ziraat", "Ziraat Bankası", "TR650001200933100006100037", movements,
        newest_first, (),
    )  # fmt: skip
    return Reconciliation(statement, lines, NUMBERS)


WHOLE = reconciliation(
    (21830, MATCHED), (21830, EXCESS), (36580, SPLIT), (21830, REVIEW), (-21830, REVERSAL),
    (-5000, UNRELATED),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the workbook will be."""
    return tmp_path / "out.xlsx"


def written(path: Path, *reconciliations: Reconciliation) -> Any:
    """The workbook, written and read back."""
    write_workbook(path, reconciliations)
    return load_workbook(path)


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by the titles in its first row."""
    titles, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def facts(sheet: Any) -> dict[str, Any]:
    """The labels in the first column with what stands beside them, the last one of each."""
    return {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}


def test_the_sheets_are_those_of_the_contract(path: Path) -> None:
    assert written(path, WHOLE).sheetnames == ["summary", "matched", "review", "unrelated"]


def test_the_sheets_have_turkish_names_in_turkish(path: Path) -> None:
    i18n.set_language("tr")
    names = written(path, WHOLE).sheetnames
    assert (names[0], names[1], names[3]) == ("özet", "eşleşen", "ilgisiz")


def test_what_was_known_before_gets_a_sheet_of_its_own(path: Path) -> None:
    workbook = written(path, reconciliation((21830, KNOWN)))
    assert workbook.sheetnames[-1] == "known"
    assert [row["Row"] for row in table(workbook["known"])] == [13]


def test_every_movement_stands_on_one_sheet(path: Path) -> None:
    workbook = written(path, WHOLE)
    rows = [row["Row"] for sheet in workbook.worksheets[1:] for row in table(sheet)]
    assert sorted(rows) == [13, 14, 15, 16, 17, 18]


def test_dates_and_amounts_are_real_ones(path: Path) -> None:
    first = table(written(path, WHOLE)["matched"])[0]
    assert first["Date"] == datetime(2021, 10, 1)  # noqa: DTZ001 - a cell has no zone
    assert first["Amount (TL)"] == 218.3


@pytest.mark.parametrize(("language", "shape"), [("tr", "dd.mm.yyyy"), ("en", "yyyy-mm-dd")])
def test_dates_look_as_the_reader_writes_them(path: Path, language: str, shape: str) -> None:
    i18n.set_language(language)
    assert written(path, WHOLE).worksheets[1]["C2"].number_format == shape


def test_amounts_are_grouped_and_have_two_decimals(path: Path) -> None:
    assert written(path, WHOLE)["matched"]["D2"].number_format.startswith("[$-409]#,##0.00")


def test_a_posting_tells_its_application(path: Path) -> None:
    first, second, third = table(written(path, WHOLE)["matched"])
    assert (first["Application"], first["Posted (TL)"], first["Excess (TL)"]) == (
        "2021-1", 218.3, None,
    )  # fmt: skip
    assert second["Excess (TL)"] == 70.8
    assert third["Application"] == "2021-1 = 218.30; 2021-2 = 147.50"


def test_a_review_tells_its_candidates_and_reasons(path: Path) -> None:
    tie, reversal = table(written(path, WHOLE)["review"])
    assert tie["Candidates"] == "2021-1 (60 %); 2021-2 (55 %)"
    assert tie["Reasons"] == "two candidates are too close to choose between"
    assert (tie["Gives back row"], reversal["Gives back row"]) == (None, 13)


def test_reasons_follow_the_language(path: Path) -> None:
    write_workbook(path.with_stem("first"), [WHOLE])
    i18n.set_language("tr")
    reasons = {row[7] for row in written(path, WHOLE).worksheets[2].iter_rows(values_only=True)}
    assert "two candidates are too close to choose between" not in reasons


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_summary_adds_up_to_the_statement(path: Path, newest_first: bool) -> None:
    told = facts(
        written(
            path, reconciliation((21830, MATCHED), (-5000, UNRELATED), newest_first=newest_first)
        )["summary"]
    )
    assert told["Opening balance (TL)"] == 100
    assert told["Money in (TL)"] == 218.3
    assert told["Money out (TL)"] == -50
    assert told["Closing balance (TL)"] == 268.3
    assert told["Difference (TL)"] == 0


def test_a_statement_without_balances_has_none_in_the_summary(path: Path) -> None:
    told = facts(written(path, reconciliation((21830, MATCHED), balanced=False))["summary"])
    assert "Opening balance (TL)" not in told


def test_the_summary_counts_and_sums_every_outcome(path: Path) -> None:
    rows = list(written(path, WHOLE)["summary"].iter_rows(values_only=True))
    assert rows[-5][0] == "Outcome"
    assert rows[-4:] == [
        ("matched", 3, 802.4, 0, 802.4, 802.4, 70.8),
        ("review", 2, 218.3, -218.3, 0, 0, 0),
        ("unrelated", 1, 0, -50, -50, 0, 0),
        ("Total", 6, 1020.7, -268.3, 752.4, 802.4, 70.8),
    ]


def test_several_statements_are_told_apart_and_summed(path: Path) -> None:
    workbook = written(
        path,
        reconciliation((21830, MATCHED), file="a.xlsx"),
        reconciliation((14750, UNRELATED), file="b.xlsx"),
    )
    assert [row["File"] for row in table(workbook["unrelated"])] == ["b.xlsx"]
    assert list(workbook["summary"].values)[-1][1:4] == (2, 365.8, 0)


def test_a_sheet_that_is_full_goes_on_in_another(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ROWS_PER_PAGE", 2)
    workbook = written(path, reconciliation(*[(21830, MATCHED)] * 3))
    assert workbook.sheetnames[1:3] == ["matched", "matched (2)"]
    assert len(table(workbook["matched (2)"])) == 1


@pytest.mark.parametrize("name", ["matched", "review", "unrelated"])
def test_the_header_stays_filters_and_prints_on_every_page(path: Path, name: str) -> None:
    sheet = written(path, WHOLE)[name]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_outcomes_have_colours_of_their_own(path: Path) -> None:
    sheets = written(path, WHOLE).worksheets
    assert len({sheet.sheet_properties.tabColor.rgb for sheet in sheets}) == 4
    assert all(sheet["A1"].fill.fgColor.rgb != "00000000" for sheet in sheets[1:])


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+90 532",
        "-5",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "=cmd|' /C calc'!A0",
        "＝1+1",
        "#N/A",
    ],
)
def test_a_text_of_the_banks_never_acts_as_a_formula(path: Path, text: str) -> None:
    sheet = written(path, reconciliation((21830, REVIEW), descriptions=[text]))["review"]
    cell = sheet.cell(2, sheet.max_column)
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    assert cell.quotePrefix == (text != "#N/A")


def test_an_application_number_never_acts_as_a_formula(path: Path) -> None:
    evil = Reconciliation(WHOLE.statement, WHOLE.lines, {1: "=HYPERLINK(1)", 2: "2021-2"})
    assert written(path, evil)["matched"]["E2"].data_type == "s"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_text_makes_a_workbook_without_formulas(texts: list[str]) -> None:
    decided = [(1, UNRELATED)] * len(texts)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        write_workbook(path, [reconciliation(*decided, descriptions=texts)])
        workbook = load_workbook(BytesIO(path.read_bytes()))
    types = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert types <= {"s", "n", "d"}
    assert len(table(workbook["unrelated"])) == len(texts)


def test_personal_numbers_are_masked(path: Path) -> None:
    description = table(written(path, WHOLE)["matched"])[0]["Description"]
    assert description == "AYŞE YILMAZ 100****0146 e-imza"


def test_personal_numbers_are_shown_when_asked_for(path: Path) -> None:
    write_workbook(path, [WHOLE], lambda text: text)
    assert "10000000146" in table(load_workbook(path)["matched"])[0]["Description"]


def test_the_same_input_gives_the_same_bytes(path: Path) -> None:
    second = path.with_stem("second")
    write_workbook(path, [WHOLE])
    write_workbook(second, [WHOLE])
    assert path.read_bytes() == second.read_bytes()


def test_the_parts_of_the_file_carry_no_time(path: Path) -> None:
    write_workbook(path, [WHOLE])
    with ZipFile(path) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the rights of the user's folder")
def test_nobody_else_can_read_the_workbook(path: Path) -> None:
    write_workbook(path, [WHOLE])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_but_the_workbook_is_left_in_its_folder(path: Path) -> None:
    check_place(path)
    write_workbook(path, [WHOLE])
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_leaves_nothing_behind(path: Path) -> None:
    def broken(text: str) -> str:
        raise OSError(28, "No space left on device")

    with pytest.raises(errors.PlaceNotWritable):
        write_workbook(path, [WHOLE], broken)
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for the size of files")
@pytest.mark.parametrize("room", [2_000, 60_000])
def test_a_full_disk_is_told_in_one_line(tmp_path: Path, room: int) -> None:
    # coverage would have to write its own file under the same limit
    uncovered = {key: value for key, value in os.environ.items() if key[:9] != "COVERAGE_"}
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "out.xlsx"), str(room)],
        cwd=ROOT,
        env=uncovered,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (
        "out.xlsx cannot be written: it becomes too large for the disk.\n",
        "",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_refused(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(errors.FileExists):
        check_place(path)
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there_is_refused(path: Path) -> None:
    with pytest.raises(errors.PlaceNotWritable):
        check_place(path.parent / "nowhere" / path.name)


@pytest.mark.parametrize("name", ["out.xls", "out.csv", "out"])
def test_a_name_that_excel_would_refuse_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(errors.WorkbookNameWrong):
        check_place(tmp_path / name)
