"""``esignctl reconcile`` as a user meets it: files in, decisions and postings out."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from esignctl.registry import audit, open_registry
from tests.cli.terminal import terminal
from tests.conftest import CommandLine
from tests.payments.directorate import (
    AYSE,
    AYSE_FIRST,
    CAN,
    CAN_RENEWAL,
    FATMA_PAID,
    HASAN_EXEMPT,
    MEHMET_FIRST,
    OTHER_MEHMET_FIRST,
    fill,
)
from tests.tables.files import xlsx

IBAN, OTHER_IBAN = "TR650001200933100006100037", "TR330006100519786457841326"
FEES = """
[[fees]]
kind = "first"
group = "family-physician"
valid_from = "2021-01-01"
amount = "218.30"
[[fees]]
kind = "renewal"
group = "family-physician"
valid_from = "2021-01-01"
amount = "147.50"
"""
ACCOUNT = f"""
[account]
iban = "{IBAN}"
bank = "Halkbank"
"""
HEADER = ["Tarih", "Fiş No", "Açıklama", "İşlem Tutarı", "Bakiye"]
Row = tuple[str, str, float | str]
AYSE_PAYS: Row = ("06.10.2021", f"AYŞE NUR YILMAZ {AYSE.number} E-İmza", 218.3)
CAN_PAYS_MORE: Row = ("06.10.2021", f"CAN ÖZTÜRK {CAN.number} E-İmza", 218.3)
SOME_MEHMET: Row = ("07.10.2021", "MEHMET KAYA E-İmza", 218.3)
RENT: Row = ("08.10.2021", "EKİM KİRASI", -1000)
AYSE_BACK: Row = ("09.10.2021", f"İADE AYŞE NUR YILMAZ {AYSE.number}", -218.3)
ROWS = (AYSE_PAYS, CAN_PAYS_MORE, SOME_MEHMET, RENT, AYSE_BACK)


@pytest.fixture
def office(run: CommandLine) -> CommandLine:
    """Prices, an account, and everybody registered."""
    run.write_config(FEES + ACCOUNT)
    with open_registry(run.registry) as registry:
        fill(registry)
    return run


def bank(path: Path, rows: Sequence[Row] = ROWS, iban: str | None = IBAN) -> Path:
    """A statement as Ziraat exports it; its first movement stands in row 13."""
    preamble: list[list[Any]] = [["T.C. ZİRAAT BANKASI A.Ş."], ["IBAN", iban] if iban else [None]]
    balance, table = 0.0, []
    for day, text, amount in rows:
        balance += amount if isinstance(amount, int | float) else 0
        table.append([day, "F1", text, amount, round(balance, 2)])
    return xlsx(path, [*preamble, *[[None]] * 9, HEADER, *table])


def posted(run: CommandLine) -> dict[str, str]:
    """What the applications that were paid for show."""
    applications = run("application", "list", "--json").data["applications"]
    return {each["number"]: each["paid"] for each in applications if each["paid"] != "0.00"}


NOTHING = {str(FATMA_PAID): "218.30"}
"""What is posted before anything is reconciled."""


def movements(run: CommandLine) -> int:
    """How many movements the registry holds, but for Fatma's."""
    return len(run("payments", "list", "--json").data["movements"]) - 1


def entries(run: CommandLine) -> int:
    with open_registry(run.registry) as registry, registry.read() as connection:
        return len(list(audit.read_all(connection)))


# ---- what it tells


def test_what_concerns_nobody_is_written_as_everything_else(office: CommandLine) -> None:
    written = office("reconcile", bank(office.home / "bank.xlsx"), "--json").stdout
    assert written == json.dumps(json.loads(written), ensure_ascii=False) + "\n"
    every = json.loads(written)["data"]["movements"]
    assert {"matched", "unrelated"} <= {each["decision"] for each in every}
    assert len({tuple(each) for each in every}) == 1


