"""Does a published fee, or a sum of fees, explain an amount, and what would be paid with it?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations_with_replacement

from esignctl.payments.applicants import Application, Person
from esignctl.payments.identity import Identity, Tier

MOST_PEOPLE = 4
NEAR = 500
# Days. People pay first and apply then, but not by a season, and most within a month of it. Where a
# name is all that tells who paid, a namesake may apply weeks later.
LONG_BEFORE, LONG_BEFORE_BY_NAME = 45, 21
SOON_BEFORE, SOON_AFTER = 7, 30


@dataclass(frozen=True, slots=True)
class Prices:
    """The published fees in kuruş: each one, every sum of two to four, and slips of a few lira."""

    single: frozenset[int]
    sums: frozenset[int]
    near: frozenset[int]


def prices(amounts: Iterable[int]) -> Prices:
    """The prices that an amount can be explained by."""
    single = frozenset(amounts)
    return Prices(
        single,
        frozenset(
            sum(chosen)
            for number in range(2, MOST_PEOPLE + 1)
            for chosen in combinations_with_replacement(sorted(single), number)
        ),
        frozenset(amount for price in single for amount in range(price - NEAR, price + NEAR + 1)),
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """What a payment would pay if it were posted: applications with amounts in kuruş, and excess.

    ``reasons`` are the codes of what the amount says for and against that.
    """

    reasons: tuple[str, ...]
    shares: tuple[tuple[Application, int], ...] = ()
    excess: int = 0


def dates(claim: Claim, day: date, tier: Tier) -> tuple[str, ...]:
    """What the day of the payment says, for or against a claim that rests on `tier`."""
    longest = LONG_BEFORE if tier >= Tier.NUMBER else LONG_BEFORE_BY_NAME
    waits = [(day - each.opened_on).days for each, _amount in claim.shares]
    if any(wait < -longest for wait in waits):
        return ("PAID-LONG-BEFORE",)
    soon = waits and all(-SOON_BEFORE <= wait <= SOON_AFTER for wait in waits)
    return ("DATE-FITS",) if soon else ()


def _groups(identity: Identity) -> Iterator[tuple[Person, ...]]:
    """The sets of people that a payment may be for, likeliest first.

    Somebody whom the text names besides is meant; the sender may be.
    """
    meant = identity.people + identity.besides
    yield meant
    if identity.payers and len(meant) + len(identity.payers) <= MOST_PEOPLE:
        yield meant + identity.payers


def _shares(people: Sequence[Person], amount: int) -> list[tuple[Application, int]] | None:
    """The fees that are due from these people, if together they are exactly ``amount``."""
    if len(people) == 1:
        fitting = [each for each in people[0].payable if each.due == amount]
        return [(fitting[0], amount)] if len(fitting) == 1 else None
    if any(len(who.payable) != 1 for who in people):
        return None
    shares = [(who.payable[0], who.payable[0].due or 0) for who in people]
    return shares if sum(due for _application, due in shares) == amount else None


def _names_another_kind(
    who: Person, shares: Sequence[tuple[Application, int]], kinds: frozenset[str]
) -> bool:
    """Whether the text names the kind of another application of somebody than the one posted to.

    Where several wait, a kind that is none of theirs leaves open which is meant.
    """
    posted = {application.id for application, _amount in shares}
    chosen = {each.kind for each in who.applications if each.id in posted}
    others = {each.kind for each in who.applications if each.id not in posted}
    return not chosen & kinds and bool(others & kinds or (kinds and len(who.payable) > 1))


def not_payable(who: Person) -> str | None:
    """Why nothing can be posted for somebody, if so."""
    if who.payable:
        return None
    if not who.applications:
        return "NO-OPEN-APPLICATION"
    if all(each.due == 0 for each in who.applications):
        return "NOTHING-DUE"
    if any(each.due is None and each.paid == 0 for each in who.applications):
        return "AMOUNT-UNEXPLAINED"
    return "ALREADY-PAID"


def claim(identity: Identity, amount: int, published: Prices, kinds: frozenset[str]) -> Claim:
    """The people are certain: does a fee, or a sum of fees, explain the amount?"""
    for group in _groups(identity):
        shares = _shares(group, amount)
        if shares is None:
            continue
        price = "PRICE-DUE" if len(shares) == 1 else "PRICE-SUM"
        if any(_names_another_kind(who, shares, kinds) for who in group):
            return Claim((price, "SEVERAL-APPLICATIONS"))
        return Claim((price,), tuple(shares))
    if len(identity.people) > 1 or identity.besides:
        return Claim(("AMOUNT-UNEXPLAINED",))
    (who,) = identity.people
    if problem := not_payable(who):
        return Claim((problem,))
    if amount not in published.single:
        return Claim(("AMOUNT-UNEXPLAINED",))
    if len(who.payable) > 1:
        return Claim(("PRICE-OTHER", "SEVERAL-APPLICATIONS"))
    (application,) = who.payable
    excess = max(0, amount - (application.due or 0))
    return Claim(("PRICE-OTHER",), ((application, amount),), excess)
