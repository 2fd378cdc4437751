"""Turkish letters: matching keys and case.

``str.lower`` and ``str.upper`` are wrong for Turkish (``'İ'.lower()`` is two code points, ``'i'``
becomes ``'I'``), so all folding and all change of case happens here.
"""

import re
import unicodedata

_LETTERS = {
    "İ": "i", "I": "i", "ı": "i",
    "Ş": "s", "ş": "s", "Ğ": "g", "ğ": "g", "Ü": "u", "ü": "u",
    "Ö": "o", "ö": "o", "Ç": "c", "ç": "c",
    "Â": "a", "â": "a", "Î": "i", "î": "i", "Û": "u", "û": "u",
    # windows-1254 that was read as latin-1; Turkish uses none of these letters
    "Ý": "i", "ý": "i", "Þ": "s", "þ": "s", "Ð": "g", "ð": "g",
    "\N{NO-BREAK SPACE}": " ",
    "\N{COMBINING DOT ABOVE}": None,
}  # fmt: skip
_FOLD = str.maketrans(_LETTERS)
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_WORD = re.compile(r"[^\W\d_]+")


def fold(text: str) -> str:
    """The matching key of ``text``: Turkish letters to ASCII, lower case, no combining marks.

    All other characters keep their place; the length may shrink where marks fall away.
    """
    folded = text.translate(_FOLD).lower()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_FOLD).lower()


def tokens(text: str) -> list[str]:
    """The runs of letters and the runs of digits of the folded ``text``, in order."""
    return _TOKEN.findall(fold(text))


def lower_tr(text: str) -> str:
    """``text`` in lower case by Turkish rules."""
    return text.translate(_LOWER).lower()


def upper_tr(text: str) -> str:
    """``text`` in upper case by Turkish rules."""
    return text.translate(_UPPER).upper()


def title_tr(text: str) -> str:
    """``text`` with each word's first letter in upper case and the rest in lower case."""
    return _WORD.sub(lambda word: upper_tr(word[0][0]) + lower_tr(word[0][1:]), text)
