"""Readers and the cards in them, through PC/SC. The only home of pyscard.

Every question opens a context of its own and closes it again, because Windows ends the service
with the last reader and makes older contexts useless. Cards are reached in shared mode and left as
they were; no command is sent to any. Every call has a time limit: a call that does not come back
stays behind in a thread that ends with the process.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final, TypeVar

from esignctl.cards import readers
from esignctl.cards.atr import identify
from esignctl.cards.model import Card, CardState, Reader, Service, ServiceProblem
from esignctl.cards.waiting import Late, Run, within
from esignctl.text.folding import fold

_T = TypeVar("_T")

SECONDS: Final = 2.0
"""How long the service and each reader may take to answer."""

_NO_SERVICE: Final = frozenset({0x8010001D, 0x8010001E, 0x80100013, 0x8010002F, 0x6BA, 0x6})
_DENIED: Final = 0x8010006A
_NO_READERS: Final = 0x8010002E
_STATES: Final[dict[int, CardState]] = {
    0x8010000B: "busy",
    0x8010006A: "denied",
    0x80100066: "mute",
    0x80100067: "mute",
    0x8010000A: "mute",
    0x8010000C: "absent",
    0x80100069: "absent",
}
_READER_GONE: Final = frozenset({0x80100009, 0x80100017})
_MASK: Final = 0xFFFFFFFF
_RETRY_AFTER: Final = 0.2
_SETTLING: Final = 1.0
_CHANNEL_ID: Final = 0x00020110
_USB_CHANNEL: Final = 0x0020
_SYSTEM_NAME: Final = 0x7FFF0004
_SOCKET: Final = "/run/pcscd/pcscd.comm"
_USB_DEVICES: Final = Path("/sys/bus/usb/devices")


class PcscError(Exception):
    """A PC/SC call failed with a status of 32 bits."""

    def __init__(self, code: int) -> None:
        super().__init__(f"0x{code:08X}")
        self.code = code


@dataclass(frozen=True, slots=True)
class _Scard:
    """pyscard's plain functions, which tell of trouble by a status and raise nothing."""

    module: Any

    def __call__(self, function: str, *arguments: object) -> Any:
        """The values after the status; `PcscError` when the status is not success."""
        answer = getattr(self.module, function)(*arguments)
        status, *values = answer if isinstance(answer, list | tuple) else (answer,)
        if status & _MASK:
            raise PcscError(status & _MASK)
        return values[0] if len(values) == 1 else values

    @contextmanager
    def context(self) -> Iterator[Any]:
        """A context that is released at the end."""
        context = self("SCardEstablishContext", self.module.SCARD_SCOPE_USER)
        try:
            yield context
        finally:
            self.module.SCardReleaseContext(context)

    @contextmanager
    def connection(self, context: Any, name: str, share: int, protocols: int) -> Iterator[Any]:
        """A connection that leaves the card as it is."""
        handle, _protocol = self("SCardConnect", context, name, share, protocols)
        try:
            yield handle
        finally:
            self.module.SCardDisconnect(handle, self.module.SCARD_LEAVE_CARD)


def look(seconds: float = SECONDS) -> tuple[Service, tuple[Reader, ...]]:
    """The service, all readers, and the cards in them; connects to each card for a moment."""
    return _ask(_examine, seconds)


def glance(seconds: float = SECONDS) -> tuple[Service, tuple[Reader, ...]]:
    """As `look`, by what the service knows anyway: no connection to any card."""
    return _ask(_from_state, seconds)


def _ask(
    examine: Callable[[_Scard, Any, Reader], Reader | None], seconds: float
) -> tuple[Service, tuple[Reader, ...]]:
    try:
        from smartcard import scard as module
    except ImportError as error:
        # the extra is missing, or the system's own library, which comes with the service
        is_extra = (error.name or "").partition(".")[0] == "smartcard"
        return Service("extra-missing" if is_extra else "absent"), ()
    scard = _Scard(module)
    try:
        seen = within(seconds, lambda: _retried(lambda: _list(scard)))
    except Late:
        return Service("timeout"), ()
    except PcscError as error:
        if error.code == _NO_READERS:
            return Service(), ()
        return Service(_problem(error.code), error.code), ()
    return Service(), _all(scard, seen, examine, seconds)


def _problem(code: int) -> ServiceProblem:
    """What a status means that the service's first answers have."""
    if code == _DENIED or (code in _NO_SERVICE and _socket_is_closed_to_us()):
        return "denied"
    return "absent" if code in _NO_SERVICE else "failed"


def _socket_is_closed_to_us() -> bool:
    """Whether pcscd runs behind a socket that this user may not open; PC/SC itself hides that."""
    import socket

    if not hasattr(socket, "AF_UNIX"):
        return False
    with socket.socket(socket.AF_UNIX) as ours:
        try:
            ours.connect(os.environ.get("PCSCLITE_CSOCK_NAME", _SOCKET))
        except PermissionError:
            return True
        except OSError:
            return False
    return False


def _list(scard: _Scard) -> list[Reader]:
    with scard.context() as context:
        names: Sequence[str] = scard("SCardListReaders", context, [])
        return [reader for name in names if (reader := _state(scard, context, name))]


def _retried(call: Callable[[], _T]) -> _T:
    """Windows starts the service when it is first asked, and may refuse that first one."""
    try:
        return call()
    except PcscError as error:
        if error.code not in _NO_SERVICE:
            raise
    sleep(_RETRY_AFTER)
    return call()


