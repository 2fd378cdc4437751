"""Lists of certificates from trackers and portals: from the cells of a row to a certificate.

A reason why a row cannot be taken names no personal data; row and column lead to it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from esignctl.errors import ColumnMissing
from esignctl.registry.certificates import StoredCertificate
from esignctl.registry.imports import Rejection
from esignctl.tables import Cell
from esignctl.tables.columns import (
    TCKN,
    Column,
    Place,
    Record,
    Unusable,
    personal_number,
    plain,
    read_records,
)
from esignctl.text import tckn
from esignctl.text.dates import ISTANBUL, parse_moment, utc_text
from esignctl.text.folding import tokens

COLUMNS: Final = (
    Column(
        "not_after",
        (
            "Bitiş Tarihi", "Geçerlilik Bitiş Tarihi", "Geçerlilik Bitişi", "Geçerlilik Sonu",
            "Bitiş", "Son Geçerlilik Tarihi", "Son Kullanma Tarihi", "Sertifika Bitiş Tarihi",
            "Sertifika Bitiş", "NES Bitiş Tarihi", "NES Bitiş", "Sertifika Geçerlilik Bitiş Tarihi",
            "E-imza Bitiş Tarihi", "Bitis", "Not After", "Valid Until", "Valid To", "Until",
            "End Date", "End", "Ends", "Expires", "Expires On", "Expiry", "Expiry Date",
            "Expiration Date", "Expiration",
        ),
    ),
    replace(TCKN, required=False),
    Column(
        "holder",
        (
            "Sertifika Sahibi", "Sahibi", "Sahip", "Ad Soyad", "Adı Soyadı", "Ad ve Soyad",
            "Adı ve Soyadı", "İsim Soyisim", "Kişi", "Personel", "Holder", "Certificate Holder",
            "Full Name", "Name Surname", "Name and Surname", "Common Name", "CN", "Owner",
        ),
        required=False,
    ),
    Column(
        "given_names",
        ("Adı", "Ad", "İsim", "İsmi", "Given Names", "Given Name", "First Name", "Name"),
        required=False,
    ),
    Column(
        "surname", ("Soyadı", "Soyad", "Soyisim", "Soyismi", "Surname", "Last Name"), required=False
    ),
    Column(
        "serial",
        (
            "Seri No", "Seri Numarası", "Sertifika Seri No", "Sertifika Seri Numarası",
            "Sertifika No", "Sertifika Numarası", "NES Seri No", "Serial", "Serial No",
            "Serial Number", "Certificate Serial", "Certificate Serial No",
            "Certificate Serial Number", "Certificate No", "Certificate Number",
        ),
        required=False,
    ),
    Column(
        "not_before",
        (
            "Başlangıç Tarihi", "Geçerlilik Başlangıç Tarihi", "Geçerlilik Başlangıcı",
            "Başlangıç", "Sertifika Başlangıç Tarihi", "Sertifika Başlangıç",
            "NES Başlangıç Tarihi", "NES Başlangıç", "Sertifika Geçerlilik Başlangıç Tarihi",
            "Veriliş Tarihi", "Üretim Tarihi", "Düzenlenme Tarihi", "Not Before", "Valid From",
            "Start Date", "Start", "Starts", "Issued", "Issued On", "Issue Date",
        ),
        required=False,
    ),
    Column(
        "issuer",
        (
            "Veren", "Sertifikayı Veren", "Yayıncı", "Yayımcı", "Sağlayıcı", "Sertifika Sağlayıcı",
            "Hizmet Sağlayıcı", "ESHS", "Düzenleyen", "Issuer", "Issued By", "Authority",
            "Certificate Authority", "CA", "Provider",
        ),
        required=False,
    ),
    Column(
        "kind",
        (
            "Sertifika Türü", "Sertifika Tipi", "Türü", "Tür", "Tipi", "Tip", "Certificate Type",
            "Certificate Kind", "Kind", "Type",
        ),
        required=False,
    ),
)  # fmt: skip

NES_LASTS: Final = 3
"""Years that KamuSM's qualified certificates hold: what is assumed where no beginning is told."""

_OTHER_KINDS: Final = {
    "muhur": "seal", "seal": "seal", "mobil": "mobile", "mobile": "mobile",
    "ssl": "other", "tls": "other", "sunucu": "other", "server": "other", "damgasi": "other",
    "diger": "other", "other": "other",
}  # fmt: skip
_HEX: Final = re.compile(r"(?:0x)?([0-9A-Fa-f]+)", re.ASCII)
_BETWEEN_DIGITS: Final = re.compile(r"[\s:.\-]+")
_EXPONENT: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_EXACT_BELOW: Final = 2**53
_SERIAL_DIGITS: Final = 50
"""More than the 20 bytes that a serial number may have, in decimal."""


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial number as a list has it: what it is, read as decimal and as hex; upper-case hex.

    The two are the same where only one way of reading it is left.
    """

    decimal: str
    hexadecimal: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells. `other_serial` is the serial number read the other way, if there is one.

    `begin_told` is False where the list is silent about the beginning.
    """

    certificate: StoredCertificate
    other_serial: str
    begin_told: bool


