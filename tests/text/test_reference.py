"""The reference code of an application: typed by people, cut and folded by banks."""

from hypothesis import given
from hypothesis import strategies as st

from esignctl.text import reference
from esignctl.text.folding import fold

NUMBERS = st.from_regex(r"20[12][0-9]-[0-9]{1,6}", fullmatch=True)
SIGNS = "0123456789acdefghjkmnpqrtvwxy"


def test_an_application_always_has_the_same_code() -> None:
    assert reference.code("2021-10413") == reference.code(" 2021-10413 ") == "W88HXQPE03"


@given(NUMBERS)
def test_a_code_is_ten_characters_that_nobody_misreads(number: str) -> None:
    code = reference.code(number)
    assert len(code) == 10
    assert code[0].isalpha()
    assert not set(code) & set("BILOSUZ")


@given(NUMBERS)
def test_a_code_is_known_again_however_it_is_folded(number: str) -> None:
    code = reference.code(number)
    for typed in (code, fold(code), f"{code[:4]} {code[4:]}", code.replace("0", "O")):
        assert reference.is_code(typed)
        assert reference.plain(typed) == reference.plain(code)


@given(NUMBERS, st.integers(0, 9), st.sampled_from(SIGNS))
def test_a_wrong_letter_or_digit_is_noticed(number: str, place: int, sign: str) -> None:
    code = reference.plain(reference.code(number))
    wrong = code[:place] + sign + code[place + 1 :]
    if sign.isdigit() == code[place].isdigit():
        assert reference.is_code(wrong) == (wrong == code)


def test_other_words_are_no_codes() -> None:
    for word in ("", "BASVURU", "12345678901", "5551234567", "YENILEME21"):
        assert not reference.is_code(word)
