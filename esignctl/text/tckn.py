"""The Turkish personal number (T.C. Kimlik No, TCKN): eleven digits with two check digits."""

import re
from functools import lru_cache

LENGTH = 11
_SEPARATORS = re.compile(r"[\s.\-/]+")
# a fingerprint, which people have to type again, may hold eleven digits in a row
_FINGERPRINT = r"\b(?=\d*[A-F])[\dA-F]{16,}\b"
_ELEVEN = re.compile(rf"(?P<fingerprint>{_FINGERPRINT})|(?<!\d)[1-9]\d{{10}}(?!\d)")
# ten digits or more, with anything but a letter between them; an O for 0 and the like count as
# digits where digits stand around them
_GAP = r"[^a-zA-Z0-9\u00c0-\u024f]{0,3}"
_LONG_NUMBER = re.compile(
    rf"(?<![^\W_])[\doOlIB](?:{_GAP}[\doOlIB]){{9,}}(?![^\W_])|\d(?:{_GAP}\d){{9,}}"
)


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


def mask_bare(text: str) -> str:
    """``text`` with every run of exactly eleven digits masked, as in what a user typed.

    Fingerprints (16 or more of 0-9 and A-F) stay as they are.
    """
    return _ELEVEN.sub(lambda run: run[0] if run["fingerprint"] else mask(run[0]), text)


@lru_cache(maxsize=1024)  # the names of issuers, and what banks print, come again and again
def mask_within(text: str) -> str:
    """``text`` with every run of ten or more digits masked, however they are spaced or dotted.

    Used for texts of other people's making (payment descriptions), where a personal number may
    be mistyped: anything near its length is hidden.
    """
    return _LONG_NUMBER.sub(_masked, text)


def _masked(run: re.Match[str]) -> str:
    bare = re.sub(r"[^0-9oOlIB]", "", run[0])
    return mask(bare) if sum(map(str.isdigit, bare)) >= 7 else run[0]
