"""Whose payment is it? From movements, applications and prices to decisions, and nothing else.

Each movement is judged alone first: what it is for, who it names, and whether the published fees
explain its amount. Then the whole file is looked at: an application is paid for once, and money
that goes back is linked to the payment that it returns.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from esignctl.payments import claims, description, weights
from esignctl.payments.claims import Prices, not_payable
from esignctl.payments.codes import Sighting, blanked
from esignctl.payments.cores import ENOUGH, shared
from esignctl.payments.decisions import Candidate, Decision, Share
from esignctl.payments.description import Description, Purpose
from esignctl.payments.directory import Directory
from esignctl.payments.identity import Identity, Tier, identify
from esignctl.payments.learned import Lesson, Lessons
from esignctl.payments.scene import scene
from esignctl.payments.statements import Movement
from esignctl.payments.whole_file import chronological, let_each_be_paid_once, link_what_goes_back
from esignctl.text.folding import fold, fold_all

CANDIDATES = 5

# A description without any of these says nothing of an electronic signature (vocabulary.ESIGN).
_HINTS = ("imz", "mza", "inz", "imsa", "imaz", "e im", "e-im", "ima", "kamu", "nitelikli", "nes ")
_SPACED_HINT = re.compile(r"(?<![a-z])e\W{1,5}i")
_LONG_NUMBER = re.compile(r"\d(?:\W?\d){8}")
_REVERSAL_HINTS = ("iade", "iptal", "geri", "ters", "storno", "sehven", "hatal", "duzelt")

_UNRELATED = {
    code: Decision("unrelated", (code,)) for code in ("NO-SIGN", "OTHER-PURPOSE", "OUTGOING")
}


def decide(
    movements: Sequence[Movement],
    directory: Directory,
    published: Prices,
    newest_first: bool,
    own_names: Sequence[str] = (),
    lessons: Iterable[Lesson] = (),
    advance: Callable[[int], None] = lambda _movements: None,
) -> list[Decision]:
    """A decision for each movement, in the same order; ``advance`` is told how many more are done.

    ``own_names`` are the names of the account's holder, as they are written; ``lessons`` what
    people's earlier decisions taught.
    """
    judge = _Judge(directory, published, own_names, Lessons(lessons))
    if len(movements) >= ENOUGH:
        directory.make_ready()
    texts = fold_all([movement.description for movement in movements])
    rows = [
        (movement.amount, movement.date, text)
        for movement, text in zip(movements, texts, strict=True)
    ]
    decisions = shared(judge.each_alone, rows, advance)
    order = chronological(decisions, movements, newest_first)
    let_each_be_paid_once(decisions, movements, published, order)
    link_what_goes_back(decisions, movements, order)
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
        claimed = claims.claim(identity, amount, self._published, text.kinds)
        evidence = (
            *identity.reasons,
            *purpose_reason,
            *claimed.reasons,
            *claims.dates(claimed, day, identity.tier),
        )
        if identity.unexplained and not says_so:
            # a name without a word about what for may pay for anything
            evidence += ("OTHER-WORDS",)
        if weights.may_post(evidence):
            shares = tuple(Share(each.id, paid) for each, paid in claimed.shares)
            candidates = _candidates(identity, evidence, amount)
            return Decision("matched", evidence, shares, candidates, claimed.excess)
        if weights.VETOES.isdisjoint(evidence):
            evidence += ("IDENTITY-WEAK",)
        return _for_a_person(identity, evidence, amount)

    def _money(self, amount: int) -> tuple[str, ...]:
        if amount in self._published.single or amount in self._published.sums:
            return ()
        return ("AMOUNT-UNEXPLAINED",)


def _for_a_person(identity: Identity, reasons: Iterable[str], amount: int) -> Decision:
    """A review with everything that helps to decide it."""
    codes = list(dict.fromkeys((*identity.reasons, *reasons)))
    if identity.doubt is not None and identity.doubt not in codes:
        codes.append(identity.doubt)
    for who in identity.people:
        problem = not_payable(who)
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
