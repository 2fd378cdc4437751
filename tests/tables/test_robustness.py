"""Broken, hostile and foreign files: always one of our errors, soon, and in little memory."""

import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from esignctl.errors import (
    FileEmpty,
    FileMissing,
    FileNotOpened,
    InputRejected,
    NoTable,
    TableCutOff,
    TableDamaged,
    TableEncrypted,
    TableTooLarge,
)
from esignctl.tables import read_tables
from tests.tables.files import (
    MAIN,
    cells,
    ods,
    package,
    parts,
    raw_xlsx,
    sheet_xml,
    spreadsheetml,
    text_cell,
    xls,
    xlsb,
    xlsx,
)

ROWS = [["Tarih", "Açıklama", "Tutar"]] + [
    [date(2021, 10, 1 + number % 28), f"Ödeme {number}", 218.3] for number in range(60)
]
TEXTS = [[str(cell) for cell in row] for row in ROWS]


def html(path: Path, rows: Any) -> Path:
    lines = "".join("<tr><td>" + "<td>".join(map(str, row)) + "</tr>" for row in rows)
    path.write_text(f"<html><body><table>{lines}</table></body></html>", encoding="utf-8")
    return path


def xml(path: Path, rows: Any) -> Path:
    def row(values: Any) -> str:
        inside = (f'<Cell><Data ss:Type="String">{value}</Data></Cell>' for value in values)
        return f"<Row>{''.join(inside)}</Row>"

    path.write_bytes(spreadsheetml("".join(map(row, rows))))
    return path


def csv(path: Path, rows: Any) -> Path:
    path.write_text("".join(";".join(map(str, row)) + "\r\n" for row in rows), encoding="utf-8")
    return path


def binary(path: Path, _rows: Any) -> Path:
    return xlsb(path, TEXTS)


WRITERS: dict[str, Callable[[Path, Any], Path]] = {
    "xlsx": xlsx, "xlsb": binary, "xls": xls, "ods": ods, "html": html, "xml": xml, "csv": csv,
}  # fmt: skip


def rejection(path: Path) -> type[InputRejected] | None:
    """With which error the file is rejected, if it is; every other exception is a fault."""
    error: InputRejected | None = None
    try:
        for sheet in read_tables(path):
            for _row in sheet.rows:
                pass
    except InputRejected as caught:
        error = caught
    if error is None:
        return None
    assert path.name in str(error)
    assert error.advice
    return type(error)


def rejection_of(tmp_path: Path, content: bytes) -> type[InputRejected] | None:
    (tmp_path / "file.bin").write_bytes(content)
    return rejection(tmp_path / "file.bin")


# ---- files that are none


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert rejection(tmp_path / "bank.xlsx") is FileMissing


@pytest.mark.parametrize("name", ["x" * 4000, "a\0b"])
def test_a_name_that_no_file_can_have(name: str) -> None:
    with pytest.raises(FileNotOpened):
        read_tables(Path(name))


def test_a_folder(tmp_path: Path) -> None:
    assert rejection(tmp_path) is FileNotOpened


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert rejection(tmp_path / "pipe") is FileNotOpened


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = xlsx(tmp_path / "a.xlsx", ROWS)
    monkeypatch.setattr(Path, "open", refuse)
    assert rejection(path) is FileNotOpened


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", "\ufeff".encode()])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    assert rejection_of(tmp_path, content) is FileEmpty


# ---- files of other kinds


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40,
        b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
        b"{\\rtf1 text}",
        b"SQLite format 3\0" + bytes(100),
        b"\x1f\x8b\x08" + bytes(100),
        b"Rar!\x1a\x07" + bytes(100),
        b"MZ" + bytes(200),
        random.Random(1).randbytes(5000),
        b"Sayin yetkili ekte bulunan belgeyi inceleyiniz\n" * 3,
        b"<svg><rect/></svg>",
        b'<?xml version="1.0"?><Belge><Satir/></Belge>',
        package({"notlar.txt": "x"}),
        package({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
    ],
)
def test_what_holds_no_table(tmp_path: Path, content: bytes) -> None:
    assert rejection_of(tmp_path, content) is NoTable


def test_random_bytes(tmp_path: Path) -> None:
    dice = random.Random(2)
    starts = [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<table>",
        b"<?xml",
        b"\xff\xfe",
    ]
    for _round in range(200):
        content = dice.choice(starts) + dice.randbytes(dice.randrange(1, 3000))
        assert rejection_of(tmp_path, content) is not None


