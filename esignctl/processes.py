"""Work shared by several processes, started afresh: a fork would share what other threads hold."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_Piece = TypeVar("_Piece")
_Made = TypeVar("_Made")

_MOST: Final = 8


def hands() -> int:
    """How many processes are worth having here."""
    return min(os.cpu_count() or 1, _MOST)


def shared(
    make: Callable[[_Piece], _Made],
    work: Iterable[_Piece],
    hands: int,
    ahead: int,
    begin: Callable[[], object],
    make_here: Callable[[_Piece], _Made],
) -> Iterator[tuple[_Piece, _Made]]:
    """Each piece of work with what `make` makes of it in one of `hands` processes, in their order.

    `ahead` pieces are under way at once; each process calls `begin` first. Where one is killed,
    `make_here` makes what is left, in this process.
    """
    from concurrent.futures.process import BrokenProcessPool

    under_way: deque[tuple[_Piece, Future[_Made] | None]] = deque()
    rest = iter(work)
    with _pool(hands, begin) as pool:

        def begun(piece: _Piece) -> "Future[_Made] | None":
            try:
                return pool.submit(make, piece)
            except BrokenProcessPool:
                return None

        while True:
            under_way += [(piece, begun(piece)) for piece in islice(rest, ahead - len(under_way))]
            if not under_way:
                return
            piece, making = under_way.popleft()
            try:
                made = making.result() if making else make_here(piece)
            except BrokenProcessPool:
                made = make_here(piece)
            yield piece, made


@contextmanager
def _pool(hands: int, begin: Callable[[], object]) -> Iterator["ProcessPoolExecutor"]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(hands, get_context("spawn"), _begin, (begin,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(begin: Callable[[], object]) -> None:
    # Ctrl-C reaches the children, too: the parent answers it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin()
