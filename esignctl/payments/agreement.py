"""How far the words of a description are somebody's name. Words and names are folded."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from esignctl.payments.applicants import Person
from esignctl.payments.vocabulary import names_nobody
from esignctl.text.similarity import is_misspelling

_GENITIVE = re.compile(r"n?[iu]n")


class Agreement(IntEnum):
    """How far the words of a description agree with somebody's name."""

    NONE = 0
    SURNAME = 1
    GIVEN = 2  # rightly written
    NEAR = 3  # both, but misspelt, cut, shortened or without a middle name
    FULL = 4


def agreement(who: Person, words: Sequence[str]) -> Agreement:
    """How far ``words`` of a description, in its order, agree with somebody's name.

    One word cannot speak for both halves of the name: it takes two.
    """
    present = set(words)
    if present.issuperset(who.names):
        return Agreement.FULL
    given = present.intersection(who.given)
    surname = present.intersection(who.surname)
    if given and surname and len(given | surname) > 1:
        return Agreement.NEAR
    if _are_joined("".join(who.names), words):
        return Agreement.FULL
    last = words[-1] if words else ""
    given_near = given or _near(present, last, who.given)
    surname_near = surname or _near(present, last, who.surname)
    initials = _initials(words)
    if (given_near and surname_near and len(given_near | surname_near) > 1) or (
        # an initial speaks only beside the other half of the name, wholly written
        (surname and initials & {name[0] for name in who.given})
        or (given and initials & {name[0] for name in who.surname})
    ):
        return Agreement.NEAR
    if given:
        return Agreement.GIVEN
    return Agreement.SURNAME if surname_near else Agreement.NONE


def _initials(words: Sequence[str]) -> set[str]:
    """The words of one letter, but for "T.C." and "E", which stand before numbers and "imza"."""
    following = (*words[1:], "")
    before = ("", *words)
    return {
        word
        for last, word, after in zip(before, words, following, strict=False)
        if len(word) == 1
        and not (word == "t" and after == "c")
        and not (word == "c" and last == "t")
        and not (word == "e" and after.startswith("imz"))
    }


def _are_joined(name: str, words: Sequence[str]) -> bool:
    """Whether neighbouring words, or one, make a name that is written together."""
    for start in range(len(words)):
        rest, place = name, start
        while rest and place < len(words) and rest.startswith(words[place]):
            rest, place = rest[len(words[place]) :], place + 1
        if not rest:
            return True
    return False


def is_part(word: str, who: Person) -> bool:
    """Whether a word of a description is rightly written and part of somebody's name.

    Two names may be glued, and the last may be in the genitive.
    """
    if word in who.names:
        return True
    rest = word.removeprefix("".join(who.names))
    for name in sorted(who.names, key=len, reverse=True):
        if len(name) >= 3:
            rest = rest.replace(name, "", 1)
    return rest != word and (not rest or _GENITIVE.fullmatch(rest) is not None)


def belongs(word: str, who: Person) -> bool:
    """Whether a word of a description is part of somebody's name, also misspelt or cut."""
    if "?" in word:  # letters that a code page did not have
        return any(re.fullmatch(word.replace("?", "."), name) for name in who.names)
    return is_part(word, who) or any(
        is_misspelling(word, name) or (len(word) >= 3 and name.startswith(word))
        for name in who.names
    )


def _near(words: Iterable[str], last: str, names: Sequence[str]) -> set[str]:
    """The words that are names with a slip, and the last one if it is the beginning of a name."""
    near = {
        word
        for word in words
        if not names_nobody(word) and any(is_misspelling(word, name) for name in names)
    }
    if len(last) >= 3 and any(name.startswith(last) for name in names):
        near.add(last)
    return near
