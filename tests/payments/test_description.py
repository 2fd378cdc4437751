"""What is read out of a description: each bank's wrapping, the numbers, the words, the purpose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.payments.description import Description, Purpose, Role, read
from esignctl.text import tckn
from esignctl.text.folding import fold

NUMBER = "10000000146"
AYSE = "ayse nur yilmaz"


def described(text: str, *own_names: str) -> Description:
    return read(fold(text), [fold(name) for name in own_names])


def words(text: str, *roles: Role) -> str:
    """The words that stand in one of the roles, in their order."""
    return " ".join(word for run in described(text).runs if run.role in roles for word in run.words)


def numbers(text: str) -> list[str]:
    return [number.digits for number in described(text).numbers]


# ---- whose name is the sender's


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"AYŞE NUR YILMAZ tarafından aktarılan e-imza {NUMBER}", id="ziraat"),
        pytest.param(f"AYŞE NUR YILMAZ*0111*e imza {NUMBER}*1629974954*FAST", id="isbank fast"),
        pytest.param(f"HVL*e imza {NUMBER}*1629974954*AYŞE NUR YILMAZ", id="isbank havale"),
        pytest.param(
            f"0000123 sorgu numaralı AYŞE NUR YILMAZ tarafından {NUMBER} e imza", id="vakifbank"
        ),
        pytest.param(
            "0000123 sorgu numaralı AYŞE NUR YILMAZ tarafından TR330006100519786457841326"
            f" hesabından gönderilen FAST ödemesi; işlem açıklaması: e imza {NUMBER}",
            id="vakifbank with an IBAN",
        ),
        pytest.param(f"7777/MBL-3530082-AYŞE NUR YILMAZ-e imza {NUMBER}", id="akbank"),
        pytest.param(f"CEP ŞUBE-HVL-e imza {NUMBER} -AYŞE NUR YILMAZ", id="garanti havale"),
        pytest.param(f"AYŞE NUR YILMAZ-FAST-e imza {NUMBER}", id="garanti fast"),
        pytest.param(f"GELEN FAST - AYŞE NUR YILMAZ - e imza {NUMBER}", id="yapi kredi"),
        pytest.param(
            f"Gelen Transfer, AYŞE NUR YILMAZ, e imza {NUMBER}, EFT (FAST) sorgu no: 98765",
            id="enpara",
        ),
        pytest.param(f"Amir: AYŞE NUR YILMAZ - Lehdar: e imza {NUMBER}", id="vakif katilim"),
        pytest.param(f"AYŞE NUR YILMAZ/{NUMBER} e imza", id="halkbank"),
    ],
)
def test_the_sender_is_told_from_the_payers_text(text: str) -> None:
    assert words(text, Role.SENDER) == AYSE
    assert words(text, Role.TEXT) == ""
    assert numbers(text) == [NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Gönd: AYŞE NUR YILMAZ başvurum 0067-Yapı ve Kredi Bankası FAST işlemi", id="ziraat"
        ),
        pytest.param("FAST:AYŞE NUR YILMAZ başvurum", id="akbank fast"),
        pytest.param("EFT: AYŞE NUR YILMAZ başvurum", id="akbank eft"),
        pytest.param("GONDERICI:AYŞE NUR YILMAZ başvurum", id="yapi kredi"),
    ],
)
def test_a_sender_with_the_text_right_behind(text: str) -> None:
    assert words(text, Role.SENDER_FIRST) == f"{AYSE} basvurum"


def test_a_sender_at_the_end_of_the_text() -> None:
    text = f"{NUMBER} e-imza AYŞE NUR YILMAZ Ziraat Mobil Havale"
    assert words(text, Role.SENDER_LAST) == AYSE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("AYŞE NUR YIL-FAST-e imza", id="garanti"),
        pytest.param("7777/MBL-3530082-AYŞE NUR YIL-e imza", id="akbank"),
    ],
)
def test_a_name_cut_by_the_bank_is_the_senders_all_the_same(text: str) -> None:
    assert words(text, Role.SENDER) == "ayse nur yil"


def test_what_no_bank_wraps_is_all_the_payers_text() -> None:
    assert words(f"AYŞE NUR YILMAZ {NUMBER} e-imza", Role.TEXT) == AYSE


def test_the_name_in_the_text_is_not_the_senders() -> None:
    text = "GELEN FAST - CAN ÖZTÜRK - AYŞE NUR YILMAZ e imza"
    assert words(text, Role.SENDER) == "can ozturk"
    assert words(text, Role.TEXT) == AYSE


def test_the_bank_is_nobodys_name() -> None:
    text = "Gönd: AYŞE NUR YILMAZ e-imza 0012-T.Halk Bankası A.Ş. EFT"
    assert words(text, Role.SENDER_FIRST) == AYSE


def test_the_name_of_the_accounts_holder_is_nobodys() -> None:
    text = "AYŞE NUR YILMAZ DENİZ SAĞLIK MÜDÜRLÜĞÜ e-imza"
    runs = described(text, "Deniz Sağlık Müdürlüğü").runs
    assert [" ".join(run.words) for run in runs] == [AYSE]


# ---- numbers


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("10000000146", id="clean"),
        pytest.param("100 000 001 46", id="spaced"),
        pytest.param("1 0 0 0 0 0 0 0 1 4 6", id="digit by digit"),
        pytest.param("100.000.001.46", id="dotted"),
        pytest.param("100-000-001-46", id="dashed"),
        pytest.param("TC:10000000146", id="marked"),
        pytest.param("TCKN10000000146E-İMZA", id="glued"),
        pytest.param("AYŞE10000000146YILMAZ", id="glued between words"),
        pytest.param("1000000O146", id="O for 0"),
        pytest.param("l0000000146", id="l for 1"),
    ],
)
def test_a_personal_number_however_it_is_typed(typed: str) -> None:
    assert NUMBER in numbers(f"{typed} e-imza")


def test_two_numbers_side_by_side() -> None:
    assert {"10000000146", "10000000214"} <= set(numbers("10000000146 - 10000000214 e-imza"))


def test_what_is_put_together_from_groups_is_not_firm() -> None:
    [pieces] = [each for each in described("2021 10000000 146").numbers if each.digits == NUMBER]
    assert not pieces.firm


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("TR330006100519786457841326 e-imza", id="iban"),
        pytest.param("TR33 0006 1005 1978 6457 8413 26 e-imza", id="spaced iban"),
        pytest.param("sorgu no: 10000000146 e-imza", id="query"),
        pytest.param("Dekont No 10000000146", id="receipt"),
        pytest.param("0000123 sorgu numaralı işlem", id="vakifbank's query"),
        pytest.param("2021 yılı e-imza", id="year"),
        pytest.param("218,30 TL", id="amount"),
    ],
)
def test_numbers_that_are_no_personal_ones(text: str) -> None:
    assert numbers(text) == []


# ---- what for


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("e-imza", Purpose.ESIGN),
        ("E İMZA ÜCRETİ", Purpose.ESIGN),
        ("E IMZA", Purpose.ESIGN),
        ("eimza", Purpose.ESIGN),
        ("e.imza", Purpose.ESIGN),
        ("E_İMZA", Purpose.ESIGN),
        ("Elektronik İmza", Purpose.ESIGN),
        ("elektornik imza", Purpose.ESIGN),
        ("nitelikli elektronik sertifika", Purpose.ESIGN),
        ("NES yenileme", Purpose.ESIGN),
        ("Kamu SM", Purpose.ESIGN),
        ("dijital imza", Purpose.ESIGN),
        ("imza ücreti", Purpose.ESIGN),
        ("E-Ýmza baþvurusu", Purpose.ESIGN),
        ("Can Öztürke-imaz ücreti", Purpose.ESIGN),
        ("imza sirküleri", Purpose.OTHER),
        ("imza beyannamesi", Purpose.OTHER),
        ("ilk yardım sertifikası", Purpose.OTHER),
        ("ıslak imza", Purpose.OTHER),
        ("mali mühür", Purpose.OTHER),
        ("e-fatura", Purpose.OTHER),
        ("Ekim kirası", Purpose.OTHER),
        ("yemek bedeli", Purpose.OTHER),
        ("ihale teminatı", Purpose.OTHER),
        ("maaş", Purpose.OTHER),
        ("e-imza ve kira", Purpose.BOTH),
        ("sözleşme imza", Purpose.NONE),
        ("AYŞE YILMAZ", Purpose.NONE),
        ("", Purpose.NONE),
    ],
)
def test_the_purpose(text: str, purpose: Purpose) -> None:
    assert described(text).purpose is purpose


def test_the_senders_trade_is_not_the_purpose() -> None:
    assert described("GELEN FAST - ÖZ TEMİZLİK LTD - e imza").purpose is Purpose.ESIGN


@pytest.mark.parametrize("text", ["İADE", "iptal edilen işlem", "TERS KAYIT", "geri ödeme"])
def test_money_that_goes_back(text: str) -> None:
    assert described(f"{text} e-imza").gives_back


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    description = described(text)
    assert description.purpose in Purpose
    assert all(each.digits.isdigit() for each in description.numbers)
    assert all(run.words for run in description.runs)


@given(st.text(alphabet="AYŞE nur-./:*,", max_size=30), st.integers(10**10, 10**11 - 1))
def test_eleven_digits_between_words_are_found(text: str, number: int) -> None:
    assert str(number)[: tckn.LENGTH] in numbers(f"e-imza {number} {text}")
