"""Which new PINs are refused before a card sees them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.cards.pin_rules import WEAKNESSES, weakness

OLD = "739164"
PRINTABLE = st.text(string.ascii_letters + string.digits + string.punctuation, max_size=20)


@pytest.mark.parametrize(
    ("new", "key"),
    [
        ("", "too-short"),
        ("739", "too-short"),
        ("84726150394857261", "too-long"),
        ("84 261", "characters"),
        (" 847261", "characters"),
        ("şifre84", "characters"),
        ("8472\t61", "characters"),
        ("739164", "same"),
        ("461937", "from-old"),
        ("739164739164", "from-old"),
        ("0000", "all-equal"),
        ("aaaaaa", "all-equal"),
        ("1212", "repetition"),
        ("481481", "repetition"),
        ("1234", "sequence"),
        ("987654", "sequence"),
        ("7890", "sequence"),
        ("abcdef", "sequence"),
        ("2580", "keyboard"),
        ("qwerty", "keyboard"),
        ("1923", "year"),
        ("2026", "year"),
        ("15071984", "date"),
        ("19840715", "date"),
        ("150784", "date"),
        ("290200", "date"),
    ],
)
def test_a_weak_pin_is_told_why(new: str, key: str) -> None:
    assert weakness(new, OLD, 4, 16) == key


@pytest.mark.parametrize(
    "new", ["4711", "205938", "8462", "kX9!pq", "35028471", "320784", "151384", "1066"]
)
def test_others_are_taken(new: str) -> None:
    assert weakness(new, OLD, 4, 16) is None


def test_the_cards_limits_hold() -> None:
    assert weakness("20593", OLD, 6, 8) == "too-short"
    assert weakness("205938471", OLD, 6, 8) == "too-long"
    assert weakness("2059384", OLD, 6, 8) is None


def test_a_card_without_limits_needs_four_characters() -> None:
    assert weakness("472", OLD, None, None) == "too-short"
    assert weakness("4729", OLD, None, None) is None


@given(PRINTABLE, PRINTABLE)
def test_every_pin_gets_an_answer_that_is_known(new: str, old: str) -> None:
    assert weakness(new, old, 4, 16) in (None, *WEAKNESSES)


@given(st.text(string.digits, min_size=6, max_size=6))
def test_the_old_pin_is_never_taken_again(pin: str) -> None:
    assert weakness(pin, pin, 4, 16) == "same"


def test_few_of_all_pins_of_six_digits_are_refused() -> None:
    refused = sum(weakness(f"{pin:06}", OLD, 4, 16) is not None for pin in range(0, 10**6, 7))
    assert refused / (10**6 / 7) < 0.05
