"""How far the words of a description agree with a name."""

import pytest

from esignctl.payments.agreement import Agreement, agreement, belongs
from esignctl.text.folding import fold

from .directorate import AYSE


def words(text: str) -> list[str]:
    return fold(text).split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("AYŞE NUR YILMAZ", Agreement.FULL, id="whole"),
        pytest.param("ayse nur yilmaz", Agreement.FULL, id="folded"),
        pytest.param("YILMAZ AYŞE NUR", Agreement.FULL, id="reordered"),
        pytest.param("AYŞENURYILMAZ", Agreement.FULL, id="glued"),
        pytest.param("AYŞE YILMAZ", Agreement.NEAR, id="middle name missing"),
        pytest.param("A YILMAZ", Agreement.NEAR, id="initial"),
        pytest.param("AYŞE NUR Y", Agreement.NEAR, id="initial of the surname"),
        pytest.param("AYŞE NUR YILMZA", Agreement.NEAR, id="misspelt"),
        pytest.param("AYŞE NUR YILM", Agreement.NEAR, id="cut"),
        pytest.param("AYŞE NUR KAYA", Agreement.GIVEN, id="married"),
        pytest.param("VELİ YILMAZ", Agreement.SURNAME, id="a relative"),
        pytest.param("VELİ TAŞ", Agreement.NONE, id="a stranger"),
        pytest.param("", Agreement.NONE, id="nothing"),
    ],
)
def test_how_far_words_agree_with_a_name(text: str, expected: Agreement) -> None:
    assert agreement(AYSE, words(text)) == expected


@pytest.mark.parametrize("word", ["yilmaz", "yilmza", "yil", "aysenur", "yilmazin"])
def test_words_that_belong_to_a_name(word: str) -> None:
    assert belongs(word, AYSE)


@pytest.mark.parametrize("word", ["kaya", "yi", "bilmaz", "nar"])
def test_words_that_do_not(word: str) -> None:
    assert not belongs(word, AYSE)
