"""This computer as far as cards care: system, architecture, remote session, who uses cards."""

import os
import platform
import struct
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from esignctl.cards.model import System
from esignctl.text.folding import fold

_MACHINES = {"amd64": "x86_64", "x64": "x86_64", "i386": "x86", "i686": "x86", "arm64": "aarch64"}
_WINDOWS_REMOTE_SESSION = 0x1000
# no clock that is right is before this program
_FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_LAST_DAY = datetime(2070, 1, 1, tzinfo=UTC)


def here() -> System:
    """This computer and this session."""
    return System(
        _os_name(),
        platform.release(),
        machine_name(platform.machine()),
        struct.calcsize("P") * 8,
        remote_kind(os.environ, _windows_says_remote()),
    )


def machine_name(name: str) -> str:
    """An architecture by one name, whatever the system calls it: ``AMD64`` is ``x86_64``."""
    folded = fold(name)
    return _MACHINES.get(folded, folded)


def remote_kind(environment: Mapping[str, str], windows_remote: bool = False) -> str | None:
    """The kind of remote session that the environment tells of: ``rdp citrix ssh`` or None."""
    session = fold(environment.get("SESSIONNAME", ""))
    if session.startswith("ica"):
        return "citrix"
    if windows_remote or session.startswith("rdp") or "XRDP_SESSION" in environment:
        return "rdp"
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        return "ssh"
    return None


def clock_is_wrong(now: datetime, known_past: datetime | None = None) -> bool:
    """Whether the clock cannot be right; `known_past` is a moment that was certainly before."""
    if known_past is not None and now < known_past:
        return True
    return not _FIRST_DAY <= now < _LAST_DAY


def card_users() -> tuple[str, ...]:
    """Names of other programs of this computer that use the card service, as far as we may see."""
    names = set()
    for process in Path("/proc").glob("[0-9]*"):
        if process.name == str(os.getpid()):
            continue
        try:
            if "libpcsclite.so" in (process / "maps").read_text(encoding="utf-8", errors="replace"):
                names.add((process / "comm").read_text(encoding="utf-8", errors="replace").strip())
        except OSError:
            continue
    return tuple(sorted(names - {"pcscd"}))


def _os_name() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def _windows_says_remote() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.user32.GetSystemMetrics(_WINDOWS_REMOTE_SESSION))
