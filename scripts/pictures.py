"""Pictures of the forms for the docs: ``python -m scripts.pictures`` draws them anew.

They show an invented directorate and an invented physician, and are the reviewed pages that
``tests/forms/test_pages.py`` holds every form to: look at them before they are committed. Drawing
needs ``pdftoppm`` (poppler-utils).
"""

import io
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from esignctl.cli import app

PICTURES: Final = Path(__file__).parent.parent / "docs" / "pictures" / "forms"
DOTS: Final = 60
"""Dots an inch: enough to see each line, and a few tens of kilobytes a page."""

DAY: Final = "2021-10-06"
FOR_APPLICATION: Final[Mapping[str, str]] = {
    "payment-slip": "2021-7",
    "application": "2021-7",
    "renewal-wet-signature": "2021-7",
    "handover": "2021-7",
    "refund-request": "2021-8",
}
"""The application that each form about one is made for: one is to be paid, one was cancelled."""

FOR_PERSON: Final = ("loss-report", "pin-unlock-guide", "privacy-notice")
FOR_ALL: Final = "cover-letter"
TCKN: Final = "10000000146"

_ACCOUNT: Final = """
[account]
holder = "{holder}"
bank = "Ziraat Bankası"
iban = "TR610001000733795641836971"
"""
FEES: Final = """
[[fees]]
kind = "first"
group = "family-physician"
valid_from = "2021-01-01"
amount = "218.30"

[[fees]]
kind = "renewal"
group = "family-physician"
valid_from = "2021-01-01"
amount = "147.50"
"""
_PEOPLE: Final = """\
T.C. Kimlik No;Adı;Soyadı;Unvan;Birim;Grup;Cep Telefonu;E-posta
{tckn};{given};{surname};{title};{unit};Aile Hekimi;{phone};{email}
10000000214;Şükrü;Ilgın;Uzm. Dr.;Merkez 1 No'lu ASM;Aile Hekimi;;
10000000382;İdil Ayşe;Işık;Aile Hekimi;Tuzluca ASM;Aile Hekimi;;
"""
_APPLICATIONS: Final = """\
Başvuru No;T.C. Kimlik No;Başvuru Türü;Başvuru Tarihi
2021-7;{tckn};Yenileme;01.10.2021
2021-8;{tckn};İlk Başvuru;01.09.2021
2021-9;10000000214;Yenileme;02.10.2021
2021-10;10000000382;İlk Başvuru;03.10.2021
"""
_CERTIFICATES: Final = """\
T.C. Kimlik No;Sertifika Seri No;Başlangıç Tarihi;Bitiş Tarihi
{tckn};3F1A00C2;04.10.2018;03.10.2021
"""
_STATEMENT: Final = """\
T.C. ZİRAAT BANKASI A.Ş.;;;;
Tarih;Fiş No;Açıklama;İşlem Tutarı;Bakiye
06.09.2021;F1;Gönd: {name} {tckn} e-imza ilk başvuru ücreti;218,30;1218,30
"""
_TAKEN_IN: Final = {
    "person import": _PEOPLE,
    "application import": _APPLICATIONS,
    "cert import": _CERTIFICATES,
    "reconcile": _STATEMENT,
}


@dataclass(frozen=True, slots=True)
class Office:
    """An invented directorate, and the physician whom its forms are for."""

    institution: Mapping[str, str] = field(
        default_factory=lambda: {
            "name": "Iğdır İl Sağlık Müdürlüğü",
            "province": "Iğdır",
            "unit": "Bilgi İşlem Birimi",
            "phone": "0476 000 00 00",
            "extension": "1234",
            "address": "Örnek Mah. Sınır Cad. No: 12, 76000 Merkez/Iğdır",
            "officer_title": "Kurum Yetkilisi",
        }
    )
    holder: str = "Iğdır İl Sağlık Müdürlüğü Döner Sermaye İşletmesi"
    given: str = "Işıl Gül"
    surname: str = "Çalışkan Yiğit"
    title: str = "Aile Hekimi"
    unit: str = "Merkez 3 No'lu ASM"
    phone: str = "0532 123 45 67"
    email: str = "isil@saglik.example"


def make(office: Office, folder: Path) -> dict[str, Path]:
    """Every form of an office as a PDF in a folder, made as an administrator makes them."""
    own = {
        "tckn": TCKN,
        "given": office.given,
        "surname": office.surname,
        "name": f"{office.given} {office.surname}",
        "title": office.title,
        "unit": office.unit,
        "phone": office.phone,
        "email": office.email,
    }
    keys = "".join(f'{key} = "{value}"\n' for key, value in office.institution.items())
    config = f"[institution]\n{keys}{_ACCOUNT.format(holder=office.holder)}{FEES}"
    (folder / "esignctl.toml").write_text(config, encoding="utf-8")
    for command, text in _TAKEN_IN.items():
        file = folder / f"{command.split()[0]}.csv"
        file.write_text(text.format(**own), encoding="utf-8")
        _esignctl(folder, *command.split(), str(file))
    _esignctl(folder, "application", "cancel", "2021-8")
    about: dict[str, tuple[str, ...]] = {
        kind: ("--application", number) for kind, number in FOR_APPLICATION.items()
    }
    about |= dict.fromkeys(FOR_PERSON, ("--person", TCKN))
    about[FOR_ALL] = ("--all",)
    for kind, subject in about.items():
        place = str(folder / f"{kind}.pdf")
        _esignctl(folder, "form", "make", kind, *subject, "--date", DAY, "-o", place)
    return {kind: folder / f"{kind}.pdf" for kind in about}


def draw(pdf: Path, folder: Path) -> list[Path]:
    """The pages of a form as pictures, in order: ``kind-1.png`` and so on."""
    command = ["pdftoppm", "-r", str(DOTS), "-gray", "-png", str(pdf), str(folder / pdf.stem)]
    subprocess.run(command, check=True, timeout=60)  # noqa: S603 - a constant program
    return sorted(folder.glob(f"{pdf.stem}-[0-9].png"))


def _esignctl(folder: Path, *arguments: str) -> None:
    places = ["--registry", str(folder / "registry.db"), "--config", str(folder / "esignctl.toml")]
    said = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(said):
        exit_code = app.run([*places, "--lang", "en", *arguments])
    if exit_code not in (0, 1):
        raise RuntimeError(said.getvalue())


def main() -> None:
    """Draw every form into the docs."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as name:
        for pdf in make(Office(), Path(name)).values():
            draw(pdf, PICTURES)


if __name__ == "__main__":
    main()
