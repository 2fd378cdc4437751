"""Work on many rows, shared by the cores of the machine.

Only where a process can be forked, which takes milliseconds and gives the child everything that the
parent knows: on Linux. Elsewhere starting a second Python would take longer than it saves.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

ENOUGH = 10_000
"""With fewer rows than these one core is as fast."""
_MOST = 8
_PIECE = 500


def shared(
    work: Callable[[Sequence[_T]], list[_R]],
    rows: Sequence[_T],
    advance: Callable[[int], None] = lambda _rows: None,
) -> list[_R]:
    """What ``work(rows)`` returns: one result for each row, which depends on that row alone.

    ``advance`` is told, time and again, how many rows more are done.
    """
    if sys.platform == "linux" and len(rows) >= ENOUGH:
        hands = min(len(os.sched_getaffinity(0)), _MOST)
        if hands > 1:
            from esignctl.payments import forked

            return forked.shared(work, rows, hands, advance)
    return in_pieces(work, rows, advance)


def in_pieces(
    work: Callable[[Sequence[_T]], list[_R]], rows: Sequence[_T], advance: Callable[[int], None]
) -> list[_R]:
    """What ``work(rows)`` returns, by some rows at a time; ``advance`` is told how many."""
    results: list[_R] = []
    for first in range(0, len(rows), _PIECE):
        piece = rows[first : first + _PIECE]
        results += work(piece)
        advance(len(piece))
    return results
