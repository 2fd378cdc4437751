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
from typing import BinaryIO, Literal, cast

from esignctl.errors import NoTable, TableCutOff, TableDamaged, TableEncrypted
from esignctl.i18n import _
from esignctl.tables.bounds import (
    check_brt_records,
    check_opendocument,
    check_shared_strings,
    check_sheet_cells,
)
from esignctl.tables.sheet import GIBIBYTE, too_many_bytes, too_many_cells
from esignctl.text.folding import fold

Kind = Literal["xlsx", "xlsb", "ods"]

_PIECE = 1 << 20
_MAX_TOTAL = 2 * GIBIBYTE
_MAX_TAGS = 100_000_000
_ENCRYPTED = 0x1
_MARKUP = (b"<", b"\xef", b"\xff", b"\xfe")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_archive(path: Path, data: bytes) -> Kind:
    """Which kind of workbook the archive ``data`` is; an error if it must not be read further."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            kind = _kind(path, [fold(member.filename) for member in members])
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
            if fold(member.filename) == name:
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
    name = fold(member.filename)
    with cast(zipfile.ZipExtFile, archive.open(member)) as stream:
        markup = name.endswith((".xml", ".rels")) or stream.peek(64).lstrip()[:1] in _MARKUP
        pieces = _pieces(path, cast(BinaryIO, stream), markup=markup)
        if kind == "ods" and name == "content.xml":
            return check_opendocument(path, pieces)
        if kind == "ods" and name == "meta-inf/manifest.xml":
            content = b"".join(pieces)
            if b"encryption-data" in content:
                raise TableEncrypted(file=path.name)
            return len(content)
        if kind == "xlsb" and name.endswith(".bin"):
            return check_brt_records(path, pieces)
        if name.endswith("sharedstrings.xml"):
            return check_shared_strings(path, pieces)
        if kind != "xlsx" or not markup:
            return sum(map(len, pieces))
        size, plain = check_sheet_cells(path, pieces)
    if not plain:
        with archive.open(member) as again:
            pieces = _pieces(path, cast(BinaryIO, again), markup=True)
            size, _plain = check_sheet_cells(path, pieces, slow=True)
    return size


def _pieces(path: Path, stream: BinaryIO, *, markup: bool) -> Iterator[bytes]:
    size = tags = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > GIBIBYTE:
            raise too_many_bytes(path)
        if markup:
            tags += piece.count(b"<")
            if tags > _MAX_TAGS:
                raise too_many_cells(path)
            if size == len(piece) and b"<!DOCTYPE" in piece:
                raise TableDamaged(
                    file=path.name, problem=_("it declares entities, which no spreadsheet does")
                )
            if len(piece) == _PIECE and (b"<" not in piece or b">" not in piece):
                raise TableDamaged(file=path.name, problem=_("a cell is longer than any text"))
        yield piece


def _damaged(path: Path) -> TableDamaged:
    return TableDamaged(file=path.name, problem=_("its parts do not unpack"))
