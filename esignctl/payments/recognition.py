"""Which movements of a statement are in the registry already.

Everybody pays one of two prices, so equal movements are normal: neither a date watermark nor
equality alone tells a movement that was imported before from a genuine twin. A movement is
therefore known by day, amount and text, and by how many of its like there are; reference, running
balance and time tell twins apart where the bank gives them, also across files that overlap by a
part of a day.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from esignctl.payments.statements import Movement
from esignctl.registry.payments import KnownMovement
from esignctl.text.folding import fold_all

_NOT_A_SIGN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A movement of a file: its registry id if it is known, else which of its like it is."""

    fingerprint: str
    known_id: int | None
    occurrence: int


def fingerprints(movements: Sequence[Movement]) -> list[str]:
    """What movements are known by, whatever the form of the file: day, amount and folded text."""
    texts = fold_all([movement.description for movement in movements])
    return [
        hashlib.blake2b(
            f"{movement.date}|{movement.amount}|{_NOT_A_SIGN.sub('', text)}".encode(),
            digest_size=16,
        ).hexdigest()
        for movement, text in zip(movements, texts, strict=True)
    ]


def recognise(movements: Sequence[Movement], known: Sequence[KnownMovement]) -> list[Recognised]:
    """For each movement whether it is among ``known``, which are of the same account and days."""
    prints = fingerprints(movements)
    of_print: dict[str, list[KnownMovement]] = defaultdict(list)
    for each in known:
        of_print[each.fingerprint].append(each)
    places: dict[str, list[int]] = defaultdict(list)
    for place, each_print in enumerate(prints):
        places[each_print].append(place)

    balances_tell = _balances_tell(movements, prints, known, of_print)
    references_tell = any(
        movements[place].reference and movements[place].reference == each.reference
        for each_print, group in places.items()
        for place in group
        for each in of_print.get(each_print, ())
    )
    ids: dict[int, int] = {}
    for each_print, group in places.items():
        candidates = of_print.get(each_print)
        if candidates:
            _pair(movements, group, list(candidates), balances_tell, references_tell, ids)

    counts = {each_print: len(group) for each_print, group in of_print.items()}
    result = []
    for place, each_print in enumerate(prints):
        known_id = ids.get(place)
        occurrence = 0
        if known_id is None:
            occurrence = counts[each_print] = counts.get(each_print, 0) + 1
        result.append(Recognised(each_print, known_id, occurrence))
    return result


def _pair(
    movements: Sequence[Movement],
    places: Sequence[int],
    candidates: list[KnownMovement],
    balances_tell: bool,
    references_tell: bool,
    ids: dict[int, int],
) -> None:
    """Pair movements with known ones of the same print, the surest pairs first."""

    def same_reference(movement: Movement, each: KnownMovement) -> bool:
        return bool(movement.reference) and movement.reference == each.reference

    def same_balance(movement: Movement, each: KnownMovement) -> bool:
        return movement.balance is not None and movement.balance == each.balance

    def not_another(movement: Movement, each: KnownMovement) -> bool:
        time = movement.time.isoformat("minutes") if movement.time else None
        return not (
            (balances_tell and movement.balance != each.balance and None not in (
                movement.balance, each.balance))
            or (references_tell and movement.reference and each.reference
                and movement.reference != each.reference)
            or (time and each.booked_time and each.booked_time[:5] != time)
        )  # fmt: skip

    for is_same in (same_reference, same_balance, not_another):
        for place in places:
            if place in ids:
                continue
            for each in candidates:
                if is_same(movements[place], each):
                    ids[place] = each.id
                    candidates.remove(each)
                    break


def _balances_tell(
    movements: Sequence[Movement],
    prints: Sequence[str],
    known: Sequence[KnownMovement],
    of_print: dict[str, list[KnownMovement]],
) -> bool:
    """Whether the running balances of this file and of the registry are of one chain.

    They are if a movement has the same balance in both, or if the file goes on where the registry
    ends; else (an export that counts from another start) they tell nothing.
    """
    if any(
        movement.balance is not None and movement.balance == each.balance
        for movement, each_print in zip(movements, prints, strict=True)
        for each in of_print.get(each_print, ())
    ):
        return True
    known_balances = {each.balance for each in known if each.balance is not None}
    ends = (movements[0], movements[-1]) if movements else ()
    return any(
        movement.balance is not None and movement.balance - movement.amount in known_balances
        for movement in ends
    )
