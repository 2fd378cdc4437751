"""The workbook in the hands of LibreOffice, which knows nothing of how it was written."""

import csv
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from esignctl.i18n import set_language
from esignctl.payments.decisions import Decision, Line, Reconciliation, Share
from esignctl.payments.statements import Movement
from esignctl.payments.workbook import write_workbook

from .directorate import AYSE_FIRST, DAY, statement

# sheets one by one, shown as on the screen, in UTF-8 with semicolons
_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1"
_DANGEROUS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    '=HYPERLINK("http://x";"y")',
    "=cmd|'/c'",
)

Sheets = dict[str, list[list[str]]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Sheets]:
    """Opens a workbook in LibreOffice and gives every sheet as it is shown."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    home = tmp_path_factory.mktemp("office")

    def open_(path: Path) -> Sheets:
        done = subprocess.run(
            [office, "--headless", f"-env:UserInstallation={(home / 'profile').as_uri()}",
             "--convert-to", _ALL_SHEETS, "--outdir", str(home), str(path)],
            capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        sheets = {}
        for file in sorted(home.glob(f"{path.stem}-*.csv")):
            with file.open(encoding="utf-8", newline="") as stream:
                sheets[file.stem.removeprefix(f"{path.stem}-")] = list(
                    csv.reader(stream, delimiter=";")
                )
        return sheets

    return open_


def lira(text: str) -> Decimal:
    """An amount as a Turkish reader writes it."""
    return Decimal(text.replace(".", "").replace(",", "."))


def reconciliation() -> Reconciliation:
    """A statement with movements of every outcome, and texts that want to be formulas."""
    lines = [
        Line(
            Movement(0, DAY, None, 21830, "AYŞE NUR YILMAZ e-imza", 1_021_830),
            Decision("matched", ("NAME-FULL",), (Share(AYSE_FIRST, 21830),)),
            1,
        ),
        Line(
            Movement(0, DAY, None, 123456789, "kaynağı belirsiz", 124_478_619),
            Decision("review", ("IDENTITY-WEAK",)),
            2,
        ),
    ]
    balance = 124_478_619
    for number, text in enumerate(_DANGEROUS, start=3):
        balance -= 150_050
        lines.append(
            Line(
                Movement(0, DAY, None, -150_050, text, balance),
                Decision("unrelated", ("OUTGOING",)),
                number,
            )
        )
    read = statement(*(line.movement for line in lines))
    return Reconciliation(
        read,
        [
            Line(movement, line.decision, line.movement_id)
            for movement, line in zip(read.movements, lines, strict=True)
        ],
        {AYSE_FIRST: "2021-11"},
    )


def test_sums_formats_and_texts_are_those_of_the_statement(
    tmp_path: Path, opened: Callable[[Path], Sheets]
) -> None:
    set_language("tr")
    try:
        path = tmp_path / "mutabakat.xlsx"
        write_workbook(path, [reconciliation()])
        sheets = opened(path)
    finally:
        set_language("en")
    assert list(sheets) == ["eşleşen", "ilgisiz", "inceleme", "özet"]
    summary = {row[0]: row[1:] for row in sheets["özet"] if row and row[0]}

    # the columns of each sheet make the row of it in the summary
    for name in ("eşleşen", "inceleme", "ilgisiz"):
        titles, *rows = sheets[name]
        amounts = [lira(row[titles.index("Tutar (TL)")]) for row in rows]
        count, came, went, net, *_posted = summary[name]
        assert len(rows) == int(count)
        assert sum(amount for amount in amounts if amount > 0) == lira(came)
        assert sum(amount for amount in amounts if amount < 0) == lira(went)
        assert sum(amounts) == lira(net)
        assert {row[titles.index("Tarih")] for row in rows} == {DAY.strftime("%d.%m.%Y")}

    # and the sums of the summary make the balances of the statement
    _count, came, went, net, posted, excess = summary["Toplam"]
    opening, closing = (lira(summary[f"{word} bakiyesi (TL)"][0]) for word in ("Açılış", "Kapanış"))
    assert [opening, closing] == [Decimal("10000.00"), Decimal("1234282.69")]
    assert opening + lira(came) + lira(went) == opening + lira(net) == closing
    assert lira(summary["Fark (TL)"][0]) == 0
    assert [lira(posted), lira(excess)] == [Decimal("218.30"), Decimal(0)]
    assert came == "1.234.786,19", "grouped and with a comma, whatever the computer's language"

    titles, *rows = sheets["ilgisiz"]
    shown = [row[titles.index("Açıklama")] for row in rows]
    assert shown == [text.replace("\t", " ") for text in _DANGEROUS]
