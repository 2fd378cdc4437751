"""Amounts in Turkish lira. Inside they are integer kuruş; text and floats end here."""

import math
import re
from decimal import Decimal, InvalidOperation

from esignctl.i18n import active_language

_CURRENCY = re.compile(r"(?:TL|TRY|₺)", re.IGNORECASE)
# what nearly all cells hold; the rest of the forms is tried after it
_PLAIN = re.compile(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})*|[0-9]+),([0-9]{2})")
_GROUPED_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?")
# English groups only where kuruş follow: a bare "218,305" has a comma that is Turkish or a slip
_GROUPED_POINT = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,2}|\d+(?:\.\d{1,2})?")


def parse_kurus(cell: str | int | float | Decimal) -> int:
    """The amount in a cell as integer kuruş.

    Takes numbers and texts in Turkish (``1.234,56``) and English (``1,234.56``) form, with sign
    before or behind, in brackets, with currency and any spaces. Raises ``ValueError`` for
    anything else, also for a fraction of a kuruş.
    """
    if isinstance(cell, str):
        return _parse_text(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            raise ValueError("not an amount")
        kurus = round(cell * 100)
        # a double holds 15 digits: beyond rounding noise there must be nothing below a kuruş
        rest = abs(cell * 100 - kurus)
        if rest > 1e-6 and rest > 1e-6 * abs(cell):
            raise ValueError("a fraction of a kuruş")
        return kurus
    if isinstance(cell, bool):
        raise ValueError("not an amount")
    return _exact(Decimal(cell))


def _parse_text(text: str) -> int:
    if usual := _PLAIN.fullmatch(text):
        return int(usual[1] + usual[2].replace(".", "") + usual[3])
    bare = _CURRENCY.sub("", "".join(text.split())).replace("\N{MINUS SIGN}", "-")
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1]
    elif bare[:1] in ("-", "+"):
        negative, bare = bare[0] == "-", bare[1:]
    elif bare[-1:] in ("-", "+"):
        negative, bare = bare[-1] == "-", bare[:-1]
    if _GROUPED_COMMA.fullmatch(bare):
        plain = bare.replace(".", "").replace(",", ".")
    elif _GROUPED_POINT.fullmatch(bare):
        plain = bare.replace(",", "")
    else:
        raise ValueError("not an amount")
    kurus = _exact(Decimal(plain))
    return -kurus if negative else kurus


def _exact(amount: Decimal) -> int:
    try:
        kurus = amount * 100
        if kurus != kurus.to_integral_value():
            raise ValueError("a fraction of a kuruş")
    except InvalidOperation as error:
        raise ValueError("not an amount") from error
    return int(kurus)


def to_json(kurus: int) -> str:
    """``21830`` as ``218.30``, negative for outgoing money."""
    if kurus < 0:
        return "-" + to_json(-kurus)
    return f"{kurus // 100}.{kurus % 100:02d}"


def show(kurus: int, language: str | None = None) -> str:
    """The amount for people: ``1.234,56`` in Turkish, ``1,234.56`` in English.

    In the active language unless `language` names one.
    """
    sign = "-" if kurus < 0 else ""
    whole, cents = f"{abs(kurus) // 100:,}", f"{abs(kurus) % 100:02d}"
    if (language or active_language()) == "tr":
        return f"{sign}{whole.replace(',', '.')},{cents}"
    return f"{sign}{whole}.{cents}"
