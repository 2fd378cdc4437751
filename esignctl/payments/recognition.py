"""Which movements of a statement are in the registry already.

Everybody pays one of two prices, so equal movements are normal: neither a date watermark nor
equality alone tells a movement that was imported before from a genuine twin. A movement is
therefore known by day, amount and text, and by how many of its like there are.

A statement holds its days whole, except for the first and the last one. On these, reference,
running balance and time tell a twin from a movement that stands in both files, where the bank
gives them and where both files agree in them elsewhere.

Another channel of the same bank may word a movement differently. It is known all the same where it
has the bank's own reference, or where it is the only one of its amount on a whole day, and the
words of the one are among those of the other (`elsewhere`).
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple

from esignctl.payments.channels import elsewhere
from esignctl.payments.statements import Movement
from esignctl.registry.payments import KnownMovement
from esignctl.text.folding import fold_all

_SIGNS = b"abcdefghijklmnopqrstuvwxyz0123456789\n"
_NO_SIGNS = bytes(set(range(128)).difference(_SIGNS))


class Recognised(NamedTuple):
    """A movement of a file: its registry id if it is known, else which of its like it is."""

    fingerprint: str
    known_id: int | None
    occurrence: int


def fingerprints(movements: Sequence[Movement]) -> list[str]:
    """What movements are known by, whatever the form of the file: day, amount and folded text."""
    if not movements:
        return []
    texts = fold_all([movement.description.replace("\n", " ") for movement in movements])
    # in one go: many times as fast
    signs = "\n".join(texts).encode("ascii", "ignore").translate(None, _NO_SIGNS).split(b"\n")
    day_text = lru_cache(maxsize=None)(date.isoformat)
    return [
        hashlib.blake2b(
            f"{day_text(movement.date)}|{movement.amount}|".encode() + text, digest_size=16
        ).hexdigest()
        for movement, text in zip(movements, signs, strict=True)
    ]


def recognise(
    movements: Sequence[Movement],
    known: Sequence[KnownMovement],
    same_file: bool = False,
    whole_days: bool = False,
) -> list[Recognised]:
    """For each movement whether it is among ``known``, which are of the same account and days.

    ``same_file``: this very file was imported before, so that no movement of it can be new.
    ``whole_days``: no day of it is torn, not even the first and the last one.
    """
    prints = fingerprints(movements)
    if not known:
        return _all_new(prints)
    of_print: dict[str, list[KnownMovement]] = defaultdict(list)
    for each in known:
        of_print[each.fingerprint].append(each)
    places: dict[str, list[int]] = defaultdict(list)
    for place, each_print in enumerate(prints):
        places[each_print].append(place)
    alike = [
        ([movements[place] for place in group], of_print[each_print])
        for each_print, group in places.items()
        if each_print in of_print
    ]
    evidence = _Evidence(
        frozenset() if same_file or whole_days else _torn_days(movements),
        _shared_references(alike),
        _days_of_one_chain(alike, movements, known),
    )
    ids: dict[int, KnownMovement] = {}
    for each_print, group in places.items():
        if each_print in of_print:
            _pair(movements, group, list(of_print[each_print]), evidence, ids)

    paired = {id(each) for each in ids.values()}
    ids |= elsewhere(
        {place: each for place, each in enumerate(movements) if place not in ids},
        [each for each in known if id(each) not in paired],
        evidence.torn,
    )
    counts = {each_print: len(group) for each_print, group in of_print.items()}
    result = []
    for place, each_print in enumerate(prints):
        known_id = ids[place].id if place in ids else None
        occurrence = 0
        if known_id is None:
            occurrence = counts[each_print] = counts.get(each_print, 0) + 1
        result.append(Recognised(each_print, known_id, occurrence))
    return result


def _all_new(prints: Sequence[str]) -> list[Recognised]:
    counts: dict[str, int] = {}
    result = []
    for each_print in prints:
        occurrence = counts[each_print] = counts.get(each_print, 0) + 1
        result.append(Recognised(each_print, None, occurrence))
    return result


_Alike = Sequence[tuple[Sequence[Movement], Sequence[KnownMovement]]]
"""For each print that the file and the registry share, its movements in both."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What may tell twins apart: the days that may be torn, and what both files agree in."""

    torn: frozenset[date]
    references: frozenset[str]
    balanced: frozenset[date]

    def reference(self, each: Movement | KnownMovement) -> str | None:
        return each.reference if each.reference in self.references else None

    def balance(self, each: Movement | KnownMovement) -> int | None:
        return each.balance

    def not_another(self, movement: Movement, each: KnownMovement) -> bool:
        if movement.date not in self.torn:
            return True
        told_apart = [(_clock(movement.time), _clock(each.booked_time))]
        if self.references:
            told_apart.append((movement.reference or "", each.reference))
        if movement.date in self.balanced and None not in (movement.balance, each.balance):
            told_apart.append((str(movement.balance), str(each.balance)))
        return all(here == there or not (here and there) for here, there in told_apart)