# ---- encrypted files


def renamed_stream(content: bytes, name: str) -> bytes:
    """The compound file with its stream Workbook under another name."""
    old = "Workbook".encode("utf-16-le")
    place = content.index(old)
    new = name.encode("utf-16-le").ljust(64, b"\0")
    length = struct.pack("<H", len(name) * 2 + 2)
    return content[:place] + new + length + content[place + 66 :]


def test_an_encrypted_workbook(tmp_path: Path) -> None:
    content = xls(tmp_path / "a", ROWS).read_bytes()
    assert rejection_of(tmp_path, renamed_stream(content, "EncryptedPackage")) is TableEncrypted


def test_an_encrypted_old_workbook(tmp_path: Path) -> None:
    # the record WRITEACCESS becomes FILEPASS
    content = xls(tmp_path / "a", ROWS).read_bytes().replace(b"\x5c\0\x70\0", b"\x2f\0\x70\0", 1)
    assert rejection_of(tmp_path, content) is TableEncrypted


def test_an_encrypted_opendocument(tmp_path: Path) -> None:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    content = package({"META-INF/manifest.xml": manifest, "content.xml": "\1\2\3"})
    assert rejection_of(tmp_path, content) is TableEncrypted


def test_an_encrypted_archive(tmp_path: Path) -> None:
    content = bytearray(package(parts(sheet_xml(""))))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.index(mark)
        content[start + place] |= 1
    assert rejection_of(tmp_path, bytes(content)) is TableEncrypted


def test_a_word_document_in_a_compound_file(tmp_path: Path) -> None:
    content = renamed_stream(xls(tmp_path / "a", ROWS).read_bytes(), "WordDocument")
    assert rejection_of(tmp_path, content) is NoTable


