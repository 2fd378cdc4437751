"""The Turkish catalogue and the source: ``python -m scripts.catalogue`` brings them together.

Messages that are new in the source come into the catalogue without a translation, those that the
source lost leave it, and the catalogue is compiled. What still needs a translation is printed.
"""

import sys
from pathlib import Path

import typer.core
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from hatch_build import compile_catalogues

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "esignctl" / "locale"
TURKISH = LOCALE / "tr" / "LC_MESSAGES" / "esignctl.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: esignctl\n"
"Language: tr\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def in_source() -> Catalog:
    """Every message of the program, and those of Typer that its help shows."""
    found = Catalog(project="esignctl")
    for file, _line, message, _comments, _context in extract_from_dir(
        ROOT / "esignctl", method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message, locations=[(f"esignctl/{file}", 0)])
    for _line, message, _comments, _context in extract_from_file("python", typer.core.__file__):
        found.add(message, locations=[("typer", 0)])
    return found


def in_catalogue() -> Catalog:
    """The Turkish catalogue as it stands in the source tree."""
    with TURKISH.open("rb") as file:
        return read_po(file, locale="tr", abort_invalid=True)


def is_translated(message: Message) -> bool:
    """Whether every form of the message has a text."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


def main() -> int:
    """Update and compile; 1 when messages wait for a translation."""
    known, merged = in_catalogue(), Catalog(locale="tr")
    for message in in_source():
        old = known.get(message.id) if message.id else None
        text = old.string if old and not old.fuzzy else None
        merged.add(message.id, text, locations=message.locations)
    with TURKISH.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, merged, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    compile_catalogues(LOCALE)
    waiting = [message for message in merged if message.id and not is_translated(message)]
    for message in waiting:
        sys.stdout.write(f"{message.id!r}\n")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
