"""What went wrong in SQLite, as an error that a user can act on.

SQLite's own texts can quote data, so none of them is passed on.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from esignctl.errors import (
    RegistryDamaged,
    RegistryDiskFull,
    RegistryLocked,
    RegistryReadOnly,
    RegistryTrouble,
    RegistryUnreachable,
)
from esignctl.i18n import _
from esignctl.text import system

BUSY_SECONDS: Final = 10
"""How long a command waits for another one that is writing."""

_ROOM_NEEDED: Final = 1 << 20
_PRIMARY: Final = 0xFF
_OUT_OF_SPACE: Final = frozenset({28, 112, 122})  # ENOSPC, Windows' ERROR_DISK_FULL, EDQUOT


@contextmanager
def as_registry_trouble(path: Path) -> Iterator[None]:
    """Turn errors of SQLite that lie outside the program into `RegistryTrouble`.

    Broken constraints and wrong SQL are faults of the program and pass through.
    """
    try:
        yield
    except sqlite3.Error as error:
        trouble = _trouble(error, path)
        if trouble is None:
            raise
        raise trouble from None


def from_os_error(error: OSError, path: Path) -> RegistryTrouble:
    """Why the file or its folder could not be made."""
    if error.errno in _OUT_OF_SPACE or getattr(error, "winerror", None) in _OUT_OF_SPACE:
        return RegistryDiskFull(file=path.name)
    if isinstance(error, PermissionError) or error.errno == 30:  # EROFS
        return RegistryReadOnly(file=path.name)
    return RegistryUnreachable(file=path.name, problem=system.in_words(error))


def _trouble(error: sqlite3.Error, path: Path) -> RegistryTrouble | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python itself raises this for text that is no UTF-8, and quotes the text.
        undecodable = isinstance(error, sqlite3.OperationalError) and "decode" in str(error)
        return RegistryDamaged(file=path.name) if undecodable else None
    match code & _PRIMARY:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return RegistryLocked(file=path.name, seconds=BUSY_SECONDS)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_FORMAT:
            return RegistryDamaged(file=path.name)
        case sqlite3.SQLITE_FULL:
            return RegistryDiskFull(file=path.name)
        case sqlite3.SQLITE_READONLY:
            return RegistryReadOnly(file=path.name)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return _place_trouble(path)
    return None


def _place_trouble(path: Path) -> RegistryTrouble:
    """SQLite says only that it could not: look at the place itself for the reason."""
    folder = path.parent
    if path.is_dir() or not folder.is_dir():
        return RegistryUnreachable(file=path.name, problem=_("it is not a file"))
    if not (os.access(folder, os.W_OK) and os.access(path, os.R_OK | os.W_OK)):
        return RegistryReadOnly(file=path.name)
    if shutil.disk_usage(folder).free < _ROOM_NEEDED:
        return RegistryDiskFull(file=path.name)
    return RegistryUnreachable(file=path.name, problem=system.in_words(OSError(errno.EIO, "")))
