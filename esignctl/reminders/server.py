"""The configured mail server: one connection for many messages."""

import contextlib
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, NoReturn

from esignctl import passwords
from esignctl.i18n import _
from esignctl.reminders.channels import Delayed, Idle, Refused, Unreachable
from esignctl.settings import Settings, required
from esignctl.text import system, tckn

_SECONDS: Final = 30.0
_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
_GO_ON: Final = 354
_CLOSING: Final = 421
_REFUSED: Final = 500
_TOO_LARGE: Final = 552
_IDLE_SECONDS: Final = 15.0
_ADDRESS: Final = re.compile(r"[^\s<>:;,@]+@[^\s<>:;,]+")
_PLAIN: Final = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_LONGEST: Final = 200


def _yes() -> bool:
    return True


def _nothing() -> None:
    """Nothing is to be done."""


@dataclass(slots=True)
class Server:
    """Made without a connection. `sender` is the address that answers go to."""

    settings: Settings
    sender: str
    _smtp: smtplib.SMTP | None = None
    _next: float = 0.0
    _used: float = 0.0

    def connect(self) -> None:
        """Connect, secure the connection and log in, unless that is done; keep the pace."""
        self._keep_pace()
        if self._smtp is not None and time.monotonic() - self._used > _IDLE_SECONDS:
            # servers hang up on those who say nothing
            with contextlib.suppress(Delayed), self._listening() as smtp:
                smtp.noop()
        if self._smtp is None:
            self._smtp = self._connected()

    def open(
        self, address: str, size: int, begin: Callable[[], bool] = _yes, idle: Idle = _nothing
    ) -> bool:
        """Announce a message. `begin` is called once the server is at it.

        Where that says no the message is not announced any more, and the answer is False. Raises
        `Refused`, `Delayed` and `Unreachable`.
        """
        with self._listening() as smtp:
            options = f" size={size}" if smtp.has_extn("size") else ""
            smtp.putcmd("mail", f"FROM:{_quoted(self.sender)}{options}")
            wanted = begin()
            code, said = smtp.getreply()
            if _REFUSED <= code != _TOO_LARGE:
                self._give_up(smtp, code)
                raise Unreachable(_said(code, said))
            if not _good(code):
                self._answer(smtp, code, said)
            if not wanted:
                self._give_up(smtp, code)
                return False
            smtp.putcmd("rcpt", f"TO:{_quoted(address)}")
            idle()
            code, said = smtp.getreply()
            if not _good(code):
                self._answer(smtp, code, said)
            return True

    def hand_over(
        self, message: bytes, safe: Callable[[], None] = _nothing, idle: Idle = _nothing
    ) -> None:
        """Hand over what was announced, once `safe` has come back.

        Raises `Refused` and `Delayed`.
        """
        with self._listening() as smtp:
            smtp.putcmd("data")
            idle()
            code, said = smtp.getreply()
            if code != _GO_ON:
                self._answer(smtp, code, said)
            safe()
            smtp.send(message.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            idle()
            code, said = smtp.getreply()
            if not _good(code):
                self._answer(smtp, code, said)

    def close(self) -> None:
        """Say good-bye."""
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._smtp = None

    @contextmanager
    def _listening(self) -> Iterator[smtplib.SMTP]:
        """The connection; when it breaks the next `connect` makes another one.

        So it does when something else ends the conversation in its midst: the server could take a
        farewell for a part of the message then.
        """
        assert self._smtp is not None  # noqa: S101 - `connect` comes first
        try:
            yield self._smtp
        except (Refused, Delayed, Unreachable):
            raise
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Delayed(_in_words(error)) from None
        except BaseException:
            self._drop()
            raise
        finally:
            self._used = time.monotonic()

    def _answer(self, smtp: smtplib.SMTP, code: int, said: bytes) -> NoReturn:
        """The server does not take this message."""
        self._give_up(smtp, code)
        raise (Refused if code >= _REFUSED else Delayed)(_said(code, said))

    def _give_up(self, smtp: smtplib.SMTP, code: int) -> None:
        """Leave the message; what the server then says decides about the next one only."""
        if code == _CLOSING:
            self._drop()
            return
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

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
        smtp, host = self.settings.smtp, required(self.settings, "smtp", "host")
        port = smtp.port or _PORTS[smtp.security]
        context = ssl.create_default_context()
        server: smtplib.SMTP | None = None
        try:
            if smtp.security == "tls":
                server = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
            else:
                server = smtplib.SMTP(host, port, timeout=_SECONDS)
            if smtp.security == "starttls":
                server.starttls(context=context)
            if smtp.username:
                server.login(smtp.username, self._password(smtp.username))
            server.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as error:
            _hang_up(server)
            raise Unreachable(_said(error.smtp_code, error.smtp_error)) from None
        except (smtplib.SMTPException, OSError) as error:
            _hang_up(server)
            raise Unreachable(_in_words(error)) from None
        return server


def _quoted(address: str) -> str:
    """An address in angle brackets; what may be more than an address is looked at closely."""
    return f"<{address}>" if _PLAIN.fullmatch(address) else smtplib.quoteaddr(address)


def _hang_up(server: smtplib.SMTP | None) -> None:
    if server is not None:
        server.close()


def _good(code: int) -> bool:
    return 200 <= code < 300


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
        case socket.gaierror():
            return _("the name of the server is not known")
        case TimeoutError():
            return _("it did not answer in time")
        case OSError():
            return system.in_words(error)
    return type(error).__name__
