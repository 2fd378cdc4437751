"""Lists of people and of applications: from the cells of a row to values, or to a reason why not.

A reason names no personal data; the row number leads to it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from esignctl.i18n import N_, _
from esignctl.people.columns import Column, Record, read_records
from esignctl.people.groups import group_name
from esignctl.registry.people import Person
from esignctl.tables import Cell
from esignctl.text import tckn
from esignctl.text.dates import parse_date
from esignctl.text.folding import tokens

_TCKN: Final = Column(
    "tckn",
    (
        "T.C. Kimlik No", "T.C. Kimlik Numarası", "TCKN", "T.C. No", "Kimlik No",
        "Kimlik Numarası", "T.C. Kimlik", "National ID", "National ID Number",
        "Personal Number", "Identity Number", "ID Number", "ID No",
    ),
)  # fmt: skip

PEOPLE_COLUMNS: Final = (
    _TCKN,
    Column(
        "given_names",
        ("Adı", "Ad", "İsim", "İsmi", "Given Names", "Given Name", "First Name", "Name"),
    ),
    Column("surname", ("Soyadı", "Soyad", "Soyisim", "Soyismi", "Surname", "Last Name")),
    Column("title", ("Unvan", "Unvanı", "Title", "Job Title"), required=False),
    Column("unit", ("Birim", "Birimi", "Birim Adı", "Unit", "Department"), required=False),
    Column("group", ("Grup", "Grubu", "Group"), required=False),
    Column(
        "phone",
        (
            "Cep Telefonu", "Cep Tel", "Cep", "GSM", "Telefon", "Telefon No",
            "Mobile Phone", "Mobile", "Phone", "Phone Number",
        ),
        required=False,
    ),
    Column(
        "email",
        ("E-posta", "E-posta Adresi", "E-mail", "Mail", "Email Address", "E-mail Address"),
        required=False,
    ),
)  # fmt: skip

APPLICATION_COLUMNS: Final = (
    Column(
        "number",
        (
            "Başvuru No", "Başvuru Numarası", "Application No", "Application Number",
            "Application", "Number",
        ),
    ),
    _TCKN,
    Column(
        "kind",
        ("Başvuru Türü", "Başvuru Tipi", "Türü", "Tür", "Application Type", "Type", "Kind"),
    ),
    Column(
        "opened_on",
        ("Başvuru Tarihi", "Tarih", "Tarihi", "Application Date", "Opened On", "Opened", "Date"),
    ),
)  # fmt: skip

REASONS: Final = {
    "TCKN-MISSING": N_("the personal number is missing"),
    "TCKN-INVALID": N_("the personal number is not valid"),
    "NAME-MISSING": N_("the given name or the surname is missing"),
    "NUMBER-MISSING": N_("the application number is missing"),
    "NUMBER-INVALID": N_("the application number is not a text or a whole number"),
    "KIND-MISSING": N_("the kind of application is missing"),
    "KIND-UNKNOWN": N_("the kind of application is unknown"),
    "DATE-MISSING": N_("the date of application is missing"),
    "DATE-INVALID": N_("the date of application is not a date"),
    "PERSON-UNKNOWN": N_("nobody with this personal number is registered"),
    "NUMBER-TAKEN": N_("the application of this number belongs to another person"),
    "REPEATED": N_("row {other} has the same number with different content, and was taken"),
}
"""Why a row is rejected."""

_KINDS: Final = {
    "ilk": "first", "first": "first", "new": "first", "yeni": "first", "1": "first",
    "yenileme": "renewal", "renewal": "renewal", "renew": "renewal", "3": "renewal",
    "kayip": "replacement", "calinti": "replacement", "lost": "replacement",
    "stolen": "replacement", "replacement": "replacement", "loss": "replacement",
    "2": "replacement",
}  # fmt: skip

_EXPONENT: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{2}")
_WHOLE: Final = re.compile(r"(\d+)[.,]0+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken: a code of `REASONS`, and the row it collides with if any."""

    place: Place
    code: str
    other: int = 0

    @property
    def reason(self) -> str:
        """Why, in the active language."""
        return _(REASONS[self.code]).format(other=self.other)


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application as a list names it, by the personal number of the applicant."""

    number: str
    tckn: str
    kind: str
    opened_on: date


class _Unusable(Exception):
    """A cell that cannot be used; `code` is one of `REASONS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_people(path: Path) -> Iterator[tuple[Place, Person | Rejection]]:
    """The people of a list, row by row. Raises `InputRejected` for what is no such list."""
    for record in read_records(path, PEOPLE_COLUMNS):
        place = Place(record.sheet, record.row)
        try:
            yield place, _person(record)
        except _Unusable as error:
            yield place, Rejection(place, error.code)


def read_applications(path: Path) -> Iterator[tuple[Place, ApplicationRow | Rejection]]:
    """The applications of a list, row by row. Raises `InputRejected` for what is no such list."""
    for record in read_records(path, APPLICATION_COLUMNS):
        place = Place(record.sheet, record.row)
        try:
            yield place, _application(record)
        except _Unusable as error:
            yield place, Rejection(place, error.code)


def _person(record: Record) -> Person:
    texts = {name: plain(cell) for name, cell in record.cells.items() if name != "tckn"}
    number = personal_number(record.cells["tckn"])
    for name in ("given_names", "surname"):
        if not any(character.isalpha() for character in texts[name]):
            raise _Unusable("NAME-MISSING")
    return Person(
        number,
        texts["given_names"],
        texts["surname"],
        title=texts.get("title", ""),
        unit=texts.get("unit", ""),
        group=group_name(texts.get("group", "")),
        phone=texts.get("phone", ""),
        email=texts.get("email", ""),
    )


def _application(record: Record) -> ApplicationRow:
    cells = record.cells
    return ApplicationRow(
        application_number(cells["number"]),
        personal_number(cells["tckn"]),
        kind_of(cells["kind"]),
        _day(cells["opened_on"]),
    )


def plain(cell: Cell) -> str:
    """A cell as one line of text; whole numbers without a fraction."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFC", " ".join(str(cell).split()))


def personal_number(cell: Cell) -> str:
    """The eleven digits in a cell, whether a spreadsheet made a number of them or not."""
    text = plain(cell).strip("'\N{RIGHT SINGLE QUOTATION MARK}`")
    if not text:
        raise _Unusable("TCKN-MISSING")
    if whole := _WHOLE.fullmatch(text):
        text = whole[1]
    elif _EXPONENT.fullmatch(text):
        text = str(int(float(text.replace(",", "."))))
    try:
        return tckn.normalize(text)
    except ValueError:
        raise _Unusable("TCKN-INVALID") from None


def application_number(cell: Cell) -> str:
    """The number of an application as it is written; a spreadsheet's number without its ``.0``."""
    if isinstance(cell, date) or (isinstance(cell, float) and not cell.is_integer()):
        raise _Unusable("NUMBER-INVALID")
    number = plain(cell).lstrip("'")
    if not number:
        raise _Unusable("NUMBER-MISSING")
    return number


def kind_of(cell: Cell) -> str:
    """`first`, `renewal` or `replacement`, from words of either language or a number 1, 3, 2."""
    words = tokens(plain(cell))
    if not words:
        raise _Unusable("KIND-MISSING")
    # a number beside words numbers something else, such as years
    kinds = {_KINDS[word] for word in words if word in _KINDS and word.isalpha()}
    if not kinds and len(words) == 1:
        kinds = {_KINDS[word] for word in words if word in _KINDS}
    if len(kinds) != 1:
        raise _Unusable("KIND-UNKNOWN")
    return kinds.pop()


def _day(cell: Cell) -> date:
    if cell is None or cell == "":
        raise _Unusable("DATE-MISSING")
    try:
        return parse_date(cell.strip() if isinstance(cell, str) else cell)[0]
    except ValueError:
        raise _Unusable("DATE-INVALID") from None
