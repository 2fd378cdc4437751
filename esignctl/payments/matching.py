"""Whose payment is it? From movements, applications and prices to decisions, and nothing else.

Each movement is judged alone first: what it is for, who it names, and whether the published fees
explain its amount. Then the whole file is looked at: an application is paid for once, and money
that goes back is linked to the payment that it returns.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations_with_replacement

from esignctl.payments import description, weights
from esignctl.payments.codes import Sighting, blanked
from esignctl.payments.cores import shared
from esignctl.payments.decisions import Candidate, Decision, Share
from esignctl.payments.description import Description, Purpose
from esignctl.payments.directory import Application, Directory, Person
from esignctl.payments.identity import Identity, Tier, identify
from esignctl.payments.learned import Lesson, Lessons
from esignctl.payments.scene import scene
from esignctl.payments.statements import Movement
from esignctl.text.folding import fold, fold_all

MOST_PEOPLE = 4
CANDIDATES = 5
NEAR = 500
# Days. People pay first and apply then, but not by a season; most pay within a month of it.
LONG_BEFORE = 60
SOON_BEFORE, SOON_AFTER = 7, 30

# A description without any of these says nothing of an electronic signature (vocabulary.ESIGN).
_HINTS = ("imz", "mza", "inz", "imsa", "imaz", "e im", "e-im", "ima", "kamu", "nitelikli", "nes ")
_SPACED_HINT = re.compile(r"(?<![a-z])e\W{1,5}i")
_LONG_NUMBER = re.compile(r"\d(?:\W?\d){8}")
_REVERSAL_HINTS = ("iade", "iptal", "geri", "ters", "storno", "sehven", "hatal", "duzelt")

_NOT_FOR_ITS_FIRST = frozenset(
    (
        "CODE-CONTRADICTS",
        "NAME-CONTRADICTS",
        "NAMESAKES",
        "TIE",
        "CODE-CANCELLED",
        "REVERSAL",
    )
)
_UNRELATED = {
    code: Decision("unrelated", (code,)) for code in ("NO-SIGN", "OTHER-PURPOSE", "OUTGOING")
}


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


def decide(
    movements: Sequence[Movement],
    directory: Directory,
    published: Prices,
    newest_first: bool,
    own_names: Sequence[str] = (),
    lessons: Iterable[Lesson] = (),
) -> list[Decision]:
    """A decision for each movement, in the same order.

    ``own_names`` are the names of the account's holder, as they are written; ``lessons`` what
    people's earlier decisions taught.
    """
    judge = _Judge(directory, published, own_names, Lessons(lessons))
    texts = fold_all([movement.description for movement in movements])
    rows = [
        (movement.amount, movement.date, text)
        for movement, text in zip(movements, texts, strict=True)
    ]
    decisions = shared(judge.each_alone, rows)
    order = _chronological(movements, newest_first)
    _let_each_be_paid_once(decisions, movements, published, order)
    _link_what_goes_back(decisions, movements, order)
    return decisions


def payer(text: str, directory: Directory, own_names: Sequence[str] = ()) -> str:
    """The sender's name as a bank wrote it in a description, folded; empty where none is marked."""
    described = description.read(fold(text), [fold(name) for name in own_names])
    return " ".join(scene(described.runs, directory).sender)


