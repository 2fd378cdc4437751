"""Posting, dismissing and taking back by a person: the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl import errors
from esignctl.payments import ledger
from esignctl.payments.decisions import Share
from esignctl.payments.ledger import Acceptance, Standing, Wish
from esignctl.registry.ledger import StoredMovement
from esignctl.registry.payments import Posting
from esignctl.text import money

from .books import account, posted, stored

KURUS = st.integers(1, 10**9)


def accept(movement: StoredMovement, *wishes: Wish, **changed: Standing) -> Acceptance:
    """With 2021-1, which owes 218.30, and 2021-2, which owes 147.50."""
    standings = {"2021-1": account(), "2021-2": account("2021-2", due=14750)}
    return ledger.accept(movement, wishes, standings | changed)


def test_one_application_takes_the_whole_movement() -> None:
    assert accept(stored(21830), Wish("2021-1")) == Acceptance((Share(1, 21830),), 0)


def test_what_is_paid_beyond_the_fee_is_excess() -> None:
    assert accept(stored(30000), Wish("2021-1")).excess == 30000 - 21830


def test_what_is_not_posted_is_excess() -> None:
    assert accept(stored(30000), Wish("2021-1", 21830)) == Acceptance((Share(1, 21830),), 8170)


def test_too_little_is_posted_as_paid() -> None:
    assert accept(stored(10000), Wish("2021-1")) == Acceptance((Share(1, 10000),), 0)


def test_a_second_payment_is_all_excess() -> None:
    again = account(paid=21830)
    assert accept(stored(), Wish("2021-1"), **{"2021-1": again}).excess == 21830


def test_nothing_is_excess_where_no_price_is_known() -> None:
    unknown = account(due=None)
    assert accept(stored(), Wish("2021-1"), **{"2021-1": unknown}).excess == 0


def test_several_applications_take_their_fees_when_these_add_up() -> None:
    acceptance = accept(stored(36580), Wish("2021-1"), Wish("2021-2"))
    assert acceptance == Acceptance((Share(1, 21830), Share(2, 14750)), 0)


def test_several_applications_whose_fees_do_not_add_up_are_refused_with_what_to_write() -> None:
    with pytest.raises(errors.AmountsDoNotAddUp) as caught:
        accept(stored(40000), Wish("2021-1"), Wish("2021-2"))
    assert "payments accept 7 2021-1=218.30 2021-2=147.50" in caught.value.advice


def test_an_application_that_owes_nothing_needs_its_amount() -> None:
    with pytest.raises(errors.NothingOutstanding) as caught:
        accept(stored(), Wish("2021-1"), Wish("2021-2"), **{"2021-2": account("2021-2", due=0)})
    assert "2021-1=218.30 2021-2=…" in caught.value.advice


def test_amounts_may_be_less_than_the_movement() -> None:
    acceptance = accept(stored(50000), Wish("2021-1", 10000), Wish("2021-2", 5000))
    assert acceptance.shares == (Share(1, 10000), Share(2, 5000))


def test_amounts_may_not_be_more_than_the_movement() -> None:
    with pytest.raises(errors.AmountsDoNotAddUp):
        accept(stored(20000), Wish("2021-1", 10000), Wish("2021-2", 10001))


@pytest.mark.parametrize("amount", [0, -21830])
def test_incoming_money_is_posted_with_positive_amounts_only(amount: int) -> None:
    with pytest.raises(errors.AmountUnusable):
        accept(stored(), Wish("2021-1", amount))


def test_a_movement_of_nothing_cannot_be_posted() -> None:
    with pytest.raises(errors.AmountUnusable):
        accept(stored(0), Wish("2021-1"))


def test_a_cancelled_application_gets_nothing() -> None:
    with pytest.raises(errors.ApplicationCancelled):
        accept(stored(), Wish("2021-1"), **{"2021-1": account(cancelled=True)})


def test_an_application_is_named_once() -> None:
    with pytest.raises(errors.ApplicationNamedTwice):
        accept(stored(), Wish("2021-1", 1), Wish("2021-1", 2))


def test_an_application_must_be_named() -> None:
    with pytest.raises(errors.ApplicationNotNamed):
        accept(stored())


@pytest.mark.parametrize("decision", ["matched", "dismissed"])
def test_a_decided_movement_is_not_posted_again(decision: str) -> None:
    with pytest.raises(errors.MovementDecided):
        accept(stored(decision=decision), Wish("2021-1"))


def test_a_person_may_know_that_an_unrelated_movement_is_ours() -> None:
    assert accept(stored(decision="unrelated"), Wish("2021-1")).shares == (Share(1, 21830),)


def test_money_that_goes_back_is_posted_negative() -> None:
    back = accept(stored(-21830), Wish("2021-1"), **{"2021-1": account(paid=21830)})
    assert back == Acceptance((Share(1, -21830),), 0)


@pytest.mark.parametrize("amount", [10000, -10000])
def test_money_that_goes_back_may_be_written_with_its_sign_or_without(amount: int) -> None:
    paid = account(paid=21830)
    back = accept(stored(-21830), Wish("2021-1", amount), **{"2021-1": paid})
    assert back.shares == (Share(1, -10000),)


def test_no_more_goes_back_than_was_paid() -> None:
    with pytest.raises(errors.PaidLessThanGivenBack):
        accept(stored(-21830), Wish("2021-1"), **{"2021-1": account(paid=21829)})


def test_a_cancelled_application_gets_its_money_back() -> None:
    cancelled = account(paid=21830, cancelled=True)
    assert accept(stored(-21830), Wish("2021-1"), **{"2021-1": cancelled}).shares


def test_a_payment_that_is_given_back_whole_names_its_applications() -> None:
    postings = [posted(1, "2021-1", 21830), posted(2, "2021-2", 14750)]
    assert ledger.mirrored(postings, -36580) == (Wish("2021-1", 21830), Wish("2021-2", 14750))


def test_a_payment_that_is_given_back_in_part_names_nothing() -> None:
    assert ledger.mirrored([posted(1, "2021-1", 21830)], -10000) == ()


@pytest.mark.parametrize("decision", ["matched", "unrelated", "dismissed"])
def test_only_what_waits_is_dismissed(decision: str) -> None:
    with pytest.raises(errors.MovementDecided):
        ledger.dismiss(stored(decision=decision))


def test_a_posting_is_taken_back_by_its_counter_entry() -> None:
    movement = stored(decision="matched", postings=[posted(3, "2021-1", 21830)])
    assert ledger.undo(movement, {1: 21830}) == (Posting(7, 1, -21830, "person", 3),)


def test_a_posting_is_taken_back_once() -> None:
    postings = [posted(3, "2021-1", 21830), posted(4, "2021-1", -21830, reverses=3)]
    assert ledger.undo(stored(decision="matched", postings=postings), {1: 0}) == ()


def test_a_dismissal_is_taken_back_without_entries() -> None:
    assert ledger.undo(stored(decision="dismissed"), {}) == ()


@pytest.mark.parametrize("decision", ["review", "unrelated"])
def test_where_nothing_was_decided_nothing_is_taken_back(decision: str) -> None:
    with pytest.raises(errors.MovementUndecided):
        ledger.undo(stored(decision=decision), {})


def test_a_payment_that_was_given_back_is_not_taken_back_alone() -> None:
    movement = stored(decision="matched", postings=[posted(3, "2021-1", 21830)])
    with pytest.raises(errors.PaidLessThanGivenBack):
        ledger.undo(movement, {1: 0})


def test_a_wish_is_a_number_or_a_number_with_an_amount() -> None:
    assert ledger.parse_wish(" 2021-1 ") == Wish("2021-1")
    assert ledger.parse_wish("2021-1=1.218,30") == Wish("2021-1", 121830)


@pytest.mark.parametrize("text", ["2021-1=", "2021-1=abc", "2021-1=1,2345"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(errors.AmountUnusable):
        ledger.parse_wish(text)


def test_a_personal_number_in_place_of_an_amount_stays_masked() -> None:
    with pytest.raises(errors.AmountUnusable) as caught:
        ledger.parse_wish("2021-1=x10000000146")
    assert "10000000146" not in str(caught.value)


@given(KURUS)
def test_an_amount_is_read_as_it_is_shown(amount: int) -> None:
    assert ledger.parse_wish(f"2021-1={money.show(amount)}").amount == amount


@given(
    st.integers(-(10**9), 10**9),
    st.lists(st.tuples(st.none() | st.integers(-(10**9), 10**9), KURUS, KURUS), max_size=4),
)
def test_a_movement_never_gives_away_more_than_its_amount(
    amount: int, parties: list[tuple[int | None, int, int]]
) -> None:
    standings = {
        f"2021-{place}": account(f"2021-{place}", due=due, paid=paid)
        for place, (_, due, paid) in enumerate(parties)
    }
    wishes = [Wish(f"2021-{place}", wish) for place, (wish, _, _) in enumerate(parties)]
    try:
        acceptance = ledger.accept(stored(amount), wishes, standings)
    except errors.EsignctlError:
        return
    sums = [share.amount for share in acceptance.shares]
    assert abs(sum(sums)) <= abs(amount)
    assert all(share * amount > 0 for share in sums)
    assert 0 <= acceptance.excess <= max(amount, 0)
    assert amount - sum(sums) <= acceptance.excess or amount < 0