def read_rows(path: Path) -> Iterator[tuple[Place, Told | Rejection]]:
    """The certificates of a list, row by row. Raises `InputRejected` for what is no such list.

    Whether serial numbers without a letter are decimal or hex, the whole column tells.
    """
    records = read_records(path, COLUMNS)
    named = {name for record in records[:1] for name in record.headers}
    if records and not named & {"tckn", "holder", "given_names"}:
        raise ColumnMissing(
            file=path.name, column=TCKN.headers[0], accepted=", ".join(TCKN.headers)
        )
    is_hex = any(_is_surely_hex(record.cells.get("serial")) for record in records)
    for record in records:
        place = Place(record.sheet, record.row)
        try:
            yield place, _told(record, is_hex=is_hex)
        except Unusable as error:
            yield place, Rejection(place, error.code, column=error.column)


def _told(record: Record, *, is_hex: bool) -> Told:
    number = record.read("tckn", personal_number) if plain(record.cells.get("tckn")) else ""
    holder = _holder(record)
    if not number and not any(map(str.isalpha, holder)):
        raise Unusable("HOLDER-MISSING")
    end, _ = record.read("not_after", _end)
    begin, begin_told = _years_before(end, NES_LASTS), False
    if plain(record.cells.get("not_before")):
        begin, begin_told = record.read("not_before", _moment)[0], True
    if begin >= end:
        raise Unusable("DAYS-REVERSED", record.headers["not_after"])
    serial = record.read("serial", serial_number)
    first, other = serial.decimal, serial.hexadecimal
    if is_hex:
        first, other = other, first
    kind = _kind(plain(record.cells.get("kind")))
    certificate = StoredCertificate(
        fingerprint=None,
        subject="",
        issuer=plain(record.cells.get("issuer")),
        serial=first,
        holder=tckn.mask_within(holder),
        tckn=number,
        not_before=utc_text(begin),
        not_after=utc_text(end),
        kind=kind,
        # a list of qualified certificates: what it tells of is one until it is seen itself
        qualified=kind in ("nes", "mobile"),
        der=None,
    )
    return Told(certificate, other if other != first else "", begin_told)


def serial_number(cell: Cell) -> Serial:
    """The serial number in a cell, decimal or hex, however it is grouped; empty without one."""
    if isinstance(cell, float) and not (cell.is_integer() and cell < _EXACT_BELOW):
        raise Unusable("SERIAL-ROUNDED")
    if isinstance(cell, int) and not isinstance(cell, bool) and cell >= _EXACT_BELOW:
        raise Unusable("SERIAL-ROUNDED")
    text = plain(cell).strip("'\N{RIGHT SINGLE QUOTATION MARK}`")
    if not text:
        return Serial("", "")
    if _EXPONENT.fullmatch(text):
        raise Unusable("SERIAL-ROUNDED")
    found = _HEX.fullmatch(_BETWEEN_DIGITS.sub("", text))
    if found is None or len(found[1]) > _SERIAL_DIGITS:
        raise Unusable("SERIAL-INVALID")
    hexadecimal = f"{int(found[1], 16):X}"
    if _is_surely_hex(text):
        return Serial(hexadecimal, hexadecimal)
    return Serial(f"{int(found[1]):X}", hexadecimal)


def _is_surely_hex(cell: Cell) -> bool:
    """Whether a serial number can be hex only: it has a letter, or pairs with colons."""
    if not isinstance(cell, str):
        return False
    return ":" in cell or any(character in "abcdefxABCDEFX" for character in cell)


def _holder(record: Record) -> str:
    names = [plain(record.cells.get(name)) for name in ("given_names", "surname")]
    return plain(record.cells.get("holder")) or " ".join(filter(None, names))


def _end(cell: Cell) -> tuple[datetime, bool]:
    """The end; of a day without a time, its last second in Turkey."""
    if not plain(cell):
        raise Unusable("END-MISSING")
    moment, has_time = _moment(cell)
    return (moment if has_time else moment + timedelta(days=1, seconds=-1)), has_time


def _moment(cell: Cell) -> tuple[datetime, bool]:
    try:
        return parse_moment(cell)
    except ValueError:
        raise Unusable("DAY-INVALID") from None


def _years_before(moment: datetime, years: int) -> datetime:
    here = moment.astimezone(ISTANBUL)
    day = min(here.day, 28) if here.month == 2 else here.day
    return here.replace(year=here.year - years, day=day).astimezone(moment.tzinfo)


def _kind(text: str) -> str:
    kinds: Sequence[str] = [_OTHER_KINDS[word] for word in tokens(text) if word in _OTHER_KINDS]
    return kinds[0] if kinds else "nes"
