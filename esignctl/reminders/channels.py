"""What every way of telling people offers, and how it says that it could not."""

from datetime import datetime
from typing import Protocol

from esignctl.reminders.notice import Notice


class Refused(Exception):
    """This message will never be taken; the text says why, without personal data."""


class Delayed(Exception):
    """This message was not taken now, or nobody knows whether it was; it is tried again."""


class Unreachable(Exception):
    """The server takes no message at all: nothing counts as tried."""


class Channel(Protocol):
    """One way of telling people; what it holds open is let go by `close`."""

    def address(self, notice: Notice) -> str | None:
        """Where the message goes; None where this holder cannot be told this way."""

    def opens(self, now: datetime) -> datetime:
        """`now`, or when people may be disturbed again."""

    def connect(self) -> None:
        """Make sure that somebody listens. Raises `Unreachable`."""

    def send(self, message_id: str, notice: Notice) -> None:
        """Hand one message over. Raises `Refused`, `Delayed` and `Unreachable`."""

    def close(self) -> None:
        """Let go of what is open."""
