"""A directorate in small: prices, two people, one application each."""

from datetime import date
from pathlib import Path

from esignctl.registry import applications, open_registry, payments
from tests.conftest import CommandLine

TCKN = "10000000146"
PRICES = """
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
PEOPLE = (
    "T.C. Kimlik No;Adı;Soyadı;Unvan;Birim;Grup;Cep Telefonu;E-posta\n"
    f"{TCKN};Ayşe Nur;Yılmaz;Dr.;1 Nolu ASM;Aile Hekimi;0532 123 45 67;ayse@example.org\n"
    "10000000214;Can;Öztürk;;Bilgi İşlem;Personel;;\n"
)
APPLICATIONS = (
    "Başvuru No;T.C. Kimlik No;Başvuru Türü;Başvuru Tarihi\n"
    f"2021-1;{TCKN};İlk Başvuru;01.09.2021\n"
    "2021-2;10000000214;Yenileme;02.09.2021\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    """A file in the folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def set_up(run: CommandLine) -> None:
    """Prices, people and applications, taken in as an administrator would."""
    run.write_config(PRICES)
    assert run("person", "import", write(run.home, "people.csv", PEOPLE)).exit_code == 0
    file = write(run.home, "applications.csv", APPLICATIONS)
    assert run("application", "import", file).exit_code == 0


def pay(run: CommandLine, number: str, amount: int) -> None:
    """Post an amount in kuruş to an application, from a movement of that amount."""
    with open_registry(run.registry) as registry, registry.write("test") as transaction:
        application = applications.by_number(transaction.connection, number)
        assert application
        day = date(2021, 10, 6)
        statement = payments.add_statement(
            transaction, payments.StatementRecord("b.xlsx", "", "ziraat", "", day, day, 1)
        )
        (movement,) = payments.add_movements(
            transaction,
            statement,
            [
                payments.MovementRecord(
                    13, "", day, None, amount, None, "", "", f"{statement}", 1, "matched"
                )
            ],
        )
        payments.add_postings(
            transaction, [payments.Posting(movement, application.id, amount, "auto")]
        )
