"""Posting, dismissing and taking back by a person: in the registry."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from esignctl import errors
from esignctl.payments import review
from esignctl.payments.ledger import Wish, live
from esignctl.people.applications import standing
from esignctl.registry import Registry, applications, audit, health, ledger, open_registry, payments
from esignctl.registry.ledger import StoredMovement

from .books import FEES, fill, look_up, movement, paid, record


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A new registry."""
    with open_registry(tmp_path / "registry.db") as registry:
        yield registry


def accept(
    registry: Registry, movement_id: int, *wishes: Wish, reason: str | None = None
) -> StoredMovement:
    with registry.write("payments accept", "ayla") as transaction:
        find = partial(look_up, transaction.connection)
        return review.accept(transaction, movement_id, wishes, find, reason)


def dismiss(registry: Registry, movement_id: int, reason: str = "kira") -> StoredMovement:
    with registry.write("payments dismiss", "ayla") as transaction:
        return review.dismiss(transaction, movement_id, reason)


def undo(registry: Registry, movement_id: int) -> StoredMovement:
    with registry.write("payments undo", "ayla") as transaction:
        return review.undo(transaction, movement_id)


def state(registry: Registry) -> str:
    with registry.read() as connection:
        [dossier] = applications.dossiers(connection, application_id=1)
    return standing(dossier, FEES).state


def test_an_accepted_movement_is_posted_by_a_person(registry: Registry) -> None:
    [waiting] = fill(registry, [record()])
    accepted = accept(registry, waiting, Wish("2021-1"))
    assert accepted.movement.decision == "matched"
    assert [(each.application, each.amount) for each in accepted.postings] == [("2021-1", 21830)]
    with registry.read() as connection:
        assert ledger.payments_of(connection, 1)[0].source == "person"


def test_the_state_of_the_application_follows(registry: Registry) -> None:
    [waiting] = fill(registry, [record(10000)])
    accept(registry, waiting, Wish("2021-1"))
    assert state(registry) == "short-paid"
    undo(registry, waiting)
    assert state(registry) == "awaiting-payment"


def test_the_excess_is_kept(registry: Registry) -> None:
    [waiting] = fill(registry, [record(30000)])
    accept(registry, waiting, Wish("2021-1"))
    assert movement(registry, waiting).movement.excess == 8170


def test_taking_back_restores_everything_but_the_trace(registry: Registry) -> None:
    [waiting] = fill(registry, [record(30000)])
    before = movement(registry, waiting)
    accept(registry, waiting, Wish("2021-1"))
    after = undo(registry, waiting)
    assert after.candidates == before.candidates
    assert live(after.postings) == live(before.postings) == ()
    assert after.movement == before.movement._replace(
        reasons=(*before.movement.reasons, "TAKEN-BACK")
    )
    assert paid(registry, "2021-1") == 0


def test_an_automatic_posting_is_taken_back_too(registry: Registry) -> None:
    [matched] = fill(registry, [record(decision="matched", excess=5)])
    with registry.write("reconcile") as transaction:
        payments.add_postings(transaction, [payments.Posting(matched, 1, 21825, "auto")])
    after = undo(registry, matched)
    assert (after.movement.decision, after.movement.excess) == ("review", 0)
    assert paid(registry, "2021-1") == 0


def test_postings_are_never_deleted(registry: Registry) -> None:
    [waiting] = fill(registry, [record()])
    accept(registry, waiting, Wish("2021-1"))
    undo(registry, waiting)
    accept(registry, waiting, Wish("2021-2"))
    amounts = [each.amount for each in movement(registry, waiting).postings]
    assert amounts == [21830, -21830, 21830]


def test_a_dismissal_is_taken_back(registry: Registry) -> None:
    [waiting] = fill(registry, [record()])
    assert dismiss(registry, waiting).movement.decision == "dismissed"
    assert undo(registry, waiting).movement.decision == "review"


def test_a_reversal_goes_to_the_applications_of_the_payment(registry: Registry) -> None:
    payment, reversal = fill(registry, [record(fingerprint="a"), record(-21830, fingerprint="b")])
    with registry.write("reconcile") as transaction:
        payments.link_reversals(transaction, [(reversal, payment)])
    accept(registry, payment, Wish("2021-1"))
    accept(registry, reversal)
    assert paid(registry, "2021-1") == 0
    with pytest.raises(errors.PaidLessThanGivenBack):
        undo(registry, payment)
    undo(registry, reversal)
    assert paid(registry, "2021-1") == 21830


