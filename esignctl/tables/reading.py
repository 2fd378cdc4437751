"""Tells what kind of file it is by its first bytes, and reads its tables."""

import os
from pathlib import Path

from esignctl.errors import FileEmpty, FileMissing, FileNotOpened, NoTable, TableTooLarge
from esignctl.i18n import N_, _
from esignctl.tables.compound import SIGNATURE
from esignctl.tables.sheet import GIBIBYTE, Sheet
from esignctl.text import system

_HEAD = 65_536
_MAX_PACKED = GIBIBYTE // 4
_FOREIGN = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("an image")),
    (b"\xff\xd8\xff", N_("an image")),
    (b"GIF8", N_("an image")),
    (b"II*\0", N_("an image")),
    (b"MM\0*", N_("an image")),
    (b"BM", N_("an image")),
    (b"{\\rtf", N_("a text document")),
    (b"SQLite format 3", N_("a database")),
    (b"Rar!", N_("an archive without a workbook")),
    (b"7z\xbc\xaf", N_("an archive without a workbook")),
    (b"\x1f\x8b", N_("an archive without a workbook")),
)


def read_tables(path: Path) -> list[Sheet]:
    """The sheets of the file at ``path``, whatever its name says.

    Takes xlsx, xlsb, xls, ods, HTML tables, SpreadsheetML 2003 and delimited text in UTF-8,
    UTF-16 or windows-1254. Raises an ``InputRejected`` for everything else, here or while the
    rows are gone through.
    """
    head = first_bytes(path)
    if head.startswith(b"PK\x03\x04"):
        from esignctl.tables.workbook import read_archive

        return read_archive(path, _whole(path))
    if head.startswith(SIGNATURE[:4]):
        from esignctl.tables.workbook import read_compound

        return read_compound(path, _whole(path))
    for signature, found in _FOREIGN:
        if head.startswith(signature) and (len(signature) > 2 or b"\0" in head):
            raise NoTable(file=path.name, found=_(found))
    from esignctl.tables.plain import read_plain

    return read_plain(path, head)


def first_bytes(path: Path) -> bytes:
    """The first bytes of the file, or the error that says why there are none."""
    try:
        if path.is_dir():
            raise FileNotOpened(file=path.name, problem=_("it is a folder"))
        if path.exists() and not path.is_file():
            # a pipe or a device may never end
            raise FileNotOpened(file=path.name, problem=_("it is no ordinary file"))
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError:
        raise FileMissing(file=path.name) from None
    except OSError as error:
        raise FileNotOpened(file=path.name, problem=system.in_words(error)) from None
    except ValueError:
        raise FileNotOpened(file=path.name, problem=_("its name is impossible")) from None
    if not head:
        raise FileEmpty(file=path.name)
    return head


def _whole(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > _MAX_PACKED:
                raise TableTooLarge(file=path.name, problem=_("a workbook of more than 256 MiB"))
            return stream.read(_MAX_PACKED + 1)
    except OSError as error:
        raise FileNotOpened(file=path.name, problem=system.in_words(error)) from None
