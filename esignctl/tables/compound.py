"""Looks through an OLE2 compound file (.xls, or an encrypted workbook) before it is read.

The reader of workbooks follows chains of sectors without end, reserves whatever area a sheet
announces, and stops quietly where a stream ends early. So the chains and the records of the
workbook's stream are walked here first. Sources: [MS-CFB] 2.2 to 2.6, [MS-XLS] 2.1 and 2.4.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from esignctl.errors import NoTable, TableCutOff, TableDamaged, TableEncrypted
from esignctl.i18n import _
from esignctl.tables.sheet import MAX_CELLS, MAX_COPIED_CELLS, too_many_cells

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END_OF_CHAIN = 0xFFFFFFFE
_LAST_SECTOR = 0xFFFFFFFA
_MINI_SIZE = 64
_MINI_LIMIT = 4096
_STREAM = 2
_MAX_SHEETS = 1024
_MAX_COLUMNS = 256

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _DIMENSIONS = 0x0809, 0x000A, 0x002F, 0x0085, 0x0200
_MULRK = 0x00BD
# BLANK is skipped by the reader; these place a value: FORMULA, LABEL, RSTRING, NUMBER, BOOLERR,
# LABELSST, RK
_CELLS = frozenset((0x0006, 0x0204, 0x00D6, 0x0203, 0x0205, 0x00FD, 0x027E))


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def check_compound(path: Path, data: bytes) -> None:
    """Raise unless ``data`` is a whole, unencrypted .xls that is safe to read."""
    try:
        file = _Compound(path, data)
        streams = {entry.name: entry for entry in file.entries if entry.kind == _STREAM}
        if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
            raise TableEncrypted(file=path.name)
        for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
            if name in streams:
                _check_records(path, file.stream(streams[name]))
                return
    except (struct.error, IndexError, ValueError):
        raise _damaged(path) from None
    found = _("a Word document") if "WordDocument" in streams else _("no workbook inside")
    raise NoTable(file=path.name, found=found)


class _Compound:
    """The sectors of a compound file and what its directory lists."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self.data = data
        if len(data) < 512:
            raise TableCutOff(file=path.name)
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise _damaged(path)
        self.sector_size = 1 << shift
        fat_count, directory_start = struct.unpack_from("<II", data, 44)
        mini_start, mini_count, difat_start, difat_count = struct.unpack_from("<IIII", data, 60)
        if max(fat_count, mini_count, difat_count) > len(data) // self.sector_size:
            raise TableCutOff(file=path.name)
        self.fat: list[int] = []
        for sector in self._fat_sectors(difat_start):
            self.fat += self._numbers(self._sector(sector))
        directory = self._chain(directory_start)
        self.entries = [_entry(directory[i : i + 128]) for i in range(0, len(directory) - 127, 128)]
        if not self.entries:
            raise _damaged(path)
        self.mini_fat: list[int] = []
        self.mini_stream = b""
        if mini_count:
            self.mini_fat = self._numbers(self._chain(mini_start))
            self.mini_stream = self._chain(self.entries[0].start, self.entries[0].size)

    def stream(self, entry: _Entry) -> bytes:
        """The bytes of a stream."""
        if entry.size >= _MINI_LIMIT:
            return self._chain(entry.start, entry.size)
        parts = []
        sector = entry.start
        for _step in range(-(-entry.size // _MINI_SIZE)):
            part = self.mini_stream[sector * _MINI_SIZE : (sector + 1) * _MINI_SIZE]
            parts.append(part)
            sector = self.mini_fat[sector]
        return b"".join(parts)[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector_size
        # the last sector may be short of its padding, but it must have begun
        if number > _LAST_SECTOR or start >= len(self.data):
            raise TableCutOff(file=self.path.name)
        return self.data[start : start + self.sector_size]

    def _numbers(self, sectors: bytes) -> list[int]:
        count = len(sectors) // 4
        return list(struct.unpack(f"<{count}I", sectors[: count * 4]))

    def _fat_sectors(self, difat_start: int) -> Iterator[int]:
        numbers = self._numbers(self.data[76:512])
        sector = difat_start
        for _step in range(len(self.data) // self.sector_size + 1):
            yield from (number for number in numbers if number < _LAST_SECTOR)
            if sector >= _LAST_SECTOR:
                return
            *numbers, sector = self._numbers(self._sector(sector))
        raise _damaged(self.path)

    def _chain(self, sector: int, size: int | None = None) -> bytes:
        """The sectors from ``sector`` on; with ``size``, that many bytes, which must be there."""
        parts: list[bytes] = []
        length = 0
        while sector != _END_OF_CHAIN and (size is None or length < size):
            if len(parts) > len(self.fat):
                raise _damaged(self.path)
            part = self._sector(sector)
            parts.append(part)
            length += len(part)
            sector = self.fat[sector]
        if size is not None and length < size:
            raise TableCutOff(file=self.path.name)
        return b"".join(parts)[:size]


def _entry(raw: bytes) -> _Entry:
    length = min(struct.unpack_from("<H", raw, 64)[0], 64)
    start, size = struct.unpack_from("<II", raw, 116)
    name = raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name, raw[66], start, size)


def _check_records(path: Path, stream: bytes) -> None:
    begins: set[int] = set()
    sheets: list[int] = []
    depth = 0
    rows, columns = 0, 0
    position, end = 0, len(stream)
    while position + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, position)
        body = position + 4
        if kind == 0 and depth == 0:
            # padding after the last substream
            break
        if body + length > end:
            raise TableCutOff(file=path.name)
        if kind == _BOF:
            if not depth:
                begins.add(position)
                rows, columns = 0, 0
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth < 0:
                raise _damaged(path)
        elif kind == _FILEPASS:
            raise TableEncrypted(file=path.name)
        elif kind == _BOUNDSHEET:
            sheets.append(struct.unpack_from("<I", stream, body)[0])
        elif kind == _DIMENSIONS:
            _check_announced(path, stream[body : body + length])
        elif kind in _CELLS or kind == _MULRK:
            row, column = struct.unpack_from("<HH", stream, body)
            if kind == _MULRK:
                last = struct.unpack_from("<H", stream, body + length - 2)[0]
                if last < column or length != 6 + 6 * (last - column + 1):
                    raise _damaged(path)
                column = last
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if columns > _MAX_COLUMNS:
                raise _damaged(path)
            if rows * columns > MAX_COPIED_CELLS:
                raise too_many_cells(path)
        position = body + length
    if depth or not begins:
        raise TableCutOff(file=path.name)
    if len(sheets) > _MAX_SHEETS or len(set(sheets)) < len(sheets):
        raise _damaged(path)
    if any(start >= end for start in sheets):
        raise TableCutOff(file=path.name)
    if not begins.issuperset(sheets):
        raise _damaged(path)


def _check_announced(path: Path, body: bytes) -> None:
    """The announced area is reserved at once, so it must be a possible one."""
    form = "<IIHH" if len(body) >= 14 else "<HHHH"
    first_row, past_row, first_column, past_column = struct.unpack_from(form, body)
    if first_column >= _MAX_COLUMNS or past_column < first_column:
        first_column = 0
    if past_row and past_column:
        if past_row < first_row:
            raise _damaged(path)
        if (past_row - first_row) * (past_column - first_column) > MAX_CELLS:
            raise too_many_cells(path)


def _damaged(path: Path) -> TableDamaged:
    return TableDamaged(file=path.name, problem=_("its parts contradict each other"))
