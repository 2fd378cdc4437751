"""Links money that goes back to the payment of an earlier file that it returns.

Within a file ``matching`` has linked it already. A refund often comes weeks after its payment,
though, and so in another file.
"""

from collections.abc import Sequence
from dataclasses import replace

from esignctl.payments.decisions import Earlier, Line
from esignctl.registry import Connection, ledger
from esignctl.registry.ledger import Received


class EarlierPayments:
    """The payments of the registry, and of the files that this run has decided on before."""

    def __init__(self) -> None:
        self._seen: list[Received] = []
        self._given_back: set[Earlier] = set()

    def link(self, lines: Sequence[Line], connection: Connection) -> list[Line]:
        """The lines, with those that give an earlier payment back linked to it."""
        return [
            replace(line, gives_back=self._payment(line, connection))
            if "REVERSAL" in line.decision.reasons
            and line.movement.amount < 0
            and line.decision.reverses is None
            else line
            for line in lines
        ]

    def remember(self, file: str, lines: Sequence[Line]) -> None:
        """Let later files of a preview find the payments of this one."""
        returned = {line.decision.reverses for line in lines}
        self._seen += [
            Received(
                None,
                file,
                line.movement.row,
                line.movement.date,
                line.movement.amount,
                candidate.application,
            )
            for place, line in enumerate(lines)
            if line.movement.amount > 0 and place not in returned
            for candidate in line.decision.candidates
        ]

    def _payment(self, line: Line, connection: Connection) -> Earlier | None:
        """The latest earlier payment of that amount for the likeliest application that has one."""
        amount = -line.movement.amount
        for candidate in line.decision.candidates:
            application = candidate.application
            found = ledger.received(connection, application, amount)
            found += [each for each in self._seen if each[4:] == (amount, application)]
            found.sort(key=lambda each: each.booked_on)
            for each in reversed(found):
                payment = Earlier(each.file_name, each.row_number, each.movement_id)
                if each.booked_on <= line.movement.date and payment not in self._given_back:
                    self._given_back.add(payment)
                    return payment
        return None
