"""Work shared by several processes, started afresh: a fork would share what other threads hold."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_MOST: Final = 8


def hands() -> int:
    """How many processes are worth having here."""
    return min(os.cpu_count() or 1, _MOST)


@contextmanager
def pool(
    count: int, begin: Callable[..., object] | None = None, *arguments: Any
) -> Iterator["ProcessPoolExecutor"]:
    """So many processes, each of which calls `begin` first; what waits is dropped at the end."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(count, get_context("spawn"), _begin, (begin, *arguments))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _begin(begin: Callable[..., object] | None, *arguments: Any) -> None:
    # Ctrl-C reaches the children, too: the parent answers it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin:
        begin(*arguments)
