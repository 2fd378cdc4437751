"""Reading files for the certificates in them, by several processes where there are many files.

What goes from one process to another are plain tuples, which take a third of the time that classes
do; there may be hundreds of thousands.
"""

import gc
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Final

from esignctl import processes
from esignctl.certificates.bundles import each_in
from esignctl.certificates.containers import is_key_store, promises_certificate
from esignctl.certificates.nes import quietly
from esignctl.certificates.quick import Reader
from esignctl.i18n import N_
from esignctl.registry.certificates import Facts

LARGEST: Final = 64 << 20
"""Bytes; a larger file is not read."""

ENCRYPTED: Final = N_("its certificates are behind a password (PKCS#12)")
TOO_LARGE: Final = N_("it is larger than 64 MiB")
DAMAGED: Final = N_("it should hold a certificate, but that is damaged")

_ENOUGH: Final = 2_000
"""With fewer files one process is as fast."""
_CHUNK: Final = 250
_AHEAD: Final = 48
"""So many chunks at least are under way, so that nobody waits while others are written."""
RARELY: Final = 50_000
"""So many new objects let Python look for what refers to itself; what is made here hardly does."""

_AS_BYTES: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0)

Wanted = tuple[str, bytes]
"""A file to be read: its name, and the SHA-256 of its content when it was last read, if ever."""

Content = tuple[bytes, int, int, Sequence[Facts], str | int, bool]
"""What was read: the SHA-256 of the file, its size and time of change in nanoseconds, and its
certificates; without any, why a certificate was to be expected, as a message or the number of an
error of the system; whether the content is what it was."""


def each_read(wanted: Iterable[Wanted]) -> Iterator[tuple[Sequence[Wanted], Sequence[Content]]]:
    """The files with what is in each, in their order, some at a time."""
    rest = iter(wanted)
    first = list(islice(rest, _ENOUGH))
    hands = processes.hands()
    if len(first) < _ENOUGH or hands < 2:
        for each in chain(first, rest):
            yield [each], _read_part([each])
        return
    parts, ahead = _parts(chain(first, rest)), max(_AHEAD, 4 * hands)
    yield from processes.shared(_read_part, parts, hands, ahead, _begin, _read_part)


def _parts(wanted: Iterator[Wanted]) -> Iterator[list[Wanted]]:
    while part := list(islice(wanted, _CHUNK)):
        yield part


def _begin() -> None:
    """In a child."""
    gc.freeze()
    gc.set_threshold(RARELY)


@cache
def _reader() -> Reader:
    """The reader that a process keeps."""
    return Reader()


def _read_part(part: Sequence[Wanted]) -> list[Content]:
    reader = _reader()
    with quietly():
        return [read_file(each, reader) for each in part]


def read_file(wanted: Wanted, reader: Reader) -> Content:
    """What a file holds."""
    name, before = wanted
    try:
        # not by `open`, which takes half as long again
        handle = os.open(name, _AS_BYTES)
        try:
            status = os.fstat(handle)
            size, modified_ns = status.st_size, status.st_mtime_ns
            # asked for more than there is, each content would keep pages of its own
            content = os.read(handle, size) if size <= LARGEST else b""
        finally:
            os.close(handle)
    except OSError as error:
        return b"", 0, 0, (), error.errno or 0, False
    if size > LARGEST:
        return b"", size, modified_ns, (), TOO_LARGE, False
    sha256 = hashlib.sha256(content).digest()
    if before == sha256:
        return sha256, size, modified_ns, (), "", True

    def read(der: bytes) -> Facts:
        return reader.read(der, sha256 if der is content else None)

    found = each_in(content, read)
    if not found and is_key_store(content):
        return b"", size, modified_ns, (), ENCRYPTED, False
    if not found and promises_certificate(content):
        return b"", size, modified_ns, (), DAMAGED, False
    return sha256, size, modified_ns, found, "", False