def test_the_document_has_the_keys_of_the_contract(office: CommandLine) -> None:
    outcome = office("reconcile", bank(office.home / "bank.xlsx"), "--json")
    assert outcome.exit_code == 1
    document = outcome.json
    assert (document["schema"], document["command"], document["status"], document["error"]) == (
        1,
        "reconcile",
        "attention",
        None,
    )
    assert document["findings"] == []
    data = document["data"]
    assert set(data) == {"statement", "summary", "movements"}
    assert data["statement"] == {
        "file": "bank.xlsx",
        "bank": "ziraat",
        "account_iban": IBAN,
        "rows": 5,
        "first_date": "2021-10-06",
        "last_date": "2021-10-09",
    }
    assert data["summary"] == {
        "movements": 5,
        "incoming": 3,
        "known": 0,
        "matched": 2,
        "review": 2,
        "unrelated": 1,
        "posted": "436.60",
    }


def test_a_movement_has_the_keys_of_the_contract(office: CommandLine) -> None:
    data = office("reconcile", bank(office.home / "bank.xlsx"), "--json").data
    paid, more, some, rent, back = data["movements"]
    assert paid == {
        "row": 13,
        "id": 2,
        "date": "2021-10-06",
        "amount": "218.30",
        "decision": "matched",
        "postings": [{"application": str(AYSE_FIRST), "amount": "218.30"}],
        "candidates": [{"application": str(AYSE_FIRST), "score": 0.99}],
        "reasons": ["NUMBER-EXACT", "NAME-FULL", "PURPOSE", "PRICE-DUE"],
        "excess": "0.00",
        "reverses": None,
    }
    assert more["postings"] == [{"application": str(CAN_RENEWAL), "amount": "218.30"}]
    assert more["excess"] == "70.80"
    assert (some["decision"], some["postings"]) == ("review", [])
    assert {each["application"] for each in some["candidates"]} == {
        str(MEHMET_FIRST),
        str(OTHER_MEHMET_FIRST),
    }
    assert (rent["decision"], rent["amount"], rent["candidates"]) == ("unrelated", "-1000.00", [])
    assert back["decision"] == "review"
    assert back["reverses"] == {"file": "bank.xlsx", "row": 13, "id": paid["id"]}


def test_several_files_make_a_list_of_statements(office: CommandLine) -> None:
    first = bank(office.home / "october.xlsx", [AYSE_PAYS, RENT])
    second = bank(office.home / "whole.xlsx", ROWS)
    data = office("reconcile", first, second, "--json").data
    assert set(data) == {"statements"}
    october, whole = data["statements"]
    assert set(october) == set(whole) == {"statement", "summary", "movements"}
    assert october["summary"]["posted"] == "218.30"
    assert (whole["summary"]["known"], whole["summary"]["matched"]) == (2, 1)


def test_people_see_what_waits_for_them(office: CommandLine) -> None:
    shown = office("reconcile", bank(office.home / "bank.xlsx")).stdout
    assert "Posted\t2 (436.60 TL)" in shown
    assert "MEHMET KAYA E-İmza" in shown
    assert "several people bear this name" in shown
    assert "EKİM KİRASI" not in shown


def test_the_same_in_turkish(office: CommandLine) -> None:
    turkish = CommandLine(office.home, office.capture, "tr")
    outcome = turkish("reconcile", bank(office.home / "bank.xlsx"))
    assert outcome.exit_code == 1
    assert "2 (436,60 TL)" in outcome.stdout
    assert "07.10.2021" in outcome.stdout
    assert "several people" not in outcome.stdout


def test_codes_are_the_same_in_turkish(office: CommandLine) -> None:
    file = bank(office.home / "bank.xlsx")
    turkish = CommandLine(office.home, office.capture, "tr")
    english = office("reconcile", file, "--dry-run", "--json").data
    assert turkish("reconcile", file, "--dry-run", "--json").data == english


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_personal_numbers_are_masked(office: CommandLine, options: tuple[str, ...]) -> None:
    spaced = ("06.10.2021", "MEHMET KAYA 100 000 001 46 VE 10000000214 E-İmza", 218.3)
    outcome = office("reconcile", bank(office.home / "bank.xlsx", [*ROWS, spaced]), *options)
    for number in (AYSE.number, CAN.number, "100 000 001 46", "10000000214"):
        assert number not in outcome.stdout + outcome.stderr


