"""The program on a terminal of its own, as a person at the keyboard has it."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.conftest import CommandLine

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass
class Terminal:
    """A running program: what it shows is read, what a person types is written."""

    process: subprocess.Popen[bytes]
    controller: int
    seen: str = ""

    def expect(self, text: str, seconds: float = 20) -> str:
        """Wait until ``text`` is shown; returns what was shown until then, without colours."""
        end = time.monotonic() + seconds
        while text not in (plain := _ESCAPES.sub("", self.seen)):
            assert time.monotonic() < end, f"{text!r} was not shown, but:\n{plain}"
            if select.select([self.controller], [], [], 0.1)[0]:
                self.seen += self._read()
        before, _text, after = plain.partition(text)
        self.seen = after
        return before + text

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.controller, keys.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.type("\x03")

    def ends_with(self, seconds: float = 20) -> int:
        """The exit code, when the program has ended."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            if select.select([self.controller], [], [], 0.1)[0]:
                self.seen += self._read()
        return self.process.wait(timeout=1)

    def echoes(self) -> bool:
        """Whether the terminal is as terminals are: lines, and what is typed is shown."""
        flags = termios.tcgetattr(self.controller)[3]
        return bool(flags & termios.ICANON and flags & termios.ECHO)

    def _read(self) -> str:
        try:
            return os.read(self.controller, 65536).decode(errors="replace")
        except OSError:
            return ""  # the program has closed its end


@contextmanager
def terminal(run: CommandLine, *arguments: str, columns: int = 100) -> Iterator[Terminal]:
    """Run the program on a terminal; it is ended with the block."""
    controller, end = os.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        run.argv(*arguments),
        stdin=end,
        stdout=end,
        stderr=end,
        env=run.environ(TERM="xterm-256color"),
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    try:
        yield Terminal(process, controller)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=10)
        os.close(end)
        os.close(controller)