def test_a_reversal_of_what_nobody_posted_needs_an_application(registry: Registry) -> None:
    payment, reversal = fill(registry, [record(fingerprint="a"), record(-21830, fingerprint="b")])
    with registry.write("reconcile") as transaction:
        payments.link_reversals(transaction, [(reversal, payment)])
    with pytest.raises(errors.ApplicationNotNamed):
        accept(registry, reversal)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_dismissal_needs_a_reason(registry: Registry, reason: str) -> None:
    [waiting] = fill(registry, [record()])
    with pytest.raises(errors.ReasonMissing):
        dismiss(registry, waiting, reason)


@pytest.mark.parametrize(
    "act",
    [partial(accept), dismiss, undo],
    ids=["accept", "dismiss", "undo"],
)
def test_a_movement_that_is_not_there_is_named(
    registry: Registry, act: Callable[[Registry, int], StoredMovement]
) -> None:
    fill(registry, [])
    with pytest.raises(errors.NotFound):
        act(registry, 99)


def test_a_refused_posting_leaves_no_trace(registry: Registry) -> None:
    [waiting] = fill(registry, [record()])
    before = movement(registry, waiting)
    with registry.read() as connection:
        entries = len(list(audit.read_all(connection)))
    with pytest.raises(errors.AmountsDoNotAddUp):
        accept(registry, waiting, Wish("2021-1", 21830), Wish("2021-2", 1))
    assert movement(registry, waiting) == before
    with registry.read() as connection:
        assert len(list(audit.read_all(connection))) == entries


def test_the_audit_log_tells_who_when_and_why(registry: Registry) -> None:
    [waiting] = fill(registry, [record()])
    dismiss(registry, waiting, "kira ödemesi")
    with registry.read() as connection:
        [told] = ledger.history(connection, waiting)
    assert (told.actor, told.command, told.decision) == ("ayla", "payments dismiss", "dismissed")
    assert told.reason == "kira ödemesi"
    assert told.at.endswith("Z")


def test_a_personal_number_in_a_reason_is_masked_in_the_log(registry: Registry) -> None:
    [waiting] = fill(registry, [record()])
    dismiss(registry, waiting, "10000000146 başvurmamış")
    with registry.read() as connection:
        log = [row.entry.detail for row in audit.read_all(connection)]
    assert not any("10000000146" in detail for detail in log)


class Ledger(RuleBasedStateMachine):
    """Any sequence of what people do to movements of either direction."""

    NUMBERS = st.sampled_from(["2021-1", "2021-2"])
    MOVEMENTS = st.integers(0, 4)

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.registry = self.stack.enter_context(open_registry(folder / "registry.db"))
        amounts = (21830, 14750, 36580, -21830, -14750)
        self.ids = fill(
            self.registry,
            [record(amount, fingerprint=str(place)) for place, amount in enumerate(amounts)],
        )
        self.postings = 0

    def teardown(self) -> None:
        self.stack.close()

    @rule(
        place=MOVEMENTS,
        wishes=st.lists(
            st.builds(Wish, NUMBERS, st.none() | st.integers(1, 40000)), min_size=1, max_size=2
        ),
    )
    def accept(self, place: int, wishes: list[Wish]) -> None:
        before = paid(self.registry, "2021-1"), paid(self.registry, "2021-2")
        try:
            accept(self.registry, self.ids[place], *wishes)
        except errors.EsignctlError:
            assert before == (paid(self.registry, "2021-1"), paid(self.registry, "2021-2"))

    @rule(place=MOVEMENTS)
    def dismiss(self, place: int) -> None:
        try:
            dismiss(self.registry, self.ids[place])
        except errors.MovementDecided:
            assert movement(self.registry, self.ids[place]).movement.decision != "review"

    @rule(place=MOVEMENTS)
    def undo(self, place: int) -> None:
        try:
            undo(self.registry, self.ids[place])
        except (errors.MovementUndecided, errors.PaidLessThanGivenBack):
            return
        assert movement(self.registry, self.ids[place]).movement.decision == "review"

    @invariant()
    def the_registry_is_sound(self) -> None:
        assert health.verify(self.registry) == []

    @invariant()
    def nobody_gets_back_more_than_was_paid(self) -> None:
        assert paid(self.registry, "2021-1") >= 0
        assert paid(self.registry, "2021-2") >= 0

    @invariant()
    def only_posted_movements_have_live_postings(self) -> None:
        for each in self.ids:
            found = movement(self.registry, each)
            assert bool(live(found.postings)) == (found.movement.decision == "matched")
            net = sum(posting.amount for posting in found.postings)
            assert net == sum(posting.amount for posting in live(found.postings))

    @invariant()
    def no_posting_disappears(self) -> None:
        number = sum(len(movement(self.registry, each).postings) for each in self.ids)
        assert number >= self.postings
        self.postings = number


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
