"""What stands between a user and the card: refusal by the service, other programs."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# the size of a client's first message: two header words and three of its version
HELLO = 20
_HOLD = """
import sys
from smartcard import scard
_, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
code, card, _ = scard.SCardConnect(
    context, sys.argv[1], scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_ANY
)
print(code, flush=True)
sys.stdin.read()
scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
"""


@contextmanager
def refusing_service(place: Path) -> Iterator[Path]:
    """A socket that behaves as pcscd under polkit does when the policy says no: it hangs up.

    Yields the socket's path for ``PCSCLITE_CSOCK_NAME``. libpcsclite makes 0x8010006A of it.
    """
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        place.chmod(0o666)
        listener.listen()
        thread = threading.Thread(target=_hang_up, args=(listener,), daemon=True)
        thread.start()
        yield place
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


def _hang_up(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            client, _ = listener.accept()
            # what was sent and never read makes the end a reset, by which libpcsclite knows it
            while 0 < len(client.recv(HELLO, socket.MSG_PEEK)) < HELLO:
                time.sleep(0.001)
            client.close()


@contextmanager
def locked_up(path: Path) -> Iterator[list[str]]:
    """Nobody may open ``path``; yields what to put before a command so that root may not either."""
    before = path.stat().st_mode
    path.chmod(0)
    rights = "-dac_override,-dac_read_search"
    try:
        yield ["setpriv", f"--bounding-set={rights}"] if os.geteuid() == 0 else []
    finally:
        path.chmod(before)


@contextmanager
def held_by_another_program(reader: str) -> Iterator[int]:
    """A second program has the card in ``reader`` for itself; yields its process number."""
    arguments = [sys.executable, "-c", _HOLD, reader]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "0\n"
        try:
            yield holder.pid
        finally:
            assert holder.stdin is not None
            holder.stdin.close()


def missing_programs() -> list[str]:
    """Programs of ``scripts/test-packages.txt`` that this machine lacks."""
    search = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
    wanted = ("pcscd", "vicc", "opensc-tool", "pkcs11-tool", "softhsm2-util", "unshare", "cc")
    return [name for name in wanted if shutil.which(name, path=search) is None]
