"""What a person does to movements in the registry, each step with its audit rows.

Every function runs inside one write transaction, reads the movement there, and so sees what
anybody else has decided a moment before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from esignctl.errors import NotFound, ReasonMissing
from esignctl.i18n import _
from esignctl.payments import ledger, teaching
from esignctl.payments.ledger import Standing, Wish
from esignctl.registry import Connection, Transaction, accounts, learning
from esignctl.registry import ledger as store
from esignctl.registry.ledger import StoredMovement
from esignctl.registry.payments import Posting, add_postings, decide, link_reversals
from esignctl.text import tckn

LookUp = Callable[[str], Standing]
"""Finds the application with a number, or raises an error that says there is none."""


@dataclass(frozen=True, slots=True)
class Account:
    """Our own account: the names of its holder as they are written, and its IBAN."""

    names: Sequence[str] = ()
    iban: str | None = None


_DECIDED, _TAKEN_BACK = "BY-PERSON", "TAKEN-BACK"


def accept(
    transaction: Transaction,
    movement_id: int,
    wishes: Sequence[Wish],
    look_up: LookUp,
    reason: str | None = None,
    account: Account = Account(),
) -> StoredMovement:
    """Post a movement to the applications that a person names; returns it as it is then.

    What it teaches is kept; ``account`` is the one that was paid into, whose names are no payer's.
    Without applications, a movement that gives a payment back goes to those of that payment.
    """
    movement = find(transaction.connection, movement_id)
    reverses = movement.movement.reverses_movement_id
    if not wishes and reverses is not None:
        wishes = ledger.mirrored(
            find(transaction.connection, reverses).postings, movement.movement.amount
        )
    standings = {wish.application: look_up(wish.application) for wish in wishes}
    rests = accounts.rests(transaction.connection) if movement.movement.amount < 0 else []
    acceptance = ledger.accept(movement, wishes, standings, rests)
    if acceptance.settles is not None:
        link_reversals(transaction, [(movement_id, acceptance.settles)])
    add_postings(
        transaction,
        (
            Posting(movement_id, share.application, share.amount, "person")
            for share in acceptance.shares
        ),
    )
    if movement.movement.amount > 0:
        teaching.teach(
            transaction,
            movement_id,
            movement.movement.description,
            [share.application for share in acceptance.shares],
            account.names,
            account.iban,
        )
    return _settle(transaction, movement, "matched", acceptance.excess, reason)


def dismiss(transaction: Transaction, movement_id: int, reason: str) -> StoredMovement:
    """Set a movement aside as none of ours, for a reason that the audit log keeps."""
    if not reason.strip():
        raise ReasonMissing(movement=movement_id)
    movement = find(transaction.connection, movement_id)
    ledger.dismiss(movement)
    return _settle(transaction, movement, "dismissed", 0, reason)


def undo(transaction: Transaction, movement_id: int, reason: str | None = None) -> StoredMovement:
    """Take postings back by counter-entries, or a dismissal: the movement waits again.

    What accepting it taught is forgotten.
    """
    movement = find(transaction.connection, movement_id)
    paid = {
        application_id: store.paid(transaction.connection, application_id)
        for application_id in {posting.application_id for posting in movement.postings}
    }
    add_postings(transaction, ledger.undo(movement, paid))
    learning.take_back(transaction, movement_id)
    return _settle(transaction, movement, "review", 0, reason)


def find(connection: Connection, movement_id: int) -> StoredMovement:
    """The movement, or ``NotFound``."""
    movement = store.movement(connection, movement_id)
    if movement is None:
        raise NotFound(what=_("movement"), name=str(movement_id), lookup="esignctl payments list")
    return movement


def _settle(
    transaction: Transaction,
    movement: StoredMovement,
    decision: str,
    excess: int,
    reason: str | None,
) -> StoredMovement:
    marks = (_DECIDED, _TAKEN_BACK)
    reasons = [code for code in movement.movement.reasons if code not in marks]
    reasons.append(_TAKEN_BACK if decision == "review" else _DECIDED)
    decide(transaction, movement.id, decision, reasons, excess)
    if reason:
        # the log is never erased, so no personal number may get into it
        text = tckn.mask_within(reason.strip())
        transaction.record("movement.reason", f"movement {movement.id}", {"reason": text})
    return find(transaction.connection, movement.id)
