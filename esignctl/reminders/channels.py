"""What every way of telling people offers, and how it says that it could not."""

from collections.abc import Callable, Generator
from datetime import datetime
from typing import Protocol, TypeVar

from esignctl.reminders.notice import Notice

Message = TypeVar("Message")
Idle = Callable[[], None]
"""What may be done while nobody can but wait for the other side."""


class Refused(Exception):
    """This message will never be taken; the text says why, without personal data."""


class Delayed(Exception):
    """This message was not taken now, or nobody knows whether it was; it is tried again."""


class Unreachable(Exception):
    """The server takes no message at all: nothing counts as tried."""


class Channel(Protocol[Message]):
    """One way of telling people; what it holds open is let go by `close`."""

    def address(self, notice: Notice) -> str | None:
        """Where the message goes; None where this holder cannot be told this way."""

    def opens(self, now: datetime) -> datetime:
        """`now`, or when people may be disturbed again."""

    def writing(self, message_id: str, notice: Notice) -> Generator[None, None, Message]:
        """Write a message, in steps that each fit into a moment of waiting; nobody hears of it.

        Raises `ReminderTemplateWrong`.
        """

    def connect(self) -> None:
        """Make sure that somebody listens. Raises `Unreachable`."""

    def open(self, message: Message, notice: Notice, begin: Callable[[], bool], idle: Idle) -> bool:
        """Do what can be done before the message itself is handed over, and call `begin` once.

        Where that says no the message will not be handed over, and the answer is False. Raises
        `Refused`, `Delayed` and `Unreachable`.
        """

    def hand_over(
        self, message: Message, notice: Notice, safe: Callable[[], None], idle: Idle
    ) -> None:
        """Hand the message over, once `safe`, called right before that, has come back.

        Raises `Refused`, `Delayed` and `Unreachable`.
        """

    def close(self) -> None:
        """Let go of what is open."""
