"""How banks print it: their phrases around the payer's text, their cuts, their columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import openpyxl

_BANKS = (
    "0010-Ziraat Bankası",
    "0062-Garanti BBVA",
    "0064-İş Bankası",
    "0067-Yapı Kredi",
    "0111-QNB",
)

# {s} sender, {t} the payer's text, {n} a serial number, {b} the other bank
PHRASES = {
    "ziraat": (
        "Gönd: {s} {t} {b} FAST işlemi",
        "{t} {s} Ziraat Mobil Havale",
        "{s} tarafından aktarılan {t}",
    ),
    "isbank": ("{s}*0062*{t}*{n}*FAST", "HAVALE*{t}*{s}"),
    "vakifbank": (
        "00{n} sorgu numaralı {s} tarafından gönderilen FAST ödemesi {t}",
        "{n} sorgu numaralı {s} tarafından {t}",
    ),
    "akbank": ("FAST:{s}-{t}", "7777/MBL-{n}-{s}-{t}", "EFT: {s} {t}"),
    "garanti": ("CEP ŞUBE-HVL-{t} -{s}", "{s}-FAST-{t}"),
    "yapikredi": ("GELEN FAST - {s} - {t}", "GONDERICI:{s} ACIKLAMA:{t}"),
    "enpara": ("Gelen Transfer, {s}, {t}, EFT (FAST) sorgu no: {n}",),
    "halkbank": ("{s}/{t}/FAST", "{s}/0062/{t}"),
    # as somebody writes it down who has never seen such a statement
    "other": (
        "FAST GELEN: {s} AÇIKLAMA: {t}",
        "Gelen EFT {s} - {t}",
        "{t} | Gönderen: {s}",
        "{s} / {t}",
        "Havale: {s}, {t}",
        "Para transferi {s} {t} Ref:{n}",
        "Internet Bankacılığı {s} {t}",
        "{s}; {t}",
    ),
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "ziraat": ("Tarih", "Fiş No", "Açıklama", "İşlem Tutarı", "Bakiye"),
    "isbank": ("Tarih/Saat", "Kanal/Şube", "İşlem Tutarı*", "Bakiye", "İşlem", "Açıklama"),
    "vakifbank": ("İŞLEM TARİHİ", "İŞLEM NO", "TUTAR", "BAKİYE", "B/A", "AÇIKLAMA"),
    "akbank": ("Tarih", "Saat", "Tutar", "Bakiye", "Açıklama", "Fiş/Dekont No"),
    "garanti": ("Tarih", "Açıklama", "Etiket", "Tutar", "Bakiye", "Dekont No"),
    "yapikredi": ("Tarih", "Saat", "İşlem", "Referans No", "Açıklama", "İşlem Tutarı", "Bakiye"),
    "enpara": ("Tarih", "Hareket tipi", "Açıklama", "İşlem Tutarı", "Bakiye"),
    "halkbank": ("Tarih", "Açıklama", "Tutar", "Bakiye"),
    "other": ("İşlem Tarihi", "Dekont", "Açıklama", "Tutar", "Kalan Bakiye"),
}
LAYOUTS = tuple(COLUMNS)


@dataclass(slots=True)
class Row:
    """A row of the statement and its truth.

    ``needs`` are the parts of the description without which the outcome is only ``otherwise``.
    """

    day: date
    amount: int
    description: str
    outcome: str
    category: str
    postings: tuple[tuple[str, int], ...] = ()
    excess: int = 0
    needs: tuple[str, ...] = ()
    otherwise: str = ""
    twin: int | None = None
    place: int = 0


def wrap(dice: Random, bank: str, sender: str, text: str, change: Callable[[str], str]) -> str:
    """The description of a transfer, cut as banks cut it."""
    phrase = dice.choice(PHRASES[bank])
    if dice.random() < 0.12:
        text = text[: dice.choice((30, 32, 39, 50))]
    shout = dice.random() < 0.7
    whole = phrase.format(
        s=change(upper(sender) if shout else sender),
        t=text,
        n=dice.randrange(10**6, 10**7),
        b=dice.choice(_BANKS),
    )
    return whole[: dice.choice((60, 80))] if dice.random() < 0.04 else whole


def upper(text: str) -> str:
    """In capitals, the Turkish way."""
    return text.replace("i", "İ").replace("ı", "I").upper()


def write(path: Path, bank: str, iban: str, rows: list[Row]) -> None:
    """The statement as an Excel file; sets the place of every row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Hesap Hareketleri"])
    sheet.append(["IBAN", iban])
    sheet.append([])
    sheet.append(list(COLUMNS[bank]))
    balance = 10**9
    for row in rows:
        balance += row.amount
        cells: list[object] = []
        for title in COLUMNS[bank]:
            if "arih" in title or "TARİH" in title:
                cells.append(f"{row.day:%d.%m.%Y}")
            elif title.upper().startswith(("TUTAR", "İŞLEM TUTAR")) or "Tutarı" in title:
                cells.append(row.amount / 100)
            elif "akiye" in title or title == "BAKİYE":
                cells.append(balance / 100)
            elif title in ("Açıklama", "AÇIKLAMA"):
                cells.append(row.description)
            elif title == "B/A":
                cells.append("A" if row.amount > 0 else "B")
            elif title == "Saat":
                cells.append("10:20:30")
            else:
                cells.append("")
        sheet.append(cells)
        row.place = sheet.max_row
    book.save(path)
