"""Changes that go on to the disk while the program does something else.

A commit is safe from a crash of the program at once, and from one of the computer when the disk
has it. A disk takes as long as a mail server, so both are waited for together: `Flushing.start`
after the commit, `Flushing.wait` before what must not happen without it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final

from esignctl.registry.connection import Registry
from esignctl.registry.trouble import from_os_error

_NORMAL: Final = 1
_to_disk = getattr(os, "fdatasync", os.fsync)


@dataclass(slots=True)
class Flushing:
    """Made by `flushing`. Without a log there is nothing to wait for."""

    _path: Path
    _log: int | None
    _wanted: SimpleQueue[bool] = field(default_factory=SimpleQueue)
    _done: SimpleQueue[OSError | None] = field(default_factory=SimpleQueue)
    _under_way: int = 0

    def start(self) -> None:
        """Let the disk have what is committed by now."""
        if self._log is not None:
            self._under_way += 1
            self._wanted.put(True)

    def wait(self) -> None:
        """Until the disk has what was committed before `start`. Raises `RegistryTrouble`."""
        while self._under_way:
            self._under_way -= 1
            error = self._done.get()
            if error is not None:
                raise from_os_error(error, self._path)

    def work(self, log: int) -> None:
        """What a thread of its own does, until `stop`."""
        while self._wanted.get():
            try:
                _to_disk(log)
            except OSError as error:
                self._done.put(error)
            else:
                self._done.put(None)

    def stop(self) -> None:
        """Nothing more is to be flushed."""
        self._wanted.put(False)


@contextmanager
def flushing(registry: Registry) -> Iterator[Flushing]:
    """Within the block commits return before the disk has them; after it all are there.

    A registry without a write-ahead log keeps its own way, in which each commit waits.
    """
    connection = registry.connection
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    (before,) = connection.execute("PRAGMA synchronous").fetchone()
    if mode != "wal":
        yield Flushing(registry.path, None)
        return
    # the log stays the same file as long as the registry is open, and has no locks on it that
    # closing it here could take away
    log = os.open(f"{registry.path}-wal", os.O_RDWR)
    disk = Flushing(registry.path, log)
    thread = Thread(target=disk.work, args=(log,), name="flushing", daemon=True)
    connection.execute(f"PRAGMA synchronous = {_NORMAL}")
    thread.start()
    try:
        yield disk
    finally:
        connection.execute(f"PRAGMA synchronous = {before}")
        disk.start()
        disk.stop()
        thread.join()
        os.close(log)
        disk.wait()
