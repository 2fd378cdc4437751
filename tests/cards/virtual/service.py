"""A ``pcscd`` of the tests' own: its own socket, its own two virtual readers, its own ports.

The service insists on ``/run/pcscd``, so it gets a mount namespace in which that folder is another
one; programs find the socket there by ``PCSCLITE_CSOCK_NAME``. A service that the machine runs
already is neither used nor disturbed. No systemd is needed.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.cards.virtual.modules import compile_library
from tests.cards.virtual.slot import Slot
from tests.cards.virtual.tally import Tally

READERS = ("Virtual PCD 00 00", "Virtual PCD 00 01")
DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
SEARCH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))


class Service:
    """The smart card service with its readers; started, stopped, killed and started again.

    When it is not ``prompt``, service, readers and cards take the time that Debian's take.
    """

    def __init__(self, tally: Tally, *, prompt: bool = True) -> None:
        # the path of a Unix socket is short by law, so it does not live under pytest's folders
        self.home = Path(tempfile.mkdtemp(prefix="cards-"))
        self.home.chmod(0o755)
        self.runtime = self.home / "run"
        self.runtime.mkdir()
        self.socket = self.runtime / "pcscd.comm"
        self.port = _two_free_ports()
        (self.home / "readers").mkdir()
        self._preload = ""
        if prompt:
            quick = self.home / "quick.so"
            compile_library(Path(__file__).with_name("quick.c"), quick)
            self._preload = str(quick)
        self.slots = tuple(
            Slot(self.port + number, reader, tally, prompt=prompt)
            for number, reader in enumerate(READERS)
        )
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What the service said."""
        return self.home / "pcscd.log"

    def plug(self) -> None:
        """Have the readers there when the service starts."""
        (self.home / "readers" / "vpcd").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x{self.port:04X}\n'
            f"LIBPATH {DRIVER}\nCHANNELID 0x{self.port:04X}\n"
        )

    def unplug(self) -> None:
        """Have no readers when the service starts."""
        (self.home / "readers" / "vpcd").write_text("")

    def start(self) -> None:
        """Start it and wait until it answers."""
        namespace = ["unshare", "--mount"]
        if os.geteuid() != 0:
            namespace.append("--map-root-user")
        # mount --bind wants the folder to exist; a machine that never ran the service lacks it
        script = (
            "mkdir -p /run/pcscd 2>/dev/null || { mount -t tmpfs none /run && mkdir /run/pcscd; }; "
            'mount --bind "$1" /run/pcscd && shift && '
            'exec env LD_PRELOAD="$0" pcscd --foreground --info --config "$@"'
        )
        self.socket.unlink(missing_ok=True)
        arguments = [str(self.runtime), str(self.home / "readers"), *_without_policy()]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*namespace, "sh", "-c", script, self._preload, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
            )
        deadline = time.monotonic() + 10
        while not self.socket.exists():
            assert self._process.poll() is None, self.log.read_text(errors="replace")
            assert time.monotonic() < deadline, self.log.read_text(errors="replace")
            time.sleep(0.02)

    @property
    def running(self) -> bool:
        """Whether it is alive."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it as an administrator does: it takes its socket with it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
            self._process = None

    def kill(self) -> None:
        """End it as a crash does: its socket stays behind and nobody answers there."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None

    def close(self) -> None:
        """Empty the readers, end the service, remove its files."""
        for slot in self.slots:
            slot.pull()
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


def _without_policy() -> list[str]:
    """A service built with polkit refuses everybody where no D-Bus runs, unless told not to ask."""
    told = subprocess.run(["pcscd", "--help"], capture_output=True, env=_environment(), check=False)
    return ["--disable-polkit"] if b"--disable-polkit" in told.stdout + told.stderr else []


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": SEARCH}


def _two_free_ports() -> int:
    """The first of two neighbouring TCP ports that are free."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("0.0.0.0", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("0.0.0.0", port + 1))
            except (OSError, OverflowError):
                continue
            return port
