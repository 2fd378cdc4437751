"""Walking through folders for certificates.

Nothing that a folder holds stops a scan: what cannot be read is named. Links to folders are not
followed, and only ordinary files are opened.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from esignctl.certificates.bundles import each_in
from esignctl.certificates.containers import is_key_store
from esignctl.certificates.nes import quietly
from esignctl.certificates.quick import Reader
from esignctl.i18n import N_, _
from esignctl.registry import Registry, scans
from esignctl.registry import certificates as kept
from esignctl.registry.certificates import StoredCertificate
from esignctl.registry.scans import ScannedFile
from esignctl.text import system

LARGEST: Final = 64 << 20
"""Bytes; a larger file is not read."""

_ENCRYPTED: Final = N_("its certificates are behind a password (PKCS#12)")
_TOO_LARGE: Final = N_("it is larger than 64 MiB")
_DAMAGED: Final = N_("it should hold a certificate, but that is damaged")
_NOTHING: Final = N_("it holds no certificate")
_MARKS: Final = (b"BEGIN CERTIFICATE", b"BEGIN X509 CERTIFICATE", b"BEGIN PKCS7")


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


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read, with what is in it."""

    file: ScannedFile
    certificates: Sequence[StoredCertificate]


def files_in(paths: Iterable[Path]) -> Iterator[tuple[str, os.stat_result | OSError]]:
    """Every ordinary file at or below `paths`, each once, and the folders that cannot be read."""
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
    if not stat.S_ISDIR(status.st_mode):
        if stat.S_ISREG(status.st_mode):
            yield name, status
        return
    try:
        with os.scandir(name) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield name, error
        return
    for entry in entries:
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path)
            elif entry.is_file():
                yield entry.path, entry.stat()
        except OSError as error:
            yield entry.path, error


def scan(registry: Registry, command: str, paths: Sequence[Path], done: Callable[[], None]) -> Scan:
    """Read what is new or changed below `paths` into the registry; all of it, or nothing.

    `done` is called after each file.
    """
    with registry.read() as connection:
        before = scans.known(connection)
    reader = Reader()
    result, changed, touched, seen = Scan(), list[_Read](), list[ScannedFile](), set[str]()
    with quietly():
        for name, status in files_in(paths):
            shown = os.fsencode(name).decode("utf-8", "replace")
            if isinstance(status, OSError):
                result.skipped.append(Skipped(shown, system.in_words(status)))
                continue
            result.files += 1
            old = before.get(shown)
            if old and (old.size, old.modified_ns) == (status.st_size, status.st_mtime_ns):
                result.unchanged += 1
                seen.add(shown)
            else:
                match _read(name, shown, status, old, reader):
                    case Skipped() as skipped:
                        result.skipped.append(skipped)
                    case _Read() as read:
                        changed.append(read)
                        seen.add(shown)
                    case ScannedFile() as same:
                        touched.append(same)
                        result.unchanged += 1
                        seen.add(shown)
            done()
    _keep(registry, command, result, changed, touched)
    _collect(registry, result, seen)
    return result


def _read(
    name: str, shown: str, status: os.stat_result, old: ScannedFile | None, reader: Reader
) -> _Read | ScannedFile | Skipped:
    """What a file holds; the file alone when its content is what it was."""
    if status.st_size > LARGEST:
        return Skipped(shown, _(_TOO_LARGE))
    try:
        with open(name, "rb", buffering=0) as file:  # noqa: PTH123 - a name may be no text
            # asked for more than there is, each content would keep pages of its own
            content = file.read(status.st_size)
    except OSError as error:
        return Skipped(shown, system.in_words(error))
    now = ScannedFile(shown, status.st_size, status.st_mtime_ns, hashlib.sha256(content).digest())
    if old and old.sha256 == now.sha256:
        return replace(now, id=old.id)
    found = each_in(content, reader.read)
    if not found and is_key_store(content):
        return Skipped(shown, _(_ENCRYPTED))
    if not found and any(mark in content for mark in _MARKS):
        return Skipped(shown, _(_DAMAGED))
    return _Read(replace(now, id=old.id if old else 0), found)


def _keep(
    registry: Registry,
    command: str,
    result: Scan,
    changed: Sequence[_Read],
    touched: Sequence[ScannedFile],
) -> None:
    if not changed and not touched:
        return
    with registry.write(command) as transaction:
        count = kept.count(transaction.connection)
        scans.touch(transaction, touched)
        ids = iter(kept.add(transaction, (each for read in changed for each in read.certificates)))
        scans.keep(
            transaction,
            ((read.file, list(islice(ids, len(read.certificates)))) for read in changed),
        )
        result.new = kept.count(transaction.connection) - count
        transaction.record("certificates.scan", "certificates", {"files": len(changed)})


def _collect(registry: Registry, result: Scan, seen: set[str]) -> None:
    """What is in the files that were looked at now, whether read now or before."""
    empty = set(seen)
    with registry.read() as connection:
        for path, certificate in scans.contents(connection):
            if path in seen:
                result.items.setdefault(certificate.id, (certificate, []))[1].append(path)
                empty.discard(path)
    result.skipped += [Skipped(each, _(_NOTHING), trouble=False) for each in sorted(empty)]


def strangers(certificates: Iterable[StoredCertificate]) -> list[StoredCertificate]:
    """The newest certificate of each holder of an e-signature whom the registry does not know."""
    found: dict[str, StoredCertificate] = {}
    for certificate in certificates:
        if certificate.kind in ("nes", "mobile") and certificate.tckn and not certificate.person_id:
            newest = found.setdefault(certificate.tckn, certificate)
            if certificate.not_after > newest.not_after:
                found[certificate.tckn] = certificate
    return list(found.values())
