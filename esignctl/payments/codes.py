"""Finds the reference codes of known applications in a description, however they were typed.

A code counts only where it is one of the registry's. It may be written with spaces, in small
letters, with letters that look like digits, glued to its neighbours, with one character wrong,
missing, too much or swapped, or be cut off by a bank. Texts are folded (``esignctl.text.fold``),
codes in the form of ``esignctl.text.reference.plain``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Self

from esignctl.text import reference
from esignctl.text.similarity import slips

# A code with one slip is right either in its first four characters or in its last five.
HEAD, TAIL = 4, 5
SHORTEST_CUT = 6
# All but the check digits: that much names an application by itself.
PAYLOAD = reference.LENGTH - 2

# A digit that touches a letter: nearly every code has one, and few other texts have (the first
# digit of an IBAN does not count).
_MIXED = re.compile(r"[0-9](?:[a-z]|(?<=[a-z][0-9])(?<!\btr[0-9]))")
# The last two are digits, or letters that are read as digits (``reference.plain``).
_WHOLE = re.compile(r"\b[a-z0-9]{8}[0-9biloszu]{2}\b")
# Nothing but letters before the check digits, which stand apart: no digit touches a letter there.
_APART = re.compile(r"\b[a-z]+(?:[ .\-/][a-z]+){0,3}[ .\-/][0-9]{2}\b")
# How such a code ends: to be looked for first, in a tenth of the time.
_APART_END = re.compile(r"[0-9][0-9]\b(?<=[a-z][ .\-/]..)")
_SIGN = re.compile(r"[a-z0-9]")
_WORD = re.compile(r"[a-z0-9]+")


class Spelling(Enum):
    """How a code stands in a text."""

    EXACT = "CODE-EXACT"
    CORRECTED = "CODE-CORRECTED"
    CUT = "CODE-CUT"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code in a text: its place there, the codes that it may be, and how it is spelt."""

    start: int
    end: int
    codes: tuple[str, ...]
    spelling: Spelling

    @property
    def is_short(self) -> bool:
        """Whether so much is cut off that something else must tell the application too."""
        return self.spelling is Spelling.CUT and self.end - self.start < PAYLOAD


_Span = tuple[int, int, tuple[str, ...], Spelling]


@dataclass(frozen=True, slots=True)
class _Signs:
    """The letters and digits of a text without what stands between them.

    ``places`` are their places in the text, ``word_starts`` the indexes at which a word begins
    and, at last, the number of signs; ``starts`` the indexes at which a code may begin.
    """

    text: str
    places: list[int]
    word_starts: dict[int, None]
    starts: dict[int, None]
    mixed: list[int]

    @classmethod
    def of(cls, folded: str) -> Self:
        places = [sign.start() for sign in _SIGN.finditer(folded)]
        index = {place: number for number, place in enumerate(places)}
        words = [index[word.start()] for word in _WORD.finditer(folded)]
        mixed = [index[place.start()] for place in _MIXED.finditer(folded)]
        starts: dict[int, None] = {}
        for number in mixed:
            starts |= dict.fromkeys(range(max(0, number - reference.LENGTH + 1), number + 1))
        ends = dict.fromkeys([*words, len(places)])
        return cls(reference.plain(folded), places, ends, starts, mixed)

    def is_mixed(self, start: int, end: int) -> bool:
        """Whether a letter and a digit touch between two indexes."""
        return any(start <= number < end for number in self.mixed)


