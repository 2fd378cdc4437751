"""Which movements came by another channel before: the same in other words.

A bank's spreadsheet and its MT940 of the same day tell the same movements, often worded differently
or cut. To take a new payment for an old one would lose it, so doubt means that it is new: the worst
that can come of that is a second payment that a person looks at.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from esignctl.payments.statements import Movement
from esignctl.registry.payments import KnownMovement
from esignctl.text.folding import tokens

_LABELS = frozenset(("gonderen", "alici", "aciklama", "ters", "kayit"))
_SHORTEST, _FEWEST = 3, 2


def elsewhere(
    new: Mapping[int, Movement], known: Sequence[KnownMovement], torn: Collection[date]
) -> dict[int, KnownMovement]:
    """The movements by their places, of those that nothing has recognised, that are known.

    ``known`` are those that nothing was recognised as; ``torn`` the days that the statement may not
    hold whole.
    """
    there: dict[tuple[str, int], list[KnownMovement]] = defaultdict(list)
    for each in known:
        there[each.booked_on, each.amount].append(each)
    here: dict[tuple[str, int], list[int]] = defaultdict(list)
    if there:
        for place, movement in new.items():
            key = movement.date.isoformat(), movement.amount
            if key in there:
                here[key].append(place)
    found: dict[int, KnownMovement] = {}
    for key, places in here.items():
        for place in places:
            same = [each for each in there[key] if _has_reference(new[place], each)]
            rivals = [other for other in places if new[other].reference == new[place].reference]
            if len(same) == len(rivals) == 1 and _words(new[place]) & _words(same[0]):
                found[place] = same[0]
        left = [place for place in places if place not in found]
        rest = [each for each in there[key] if each not in found.values()]
        if (
            len(left) == len(rest) == 1
            and new[left[0]].date not in torn
            and _tell_the_same(_words(new[left[0]]), _words(rest[0]))
        ):
            found[left[0]] = rest[0]
    return found


def _has_reference(movement: Movement, known: KnownMovement) -> bool:
    return bool(movement.reference) and movement.reference == known.reference


def _words(movement: Movement | KnownMovement) -> frozenset[str]:
    return frozenset(
        word
        for word in tokens(movement.description)
        if len(word) >= _SHORTEST and word not in _LABELS
    )


def _tell_the_same(here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether one text holds all words of the other, and these are enough to tell something."""
    fewer, more = sorted((here, there), key=len)
    return len(fewer) >= _FEWEST and fewer <= more