# ---- cut off


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind != "csv"])
def test_a_file_that_is_cut_off_is_never_read(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / "whole", ROWS)
    content, whole = path.read_bytes(), cells(path)
    step = max(len(content) // 150, 1)
    for length in range(step, len(content), step):
        if rejection_of(tmp_path, content[:length]) is None:
            # only what follows the data is missing
            assert cells(tmp_path / "file.bin") == whole


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods", "xls", "html", "xml", "csv"])
def test_a_file_cut_in_half_is_called_cut_off(tmp_path: Path, kind: str) -> None:
    content = WRITERS[kind](tmp_path / "whole", ROWS).read_bytes()
    half = content[: len(content) // 2].rstrip(b"\r\n") + (b"\r\n2021-" if kind == "csv" else b"")
    assert rejection_of(tmp_path, half) is TableCutOff


def test_a_part_of_a_workbook_that_is_cut_off(tmp_path: Path) -> None:
    whole = sheet_xml("".join(f"<row>{text_cell('x')}</row>" for _number in range(9)))
    for length in range(len(MAIN) + 30, len(whole), 7):
        assert rejection(raw_xlsx(tmp_path / "a", whole[:length])) is not None


def test_a_part_of_a_workbook_that_does_not_unpack(tmp_path: Path) -> None:
    content = bytearray(xlsx(tmp_path / "a", ROWS).read_bytes())
    place = content.index(b"xl/worksheets/sheet1.xml") + 200
    content[place : place + 8] = b"\xff" * 8
    assert rejection_of(tmp_path, bytes(content)) is TableDamaged


# ---- what grows beyond measure


def swollen(path: Path, size: int) -> Path:
    """A workbook with a small part that unpacks to ``size`` mebibytes of blanks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = block * size + packer.flush()
    crc = 0
    for _block in range(size):
        crc = zlib.crc32(b" " * (1 << 20), crc)
    content = BytesIO(package(parts("")))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/worksheets/sheet2.xml", data)
        bomb = archive.infolist()[-1]
        bomb.compress_type, bomb.file_size, bomb.CRC = zipfile.ZIP_DEFLATED, size << 20, crc
    path.write_bytes(content.getvalue())
    return path


def test_a_zip_bomb_that_says_so(tmp_path: Path) -> None:
    assert rejection(swollen(tmp_path / "bomb.xlsx", 1025)) is TableTooLarge


def test_a_zip_bomb_of_blanks_within_the_limit(tmp_path: Path) -> None:
    assert rejection(swollen(tmp_path / "bomb.xlsx", 100)) is TableDamaged


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("part", ["sheet", "sharedStrings", "workbook", "styles"])
def test_entities_in_a_workbook(tmp_path: Path, declaration: str, part: str) -> None:
    sheet = sheet_xml(f"<row>{text_cell('&a;')}</row>")
    other = {} if part == "sheet" else {part: declaration + "<x>&a;</x>"}
    path = raw_xlsx(tmp_path / "a", declaration + sheet if part == "sheet" else sheet, **other)
    assert rejection(path) is TableDamaged


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE])
def test_entities_in_spreadsheetml(tmp_path: Path, declaration: str) -> None:
    content = spreadsheetml('<Row><Cell><Data ss:Type="String">&a;</Data></Cell></Row>')
    evil = content.replace(b"?><Workbook", b"?>" + declaration.encode() + b"<Workbook")
    assert evil != content
    assert rejection_of(tmp_path, evil) is TableDamaged


def test_entities_in_html_are_not_resolved(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(
        f"{OUTSIDE.replace('x [', 'html [')}<table><tr><td>&a;</table>", encoding="utf-8"
    )
    assert "root" not in str(cells(tmp_path / "a"))


@pytest.mark.parametrize(
    "data",
    [
        FAR.format(1048576, "XFD"),
        FAR.format(1048577, "A"),
        FAR.format(99999999999, "A"),
        FAR.format(1, "ZZZZZZ"),
        FAR.format(700000, "AD"),
        FAR.format(1048576, "XFD").replace('r="', "r = '").replace('"', "'"),
        FAR.format(1048576, "XFD").replace(" r=", "\n\tr="),
        FAR.format(1048576, "XFD").replace('r="XFD', 'r="A1" r="XFD'),
        FAR.format(1048576, "XFD").replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
        "<row>" + "<c/>" * 17000 + "<c><v>1</v></c></row>",
        "<row>"
        + "<c/>" * 2000
        + "<c><v>1</v></c></row>"
        + "<row/>" * 10001
        + FAR.format(20000, "B"),
    ],
)
def test_cells_far_away_take_no_memory(tmp_path: Path, data: str) -> None:
    assert rejection(raw_xlsx(tmp_path / "a", sheet_xml(data))) is not None


@pytest.mark.parametrize("count", ["99999999999999", "4000000000", "99999999"])
def test_announced_strings_are_not_reserved(tmp_path: Path, count: str) -> None:
    strings = f'<sst xmlns="{MAIN}" uniqueCount="{count}"><si><t>x</t></si></sst>'
    assert (
        rejection(raw_xlsx(tmp_path / "a", sheet_xml(""), sharedStrings=strings)) is TableTooLarge
    )


def table(inside: str, name: str = "content.xml") -> bytes:
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{inside}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return package({"mimetype": mimetype, name: content, "META-INF/manifest.xml": "<m/>"})


FILLED = '<table:table-cell office:value-type="float" office:value="1" {}/>'


@pytest.mark.parametrize(
    "inside",
    [
        "<table:table-row table:number-rows-repeated='1048576'>"
        + FILLED.format("table:number-columns-repeated='16384'")
        + "</table:table-row>",
        "<table:table-row table:number-rows-repeated='99999999999'>"
        + FILLED.format("")
        + "</table:table-row>",
        "<table:table-row table:number-rows-repeated='-1'><table:table-cell/></table:table-row>",
        "<table:table-row><table:table-cell office:value-type='string'><text:p>"
        "<text:s text:c='999999999'/></text:p></table:table-cell></table:table-row>",
        "<table:table-row><table:table-cell><table:table table:name='B'/></table:table-cell>"
        "</table:table-row>",
    ],
)
def test_repeated_cells_take_no_memory(tmp_path: Path, inside: str) -> None:
    assert rejection_of(tmp_path, table(inside)) is not None


def test_an_opendocument_table_that_is_not_closed(tmp_path: Path) -> None:
    assert rejection_of(tmp_path, table("<table:table-row>")) is TableDamaged


def changed_records(content: bytes, kind: int, change: Callable[[bytes], bytes]) -> bytes:
    """The .xls with the bodies of all records ``kind`` changed (its stream begins at 512)."""
    result = bytearray(content)
    position = 512
    while position + 4 <= len(content):
        number, length = struct.unpack_from("<HH", content, position)
        if number == 0 and length == 0:
            break
        body = position + 4
        if number == kind:
            result[body : body + length] = change(content[body : body + length])
        position = body + length
    return bytes(result)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (0x0200, lambda body: struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)),
        (0x0200, lambda body: struct.pack("<IIHHH", 5, 1, 0, 3, 0)),
        (0x027E, lambda body: body[:2] + b"\xff\xff" + body[4:]),
        (0x0085, lambda body: b"\xff\xff\xff\x7f" + body[4:]),
        (0x0085, lambda body: b"\x01\0\0\0" + body[4:]),
    ],
)
def test_impossible_records(tmp_path: Path, kind: int, change: Callable[[bytes], bytes]) -> None:
    content = xls(tmp_path / "a", ROWS).read_bytes()
    evil = changed_records(content, kind, change)
    assert evil != content
    assert rejection_of(tmp_path, evil) is not None


def test_a_chain_of_sectors_without_end(tmp_path: Path) -> None:
    content = bytearray(xls(tmp_path / "a", ROWS).read_bytes())
    (fat,) = struct.unpack_from("<I", content, 76)
    (directory,) = struct.unpack_from("<I", content, 48)
    struct.pack_into("<I", content, (fat + 1) * 512 + directory * 4, directory)
    assert rejection_of(tmp_path, bytes(content)) is TableDamaged


def test_too_many_lines(tmp_path: Path) -> None:
    assert rejection_of(tmp_path, b"1;2\n" * 1_048_577) is TableTooLarge


def test_as_many_lines_as_a_sheet_has(tmp_path: Path) -> None:
    assert rejection_of(tmp_path, b"1;2\n" * 1_048_576) is None


@pytest.mark.parametrize(
    "content",
    [
        b"x" * 3_000_000,
        b"a;" * 1_000_000 + b"\n",
        b"a;b\n" + b'1;"' + b"x" * 300_000,
        b"<table>" + b"<tr><td>" * 200_000 + b"</table>",
        b"<table>" + b"<div>" * 200_000 + b"</table>",
        b"<html>" + b"<table><tr><td>" * 20_000 + b"</td></tr></table>" * 20_000 + b"</html>",
        spreadsheetml("<Row>" * 100_000),
        spreadsheetml(f'<Row><Cell><Data ss:Type="String">{"x" * 11_000_000}</Data></Cell></Row>'),
    ],
    ids=["line", "wide", "quote", "cells", "blocks", "tables", "depth", "long"],
)
def test_texts_beyond_measure(tmp_path: Path, content: bytes) -> None:
    rejection_of(tmp_path, content)


# ---- changed at random


def changed(content: bytes, dice: random.Random) -> bytes:
    """A few bytes overwritten, doubled, taken out or put in."""
    result = bytearray(content)
    for _round in range(dice.choice((1, 1, 2, 8))):
        place = dice.randrange(len(result))
        match dice.randrange(5):
            case 0:
                result[place] = dice.randrange(256)
            case 1:
                result[place : place + 4] = struct.pack("<I", dice.choice((0, 2**31, 2**32 - 1)))
            case 2:
                del result[place : place + dice.choice((1, 4, 60))]
            case 3:
                result[place:place] = result[place : place + dice.choice((1, 40, 400))]
            case _:
                word = dice.choice((b"<", b'"', b"&#0;", b"\0", b"9999999999", b"</", b"-", b";"))
                result[place:place] = word
        if not result:
            break
    return bytes(result)


def changed_part(content: bytes, dice: random.Random) -> bytes:
    """The archive with one of its parts changed; the archive itself stays whole."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice([name for name, part in members.items() if part])
    return package({**members, name: changed(members[name], dice)})


@pytest.mark.parametrize("kind", WRITERS)
def test_changed_files_are_read_or_rejected(tmp_path: Path, kind: str) -> None:
    content = WRITERS[kind](tmp_path / "whole", ROWS).read_bytes()
    dice = random.Random(kind)
    for number in range(150):
        packed = content.startswith(b"PK") and number % 4
        evil = changed_part(content, dice) if packed else changed(content, dice)
        rejection_of(tmp_path, evil)


def test_nothing_is_said_but_by_the_error(tmp_path: Path) -> None:
    # native code reports its panics on the screen unless that is kept from it
    xls(tmp_path / "whole", ROWS)
    program = (
        "import random, sys\n"
        "from pathlib import Path\n"
        "from tests.tables.test_robustness import changed, rejection_of\n"
        "content = Path(sys.argv[1]).read_bytes()\n"
        "for seed in range(300):\n"
        "    rejection_of(Path(sys.argv[2]), changed(content, random.Random(seed)))\n"
        "import resource\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "whole"), str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert int(done.stdout) < 1 << 20, "more than 1 GiB"
