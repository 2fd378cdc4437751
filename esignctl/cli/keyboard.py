"""One key or one line from the terminal, on Windows and elsewhere.

A key counts at once, without Enter. The terminal is left as it was found, whatever happens.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_END_OF_INPUT = ("\x04", "\x1a")
_ESCAPE = "\x1b"


def is_there() -> bool:
    """Whether a person sits at a terminal and sees what is printed."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def read_key(prompt: str) -> str | None:
    """The next key that prints something; None when the input has ended."""
    while True:
        key = _key(prompt)
        prompt = ""
        if not key or key in _END_OF_INPUT:
            return None
        if key.isprintable() and not key.isspace():
            return key


def read_line() -> str | None:
    """A line, typed with the terminal's own editing; None when the input has ended."""
    line = _line()
    return line.strip() if line else None


def _show(prompt: str) -> None:
    sys.stderr.write(prompt)
    sys.stderr.flush()


if sys.platform == "win32":
    import msvcrt

    def _key(prompt: str) -> str:
        _show(prompt)
        key = msvcrt.getwch()
        if key in ("\0", "\xe0"):
            # a function or arrow key: its second half means nothing here
            msvcrt.getwch()
            return _ESCAPE
        if key == "\x03":
            raise KeyboardInterrupt
        return key

    def _line() -> str:
        return sys.stdin.readline()

else:
    import select
    import termios
    import tty

    # bypasses the buffer of sys.stdin, which would keep keys that were typed ahead
    def _key(prompt: str) -> str:
        descriptor = sys.stdin.fileno()
        # a key pressed as soon as the prompt is seen must already count by itself
        with _at_once(descriptor):
            _show(prompt)
            read = os.read(descriptor, 1)
            if read == _ESCAPE.encode():
                _skip_sequence(descriptor)
            while read and (key := read.decode(errors="ignore")) == "" and len(read) < 4:
                read += os.read(descriptor, 1)
                key = read.decode(errors="ignore")
            return key if read else ""

    def _skip_sequence(descriptor: int) -> None:
        """Read past the rest of an arrow key and its like: ``[A``, ``OP``, ``[15~``."""
        begun = False
        while select.select([descriptor], [], [], 0.02)[0]:
            byte = os.read(descriptor, 1)
            if begun and b"@" <= byte <= b"~":
                return
            if byte not in b"[O" and not begun:
                return
            begun = True

    def _line() -> str:
        read = b""
        while not read.endswith(b"\n"):
            piece = os.read(sys.stdin.fileno(), 4096)
            if not piece:
                break
            read += piece
        return read.decode(errors="replace")

    @contextmanager
    def _at_once(descriptor: int) -> Iterator[None]:
        before = termios.tcgetattr(descriptor)
        try:
            tty.setcbreak(descriptor, termios.TCSADRAIN)
            yield
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
