"""The house's rules: which way imports point, where a heavy library lives, who changes case."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "esignctl"
FILES = sorted(PACKAGE.rglob("*.py"))

FEATURES = ("cards", "certificates", "forms", "payments", "people", "reminders")
GROUND = (
    "drafts",
    "errors",
    "findings",
    "i18n",
    "passwords",
    "processes",
    "result",
    "settings",
    "text",
)
MAY_IMPORT = {
    "i18n": (),
    "text": ("i18n",),
    "errors": ("i18n", "text"),
    "findings": ("i18n",),
    "drafts": ("errors", "text"),
    "processes": (),
    "passwords": ("errors", "i18n", "settings", "text"),
    "result": ("errors", "findings"),
    "settings": ("errors", "findings", "i18n", "text"),
    "tables": (*GROUND,),
    "registry": (*GROUND, "tables"),
    **dict.fromkeys(FEATURES, (*GROUND, "tables", "registry", *FEATURES)),
    "explanations": ("i18n",),
    "codes": (*GROUND, "explanations", "payments"),
    "cli": (*GROUND, *FEATURES, "codes", "registry"),
    "__main__": ("cli",),
    "__init__": (),
}

# Each library at home in one module: a change of library changes one file, and a command pays
# only for what it uses. typer is what cli/ is made of.
HOMES = {
    "PyKCS11": {"cards/pin_session.py", "cards/probe.py"},
    "asn1crypto": {
        "certificates/containers.py",
        "certificates/evidence.py",
        "certificates/pkix.py",
        "forms/timestamps.py",
    },
    "apprise": {"reminders/digest.py"},
    "cryptography": {
        "certificates/lists.py",
        "certificates/nes.py",
        "certificates/signatures.py",
    },
    "filelock": {"reminders/sending.py"},
    "icalendar": {"certificates/calendars.py", "reminders/calendar.py"},
    "jinja2": {"reminders/sandbox.py", "reminders/texts.py"},
    "keyring": {"passwords.py"},
    "lxml": {"tables/markup.py"},
    "holidays": {"reminders/quiet.py"},
    "mt940": {"payments/mt940.py"},
    "openpyxl": {"tables/writing.py"},
    "phonenumbers": {"reminders/sms.py"},
    "platformdirs": {"settings.py"},
    "pyhanko": {
        "certificates/containers.py",
        "forms/pdf.py",
        "forms/signing.py",
        "forms/timestamps.py",
        "forms/verification.py",
    },
    "pyhanko_certvalidator": {
        "certificates/evidence.py",
        "certificates/pkix.py",
        "forms/verification.py",
    },
    "python_calamine": {"tables/workbook.py"},
    "rapidfuzz": {"text/similarity.py"},
    "requests": {"certificates/network.py", "forms/timestamps.py", "reminders/sms.py"},
    "rich": {"cli/grids.py", "cli/render.py"},
    "smartcard": {"cards/pcsc.py"},
    "sqlite_utils": {"registry/migrations.py"},
    "segno": {"forms/qr.py"},
    "stdnum": {"text/iban.py", "text/reference.py", "text/tckn.py"},
    "typst": {"forms/typesetting.py"},
}

CASE = ("lower", "upper", "casefold", "title", "capitalize", "swapcase")
# Texts that are never Turkish: names of encodings and the like.
CASE_ALLOWED = {"cli/render.py"}


def name(file: Path) -> str:
    """``payments/matching.py`` for a file of the package."""
    return file.relative_to(PACKAGE).as_posix()


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path) -> Iterator[str]:
    """Full dotted names of everything that a file imports, wherever in it."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(file)}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(dotted: str) -> str:
    """``payments`` for ``esignctl.payments.ledger``; ``""`` for ``esignctl`` itself."""
    pieces = dotted.split(".")
    is_module = len(pieces) > 1 and (
        (PACKAGE / pieces[1]).is_dir() or (PACKAGE / f"{pieces[1]}.py").exists()
    )
    return pieces[1] if is_module else ""


def exports(feature: str) -> list[str]:
    """What other features may use of a feature: the names in ``__all__``."""
    lists = [
        node.value
        for node in tree(PACKAGE / feature / "__init__.py").body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return [name for names in lists for name in ast.literal_eval(names)]


@pytest.mark.parametrize("file", FILES, ids=name)
def test_imports_point_one_way(file: Path) -> None:
    own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    allowed = {"", own, *MAY_IMPORT[own]}
    met = {part(dotted) for dotted in imports(file) if dotted.split(".")[0] == "esignctl"}
    assert met <= allowed


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_feature_reaches_into_another_one(file: Path) -> None:
    own = file.relative_to(PACKAGE).parts[0]
    if own not in FEATURES:
        return
    for dotted in imports(file):
        pieces = dotted.split(".")
        if pieces[0] == "esignctl" and pieces[1] in FEATURES and pieces[1] != own:
            inside = PACKAGE.joinpath(*pieces[1:3]).with_suffix(".py")
            # a function may be called as its module is
            exported = len(pieces) == 3 and pieces[2] in exports(pieces[1])
            assert exported or not inside.exists(), f"{dotted} is an inside of {pieces[1]}"


def test_every_library_has_one_home() -> None:
    homes = defaultdict(set)
    for file in FILES:
        for dotted in imports(file):
            root = dotted.split(".")[0]
            if root not in sys.stdlib_module_names and root not in ("esignctl", "typer"):
                homes[root].add(name(file))
    assert homes == HOMES


def test_only_the_command_line_knows_typer() -> None:
    users = {name(file) for file in FILES for dotted in imports(file) if dotted[:5] == "typer"}
    assert {user.split("/")[0] for user in users} == {"cli"}


def test_only_the_registry_knows_sqlite() -> None:
    users = {name(file) for file in FILES for dotted in imports(file) if dotted[:7] == "sqlite3"}
    assert {user.split("/")[0] for user in users} == {"registry"}


@pytest.mark.parametrize("file", FILES, ids=name)
def test_turkish_text_changes_case_in_one_place(file: Path) -> None:
    if name(file).startswith("text/") or name(file) in CASE_ALLOWED:
        return
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CASE, f"line {node.lineno}: use esignctl.text.folding"
