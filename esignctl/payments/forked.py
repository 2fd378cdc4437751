"""A forked child that works on its part of the rows. Linux only."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

assert sys.platform == "linux"  # noqa: S101 - type checkers pass over the rest elsewhere


class Helper:
    """A forked child at work on its part of the rows."""

    def __init__(self, work: Callable[[Sequence[Any]], list[Any]], rows: Sequence[Any]) -> None:
        self._again: Callable[[], list[Any]] = partial(work, rows)
        self._answer, writing = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            _work_and_end(self._again, writing)
        os.close(writing)

    def results(self) -> list[Any]:
        """What the child found; where it failed its work is done here, and fails here."""
        with (
            suppress(EOFError, pickle.UnpicklingError),
            open(self._answer, "rb", closefd=False) as answer,
        ):
            return list(pickle.load(answer))  # noqa: S301 - our own child wrote it
        return self._again()

    def dismiss(self) -> None:
        """End the child, whatever it is doing."""
        os.close(self._answer)
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


def _work_and_end(work: Callable[[], list[Any]], writing: int) -> None:
    """In the child: never returns, and cleans up nothing that is the parent's."""
    try:
        # Ctrl-C reaches both: the parent answers it
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with open(writing, "wb") as answer:
            pickle.dump(work(), answer, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)
