"""The rules by which a person posts a movement, sets it aside, or takes that back.

Pure: what stands in the registry comes in as values, what shall be written goes out as values.
Amounts are integer kuruş. Money that comes in is posted with positive amounts, money that goes
back with negative ones; a movement never gives away more than its own amount, and an application
never gives back more than was paid for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from esignctl.errors import (
    AmountsDoNotAddUp,
    AmountUnusable,
    ApplicationCancelled,
    ApplicationNamedTwice,
    ApplicationNotNamed,
    MovementDecided,
    MovementUndecided,
    NothingOutstanding,
    PaidLessThanGivenBack,
)
from esignctl.i18n import N_, _
from esignctl.payments.decisions import Share
from esignctl.payments.outstanding import surplus
from esignctl.registry.accounts import Rest
from esignctl.registry.ledger import PostedAmount, StoredMovement
from esignctl.registry.payments import Posting
from esignctl.text import money, tckn

DECISIONS: dict[str, str] = {
    "matched": N_("posted"),
    "review": N_("to be decided"),
    "unrelated": N_("unrelated"),
    "dismissed": N_("dismissed"),
}
"""Every decision a movement of the registry can have, with its name for people."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An application that a person names for a movement; without an amount, the rules find it."""

    application: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An application as the ledger sees it; ``due`` is None where no price is known."""

    id: int
    number: str
    due: int | None
    paid: int
    cancelled: bool = False

    @property
    def outstanding(self) -> int | None:
        """What is still to be paid, or None where no price is known."""
        return None if self.due is None else max(0, self.due - self.paid)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a movement gives to which application, and what of its money no fee explains.

    ``settles`` is the movement whose unposted rest goes back with it, if any.
    """

    shares: tuple[Share, ...]
    excess: int
    settles: int | None = None


def parse_wish(text: str) -> Wish:
    """``2021-10413`` or ``2021-10413=218,30``. Raises ``AmountUnusable``."""
    number, equals, amount = text.rpartition("=")
    if not equals:
        return Wish(text.strip())
    try:
        return Wish(number.strip(), money.parse_kurus(amount))
    except ValueError:
        raise AmountUnusable(text=tckn.mask_within(amount.strip())) from None


def live(postings: Iterable[PostedAmount]) -> tuple[PostedAmount, ...]:
    """The postings that hold: neither counter-entries nor undone by one."""
    postings = tuple(postings)
    undone = {posting.reverses_posting_id for posting in postings}
    return tuple(
        posting
        for posting in postings
        if posting.reverses_posting_id is None and posting.posting_id not in undone
    )


def mirrored(reversed_postings: Iterable[PostedAmount], amount: int) -> tuple[Wish, ...]:
    """The applications of a payment that is given back whole, each with what it had got.

    Empty when ``amount``, which is negative, gives back another sum.
    """
    postings = live(reversed_postings)
    if sum(posting.amount for posting in postings) != -amount:
        return ()
    return tuple(Wish(posting.application, posting.amount) for posting in postings)


def accept(
    movement: StoredMovement,
    wishes: Sequence[Wish],
    standings: Mapping[str, Standing],
    rests: Sequence[Rest] = (),
) -> Acceptance:
    """What posting ``movement`` to the applications that a person names comes to.

    ``standings`` holds every application named. One application without an amount takes the whole
    movement; several without amounts take their outstanding fees, which must then add up to it.
    ``rests`` are the parts of earlier payments that were posted to no application: money that goes
    back is taken from one of these where it is exactly that rest. Raises an error that says what to
    write instead when the rules do not allow it.
    """
    _refuse_unless(movement, "review", "unrelated")
    if (rest := _rest(movement, wishes, standings, rests)) is not None:
        return Acceptance((), 0, rest.movement_id)
    if not wishes:
        raise ApplicationNotNamed(movement=movement.id)
    amount = movement.movement.amount
    sign = -1 if amount < 0 else 1
    named = [standings[wish.application] for wish in wishes]
    if len({standing.id for standing in named}) < len(named):
        raise ApplicationNamedTwice(movement=movement.id)
    amounts = _magnitudes(movement, wishes, named)
    if sum(amounts) > abs(amount):
        raise AmountsDoNotAddUp(
            sum=money.show(sum(amounts)),
            movement=movement.id,
            amount=money.show(abs(amount)),
            example=_example(movement, named),
        )
    for standing, share in zip(named, amounts, strict=True):
        if sign > 0 and standing.cancelled:
            raise ApplicationCancelled(application=standing.number)
        if sign < 0 and share > standing.paid:
            raise PaidLessThanGivenBack(
                application=standing.number,
                paid=money.show(standing.paid),
                amount=money.show(share),
            )
    return Acceptance(
        tuple(
            Share(standing.id, sign * share) for standing, share in zip(named, amounts, strict=True)
        ),
        _excess(amount, amounts, named),
    )


