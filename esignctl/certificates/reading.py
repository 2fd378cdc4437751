"""Reading files for the certificates in them, by several processes where there are many files."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from esignctl import processes
from esignctl.certificates.bundles import each_in
from esignctl.certificates.containers import is_key_store, promises_certificate
from esignctl.certificates.nes import quietly
from esignctl.certificates.quick import Reader
from esignctl.i18n import N_
from esignctl.registry.certificates import Facts, facts

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

LARGEST: Final = 64 << 20
"""Bytes; a larger file is not read."""

ENCRYPTED: Final = N_("its certificates are behind a password (PKCS#12)")
TOO_LARGE: Final = N_("it is larger than 64 MiB")
DAMAGED: Final = N_("it should hold a certificate, but that is damaged")

_ENOUGH: Final = 2_000
"""With fewer files one process is as fast."""
_CHUNK: Final = 250
_AHEAD: Final = 8
"""So many chunks for each process are under way, so that none waits while others are written."""


class Wanted(NamedTuple):
    """A file to be read; `sha256` is that of its content when it was last read, empty if never."""

    name: str
    size: int
    modified_ns: int
    sha256: bytes = b""


class Content(NamedTuple):
    """What was read: the SHA-256 of the file, and its certificates.

    Without any, `reason` tells why a certificate was to be expected: a message, or the number of an
    error of the system. `same` where the content is what it was.
    """

    sha256: bytes = b""
    certificates: Sequence[Facts] = ()
    reason: str | int = ""
    same: bool = False


def each_read(wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Content]]:
    """Each of the files with what is in it, in their order."""
    rest = iter(wanted)
    first = list(islice(rest, _ENOUGH))
    hands = processes.hands()
    if len(first) < _ENOUGH or hands < 2:
        reader = Reader()
        for each in chain(first, rest):
            with quietly():
                content = read_file(each, reader)
            yield each, content
        return
    with processes.pool(hands) as pool:
        yield from _shared(pool, chain(first, rest), hands * _AHEAD)


def _shared(
    pool: "ProcessPoolExecutor", wanted: Iterator[Wanted], ahead: int
) -> Iterator[tuple[Wanted, Content]]:
    under_way: deque[tuple[list[Wanted], Future[list[Content]]]] = deque()
    while True:
        while len(under_way) < ahead and (part := list(islice(wanted, _CHUNK))):
            under_way.append((part, pool.submit(_read_part, part)))
        if not under_way:
            return
        part, reading = under_way.popleft()
        yield from zip(part, reading.result(), strict=True)


@cache
def _reader() -> Reader:
    """In a child: the reader that it keeps."""
    return Reader()


def _read_part(part: Sequence[Wanted]) -> list[Content]:
    with quietly():
        return [read_file(each, _reader()) for each in part]


def read_file(wanted: Wanted, reader: Reader) -> Content:
    """What a file holds."""
    if wanted.size > LARGEST:
        return Content(reason=TOO_LARGE)
    try:
        with open(wanted.name, "rb", buffering=0) as file:  # noqa: PTH123 - a name may be no text
            # asked for more than there is, each content would keep pages of its own
            content = file.read(wanted.size)
    except OSError as error:
        return Content(reason=error.errno or 0)
    sha256 = hashlib.sha256(content).digest()
    if wanted.sha256 == sha256:
        return Content(sha256, same=True)
    found = each_in(content, reader.read)
    if not found and is_key_store(content):
        return Content(reason=ENCRYPTED)
    if not found and promises_certificate(content):
        return Content(reason=DAMAGED)
    return Content(sha256, [facts(each) for each in found])
