"""Fees, groups and states are pure rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.people.fees import fee_due
from esignctl.people.groups import group_key, group_name
from esignctl.people.states import STATES, state_of
from esignctl.settings import Fee

FEES = (
    Fee("first", "family-physician", date(2022, 1, 1), 30000),
    Fee("first", "family-physician", date(2021, 1, 1), 21830),
    Fee("renewal", "family-physician", date(2021, 1, 1), 14750),
)


@pytest.mark.parametrize(
    ("kind", "group", "day", "fee"),
    [
        ("first", "family-physician", date(2021, 6, 1), 21830),
        ("first", "family-physician", date(2021, 12, 31), 21830),
        ("first", "family-physician", date(2022, 1, 1), 30000),
        ("first", "family-physician", date(2030, 1, 1), 30000),
        ("renewal", "family-physician", date(2030, 1, 1), 14750),
        ("first", "Aile Hekimi", date(2021, 6, 1), 21830),
        ("first", "staff", date(2021, 6, 1), 0),
        ("first", "", date(2021, 6, 1), 0),
    ],
)
def test_the_newest_price_not_later_than_the_application_holds(
    kind: str, group: str, day: date, fee: int
) -> None:
    assert fee_due(FEES, kind, group, day) == fee


def test_an_application_older_than_every_price_owes_the_oldest() -> None:
    assert fee_due(FEES, "first", "family-physician", date(2020, 12, 31)) == 21830


def test_a_kind_without_a_price_in_a_group_that_pays_is_a_gap() -> None:
    assert fee_due(FEES, "replacement", "family-physician", date(2021, 6, 1)) is None


@given(st.dates(date(2021, 1, 1), date(2023, 1, 1)), st.permutations(FEES))
def test_the_order_of_prices_in_the_configuration_means_nothing(day: date, fees: list[Fee]) -> None:
    assert fee_due(fees, "first", "family-physician", day) == (
        30000 if day >= date(2022, 1, 1) else 21830
    )


@pytest.mark.parametrize("text", ["Aile Hekimi", "AİLE HEKİMİ", "aile hekimi ", "family physician"])
def test_family_physicians_are_known_in_any_spelling(text: str) -> None:
    assert group_name(text) == "family-physician"


def test_a_group_of_ones_own_is_kept_as_written() -> None:
    assert group_name("Diş Hekimi") == "Diş Hekimi"


def test_groups_of_ones_own_are_compared_by_their_letters() -> None:
    assert group_key("Diş Hekimi") == group_key("DİŞ HEKİMİ") != group_key("Hekim")


@pytest.mark.parametrize(
    ("fee", "paid", "state"),
    [
        (21830, 0, "awaiting-payment"),
        (21830, -100, "awaiting-payment"),
        (21830, 1, "short-paid"),
        (21830, 21829, "short-paid"),
        (21830, 21830, "paid"),
        (21830, 30000, "paid"),
        (0, 0, "exempt"),
        (0, 21830, "exempt"),
        (None, 0, "awaiting-payment"),
        (None, 21830, "paid"),
    ],
)
def test_without_milestones_the_sum_paid_decides(fee: int | None, paid: int, state: str) -> None:
    assert state_of((), fee, paid) == state


@pytest.mark.parametrize(
    ("milestones", "state"),
    [
        (["form-received"], "form-received"),
        (["approved", "form-received"], "approved"),
        (["sent", "approved"], "sent"),
        (["delivered", "sent"], "delivered"),
        (["delivered", "cancelled"], "cancelled"),
    ],
)
def test_the_highest_milestone_comes_before_fee_and_payment(
    milestones: list[str], state: str
) -> None:
    assert state_of(milestones, 0, 0) == state


@given(
    st.sets(st.sampled_from(("form-received", "approved", "sent", "delivered", "cancelled"))),
    st.none() | st.integers(0, 100_000),
    st.integers(-100_000, 100_000),
)
def test_every_application_has_a_state_of_the_list(
    milestones: set[str], fee: int | None, paid: int
) -> None:
    assert state_of(milestones, fee, paid) in STATES
