"""The certificates in the content of a file."""

from collections.abc import Callable
from typing import TypeVar

from esignctl.certificates.containers import pieces
from esignctl.certificates.nes import Certificate, NotACertificate, read

_T = TypeVar("_T")


def in_content(content: bytes) -> list[Certificate]:
    """The certificates in the content of a file, in its order, each once; none where none are."""
    return each_in(content, read)


def each_in(content: bytes, reading: Callable[[bytes], _T]) -> list[_T]:
    """The same, as `reading` makes them of their DER; it raises `NotACertificate`."""
    found: dict[bytes, _T] = {}
    for der in pieces(content):
        if der not in found:
            try:
                found[der] = reading(der)
            except NotACertificate:
                continue
    return list(found.values())
