"""The next message is written in the moments in which the one before is waited for."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Generic

from esignctl.errors import ReminderTemplateWrong
from esignctl.reminders.channels import Channel, Message
from esignctl.reminders.notice import Notice


@dataclass(slots=True)
class Desk(Generic[Message]):
    """Where the messages of a channel are written, one ahead at most."""

    channel: Channel[Message]
    _about: tuple[str, Notice] | None = None
    _steps: Generator[None, None, Message] | None = None
    _written: list[Message] = field(default_factory=list)

    def begin(self, message_id: str, notice: Notice) -> None:
        """Begin with a message; another one that was begun is thrown away."""
        self._about, self._steps = (message_id, notice), self.channel.writing(message_id, notice)
        self._written.clear()

    def go_on(self) -> None:
        """Write a piece of what was begun. What is wrong with it is told by `take`."""
        if self._steps is not None:
            try:
                self._step()
            except ReminderTemplateWrong:
                self._about = self._steps = None

    def take(self, message_id: str, notice: Notice) -> Message:
        """A whole message, whether it was begun or not. Raises `ReminderTemplateWrong`."""
        if self._about != (message_id, notice):
            self.begin(message_id, notice)
        while self._steps is not None:
            self._step()
        self._about = None
        return self._written.pop()

    def _step(self) -> None:
        assert self._steps is not None  # noqa: S101 - the callers have looked
        try:
            next(self._steps)
        except StopIteration as end:
            self._written.append(end.value)
            self._steps = None
