"""Amounts: every way in which banks write them, and integer kuruş inside."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.i18n import set_language
from esignctl.text.money import parse_kurus, show, to_json

KURUS = st.integers(min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("cell", "kurus"),
    [
        ("218,30", 21830),
        ("218.30", 21830),
        ("218,3", 21830),
        ("218", 21800),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1.234.567,89", 123456789),
        ("-10.800,92", -1080092),
        ("+218,30", 21830),
        ("218,30-", -21830),
        ("218,30+", 21830),
        ("(12,00)", -1200),
        ("\N{MINUS SIGN}12,00", -1200),
        ("218,30 TL", 21830),
        ("₺218,30", 21830),
        ("218,30 TRY", 21830),
        ("-24.100,00 TL", -2410000),
        ("1\N{NO-BREAK SPACE}234,56", 123456),
        (" 218,30 ", 21830),
        ("0,00", 0),
        (218, 21800),
        (218.3, 21830),
        (-0.1, -10),
        (0.1 + 0.2, 30),
        (Decimal("218.30"), 21830),
    ],
)
def test_what_is_an_amount(cell: str | int | float | Decimal, kurus: int) -> None:
    assert parse_kurus(cell) == kurus


@pytest.mark.parametrize(
    "cell",
    ["", " ", "TL", "-", "abc", "12,345,6", "1.23.456", "1218,305", "1,2,3", "12.34.56", "--1",
     "(1", "1e3", "1_000", "²", "26.08.2026", 218.305, float("nan"), float("inf"), Decimal("NaN"),
     True, Decimal("0.001")],
)  # fmt: skip
def test_what_is_none(cell: str | float | Decimal) -> None:
    with pytest.raises(ValueError):
        parse_kurus(cell)


@given(KURUS)
def test_what_is_shown_is_read_back(kurus: int) -> None:
    for language in ("tr", "en"):
        set_language(language)
        assert parse_kurus(show(kurus)) == kurus


@given(KURUS)
def test_json_is_read_back(kurus: int) -> None:
    assert parse_kurus(to_json(kurus)) == kurus


@given(st.integers(min_value=-(10**11), max_value=10**11))
def test_a_spreadsheets_number_is_read_to_the_kurus(kurus: int) -> None:
    assert parse_kurus(kurus / 100) == kurus


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse_kurus(text), int)


@pytest.mark.parametrize(
    ("kurus", "text"),
    [(21830, "218.30"), (-21830, "-218.30"), (5, "0.05"), (-5, "-0.05"), (0, "0.00")],
)
def test_json_has_two_decimals(kurus: int, text: str) -> None:
    assert to_json(kurus) == text


def test_people_see_their_own_form() -> None:
    set_language("tr")
    assert show(-123456789) == "-1.234.567,89"
    set_language("en")
    assert show(-123456789) == "-1,234,567.89"
