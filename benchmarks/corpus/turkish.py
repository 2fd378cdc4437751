"""Turkish letters and numbers for the corpus, written apart from the program it measures.

The corpus must not share a mistake with esignctl, so nothing here is imported from there.
"""

from __future__ import annotations

from random import Random

_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_ASCII = str.maketrans("çğıöşüÇĞİÖŞÜâîûÂÎÛ", "cgiosuCGIOSUaiuAIU")


def upper(text: str) -> str:
    """Upper case by Turkish rules; every letter stays one character."""
    return text.translate(_UPPER).upper()


def lower(text: str) -> str:
    """Lower case by Turkish rules; every letter stays one character."""
    return text.translate(_LOWER).lower()


def ascii_letters(text: str) -> str:
    """Turkish letters without their marks, case kept."""
    return text.translate(_ASCII)


def key(text: str) -> str:
    """The form under which two spellings of one word are the same."""
    return ascii_letters(lower(text)).replace("\u0307", "")


def mojibake(text: str) -> str:
    """What windows-1254 text looks like once it was read as latin-1 (``Şube`` → ``Þube``)."""
    return windows_1254(text).decode("latin-1")


def windows_1254(text: str) -> bytes:
    """Text in the code page of Turkish Windows, which has no combining dot."""
    return text.replace("\u0307", "").encode("cp1254", errors="replace")


def tckn(prefix: int) -> str:
    """The personal number whose first nine digits are ``prefix`` (100000000 … 999999999)."""
    digits = [int(character) for character in f"{prefix:09d}"]
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    eleventh = (sum(digits) + tenth) % 10
    return f"{prefix:09d}{tenth}{eleventh}"


def is_tckn(text: str) -> bool:
    """Whether ``text`` is eleven digits whose check digits are right."""
    return len(text) == 11 and text.isdigit() and text[0] != "0" and tckn(int(text[:9])) == text


def iban(bank: str, account: str) -> str:
    """A Turkish IBAN with right check digits: five-digit bank code, sixteen-digit account."""
    body = f"{bank}0{account}"
    check = 98 - int(f"{body}292700") % 97
    return f"TR{check:02d}{body}"


def random_iban(random: Random, bank: str) -> str:
    """An invented IBAN at the bank with this five-digit code."""
    return iban(bank, f"{random.randrange(10**16):016d}")


def at_most_one_edit(left: str, right: str) -> bool:
    """Whether one insertion, deletion, substitution or neighbour swap (or none) joins them."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    return (
        a[1:] == b[1:]
        or a[1:] == b
        or a == b[1:]
        or (len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])
    )
