"""Scanning folders for certificates.

Nothing that a folder holds stops a scan: what cannot be read is named.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from esignctl.certificates.reading import RARELY, Content, Wanted, each_read
from esignctl.certificates.walking import Found, files_in, status_of
from esignctl.i18n import N_, _
from esignctl.registry import Registry, arrivals, people, scans
from esignctl.registry.bulk import bulk
from esignctl.registry.certificates import Facts, StoredCertificate, stored
from esignctl.registry.scans import ScannedFile
from esignctl.text import system

_NOTHING: Final = N_("it holds no certificate")
_BATCH: Final = 10_000
"""So many files are written at once."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in which no certificate was found, and why.

    `trouble` is false where that is as it should be: most files hold none.
    """

    file: str
    reason: str
    trouble: bool = True


class Stranger(NamedTuple):
    """A holder whom the registry does not know, by the newest certificate; its end is UTC text."""

    holder: str
    tckn: str
    not_after: str

    @property
    def until(self) -> datetime:
        """The end of the certificate."""
        return datetime.fromisoformat(self.not_after)


@dataclass(slots=True)
class Scan:
    """What a scan found. `unchanged` of the `files` were not read again.

    `items` are the certificates by their ids, as rows that `stored` reads, and the files of each.
    """

    files: int = 0
    unchanged: int = 0
    new: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    items: dict[int, tuple[tuple[Any, ...], list[str]]] = field(default_factory=dict)

    def certificates(self) -> Iterator[tuple[StoredCertificate, list[str]]]:
        """Each certificate, as listings have it, with the files in which it is."""
        for row, files in self.items.values():
            yield stored(row), files


def scan(
    registry: Registry, command: str, paths: Sequence[Path], done: Callable[[int], None]
) -> Scan:
    """Read what is new or changed below `paths` into the registry.

    It is written while others are read: what an interrupted scan has read is kept, and the next one
    goes on. `done` is called with numbers of files that are behind it.
    """
    with registry.read() as connection:
        desk = _Desk(registry, command, scans.known(connection), people.ids(connection))
    with _few_collections(), bulk(registry) as disk:
        try:
            for wanted, contents in each_read(desk.to_read(files_in(paths), done)):
                if desk.take(wanted, contents) >= _BATCH:
                    desk.write()
                    disk.start()
                done(len(wanted))
        except KeyboardInterrupt:
            desk.write()
            raise
        desk.write()
    desk.look_up()
    return desk.result


@contextmanager
def _few_collections() -> Iterator[None]:
    """What is made here hardly refers to itself, and there is very much of it."""
    before = gc.get_threshold()
    gc.set_threshold(RARELY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(slots=True)
class _Desk:
    """A scan under way. `before` are the files that are known, `people` the holders.

    `pending` are files that were read and are yet to be written, `waiting` the names of those whose
    certificates are known already and yet to be looked up.
    """

    registry: Registry
    command: str
    before: Mapping[str, ScannedFile]
    people: Mapping[str, int]
    result: Scan = field(default_factory=Scan)
    pending: list[tuple[ScannedFile, Sequence[Facts], bool]] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)

    def to_read(
        self, files: Iterable[tuple[str, Found]], done: Callable[[int], None]
    ) -> Iterator[Wanted]:
        """The files that are new or changed; the others are told of."""
        for name, found in files:
            old = self.before.get(_shown(name))
            # one that is new is asked for its size when it is read
            status = status_of(found) if old or isinstance(found, OSError) else None
            if isinstance(status, OSError):
                self.result.skipped.append(Skipped(_shown(name), system.in_words(status)))
                continue
            self.result.files += 1
            if old is None or status is None:
                yield name, b""
            elif (old.size, old.modified_ns) != (status.st_size, status.st_mtime_ns):
                yield name, old.sha256
            else:
                self.result.unchanged += 1
                self.waiting.add(old.path)
                done(1)

    def take(self, wanted: Iterable[Wanted], contents: Iterable[Content]) -> int:
        """Files that were read; returns how many are yet to be written."""
        for (name, _before), content in zip(wanted, contents, strict=True):
            sha256, size, modified_ns, certificates, reason, same = content
            path = _shown(name)
            if reason:
                self.result.skipped.append(Skipped(path, _in_words(reason)))
                continue
            old = self.before.get(path)
            file = ScannedFile(path, size, modified_ns, sha256, old.id if old else 0)
            self.pending.append((file, certificates, same))
        return len(self.pending)

    def write(self) -> None:
        """Write the files that are pending: all of them, or none."""
        if not self.pending:
            return
        touched = [file for file, _read, same in self.pending if same]
        changed = [(file, read) for file, read, same in self.pending if not same]
        every = [each for _file, read in changed for each in read]
        with self.registry.write(self.command) as transaction:
            scans.touch(transaction, touched)
            last = arrivals.last_id(transaction.connection)
            ids = arrivals.add_facts(transaction, every)
            places = iter(ids)
            held = [(file, list(islice(places, len(read)))) for file, read in changed]
            scans.keep(transaction, held)
            transaction.record("certificates.scan", "certificates", {"files": len(changed)})
        self.pending.clear()
        self.result.new += len({each for each in ids if each > last})
        self.result.unchanged += len(touched)
        self.waiting |= {file.path for file in touched}
        self._tell(held, dict(zip(ids, every, strict=True)), last)

    def _tell(
        self,
        held: Iterable[tuple[ScannedFile, Sequence[int]]],
        certificates: Mapping[int, Facts],
        last: int,
    ) -> None:
        """What files hold: certificates that are new since the id `last`, or known before."""
        items = self.result.items
        for file, ids in held:
            path = file.path
            if not ids:
                self.result.skipped.append(Skipped(path, _(_NOTHING), trouble=False))
            elif min(ids) <= last:
                self.waiting.add(path)
            else:
                for each in ids:
                    if each in items:
                        items[each][1].append(path)
                    else:
                        facts = certificates[each]
                        person = self.people.get(facts[_TCKN])
                        items[each] = (*facts[:-1], None, None, "", None, each, person), [path]

    def look_up(self) -> None:
        """What the files hold whose certificates were known before."""
        if self.waiting:
            empty = set(self.waiting)
            items = self.result.items
            with self.registry.read() as connection:
                for path, row in scans.contents(connection):
                    if path in self.waiting:
                        items.setdefault(row[_ID], (row, []))[1].append(path)
                        empty.discard(path)
            self.result.skipped += [
                Skipped(each, _(_NOTHING), trouble=False) for each in sorted(empty)
            ]
        for _certificate, files in self.result.items.values():
            files.sort()


def _shown(name: str) -> str:
    """A path as text; bytes that are none stand as ``\\xfe``, so that no two files are one."""
    if name.isascii():
        return name
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _in_words(reason: str | int) -> str:
    if isinstance(reason, str):
        return _(reason)
    return system.in_words(OSError(reason, os.strerror(reason)))


def strangers(found: Scan) -> list[Stranger]:
    """The holders of e-signatures whom the registry does not know."""
    newest: dict[str, Stranger] = {}
    for row, _files in found.items.values():
        kind, person, *whose = _WHOSE(row)
        if person is None and kind in ("nes", "mobile") and whose[1]:
            met = newest.get(whose[1])
            if met is None or whose[2] > met.not_after:
                newest[whose[1]] = Stranger(*whose)
    return list(newest.values())


_FIELDS: Final = [each.name for each in fields(StoredCertificate)]
_TCKN: Final = 5
"""The place of the personal number among `Facts`, too."""
_ID: Final = _FIELDS.index("id")
_WHOSE: Final = itemgetter(
    *map(_FIELDS.index, ("kind", "person_id", "holder", "tckn", "not_after"))
)
