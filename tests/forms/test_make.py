"""``form make``: for one, for a person, for all; what is missing, where files go, what is kept."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scripts.pictures import FEES
from tests.conftest import CommandLine
from tests.forms import office
from tests.forms.test_list import KINDS


@pytest.fixture
def form(run: CommandLine) -> CommandLine:
    """The command line over a small directorate."""
    office.set_up(run)
    return run


def made(run: CommandLine) -> list[str]:
    """The files in the folder for forms, hidden ones included."""
    return sorted(file.name for file in (run.home / "out").iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_for_an_application(form: CommandLine, kind: str) -> None:
    outcome = form("form", "make", kind, "--application", "2021-1", "-o", form.home / "out")
    assert outcome.exit_code == 0
    (file,) = (name for name in made(form) if name.endswith(".pdf"))
    assert file.startswith(kind)
    assert (form.home / "out" / file).read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_for_a_person(form: CommandLine, kind: str) -> None:
    outcome = form("form", "make", kind, "--person", office.TCKN, "-o", form.home / "out", "--json")
    assert outcome.exit_code == 0
    (done,) = outcome.data["forms"]
    assert Path(done["file"]).exists()


def test_the_file_can_be_named(form: CommandLine) -> None:
    file = form.home / "Ayşe'nin fişi.pdf"
    outcome = form("form", "make", "payment-slip", "--application", "2021-1", "-o", file, "--json")
    assert outcome.data["files"] == [str(file)]
    assert outcome.data["forms"] == [{"application": "2021-1", "person": 1, "file": str(file)}]
    assert file.exists()


def test_without_a_place_the_file_goes_to_the_current_folder(
    form: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert form("form", "make", "handover", "--application", "2021-1").exit_code == 0
    assert [file.name for file in tmp_path.glob("*.pdf")] == [
        "handover_2021-1_isil-gul-caliskan-yigit.pdf"
    ]


def test_no_file_is_written_over_unless_asked_to(form: CommandLine) -> None:
    file = form.home / "slip.pdf"
    file.write_bytes(b"mine")
    arguments = ("form", "make", "payment-slip", "--application", "2021-1", "-o", file, "--json")
    outcome = form(*arguments)
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "FILE-EXISTS")
    assert "--force" in outcome.json["error"]["remedy"]
    assert file.read_bytes() == b"mine"
    assert form(*arguments, "--force").exit_code == 0
    assert file.read_bytes() != b"mine"


def test_all_makes_a_slip_for_everybody_who_owes(form: CommandLine) -> None:
    # the staff member pays nothing, and lost cards have a price of their own
    form.config.write_text(
        form.config.read_text() + FEES.replace("renewal", "replacement"), encoding="utf-8"
    )
    outcome = form("form", "make", "payment-slip", "--all", "-o", form.home / "out", "--json")
    assert outcome.exit_code == 0
    assert [done["application"] for done in outcome.data["forms"]] == ["2021-1", "2021-3", "2021-4"]
    assert made(form) == [
        "payment-slip_2021-1_isil-gul-caliskan-yigit.pdf",
        "payment-slip_2021-3_omer-sahin.pdf",
        "payment-slip_2021-4_ayla-dag.pdf",
    ]
    assert outcome.data["left_out"] == {"nothing-owed": 1}
    assert [found["code"] for found in outcome.json["findings"]] == ["FORM-LEFT-OUT"]


def test_all_can_be_narrowed_to_states(form: CommandLine) -> None:
    form("application", "advance", "2021-1", "form-received")
    arguments = ("form", "make", "handover", "--all", "--state", "form-received")
    outcome = form(*arguments, "--state", "exempt", "-o", form.home / "out", "--json")
    assert [done["application"] for done in outcome.data["forms"]] == ["2021-1", "2021-2"]


def test_all_of_a_state_that_nobody_is_in_is_no_error(form: CommandLine) -> None:
    arguments = ("form", "make", "handover", "--all", "--state", "sent", "-o", form.home / "out")
    outcome = form(*arguments, "--json")
    assert (outcome.exit_code, outcome.data["forms"], outcome.data["files"]) == (0, [], [])
    assert not (form.home / "out").exists()


def test_renewals_and_losses_are_for_those_applications(form: CommandLine) -> None:
    for kind, number in (("renewal-wet-signature", "2021-3"), ("loss-report", "2021-4")):
        outcome = form("form", "make", kind, "--all", "-o", form.home / "out", "--json")
        assert number in [done["application"] for done in outcome.data["forms"]]
        assert "2021-1" not in [done["application"] for done in outcome.data["forms"]]


def test_cancelled_applications_get_no_form_among_all(form: CommandLine) -> None:
    form("application", "cancel", "2021-1")
    outcome = form("form", "make", "handover", "--all", "-o", form.home / "out", "--json")
    assert outcome.data["left_out"] == {"cancelled": 1}
    assert "2021-1" not in [done["application"] for done in outcome.data["forms"]]


def test_guides_and_notices_are_made_once_for_each_person(form: CommandLine) -> None:
    form("application", "open", office.TCKN, "renewal", "--on", "2021-09-09")
    outcome = form("form", "make", "privacy-notice", "--all", "-o", form.home / "out", "--json")
    assert [done["person"] for done in outcome.data["forms"]] == [1, 2, 3, 4]


def test_merged_forms_are_one_file(form: CommandLine) -> None:
    file = form.home / "all.pdf"
    outcome = form("form", "make", "handover", "--all", "--merged", "-o", file, "--json")
    assert outcome.data["files"] == [str(file)]
    assert len(outcome.data["forms"]) == 4
    assert office.info_of(file)["Pages"] == "4"
    pages = office.text_of(file).split("\f")
    assert [f"2021-{number}" in pages[number - 1] for number in (1, 2, 3, 4)] == [True] * 4
    assert all("Sayfa 1 / 1" in page for page in pages[:4])


def test_one_file_cannot_hold_several_forms_by_accident(form: CommandLine) -> None:
    file = form.home / "all.pdf"
    outcome = form("form", "make", "handover", "--all", "-o", file, "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (2, "USAGE")
    assert "--merged" in outcome.json["error"]["message"]
    assert not file.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--all", "--person", "1"),
        ("--application", "2021-1", "--all"),
        ("--person", "1", "--state", "paid"),
        ("--all", "--state", "owing"),
        ("--blank", "--all"),
    ],
)
def test_whom_a_form_is_for_must_be_clear(form: CommandLine, arguments: tuple[str, ...]) -> None:
    outcome = form("form", "make", "handover", *arguments, "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (2, "USAGE")


def test_an_unknown_kind_is_told_the_known_ones(form: CommandLine) -> None:
    outcome = form("form", "make", "slip", "--all", "--json")
    assert outcome.exit_code == 2
    assert "payment-slip" in outcome.json["error"]["message"]


def test_a_blank_form_is_for_nobody(form: CommandLine) -> None:
    outcome = form("form", "make", "handover", "--blank", "-o", form.home / "out", "--json")
    assert outcome.data["forms"][0]["person"] is None
    assert made(form) == ["handover_blank.pdf"]
    for kind in ("payment-slip", "cover-letter"):
        assert form("form", "make", kind, "--blank", "--json").exit_code == 2


def test_somebody_unknown_is_told_of(form: CommandLine) -> None:
    for who in (("--application", "2021-99"), ("--person", "99")):
        outcome = form("form", "make", "handover", *who, "--json")
        assert (outcome.exit_code, outcome.json["error"]["code"]) == (2, "NOT-FOUND")


def test_a_persons_slip_is_for_what_that_person_owes(form: CommandLine) -> None:
    form("application", "cancel", "2021-1")
    arguments = ("form", "make", "payment-slip", "--person", office.TCKN, "-o", form.home / "out")
    outcome = form(*arguments, "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "FORM-NOBODY")
    form("application", "open", office.TCKN, "renewal", "--on", "2021-09-09", "--number", "77")
    assert form(*arguments, "--json").data["forms"][0]["application"] == "77"


def test_who_owes_nothing_gets_no_slip(form: CommandLine) -> None:
    outcome = form("form", "make", "payment-slip", "--application", "2021-2", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "FORM-NOTHING-OWED")


def test_missing_keys_are_all_named_before_anything_is_written(form: CommandLine) -> None:
    form.write_config(FEES)
    for kind, keys in (
        ("handover", ["institution.name"]),
        ("payment-slip", ["institution.name", "account.holder", "account.iban"]),
    ):
        outcome = form("form", "make", kind, "--all", "-o", form.home / "out", "--json")
        assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "CONFIG-MISSING-KEY")
        assert all(key in outcome.json["error"]["message"] for key in keys)
        assert not (form.home / "out").exists()


def test_applications_without_a_price_are_all_named_before_anything_is_written(
    form: CommandLine,
) -> None:
    outcome = form("form", "make", "payment-slip", "--all", "-o", form.home / "out", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "FORM-DATA-MISSING")
    message = outcome.json["error"]["message"]
    assert "replacement" in message
    assert "family-physician" in message
    assert "2021-4" in message
    assert not (form.home / "out").exists()


def test_an_institutions_name_is_enough_for_all_but_the_slip(form: CommandLine) -> None:
    form.write_config('[institution]\nname = "Kurum"\n')
    for kind in set(KINDS) - {"payment-slip"}:
        outcome = form("form", "make", kind, "--application", "2021-1", "-o", form.home / "out")
        assert outcome.exit_code == 0


def test_the_same_input_gives_the_same_bytes(form: CommandLine) -> None:
    for kind in KINDS:
        files = [form.home / f"{place}.pdf" for place in "ab"]
        for file in files:
            arguments = ("--application", "2021-1", "--date", office.DAY, "-o", file)
            assert form("form", "make", kind, *arguments).exit_code == 0
        assert files[0].read_bytes() == files[1].read_bytes()
        for file in files:
            file.unlink()
            file.with_suffix(".xlsx").unlink(missing_ok=True)


def test_the_language_of_the_program_changes_no_form(form: CommandLine) -> None:
    made = []
    for language in ("tr", "en"):
        file = form.home / f"{language}.pdf"
        arguments = ("payment-slip", "--application", "2021-1", "--date", office.DAY, "-o", file)
        assert form("--lang", language, "form", "make", *arguments).exit_code == 0
        made.append(file.read_bytes())
    assert made[0] == made[1]


def test_file_names_hold_no_personal_number(form: CommandLine) -> None:
    file = form.home / "applications.csv"
    file.write_text(
        "Başvuru No;T.C. Kimlik No;Başvuru Türü;Başvuru Tarihi\n"
        f"{office.TCKN};{office.TCKN};İlk Başvuru;01.09.2021\n"
        f"2021/1;{office.TCKN};İlk Başvuru;01.09.2021\n"
        f"../../evil;{office.TCKN};İlk Başvuru;01.09.2021\n",
        encoding="utf-8",
    )
    assert form("application", "import", file).exit_code == 0
    form("form", "make", "application", "--all", "-o", form.home / "out")
    names = made(form)
    assert len(names) == 7
    assert not any(office.TCKN in name or "/" in name or ".." in name for name in names)
    assert "application_evil_isil-gul-caliskan-yigit.pdf" in names


def test_each_form_made_is_in_the_audit_log(form: CommandLine) -> None:
    form("form", "make", "handover", "--all", "-o", form.home / "out")
    form("form", "make", "privacy-notice", "--person", "1", "-o", form.home / "out")
    form("form", "make", "cover-letter", "--application", "2021-1", "-o", form.home / "out")
    with closing(sqlite3.connect(form.registry)) as connection:
        rows = connection.execute(
            "SELECT subject, detail FROM audit WHERE action = 'form.make' ORDER BY id"
        ).fetchall()
    assert [subject for subject, _ in rows] == [
        *(f"application 2021-{number}" for number in (1, 2, 3, 4)),
        "person 1",
        "application 2021-1",
    ]
    assert [json.loads(detail)["form"] for _, detail in rows[3:]] == [
        "handover",
        "privacy-notice",
        "cover-letter",
    ]
    assert form("registry", "verify").exit_code == 0
    assert form("registry", "info", "--json").data["last_change"]["command"] == "application import"


def test_nothing_is_left_behind_when_a_form_fails(form: CommandLine) -> None:
    (form.home / "templates").mkdir()
    (form.home / "templates" / "handover.typ").write_text(
        '#let form(d) = if d.application.number == "2021-3" { panic(d) } else [x]'
    )
    outcome = form("form", "make", "handover", "--all", "-o", form.home / "a" / "b", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "FORM-TEMPLATE-WRONG")
    assert not (form.home / "a").exists()
    with closing(sqlite3.connect(form.registry)) as connection:
        assert not connection.execute("SELECT * FROM audit WHERE action = 'form.make'").fetchall()


def test_a_place_that_cannot_be_written_is_told_of(form: CommandLine) -> None:
    (form.home / "out").write_text("a file")
    outcome = form(
        "form", "make", "handover", "--application", "2021-1", "-o", form.home / "out", "--json"
    )
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (5, "PLACE-NOT-WRITABLE")
    assert (form.home / "out").read_text() == "a file"
