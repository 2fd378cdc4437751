"""Handing messages over, each one inside its own record.

Before a message goes to the server the registry says ``sending``, after it ``sent``: a run that is
killed leaves at most one message in doubt. The next run sends that one again, with the same
Message-ID. So nothing is ever lost, and in the one moment between the server's word and ours a
message can come twice, which its Message-ID tells.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from esignctl.registry import Registry, reminders
from esignctl.registry.reminders import Due, Reminder, Settlement
from esignctl.reminders import due
from esignctl.reminders.channels import Channel, Delayed, Refused, Unreachable
from esignctl.reminders.planning import Planned
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


def send(
    registry: Registry,
    command: str,
    work: Sequence[Planned],
    channels: Mapping[str, Channel],
    done: Callable[[], None],
) -> list[Handled]:
    """Send what is due and tell what became of each. `done` is called after each message."""
    with registry.write(command) as transaction:
        reminders.plan(transaction, [each.due for each in work])
    with registry.read() as connection:
        outbox = {each.due: each for each in reminders.open_ones(connection)}
    handled: list[Handled] = []
    for name, channel in channels.items():
        courier = _Courier(registry, command, channel, outbox, done)
        handled += courier.deliver([each for each in work if each.due.channel == name])
    return handled


@dataclass(slots=True)
class _Courier:
    """One round of one channel."""

    registry: Registry
    command: str
    channel: Channel
    outbox: Mapping[Due, Reminder]
    done: Callable[[], None]
    ended: Settlement | None = None

    def deliver(self, work: Sequence[Planned]) -> list[Handled]:
        handled: list[Handled] = []
        try:
            for number, each in enumerate(work):
                handled.append(self._one(each, self.outbox[each.due]))
                self.done()
                if handled[-1].state == "unreachable":
                    problem = handled[-1].problem
                    handled += [
                        Handled(left, "unreachable", problem) for left in work[number + 1 :]
                    ]
                    break
        finally:
            self._keep()
            self.channel.close()
        return handled

    def _one(self, planned: Planned, reminder: Reminder) -> Handled:
        now = datetime.now(UTC)
        # a long run may pass midnight, or the end of a certificate
        planned = replace(planned, notice=due.as_of(planned.notice, now))
        if self.channel.address(planned.notice) is None:
            return Handled(planned, "no-address")
        opens = max(self.channel.opens(now), _again(reminder, now) or now)
        if opens > now:
            return Handled(planned, "waiting", reminder.problem, opens)
        try:
            self.channel.connect()
            self._begin(reminder)
            self.channel.send(reminder.message_id, planned.notice)
        except Unreachable as problem:
            # nothing was handed over: it is as if it had not been tried
            self._end(Settlement(reminder, "planned", str(problem)))
            return Handled(planned, "unreachable", str(problem))
        except Refused as problem:
            self._end(Settlement(reminder, "refused", str(problem)))
            return Handled(planned, "refused", str(problem))
        except Delayed as problem:
            pause = _PAUSES[min(reminder.attempts, len(_PAUSES) - 1)]
            later = dates.utc_text(now + pause) if pause else None
            self._end(Settlement(reminder, "failed", str(problem), later))
            return Handled(planned, "failed", str(problem))
        self._end(Settlement(reminder, "sent"))
        return Handled(planned, "sent")

    def _begin(self, reminder: Reminder) -> None:
        """Close the record of the message before and open that of this one, in one transaction."""
        with self.registry.write(self.command) as transaction:
            if self.ended:
                reminders.settle(transaction, self.ended)
            reminders.begin(transaction, reminder)
        self.ended = None

    def _end(self, ended: Settlement) -> None:
        self._keep()
        self.ended = ended

    def _keep(self) -> None:
        if self.ended:
            with self.registry.write(self.command) as transaction:
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
