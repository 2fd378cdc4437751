"""How alike two words or numbers are."""

import pytest

from esignctl.text.similarity import is_misspelling, likeness, slips


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [
        ("10000000146", "10000000146", 0),
        ("10000000147", "10000000146", 1),
        ("10000000164", "10000000146", 1),
        ("1000000146", "10000000146", 1),
        ("100000000146", "10000000146", 1),
        ("20000000164", "10000000146", 2),
    ],
)
def test_slips_of_the_finger(typed: str, meant: str, count: int) -> None:
    assert slips(typed, meant, 2) == count


def test_slips_are_counted_up_to_one_more_than_the_limit() -> None:
    assert slips("99999999999", "10000000146", 2) == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("yilmza", "yilmaz"), ("yilmz", "yilmaz"), ("ozdemmir", "ozdemir"), ("ozdmr", "ozdemir")],
)
def test_a_reader_sees_past_a_misspelling(typed: str, meant: str) -> None:
    assert is_misspelling(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("feyza", "beyza"), ("ali", "ala"), ("kaya", "kiaye"), ("demir", "yilmaz")],
)
def test_another_name_is_no_misspelling(typed: str, meant: str) -> None:
    assert not is_misspelling(typed, meant)


def test_likeness_does_not_mind_the_order_of_words() -> None:
    assert likeness("ayse nur yilmaz", "yilmaz ayse nur") == 1


def test_likeness_falls_with_every_difference() -> None:
    assert 0 < likeness("ayse yilmaz", "ayse nur yilmaz") < 1
