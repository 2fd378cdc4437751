"""Personal numbers: their check digits, and how they are hidden."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.text.tckn import is_valid, mask, mask_bare, mask_within, normalize

VALID = "10000000146"


def made(first_nine: int) -> str:
    """The valid number that begins with nine digits; the arithmetic of the two check digits."""
    digits = [int(digit) for digit in str(first_nine)]
    tenth = (7 * sum(digits[0::2]) - sum(digits[1::2])) % 10
    return f"{first_nine}{tenth}{(sum(digits) + tenth) % 10}"


NINE = st.integers(min_value=100_000_000, max_value=999_999_999)


@given(NINE)
def test_right_check_digits_are_valid(first_nine: int) -> None:
    assert is_valid(made(first_nine))


@given(NINE, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(first_nine: int, position: int, step: int) -> None:
    number = made(first_nine)
    wrong = str((int(number[position]) + step) % 10)
    assert not is_valid(number[:position] + wrong + number[position + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1000000014",
        "100000001460",
        "00000000000",
        "1000000014O",
        "١٠٠٠٠٠٠٠١٤٦",
        "100 000 001 46",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert not is_valid(text)


@pytest.mark.parametrize(
    "text", ["100 000 001 46", " 10000000146 ", "100.000.001-46", "100/00000146"]
)
def test_separators_are_taken_out(text: str) -> None:
    assert normalize(text) == VALID


@pytest.mark.parametrize("text", ["", "10000000145", "1000000014O", "x10000000146"])
def test_nothing_else_is_repaired(text: str) -> None:
    with pytest.raises(ValueError):
        normalize(text)


def test_a_mask_shows_three_and_four_digits() -> None:
    assert mask(VALID) == "100****0146"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("TC 10000000146 e-imza", "TC 100****0146 e-imza"),
        ("TC:100 000 001 46", "TC:100****0146"),
        ("1000000014", "100****0014"),
        ("100.000.001.46/YENİLEME", "100****0146/YENİLEME"),
        ("100/000/001/46 e-imza", "100****0146 e-imza"),
        ("fiş 123456789", "fiş 123456789"),
        ("26.08.2026 için 218,30", "26.08.2026 için 218,30"),
    ],
)
def test_numbers_within_a_text(text: str, masked: str) -> None:
    assert mask_within(text) == masked


@given(st.text(alphabet="0123456789 .-ab\N{NO-BREAK SPACE}\n\t/"))
def test_no_ten_digits_survive(text: str) -> None:
    assert not re.search(r"\d(?:[\s.\-/]{0,3}\d){9}", mask_within(text))


@given(NINE, st.text(alphabet="abc ÖİŞ:/", max_size=5), st.text(alphabet="abc ÖİŞ:/", max_size=5))
def test_no_personal_number_survives(first_nine: int, before: str, behind: str) -> None:
    number = made(first_nine)
    assert number not in mask_within(before + number + behind)
    spaced = " ".join(number)
    assert spaced not in mask_within(before + spaced + behind)


@given(st.text(alphabet="0123456789 .-ab"))
def test_masking_twice_hides_nothing_more(text: str) -> None:
    once = mask_within(text)
    assert mask_within(once) == once


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ab10000000146.pdf", "ab100****0146.pdf"),
        ("10000000146-10000000214", "100****0146-100****0214"),
        ("FACE10000000146.pdf", "FACE100****0146.pdf"),
        ("A1B10000000146FF: B0", "A1B10000000146FF: B0"),
        ("1000000014610000000214", "1000000014610000000214"),
    ],
)
def test_what_was_typed_hides_numbers_but_no_fingerprint(text: str, masked: str) -> None:
    assert mask_bare(text) == masked