def _pair(
    movements: Sequence[Movement],
    places: Sequence[int],
    candidates: Sequence[KnownMovement],
    evidence: _Evidence,
    ids: dict[int, KnownMovement],
) -> None:
    """Pair movements with known ones of the same print, the surest pairs first."""
    free = list(candidates)
    for mark in (evidence.reference, evidence.balance):
        marked: dict[object, list[KnownMovement]] = defaultdict(list)
        unmarked: list[KnownMovement] = []
        for each in free:
            (marked[mark(each)] if mark(each) is not None else unmarked).append(each)
        for place in places:
            if place not in ids and (same := marked.get(mark(movements[place]))):
                ids[place] = same.pop(0)
        free = unmarked + [each for same in marked.values() for each in same]
    for place in places:
        if place not in ids:
            found = next(
                (each for each in free if evidence.not_another(movements[place], each)), None
            )
            if found is not None:
                ids[place] = found
                free.remove(found)


def _clock(moment: time | str | None) -> str:
    """Hour and minute of a time or its ISO text; midnight stands for no time of day at all."""
    text = str(moment or "")
    return "" if text == "00:00:00" else text[:5]


def _torn_days(movements: Sequence[Movement]) -> frozenset[date]:
    days = [movement.date for movement in movements]
    return frozenset((min(days), max(days)) if days else ())


def _shared_references(alike: _Alike) -> frozenset[str]:
    """The references that one movement alone has in the file and in the registry."""
    here = Counter(movement.reference for group, _known in alike for movement in group)
    there = Counter(each.reference for _group, known in alike for each in known)
    return frozenset(
        reference
        for reference, count in here.items()
        if reference and count == 1 and there[reference] == 1
    )


def _days_of_one_chain(
    alike: _Alike, movements: Sequence[Movement], known: Sequence[KnownMovement]
) -> frozenset[date]:
    """The days on which the running balances of file and registry are of one chain.

    They are where most movements have the same balance in both, or else if one chain goes on
    where the other ends. Exports that count from another start, or in which a late entry moved all
    later balances, tell nothing.
    """
    same: Counter[date] = Counter()
    different: Counter[date] = Counter()
    for group, likes in alike:
        here = Counter(movement.balance for movement in group if movement.balance is not None)
        there = Counter(each.balance for each in likes if each.balance is not None)
        both = (here & there).total()
        same[group[0].date] += both
        if here.total() == there.total() == 1:
            different[group[0].date] += 1 - both
    (here_from, here_to), (there_from, there_to) = _chain(movements), _chain(known)
    goes_on = bool(here_from & there_to or here_to & there_from)
    return frozenset(day for day in same if (same[day] >= different[day] if same[day] else goes_on))


def _chain(movements: Collection[Movement | KnownMovement]) -> tuple[set[int], set[int]]:
    """The balances that running balances begin with, and those that they end with."""
    before = {each.balance - each.amount for each in movements if each.balance is not None}
    after = {each.balance for each in movements if each.balance is not None}
    return before - after, after - before
