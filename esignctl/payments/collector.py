"""The search for cyclic garbage, which a million new values would start again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Without that search: reading and deciding make no cycles, and take a third longer with it.

    What stands at the end is not searched any more either: a command keeps it until its own end.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
