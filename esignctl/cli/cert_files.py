"""Certificates in files that are named on the command line."""

from pathlib import Path
from typing import Final

from esignctl.certificates import Certificate, in_content
from esignctl.errors import FileEmpty, FileMissing, FileNotOpened, NoCertificate
from esignctl.text import system

_LIMIT: Final = 64 << 20


def read_file(file: Path) -> list[Certificate]:
    """The certificates in a file; an error that says why where there are none."""
    try:
        with file.open("rb") as stream:
            content = stream.read(_LIMIT + 1)
    except FileNotFoundError:
        raise FileMissing(file=file.name) from None
    except OSError as error:
        raise FileNotOpened(file=file.name, problem=system.in_words(error)) from None
    if not content:
        raise FileEmpty(file=file.name)
    found = in_content(content) if len(content) <= _LIMIT else []
    if not found:
        raise NoCertificate(file=file.name)
    return found
