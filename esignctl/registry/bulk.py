"""Writing very much, in many transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from esignctl.registry.connection import Registry
from esignctl.registry.flushing import Flushing, flushing

_PAGES: Final = 16_384
"""64 MiB: so long the log may grow before it goes into the file, usually after each 4 MiB."""


@contextmanager
def bulk(registry: Registry) -> Iterator[Flushing]:
    """Within the block commits return before the disk has them; after it all are there.

    They are safe from a crash of the program at once. Pages that several of them change, as those
    of indexes are, go into the file once.
    """
    connection = registry.connection
    (before,) = connection.execute("PRAGMA wal_autocheckpoint").fetchone()
    with flushing(registry) as disk:
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES}")
        try:
            yield disk
        finally:
            connection.execute(f"PRAGMA wal_autocheckpoint = {before}")
