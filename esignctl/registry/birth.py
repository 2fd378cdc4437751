"""Making a registry where there is none.

The new file is finished under another name and then given its own in one step, so that two
processes at first use, or a power cut, never leave half a registry behind.
"""

import contextlib
import os
import secrets
import sqlite3
from pathlib import Path

from esignctl.registry.migrations import migrate
from esignctl.registry.trouble import as_registry_trouble, from_os_error


def make(path: Path) -> None:
    """Make the folder and an empty registry at `path`, unless another process just did.

    The file gets mode 0600, and a folder made here 0700; Windows keeps the rights of the user's
    own folder. Raises `RegistryTrouble` when the place cannot be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            with as_registry_trouble(path):
                _fill(draft)
            _publish(draft, path)
        finally:
            for leftover in (draft, *(draft.with_name(draft.name + end) for end in _COMPANIONS)):
                leftover.unlink(missing_ok=True)
    except OSError as error:
        raise from_os_error(error, path) from None


_COMPANIONS = ("-wal", "-shm", "-journal")


def _fill(draft: Path) -> None:
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _publish(draft: Path, path: Path) -> None:
    """Give `draft` its name; when another process was first, its registry stays."""
    with contextlib.suppress(FileExistsError):
        if os.name == "nt":
            draft.rename(path)
            return
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:
            # Some file systems have no hard links; the name itself is the lock there.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            draft.replace(path)
