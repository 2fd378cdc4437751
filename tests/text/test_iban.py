"""IBANs and the banks behind their codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.text.iban import BANK_NAMES, bank_code, bank_fits, find, normalize, show

HALKBANK = "TR830001200945200005000001"


def made(bank: int, account: int) -> str:
    """The valid Turkish IBAN of a bank code and an account, by ISO 7064 MOD 97-10."""
    basic = f"{bank:05d}0{account:016d}"
    return f"TR{98 - int(f'{basic}292700') % 97:02d}{basic}"


@pytest.mark.parametrize(
    "text",
    [HALKBANK, "TR83 0001 2009 4520 0005 0000 01", "tr83 0001 2009 4520 0005 0000 01",
     "TR83-0001-2009-4520-0005-0000-01", "  TR830001200945200005000001 "],
)  # fmt: skip
def test_an_iban_is_made_compact(text: str) -> None:
    assert normalize(text) == HALKBANK


@pytest.mark.parametrize(
    "text", ["", "TR", "TR84" + HALKBANK[4:], HALKBANK[:-1], HALKBANK + "0", "00012 009 45200005"]
)
def test_what_is_no_iban(text: str) -> None:
    with pytest.raises(ValueError):
        normalize(text)


@given(st.integers(0, 99999), st.integers(0, 10**16 - 1))
def test_every_turkish_iban_is_found_in_a_text(bank: int, account: int) -> None:
    iban = made(bank, account)
    assert find(f"Amir: AYŞE {show(iban)} açıklama") == [iban]
    assert bank_code(iban) == f"{bank:05d}"


def test_two_ibans_in_a_text_are_found_in_order() -> None:
    other = made(10, 7)
    assert find(f"{other}/{HALKBANK}") == [other, HALKBANK]


def test_a_number_that_only_looks_like_one_is_not_found() -> None:
    assert find("TR84" + HALKBANK[4:] + " X" + HALKBANK) == []


@pytest.mark.parametrize(
    ("code", "named", "fits"),
    [
        (12, "Halkbank", True),
        (12, "T. HALK BANKASI A.Ş.", True),
        (12, "Türkiye Halk Bankası", True),
        (12, "Ziraat Bankası", False),
        (12, "T.C. ZİRAAT BANKASI A.Ş.", False),
        (10, "Ziraat Bankası", True),
        (10, "Ziraat Katılım", False),
        (209, "Ziraat Katılım Bankası", True),
        (15, "Vakıfbank", True),
        (15, "Vakıflar Bankası", True),
        (15, "Vakıf Katılım", False),
        (210, "Vakıf Katılım", True),
        (64, "Türkiye İş Bankası", True),
        (64, "TÜRKİYE IS BANKASI", True),
        (67, "Yapı ve Kredi Bankası", True),
        (111, "QNB Finansbank", True),
        (111, "Enpara", True),
        (157, "Enpara Bank", True),
        (12, "Bizim Banka", True),
        (99999, "Ziraat", True),
    ],
)
def test_a_banks_name_and_its_code(code: int, named: str, fits: bool) -> None:
    assert bank_fits(made(code, 1), named) is fits


@pytest.mark.parametrize(("code", "name"), BANK_NAMES.items())
def test_every_bank_fits_its_own_name(code: str, name: str) -> None:
    assert bank_fits(made(int(code), 1), name)


def test_an_iban_is_shown_in_groups_of_four() -> None:
    assert show(HALKBANK) == "TR83 0001 2009 4520 0005 0000 01"
