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


def shared(work: Callable[[Sequence[_T]], list[_R]], rows: Sequence[_T]) -> list[_R]:
    """What ``work(rows)`` returns: one result for each row, which depends on that row alone."""
    if sys.platform == "linux" and len(rows) >= ENOUGH:
        hands = min(len(os.sched_getaffinity(0)), _MOST)
        if hands > 1:
            from esignctl.payments import forked

            return forked.shared(work, rows, hands)
    return work(rows)
