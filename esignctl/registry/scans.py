"""Files that were scanned, and the certificates that were in them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from esignctl.registry.certificates import COLUMNS
from esignctl.registry.connection import Transaction


class ScannedFile(NamedTuple):
    """A file as it was when it was read. `modified_ns` counts from the Unix epoch."""

    path: str
    size: int
    modified_ns: int
    sha256: bytes
    id: int = 0


def known(connection: sqlite3.Connection) -> dict[str, ScannedFile]:
    """Every file that was scanned before, by its path."""
    rows = connection.execute("SELECT path, size, modified_ns, sha256, id FROM scanned_files")
    return {file.path: file for file in map(ScannedFile._make, rows)}


def keep(transaction: Transaction, scanned: Iterable[tuple[ScannedFile, Sequence[int]]]) -> None:
    """Note files with the ids of the certificates in them; what was noted before is replaced.

    A file that was noted before has its `id`.
    """
    connection = transaction.connection
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM scanned_files").fetchone()
    new, again, links = [], [], []
    for file, certificates in scanned:
        file_id = file.id
        if file_id:
            again.append(file)
        else:
            last += 1
            file_id = last
            new.append((file_id, *file[:4]))
        links += [(file_id, each) for each in dict.fromkeys(certificates)]
    connection.executemany(
        "DELETE FROM scanned_file_certificates WHERE file_id = ?", [(each.id,) for each in again]
    )
    connection.executemany(
        "UPDATE scanned_files SET size = ?, modified_ns = ?, sha256 = ? WHERE id = ?",
        [file[1:] for file in again],
    )
    connection.executemany(
        "INSERT INTO scanned_files (id, path, size, modified_ns, sha256) VALUES (?, ?, ?, ?, ?)",
        new,
    )
    connection.executemany(
        "INSERT INTO scanned_file_certificates (file_id, certificate_id) VALUES (?, ?)", links
    )


def touch(transaction: Transaction, files: Iterable[ScannedFile]) -> None:
    """Note the new times of files whose content is the same."""
    transaction.connection.executemany(
        "UPDATE scanned_files SET size = ?, modified_ns = ? WHERE id = ?",
        ((each.size, each.modified_ns, each.id) for each in files),
    )


def contents(connection: sqlite3.Connection) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each scanned file with each certificate in it, by certificate.

    A certificate is a row that `stored` reads, without its DER: there may be very many.
    """
    rows = connection.execute(
        f"SELECT f.path, {COLUMNS.replace('c.der', 'NULL')} FROM scanned_file_certificates l"  # noqa: S608
        " JOIN scanned_files f ON f.id = l.file_id JOIN certificates c ON c.id = l.certificate_id"
        " LEFT JOIN persons p ON p.tckn = c.tckn ORDER BY l.certificate_id"
    )
    for row in rows:
        yield row[0], row[1:]