def _state(scard: _Scard, context: Any, name: str) -> Reader | None:
    """A reader by what the service knows of it; None when it has just gone."""
    m = scard.module
    try:
        ((_name, state, atr),) = scard(
            "SCardGetStatusChange", context, 0, [(name, m.SCARD_STATE_UNAWARE)]
        )
    except PcscError as error:
        if error.code in _READER_GONE:
            return None
        raise
    counted = state >> 16 & 0xFFFF
    if not state & m.SCARD_STATE_PRESENT:
        return Reader(name, Card("absent"), events=counted)
    held = state & m.SCARD_STATE_EXCLUSIVE
    mute = state & m.SCARD_STATE_MUTE
    return Reader(name, _card("mute" if mute else "busy" if held else "ready", atr), events=counted)


def _card(state: CardState, atr: Sequence[int]) -> Card:
    text = "".join(f"{byte & 0xFF:02X}" for byte in atr)
    return Card(state, text, identify(text)) if text else Card(state)


def _all(
    scard: _Scard,
    seen: Sequence[Reader],
    examine: Callable[[_Scard, Any, Reader], Reader | None],
    seconds: float,
) -> tuple[Reader, ...]:
    """Examine all readers at once, so that one that does not answer holds up no other."""
    if examine is _from_state:
        return tuple(seen)

    def one(reader: Reader) -> Reader | None:
        with scard.context() as context:
            return examine(scard, context, reader)

    runs = [Run(lambda reader=reader: one(reader)) for reader in seen]  # type: ignore[misc]
    deadline = monotonic() + seconds
    found = []
    for reader, run in zip(seen, runs, strict=True):
        try:
            examined = run.result(deadline - monotonic())
        except Late:
            examined = replace(reader, card=replace(reader.card, state="mute"))
        except PcscError:
            examined = reader
        if examined is not None:
            found.append(examined)
    return tuple(found)


def _from_state(_scard: _Scard, _context: Any, reader: Reader) -> Reader | None:
    return reader


def _examine(scard: _Scard, context: Any, reader: Reader) -> Reader | None:
    """Connect to the card, which alone tells whether it answers and whether we may use it."""
    m = scard.module
    card, usb_id = reader.card, None
    try:
        if card.state == "absent":
            with scard.connection(context, reader.name, m.SCARD_SHARE_DIRECT, 0) as handle:
                usb_id = _usb_id(scard, handle)
        else:
            protocols = m.SCARD_PROTOCOL_T0 | m.SCARD_PROTOCOL_T1
            with scard.connection(context, reader.name, m.SCARD_SHARE_SHARED, protocols) as handle:
                card = _card("ready", scard("SCardStatus", handle)[3])
                usb_id = _usb_id(scard, handle)
    except PcscError as error:
        if error.code in _READER_GONE:
            return None
        if card.state != "absent":
            card = replace(card, state=_STATES.get(error.code, card.state))
    if card.state == "absent":
        card = Card("absent")
    model = readers.MODELS.get(usb_id or "") or readers.model_by_name(reader.name)
    return replace(reader, card=card, usb_id=usb_id, model=model)


def _usb_id(scard: _Scard, handle: Any) -> str | None:
    """The USB id of a connected reader, by the name or address that its driver tells."""
    try:
        name = bytes(byte & 0xFF for byte in scard("SCardGetAttrib", handle, _SYSTEM_NAME))
        if usb_id := readers.usb_id_in(name.decode("latin-1")):
            return usb_id
    except PcscError:
        pass
    try:
        channel = scard("SCardGetAttrib", handle, _CHANNEL_ID)
    except PcscError:
        return None
    number = int.from_bytes(bytes(byte & 0xFF for byte in channel[:4]), "little")
    if number >> 16 != _USB_CHANNEL:
        return None
    return _usb_device(number >> 8 & 0xFF, number & 0xFF)


def _usb_device(bus: int, address: int) -> str | None:
    """The USB id of the device at an address of a bus, from Linux's list of devices."""
    for device in _USB_DEVICES.glob("*"):
        try:
            at = [int((device / name).read_text()) for name in ("busnum", "devnum")]
            if at == [bus, address]:
                vendor = (device / "idVendor").read_text().strip()
                return f"{vendor}:{(device / 'idProduct').read_text().strip()}"
        except (OSError, ValueError):
            continue
    return None


def is_free(name: str, seconds: float = SECONDS) -> bool:
    """Whether no other program holds the card in a reader.

    Asks for the card alone and gives it back at once, for as long as the service takes to notice
    that a process of ours which used it has ended.
    """
    from smartcard import scard as module

    scard = _Scard(module)
    protocols = module.SCARD_PROTOCOL_T0 | module.SCARD_PROTOCOL_T1
    share = module.SCARD_SHARE_EXCLUSIVE

    def have_it_alone() -> None:
        with scard.context() as context, scard.connection(context, name, share, protocols):
            pass

    deadline = monotonic() + _SETTLING
    while True:
        try:
            within(seconds, have_it_alone)
        except Late:
            return False
        except PcscError as error:
            if _STATES.get(error.code) != "busy":
                return True
            if monotonic() > deadline:
                return False
            sleep(_RETRY_AFTER)
        else:
            return True


def fits(reader: Reader, wanted: str | None) -> bool:
    """Whether a reader is the one that was asked for: its name holds these words."""
    return wanted is None or fold(wanted) in fold(reader.name)
