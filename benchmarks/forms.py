"""How long forms take: ``python -m benchmarks.forms``.

A thousand applicants' forms of a kind by ``form make KIND --all`` in a process of its own, start
included: as one file each, and merged into one. The floor is Typst alone in the same run: as many
documents of a line each, in the same standards, on one processor.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.accuracy import prepare
from benchmarks.corpus import generate
from benchmarks.speed import measure

MAX_SECONDS = 10.0
KINDS = ("payment-slip", "application", "handover")

FLOOR = """
import sys, typst
compiler = typst.Compiler(root=sys.argv[1], ignore_system_fonts=True)
for number in range(int(sys.argv[2])):
    compiler.compile(input=sys.argv[1] + "/page.typ", format="pdf",
                     pdf_standards=["a-2b", "ua-1"], sys_inputs={"number": str(number)})
"""
PAGE = """
#set document(title: "Form", author: "Kurum", date: datetime(year: 2021, month: 10, day: 6))
#set text(lang: "tr")
= Form #sys.inputs.number
"""


def main() -> int:
    """Measure and print; 1 when the limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=1000)
    count = parser.parse_args().forms
    late = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(1, "ziraat", people=3 * count, applications=count * 101 // 100, rows=10).write(
            folder
        )
        prepare(folder)
        (folder / "page.typ").write_text(PAGE, encoding="utf-8")
        floor = measure([sys.executable, "-c", FLOOR, name, str(count)]).seconds
        print(f"typst alone, {count} lines {floor:22.2f} s")
        for kind in KINDS:
            for merged in (False, True):
                place = folder / (f"{kind}.pdf" if merged else kind)
                command = [sys.executable, "-m", "esignctl", "--registry", f"{name}/registry.db"]
                command += ["--config", f"{name}/esignctl.toml", "form", "make", kind, "--all"]
                seconds = measure([*command, "-o", str(place), *["--merged"] * merged]).seconds
                made = pages(place) if merged else len(list(place.glob("*.pdf")))
                per_count = seconds * count / made
                late |= per_count > MAX_SECONDS
                what = "one file" if merged else "one each"
                print(
                    f"{kind:<14} {what} {made:>6} forms {seconds:8.2f} s,"
                    f" {count}: {per_count:6.2f} s (limit {MAX_SECONDS:.0f}),"
                    f" {per_count / floor:5.1f} of the floor"
                )
    return int(late)


def pages(pdf: Path) -> int:
    """How many pages a PDF has."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    with pdf.open("rb") as file:
        return int(PdfFileReader(file).root["/Pages"]["/Count"])


if __name__ == "__main__":
    sys.exit(main())
