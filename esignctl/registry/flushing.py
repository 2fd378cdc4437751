"""Changes that the disk has when the program says so, and not with each commit.

A commit is safe from a crash of the program at once, and from one of the computer when the disk
has it. For that a commit waits by itself; within `flushing` it is `Flushing.flush` that waits, so
that the program chooses a moment in which it would wait for something else anyway.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from esignctl.registry.connection import Registry
from esignctl.registry.trouble import from_os_error

_NORMAL: Final = 1
_to_disk = getattr(os, "fdatasync", os.fsync)


@dataclass(frozen=True, slots=True)
class Flushing:
    """Made by `flushing`. Without a log each commit has waited already."""

    _path: Path
    _log: int | None

    def flush(self) -> None:
        """Wait until the disk has what is committed by now. Raises `RegistryTrouble`."""
        if self._log is not None:
            try:
                _to_disk(self._log)
            except OSError as error:
                raise from_os_error(error, self._path) from None


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
    connection.execute(f"PRAGMA synchronous = {_NORMAL}")
    try:
        yield disk
    finally:
        connection.execute(f"PRAGMA synchronous = {before}")
        try:
            disk.flush()
        finally:
            os.close(log)
