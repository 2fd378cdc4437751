"""Files of text: finds their encoding and which of three table formats the text is."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from esignctl.errors import FileEmpty, FileNotOpened, NoTable, TableCutOff, TableTooLarge
from esignctl.i18n import _
from esignctl.tables.sheet import GIBIBYTE, Sheet
from esignctl.text import system

_PIECE = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")
_SPREADSHEETML = re.compile(r"<(?:\w+:)?Workbook\b")
_HTML = re.compile(
    r"\s*<(?:!doctype\s+html|html|head|meta|style|body|table|div|center|font|p|h[1-6]|br|span|form"
    r"|title)\b|.*<table\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file whose encoding fits all of it, and what a first look at it showed.

    ``ended``: the last line ends as lines do; ``lines``: no line is longer than a mebibyte.
    """

    path: Path
    encoding: str
    quotes: int
    ended: bool
    lines: bool

    def pieces(self) -> Iterator[str]:
        """The text in pieces of about a mebibyte."""
        return _decoded(self.path, self.encoding)


def read_plain(path: Path, head: bytes) -> list[Sheet]:
    """The tables of a file that begins with ``head`` and is neither zip nor OLE2."""
    text = text_file(path, head)
    start = next(text.pieces())[:8192]
    if start.lstrip().startswith("<"):
        if _SPREADSHEETML.search(start):
            from esignctl.tables.spreadsheetml import read_spreadsheetml

            return read_spreadsheetml(text)
        if _HTML.match(start):
            from esignctl.tables.html import read_html

            return read_html(text)
        raise NoTable(file=path.name, found=_("a markup file without a table"))
    from esignctl.tables.delimited import read_delimited

    return read_delimited(text)


def text_file(path: Path, head: bytes) -> TextFile:
    """The text, beginning with ``head``, with the first encoding that fits the whole file."""
    try:
        if path.stat().st_size > GIBIBYTE:
            raise TableTooLarge(file=path.name, problem=_("a text of more than 1 GiB"))
        for encoding in _encodings(head):
            try:
                text = _look(path, encoding)
            except UnicodeDecodeError as error:
                if error.reason in ("unexpected end of data", "truncated data"):
                    raise TableCutOff(file=path.name) from None
                continue
            if text is not None:
                return text
    except OSError as error:
        raise FileNotOpened(file=path.name, problem=system.in_words(error)) from None
    raise NoTable(file=path.name, found=_("neither text nor a workbook"))


def _look(path: Path, encoding: str) -> TextFile | None:
    quotes, blank, lines, last = 0, True, True, ""
    for piece in _decoded(path, encoding):
        if _CONTROL.search(piece.rstrip("\x1a")):
            return None
        quotes += piece.count('"')
        blank = blank and not piece.strip("\ufeff\x1a \t\r\n")
        lines = lines and (len(piece) < _PIECE // 4 or "\n" in piece or "\r" in piece)
        last = piece or last
    if blank:
        raise FileEmpty(file=path.name)
    return TextFile(path, encoding, quotes, last[-1:] in ("\n", "\r", "\x1a"), lines)


def _encodings(head: bytes) -> list[str]:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return [encoding]
    if len(head) > 3 and head[1] == 0 and head[3] == 0:
        return ["utf-16-le"]
    if len(head) > 3 and head[0] == 0 and head[2] == 0:
        return ["utf-16-be"]
    return ["utf-8", "windows-1254"]


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield decoder.decode(piece)
        if rest := decoder.decode(b"", final=True):
            yield rest
