"""The short-lived process that changes a PIN: ``python -m esignctl.cards.pin_worker``.

Only here do PINs exist. `main` takes them from a hidden prompt or from standard input, has them
judged, and gives them to the module; they end with the process, which leaves no core file and lets
nobody look into its memory. Its orders are one JSON argument without any secret; it tells what
happens as lines of JSON on stdout. `esignctl.cards.pin` starts it and judges.
"""

import getpass
import json
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from esignctl.cards import pcsc, pin_rules, probe, tokens
from esignctl.cards.model import PinState
from esignctl.i18n import _, set_language

_MOST: Final = 1024
_CORE_IS_DUMPABLE: Final = 4  # PR_SET_DUMPABLE
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_NO_ANSWER: Final = frozenset(
    {
        "CKR_DEVICE_ERROR",
        "CKR_DEVICE_MEMORY",
        "CKR_DEVICE_REMOVED",
        "CKR_FUNCTION_FAILED",
        "CKR_GENERAL_ERROR",
        "CKR_TOKEN_NOT_PRESENT",
    }
)
_OUTCOMES: Final = {
    "CKR_PIN_INCORRECT": "wrong",
    "CKR_PIN_LOCKED": "wrong",
    "CKR_DATA_INVALID": "refused-by-card",
    "CKR_PIN_INVALID": "refused-by-card",
    "CKR_PIN_LEN_RANGE": "refused-by-card",
}


class Ended(Exception):
    """The work has ended before the PIN was changed and verified; the outcome is told."""

    def __init__(self, outcome: str, problem: str = "") -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.problem = problem


def main() -> None:
    """Ask for the PINs, change, verify by a fresh login, tell; then leave at once."""
    _seal()
    order = json.loads(sys.argv[1])
    set_language(order["language"])
    tell = _Teller()
    try:
        old, new = _from_stdin() if order["from_stdin"] else _from_terminal(order["reader"])
        if flaw := pin_rules.weakness(new, old, order["shortest"], order["longest"]):
            raise Ended("trivial", flaw)
        tell(phase="preparing")
        _be_undisturbed()
        with _token(order) as token:
            token.refuse_if_unfit(order["accept_final"])
            tell(phase="changing")
            token.change(old, new)
            tell(phase="verifying")
            token.verify(new)
        tell(outcome="changed")
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


class _Teller:
    """Writes lines to the stdout that the process was started with; modules get another one."""

    def __init__(self) -> None:
        self._lines = os.fdopen(os.dup(1), "w", encoding="ascii")
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)

    def __call__(self, **facts: str) -> None:
        self._lines.write(json.dumps(facts) + "\n")
        self._lines.flush()


def _from_stdin() -> tuple[str, str]:
    """Old and new PIN from two lines, without waiting for an end; nothing else may follow."""
    content = b""
    while content.count(b"\n") < 2 and len(content) < _MOST:
        piece = os.read(0, _MOST)
        if not piece:
            break
        content += piece
    lines = content.removeprefix(_UTF8_MARK).replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    if len(lines) != 2 or not all(lines):
        raise Ended("input-missing")
    try:
        old, new = (line.decode("utf-8") for line in lines)
    except UnicodeDecodeError:
        raise Ended("input-missing") from None
    return old, new


def _from_terminal(reader: str) -> tuple[str, str]:
    """Old and new PIN from hidden prompts, the new one twice."""
    # rather no PIN than one that everybody can read on the screen
    warnings.simplefilter("error", getpass.GetPassWarning)
    old = getpass.getpass(_("Old PIN of the card in {reader}: ").format(reader=reader), sys.stderr)
    new = getpass.getpass(_("New PIN: "), sys.stderr)
    if getpass.getpass(_("New PIN again: "), sys.stderr) != new:
        raise Ended("not-repeated")
    return old, new


def _be_undisturbed() -> None:
    """From here on an interruption could only leave it open whether the PIN has changed."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


@dataclass(frozen=True, slots=True)
class _Token:
    """The card's token in a module that is loaded."""

    pkcs11: Any
    library: Any
    slot: int

    def refuse_if_unfit(self, accept_final: bool) -> None:
        """End when the PIN cannot be changed, or one try is left and nobody accepted that."""
        info = self.library.getTokenInfo(self.slot)
        if info.flags & self.pkcs11.CKF_PROTECTED_AUTHENTICATION_PATH:
            raise Ended("pin-pad")
        state = _pin_state(info)
        if state in ("locked", "not-set") or (state == "final" and not accept_final):
            raise Ended(state)

    def change(self, old: str, new: str) -> None:
        """Change the PIN in one session; some modules want a login first."""
        try:
            session = self.library.openSession(self.slot, self.pkcs11.CKF_RW_SESSION)
        except self.pkcs11.PyKCS11Error as error:
            raise Ended("failed", probe.name(self.pkcs11, error)) from None
        try:
            try:
                session.setPin(old, new)
            except self.pkcs11.PyKCS11Error as error:
                if probe.name(self.pkcs11, error) != "CKR_USER_NOT_LOGGED_IN":
                    raise
                session.login(old)
                session.setPin(old, new)
        except self.pkcs11.PyKCS11Error as error:
            name = probe.name(self.pkcs11, error)
            # a code that the standard does not know could mean anything
            is_open = name in _NO_ANSWER or name.startswith("0x")
            outcome = "uncertain" if is_open else _OUTCOMES.get(name, "failed")
            raise Ended(outcome, self._state_now() if outcome == "wrong" else name) from None

    def _state_now(self) -> str:
        try:
            return _pin_state(self.library.getTokenInfo(self.slot))
        except self.pkcs11.PyKCS11Error:
            return "unknown"

    def verify(self, new: str) -> None:
        """Log in with the new PIN, in a session of its own."""
        try:
            self.library.closeAllSessions(self.slot)
            fresh = self.library.openSession(self.slot)
            fresh.login(new)
            fresh.logout()
        except self.pkcs11.PyKCS11Error as error:
            raise Ended("not-verified", probe.name(self.pkcs11, error)) from None


def _pin_state(info: Any) -> PinState:
    return tokens.pin_of(info.flags, info.ulMinPinLen, info.ulMaxPinLen).state


@contextmanager
def _token(order: dict[str, Any]) -> Iterator[_Token]:
    """The card that was chosen before, which nobody else uses, in its module."""
    if order["in_pcsc"] and not pcsc.is_free(order["reader"]):
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
            if probe.text(library.getTokenInfo(slot).serialNumber) == order["serial"]:
                yield _Token(PyKCS11, library, slot)
                return
    except OSError:
        raise Ended("failed", "OSError") from None
    except PyKCS11.PyKCS11Error as error:
        raise Ended("failed", probe.name(PyKCS11, error)) from None
    raise Ended("gone")


if __name__ == "__main__":
    main()
