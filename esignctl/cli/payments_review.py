"""``esignctl payments review``: on a terminal from one open decision to the next, a key each."""

import sys
from dataclasses import dataclass, field
from functools import partial

from esignctl.cli import keyboard, movements, render
from esignctl.cli.movements import Standings
from esignctl.cli.session import Session
from esignctl.errors import EsignctlError, MovementDecided
from esignctl.i18n import _, ngettext
from esignctl.payments import ledger, review
from esignctl.payments.ledger import Wish
from esignctl.registry import Registry
from esignctl.registry import ledger as store
from esignctl.registry.ledger import StoredMovement
from esignctl.result import Block, Heading, Note, Result
from esignctl.text import dates, money


class _Quit(Exception):
    """The person has had enough."""


@dataclass(slots=True)
class Walk:
    """A walk through the open decisions; each is a transaction of its own.

    ``decided`` are the movements that were decided, in that order, so that the last one can be
    taken back.
    """

    session: Session
    registry: Registry
    waiting: list[int]
    decided: list[int] = field(default_factory=list)

    def run(self) -> Result:
        """Walk until nothing is left or the person quits."""
        place = 0
        try:
            while place < len(self.waiting):
                place = self._visit(place)
        except _Quit:
            pass
        return self._told()

    def _told(self) -> Result:
        """What was decided, and how much is left."""
        with self.registry.read() as connection:
            done = [review.find(connection, each) for each in self.decided]
            left = len(store.open_reviews(connection))
        counts = [
            ngettext("{count} decided", "{count} decided", len(done)).format(count=len(done)),
            ngettext("{count} still waits", "{count} still wait", left).format(count=left),
        ]
        return Result(
            {
                "decided": [movements.as_json(self.session, each) for each in done],
                "waiting": left,
            },
            attention=left > 0,
            view=[Note("; ".join(counts) + ".")],
        )

    def _visit(self, place: int) -> int:
        """Show one movement and do what is asked; returns the place of the next one."""
        with self.registry.read() as connection:
            stored = review.find(connection, self.waiting[place])
            known = movements.standings(self.session, connection)
        if stored.movement.decision != "review":
            return place + 1
        render.show(
            [
                *self._title(stored, place),
                *movements.card(self.session, stored, known, heading=False, numbered=True),
            ]
        )
        while True:
            try:
                following = self._obey(self._ask(stored), stored, known, place)
                if following is not None:
                    return following
            except MovementDecided as error:
                render.tell_error(error)
                return place + 1
            except EsignctlError as error:
                render.tell_error(error)

    def _title(self, stored: StoredMovement, place: int) -> list[Block]:
        movement = stored.movement
        title = _("{place}/{count} · movement {id} · {day} · {amount} TL").format(
            place=place + 1,
            count=len(self.waiting),
            id=stored.id,
            day=dates.show(movement.booked_on),
            amount=money.show(movement.amount),
        )
        return [Note(""), Heading(title)]

    def _ask(self, stored: StoredMovement) -> str:
        count = len(stored.candidates)
        keys = [_("[a] accept")]
        if count > 1:
            keys[0] = _("[1-{count}] accept").format(count=count)
        keys += [_("[s] split"), _("[o] other application"), _("[d] dismiss"), _("[l] later")]
        if self.decided:
            keys.append(_("[u] undo the last"))
        keys.append(_("[q] quit"))
        key = keyboard.read_key("  ".join(keys) + " > ")
        _say(key or "")
        if key is None:
            raise _Quit
        return key

    def _obey(self, key: str, stored: StoredMovement, known: Standings, place: int) -> int | None:
        """Do what a key asks for; the place of the next movement, or None to ask again."""
        numbers = [candidate.application for candidate in stored.candidates]
        if key in "qQ":
            raise _Quit
        if key in "lL":
            return place + 1
        if key in "uU" and self.decided:
            return self._undo()
        if key in "dD":
            reason = self._line(_("Why is it none of ours? (Enter alone: back) "))
            return self._dismiss(stored, reason, place) if reason else None
        if key in "aA":
            if self._gives_back_posted(stored):
                return self._accept(stored, [], place)
            if len(numbers) > 1:
                prompt = _("Which one? {numbers} ").format(numbers=f"1-{len(numbers)}")
                key = keyboard.read_key(prompt) or ""
                _say(key)
            else:
                key = "1" if numbers else "o"
        if key.isdecimal() and 0 < int(key) <= len(numbers):
            return self._accept(stored, [Wish(numbers[int(key) - 1])], place)
        if key in "oO":
            written = self._line(_("Application number (Enter alone: back): "))
            return self._accept(stored, _wishes(written, numbers), place) if written else None
        if key in "sS":
            _say(
                _("Applications with amounts, such as: {example}").format(
                    example=_example(stored, known)
                )
            )
            written = self._line(_("Split (Enter alone: back): "))
            return self._accept(stored, _wishes(written, numbers), place) if written else None
        _say(_("There is no key {key} here.").format(key=key))
        return None

    def _gives_back_posted(self, stored: StoredMovement) -> bool:
        """Whether the movement is linked to a payment whose postings tell where it belongs."""
        reverses = stored.movement.reverses_movement_id
        if reverses is None:
            return False
        with self.registry.read() as connection:
            return review.find(connection, reverses).movement.decision == "matched"

    def _accept(self, stored: StoredMovement, wishes: list[Wish], place: int) -> int:
        with self.registry.write(self.session.command) as transaction:
            look_up = partial(movements.account, self.session, transaction.connection)
            after = review.accept(
                transaction,
                stored.id,
                wishes,
                look_up,
                account=movements.our_account(self.session),
            )
        self._note(after, _("Movement {id} is posted."))
        with self.registry.read() as connection:
            for each in movements.learned(connection, after):
                _say(f"  {each.message}")
        return place + 1

    def _dismiss(self, stored: StoredMovement, reason: str, place: int) -> int:
        with self.registry.write(self.session.command) as transaction:
            after = review.dismiss(transaction, stored.id, reason)
        self._note(after, _("Movement {id} is dismissed."))
        return place + 1

    def _undo(self) -> int:
        last = self.decided[-1]
        with self.registry.write(self.session.command) as transaction:
            review.undo(transaction, last)
        self.decided.pop()
        _say(_("Movement {id} waits for a decision again.").format(id=last))
        return self.waiting.index(last)

    def _note(self, after: StoredMovement, told: str) -> None:
        self.decided.append(after.id)
        _say(told.format(id=after.id))
        for posting in ledger.live(after.postings):
            _say(f"  {posting.application}  {money.show(posting.amount)} TL")
        if after.movement.excess:
            text = _("  {amount} TL are more than what was owed: see 'esignctl payments open'.")
            _say(text.format(amount=money.show(after.movement.excess)))

    def _line(self, prompt: str) -> str:
        _say(prompt, end="")
        line = keyboard.read_line()
        if line is None:
            raise _Quit
        return line


def _wishes(written: str, numbers: list[str]) -> list[Wish]:
    """What was typed, where a candidate may be named by its place: ``1=218,30 2``."""
    wishes = []
    for text in written.split():
        wish = ledger.parse_wish(text)
        if wish.application.isdecimal() and 0 < int(wish.application) <= len(numbers):
            wish = Wish(numbers[int(wish.application) - 1], wish.amount)
        wishes.append(wish)
    return wishes


def _example(stored: StoredMovement, known: Standings) -> str:
    words = []
    for place, candidate in enumerate(stored.candidates[:2], start=1):
        standing = known[candidate.application_id]
        share = standing.missing if stored.movement.amount > 0 else standing.paid
        words.append(f"{place}={money.show(share)}" if share else f"{place}=…")
    return " ".join(words) or "2021-10001=218,30 2021-10002=147,50"


def _say(text: str, end: str = "\n") -> None:
    sys.stderr.write(render.clean(text) + end)
    sys.stderr.flush()