class _Judge:
    """Judges movements one by one."""

    def __init__(
        self,
        directory: Directory,
        published: Prices,
        own_names: Sequence[str],
        lessons: Lessons,
    ) -> None:
        self._directory = directory
        self._published = published
        self._own_names = [fold(name) for name in own_names]
        self._lessons = lessons

    def each_alone(self, rows: Sequence[tuple[int, date, str]]) -> list[Decision]:
        """The decision on each row: amount, day and folded description."""
        return [self.alone(amount, day, folded) for amount, day, folded in rows]

    def alone(self, amount: int, day: date, folded: str) -> Decision:
        """The decision on a movement by itself. Most end here, so the cheap tests go first."""
        is_price = abs(amount) in self._published.single
        if amount <= 0:
            if not is_price and not any(map(folded.__contains__, _REVERSAL_HINTS)):
                return _UNRELATED["OUTGOING"]
            return self._outgoing(folded, is_price)
        codes = self._directory.codebook.find(folded)
        hinted = bool(codes) or any(map(folded.__contains__, _HINTS))
        if not hinted and not is_price:
            explicable = amount in self._published.sums or amount in self._published.near
            if not explicable or not (_LONG_NUMBER.search(folded) or _SPACED_HINT.search(folded)):
                return _UNRELATED["NO-SIGN"]
        return self._incoming(folded, codes, amount, day)

    def _read(self, folded: str, codes: Sequence[Sighting]) -> Description:
        return description.read(blanked(folded, codes, ";"), self._own_names)

    def _identify(self, text: Description, codes: Sequence[Sighting]) -> Identity:
        lessons = tuple(self._lessons.taught(text.folded))
        return identify(text, self._directory, codes, lessons)

    def _outgoing(self, folded: str, is_price: bool) -> Decision:
        """Only money that is given back concerns us."""
        codes = self._directory.codebook.find(folded)
        text = self._read(folded, codes)
        esign = text.purpose in (Purpose.ESIGN, Purpose.BOTH)
        if text.purpose is Purpose.OTHER and not esign:
            return _UNRELATED["OTHER-PURPOSE"]
        identity = self._identify(text, codes)
        known = identity.tier is not Tier.NOTHING
        if (text.gives_back and (esign or is_price or known)) or (is_price and (esign or known)):
            return _for_a_person(identity, ("REVERSAL",), 0)
        return _UNRELATED["OUTGOING"]

    def _incoming(self, folded: str, codes: Sequence[Sighting], amount: int, day: date) -> Decision:
        is_price = amount in self._published.single
        explicable = is_price or amount in self._published.sums or amount in self._published.near
        text = self._read(folded, codes)
        if not explicable and not text.says_esign and not codes:
            return _UNRELATED["NO-SIGN"]
        purpose = text.purpose
        if purpose is Purpose.OTHER and not codes:
            return _UNRELATED["OTHER-PURPOSE"]
        identity = self._identify(text, codes)
        coded = identity.by_code
        says_so = purpose in (Purpose.ESIGN, Purpose.BOTH)
        explained = is_price or (
            amount in self._published.sums and identity.tier is not Tier.NOTHING
        )
        slipped = (
            amount in self._published.near
            and identity.tier is Tier.NUMBER
            and not identity.unexplained
        )
        if not (says_so or explained or slipped or coded):
            return _UNRELATED["NO-SIGN"]
        if purpose is Purpose.OTHER and not coded:
            return _UNRELATED["OTHER-PURPOSE"]
        if purpose in (Purpose.BOTH, Purpose.OTHER):
            if not explained and identity.tier is Tier.NOTHING:
                return _UNRELATED["OTHER-PURPOSE"]
            said = ("PURPOSE",) if says_so else ()
            return _for_a_person(identity, (*said, "OTHER-PURPOSE"), amount)
        purpose_reason = ("PURPOSE",) if says_so else ()
        if text.gives_back:
            return _for_a_person(identity, (*purpose_reason, "REVERSAL"), amount)
        if identity.doubt is not None:
            doubts = (*purpose_reason, *self._money(amount), identity.doubt)
            return _for_a_person(identity, doubts, amount)
        claim = self._claim(identity, amount, text.kinds)
        evidence = (*identity.reasons, *purpose_reason, *claim.reasons, *_dates(claim, day))
        if identity.unexplained and not says_so:
            # a name without a word about what for may pay for anything
            evidence += ("OTHER-WORDS",)
        if weights.may_post(evidence):
            shares = tuple(Share(each.id, paid) for each, paid in claim.shares)
            candidates = _candidates(identity, evidence, amount)
            return Decision("matched", evidence, shares, candidates, claim.excess)
        if weights.VETOES.isdisjoint(evidence):
            evidence += ("IDENTITY-WEAK",)
        return _for_a_person(identity, evidence, amount)

    def _money(self, amount: int) -> tuple[str, ...]:
        if amount in self._published.single or amount in self._published.sums:
            return ()
        return ("AMOUNT-UNEXPLAINED",)

    def _claim(self, identity: Identity, amount: int, kinds: frozenset[str]) -> "_Claim":
        """The people are certain: does a fee, or a sum of fees, explain the amount?"""
        for group in _groups(identity):
            shares = _shares(group, amount)
            if shares is None:
                continue
            price = "PRICE-DUE" if len(shares) == 1 else "PRICE-SUM"
            if any(_names_another_kind(who, shares, kinds) for who in group):
                return _Claim((price, "SEVERAL-APPLICATIONS"))
            return _Claim((price,), tuple(shares))
        if len(identity.people) > 1 or identity.besides:
            return _Claim(("AMOUNT-UNEXPLAINED",))
        (who,) = identity.people
        if problem := _not_payable(who):
            return _Claim((problem,))
        if amount not in self._published.single:
            return _Claim(("AMOUNT-UNEXPLAINED",))
        if len(who.payable) > 1:
            return _Claim(("PRICE-OTHER", "SEVERAL-APPLICATIONS"))
        (application,) = who.payable
        excess = max(0, amount - (application.due or 0))
        return _Claim(("PRICE-OTHER",), ((application, amount),), excess)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a payment would pay if it were posted: applications with amounts in kuruş, and excess.

    ``reasons`` are the codes of what the amount says for and against that.
    """

    reasons: tuple[str, ...]
    shares: tuple[tuple[Application, int], ...] = ()
    excess: int = 0


def _dates(claim: _Claim, day: date) -> tuple[str, ...]:
    """What the day of the payment says, for or against a claim."""
    waits = [(day - each.opened_on).days for each, _amount in claim.shares]
    if any(wait < -LONG_BEFORE for wait in waits):
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
    """Whether the text names the kind of another application of somebody than the one posted to."""
    posted = {application.id for application, _amount in shares}
    chosen = {each.kind for each in who.applications if each.id in posted}
    others = {each.kind for each in who.applications if each.id not in posted}
    return not chosen & kinds and bool(others & kinds)


def _not_payable(who: Person) -> str | None:
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


def _for_a_person(identity: Identity, reasons: Iterable[str], amount: int) -> Decision:
    """A review with everything that helps to decide it."""
    codes = list(dict.fromkeys((*identity.reasons, *reasons)))
    if identity.doubt is not None and identity.doubt not in codes:
        codes.append(identity.doubt)
    for who in identity.people:
        problem = _not_payable(who)
        if problem is not None and problem not in codes:
            codes.append(problem)
    return Decision("review", tuple(codes), (), _candidates(identity, codes, amount))


def _candidates(identity: Identity, reasons: Iterable[str], amount: int) -> tuple[Candidate, ...]:
    """The applications that a movement may be for, by the weight of what speaks for each."""
    said = tuple(code for code in reasons if code in ("PURPOSE", "OTHER-PURPOSE", "OTHER-WORDS"))
    best: dict[int, float] = {}
    for who, codes in identity.candidates:
        for application in who.payable or who.applications:
            fits = ("PRICE-DUE",) if application.is_payable and application.due == amount else ()
            score = weights.score((*codes, *said, *fits))
            best[application.id] = max(score, best.get(application.id, 0.0))
    ranked = sorted(best.items(), key=lambda pair: -pair[1])[:CANDIDATES]
    return tuple(Candidate(application, score) for application, score in ranked)


def _chronological(movements: Sequence[Movement], newest_first: bool) -> list[int]:
    """The indexes of the movements as they happened; within a day the file's order tells."""
    indexes = range(len(movements) - 1, -1, -1) if newest_first else range(len(movements))
    return sorted(indexes, key=lambda index: movements[index].date)