def test_personal_numbers_in_full_leave_an_audit_row(office: CommandLine) -> None:
    outcome = office("reconcile", bank(office.home / "bank.xlsx"), "--show-ids")
    assert AYSE.number in outcome.stdout
    with open_registry(office.registry) as registry, registry.read() as connection:
        newest = list(audit.read_all(connection))[-1].entry
    assert (newest.action, newest.command) == ("ids.shown", "reconcile")


def test_nothing_to_decide_is_exit_code_0(office: CommandLine) -> None:
    outcome = office("reconcile", bank(office.home / "bank.xlsx", [AYSE_PAYS, RENT]), "--json")
    assert (outcome.exit_code, outcome.json["status"]) == (0, "ok")


def test_a_statement_without_movements_is_taken(office: CommandLine) -> None:
    outcome = office("reconcile", bank(office.home / "bank.xlsx", []), "--json")
    assert outcome.exit_code == 0
    statement = outcome.data["statement"]
    assert (statement["rows"], statement["first_date"], statement["last_date"]) == (0, None, None)
    out = office.home / "out.xlsx"
    assert office("reconcile", office.home / "bank.xlsx", "--workbook", out).exit_code == 0
    assert load_workbook(out)["matched"].max_row == 1


# ---- what it does


def test_applications_show_what_was_paid(office: CommandLine) -> None:
    data = office("reconcile", bank(office.home / "bank.xlsx"), "--json").data
    shown = office("application", "show", str(AYSE_FIRST), "--json").data
    assert (shown["paid"], shown["fee_due"], shown["state"]) == ("218.30", "218.30", "paid")
    [payment] = shown["payments"]
    assert payment["amount"] == "218.30"
    assert payment["movement"] == data["movements"][0]["id"]
    listed = office("application", "list", "--state", "paid", "--json").data["applications"]
    assert {each["number"] for each in listed} == {
        str(AYSE_FIRST),
        str(CAN_RENEWAL),
        str(FATMA_PAID),
    }


def test_a_lower_price_leaves_the_application_short_paid(office: CommandLine) -> None:
    row = ("06.10.2021", f"AYŞE NUR YILMAZ {AYSE.number} E-İmza", 147.5)
    office("reconcile", bank(office.home / "bank.xlsx", [row]))
    shown = office("application", "show", str(AYSE_FIRST), "--json").data
    assert (shown["paid"], shown["state"]) == ("147.50", "short-paid")


def test_who_is_exempt_stays_exempt(office: CommandLine) -> None:
    office("reconcile", bank(office.home / "bank.xlsx"))
    shown = office("application", "show", str(HASAN_EXEMPT), "--json").data
    assert (shown["state"], shown["fee_due"]) == ("exempt", "0.00")


def test_importing_again_knows_everything(office: CommandLine) -> None:
    file = bank(office.home / "bank.xlsx")
    first = office("reconcile", file, "--json").data
    before = posted(office)
    outcome = office("reconcile", file, "--json")
    assert outcome.exit_code == 0
    assert outcome.data["summary"] == first["summary"] | {
        "known": 5,
        "matched": 0,
        "review": 0,
        "unrelated": 0,
        "posted": "0.00",
    }
    assert [each["id"] for each in outcome.data["movements"]] == [
        each["id"] for each in first["movements"]
    ]
    assert posted(office) == before


def test_the_same_statement_in_another_disguise_is_known(office: CommandLine) -> None:
    office("reconcile", bank(office.home / "bank.xlsx"))
    lines = ["Tarih;Tutar;Bakiye;Açıklama"]
    balance = 0.0
    for day, text, amount in reversed(ROWS):
        balance += float(amount)
        lines.append(f"{day};{amount:.2f} TL;{balance:.2f};{text}".replace(".", ",", 0))
    csv = office.home / "bank.csv"
    csv.write_bytes("\n".join(lines).replace(".30", ",30").replace(".00", ",00").encode("cp1254"))
    summary = office("reconcile", csv, "--json").data["summary"]
    assert (summary["movements"], summary["known"]) == (5, 5)


