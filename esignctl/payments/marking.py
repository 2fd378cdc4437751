"""Which parts of a description tell something, for the eyes of a person who decides.

Works on the text as it is shown, with its personal numbers masked or in full.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from esignctl.payments import vocabulary
from esignctl.text import reference, tckn
from esignctl.text.folding import fold

Kind = Literal["number", "code", "name", "purpose", "other-number", "other-purpose", "reversal"]

_NUMBER = re.compile(r"\d{3}\*{4}\d{4}|\d(?:[ .\-/]?\d){9,}")
_WORD = re.compile(r"[a-z]+")
_CODE = re.compile(r"\b[a-z][a-z0-9]{9}\b")
_DIGITS = re.compile(r"[^\d*]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text from ``start`` to ``end`` and what it is."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody whom a description may speak of, with the number of the application."""

    tckn: str
    name: str
    application: str


def marks(text: str, candidates: Iterable[Likely]) -> list[Mark]:
    """The telling parts of ``text``, in their order and without overlap."""
    candidates = list(candidates)
    folded, places = _with_places(text)
    taken: list[Mark] = []
    for start, end, kind in _found(folded, candidates):
        if not any(start < mark.end and mark.start < end for mark in taken):
            taken.append(Mark(start, end, kind))
    return [
        Mark(places[mark.start], places[mark.end - 1] + 1, mark.kind)
        for mark in sorted(taken, key=lambda mark: mark.start)
    ]


def _with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in ``text`` it comes from."""
    folded, places = [], []
    for place, letter in enumerate(text):
        for plain in fold(letter):
            folded.append(plain)
            places.append(place)
    return "".join(folded), places


def _found(folded: str, candidates: Sequence[Likely]) -> Iterator[tuple[int, int, Kind]]:
    """What stands where, the surest first."""
    numbers = {shown for each in candidates for shown in (each.tckn, tckn.mask(each.tckn))}
    codes = {reference.plain(reference.code(each.application)) for each in candidates}
    names = {word for each in candidates for word in _WORD.findall(fold(each.name))}
    for found in _NUMBER.finditer(folded):
        ours = _DIGITS.sub("", found[0]) in numbers
        yield *found.span(), "number" if ours else "other-number"
    for found in _CODE.finditer(folded):
        if reference.plain(found[0]) in codes:
            yield *found.span(), "code"
    for found in _WORD.finditer(folded):
        if len(found[0]) > 1 and found[0] in names:
            yield *found.span(), "name"
    for pattern in (vocabulary.ESIGN, vocabulary.ESIGN_LIKELY):
        for found in pattern.finditer(folded):
            yield *found.span(), "purpose"
    for found in vocabulary.REVERSAL.finditer(folded):
        yield *found.span(), "reversal"
    for found in _WORD.finditer(folded):
        if vocabulary.is_other(found[0]):
            yield *found.span(), "other-purpose"
