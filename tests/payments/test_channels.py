"""A payment that arrives by a second channel is not posted twice."""

from pathlib import Path

import pytest

from tests.cli.desk import open_desk, statement
from tests.cli.lists import TCKN
from tests.conftest import CommandLine

from .wires import Entry, camt, mt940

TEXT = f"AYŞE NUR YILMAZ {TCKN} E-İmza ilk başvuru ücreti"
SPREADSHEET = ("06.10.2021", TEXT, 218.30)
ACCOUNT = "TR610001000733795641836971"


@pytest.fixture
def desk(run: CommandLine) -> CommandLine:
    open_desk(run)
    text = run.config.read_text(encoding="utf-8")
    run.write_config(f'[account]\niban = "{ACCOUNT}"\n{text}')
    return run


def decisions(run: CommandLine, file: Path) -> list[str]:
    outcome = run("reconcile", file, "--json")
    assert outcome.exit_code in (0, 1), outcome.stdout
    return [each["decision"] for each in outcome.data["movements"]]


def wire(run: CommandLine, *entries: Entry, write: object = mt940) -> Path:
    file = run.home / "bank.sta"
    file.write_text((camt if write is camt else mt940)(entries), encoding="utf-8", newline="")
    return file


def spreadsheet(run: CommandLine, *rows: tuple[str, str, float]) -> Path:
    return statement(run.home / "bank.xlsx", rows or (SPREADSHEET,))


@pytest.mark.parametrize("write", [mt940, camt])
@pytest.mark.parametrize(
    "entry",
    [
        Entry(21830, TEXT),
        Entry(21830, f"AYSE NUR YILMAZ {TCKN} E-IMZA ILK BASVURU UCRETI"),  # SWIFT's letters
        Entry(21830, f"{TCKN} E-IMZA ILK BASVURU UCRETI", name="AYSE NUR YILMAZ"),
        Entry(21830, "AYSE NUR YILMAZ E-IMZA"),  # cut
    ],
)
def test_the_same_by_excel_and_by_message_is_known(
    desk: CommandLine, write: object, entry: Entry
) -> None:
    assert decisions(desk, spreadsheet(desk)) == ["matched"]
    assert decisions(desk, wire(desk, entry, write=write)) == ["known"]


def test_the_banks_own_number_tells_the_same_in_other_words(desk: CommandLine) -> None:
    first = Entry(21830, f"{TCKN} E-IMZA UCRETI", name="AYSE NUR YILMAZ", reference="8812")
    again = Entry(21830, "FAST AYSE NUR YILMAZ ilk", reference="8812")
    assert decisions(desk, wire(desk, first)) == ["matched"]
    assert decisions(desk, wire(desk, again, write=camt)) == ["known"]


def test_and_the_other_way_round(desk: CommandLine) -> None:
    entry = Entry(21830, f"{TCKN} E-IMZA ILK BASVURU UCRETI", name="AYSE NUR YILMAZ")
    assert decisions(desk, wire(desk, entry, Entry(-100, "x", reference="M"))) == [
        "matched",
        "unrelated",
    ]
    # the first and last day of a spreadsheet may be torn, so that only the bank's number counts
    assert decisions(desk, spreadsheet(desk)) == ["review"]


@pytest.mark.parametrize(
    "entries",
    [
        (Entry(21830, "CAN ÖZTÜRK e-imza başka"),),  # other words
        (Entry(21830, TEXT + " x"), Entry(21830, TEXT + " y")),  # one of two: which?
        (Entry(14750, TEXT),),  # another amount
    ],
)
def test_doubt_means_new_and_nothing_is_posted_twice(
    desk: CommandLine, entries: tuple[Entry, ...]
) -> None:
    assert decisions(desk, spreadsheet(desk)) == ["matched"]
    assert set(decisions(desk, wire(desk, *entries))) == {"review"}
    paid = desk("application", "show", "2021-1", "--json").data["paid"]
    assert paid == "218.30"


def test_a_dry_run_of_both_channels_decides_as_a_real_one(desk: CommandLine) -> None:
    files = (spreadsheet(desk), wire(desk, Entry(21830, "AYSE NUR YILMAZ E-IMZA")))
    dry = desk("reconcile", *files, "--dry-run", "--json").data["statements"]
    real = desk("reconcile", *files, "--json").data["statements"]
    for made in (dry, real):
        assert [each["movements"][0]["decision"] for each in made] == ["matched", "known"]


def test_an_account_of_another_is_refused(desk: CommandLine) -> None:
    file = desk.home / "other.sta"
    file.write_text(mt940([Entry(1, "x")], account="TR330006100519786457841326"))
    outcome = desk("reconcile", file, "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "STATEMENT-OTHER-ACCOUNT")