def test_a_refund_of_another_file_is_linked(office: CommandLine) -> None:
    first = bank(office.home / "october.xlsx", [AYSE_PAYS])
    later = bank(office.home / "november.xlsx", [AYSE_BACK])
    paid = office("reconcile", first, "--json").data["movements"][0]
    out = office.home / "out.xlsx"
    back = office("reconcile", later, "--workbook", out, "--json").data["movements"][0]
    assert "october.xlsx: 13" in [cell.value for cell in load_workbook(out)["review"][2]]
    assert back["reverses"] == {"file": "october.xlsx", "row": 13, "id": paid["id"]}
    office("payments", "accept", str(back["id"]))
    assert posted(office) == NOTHING


def test_the_registry_is_sound_afterwards(office: CommandLine) -> None:
    office("reconcile", bank(office.home / "bank.xlsx"))
    assert office("registry", "verify").exit_code == 0


# ---- --dry-run


def test_a_dry_run_decides_the_same_and_writes_nothing(office: CommandLine) -> None:
    files = [bank(office.home / "october.xlsx", ROWS[:2]), bank(office.home / "whole.xlsx")]
    before = entries(office)
    tried = office("reconcile", *files, "--dry-run", "--json")
    assert (entries(office), movements(office), posted(office)) == (before, 0, NOTHING)
    done = office("reconcile", *files, "--json")
    assert tried.exit_code == done.exit_code
    assert _without_ids(tried.data) == _without_ids(done.data)


def _without_ids(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_ids(value) for key, value in data.items() if key != "id"}
    return [_without_ids(each) for each in data] if isinstance(data, list) else data


def test_a_dry_run_says_that_it_was_one(office: CommandLine) -> None:
    shown = office("reconcile", bank(office.home / "bank.xlsx"), "--dry-run").stdout
    assert "Nothing was written: this was a dry run." in shown


# ---- what it refuses, changing nothing


def refused(run: CommandLine, *arguments: str | Path) -> dict[str, str]:
    """The error of a run that rejects its input and changes nothing."""
    before = entries(run)
    outcome = run("reconcile", *arguments, "--json")
    assert outcome.exit_code == 4
    assert (outcome.json["status"], outcome.data) == ("error", {})
    assert entries(run) == before
    error: dict[str, str] = outcome.json["error"]
    return error


@pytest.mark.parametrize(
    ("row", "column"),
    [
        pytest.param(("32.10.2021", "AYŞE E-İmza", 218.3), "A", id="day"),
        pytest.param(("06.10.2021", "AYŞE E-İmza", "218,3x"), "D", id="amount"),
    ],
)
def test_a_row_that_cannot_be_read_rejects_the_file(
    office: CommandLine, row: Row, column: str
) -> None:
    good = bank(office.home / "good.xlsx")
    error = refused(office, good, bank(office.home / "bad.xlsx", [AYSE_PAYS, row]))
    assert error["code"] == "STATEMENT-CELL-UNREADABLE"
    for named in ("bad.xlsx", "Sheet", "14", column):
        assert named in error["message"]
    assert posted(office) == NOTHING


def test_a_statement_of_another_account_is_rejected(office: CommandLine) -> None:
    error = refused(office, bank(office.home / "bank.xlsx", iban=OTHER_IBAN))
    assert error["code"] == "STATEMENT-OTHER-ACCOUNT"


def test_a_statement_that_names_no_account_is_taken(office: CommandLine) -> None:
    data = office("reconcile", bank(office.home / "bank.xlsx", iban=None), "--json").data
    assert (data["statement"]["account_iban"], data["summary"]["matched"]) == (None, 2)


