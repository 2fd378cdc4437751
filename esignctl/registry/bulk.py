"""Writing very much, in many transactions."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from esignctl.registry.connection import Registry
from esignctl.registry.flushing import Flushing, flushing

_PAGES: Final = 16_384
"""64 MiB: so long the log may grow before it goes into the file, usually after each 4 MiB."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """Made by `bulk`."""

    _disk: Flushing
    _behind: ThreadPoolExecutor
    _begun: list[Future[None]] = field(default_factory=list)

    def start(self) -> None:
        """Let the disk have what is committed by now, while the program goes on."""
        self._begun.append(self._behind.submit(self._disk.flush))

    def wait(self) -> None:
        """Until that is done. Raises `RegistryTrouble`."""
        for each in self._begun:
            each.result()


@contextmanager
def bulk(registry: Registry) -> Iterator[Bulk]:
    """Within the block commits return before the disk has them; after it all are there.

    They are safe from a crash of the program at once. Pages that several of them change, as those
    of indexes are, go into the file once.
    """
    connection = registry.connection
    (before,) = connection.execute("PRAGMA wal_autocheckpoint").fetchone()
    with flushing(registry) as disk, ThreadPoolExecutor(1, "flushing") as behind:
        writing = Bulk(disk, behind)
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES}")
        try:
            yield writing
        finally:
            connection.execute(f"PRAGMA wal_autocheckpoint = {before}")
            writing.wait()
