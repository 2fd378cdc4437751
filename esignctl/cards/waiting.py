"""Calls that may not come back: each in a thread of its own, waited for so long and no longer."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Late(Exception):
    """A call did not come back in time."""


class Run(Generic[_T]):
    """A call in a thread of its own, which ends with the process at the latest."""

    def __init__(self, call: Callable[[], _T]) -> None:
        self._call = call
        self._results: list[_T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            self._results.append(self._call())
        except BaseException as error:  # noqa: BLE001 - handed on to the thread that asked
            self._error = error

    def result(self, seconds: float | None = None) -> _T:
        """What the call returned or raised; `Late` when it did not come back in time."""
        if not self.is_over(seconds):
            raise Late
        if self._error is not None:
            raise self._error
        return self._results[0]

    def is_over(self, seconds: float | None = None) -> bool:
        """Whether the call has come back, at the latest after so many seconds; None waits."""
        self._thread.join(None if seconds is None else max(seconds, 0.0))
        return not self._thread.is_alive()


def within(seconds: float, call: Callable[[], _T]) -> _T:
    """The result of `call`; `Late` when it takes longer."""
    return Run(call).result(seconds)