def dismiss(movement: StoredMovement) -> None:
    """Whether ``movement`` can be set aside; raises ``MovementDecided`` if it cannot."""
    _refuse_unless(movement, "review")


def undo(movement: StoredMovement, paid: Mapping[int, int]) -> tuple[Posting, ...]:
    """The counter-entries that take back the decision on ``movement``.

    ``paid`` tells, by application id, the sum posted to every application that it gave to.
    """
    if movement.movement.decision not in ("matched", "dismissed"):
        raise MovementUndecided(
            movement=movement.id, decision=_(DECISIONS[movement.movement.decision])
        )
    postings = live(movement.postings)
    for posting in postings:
        if paid[posting.application_id] - posting.amount < 0:
            raise PaidLessThanGivenBack(
                application=posting.application,
                paid=money.show(paid[posting.application_id]),
                amount=money.show(posting.amount),
            )
    return tuple(
        Posting(movement.id, posting.application_id, -posting.amount, "person", posting.posting_id)
        for posting in postings
    )


def _rest(
    movement: StoredMovement,
    wishes: Sequence[Wish],
    standings: Mapping[str, Standing],
    rests: Sequence[Rest],
) -> Rest | None:
    """The unposted rest of a payment that ``movement`` gives back, and nothing but that rest.

    It is the payment's that it is linked to, or that of the one application named, which was not
    paid too much itself.
    """
    amount, reverses = -movement.movement.amount, movement.movement.reverses_movement_id
    fitting = [rest for rest in rests if rest.amount == amount]
    if not wishes:
        return next((rest for rest in fitting if rest.movement_id == reverses), None)
    if len(wishes) > 1 or wishes[0].amount not in (None, amount, -amount):
        return None
    standing = standings[wishes[0].application]
    if surplus(standing.due, standing.paid, standing.cancelled) >= amount:
        return None
    return next((rest for rest in fitting if standing.id in rest.applications), None)


def _refuse_unless(movement: StoredMovement, *decisions: str) -> None:
    decision = movement.movement.decision
    if decision not in decisions:
        raise MovementDecided(movement=movement.id, decision=_(DECISIONS[decision]))


def _magnitudes(
    movement: StoredMovement, wishes: Sequence[Wish], named: Sequence[Standing]
) -> list[int]:
    """What each application gets or gives back, without sign."""
    whole = movement.movement.amount
    if len(wishes) == 1 and wishes[0].amount is None:
        wishes = [Wish(wishes[0].application, whole)]
    amounts = []
    for wish, standing in zip(wishes, named, strict=True):
        amount = wish.amount if wish.amount is not None else _share_due(movement, standing, named)
        # money that goes back may be written with its sign or without
        amount = abs(amount) if whole < 0 else amount
        if amount <= 0:
            raise AmountUnusable(text=money.show(amount))
        amounts.append(amount)
    if any(wish.amount is None for wish in wishes) and sum(amounts) != abs(whole):
        raise AmountsDoNotAddUp(
            sum=money.show(sum(amounts)),
            movement=movement.id,
            amount=money.show(abs(whole)),
            example=_example(movement, named),
        )
    return amounts


def _share_due(movement: StoredMovement, standing: Standing, named: Sequence[Standing]) -> int:
    share = standing.paid if movement.movement.amount < 0 else standing.outstanding
    if not share:
        raise NothingOutstanding(application=standing.number, example=_example(movement, named))
    return share


def _excess(amount: int, amounts: Sequence[int], named: Sequence[Standing]) -> int:
    if amount < 0:
        return 0
    explained = sum(
        share if standing.outstanding is None else min(share, standing.outstanding)
        for standing, share in zip(named, amounts, strict=True)
    )
    return amount - explained


def _example(movement: StoredMovement, named: Sequence[Standing]) -> str:
    """The command with an amount for each application, as a person may write it."""
    gives_back = movement.movement.amount < 0
    words = ["esignctl payments accept", str(movement.id)]
    for standing in named:
        share = standing.paid if gives_back else standing.outstanding
        words.append(f"{standing.number}={money.show(share) if share else '…'}")
    return " ".join(words)
