"""Reference codes of applications in a description, however they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.payments.codes import Codebook, Spelling, blanked
from esignctl.text import reference
from esignctl.text.folding import fold

NUMBERS = [f"2021-{number}" for number in range(10_000, 10_400)]
CODES = [reference.plain(reference.code(number)) for number in NUMBERS]
BOOK = Codebook(CODES)
CODE = reference.code("2021-10001")
ALL = (reference.code(f"2021-{number}") for number in range(10_000, 20_000))
SIGNS = "0123456789ACDEFGHJKMNPQRTVWXY"


def found(text: str) -> list[tuple[tuple[str, ...], Spelling]]:
    return [(each.codes, each.spelling) for each in BOOK.find(fold(text))]


def one(spelling: Spelling) -> list[tuple[tuple[str, ...], Spelling]]:
    return [((reference.plain(CODE),), spelling)]


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        fold(CODE),
        f"{CODE[:4]} {CODE[4:]}",
        f"{CODE[:2]} {CODE[2:5]} {CODE[5:8]} {CODE[8:]}",
        f"{CODE[:5]}-{CODE[5:]}",
        CODE.replace("0", "O").replace("1", "I").replace("5", "S"),
        f"AYŞENURYILMAZ{CODE}e-imza",
        f"{CODE}10000000146",
        f"Gönd: AYŞE NUR YILMAZ {CODE} AYŞE NUR YILMAZ 10000000146 0064-Türkiye İş B",
    ],
)
def test_a_code_is_found_however_it_is_written(typed: str) -> None:
    assert found(typed) == one(Spelling.EXACT)


LETTERS = next(code for code in ALL if code[:8].isalpha())


@pytest.mark.parametrize(
    "typed",
    [
        f"{LETTERS[:4]} {LETTERS[4:8]} {LETTERS[8:]}",
        f"Dr. Ali Can {LETTERS[:2]}-{LETTERS[2:5]}-{LETTERS[5:8]}-{LETTERS[8:]} e-imza",
        LETTERS[:8] + LETTERS[8:].translate(str.maketrans("0123456789", "OI234S6789")),
    ],
)
def test_a_code_of_letters_is_found_in_groups(typed: str) -> None:
    assert Codebook([reference.plain(LETTERS)]).find(fold(typed))[0].spelling is Spelling.EXACT


@given(st.integers(0, 9), st.sampled_from(SIGNS))
def test_one_wrong_missing_added_or_swapped_character_is_excused(place: int, sign: str) -> None:
    for typed in (
        CODE[:place] + sign + CODE[place + 1 :],
        CODE[:place] + CODE[place + 1 :],
        CODE[:place] + sign + CODE[place:],
        CODE[:place] + CODE[place : place + 2][::-1] + CODE[place + 2 :],
    ):
        [(codes, spelling)] = found(f"{typed} AYŞE NUR YILMAZ 10000000146 E-İMZA")
        assert codes == (reference.plain(CODE),)
        assert (spelling is Spelling.EXACT) == (CODE in typed)


def test_a_code_that_is_cut_off_is_found_by_its_beginning() -> None:
    assert found(f"AYŞE NUR YILMAZ {CODE[:7]}") == one(Spelling.CUT)
    assert found(f"AYŞE NUR YILMAZ {CODE[:4]}") == []


def test_two_codes_are_two() -> None:
    other = reference.code("2021-10002")
    assert [codes for codes, _ in found(f"{CODE} {other} e-imza")] == [
        (reference.plain(CODE),),
        (reference.plain(other),),
    ]
    assert [spelling for _, spelling in found(f"{CODE[:3]}{CODE[4:]} ve {other}")] == [
        Spelling.CORRECTED,
        Spelling.EXACT,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "AYŞE NUR YILMAZ 10000000146 E-İMZA YENİLEME ÜCRETİ",
        "FT NO A202100123 MAL ALIMI",
        "TR120006200012345678901234 nolu hesaptan",
        "EF1234567 KOMİSYON BSMV 2021EK10",
        "1. 2. 3nolu ASM 05321234567",
    ],
)
def test_numbers_and_words_are_no_codes(text: str) -> None:
    assert found(text) == []


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789 -/*:", max_size=80))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for each in BOOK.find(text):
        assert 0 <= each.start < each.end <= len(text)
        assert set(each.codes) <= set(CODES)
    assert len(blanked(text, BOOK.find(text), ";")) == len(text)
