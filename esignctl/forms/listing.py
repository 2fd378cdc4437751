"""The list of a cover letter's applicants as an Excel workbook; Turkish, as the letter is."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from esignctl.forms import wording
from esignctl.people import Standing
from esignctl.tables.writing import Cells, Header, Page, write_pages

_COLUMNS: Final = {
    "Sıra": 7,
    "T.C. Kimlik No": 16,
    "Adı": 20,
    "Soyadı": 20,
    "Unvanı": 20,
    "Görev Yeri": 32,
    "Cep Telefonu": 17,
    "E-posta": 30,
    "Başvuru No": 16,
    "Başvuru Türü": 18,
    "Başvuru Tarihi": 15,
}


def write(path: Path, applicants: Sequence[Standing], on: date) -> None:
    """Write the list. Raises `PlaceNotWritable`."""
    page = Page(
        "Başvuru sahipleri",
        "14395E",
        list(_COLUMNS.values()),
        _rows(applicants),
        Header(list(_COLUMNS), len(applicants)),
    )
    write_pages(path, [page], on)


def _rows(applicants: Sequence[Standing]) -> Iterator[Cells]:
    for number, one in enumerate(applicants, start=1):
        person, application = one.person, one.application
        yield [
            (number, "count"),
            (person.tckn, "text"),
            (person.given_names, "text"),
            (person.surname, "text"),
            (person.title, "text"),
            (person.unit, "text"),
            (person.phone, "text"),
            (person.email, "text"),
            (application.number, "text"),
            (wording.KINDS[application.kind], "text"),
            (application.opened_on, "day"),
        ]
