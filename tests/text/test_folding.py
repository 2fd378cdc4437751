"""Turkish letters: matching keys and case."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.text.folding import fold, fold_all, lower_tr, title_tr, tokens, upper_tr

TURKISH = st.text(
    alphabet="abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ âîûÂÎÛ'-.0123"
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("İSTANBUL", "istanbul"),
        ("istanbul", "istanbul"),
        ("IŞIK", "isik"),
        ("ışık", "isik"),
        ("ÇAĞLAR ÖZGÜR ŞÜKRÜ", "caglar ozgur sukru"),
        ("GÜÇLENDIRME", "guclendirme"),
        ("Kâzım Hakkî Âlim", "kazim hakki alim"),
        ("Þube Açýklama Ðü", "sube aciklama gu"),
        ("Ayşe\N{NO-BREAK SPACE}Nur", "ayse nur"),
        ("I\N{COMBINING DOT ABOVE}pek", "ipek"),
        ("Ferrière", "ferriere"),
        ("10000000146-e/imza", "10000000146-e/imza"),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TURKISH)
def test_case_does_not_change_a_key(text: str) -> None:
    assert fold(upper_tr(text)) == fold(lower_tr(text)) == fold(text)


@given(TURKISH)
def test_a_key_of_turkish_is_ascii_and_as_long(text: str) -> None:
    assert fold(text).isascii()
    assert len(fold(text)) == len(text)


@given(TURKISH)
def test_decomposed_letters_have_the_same_key(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(TURKISH)
def test_letters_that_were_read_as_latin_1_have_the_same_key(text: str) -> None:
    assert fold(text.encode("cp1254").decode("latin-1")) == fold(text)


@given(st.lists(st.text()))
def test_many_keys_are_each_ones_key(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


def test_tokens_part_letters_and_digits() -> None:
    assert tokens("FAST/Ayşe  ÖZTÜRK-10000000146e-İmza") == [
        "fast", "ayse", "ozturk", "10000000146", "e", "imza",
    ]  # fmt: skip


def test_lower_case_is_turkish() -> None:
    assert lower_tr("IĞDIR İZMİR") == "ığdır izmir"


def test_upper_case_is_turkish() -> None:
    assert upper_tr("ığdır izmir") == "IĞDIR İZMİR"


def test_title_case_is_turkish() -> None:
    assert title_tr("İSMAİL ışık ÇELİK-ILGAZ") == "İsmail Işık Çelik-Ilgaz"


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz "))
def test_lower_case_turns_upper_case_back(text: str) -> None:
    assert lower_tr(upper_tr(text)) == text
