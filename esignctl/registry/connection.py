"""Opening the registry, reading a consistent state of it, and changing it.

The file is a SQLite database in WAL mode. A command that only reads never waits for one that
writes; a command that writes waits up to ten seconds for another one.
"""

import contextlib
import getpass
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from esignctl.errors import RegistryDamaged, RegistryEmpty, RegistryForeign, RegistryNewer
from esignctl.registry import audit, birth
from esignctl.registry.migrations import APPLICATION_ID, SCHEMA_VERSION, migrate
from esignctl.registry.trouble import BUSY_SECONDS, as_registry_trouble, from_os_error
from esignctl.text.dates import utc_now

_SMALLEST: Final = 512
_CACHE_KIB: Final = 65_536


@dataclass(slots=True)
class Transaction:
    """One change of the registry with its audit rows: all of it is kept, or nothing."""

    connection: sqlite3.Connection
    command: str
    actor: str
    at: str
    _entries: list[audit.AuditEntry] = field(default_factory=list)

    def record(self, action: str, subject: str, detail: Mapping[str, object]) -> None:
        """Note a change for the audit log, such as ``("person.add", "person 12", {...})``.

        The subject is a row id or an application number. The detail is JSON that tells what
        changed; personal numbers in it are masked.
        """
        self._entries.append(
            audit.AuditEntry(
                self.at, self.actor, self.command, action, subject, audit.canonical(detail)
            )
        )

    def flush(self) -> None:
        """Write the noted audit rows; done at the end of every transaction."""
        audit.append(self.connection, self._entries)
        self._entries.clear()


@dataclass(frozen=True, slots=True)
class Registry:
    """An open registry. Made by `open_registry`."""

    path: Path
    connection: sqlite3.Connection

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the registry, whatever others write meanwhile."""
        self.connection.execute("BEGIN")
        try:
            yield self.connection
        finally:
            _roll_back(self.connection)

    def changes(self) -> int:
        """A number that is another one when somebody else has changed the registry since."""
        (number,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(number)

    @contextmanager
    def write(self, command: str, actor: str | None = None) -> Iterator[Transaction]:
        """A change on behalf of `command`; kept when the block ends, undone when it fails.

        `actor` is who does it; without one it is the user of the operating system.
        Raises `RegistryLocked` when another command writes for longer than ten seconds.
        """
        with as_registry_trouble(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                transaction = Transaction(
                    self.connection, command, actor or current_user(), utc_now()
                )
                yield transaction
                transaction.flush()
                self.connection.execute("COMMIT")
            except BaseException:
                _roll_back(self.connection)
                raise


@contextmanager
def open_registry(path: Path) -> Iterator[Registry]:
    """Open the registry at `path`; make its folder and file at first use, readable by no one else.

    An older registry is brought up to date. Raises `RegistryTrouble` when the registry is newer
    than the program, damaged, another program's file, not writable, or locked; nothing is changed
    then. Inside the block, too, troubles of the file or disk come out as `RegistryTrouble`.
    """
    try:
        path = path.resolve()
        if not path.exists():
            birth.make(path)
        elif path.is_file() and (size := path.stat().st_size) < _SMALLEST:
            # SQLite would take it for a database that is yet to be written.
            raise (RegistryDamaged if size else RegistryEmpty)(file=path.name)
    except OSError as error:
        raise from_os_error(error, path) from None
    with as_registry_trouble(path):
        connection = connect(path)
        try:
            _bring_up_to_date(connection, path)
            _refuse_if_cut_off(connection, path)
            yield Registry(path, connection)
        finally:
            connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection without implicit transactions, with foreign keys and the waiting time set."""
    # mode=rw: a file that vanished meanwhile must not come back as an empty one
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA foreign_keys = ON")
    # a hundred thousand new movements touch every page of the indexes again and again
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def current_user() -> str:
    """The user of the operating system, for the audit log."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    outdated = _version(connection, path) < SCHEMA_VERSION
    # A restored backup may have another mode. It stays when others are at work: it works too.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    if not outdated:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited.
        if _version(connection, path) < SCHEMA_VERSION:
            migrate(connection)
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of a registry; what is no registry, or a later one, is refused."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise RegistryForeign(file=path.name)
    if version > SCHEMA_VERSION:
        raise RegistryNewer(file=path.name, found=version, known=SCHEMA_VERSION)
    return int(version)


def _refuse_if_cut_off(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite itself does not notice a file that ends within its last page."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    log = path.with_name(path.name + "-wal")
    # Pages that are still in the log need not be in the file yet.
    pending = log.exists() and log.stat().st_size > 0
    if not pending and path.stat().st_size < pages * page_size:
        raise RegistryDamaged(file=path.name)


def _roll_back(connection: sqlite3.Connection) -> None:
    # SQLite has already undone the transaction after some errors, such as a full disk.
    if connection.in_transaction:
        connection.execute("ROLLBACK")
