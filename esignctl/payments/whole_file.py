"""What only the whole file tells: each application is paid for once, and what goes back."""

from collections.abc import Sequence

from esignctl.payments.claims import Prices
from esignctl.payments.decisions import Decision
from esignctl.payments.statements import Movement

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


def chronological(
    decisions: Sequence[Decision], movements: Sequence[Movement], newest_first: bool
) -> list[int]:
    """The indexes of the movements that concern us, as they happened.

    Within a day the file's order tells.
    """
    ours = [index for index, each in enumerate(decisions) if each.outcome != "unrelated"]
    if newest_first:
        ours.reverse()
    return sorted(ours, key=lambda index: movements[index].date)


def let_each_be_paid_once(
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
        decisions[index] = decisions[index]._replace(
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


def link_what_goes_back(
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
                    decisions[index] = decisions[index]._replace(reverses=payment)
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
