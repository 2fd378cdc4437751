"""The reference code of an application: ten letters and digits that a payer can type.

It is printed on the payment slip as the first word of the description, where a bank's cut does not
reach it, and names the application again when the payment arrives. Eight characters are drawn
from the application's number by SHA-256, so that every registry gives the same application the same
code and nothing has to be stored; two check digits follow (ISO 7064, MOD 97-10), which notice every
wrong letter or digit, and a letter for a digit 98 times in 100. Of a million applications about one
pair shares a code: then both are meant.
"""

import hashlib
import re
from typing import Final

from esignctl.text.folding import fold

LENGTH: Final = 10

# Without the letters that look like a digit (B I L O S Z) or like V (U). The first one is a letter,
# so that no code can pass for a receipt, phone or personal number.
_LETTERS: Final = "ACDEFGHJKMNPQRTVWXY"
_SIGNS: Final = "0123456789" + _LETTERS
_MISREAD: Final = str.maketrans("biloszu", "811052v")
_CODE: Final = re.compile(r"[a-z][a-z0-9]{7}\d\d")


def code(number: str) -> str:
    """The code of the application with this number, such as ``EK7M3PQ904``."""
    from stdnum.iso7064 import mod_97_10

    rest = int.from_bytes(hashlib.sha256(number.strip().encode()).digest())
    rest, place = divmod(rest, len(_LETTERS))
    payload = _LETTERS[place]
    while len(payload) < LENGTH - 2:
        rest, place = divmod(rest, len(_SIGNS))
        payload += _SIGNS[place]
    return payload + mod_97_10.calc_check_digits(payload)


def plain(text: str) -> str:
    """The form in which codes are compared: folded, and letters that look like others as those.

    Both sides of a comparison go through it, `code` included.
    """
    return re.sub(r"[^a-z0-9]", "", fold(text)).translate(_MISREAD)


def is_code(word: str) -> bool:
    """Whether a word has the form and the check digits of a code, as typed or as folded."""
    from stdnum.iso7064 import mod_97_10

    read = plain(word)
    return _CODE.fullmatch(read) is not None and mod_97_10.is_valid(read.upper())  # ASCII by now
