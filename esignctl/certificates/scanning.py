"""Walking through folders for certificates.

Nothing that a folder holds stops a scan: what cannot be read is named. Links to folders are not
followed, and only ordinary files are opened.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from esignctl.certificates.reading import Content, Wanted, each_read
from esignctl.i18n import N_, _
from esignctl.registry import Registry, arrivals, people, scans
from esignctl.registry.certificates import StoredCertificate, facts
from esignctl.registry.scans import ScannedFile
from esignctl.text import system

_NOTHING: Final = N_("it holds no certificate")
_BATCH: Final = 5_000
"""So many files are written at once."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in which no certificate was found, and why.

    `trouble` is false where that is as it should be: most files hold none.
    """

    file: str
    reason: str
    trouble: bool = True


@dataclass(slots=True)
class Scan:
    """What a scan found. `unchanged` of the `files` were not read again."""

    files: int = 0
    unchanged: int = 0
    new: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    items: dict[int, tuple[StoredCertificate, list[str]]] = field(default_factory=dict)


def files_in(paths: Iterable[Path]) -> Iterator[tuple[str, os.stat_result | OSError]]:
    """Every ordinary file at or below `paths`, each once, and what cannot be read.

    Of pipes and devices those that are named themselves, as files with an error.
    """
    seen: set[str] = set()
    for path in paths:
        for name, status in _below(os.path.abspath(path)):  # noqa: PTH100 - keeps links
            if name not in seen:
                seen.add(name)
                yield name, status


def _below(name: str) -> Iterator[tuple[str, os.stat_result | OSError]]:
    try:
        status = os.stat(name)  # noqa: PTH116 - a name may be no text
    except OSError as error:
        yield name, error
        return
    if stat.S_ISREG(status.st_mode):
        yield name, status
        return
    if not stat.S_ISDIR(status.st_mode):
        yield name, OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return
    # by a list of what is still to be seen: folders may be nested deeper than calls may
    ahead = _entries(name)
    while ahead:
        entry = ahead.pop()
        if isinstance(entry, tuple):
            yield entry
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                ahead += _entries(entry.path)
            elif entry.is_file():
                yield entry.path, entry.stat()
        except OSError as error:
            yield entry.path, error


def _entries(folder: str) -> list[os.DirEntry[str] | tuple[str, OSError]]:
    """What is in a folder, the last by its name first; or why that cannot be told."""
    try:
        with os.scandir(folder) as listing:
            return [*sorted(listing, key=lambda entry: entry.name, reverse=True)]
    except OSError as error:
        return [(folder, error)]


def scan(registry: Registry, command: str, paths: Sequence[Path], done: Callable[[], None]) -> Scan:
    """Read what is new or changed below `paths` into the registry.

    It is written while others are read: what an interrupted scan has read is kept, and the next one
    goes on. `done` is called after each file.
    """
    with registry.read() as connection:
        desk = _Desk(registry, command, scans.known(connection), people.ids(connection))
    for wanted, content in each_read(desk.to_read(files_in(paths), done)):
        desk.take(wanted, content)
        done()
    desk.write()
    desk.look_up()
    return desk.result


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
    pending: list[tuple[ScannedFile, Content]] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)

    def to_read(
        self, files: Iterable[tuple[str, os.stat_result | OSError]], done: Callable[[], None]
    ) -> Iterator[Wanted]:
        """The files that are new or changed; the others are told of."""
        for name, status in files:
            if isinstance(status, OSError):
                self.result.skipped.append(Skipped(_shown(name), system.in_words(status)))
                continue
            self.result.files += 1
            old = self.before.get(_shown(name))
            if old and (old.size, old.modified_ns) == (status.st_size, status.st_mtime_ns):
                self.result.unchanged += 1
                self.waiting.add(old.path)
                done()
            else:
                sha256 = old.sha256 if old else b""
                yield Wanted(name, status.st_size, status.st_mtime_ns, sha256)

    def take(self, wanted: Wanted, content: Content) -> None:
        """A file that was read."""
        path = _shown(wanted.name)
        if content.reason:
            self.result.skipped.append(Skipped(path, _in_words(content.reason)))
            return
        old = self.before.get(path)
        file = ScannedFile(
            path, wanted.size, wanted.modified_ns, content.sha256, old.id if old else 0
        )
        self.pending.append((file, content))
        if len(self.pending) >= _BATCH:
            self.write()

    def write(self) -> None:
        """Write the files that are pending: all of them, or none."""
        if not self.pending:
            return
        touched = [file for file, content in self.pending if content.same]
        changed = [(file, content) for file, content in self.pending if not content.same]
        every = [StoredCertificate(*each) for _f, read in changed for each in read.certificates]
        with self.registry.write(self.command) as transaction:
            scans.touch(transaction, touched)
            last = arrivals.last_id(transaction.connection)
            ids = arrivals.add(transaction, every)
            places = iter(ids)
            scans.keep(
                transaction,
                ((file, list(islice(places, len(read.certificates)))) for file, read in changed),
            )
            transaction.record("certificates.scan", "certificates", {"files": len(changed)})
        self.result.new += len({each for each in ids if each > last})
        self.result.unchanged += len(touched)
        self.waiting |= {file.path for file in touched}
        found = iter(zip(ids, every, strict=True))
        for file, read in changed:
            self._tell(file.path, list(islice(found, len(read.certificates))), last)
        self.pending.clear()

    def _tell(self, path: str, held: Sequence[tuple[int, StoredCertificate]], last: int) -> None:
        """What a file holds: certificates that are new since the id `last`, or known before."""
        if any(each <= last for each, _certificate in held):
            self.waiting.add(path)
            return
        if not held:
            self.result.skipped.append(Skipped(path, _(_NOTHING), trouble=False))
        for each, certificate in held:
            if each not in self.result.items:
                self.result.items[each] = (self._known(each, certificate), [])
            self.result.items[each][1].append(path)

    def _known(self, certificate_id: int, certificate: StoredCertificate) -> StoredCertificate:
        """A certificate as listings have it, without its DER."""
        # not by `replace`, which takes four times as long: there may be a hundred thousand
        person = self.people.get(certificate.tckn)
        but_der = facts(certificate)[:-1]
        return StoredCertificate(*but_der, None, id=certificate_id, person_id=person)

    def look_up(self) -> None:
        """What the files hold whose certificates were known before."""
        if self.waiting:
            empty = set(self.waiting)
            with self.registry.read() as connection:
                for path, certificate in scans.contents(connection):
                    if path in self.waiting:
                        held = self.result.items.setdefault(certificate.id, (certificate, []))
                        held[1].append(path)
                        empty.discard(path)
            self.result.skipped += [
                Skipped(each, _(_NOTHING), trouble=False) for each in sorted(empty)
            ]
        for _certificate, files in self.result.items.values():
            files.sort()


def _shown(name: str) -> str:
    """A path as text; bytes that are none stand as ``\\xfe``, so that no two files are one."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _in_words(reason: str | int) -> str:
    if isinstance(reason, str):
        return _(reason)
    return system.in_words(OSError(reason, os.strerror(reason)))


def strangers(certificates: Iterable[StoredCertificate]) -> list[StoredCertificate]:
    """The newest certificate of each holder of an e-signature whom the registry does not know."""
    found: dict[str, StoredCertificate] = {}
    for certificate in certificates:
        if certificate.kind in ("nes", "mobile") and certificate.tckn and not certificate.person_id:
            newest = found.setdefault(certificate.tckn, certificate)
            if certificate.not_after > newest.not_after:
                found[certificate.tckn] = certificate
    return list(found.values())
