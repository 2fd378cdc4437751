"""Cards that nobody here wrote: Debian's ``vicc``, in a process of its own, behind our counter."""

import os
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Literal

from tests.cards.virtual.apdu import Command
from tests.cards.virtual.slot import ATR, ON, RESET, Card, receive

# Of its kinds the one that runs as Debian 12 packages it: cryptoflex ends when it is asked for its
# ATR, ePass and nPA want Python modules that the package lacks, and relay has no card of its own.
Kind = Literal["iso7816"]
# Debian 12 installs the library where no Python looks for it; later releases do not.
LIBRARY = Path("/usr/lib/python3/site-packages/virtualsmartcard")
# vicc imports PyCryptodome under the name of its forerunner.
CRYPTODOME = Path("/usr/lib/python3/dist-packages/Cryptodome")


class Vicc(Card):
    """One of ``vicc``'s cards. It is told to connect to us, and we pass everything on."""

    def __init__(self, kind: Kind) -> None:
        self.name = f"vicc {kind}"
        self._library = tempfile.TemporaryDirectory(prefix="cards-vicc-")
        place = Path(self._library.name)
        (place / "Crypto").symlink_to(CRYPTODOME)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(10)
            port = listener.getsockname()[1]
            self._process = subprocess.Popen(
                ["vicc", "--type", kind, "--hostname", "127.0.0.1", "--port", str(port)],
                cwd=place,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=(place / "vicc.log").open("wb"),
                env={**os.environ, "PYTHONPATH": f"{LIBRARY}{os.pathsep}{place}"},
            )
            try:
                self._wire, _ = listener.accept()
            except TimeoutError:
                self._process.kill()
                raise AssertionError((place / "vicc.log").read_text()) from None
        self._wire.settimeout(10)
        self._send(bytes([ON]))
        self.atr = self._ask(bytes([ATR]))

    def reset(self) -> None:
        """Pass the reset on."""
        self._send(bytes([RESET]))

    def answer(self, command: Command) -> bytes:
        """Pass the command on, and the answer back."""
        return self._ask(command.raw)

    def close(self) -> None:
        """End the other program."""
        self._wire.close()
        self._process.kill()
        self._process.wait(timeout=10)
        self._library.cleanup()

    def _send(self, message: bytes) -> None:
        self._wire.sendall(len(message).to_bytes(2, "big") + message)

    def _ask(self, message: bytes) -> bytes:
        self._send(message)
        return receive(self._wire, int.from_bytes(receive(self._wire, 2), "big"))
