"""Time-stamps by RFC 3161 over HTTP: a server's word for when a signature was there already."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from esignctl.errors import TimestampFailed
from esignctl.i18n import _

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

SECONDS: Final = 20.0
"""How long the server may take for an answer."""


_GRANTED: Final = ("granted", "granted_with_mods")


@dataclass(frozen=True, slots=True)
class Server:
    """Where time-stamps are had, and how long an answer may take."""

    url: str
    username: str | None = None
    password: str = ""
    seconds: float = SECONDS


def timestamper(server: Server) -> "TimeStamper":
    """What asks the server; it raises `TimestampFailed` when that gives no time-stamp."""
    import requests
    from asn1crypto import cms, core, tsp
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers

    def failed(problem: str) -> TimestampFailed:
        return TimestampFailed(server=_without_secrets(server.url), problem=problem)

    class Parts(core.SequenceOf):  # type: ignore[misc]
        """An answer by its parts, whatever they are."""

        _child_spec = core.Any

    class Asking(TimeStamper):
        """What pyHanko asks."""

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]

        async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
            # one signature at a time: nothing waits meanwhile that could go on
            answer = requests.post(
                server.url,
                req.dump(),
                headers=set_tsp_headers({}),
                auth=_login(server),  # type: ignore[arg-type]
                timeout=server.seconds,
            )
            if answer.status_code != requests.codes.ok:
                raise failed(f"HTTP {answer.status_code}")
            # a refusal comes without a token, which the library takes for no answer at all
            status = Parts.load(answer.content)[0]
            if status.parse(tsp.PKIStatusInfo)["status"].native not in _GRANTED:
                raise failed(_("it refused"))
            return tsp.TimeStampResp.load(answer.content)

        async def async_timestamp(
            self, message_digest: bytes, md_algorithm: str
        ) -> cms.ContentInfo:
            try:
                return await super().async_timestamp(message_digest, md_algorithm)
            except TimestampRequestError:
                raise failed(_("it answered with something else")) from None
            except requests.Timeout:
                raise failed(
                    _("no answer within {seconds} s").format(seconds=server.seconds)
                ) from None
            except requests.exceptions.SSLError:
                raise failed(_("its certificate is not trusted")) from None
            except OSError:
                raise failed(_("it cannot be reached")) from None
            except (ValueError, TypeError, KeyError, AttributeError):
                raise failed(_("it answered with something else")) from None

    return Asking()


def _login(server: Server) -> tuple[bytes, bytes] | None:
    # what it is told as text the library writes in Latin-1, which lacks Turkish letters
    if server.username is None:
        return None
    return server.username.encode(), server.password.encode()


def _without_secrets(url: str) -> str:
    """The server in an address that may hold a password."""
    return urlsplit(url).netloc.rpartition("@")[2]
