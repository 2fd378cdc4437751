"""Inside the short-lived processes in which PINs exist: how they take PINs, and reach the token.

`serve` runs one task with its orders, a JSON argument without any secret; what happens is told as
lines of JSON on stdout. PINs come from a hidden prompt or from standard input and end with the
process, which leaves no core file and lets nobody look into its memory.
`esignctl.cards.pin_process` starts such a process and listens.
"""

import getpass
import json
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from esignctl.cards import pcsc, probe, tokens
from esignctl.cards.model import PinState
from esignctl.i18n import set_language

_MOST: Final = 1024
_CORE_IS_DUMPABLE: Final = 4  # PR_SET_DUMPABLE
_UTF8_MARK: Final = b"\xef\xbb\xbf"


class Ended(Exception):
    """The work has ended before its goal; the outcome is told."""

    def __init__(self, outcome: str, problem: str = "") -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.problem = problem


class Teller:
    """Writes lines to the stdout that the process was started with; modules get another one."""

    def __init__(self) -> None:
        self._lines = os.fdopen(os.dup(1), "w", encoding="ascii")
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)

    def __call__(self, **facts: str) -> None:
        self._lines.write(json.dumps(facts) + "\n")
        self._lines.flush()


def serve(task: Callable[[dict[str, Any], Teller], dict[str, str]]) -> None:
    """Do the task with the orders of the command line, tell what came of it, and leave at once."""
    _seal()
    order = json.loads(sys.argv[1])
    set_language(order["language"])
    tell = Teller()
    try:
        tell(**task(order, tell))
    except Ended as end:
        tell(outcome=end.outcome, problem=end.problem)
    except (KeyboardInterrupt, EOFError):
        tell(outcome="interrupted")
    except BaseException as error:  # noqa: BLE001 - a traceback could show what it must not
        tell(outcome="fault", problem=type(error).__name__)
    finally:
        # modules may take long, or fail, to end by themselves
        os._exit(0)


def _seal() -> None:
    """No core file, no window about a crash, and nobody may look into this process's memory."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002 | 0x8000)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_CORE_IS_DUMPABLE, 0, 0, 0, 0)


def lines_from_stdin(count: int) -> list[str]:
    """So many PINs, a line each, without waiting for an end; nothing else may follow."""
    content = b""
    while content.count(b"\n") < count and len(content) < _MOST:
        piece = os.read(0, _MOST)
        if not piece:
            break
        content += piece
    lines = content.removeprefix(_UTF8_MARK).replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    if len(lines) != count or not all(lines):
        raise Ended("input-missing")
    try:
        return [line.decode("utf-8") for line in lines]
    except UnicodeDecodeError:
        raise Ended("input-missing") from None


def asked(prompt: str) -> str:
    """A PIN from a hidden prompt."""
    # rather no PIN than one that everybody can read on the screen
    warnings.simplefilter("error", getpass.GetPassWarning)
    return getpass.getpass(prompt, sys.stderr)


def be_undisturbed() -> None:
    """From here on an interruption could only leave it open what has happened."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


@dataclass(frozen=True, slots=True)
class Token:
    """The card's token in a module that is loaded."""

    pkcs11: Any
    library: Any
    slot: int

    def refuse_if_unfit(self, accept_final: bool) -> None:
        """End when the PIN cannot be used, or one try is left and nobody accepted that."""
        info = self.library.getTokenInfo(self.slot)
        if info.flags & self.pkcs11.CKF_PROTECTED_AUTHENTICATION_PATH:
            raise Ended("pin-pad")
        state = _pin_state(info)
        if state in ("locked", "not-set") or (state == "final" and not accept_final):
            raise Ended(state)

    def state_now(self) -> PinState:
        """The PIN's state, as far as the token still tells."""
        try:
            return _pin_state(self.library.getTokenInfo(self.slot))
        except self.pkcs11.PyKCS11Error:
            return "unknown"

    def name(self, error: Any) -> str:
        """An error's name in the standard."""
        return probe.name(self.pkcs11, error)


def _pin_state(info: Any) -> PinState:
    return tokens.pin_of(info.flags, info.ulMinPinLen, info.ulMaxPinLen).state


@contextmanager
def token(
    order: dict[str, Any], fits: Callable[[Token], bool] = lambda _token: True
) -> Iterator[Token]:
    """The card that was chosen before, in its module; nobody else may use it where it is `alone`.

    A card with several PINs has a token for each: the first that `fits`. Ends with ``held``,
    ``failed`` or ``gone``.
    """
    if order["alone"] and order["in_pcsc"] and not pcsc.is_free(order["reader"]):
        raise Ended("held")
    # what modules print goes nowhere
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    import PyKCS11

    library = PyKCS11.PyKCS11Lib()
    try:
        probe.load(PyKCS11, library, order["module"])
        for slot in library.getSlotList(tokenPresent=True):
            description = probe.text(library.getSlotInfo(slot).slotDescription)
            if description != order["slot"]:
                continue
            if probe.text(library.getTokenInfo(slot).serialNumber) != order["serial"]:
                continue
            found = Token(PyKCS11, library, slot)
            if fits(found):
                yield found
                return
    except OSError:
        raise Ended("failed", "OSError") from None
    except PyKCS11.PyKCS11Error as error:
        raise Ended("failed", probe.name(PyKCS11, error)) from None
    raise Ended("gone")
