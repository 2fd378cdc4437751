"""Looks through a zip archive (xlsx, xlsb, ods) before the reader of workbooks gets it.

That reader trusts what a file says of itself: it lays out the whole used area of a sheet in memory,
reserves what is announced, and never returns from an OpenDocument table that is not closed. So
every part is inflated once, in pieces, and counted: sizes, positions of cells, announced counts.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal

from esignctl.errors import NoTable, TableCutOff, TableDamaged, TableEncrypted
from esignctl.i18n import _
from esignctl.tables.bounds import (
    check_brt_records,
    check_opendocument,
    check_shared_strings,
    check_sheet_cells,
)
from esignctl.tables.sheet import GIBIBYTE, too_many_bytes

Kind = Literal["xlsx", "xlsb", "ods"]

_PIECE = 1 << 20
_MAX_TOTAL = 2 * GIBIBYTE
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_archive(path: Path, data: bytes) -> Kind:
    """Which kind of workbook the archive ``data`` is; an error if it must not be read further."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            kind = _kind(path, [member.filename.lower() for member in members])
            if any(member.flag_bits & _ENCRYPTED for member in members):
                raise TableEncrypted(file=path.name)
            total = 0
            for member in members:
                if member.compress_type not in _METHODS:
                    raise _damaged(path)
                if member.file_size > GIBIBYTE:
                    raise too_many_bytes(path)
                total += _check_member(path, archive, member, kind)
                if total > _MAX_TOTAL:
                    raise too_many_bytes(path)
    except zipfile.BadZipFile:
        if not zipfile.is_zipfile(io.BytesIO(data)):
            # the directory of an archive is its end
            raise TableCutOff(file=path.name) from None
        raise _damaged(path) from None
    except (zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise _damaged(path) from None
    return kind


def replace_member(data: bytes, name: str, content: bytes) -> bytes:
    """The archive ``data`` with ``content`` in place of the members called ``name``."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy,
    ):
        for member in source.infolist():
            if member.filename.lower() == name:
                copy.writestr(member.filename, content)
            else:
                copy.writestr(member.filename, source.read(member))
    return target.getvalue()


def _kind(path: Path, names: list[str]) -> Kind:
    bare = [name.replace("\\", "/") for name in names]
    if any(name.endswith("workbook.bin") for name in bare):
        return "xlsb"
    if any(name.startswith("word/") for name in bare):
        raise NoTable(file=path.name, found=_("a Word document"))
    if any(name.endswith("workbook.xml") or "worksheets/" in name for name in bare):
        return "xlsx"
    if "content.xml" in bare:
        return "ods"
    raise NoTable(file=path.name, found=_("an archive without a workbook"))


def _check_member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, kind: Kind) -> int:
    """Check one part; its real size."""
    name = member.filename.lower()
    size = 0
    with archive.open(member) as stream:
        pieces = _pieces(path, stream, markup=name.endswith((".xml", ".rels")))
        if kind == "ods" and name == "content.xml":
            size = check_opendocument(path, pieces)
        elif kind == "ods" and name == "meta-inf/manifest.xml":
            content = b"".join(pieces)
            if b"encryption-data" in content:
                raise TableEncrypted(file=path.name)
            size = len(content)
        elif kind == "xlsb" and name.endswith(".bin"):
            size = check_brt_records(path, pieces)
        elif name.endswith("sharedstrings.xml"):
            size = check_shared_strings(path, pieces)
        elif kind == "xlsx":
            size, plain = check_sheet_cells(path, pieces)
            if not plain:
                with archive.open(member) as again:
                    size = check_sheet_cells(path, _pieces(path, again, markup=True), slow=True)[0]
        else:
            size = sum(map(len, pieces))
    return size


def _pieces(path: Path, stream: IO[bytes], *, markup: bool) -> Iterator[bytes]:
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > GIBIBYTE:
            raise too_many_bytes(path)
        if markup:
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise TableDamaged(
                    file=path.name, problem=_("it declares entities, which no spreadsheet does")
                )
            if len(piece) == _PIECE and b"<" not in piece:
                raise TableDamaged(file=path.name, problem=_("a cell is longer than any text"))
        yield piece


def _damaged(path: Path) -> TableDamaged:
    return TableDamaged(file=path.name, problem=_("its parts do not unpack"))
