"""What is decided about a movement, as values that know no file and no database.

There are as many as movements, and they go from process to process: named tuples are made, and
sent, several times as fast as dataclasses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from esignctl.payments.statements import Movement, Statement

Outcome = Literal["matched", "review", "unrelated", "known"]


class Share(NamedTuple):
    """A part of a movement for one application, in kuruş."""

    application: int
    amount: int


class Candidate(NamedTuple):
    """An application that a movement may belong to; ``score`` is from 0 to 1."""

    application: int
    score: float


class Decision(NamedTuple):
    """The outcome for one movement, with its reason codes (``reasons.py``).

    ``excess`` is what was paid beyond the fees, in kuruş. ``reverses`` is the index, in the same
    list of movements, of the payment that this one gives back.
    """

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    postings: tuple[Share, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    excess: int = 0
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A movement of an earlier file, with its id once it is in the registry."""

    file: str
    row: int
    movement_id: int | None


class Line(NamedTuple):
    """A movement of a statement with its decision, and its id once it is in the registry.

    ``gives_back`` is the payment that it returns, if that came in an earlier file.
    """

    movement: Movement
    decision: Decision
    movement_id: int | None = None
    gives_back: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A whole statement, decided; ``numbers`` gives the number of every application in it."""

    statement: Statement
    lines: Sequence[Line]
    numbers: dict[int, str]

    def given_back(self, line: Line) -> Earlier | None:
        """The payment that a line returns, of this file or of an earlier one."""
        if line.decision.reverses is None:
            return line.gives_back
        paid = self.lines[line.decision.reverses]
        return Earlier(self.statement.file, paid.movement.row, paid.movement_id)
