"""``esignctl payments open``: short payments, excess and refunds, followed to the end."""

from typing import Any

import pytest

from tests.conftest import CommandLine

from .desk import open_desk, reconcile
from .lists import TCKN

PURPOSE = f"AYŞE NUR YILMAZ {TCKN} E-İmza ilk başvuru ücreti"
BACK = f"İADE AYŞE NUR YILMAZ {TCKN} e-imza fazla ödeme"


@pytest.fixture
def desk(run: CommandLine) -> CommandLine:
    return open_desk(run)


def listed(run: CommandLine) -> tuple[list[Any], list[Any]]:
    """What is owed to us and what we owe, as (application, amount, reason)."""
    outcome = run("payments", "open", "--json")
    to_us, by_us = (
        [(each["application"], each["amount"], each["reason"]) for each in outcome.data[side]]
        for side in ("owed_to_us", "owed_by_us")
    )
    assert outcome.exit_code == (1 if to_us or by_us else 0)
    return to_us, by_us


def state(run: CommandLine) -> str:
    return str(run("application", "show", "2021-1", "--json").data["state"])


def test_nothing_is_open_where_nobody_has_paid_or_everybody_has(desk: CommandLine) -> None:
    assert listed(desk) == ([], [])
    reconcile(desk, ("06.10.2021", PURPOSE, 218.30))
    assert listed(desk) == ([], [])


def test_who_paid_an_older_price_owes_the_rest_until_it_is_paid(desk: CommandLine) -> None:
    reconcile(desk, ("06.10.2021", PURPOSE, 147.50))
    assert listed(desk) == ([("2021-1", "70.80", "short-paid")], [])
    [rest] = reconcile(desk, ("08.10.2021", f"{PURPOSE} eksik kalan", 70.80), file="rest.xlsx")
    [waits] = desk("payments", "open", "--json").data["owed_to_us"]
    assert waits["waiting"] == [rest]
    desk("payments", "accept", str(rest), "2021-1")
    assert listed(desk) == ([], [])
    assert state(desk) == "paid"


def test_a_payment_that_went_back_is_owed_again(desk: CommandLine) -> None:
    _paid, back = reconcile(desk, ("06.10.2021", PURPOSE, 218.30), ("09.10.2021", BACK, -218.30))
    desk("payments", "accept", str(back))
    assert listed(desk) == ([("2021-1", "218.30", "refunded")], [])


def test_an_application_that_went_on_unpaid_is_owed_for(desk: CommandLine) -> None:
    desk("application", "advance", "2021-1", "form-received")
    assert listed(desk) == ([("2021-1", "218.30", "unpaid")], [])


def test_excess_is_owed_until_it_has_gone_back(desk: CommandLine) -> None:
    [much] = reconcile(desk, ("06.10.2021", PURPOSE, 250.00))
    desk("payments", "accept", str(much), "2021-1")
    assert listed(desk) == ([], [("2021-1", "31.70", "excess")])
    [back] = reconcile(desk, ("09.10.2021", BACK, -31.70), file="back.xlsx")
    desk("payments", "accept", str(back), "2021-1")
    assert listed(desk) == ([], [])
    assert state(desk) == "paid"


@pytest.mark.parametrize("named", [True, False])
def test_excess_that_was_posted_nowhere_can_go_back_too(desk: CommandLine, named: bool) -> None:
    [much] = reconcile(desk, ("06.10.2021", PURPOSE, 250.00))
    desk("payments", "accept", str(much), "2021-1=218,30")
    assert listed(desk) == ([], [("2021-1", "31.70", "excess")])
    [back] = reconcile(desk, ("09.10.2021", BACK, -31.70), file="back.xlsx")
    if named:
        assert desk("payments", "accept", str(back), "2021-1").exit_code == 0
        assert listed(desk) == ([], [])
        assert state(desk) == "paid"
        assert desk("payments", "undo", str(back)).exit_code == 0
        assert listed(desk) == ([], [("2021-1", "31.70", "excess")])
    assert desk("registry", "verify").exit_code == 0


def test_a_second_payment_that_was_accepted_is_owed_back(desk: CommandLine) -> None:
    _first, second = reconcile(
        desk, ("06.10.2021", PURPOSE, 218.30), ("07.10.2021", PURPOSE, 218.30)
    )
    desk("payments", "accept", str(second), "2021-1")
    assert listed(desk) == ([], [("2021-1", "218.30", "paid-twice")])
    [back] = reconcile(desk, ("09.10.2021", BACK, -218.30), file="back.xlsx")
    desk("payments", "accept", str(back), "2021-1")
    assert listed(desk) == ([], [])


def test_what_was_paid_for_a_cancelled_application_is_owed_back(desk: CommandLine) -> None:
    reconcile(desk, ("06.10.2021", PURPOSE, 218.30))
    desk("application", "cancel", "2021-1")
    assert listed(desk) == ([], [("2021-1", "218.30", "cancelled")])
    [back] = reconcile(desk, ("09.10.2021", BACK, -218.30), file="back.xlsx")
    assert desk("payments", "explain", str(back), "--json").data["reverses"] == 1
    desk("payments", "accept", str(back))
    assert listed(desk) == ([], [])


def test_the_sums_and_everything_to_act_on_are_told(desk: CommandLine) -> None:
    reconcile(desk, ("06.10.2021", PURPOSE, 147.50))
    data = desk("payments", "open", "--json").data
    assert data["summary"] == {"owed_to_us": "70.80", "owed_by_us": "0.00"}
    assert data["owed_to_us"] == [
        {
            "application": "2021-1",
            "applications": ["2021-1"],
            "person": "Ayşe Nur Yılmaz",
            "state": "short-paid",
            "fee_due": "218.30",
            "paid": "147.50",
            "amount": "70.80",
            "reason": "short-paid",
            "movements": [1],
            "waiting": [],
        }
    ]
    shown = desk("payments", "open").stdout
    assert "2021-1\tAyşe Nur Yılmaz\t70.80\tpaid less than the fee\t1" in shown
    assert "Owed to us: 70.80 TL; owed by us: 0.00 TL." in shown