def _let_each_be_paid_once(
    decisions: list[Decision],
    movements: Sequence[Movement],
    published: Prices,
    order: Sequence[int],
) -> None:
    """Where several movements pay for one application, the first counts and a person sees the rest.

    If the first rests on a name alone and a later one on a number, neither is taken: the name may
    be a namesake's. A payment that waits for a person counts as the first one too, when it names
    the application by number and pays a price.
    """
    claims: dict[int, list[int]] = {}
    waiting: set[int] = set()
    for index in order:
        decision = decisions[index]
        for share in decision.postings:
            claims.setdefault(share.application, []).append(index)
        if movements[index].amount in published.single and _waits_for_its_applicant(decision):
            waiting.add(index)
            claims.setdefault(decision.candidates[0].application, []).append(index)
    refused: set[int] = set()
    for claimants in claims.values():
        standing = [index for index in claimants if index not in refused]
        if len(standing) < 2:
            continue
        first, *later = standing
        refused.update(later)
        if not _by_number(decisions[first]) and any(_by_number(decisions[each]) for each in later):
            refused.add(first)
    for index in refused - waiting:
        decisions[index] = replace(
            decisions[index],
            outcome="review",
            reasons=(*decisions[index].reasons, "PAID-TWICE"),
            postings=(),
            excess=0,
        )


def _by_number(decision: Decision) -> bool:
    return any(reason.startswith(("NUMBER-", "CODE-")) for reason in decision.reasons)


def _waits_for_its_applicant(decision: Decision) -> bool:
    """Whether a review is in all likelihood a payment for its first candidate."""
    return (
        decision.outcome == "review"
        and (
            "CODE-EXACT" in decision.reasons or {"NUMBER-EXACT", "PURPOSE"} <= set(decision.reasons)
        )
        and not _NOT_FOR_ITS_FIRST.intersection(decision.reasons)
        and bool(decision.candidates)
    )


def _link_what_goes_back(
    decisions: list[Decision], movements: Sequence[Movement], order: Sequence[int]
) -> None:
    """Link money that goes back to the latest earlier payment of that amount for that person.

    A part of a payment for several people may go back alone. Where no earlier payment fits, one of
    the same day does: within a day not every bank keeps the order.
    """
    paid: dict[tuple[int, int], list[int]] = {}
    given_back: set[tuple[int, int | None]] = set()

    def link(index: int) -> bool:
        amount, day = -movements[index].amount, movements[index].date
        for application in _involved(decisions[index]):
            for payment in reversed(paid.get((application, amount), ())):
                part = None if movements[payment].amount == amount else application
                if (payment, part) not in given_back and movements[payment].date <= day:
                    given_back.add((payment, part))
                    decisions[index] = replace(decisions[index], reverses=payment)
                    return True
        return False

    unlinked = []
    for index in order:
        decision, amount = decisions[index], movements[index].amount
        if decision.outcome not in ("matched", "review"):
            continue
        if amount > 0:
            parts = [(share.application, share.amount) for share in decision.postings]
            wholes = [(application, amount) for application in _involved(decision)]
            for key in dict.fromkeys(wholes + parts):
                paid.setdefault(key, []).append(index)
        elif "REVERSAL" in decision.reasons and not link(index):
            unlinked.append(index)
    for index in unlinked:
        link(index)


def _involved(decision: Decision) -> list[int]:
    return [candidate.application for candidate in decision.candidates]
