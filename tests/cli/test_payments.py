"""``esignctl payments`` as a user meets it, from a statement on."""

import subprocess
from typing import Any

import pytest
from openpyxl import load_workbook

from esignctl.registry import audit, open_registry
from tests.conftest import CommandLine

from .desk import BACK, POSTED, RENT, ROWS, TWICE, prepare, statement
from .lists import PRICES, TCKN, write


@pytest.fixture
def paid(run: CommandLine) -> CommandLine:
    """After a statement with one payment posted and two movements that wait."""
    return prepare(run)


def listed(run: CommandLine, *arguments: str) -> list[int]:
    outcome = run("payments", "list", *arguments, "--json")
    assert outcome.exit_code == 0
    return [movement["id"] for movement in outcome.data["movements"]]


def movement(run: CommandLine, number: int) -> Any:
    [found] = [
        each for each in run("payments", "list", "--json").data["movements"] if each["id"] == number
    ]
    return found


def paid_for(run: CommandLine, number: str) -> tuple[str, str]:
    data = run("application", "show", number, "--json").data
    return data["paid"], data["state"]


def error(run: CommandLine, *arguments: str) -> tuple[int, str]:
    """The exit code and error code of a command that must fail and change nothing."""
    before = run("payments", "list", "--json").data
    outcome = run(*arguments, "--json")
    assert run("payments", "list", "--json").data == before
    return outcome.exit_code, outcome.json["error"]["code"]


def test_a_movement_has_the_keys_of_the_contract(paid: CommandLine) -> None:
    assert movement(paid, POSTED) == {
        "id": POSTED,
        "row": 3,
        "statement": 1,
        "file": "bank.xlsx",
        "date": "2021-10-06",
        "amount": "218.30",
        "description": "AYŞE NUR YILMAZ 100****0146 E-İmza ilk başvuru ücreti",
        "decision": "matched",
        "postings": [{"application": "2021-1", "amount": "218.30"}],
        "candidates": [{"application": "2021-1", "score": 0.99}],
        "reasons": ["NUMBER-EXACT", "NAME-FULL", "PURPOSE", "PRICE-DUE"],
        "excess": "0.00",
        "reverses": None,
    }


def test_review_shows_what_waits_and_asks_for_attention(paid: CommandLine) -> None:
    outcome = paid("payments", "review", "--json")
    assert (outcome.exit_code, outcome.json["status"]) == (1, "attention")
    assert [each["id"] for each in outcome.data["movements"]] == [TWICE, BACK]
    assert outcome.data["movements"][0]["candidates"] == [
        {
            "application": "2021-1",
            "score": 0.99,
            "person": "Ayşe Nur Yılmaz",
            "fee_due": "218.30",
            "paid": "218.30",
        }
    ]


def test_review_is_calm_when_nothing_waits(run: CommandLine) -> None:
    outcome = run("payments", "review")
    assert (outcome.exit_code, outcome.stdout) == (0, "Nothing waits for a decision.\n")


def test_review_tells_the_reasons_in_words(paid: CommandLine) -> None:
    assert "another movement of this file pays for the same application" in (
        paid("payments", "review").stdout
    )


def test_a_reversal_tells_what_it_reverses(paid: CommandLine) -> None:
    assert movement(paid, BACK)["reverses"] in (POSTED, TWICE)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), [POSTED, TWICE, RENT, BACK]),
        (("--decision", "matched"), [POSTED]),
        (("--decision", "unrelated"), [RENT]),
        (("--application", "2021-1"), [POSTED, TWICE, BACK]),
        (("--application", "2021-2"), []),
        (("--from", "2021-10-07"), [TWICE, RENT, BACK]),
        (("--to", "07.10.2021"), [POSTED, TWICE]),
        (("--from", "2021-10-07", "--to", "2021-10-08"), [TWICE, RENT]),
        (("--statement", "1", "--decision", "review"), [TWICE, BACK]),
    ],
)
def test_list_shows_what_fits_every_condition(
    paid: CommandLine, options: tuple[str, ...], expected: list[int]
) -> None:
    assert listed(paid, *options) == expected


