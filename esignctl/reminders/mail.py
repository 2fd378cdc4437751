"""Reminders by e-mail, through one connection to the configured server."""

import contextlib
import re
import smtplib
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parseaddr
from typing import Final

from esignctl import passwords
from esignctl.i18n import _, active_language
from esignctl.reminders import calendar, mime, texts
from esignctl.reminders.channels import Delayed, Refused, Unreachable
from esignctl.reminders.notice import Notice
from esignctl.settings import Settings, required
from esignctl.text import system, tckn

_SECONDS: Final = 30.0
_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
_REFUSED: Final = 500
_TOO_LARGE: Final = 552
_IDLE_SECONDS: Final = 15.0
_ADDRESS: Final = re.compile(r"[^\s<>:;,@]+@[^\s<>:;,]+")
_LONGEST: Final = 200
_CALENDAR: Final = 'text/calendar; charset="utf-8"; method=PUBLISH'


@dataclass(slots=True)
class Mail:
    """The channel ``email``. Raises `ConfigurationKeyMissing` when made without a server."""

    settings: Settings
    templates: texts.Texts
    host: str = ""
    sender: str = ""
    _from: str = ""
    _server: smtplib.SMTP | None = None
    _next: float = field(default=0.0)
    _used: float = field(default=0.0)

    def __post_init__(self) -> None:
        self.host = required(self.settings, "smtp", "host")
        name, self.sender = parseaddr(required(self.settings, "smtp", "sender"))
        self._from = mime.mailbox(name or self.settings.institution.name or "", self.sender, "From")

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
        if self._server is not None and time.monotonic() - self._used > _IDLE_SECONDS:
            # servers hang up on those who say nothing
            self._noop()
        if self._server is None:
            self._server = self._connected()

    def send(self, message_id: str, notice: Notice) -> None:
        """Hand one message over."""
        self.hand_over(self.message(message_id, notice), notice.email)

    def hand_over(self, message: bytes, address: str) -> None:
        """Hand any message over. Raises `Refused`, `Delayed` and `Unreachable`."""
        assert self._server is not None  # noqa: S101 - `connect` comes first
        self._keep_pace()
        try:
            self._server.sendmail(self.sender, [address], message)
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code >= _REFUSED and error.smtp_code != _TOO_LARGE:
                raise Unreachable(_said(error.smtp_code, error.smtp_error)) from None
            raise _answer(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPRecipientsRefused as error:
            ((code, text),) = error.recipients.values()
            raise _answer(code, text) from None
        except smtplib.SMTPResponseException as error:
            raise _answer(error.smtp_code, error.smtp_error) from None
        except (smtplib.SMTPException, OSError) as error:
            self._server = None
            raise Delayed(_in_words(error)) from None
        finally:
            self._used = time.monotonic()
            # smtplib lets go of a connection that the server ends with 421
            if self._server is not None and self._server.sock is None:
                self._server = None

    def _noop(self) -> None:
        assert self._server is not None  # noqa: S101 - the caller has looked
        try:
            self._server.noop()
        except (smtplib.SMTPException, OSError):
            self._server = None

    def close(self) -> None:
        """Say good-bye."""
        if self._server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._server = None

    def message(self, message_id: str, notice: Notice) -> bytes:
        """The whole message: text, HTML and the day as a calendar entry."""
        language = self.settings.language or active_language()
        text = self.templates.mail(notice, language)
        headers = {
            **self.headers(text.subject, notice.name, notice.email),
            "Message-ID": f"<{message_id}@{self.sender.rpartition('@')[2]}>",
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

    def _password(self, username: str) -> str:
        if not self.settings.smtp.password_file:
            return passwords.from_keyring("smtp", username)
        return passwords.from_file(
            self.settings, "smtp.password_file", self.settings.smtp.password_file
        )

    def _keep_pace(self) -> None:
        """Wait where the configuration limits how many messages go in a minute."""
        if not self.settings.smtp.per_minute:
            return
        now = time.monotonic()
        if now < self._next:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + 60 / self.settings.smtp.per_minute

    def _connected(self) -> smtplib.SMTP:
        smtp = self.settings.smtp
        port = smtp.port or _PORTS[smtp.security]
        context = ssl.create_default_context()
        server: smtplib.SMTP | None = None
        try:
            if smtp.security == "tls":
                server = smtplib.SMTP_SSL(self.host, port, timeout=_SECONDS, context=context)
            else:
                server = smtplib.SMTP(self.host, port, timeout=_SECONDS)
            if smtp.security == "starttls":
                server.starttls(context=context)
            if smtp.username:
                server.login(smtp.username, self._password(smtp.username))
        except smtplib.SMTPResponseException as error:
            _drop(server)
            raise Unreachable(_said(error.smtp_code, error.smtp_error)) from None
        except (smtplib.SMTPException, OSError) as error:
            _drop(server)
            raise Unreachable(_in_words(error)) from None
        return server


def _drop(server: smtplib.SMTP | None) -> None:
    if server is not None:
        server.close()


def _answer(code: int, text: bytes | str) -> Refused | Delayed:
    """The server's answer to one message."""
    said = _said(code, text)
    return Refused(said) if code >= _REFUSED else Delayed(said)


def _said(code: int, text: bytes | str) -> str:
    """The server's answer, without the addresses that it may repeat."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return tckn.mask_within(_ADDRESS.sub("…", " ".join(f"{code} {words}".split())))[:_LONGEST]


def _in_words(error: Exception) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return _("its certificate is not valid ({problem})").format(
                problem=error.verify_message
            )
        case ssl.SSLError():
            return _("no secure connection was made")
        case smtplib.SMTPNotSupportedError():
            return _("it does not offer what the configuration asks for")
        case smtplib.SMTPServerDisconnected():
            return _("the connection broke")
        case TimeoutError():
            return _("it did not answer in time")
        case OSError():
            return system.in_words(error)
    return type(error).__name__
