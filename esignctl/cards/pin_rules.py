"""Which new PINs are refused before the card is asked, and why.

A card takes 1234 or the birthday of its holder. Whoever finds the card tries just those, and three
tries are all that stand between a finder and a qualified signature.
"""

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from esignctl.i18n import N_

WEAKNESSES: Final[Mapping[str, str]] = {
    "too-short": N_("it is shorter than the {shortest} characters that the card needs"),
    "too-long": N_("it is longer than the {longest} characters that the card takes"),
    "characters": N_("it holds a blank or a letter that other keyboards lack"),
    "same": N_("it is the old PIN"),
    "from-old": N_("it is made of the old PIN"),
    "all-equal": N_("all its characters are the same"),
    "repetition": N_("it repeats a few characters"),
    "sequence": N_("its characters follow each other"),
    "keyboard": N_("it is a pattern on the keys"),
    "year": N_("it looks like a year"),
    "date": N_("it looks like a date"),
}
"""What is told of each weakness; the lengths are those of the card."""

SHORTEST: Final = 4
"""What a PIN needs where the card tells no limit: no card for signatures takes less."""

_KEYS: Final = ("2580", "0852", "1470", "0741", "3690", "0963", "1379", "1397", "147258", "159357",
                "147258369", "789456", "456123", "qwerty", "asdfgh", "zxcvbn")  # fmt: skip
_YEAR: Final = re.compile(r"19\d\d|20\d\d")
_DATES: Final = (
    (re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)"), 0),
    (re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"), 0),
    (re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)"), 1900),
)


def weakness(new: str, old: str, shortest: int | None, longest: int | None) -> str | None:
    """The first weakness of a new PIN by its key in `WEAKNESSES`; None if it can be taken.

    `shortest` and `longest` are the card's limits in bytes, None where it tells none. That a PIN
    must be digits is a matter of the card, which alone knows.
    """
    if not all("!" <= character <= "~" for character in new):
        return "characters"
    if len(new) < (shortest or SHORTEST):
        return "too-short"
    if longest is not None and len(new) > longest:
        return "too-long"
    if new == old:
        return "same"
    if old and (new == old[::-1] or (len(new) > len(old) and not new.replace(old, ""))):
        return "from-old"
    return _guessable(new)


def _guessable(new: str) -> str | None:
    if len(set(new)) == 1:
        return "all-equal"
    if any(new == new[:length] * (len(new) // length) for length in range(2, len(new) // 2 + 1)):
        return "repetition"
    if _is_sequence(new):
        return "sequence"
    if new in _KEYS:
        return "keyboard"
    if _YEAR.fullmatch(new):
        return "year"
    if any(_is_date(pattern.fullmatch(new), century) for pattern, century in _DATES):
        return "date"
    return None


def _is_sequence(text: str) -> bool:
    """Whether each character follows the one before it, up or down; 0 follows 9."""
    if text.isdigit():
        steps = {(int(after) - int(before)) % 10 for before, after in pairwise(text)}
        return steps in ({1}, {9})
    return {ord(after) - ord(before) for before, after in pairwise(text)} in ({1}, {-1})


def _is_date(found: re.Match[str] | None, century: int) -> bool:
    if found is None:
        return False
    try:
        date(century + int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        # 29 February of a century that is no leap year is a date in the next one
        return century == 1900 and found[0] == "290200"
    return True