@pytest.mark.parametrize(
    "options",
    [
        ("--statement", "9"),
        ("--statement", str(2**63)),
        ("--application", "2021-9"),
        ("--decision", "perhaps"),
        ("--from", "yesterday"),
        ("--from", "2021-10-08", "--to", "2021-10-07"),
    ],
)
def test_a_condition_that_cannot_be_met_is_wrong_usage(
    paid: CommandLine, options: tuple[str, ...]
) -> None:
    assert paid("payments", "list", *options).exit_code == 2


def test_accept_returns_the_movement_as_it_is_then(paid: CommandLine) -> None:
    outcome = paid("payments", "accept", str(TWICE), "2021-2", "--json")
    assert outcome.exit_code == 0
    assert outcome.data == movement(paid, TWICE)
    assert outcome.data["decision"] == "matched"
    assert outcome.data["postings"] == [{"application": "2021-2", "amount": "218.30"}]
    assert outcome.data["excess"] == "70.80"


def test_accept_pays_the_application(paid: CommandLine) -> None:
    paid("payments", "accept", str(TWICE), "2021-2=147,50")
    assert paid_for(paid, "2021-2") == ("147.50", "paid")


def test_accept_by_a_reversal_takes_the_money_from_the_application(paid: CommandLine) -> None:
    outcome = paid("payments", "accept", str(BACK), "2021-1", "--json")
    assert outcome.data["postings"] == [{"application": "2021-1", "amount": "-218.30"}]
    assert paid_for(paid, "2021-1") == ("0.00", "awaiting-payment")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("99", "2021-1"), (2, "NOT-FOUND")),
        ((str(2**63), "2021-1"), (2, "USAGE")),
        (("x", "2021-1"), (2, "USAGE")),
        ((str(TWICE), "2021-9"), (2, "NOT-FOUND")),
        ((str(TWICE),), (2, "APPLICATION-NOT-NAMED")),
        ((str(TWICE), "2021-1=much"), (2, "AMOUNT-UNUSABLE")),
        ((str(TWICE), "2021-1=1", "2021-1=2"), (2, "APPLICATION-NAMED-TWICE")),
        ((str(TWICE), "2021-1=218.31"), (4, "AMOUNTS-DO-NOT-ADD-UP")),
        ((str(TWICE), "2021-1", "2021-2"), (4, "NOTHING-OUTSTANDING")),
        ((str(POSTED), "2021-1"), (4, "MOVEMENT-DECIDED")),
        ((str(RENT), "2021-2"), (4, "PAID-LESS-THAN-GIVEN-BACK")),
    ],
)
def test_what_accept_refuses_changes_nothing(
    paid: CommandLine, arguments: tuple[str, ...], expected: tuple[int, str]
) -> None:
    assert error(paid, "payments", "accept", *arguments) == expected


def test_a_cancelled_application_is_refused(paid: CommandLine) -> None:
    paid("application", "cancel", "2021-2")
    refused = error(paid, "payments", "accept", str(TWICE), "2021-2")
    assert refused == (4, "APPLICATION-CANCELLED")


def test_dismiss_closes_the_decision(paid: CommandLine) -> None:
    outcome = paid("payments", "dismiss", str(TWICE), "--reason", "başka hizmet", "--json")
    assert (outcome.exit_code, outcome.data["decision"]) == (0, "dismissed")
    assert listed(paid, "--decision", "review") == [BACK]


@pytest.mark.parametrize("arguments", [(), ("--reason", " ")])
def test_dismiss_needs_a_reason(paid: CommandLine, arguments: tuple[str, ...]) -> None:
    assert error(paid, "payments", "dismiss", str(TWICE), *arguments)[0] == 2


def test_undo_gives_the_movement_back_to_review(paid: CommandLine) -> None:
    outcome = paid("payments", "undo", str(POSTED), "--json")
    assert (outcome.exit_code, outcome.data["decision"]) == (0, "review")
    assert outcome.data["postings"] == []
    assert paid_for(paid, "2021-1") == ("0.00", "awaiting-payment")


def test_what_was_undone_can_be_accepted_again(paid: CommandLine) -> None:
    paid("payments", "undo", str(POSTED))
    paid("payments", "accept", str(POSTED), "2021-1")
    assert paid_for(paid, "2021-1") == ("218.30", "paid")


def test_importing_again_leaves_a_persons_decisions_as_they_are(paid: CommandLine) -> None:
    paid("payments", "undo", str(POSTED))
    paid("payments", "dismiss", str(TWICE), "--reason", "iki kez yatırmış")
    before = paid("payments", "list", "--json").data
    outcome = paid("reconcile", paid.home / "bank.xlsx", "--json")
    assert outcome.data["summary"]["known"] == len(ROWS)
    assert paid("payments", "list", "--json").data == before


