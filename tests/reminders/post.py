"""A mail server on the loopback (aiosmtpd) that can refuse, delay, hang up and be slow."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


@dataclass
class Post:
    """What the server took, and what it says to which recipient."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    recipient: Callable[[str], str] = lambda _address: "250 OK"
    sender: Callable[[str], str] = lambda _address: "250 OK"
    data: Callable[[int], str] = lambda _number: "250 OK"
    hang_up_at: int | None = None
    slow: float = 0.0
    connections: int = 0
    asked: int = 0

    @property
    def to(self) -> list[str]:
        """The addresses that got something, in order."""
        return [message["To"].addresses[0].addr_spec for message in self.taken]

    async def handle_EHLO(  # noqa: N802 - the server's own name
        self, _server: SMTP, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return self.sender(address)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        said = self.recipient(address)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.asked += 1
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.hang_up_at == self.asked:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "451 gone"
        said = self.data(self.asked)
        if said.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
        return said


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(
    post: Post,
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    users: dict[str, str] | None = None,
) -> Iterator[Post]:
    """The server, for the length of the block, on a free port."""

    def known(
        _server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any
    ) -> AuthResult:
        good = (users or {}).get(login.login.decode()) == login.password.decode()
        return AuthResult(success=good, handled=False)

    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=_free_port(),
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=known if users else None,
        auth_required=bool(users),
        auth_require_tls=False,
    )
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()
