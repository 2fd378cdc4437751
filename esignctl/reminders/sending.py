"""Handing messages over, each one inside its own record.

Before a message goes to the server the registry says ``sending``, after it ``sent``: a run that is
killed leaves at most one message in doubt. The next run sends that one again, with the same
Message-ID. So nothing is ever lost, and in the one moment between the server's word and ours a
message can come twice, which its Message-ID tells.

The disk has the record before the message itself is handed over, not only the system: it gets it
while the server is at what goes before that, such as the recipient.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final, Generic

from esignctl.registry import Registry, reminders
from esignctl.registry.connection import current_user
from esignctl.registry.flushing import Flushing, flushing
from esignctl.registry.reminders import Reminder, Settlement
from esignctl.reminders import due, planning
from esignctl.reminders.channels import Channel, Delayed, Message, Refused, Unreachable
from esignctl.reminders.planning import Planned
from esignctl.reminders.writing import Desk
from esignctl.settings import Settings
from esignctl.text import dates

_PAUSES: Final = (
    timedelta(),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
"""How long a message that failed so many times waits; after the first time, for the next run."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of one message: its state, or ``waiting``, ``no-address``, ``unreachable``."""

    planned: Planned
    state: str
    problem: str = ""
    until: datetime | None = None


@contextmanager
def alone(registry_path: Path) -> Iterator[bool]:
    """Whether no other run is sending from this registry; nobody else is until the block ends.

    What another run left as ``sending`` is then known to be of a run that ended.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(f"{registry_path}-reminders.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class Round:
    """One run of the program. `seen` is what `Registry.changes` said before the planning."""

    registry: Registry
    command: str
    settings: Settings
    seen: int

    def send(
        self,
        work: Sequence[Planned],
        channels: Mapping[str, Channel[Any]],
        done: Callable[[], None],
    ) -> list[Handled]:
        """Send what is due and tell what became of each. `done` is called after each message."""
        with self.registry.write(self.command) as transaction:
            reminders.plan(transaction, [each.due for each in work])
        with self.registry.read() as connection:
            outbox = {each.due: each for each in reminders.open_ones(connection)}
        handled: list[Handled] = []
        with flushing(self.registry) as disk:
            for name, channel in channels.items():
                own = [(each, outbox[each.due]) for each in work if each.due.channel == name]
                handled += _Courier(self, channel, Desk(channel), disk, own, done).deliver()
        return handled


@dataclass(slots=True)
class _Courier(Generic[Message]):
    """One round of one channel. While the server is at a message the next one is written."""

    round: Round
    channel: Channel[Message]
    desk: Desk[Message]
    disk: Flushing
    work: Sequence[tuple[Planned, Reminder]]
    done: Callable[[], None]
    actor: str = field(default_factory=current_user)
    ended: Settlement | None = None
    unsafe: bool = False
    changed: Planned | None = None
    at: int = 0
    ahead: Planned | Handled | None = None

    def deliver(self) -> list[Handled]:
        handled: list[Handled] = []
        try:
            while self.at < len(self.work):
                handled.append(self._one())
                self.done()
                if handled[-1].state == "unreachable":
                    problem = handled[-1].problem
                    left = self.work[self.at + 1 :]
                    handled += [Handled(each, "unreachable", problem) for each, _row in left]
                    break
                self.at += 1
        finally:
            self._keep()
            self.channel.close()
        return handled

    def _one(self) -> Handled:
        planned, self.ahead = self.ahead or self._look(self.at), None
        if isinstance(planned, Handled):
            return planned
        reminder = self.work[self.at][1]
        try:
            message = self.desk.take(reminder.message_id, planned.notice)
            self.channel.connect()
            begin = partial(self._begin, planned, reminder)
            if not self.channel.open(message, planned.notice, begin, self._idle):
                return Handled(planned, "dropped")
            if self.changed is not None:
                planned = self.changed
                message = self.desk.take(reminder.message_id, planned.notice)
            self.channel.hand_over(message, planned.notice, self._make_safe, self._idle)
        except Unreachable as problem:
            # nothing was handed over: it is as if it had not been tried
            self._end(Settlement(reminder, "planned", str(problem)))
            return Handled(planned, "unreachable", str(problem))
        except Refused as problem:
            self._end(Settlement(reminder, "refused", str(problem)))
            return Handled(planned, "refused", str(problem))
        except Delayed as problem:
            pause = _PAUSES[min(reminder.attempts, len(_PAUSES) - 1)]
            later = dates.utc_text(datetime.now(UTC) + pause) if pause else None
            self._end(Settlement(reminder, "failed", str(problem), later))
            return Handled(planned, "failed", str(problem))
        self._end(Settlement(reminder, "sent"))
        return Handled(planned, "sent")

    def _look(self, at: int) -> Planned | Handled:
        """A message as it is to be sent now, or what keeps it from that."""
        (planned, reminder), now = self.work[at], datetime.now(UTC)
        # a long run may pass midnight, or the end of a certificate
        notice = due.as_of(planned.notice, now)
        if notice is not planned.notice:
            planned = replace(planned, notice=notice)
        if self.channel.address(notice) is None:
            return Handled(planned, "no-address")
        opens = max(self.channel.opens(now), _again(reminder, now) or now)
        return Handled(planned, "waiting", reminder.problem, opens) if opens > now else planned

    def _make_safe(self) -> None:
        """Wait until the disk has the record of this message."""
        if self.unsafe:
            self.disk.flush()
            self.unsafe = False

    def _idle(self) -> None:
        """What is done while the server is at a message: its record, then pieces of the next."""
        if self.unsafe:
            self._make_safe()
            return
        if self.ahead is None and self.at + 1 < len(self.work):
            self.ahead = self._look(self.at + 1)
            if isinstance(self.ahead, Planned):
                self.desk.begin(self.work[self.at + 1][1].message_id, self.ahead.notice)
        self.desk.go_on()

    def _begin(self, planned: Planned, reminder: Reminder) -> bool:
        """Close the record of the message before and open that of this one, in one transaction.

        False when it is not due any more; `changed` is what it has become, where somebody else has
        changed the registry since the planning.
        """
        self.changed = None
        with self.round.registry.write(self.round.command, self.actor) as transaction:
            if self.ended:
                reminders.settle(transaction, self.ended)
            wanted = True
            if self.round.registry.changes() != self.round.seen:
                connection, settings = transaction.connection, self.round.settings
                self.changed = planning.still(connection, settings, planned, datetime.now(UTC))
                wanted = self.changed is not None
            (reminders.begin if wanted else reminders.drop)(transaction, reminder)
        self.unsafe, self.ended = True, None
        return wanted

    def _end(self, ended: Settlement) -> None:
        self._keep()
        self.ended = ended

    def _keep(self) -> None:
        if self.ended:
            with self.round.registry.write(self.round.command, self.actor) as transaction:
                reminders.settle(transaction, self.ended)
            self.ended = None


def _again(reminder: Reminder, now: datetime) -> datetime | None:
    """When a message that failed may be tried again; None at once.

    A time beyond the longest pause was written by a clock that went wrong.
    """
    if reminder.next_try_at is None:
        return None
    again = datetime.fromisoformat(reminder.next_try_at)
    return again if again <= now + _PAUSES[-1] else None
