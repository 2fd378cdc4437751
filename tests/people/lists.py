"""Writes small lists as the files that administrators have."""

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl

PEOPLE_HEADER = (
    "T.C. Kimlik No", "Adı", "Soyadı", "Unvan", "Birim", "Grup", "Cep Telefonu", "E-posta",
)  # fmt: skip
APPLICATIONS_HEADER = ("Başvuru No", "T.C. Kimlik No", "Başvuru Türü", "Başvuru Tarihi")

AYSE = ("10000000146", "Ayşe Nur", "Yılmaz", "Dr.", "1 Nolu ASM", "Aile Hekimi", "", "")
CAN = ("10000000214", "Can", "Öztürk", "", "Bilgi İşlem", "Personel", "", "")

Row = Sequence[object]


def xlsx(path: Path, *sheets: Sequence[Row]) -> Path:
    """A workbook; one list of rows for each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sayfa{number}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def semicolons(path: Path, rows: Sequence[Row], encoding: str = "utf-8") -> Path:
    """A CSV file as a Turkish Excel writes it."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def people_list(path: Path, *rows: Row) -> Path:
    """A list of people with the usual header."""
    return xlsx(path, [PEOPLE_HEADER, *rows])


def applications_list(path: Path, *rows: Row) -> Path:
    """A list of applications with the usual header."""
    return xlsx(path, [APPLICATIONS_HEADER, *rows])
