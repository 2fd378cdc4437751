"""The sums of a reconciled statement, as the finance office checks them. Amounts are kuruş."""

from collections.abc import Iterable
from dataclasses import dataclass

from esignctl.payments.decisions import Line
from esignctl.payments.statements import Statement


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over movements: ``outgoing`` is negative, ``posted`` went to applications."""

    movements: int
    incoming: int
    outgoing: int
    posted: int
    excess: int

    @property
    def net(self) -> int:
        """By how much the movements change the balance."""
        return self.incoming + self.outgoing


def totals(lines: Iterable[Line]) -> Totals:
    """The sums over ``lines``."""
    lines = list(lines)
    amounts = [line.movement.amount for line in lines]
    return Totals(
        len(lines),
        sum(amount for amount in amounts if amount > 0),
        sum(amount for amount in amounts if amount < 0),
        sum(share.amount for line in lines for share in line.decision.postings),
        sum(line.decision.excess for line in lines),
    )


def balances(statement: Statement) -> tuple[int, int] | None:
    """The balance before the first movement and after the last one, if the statement tells."""
    if statement.opening is not None and statement.closing is not None:
        return statement.opening, statement.closing
    movements = list(statement.movements)
    if not movements:
        return None
    if statement.newest_first:
        movements.reverse()
    # within a day the order of the file holds; sheets may stand in any order
    movements.sort(key=lambda movement: movement.date)
    first, last = movements[0], movements[-1]
    if first.balance is None or last.balance is None:
        return None
    return first.balance - first.amount, last.balance
