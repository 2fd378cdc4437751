"""Delimited text: semicolons, tabs, commas or bars, found by which one cuts rows alike."""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import cast

from esignctl.errors import NoTable, TableCutOff, TableDamaged
from esignctl.i18n import _
from esignctl.tables.plain import TextFile
from esignctl.tables.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Row,
    Sheet,
    too_many_cells,
    too_many_rows,
)

_DELIMITERS = ";\t|,"
_SAMPLE = 400
_NAMED_DELIMITER = re.compile(r"\ufeff?sep=(.)\s*", re.IGNORECASE)
_CENTS = re.compile(r"[-+(]?[\d.,]*\d([.,])\d\d(?:\s?[A-Z]{2,3})?[-+)]?")


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How records are cut; ``skip`` lines before them only name the delimiter."""

    delimiter: str
    width: int
    quoted: bool = True
    skip: int = 0


class _QuotesMislead(Exception):
    """A quotation mark that nothing closes has swallowed records."""


def read_delimited(text: TextFile) -> list[Sheet]:
    """The one table of a delimited text; its records are its rows, blank ones counted."""
    if not text.lines:
        raise NoTable(file=text.path.name, found=_("text without lines"))
    dialect = _dialect(text)
    try:
        _check(text, dialect)
    except _QuotesMislead:
        dialect = replace(dialect, quoted=False)
        _check(text, dialect)
    return [Sheet(text.path.stem, _rows(text, dialect), open_end=not text.ended)]


def _rows(text: TextFile, dialect: _Dialect) -> Iterator[Row]:
    with text.path.open(encoding=text.encoding, newline="") as lines:
        records = cast(Iterator[list[Cell]], _reader(lines, dialect))
        yield from zip(count(1), records)


def _reader(lines: Iterable[str], dialect: _Dialect) -> Iterator[list[str]]:
    return csv.reader(
        islice(lines, dialect.skip, None),
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
    )


def _dialect(text: TextFile) -> _Dialect:
    with text.path.open(encoding=text.encoding, newline="") as stream:
        sample = list(islice(stream, _SAMPLE))
    if named := _NAMED_DELIMITER.fullmatch(sample[0]):
        return _Dialect(named[1], _width(sample[1:], named[1])[1], skip=1)
    delimiter = max(
        _DELIMITERS,
        key=lambda sign: max(_width(sample, sign), _width(sample, sign, quoted=False)),
    )
    width = _width(sample, delimiter)[1]
    if width < 2:
        raise NoTable(file=text.path.name, found=_("text without columns"))
    return _Dialect(delimiter, width)


def _width(sample: list[str], delimiter: str, *, quoted: bool = True) -> tuple[int, int]:
    """How much of the sample the delimiter cuts into rows alike, and their width."""
    try:
        records = list(_reader(sample, _Dialect(delimiter, 0, quoted)))
    except csv.Error:
        return 0, 1
    widths = Counter(map(len, records))
    alike = [(times * width, width) for width, times in widths.items() if width > 1]
    return max(alike, default=(0, 1))


def _check(text: TextFile, dialect: _Dialect) -> None:
    """Go through all records once: limits, quotation marks, and whether the end is missing."""
    number, line = 0, 0
    recent: deque[list[str]] = deque(maxlen=50)
    record: list[str] = []
    spans_lines = False
    with text.path.open(encoding=text.encoding, newline="") as stream:
        tail = _Tail(stream)
        reader = csv.reader(
            islice(tail, dialect.skip, None),
            delimiter=dialect.delimiter,
            quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        )
        try:
            for number, record in enumerate(reader, start=1):
                spans_lines = reader.line_num > line + 1
                line = reader.line_num
                if spans_lines and recent and _swallowed(record, recent[-1], dialect):
                    raise _QuotesMislead
                if len(record) == dialect.width:
                    recent.append(record)
                if len(record) > MAX_COLUMNS:
                    raise too_many_cells(text.path)
                if number > MAX_ROWS:
                    raise too_many_rows(text.path)
        except csv.Error:
            if dialect.quoted:
                raise _QuotesMislead from None
            raise TableDamaged(
                file=text.path.name, problem=_("a cell is longer than any text")
            ) from None
    if text.ended and not (spans_lines and text.quotes % 2):
        return
    if _open_quote(tail.last, spans_lines, text.quotes, dialect) or _cut(record, recent, dialect):
        raise TableCutOff(file=text.path.name)


class _Tail:
    """Passes lines on and remembers the last one."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.last = line
            yield line


def _swallowed(record: list[str], before: list[str], dialect: _Dialect) -> bool:
    """Whether a cell of ``record`` holds further lines that begin as records do."""
    shape = _shape(before[0])
    return any(
        _shape(line.partition(dialect.delimiter)[0]) == shape
        and line.count(dialect.delimiter) >= dialect.width - 1
        for cell in record
        for line in cell.splitlines()[1:]
    )


def _open_quote(last: str, spans_lines: bool, quotes: int, dialect: _Dialect) -> bool:
    if not dialect.quoted:
        return False
    if spans_lines:
        return quotes % 2 == 1
    begins_cell = last.startswith('"') or f'{dialect.delimiter}"' in last
    return begins_cell and last.count('"') % 2 == 1


def _cut(last: list[str], alike: Iterable[list[str]], dialect: _Dialect) -> bool:
    """Whether the last record, whose line does not end, stops sooner than the ones before it."""
    earlier = [record for record in alike if record is not last]
    begins = [_shape(record[0]) for record in earlier]
    begin = _shape(last[0]) if last else ""
    if 0 < len(last) < dialect.width:
        # a footer is short too, but does not begin as records do
        return begin[:1] == "9" and any(other.startswith(begin) for other in begins)
    if begin not in begins:
        return False
    end = last[-1].strip()
    ends = [record[-1].strip() for record in earlier if _shape(record[0]) == begin]
    if not end:
        return all(ends)
    cents = [match[1] for text in ends if (match := _CENTS.fullmatch(text))]
    if len(cents) == len(ends):
        match = _CENTS.fullmatch(end)
        return match is None or match[1] not in cents
    # numbers of one length, such as receipts
    return len(set(map(_shape, ends))) == 1 and len(end) < len(ends[0])


def _shape(cell: str) -> str:
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", cell.strip()))
