"""Reminders by e-mail."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parseaddr
from typing import Final

from esignctl.i18n import active_language
from esignctl.reminders import calendar, mime, texts
from esignctl.reminders.channels import Idle
from esignctl.reminders.notice import Notice
from esignctl.reminders.server import Server
from esignctl.settings import Settings, required

_CALENDAR: Final = 'text/calendar; charset="utf-8"; method=PUBLISH'


@dataclass(slots=True)
class Mail:
    """The channel ``email``. Raises `ConfigurationKeyMissing` when made without a server."""

    settings: Settings
    templates: texts.Texts
    server: Server = field(init=False)
    _from: str = field(init=False)

    def __post_init__(self) -> None:
        required(self.settings, "smtp", "host")
        name, sender = parseaddr(required(self.settings, "smtp", "sender"))
        self._from = mime.mailbox(name or self.settings.institution.name or "", sender, "From")
        self.server = Server(self.settings, sender)

    def address(self, notice: Notice) -> str | None:
        """The holder's address, if it is one."""
        at, _dot, domain = notice.email.partition("@")
        plain = notice.email.isascii() and not any(map(str.isspace, notice.email))
        return notice.email if plain and at and "." in domain else None

    def opens(self, now: datetime) -> datetime:
        """Mail disturbs nobody: `now`."""
        return now

    def connect(self) -> None:
        """Connect, secure the connection and log in, unless that is done."""
        self.server.connect()

    def open(self, message: bytes, notice: Notice, begin: Callable[[], bool], idle: Idle) -> bool:
        """Ask the server whether it takes a message to this holder."""
        return self.server.open(notice.email, len(message), begin, idle)

    def hand_over(
        self, message: bytes, _notice: Notice, safe: Callable[[], None], idle: Idle
    ) -> None:
        """Hand over the message that was announced."""
        self.server.hand_over(message, safe, idle)

    def close(self) -> None:
        """Say good-bye."""
        self.server.close()

    def writing(self, message_id: str, notice: Notice) -> Generator[None, None, bytes]:
        """The whole message: text, HTML and the day as a calendar entry."""
        language = self.settings.language or active_language()
        text = self.templates.mail(notice, language)
        yield
        headers = {
            **self.headers(text.subject, notice.name, notice.email),
            "Message-ID": f"<{message_id}@{self.server.sender.rpartition('@')[2]}>",
            "Content-Language": language,
        }
        attached = []
        if notice.route == "e-signature":
            entry = calendar.entry(message_id, notice, text.subject)
            attached = [mime.file(entry, _CALENDAR, "e-imza.ics")]
        return mime.message(headers, mime.either(text.plain, text.html), attached)

    def headers(self, subject: str, to: str, address: str) -> dict[str, str]:
        """What stands above every message of this program."""
        return {
            "Subject": mime.words(subject, "Subject"),
            "From": self._from,
            "To": mime.mailbox(to, address, "To"),
            "Date": format_datetime(datetime.now(UTC)),
            "Auto-Submitted": "auto-generated",
        }
