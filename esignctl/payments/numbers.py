"""Whose personal number stands in a description, and which number speaks against a name."""

from collections.abc import Iterable, Sequence
from typing import Final

from esignctl.payments.agreement import Agreement
from esignctl.payments.applicants import Person
from esignctl.payments.description import Description, Number
from esignctl.payments.directory import PREFIX, Directory
from esignctl.payments.others import agrees
from esignctl.payments.scene import Scene
from esignctl.text import tckn
from esignctl.text.similarity import slips

_TELLING: Final = 3
"""So many digits of a number that was cut off tell that it is the sender's own."""


def by_numbers(
    numbers: Sequence[Number], stage: Scene, directory: Directory
) -> tuple[list[Person], list[str]]:
    """The people whose numbers stand in the text, exactly or with a slip that the name excuses."""
    found: dict[int, Person] = {}
    reasons: dict[str, None] = {}
    for number in numbers:
        for who in directory.within(number.digits):
            found[who.id] = who
            reasons["NUMBER-EXACT"] = None
    for number in numbers:
        digits = number.digits
        if any(who.number in digits or digits in who.number for who in found.values()):
            continue
        if tckn.LENGTH - 1 <= len(digits) <= tckn.LENGTH + 1:
            near, code = directory.one_slip_away(digits), "NUMBER-CORRECTED"
            if not near and len(digits) < tckn.LENGTH:
                near, code = directory.beginning_with(digits), "NUMBER-CUT"
        elif PREFIX <= len(digits) < tckn.LENGTH - 1:
            near, code = directory.beginning_with(digits), "NUMBER-CUT"
        else:
            continue
        if not near:
            continue
        # a valid number that is one slip away may be somebody else's: then the name must be whole
        level = Agreement.FULL if tckn.is_valid(digits) else Agreement.NEAR
        agreeing = [who for who in near if agrees(who, stage) >= level]
        if len(agreeing) == 1 and agreeing[0].id not in found:
            found[agreeing[0].id] = agreeing[0]
            reasons[code] = None
    return list(found.values()), list(reasons)


def number_doubt(
    description: Description, people: Sequence[Person], *, is_sender: bool
) -> str | None:
    """A number that is somebody else's, beside a whole name.

    Beside the sender's name alone, what may be a personal number is one.
    """
    if stranger_numbers(description.numbers):
        return "NUMBER-CONTRADICTS"
    if tail := description.tail:
        if not any(_begins(who.number, tail) for who in people):
            return "NUMBER-CONTRADICTS"
        if is_sender and len(tail) < _TELLING:
            return "IDENTITY-WEAK"
    for number in description.numbers:
        digits = number.digits
        if (
            number.firm
            and all(slips(digits, who.number, 3) > 3 for who in people)
            and not any(_begins(who.number, digits) for who in people)
            and (
                description.calls_personal(number)
                or ((is_sender or len(people) > 1) and _may_be_personal(digits))
            )
        ):
            return "NUMBER-CONTRADICTS"
    return None


def _may_be_personal(digits: str) -> bool:
    """Whether digits may be a personal number with a slip; telephone numbers begin with 0 or 5."""
    length = len(digits)
    return digits[0] != "0" and (
        length == tckn.LENGTH
        or (abs(length - tckn.LENGTH) == 1 and digits[0] != "5" and digits[:2] != "90")
    )


def _begins(number: str, digits: str) -> bool:
    """Whether a personal number begins with some digits, a slip apart in longer ones."""
    if len(digits) < PREFIX:
        return number.startswith(digits)
    return slips(digits, number[: len(digits)], 1) <= 1


def stranger_numbers(numbers: Iterable[Number], people: Sequence[Person] = ()) -> list[str]:
    """Valid personal numbers, written as one, that are nobody's in the registry.

    With ``people`` that were found, what holds a number of theirs or is a slip from it is none.
    """
    return [
        each.digits
        for each in numbers
        if each.firm
        and all(slips(each.digits, who.number, 1) > 1 for who in people)
        and tckn.is_valid(each.digits)
    ]