def test_without_fees_the_missing_key_is_named(office: CommandLine) -> None:
    office.write_config(ACCOUNT)
    error = refused(office, bank(office.home / "bank.xlsx"))
    assert error["code"] == "CONFIG-MISSING-KEY"
    assert "fees" in error["message"]


def test_a_file_that_is_not_there(office: CommandLine) -> None:
    assert refused(office, office.home / "none.xlsx")["code"] == "FILE-MISSING"


def test_what_is_no_statement(office: CommandLine) -> None:
    people = xlsx(office.home / "people.xlsx", [["Adı", "Soyadı"], ["Ayşe", "Yılmaz"]])
    assert refused(office, people)["code"] == "STATEMENT-NOT-FOUND"


def test_a_workbook_that_is_there_already(office: CommandLine) -> None:
    out = office.home / "out.xlsx"
    out.write_text("mine", encoding="utf-8")
    error = refused(office, bank(office.home / "bank.xlsx"), "--workbook", out)
    assert error["code"] == "FILE-EXISTS"
    assert out.read_text(encoding="utf-8") == "mine"


def test_a_workbook_that_cannot_be_written_posts_nothing(office: CommandLine) -> None:
    before = entries(office)
    out = office.home / "nowhere" / "out.xlsx"
    outcome = office("reconcile", bank(office.home / "bank.xlsx"), "--workbook", out, "--json")
    assert outcome.exit_code in (4, 5)
    assert entries(office) == before


# ---- the workbook


def test_the_workbook_holds_every_movement(office: CommandLine) -> None:
    out = office.home / "out.xlsx"
    office("reconcile", bank(office.home / "bank.xlsx"), "--workbook", out)
    book = load_workbook(out)
    assert [sheet.title for sheet in book] == ["summary", "matched", "review", "unrelated"]
    assert [sheet.max_row - 1 for sheet in book.worksheets[1:]] == [2, 2, 1]


def test_a_dry_run_writes_the_workbook_too(office: CommandLine) -> None:
    out = office.home / "out.xlsx"
    office("reconcile", bank(office.home / "bank.xlsx"), "--dry-run", "--workbook", out)
    assert load_workbook(out)["matched"].max_row == 3
    assert movements(office) == 0


# ---- findings


def test_a_balance_that_does_not_add_up_is_a_finding(office: CommandLine) -> None:
    file = xlsx(
        office.home / "bank.xlsx",
        [
            HEADER,
            ["06.10.2021", "F1", AYSE_PAYS[1], 218.3, 218.3],
            ["07.10.2021", "F2", "KİRA", -100, 99.0],
        ],
    )
    outcome = office("reconcile", file, "--json")
    [finding] = outcome.json["findings"]
    assert (finding["code"], finding["severity"]) == ("BALANCE-BREAK", "warning")
    assert "bank.xlsx" in finding["message"]
    assert "3" in finding["message"]
    assert finding["remedy"]
    assert outcome.exit_code == 1


def test_a_bank_that_disagrees_with_the_iban_is_a_finding(office: CommandLine) -> None:
    office.write_config(FEES + ACCOUNT.replace("Halkbank", "Ziraat"))
    files = [bank(office.home / "a.xlsx", [AYSE_PAYS]), bank(office.home / "b.xlsx", [RENT])]
    outcome = office("reconcile", *files, "--json")
    [finding] = outcome.json["findings"]
    assert finding["code"] == "IBAN-BANK-MISMATCH"
    assert outcome.exit_code == 0
    assert "IBAN-BANK-MISMATCH" in office("reconcile", *files).stderr


def test_a_bar_shows_how_far_a_long_file_is(office: CommandLine, tmp_path: Path) -> None:
    line = f"06.10.2021;F1;{'KİRA ' * 20};-1,00;\n"
    long = tmp_path / "long.csv"
    long.write_text(";".join(HEADER) + "\n" + line * 12_000, "utf-8")
    with terminal(office, "--lang", "en", "reconcile", "--dry-run", str(long)) as screen:
        screen.expect("Reading")
        screen.expect("Deciding")
        screen.expect("100%")
        screen.expect("12000")
        assert screen.ends_with() == 0
