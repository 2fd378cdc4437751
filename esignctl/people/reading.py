"""Lists of people and of applications: from the cells of a row to values, or to a reason why not.

A reason names no personal data; the row number leads to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from esignctl.people.groups import group_name
from esignctl.registry.imports import Rejection
from esignctl.registry.people import Person
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
from esignctl.text.dates import parse_date
from esignctl.text.folding import tokens

PEOPLE_COLUMNS: Final = (
    TCKN,
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
    TCKN,
    Column(
        "kind",
        ("Başvuru Türü", "Başvuru Tipi", "Türü", "Tür", "Application Type", "Type", "Kind"),
    ),
    Column(
        "opened_on",
        ("Başvuru Tarihi", "Tarih", "Tarihi", "Application Date", "Opened On", "Opened", "Date"),
    ),
)  # fmt: skip

_KINDS: Final = {
    "ilk": "first", "first": "first", "new": "first", "yeni": "first", "1": "first",
    "yenileme": "renewal", "renewal": "renewal", "renew": "renewal", "3": "renewal",
    "kayip": "replacement", "calinti": "replacement", "lost": "replacement",
    "stolen": "replacement", "replacement": "replacement", "loss": "replacement",
    "2": "replacement",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application as a list names it, by the personal number of the applicant."""

    number: str
    tckn: str
    kind: str
    opened_on: date


def read_people(path: Path) -> Iterator[tuple[Place, Person | Rejection]]:
    """The people of a list, row by row. Raises `InputRejected` for what is no such list."""
    for record in read_records(path, PEOPLE_COLUMNS):
        place = Place(record.sheet, record.row)
        try:
            yield place, _person(record)
        except Unusable as error:
            yield place, Rejection(place, error.code, column=error.column)


def read_applications(path: Path) -> Iterator[tuple[Place, ApplicationRow | Rejection]]:
    """The applications of a list, row by row. Raises `InputRejected` for what is no such list."""
    for record in read_records(path, APPLICATION_COLUMNS):
        place = Place(record.sheet, record.row)
        try:
            yield place, _application(record)
        except Unusable as error:
            yield place, Rejection(place, error.code, column=error.column)


def _person(record: Record) -> Person:
    texts = {name: plain(cell) for name, cell in record.cells.items() if name != "tckn"}
    number = record.read("tckn", personal_number)
    for name in ("given_names", "surname"):
        if not any(character.isalpha() for character in texts[name]):
            raise Unusable("NAME-MISSING", record.headers.get(name, ""))
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
    return ApplicationRow(
        record.read("number", application_number),
        record.read("tckn", personal_number),
        record.read("kind", kind_of),
        record.read("opened_on", _day),
    )


def application_number(cell: Cell) -> str:
    """The number of an application as it is written; a spreadsheet's number without its ``.0``."""
    if isinstance(cell, date) or (isinstance(cell, float) and not cell.is_integer()):
        raise Unusable("NUMBER-INVALID")
    number = plain(cell).lstrip("'")
    if not number:
        raise Unusable("NUMBER-MISSING")
    return number


def kind_of(cell: Cell) -> str:
    """`first`, `renewal` or `replacement`, from words of either language or a number 1, 3, 2."""
    words = tokens(plain(cell))
    if not words:
        raise Unusable("KIND-MISSING")
    # a number beside words numbers something else, such as years
    kinds = {_KINDS[word] for word in words if word in _KINDS and word.isalpha()}
    if not kinds and len(words) == 1:
        kinds = {_KINDS[word] for word in words if word in _KINDS}
    if len(kinds) != 1:
        raise Unusable("KIND-UNKNOWN")
    return kinds.pop()


def _day(cell: Cell) -> date:
    if cell is None or cell == "":
        raise Unusable("DATE-MISSING")
    try:
        return parse_date(cell.strip() if isinstance(cell, str) else cell)[0]
    except ValueError:
        raise Unusable("DATE-INVALID") from None