def test_the_registry_stays_sound(paid: CommandLine) -> None:
    paid("payments", "accept", str(TWICE), "2021-2=147.50", "2021-1=70.80")
    paid("payments", "accept", str(BACK), "2021-1")
    paid("payments", "undo", str(BACK))
    paid("payments", "undo", str(TWICE), "--reason", "yanlış kişi")
    assert paid("registry", "verify").exit_code == 0


def test_explain_tells_reasons_and_what_people_did(paid: CommandLine) -> None:
    paid("payments", "dismiss", str(TWICE), "--reason", "iki kez yatırmış")
    data = paid("payments", "explain", str(TWICE), "--json").data
    assert data["explanations"]["PURPOSE"] == "the text speaks of an electronic signature"
    [told] = data["history"]
    assert (told["command"], told["decision"]) == ("payments dismiss", "dismissed")
    assert told["reason"] == "iki kez yatırmış"


def test_explain_weighs_the_evidence(paid: CommandLine) -> None:
    data = paid("payments", "explain", str(POSTED), "--json").data
    weights = {each["code"]: each["weight"] for each in data["evidence"] if each["counts"]}
    assert weights["NUMBER-EXACT"] > weights["NAME-FULL"] > 0
    assert sum(weights.values()) == data["weight"] >= data["posted_from"]
    assert data["forbidding"] == []
    assert "PAID-TWICE" in paid("payments", "explain", str(TWICE), "--json").data["forbidding"]


def test_explain_shows_the_same_to_people(paid: CommandLine) -> None:
    paid("payments", "undo", str(POSTED), "--reason", "yanlış kişi")
    shown = paid("payments", "explain", str(POSTED)).stdout
    assert "yanlış kişi" in shown
    assert "a person took an earlier decision back" in shown
    assert "the personal number of an applicant stands in the text" in shown
    assert "+13" in shown


@pytest.mark.parametrize(
    "command", [("list",), ("review",), ("explain", str(TWICE)), ("undo", str(POSTED))]
)
def test_personal_numbers_are_masked(paid: CommandLine, command: tuple[str, ...]) -> None:
    shown = paid("payments", *command).stdout
    assert TCKN not in shown
    assert "100****0146" in shown


def test_personal_numbers_in_full_leave_an_audit_row(paid: CommandLine) -> None:
    assert TCKN in paid("payments", "list", "--show-ids").stdout
    with open_registry(paid.registry) as registry, registry.read() as connection:
        newest = list(audit.read_all(connection))[-1].entry
    assert (newest.action, newest.command) == ("ids.shown", "payments list")


def test_turkish_readers_get_turkish_dates_and_amounts(run_tr: CommandLine) -> None:
    shown = prepare(run_tr)("payments", "list").stdout
    assert "06.10.2021\t218,30" in shown


def test_two_who_accept_at_once_do_not_both_win(paid: CommandLine) -> None:
    accepting = [
        subprocess.Popen(
            paid.argv("payments", "accept", str(TWICE), number, "--json"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=paid.environ(),
        )
        for number in ("2021-1", "2021-2")
    ]
    outputs = [process.communicate(timeout=60)[0] for process in accepting]
    assert sorted(process.returncode for process in accepting) == [0, 4]
    assert sum('"MOVEMENT-DECIDED"' in output for output in outputs) == 1
    assert len(movement(paid, TWICE)["postings"]) == 1


def test_the_workbook_tells_what_was_decided(run: CommandLine) -> None:
    out = run.home / "out.xlsx"
    prepare(run, "--workbook", out)
    workbook = load_workbook(out)
    assert [sheet.max_row - 1 for sheet in workbook.worksheets[1:]] == [1, 2, 1]


def test_a_workbook_that_is_there_stops_everything_before_it_begins(run: CommandLine) -> None:
    run.write_config(PRICES)
    out = write(run.home, "out.xlsx", "mine")
    refused = run("reconcile", statement(run.home / "bank.xlsx"), "--workbook", out)
    assert refused.exit_code == 4
    assert listed(run) == []
    assert out.read_text(encoding="utf-8") == "mine"
