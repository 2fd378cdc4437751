"""Months in the life of the outbox: whatever happens, each threshold once, and the due one at last.

The clock is the test's own, and so are the channels, which fail and are killed at chosen moments;
planning, sending and the registry are the program's.
"""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Generator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from esignctl.registry import applications, arrivals, certificates, open_registry, people, reminders
from esignctl.registry.applications import Application, Milestone
from esignctl.registry.connection import Transaction
from esignctl.registry.people import Person
from esignctl.reminders import planning, sending
from esignctl.reminders.channels import Delayed, Unreachable
from esignctl.reminders.notice import Notice
from esignctl.settings import load
from esignctl.text import dates
from tests.cli.lists import PRICES
from tests.reminders.conftest import ACCOUNT, NUMBERS

CHANNELS = ("email", "sms")
DAYS = (90, 60, 30, 14, 7, 1)
AFTER_END = 30
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HOLDERS = st.integers(1, 2)


class Killed(BaseException):
    """The run ends here, as by SIGKILL."""


class Way:
    """A channel that notes what reached the other side: when, and under which message id."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.works: str = "yes"
        self.taken: dict[str, list[datetime]] = defaultdict(list)

    def address(self, notice: Notice) -> str:
        return notice.email

    def opens(self, now: datetime) -> datetime:
        return now

    def writing(self, message_id: str, _notice: Notice) -> Generator[None, None, str]:
        yield
        return message_id

    def connect(self) -> None:
        if self.works == "down":
            raise Unreachable("down")

    def open(
        self, _message: str, _notice: Notice, begin: Callable[[], bool], idle: Callable[[], None]
    ) -> bool:
        idle()
        return begin()

    def hand_over(
        self,
        message: str,
        _notice: Notice,
        safe: Callable[[], None],
        idle: Callable[[], None],
    ) -> None:
        safe()
        idle()
        if self.works == "later":
            raise Delayed("later")
        if self.works == "killed before":
            raise Killed
        self.taken[message].append(self.clock())
        if self.works == "killed after":
            raise Killed

    def close(self) -> None:
        """Nothing is open."""


class Seasons(RuleBasedStateMachine):
    """A registry with two holders, days that pass, and runs."""

    @initialize(ends=st.lists(st.integers(5, 120), min_size=2, max_size=2))
    def begin(self, ends: list[int]) -> None:
        self.left = ExitStack()
        folder = Path(self.left.enter_context(tempfile.TemporaryDirectory()))
        (folder / "esignctl.toml").write_text(PRICES + ACCOUNT, "utf-8")
        self.settings = load(folder / "esignctl.toml")
        self.now = START
        machine = self

        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return machine.now.astimezone(tz)

        self.left.enter_context(patch.object(sending, "datetime", Clock))
        self.left.enter_context(
            patch("esignctl.registry.connection.utc_now", lambda: dates.utc_text(self.now))
        )
        self.registry = self.left.enter_context(open_registry(folder / "registry.db"))
        self.ways = {name: Way(lambda: self.now) for name in CHANNELS}
        self.doubts = self.applied = self.issued = 0
        self.quiet: set[int] = set()
        self.stopped: set[int] = set()
        self.ends: dict[int, tuple[int, datetime]] = {}
        self.write(lambda to: people.add(to, [person(1), person(2)]))
        for holder, days in enumerate(ends, 1):
            self.ends[holder] = self.issue(holder, days)

    def write(self, change: Callable[[Transaction], Any]) -> Any:
        with self.registry.write("test") as transaction:
            return change(transaction)

    def issue(self, holder: int, days: int) -> tuple[int, datetime]:
        self.issued += 1
        end = self.now + timedelta(days=days, hours=self.issued)
        new = certificates.StoredCertificate(
            f"{self.issued:064X}", "CN=x", "CN=y", f"{self.issued:X}", "x", NUMBERS[holder],
            dates.utc_text(self.now), dates.utc_text(end), "nes", qualified=True, der=b"0",
        )  # fmt: skip
        return self.write(lambda to: arrivals.add(to, [new]))[0], end

    @rule(days=st.sampled_from([1, 1, 3, 7, 12, 40]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(holder=HOLDERS, stop=st.booleans())
    def stop_or_resume(self, holder: int, stop: bool) -> None:
        if stop:
            self.write(lambda to: reminders.stop(to, holder, ""))
            self.stopped.add(holder)
        else:
            self.write(lambda to: reminders.resume(to, holder))
            self.stopped.discard(holder)

    @rule(holder=HOLDERS)
    def a_renewal_is_paid(self, holder: int) -> None:
        self.applied += 1
        day = self.now.astimezone(dates.ISTANBUL).date()
        made = Application(f"2026-{self.applied}", holder, "renewal", day)
        self.write(lambda to: paid(to, made, day))
        self.quiet.add(holder)

    @rule(holder=HOLDERS)
    def a_new_certificate_comes(self, holder: int) -> None:
        self.now += timedelta(days=1)
        self.ends[holder] = self.issue(holder, 150)
        self.quiet.discard(holder)

    @rule(works=st.sampled_from(["yes", "later", "down", "killed before", "killed after"]))
    def a_run(self, works: str) -> None:
        for way in self.ways.values():
            way.works = works
        try:
            self.run()
        except Killed:
            self.doubts += works == "killed after"
        for way in self.ways.values():
            way.works = "yes"

    @rule(days=st.integers(20, 200))
    def a_run_with_a_clock_that_is_ahead(self, days: int) -> None:
        right = self.now
        self.now += timedelta(days=days)
        self.run()
        self.now = right

    @rule()
    def a_good_run_tells_what_is_due(self) -> None:
        # longer than the longest pause after failures
        self.now += timedelta(hours=13)
        self.run()
        with self.registry.read() as connection:
            told = [each for each in reminders.listed(connection) if each.state == "sent"]
        now = dates.utc_text(self.now)
        for holder, (certificate, end) in self.ends.items():
            if holder in self.stopped | self.quiet or (due := tightest(end, self.now)) is None:
                continue
            for channel in CHANNELS:
                assert any(
                    each.due.certificate_id == certificate
                    and each.due.channel == channel
                    and (
                        each.due.threshold == due
                        or (each.due.threshold < due and each.changed_at <= now)
                    )
                    for each in told
                )

    def run(self) -> None:
        seen = self.registry.changes()
        with self.registry.read() as connection:
            work = planning.planned(connection, self.settings, CHANNELS, self.now)
        this = sending.Round(self.registry, "test", self.settings, seen)
        this.send(work, self.ways, lambda: None)

    @invariant()
    def each_threshold_reached_nobody_twice(self) -> None:
        if not hasattr(self, "ways"):
            return
        taken = [each for way in self.ways.values() for each in way.taken.values()]
        # a second time only where a run was killed before it could note the first
        assert sum(len(each) - 1 for each in taken) <= self.doubts
        with self.registry.read() as connection:
            kept = reminders.listed(connection)
        by_id = {each.message_id: each.due for each in kept}
        dues = Counter(by_id[message] for way in self.ways.values() for message in way.taken)
        assert all(count == 1 for count in dues.values())

    def teardown(self) -> None:
        if hasattr(self, "left"):
            self.left.close()


def person(holder: int) -> Person:
    return Person(
        NUMBERS[holder], "Ayşe", f"Örnek{holder}", group="family-physician", email="a@il.example"
    )


def paid(transaction: Transaction, made: Application, day: date) -> None:
    (kept,) = applications.add(transaction, [made])
    applications.reach(transaction, kept, Milestone("form-received", day, ""))


def tightest(end: datetime, now: datetime) -> int | None:
    """What a holder is due by the words of the guide, counted afresh."""
    last, today = (each.astimezone(dates.ISTANBUL).date() for each in (end, now))
    left = (last - today).days
    if end < now:
        return 0 if left >= -AFTER_END else None
    return min((days for days in DAYS if days >= left), default=None)


Seasons.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestSeasons = Seasons.TestCase
