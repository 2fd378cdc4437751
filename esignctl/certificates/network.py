"""Asking servers: bounded in time and size, through the proxies of the environment.

The only home of `requests`. Each request runs in a thread of its own, because nothing else bounds
the look-up of a name or a server that sends a byte now and then.
"""

import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from esignctl import __version__

if TYPE_CHECKING:
    import requests

SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 60.0
_MIB: Final = 1 << 20
_AT_ONCE: Final = 8
_REDIRECTS: Final = 5
_CHUNK: Final = 1 << 16
# how often a waiting main thread looks up, so that Ctrl-C is answered on every system
_GLANCE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: what to get, how large it may be, and what to send where it is a POST."""

    url: str
    limit: int = _MIB
    body: bytes | None = None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why a request brought nothing.

    `problem` is one of ``address`` (no http address), ``name``, ``refused``, ``timeout``,
    ``tls``, ``proxy``, ``status`` (`detail` is the number), ``too-large``, ``redirects``,
    ``broken``, ``offline`` and ``out-of-time``. `host` is who was asked.
    """

    host: str
    problem: str
    detail: str = ""


class _FailedError(Exception):
    """A request that brought nothing, on its way out."""

    def __init__(self, host: str, problem: str, detail: str = "") -> None:
        super().__init__()
        self.answer = NoAnswer(host, problem, detail)


# the network between here and there is at fault, so the next request would fare no better
_OF_THE_WAY: Final = frozenset({"name", "refused", "timeout", "tls", "proxy"})


class Network:
    """One run's requests. A host that did not answer is not asked again."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        total: float = TOTAL_SECONDS,
        offline: bool = False,
    ) -> None:
        self.offline = offline
        self._seconds = seconds
        self._end = time.monotonic() + total
        self._answers: dict[Ask, bytes | NoAnswer] = {}
        self._silent: dict[str, NoAnswer] = {}

    @property
    def is_over(self) -> bool:
        """Whether the time for the whole run is used up."""
        return time.monotonic() >= self._end

    def ask(self, asks: Sequence[Ask]) -> list[bytes | NoAnswer]:
        """Make requests at the same time; each one's answer, or why there is none."""
        new = [ask for ask in dict.fromkeys(asks) if ask not in self._answers]
        for first in range(0, len(new), _AT_ONCE):
            self._ask_now(new[first : first + _AT_ONCE])
        return [self._answers[ask] for ask in asks]

    def _ask_now(self, asks: Sequence[Ask]) -> None:
        came: queue.SimpleQueue[tuple[Ask, bytes | NoAnswer]] = queue.SimpleQueue()
        end = min(time.monotonic() + self._seconds, self._end)
        waiting = set()
        for ask in asks:
            refused = self._refused(ask)
            if refused is not None:
                self._answers[ask] = refused
                continue
            waiting.add(ask)
            worker = threading.Thread(target=_work, args=(ask, end, came), daemon=True)
            worker.start()
        while waiting and (left := end - time.monotonic()) > 0:
            try:
                ask, answer = came.get(timeout=min(left, _GLANCE))
            except queue.Empty:
                continue
            waiting.discard(ask)
            self._keep(ask, answer)
        for ask in waiting:
            problem = "out-of-time" if self.is_over else "timeout"
            self._keep(ask, NoAnswer(_host(ask.url), problem))

    def _refused(self, ask: Ask) -> NoAnswer | None:
        host = _host(ask.url)
        if self.offline:
            return NoAnswer(host, "offline")
        if not host:
            return NoAnswer(host, "address", ask.url)
        if self.is_over:
            return NoAnswer(host, "out-of-time")
        return self._silent.get(host)

    def _keep(self, ask: Ask, answer: bytes | NoAnswer) -> None:
        self._answers[ask] = answer
        if isinstance(answer, NoAnswer) and answer.problem in _OF_THE_WAY:
            self._silent[_host(ask.url)] = answer


def _work(ask: Ask, end: float, came: "queue.SimpleQueue[tuple[Ask, bytes | NoAnswer]]") -> None:
    try:
        came.put((ask, _fetch(ask, end)))
    except _FailedError as trouble:
        came.put((ask, trouble.answer))
    except Exception as error:  # noqa: BLE001 - whatever a server makes of the library is no answer
        came.put((ask, NoAnswer(_host(ask.url), "broken", type(error).__name__)))


def _fetch(ask: Ask, end: float) -> bytes:
    import requests

    url = ask.url
    with requests.Session() as session:
        session.headers.update(
            {
                "User-Agent": f"esignctl/{__version__}",
                "Accept": "*/*",
                "Accept-Encoding": "identity",
            }
        )
        # requests itself turns a POST that is led elsewhere into a GET
        for _hop in range(_REDIRECTS + 1):
            with _send(session, ask, url, end) as response:
                if response.is_redirect:
                    url = urljoin(url, response.headers["Location"])
                    if not _host(url):
                        raise _FailedError(_host(ask.url), "redirects")
                    continue
                if response.status_code != requests.codes.ok:
                    raise _FailedError(_host(url), "status", str(response.status_code))
                return _content(response, ask, end)
    raise _FailedError(_host(ask.url), "redirects")


def _send(session: "requests.Session", ask: Ask, url: str, end: float) -> "requests.Response":
    import requests

    left = max(end - time.monotonic(), 0.001)
    try:
        return session.request(
            "GET" if ask.body is None else "POST",
            url,
            data=ask.body,
            headers={"Content-Type": ask.media_type} if ask.media_type else None,
            timeout=left,
            stream=True,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise _FailedError(_host(url), _problem(error)) from None


def _content(response: "requests.Response", ask: Ask, end: float) -> bytes:
    import requests

    content = bytearray()
    try:
        for chunk in response.iter_content(_CHUNK):
            content += chunk
            if len(content) > ask.limit:
                raise _FailedError(_host(ask.url), "too-large")
            if time.monotonic() > end:
                raise _FailedError(_host(ask.url), "timeout")
    except requests.RequestException as error:
        raise _FailedError(_host(ask.url), _problem(error)) from None
    return bytes(content)


def _problem(error: "requests.RequestException") -> str:
    """Where on the way a request failed."""
    import requests

    match error:
        case requests.exceptions.ProxyError():
            return "proxy"
        case requests.exceptions.SSLError():
            return "tls"
        case requests.exceptions.Timeout():
            return "timeout"
        case requests.exceptions.InvalidURL() | requests.exceptions.InvalidSchema():
            return "address"
        case requests.exceptions.ConnectionError():
            words = repr(error)
            if "NameResolutionError" in words:
                return "name"
            # a read that takes too long while the content comes is told as a broken connection
            if "timed out" in words:
                return "timeout"
            return "refused" if "NewConnectionError" in words else "broken"
    return "broken"


def _host(url: str) -> str:
    """The host of an http address; empty for anything else."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
