"""What each kind of evidence weighs, and from which weight on a payment is posted.

The weights are bits, after Fellegi and Sunter: how much likelier a kind of evidence is beside the
right application than beside a wrong one, as a power of two. Kinds that tell the same thing twice
(two spellings of a name, a number and a code) share a group, of which only the strongest counts.
``benchmarks/weights.py`` measures them on labelled statements; where a wrong posting is at stake
the table is more careful than the measurement (docs/matching.md).

A sum never posts against a veto: a contradiction, a tie, an amount that no fee explains, a second
payment, nobody to post to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Group = Literal["identity", "name", "purpose", "price", "date", "words", "against"]


@dataclass(frozen=True, slots=True)
class Weight:
    """What a kind of evidence weighs in bits; below zero it speaks against the application."""

    group: Group
    bits: int


WEIGHTS = {
    # a number or code names one person in a country
    "CODE-EXACT": Weight("identity", 30),
    "CODE-CORRECTED": Weight("identity", 25),
    "CODE-CUT": Weight("identity", 23),
    "NUMBER-EXACT": Weight("identity", 13),
    "NUMBER-CORRECTED": Weight("identity", 10),
    "NUMBER-CUT": Weight("identity", 9),
    "NUMBER-NEAR": Weight("identity", 5),
    # a name may be a namesake's, and the sender's name that of who pays for another
    "NAME-FULL": Weight("name", 8),
    "NAME-SENDER": Weight("name", 7),
    "LEARNED": Weight("name", 7),
    "NAME-PARTIAL": Weight("name", 4),
    "PURPOSE": Weight("purpose", 10),
    "OTHER-PURPOSE": Weight("purpose", -16),
    "PRICE-DUE": Weight("price", 7),
    "PRICE-SUM": Weight("price", 7),
    "PRICE-OTHER": Weight("price", -3),
    "AMOUNT-UNEXPLAINED": Weight("price", -8),
    "DATE-FITS": Weight("date", 1),
    "PAID-LONG-BEFORE": Weight("date", -6),
    "OTHER-WORDS": Weight("words", -13),
    "OTHER-NAME": Weight("against", -8),
    "NAMESAKES": Weight("against", -5),
    "NAME-CONTRADICTS": Weight("against", -14),
    "NUMBER-CONTRADICTS": Weight("against", -12),
    "NUMBER-UNKNOWN": Weight("against", -12),
    "CODE-CONTRADICTS": Weight("against", -14),
}
"""By reason code. Codes that stand in no statement's text or money weigh nothing."""

POST = 20
"""The least sum, in bits, that is posted without asking."""

VETOES = frozenset(
    """
    AMOUNT-UNEXPLAINED ALREADY-PAID CODE-CANCELLED CODE-CONTRADICTS COUNT-CONTRADICTS IDENTITY-WEAK
    NAME-CONTRADICTS NAMESAKES NO-OPEN-APPLICATION NOTHING-DUE NUMBER-CONTRADICTS NUMBER-UNKNOWN
    OTHER-NAME OTHER-PURPOSE PAID-LONG-BEFORE PAID-TWICE PERSON-UNKNOWN REVERSAL
    SEVERAL-APPLICATIONS TIE
    """.split()  # noqa: SIM905 - a list of words reads best as text
)
"""Reason codes against which nothing is posted, whatever the sum."""

# Bits that halve the doubt which a score leaves: POST is then a score of 0.9.
_HALVING = 6


@dataclass(frozen=True, slots=True)
class Contribution:
    """A reason code with its weight; ``counts`` unless a stronger one of its group stands there."""

    code: str
    weight: Weight
    counts: bool


def contributions(codes: Iterable[str]) -> list[Contribution]:
    """The evidence among reason codes, in their order, each code once."""
    found = [(code, WEIGHTS[code]) for code in dict.fromkeys(codes) if code in WEIGHTS]
    counted: dict[Group, str] = {}
    for code, weight in found:
        other = counted.get(weight.group)
        if other is None or abs(weight.bits) > abs(WEIGHTS[other].bits):
            counted[weight.group] = code
    return [Contribution(code, each, counted[each.group] == code) for code, each in found]


def total(codes: Iterable[str]) -> int:
    """The sum of the evidence in bits."""
    return _total(tuple(codes))


@lru_cache(maxsize=1 << 12)  # the same few combinations come again and again
def _total(codes: tuple[str, ...]) -> int:
    return sum(each.weight.bits for each in contributions(codes) if each.counts)


def score(codes: Iterable[str]) -> float:
    """The sum as a number from 0 to 1: what is posted has 0.9 or more."""
    doubt: float = 2.0 ** (-max(0, total(codes)) / _HALVING)
    return round(1 - doubt, 2)


def may_post(codes: Sequence[str]) -> bool:
    """Whether evidence is enough to post, and nothing forbids it."""
    return VETOES.isdisjoint(codes) and total(codes) >= POST
