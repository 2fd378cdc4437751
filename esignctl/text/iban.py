"""IBANs and the banks behind their codes (TR: check digits, five-digit bank code, account)."""

import re

# Bank codes of the Turkish payment systems, as they stand in an IBAN.
BANK_NAMES = {
    "00001": "T.C. Merkez Bankası",
    "00010": "Ziraat Bankası",
    "00012": "Halkbank",
    "00015": "Vakıfbank",
    "00032": "Türk Ekonomi Bankası",
    "00046": "Akbank",
    "00059": "Şekerbank",
    "00062": "Garanti BBVA",
    "00064": "İş Bankası",
    "00067": "Yapı Kredi",
    "00099": "ING",
    "00103": "Fibabanka",
    "00111": "QNB (Enpara)",
    "00123": "HSBC",
    "00124": "Alternatif Bank",
    "00134": "DenizBank",
    "00135": "Anadolubank",
    "00143": "Aktif Bank",
    "00146": "Odeabank",
    "00157": "Enpara",
    "00203": "Albaraka Türk",
    "00205": "Kuveyt Türk",
    "00206": "Türkiye Finans",
    "00209": "Ziraat Katılım",
    "00210": "Vakıf Katılım",
    "00211": "Emlak Katılım",
}  # fmt: skip

_TURKISH = re.compile(r"(?<![A-Z0-9])TR[ ]?\d{2}(?:[ ]?\d){22}(?!\d)")


def normalize(text: str) -> str:
    """``text`` without spaces and in capitals. Raises ``ValueError`` unless it is an IBAN."""
    from stdnum import exceptions, iban

    try:
        return str(iban.validate(text, check_country=False))
    except exceptions.ValidationError as error:
        raise ValueError("not a valid IBAN") from error


def find(text: str) -> list[str]:
    """All valid Turkish IBANs in ``text``, compact, in order."""
    found = []
    for run in _TURKISH.findall(text.upper()):
        try:
            found.append(normalize(run))
        except ValueError:
            continue
    return found


def bank_code(iban: str) -> str:
    """The five-digit bank code of a compact Turkish IBAN."""
    return iban[4:9]


def show(iban: str) -> str:
    """The IBAN in groups of four, as banks print it."""
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
