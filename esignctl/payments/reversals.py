"""Links money that goes back to the payment of an earlier file that it returns.

Within a file ``matching`` has linked it already. A refund often comes weeks after its payment,
though, and so in another file.
"""

from collections.abc import Sequence

from esignctl.payments.decisions import Earlier, Line
from esignctl.registry import Connection, ledger
from esignctl.registry.ledger import Received


class EarlierPayments:
    """The payments of the registry, and of the files that this run has decided on before."""

    def __init__(self) -> None:
        self._seen: list[Received] = []
        self._given_back: set[tuple[int, int | None]] = set()
        self._unkept = 0

    def link(self, lines: Sequence[Line], connection: Connection) -> list[Line]:
        """The lines, with those that give an earlier payment back linked to it."""
        return [
            line._replace(gives_back=self._payment(line, connection))
            if "REVERSAL" in line.decision.reasons
            and line.movement.amount < 0
            and line.decision.reverses is None
            else line
            for line in lines
        ]

    def remember(self, file: str, lines: Sequence[Line]) -> None:
        """Let later files of a preview find the payments of this one."""
        # what is not in the registry gets an id below those that are there
        self._unkept -= len(lines)
        for place, line in enumerate(lines):
            amount = line.movement.amount
            parts = [(share.application, share.amount) for share in line.decision.postings]
            wholes = [(candidate.application, amount) for candidate in line.decision.candidates]
            self._seen += [
                Received(
                    self._unkept + place,
                    file,
                    line.movement.row,
                    line.movement.date,
                    part,
                    application,
                    part == amount,
                )
                for application, part in dict.fromkeys(wholes + parts)
                if amount > 0
            ]
            if line.decision.reverses is not None:
                paid = lines[line.decision.reverses]
                whole = paid.movement.amount == -amount
                self._given_back |= {
                    (self._unkept + line.decision.reverses, None if whole else application)
                    for application, _amount in wholes
                }

    def _payment(self, line: Line, connection: Connection) -> Earlier | None:
        """The latest earlier payment of that amount for the likeliest application that has one."""
        amount = -line.movement.amount
        for candidate in line.decision.candidates:
            application = candidate.application
            found = ledger.received(connection, application, amount)
            found += [
                each
                for each in self._seen
                if (each.application_id, each.amount) == (application, amount)
            ]
            found.sort(key=lambda each: each.booked_on)
            for each in reversed(found):
                key = (each.movement_id, None if each.whole else application)
                if each.booked_on <= line.movement.date and key not in self._given_back:
                    self._given_back.add(key)
                    movement_id = each.movement_id if each.movement_id > 0 else None
                    return Earlier(each.file_name, each.row_number, movement_id)
        return None