class Codebook:
    """Knows the codes of all applications, indexed for finding them with a slip."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = set(codes)
        self._by_head: dict[str, list[str]] = defaultdict(list)
        self._by_tail: dict[str, list[str]] = defaultdict(list)
        for code in self._codes:
            self._by_head[code[:HEAD]].append(code)
            self._by_tail[code[-TAIL:]].append(code)

    def find(self, folded: str) -> list[Sighting]:
        """The codes in a folded text, in the order of the text; none overlaps another."""
        if not (_MIXED.search(folded) or _APART_END.search(folded) or _WHOLE.search(folded)):
            return []  # as in nearly all texts
        found = [
            Sighting(*word.span(), (code,), Spelling.EXACT)
            for word in _WHOLE.finditer(folded)
            if (code := reference.plain(word[0])) in self._codes
        ]
        if _APART_END.search(folded) is not None:
            found += self._apart(blanked(folded, found))
        rest = blanked(folded, found)
        if _MIXED.search(rest) is not None:
            found += self._disguised(_Signs.of(rest))
        return sorted(found, key=lambda each: each.start)

    def _apart(self, folded: str) -> Iterator[Sighting]:
        """Codes of letters, written in groups, with the check digits as the last one."""
        for words in _APART.finditer(folded):
            start, end = words.span()
            signs = [place for place in range(start, end) if folded[place].isalnum()]
            if len(signs) >= reference.LENGTH:
                start = signs[-reference.LENGTH]
                code = reference.plain(folded[start:end])
                if code in self._codes:
                    yield Sighting(start, end, (code,), Spelling.EXACT)

    def _disguised(self, signs: _Signs) -> list[Sighting]:
        """Codes that are no plain words of their own."""
        found = list(self._exact(signs))
        found += self._corrected(signs, found)
        found += [each for each in self._cut(signs) if not _overlaps(each, found)]
        return [
            Sighting(signs.places[start], signs.places[end - 1] + 1, codes, spelling)
            for start, end, codes, spelling in found
        ]

    def _exact(self, signs: _Signs) -> Iterator[_Span]:
        for start in signs.starts:
            code = signs.text[start : start + reference.LENGTH]
            if code in self._codes:
                yield start, start + reference.LENGTH, (code,), Spelling.EXACT

    def _corrected(self, signs: _Signs, exact: Sequence[_Span]) -> list[_Span]:
        """Codes with one slip; of those that overlap the one whose ends are ends of words."""
        near: dict[tuple[int, int], list[str]] = defaultdict(list)
        for start in signs.starts:
            if any(each[0] - reference.LENGTH < start < each[1] for each in exact):
                continue
            for length in (reference.LENGTH, reference.LENGTH + 1, reference.LENGTH - 1):
                typed = signs.text[start : start + length]
                if len(typed) == length:
                    for code in self._resembling(typed):
                        if slips(typed, code, 1) <= 1:
                            near[start, start + length].append(code)

        def unlikeliness(span: tuple[int, int]) -> tuple[int, int, int]:
            start, end = span
            within_words = (start not in signs.word_starts) + (end not in signs.word_starts)
            return within_words, abs(end - start - reference.LENGTH), start

        found = list(exact)
        for start, end in sorted(near, key=unlikeliness):
            span = (start, end, tuple(dict.fromkeys(near[start, end])), Spelling.CORRECTED)
            if not _overlaps(span, found):
                found.append(span)
        return found[len(exact) :]

    def _cut(self, signs: _Signs) -> Iterator[_Span]:
        """Words that are the beginning of a code, cut off where the word ends."""
        for start, end in pairwise(signs.word_starts):
            typed = signs.text[start:end]
            if SHORTEST_CUT <= len(typed) < reference.LENGTH and signs.is_mixed(start, end):
                codes = [code for code in self._resembling(typed) if code.startswith(typed)]
                if codes:
                    yield start, end, tuple(codes), Spelling.CUT

    def _resembling(self, typed: str) -> list[str]:
        return self._by_head.get(typed[:HEAD], []) + self._by_tail.get(typed[-TAIL:], [])


def blanked(folded: str, sightings: Iterable[Sighting], mark: str = " ") -> str:
    """A folded text with marks in place of the codes sighted in it; its length stays."""
    for each in sightings:
        length = each.end - each.start
        folded = folded[: each.start] + mark.center(length) + folded[each.end :]
    return folded


def _overlaps(span: _Span, others: Iterable[_Span]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)
