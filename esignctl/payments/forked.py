"""Forked children that work on their part of the rows each. Linux only."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, zip_longest
from typing import Any, TypeVar

from esignctl.payments.cores import in_pieces

assert sys.platform == "linux"  # noqa: S101 - type checkers pass over the rest elsewhere


_T = TypeVar("_T")
_R = TypeVar("_R")


def shared(
    work: Callable[[Sequence[_T]], list[_R]],
    rows: Sequence[_T],
    hands: int,
    advance: Callable[[int], None],
) -> list[_R]:
    """What ``work(rows)`` returns, by this process and ``hands - 1`` children.

    The children are as fast: ``advance`` is told of their rows with those of this process.
    """
    # every so-manieth row for each: the rows that take long stand together
    parts = [rows[first::hands] for first in range(hands)]
    helpers = [_Helper(work, part) for part in parts[1:]]

    def tell(count: int) -> None:
        advance(count * hands)

    try:
        results = [in_pieces(work, parts[0], tell), *(helper.results() for helper in helpers)]
    finally:
        for helper in helpers:
            helper.dismiss()
    missing = object()
    in_order: Any = chain.from_iterable(zip_longest(*results, fillvalue=missing))
    return [result for result in in_order if result is not missing]


class _Helper:
    """A forked child at work on its part of the rows."""

    def __init__(self, work: Callable[[Sequence[Any]], list[Any]], rows: Sequence[Any]) -> None:
        self._again: Callable[[], list[Any]] = partial(work, rows)
        self._answer, writing = os.pipe()
        parent = os.getpid()
        self._child = os.fork()
        if self._child == 0:
            os.close(self._answer)  # or a pipe that nobody reads would never break
            _work_and_end(partial(in_pieces, work, rows, _end_with(parent)), writing)
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


def _end_with(parent: int) -> Callable[[int], None]:
    """What a child asks time and again: it must not work on for a parent that was killed."""

    def ask(_rows: int) -> None:
        if os.getppid() != parent:
            os._exit(1)

    return ask


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
