"""IBANs and the banks behind their codes (TR: check digits, five-digit bank code, account)."""

import re

from esignctl.text.folding import fold

# Bank codes of the Turkish payment systems as they stand in an IBAN: the name to show, and the
# folded stems by which people's spellings of it are known.
_BANKS = {
    "00001": ("T.C. Merkez Bankası", ("merkez bank",)),
    "00010": ("Ziraat Bankası", ("ziraat",)),
    "00012": ("Halkbank", ("halk",)),
    "00015": ("Vakıfbank", ("vakif", "vakiflar")),
    "00032": ("Türk Ekonomi Bankası", ("teb", "turk ekonomi")),
    "00046": ("Akbank", ("akbank",)),
    "00059": ("Şekerbank", ("seker",)),
    "00062": ("Garanti BBVA", ("garanti",)),
    "00064": ("İş Bankası", ("is bank", "isbank")),
    "00067": ("Yapı Kredi", ("yapi kredi", "yapikredi", "yapi ve kredi")),
    "00099": ("ING", ("ing bank",)),
    "00103": ("Fibabanka", ("fiba",)),
    "00111": ("QNB", ("qnb", "finansbank", "enpara")),
    "00123": ("HSBC", ("hsbc",)),
    "00124": ("Alternatif Bank", ("alternatif",)),
    "00134": ("DenizBank", ("deniz",)),
    "00135": ("Anadolubank", ("anadolubank",)),
    "00143": ("Aktif Bank", ("aktif",)),
    "00146": ("Odeabank", ("odea",)),
    "00157": ("Enpara", ("enpara",)),
    "00203": ("Albaraka Türk", ("albaraka",)),
    "00205": ("Kuveyt Türk", ("kuveyt",)),
    "00206": ("Türkiye Finans", ("turkiye finans",)),
    "00209": ("Ziraat Katılım", ("ziraat katilim",)),
    "00210": ("Vakıf Katılım", ("vakif katilim",)),
    "00211": ("Emlak Katılım", ("emlak katilim",)),
}

BANK_NAMES = {code: name for code, (name, _stems) in _BANKS.items()}

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
    for run in _TURKISH.findall(text.replace("\N{NO-BREAK SPACE}", " ")):
        try:
            found.append(normalize(run))
        except ValueError:
            continue
    return found


def bank_code(iban: str) -> str:
    """The five-digit bank code of a compact Turkish IBAN."""
    return iban[4:9]


def bank_fits(iban: str, named: str) -> bool:
    """Whether a bank's name, as people write it, can belong to the IBAN's bank code.

    A name or a code that is not known here contradicts nothing.
    """
    code = bank_code(iban)
    name = " ".join(re.findall(r"[a-z0-9]+", fold(named)))
    met = {
        bank: max(len(stem) for stem in stems if stem in name)
        for bank, (_name, stems) in _BANKS.items()
        if any(stem in name for stem in stems)
    }
    # "ziraat katilim" is also a "ziraat": the longest stem says which bank is meant
    return code not in _BANKS or not met or met.get(code) == max(met.values())


def show(iban: str) -> str:
    """The IBAN in groups of four, as banks print it."""
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
