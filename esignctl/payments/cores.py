"""Work on many rows, shared by the cores of the machine.

Only where a process can be forked, which takes milliseconds and gives the child everything that the
parent knows: on Linux. Elsewhere starting a second Python would take longer than it saves.
"""

import os
import sys
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from typing import Any, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

ENOUGH = 10_000
"""With fewer rows than these one core is as fast."""
_MOST = 8


def shared(work: Callable[[Sequence[_T]], list[_R]], rows: Sequence[_T]) -> list[_R]:
    """What ``work(rows)`` returns: one result for each row, which depends on that row alone."""
    if sys.platform != "linux":
        return work(rows)
    hands = min(len(os.sched_getaffinity(0)), _MOST)
    if hands == 1 or len(rows) < ENOUGH:
        return work(rows)
    from esignctl.payments.forked import Helper

    # every so-manieth row for each: the rows that take long stand together
    parts = [rows[first::hands] for first in range(hands)]
    helpers = [Helper(work, part) for part in parts[1:]]
    try:
        results = [work(parts[0]), *(helper.results() for helper in helpers)]
    finally:
        for helper in helpers:
            helper.dismiss()
    missing = object()
    in_order: Any = chain.from_iterable(zip_longest(*results, fillvalue=missing))
    return [result for result in in_order if result is not missing]
