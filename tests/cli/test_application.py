"""``esignctl application`` as a user meets it."""

import pytest

from tests.conftest import CommandLine

from .lists import APPLICATIONS, TCKN, pay, set_up, write


@pytest.fixture
def peopled(run: CommandLine) -> CommandLine:
    """The program with two people and their applications: one of a family physician, one exempt."""
    set_up(run)
    return run


def show(run: CommandLine, number: str = "2021-1") -> dict[str, object]:
    outcome = run("application", "show", number, "--json")
    assert outcome.exit_code == 0
    data: dict[str, object] = outcome.data
    return data


def numbers(run: CommandLine, *arguments: str) -> list[str]:
    found = run("application", "list", *arguments, "--json").data["applications"]
    return [application["number"] for application in found]


def test_importing_again_changes_nothing(peopled: CommandLine) -> None:
    outcome = peopled("application", "import", peopled.home / "applications.csv", "--json")
    assert outcome.exit_code == 0
    assert outcome.data == {"read": 2, "added": 0, "updated": 0, "unchanged": 2, "rejected": []}


def test_an_application_of_somebody_unknown_is_named(run: CommandLine) -> None:
    outcome = run("application", "import", write(run.home, "a.csv", APPLICATIONS), "--json")
    assert outcome.exit_code == 1
    assert [row["code"] for row in outcome.data["rejected"]] == ["PERSON-UNKNOWN"] * 2


def test_show_has_the_keys_of_the_contract(peopled: CommandLine) -> None:
    assert show(peopled) == {
        "number": "2021-1",
        "kind": "first",
        "state": "awaiting-payment",
        "opened_on": "2021-09-01",
        "fee_due": "218.30",
        "paid": "0.00",
        "person": {
            "id": 1,
            "tckn": "100****0146",
            "given_names": "Ayşe Nur",
            "surname": "Yılmaz",
        },
        "milestones": [],
        "payments": [],
    }


def test_an_application_of_a_group_without_fees_is_exempt(peopled: CommandLine) -> None:
    data = show(peopled, "2021-2")
    assert (data["state"], data["fee_due"]) == ("exempt", "0.00")


@pytest.mark.parametrize(
    ("amounts", "state"), [([10000], "short-paid"), ([21830], "paid"), ([10000, 11830], "paid")]
)
def test_the_sum_of_postings_decides(peopled: CommandLine, amounts: list[int], state: str) -> None:
    for amount in amounts:
        pay(peopled, "2021-1", amount)
    assert show(peopled)["state"] == state


def test_show_lists_what_was_paid(peopled: CommandLine) -> None:
    pay(peopled, "2021-1", 21830)
    data = show(peopled)
    assert isinstance(data["payments"], list)
    (payment,) = data["payments"]
    assert data["paid"] == "218.30"
    assert (payment["date"], payment["amount"], payment["source"], payment["reverses"]) == (
        "2021-10-06",
        "218.30",
        "auto",
        None,
    )


def test_show_is_complete_for_people(peopled: CommandLine) -> None:
    pay(peopled, "2021-1", 21830)
    peopled("application", "advance", "2021-1", "approved", "--on", "2021-10-07", "--note", "ok")
    shown = peopled("application", "show", "2021-1").stdout
    for text in ("2021-1", "Ayşe Nur Yılmaz", "100****0146", "218.30", "approved\t2021-10-07\tok"):
        assert text in shown


def test_list_takes_a_state(peopled: CommandLine) -> None:
    assert numbers(peopled) == ["2021-1", "2021-2"]
    assert numbers(peopled, "--state", "exempt") == ["2021-2"]
    assert numbers(peopled, "--state", "paid") == []


def test_list_takes_a_person(peopled: CommandLine) -> None:
    assert numbers(peopled, "--person", TCKN) == ["2021-1"]


def test_list_sums_up_for_people(peopled: CommandLine) -> None:
    last = peopled("application", "list").stdout.splitlines()[-1]
    assert last == "2 applications; awaiting payment: 1; exempt: 1"


def test_an_unknown_state_is_wrong_usage(peopled: CommandLine) -> None:
    assert peopled("application", "list", "--state", "lost").exit_code == 2


def test_open_gives_the_next_number(peopled: CommandLine) -> None:
    outcome = peopled("application", "open", TCKN, "renewal", "--on", "2022-01-05", "--json")
    assert outcome.exit_code == 0
    assert (outcome.data["number"], outcome.data["kind"]) == ("2022-00001", "renewal")


def test_open_takes_a_number_and_a_turkish_date(peopled: CommandLine) -> None:
    arguments = ("--number", "A-1", "--on", "05.01.2022")
    data = peopled("application", "open", TCKN, "renewal", *arguments, "--json").data
    assert (data["number"], data["opened_on"]) == ("A-1", "2022-01-05")


def test_a_kind_without_a_price_is_pointed_out(peopled: CommandLine) -> None:
    outcome = peopled("application", "open", TCKN, "replacement", "--json")
    assert outcome.data["fee_due"] is None
    assert [finding["code"] for finding in outcome.json["findings"]] == ["FEE-UNKNOWN"]


def test_advance_tells_the_new_state(peopled: CommandLine) -> None:
    pay(peopled, "2021-1", 21830)
    outcome = peopled("application", "advance", "2021-1", "form-received", "--json")
    assert (outcome.exit_code, outcome.data["state"]) == (0, "form-received")
    assert outcome.json["findings"] == []


def test_going_on_unpaid_is_pointed_out(peopled: CommandLine) -> None:
    outcome = peopled("application", "advance", "2021-1", "approved", "--json")
    assert outcome.exit_code == 0
    assert [finding["code"] for finding in outcome.json["findings"]] == ["APPLICATION-UNPAID"]


def test_an_unknown_stage_is_wrong_usage(peopled: CommandLine) -> None:
    assert peopled("application", "advance", "2021-1", "cancelled").exit_code == 2


def test_a_cancelled_application_stays_on_record(peopled: CommandLine) -> None:
    outcome = peopled("application", "cancel", "2021-1", "--reason", "withdrawn", "--json")
    assert (outcome.exit_code, outcome.data["state"]) == (0, "cancelled")
    assert outcome.data["milestones"][0]["note"] == "withdrawn"
    assert numbers(peopled, "--state", "cancelled") == ["2021-1"]


def test_cancelling_what_was_paid_needs_a_person(peopled: CommandLine) -> None:
    pay(peopled, "2021-1", 21830)
    outcome = peopled("application", "cancel", "2021-1", "--json")
    assert outcome.exit_code == 1
    assert [finding["code"] for finding in outcome.json["findings"]] == ["APPLICATION-REFUND"]


def test_cancelling_twice_is_rejected(peopled: CommandLine) -> None:
    peopled("application", "cancel", "2021-1")
    outcome = peopled("application", "cancel", "2021-1", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "STAGE-REJECTED")


def test_an_unknown_application_is_wrong_usage(peopled: CommandLine) -> None:
    outcome = peopled("application", "show", "2021-9", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (2, "NOT-FOUND")
