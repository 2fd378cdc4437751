"""A directorate for the tests of forms, and finished PDFs as other programs read them."""

import html
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.pictures import FEES
from tests.conftest import CommandLine

IBAN = "TR610001000733795641836971"
HOLDER = "Iğdır İl Sağlık Müdürlüğü Döner Sermaye İşletmesi"
INSTITUTION = """
[institution]
name = "Iğdır İl Sağlık Müdürlüğü"
province = "Iğdır"
unit = "Bilgi İşlem Birimi"
phone = "0476 000 00 00"
extension = "1234"
address = "Örnek Mah. Sınır Cad. No: 12, 76000 Merkez/Iğdır"
officer_title = "Kurum Yetkilisi"
"""
ACCOUNT = f"""
[account]
holder = "{HOLDER}"
bank = "Ziraat Bankası"
iban = "{IBAN}"
"""
TCKN = "10000000146"
PEOPLE = (
    "T.C. Kimlik No;Adı;Soyadı;Unvan;Birim;Grup;Cep Telefonu;E-posta\n"
    f"{TCKN};Işıl Gül;Çalışkan Yiğit;Aile Hekimi;Merkez 3 No'lu ASM;Aile Hekimi;0532 123 45 67;"
    "isil@saglik.example\n"
    "10000000214;Can;Öztürk;;Bilgi İşlem;Personel;;\n"
    "10000000382;Ömer;Şahin;Uzm. Dr.;Tuzluca ASM;Aile Hekimi;;\n"
    "10000000450;Ayla;Dağ;;;Aile Hekimi;;\n"
)
APPLICATIONS = (
    "Başvuru No;T.C. Kimlik No;Başvuru Türü;Başvuru Tarihi\n"
    f"2021-1;{TCKN};İlk Başvuru;01.09.2021\n"
    "2021-2;10000000214;Yenileme;02.09.2021\n"
    "2021-3;10000000382;Yenileme;03.09.2021\n"
    "2021-4;10000000450;Kayıp/Çalıntı;04.09.2021\n"
)
DAY = "2021-10-06"


def set_up(run: CommandLine, people: str = PEOPLE, applications: str = APPLICATIONS) -> None:
    """Configuration, people and applications, taken in as an administrator would."""
    run.write_config(INSTITUTION + ACCOUNT + FEES)
    for what, text in (("person", people), ("application", applications)):
        file = run.home / f"{what}.csv"
        file.write_text(text, encoding="utf-8")
        assert run(what, "import", file).exit_code == 0


def program(name: str) -> str:
    """A program that looks at PDFs; the test is skipped where it is not installed."""
    found = shutil.which(name)
    if not found:
        pytest.skip(f"see scripts/test-packages.txt: there is no {name}")
    return found


def text_of(pdf: Path) -> str:
    """What stands on the pages, as it lies on them."""
    return _run("pdftotext", "-layout", str(pdf), "-")


def words_of(pdf: Path) -> str:
    """What stands on the pages, as one line: for texts that may be broken over several lines."""
    read = _run("pdftotext", "-raw", str(pdf), "-")
    return re.sub(r"\s+", " ", read.replace("\N{ZERO WIDTH SPACE}", ""))


@dataclass(frozen=True)
class Word:
    """A word and the box that it fills, in points from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return (self.top + self.bottom) / 2

    def covers(self, other: "Word") -> bool:
        """Whether the letters of both lie over each other; lines may touch."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 0.4 * min(self.bottom - self.top, other.bottom - other.top)


_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)


def boxes_of(pdf: Path) -> list[list[Word]]:
    """The words of each page and where they stand."""
    pages = _run("pdftotext", "-bbox", str(pdf), "-").split("</page>")[:-1]
    return [
        [
            Word(html.unescape(text), *map(float, box))
            for *box, text in _WORD.findall(page.replace("\N{ZERO WIDTH SPACE}", ""))
        ]
        for page in pages
    ]


def info_of(pdf: Path) -> dict[str, str]:
    """What the PDF says of itself."""
    lines = _run("pdfinfo", str(pdf)).splitlines()
    return {
        name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }


def fonts_of(pdf: Path) -> list[list[str]]:
    """The lines of the list of fonts, split into words."""
    return [line.split() for line in _run("pdffonts", str(pdf)).splitlines()[2:]]


def qr_of(pdf: Path, folder: Path) -> str:
    """The text of the QR code on the first page."""
    picture = picture_of(pdf, folder, dots=150)
    return _run("zbarimg", "--quiet", "--raw", str(picture)).rstrip("\n")


def picture_of(pdf: Path, folder: Path, dots: int, page: int = 1) -> Path:
    """A page as a picture of so many dots an inch."""
    stem = folder / f"{pdf.stem}-{page}"
    pages = ["-f", str(page), "-l", str(page), "-singlefile"]
    _run("pdftoppm", "-r", str(dots), "-png", *pages, str(pdf), str(stem))
    return stem.with_name(stem.name + ".png")


def _run(name: str, *arguments: str) -> str:
    done = subprocess.run([program(name), *arguments], capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8")
