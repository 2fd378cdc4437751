"""The Turkish personal number (T.C. Kimlik No, TCKN): eleven digits with two check digits."""

import re

LENGTH = 11
_SEPARATORS = re.compile(r"[\s.\-/]+")
_LONG_NUMBER = re.compile(r"\d(?:[\s.\-/]{0,3}\d){9,}")


def is_valid(number: str) -> bool:
    """Whether ``number`` is eleven digits, does not begin with 0 and has right check digits."""
    from stdnum.tr import tckimlik

    return len(number) == LENGTH and number.isascii() and tckimlik.is_valid(number)


def normalize(text: str) -> str:
    """``text`` as eleven digits; spaces, dots and dashes between them are taken out.

    Raises ``ValueError`` for anything that is not a valid number.
    """
    number = _SEPARATORS.sub("", text)
    if not is_valid(number):
        raise ValueError("not a valid personal number")
    return number


def mask(number: str) -> str:
    """``10000000146`` as ``100****0146``; enough to compare by eye, too little to misuse."""
    return number[:3] + "****" + number[-4:]


def mask_within(text: str) -> str:
    """``text`` with every run of ten or more digits masked, also when it is spaced or dotted.

    Used for texts of other people's making (payment descriptions), where a personal number may
    be mistyped: anything near its length is hidden.
    """
    return _LONG_NUMBER.sub(lambda run: mask(re.sub(r"\D", "", run[0])), text)
