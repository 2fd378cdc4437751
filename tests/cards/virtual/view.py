"""What the service itself says of its readers, asked directly, so that tests can wait for it."""

import time
from collections.abc import Callable

from smartcard import scard

PRESENT = scard.SCARD_STATE_PRESENT
MUTE = scard.SCARD_STATE_MUTE


def state(reader: str) -> int | None:
    """The PC/SC state bits of a reader; None when the service or the reader is not there."""
    code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if code != 0:
        return None
    try:
        code, states = scard.SCardGetStatusChange(context, 0, [(reader, scard.SCARD_STATE_UNAWARE)])
        return int(states[0][1]) if code == 0 else None
    finally:
        scard.SCardReleaseContext(context)


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 8) -> None:
    """Come back as soon as it holds. Raises AssertionError when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def wait_for_card(reader: str) -> None:
    """Until the service has seen a card there, answering or mute."""
    wait_until(lambda: bool((state(reader) or 0) & PRESENT), f"no card in {reader}")


def wait_for_no_card(reader: str) -> None:
    """Until the service has seen that the reader is empty."""
    wait_until(lambda: not (state(reader) or 0) & PRESENT, f"still a card in {reader}")
