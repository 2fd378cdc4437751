"""A payments desk for tests: prices, two applicants, and a statement of the bank."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from tests.conftest import CommandLine

from .lists import PRICES, TCKN, write

PEOPLE = (
    "T.C. Kimlik No;Adı;Soyadı;Grup\n"
    f"{TCKN};Ayşe Nur;Yılmaz;Aile Hekimi\n"
    "10000000214;Can;Öztürk;Aile Hekimi\n"
)
APPLICATIONS = (
    "Başvuru No;T.C. Kimlik No;Başvuru Türü;Başvuru Tarihi\n"
    f"2021-1;{TCKN};İlk Başvuru;01.09.2021\n"
    "2021-2;10000000214;Yenileme;02.09.2021\n"
)
ROWS = (
    ("06.10.2021", f"AYŞE NUR YILMAZ {TCKN} E-İmza ilk başvuru ücreti", 218.30),  # posted
    ("07.10.2021", f"AYŞE NUR YILMAZ {TCKN} E-İmza ilk başvuru ücreti", 218.30),  # paid twice
    ("08.10.2021", "KİRA BEDELİ", -1000.0),  # not ours
    ("09.10.2021", f"İADE AYŞE NUR YILMAZ {TCKN} e-imza", -218.30),  # goes back
)
POSTED, TWICE, RENT, BACK = 1, 2, 3, 4


def statement(path: Path, rows: Sequence[tuple[str, str, float]] = ROWS) -> Path:
    """A statement as Ziraat exports it."""
    workbook = Workbook()
    sheet = workbook.create_sheet("Hesap", 0)
    sheet.append(["T.C. ZİRAAT BANKASI A.Ş."])
    sheet.append(["Tarih", "Fiş No", "Açıklama", "İşlem Tutarı", "Bakiye"])
    balance = 0.0
    for number, (day, text, amount) in enumerate(rows):
        balance += amount
        sheet.append([day, f"F{number}", text, amount, round(balance, 2)])
    workbook.save(path)
    return path


def open_desk(run: CommandLine) -> CommandLine:
    """Prices, people and applications."""
    run.write_config(PRICES)
    assert run("person", "import", write(run.home, "p.csv", PEOPLE)).exit_code == 0
    assert run("application", "import", write(run.home, "a.csv", APPLICATIONS)).exit_code == 0
    return run


def prepare(run: CommandLine, *options: str | Path) -> CommandLine:
    """The same, and the statement reconciled."""
    open_desk(run)
    assert run("reconcile", statement(run.home / "bank.xlsx"), *options).exit_code == 1
    return run


def reconcile(
    run: CommandLine, *rows: tuple[str, str, float], file: str = "more.xlsx"
) -> list[int]:
    """A further statement with these rows; returns the ids of its movements."""
    outcome = run("reconcile", statement(run.home / file, rows), "--json")
    assert outcome.exit_code in (0, 1), outcome.stdout
    return [each["id"] for each in outcome.data["movements"]]
