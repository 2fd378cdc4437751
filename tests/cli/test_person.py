"""``esignctl person`` as a user meets it."""

import pytest

from esignctl.registry import audit, open_registry
from tests.conftest import CommandLine

from .lists import PEOPLE, TCKN, set_up, write


@pytest.fixture
def peopled(run: CommandLine) -> CommandLine:
    """The program with two people and their applications."""
    set_up(run)
    return run


def actions(run: CommandLine) -> list[str]:
    with open_registry(run.registry) as registry, registry.read() as connection:
        return [row.entry.action for row in audit.read_all(connection)]


def test_import_tells_what_it_did(run: CommandLine) -> None:
    outcome = run("person", "import", write(run.home, "p.csv", PEOPLE), "--json")
    assert outcome.exit_code == 0
    assert outcome.data == {"read": 2, "added": 2, "updated": 0, "unchanged": 0, "rejected": []}


def test_the_same_import_again_changes_nothing(peopled: CommandLine) -> None:
    outcome = peopled("person", "import", peopled.home / "people.csv", "--json")
    assert outcome.data == {"read": 2, "added": 0, "updated": 0, "unchanged": 2, "rejected": []}


def test_rejected_rows_are_named_and_need_a_person(run: CommandLine) -> None:
    text = PEOPLE + "10000000147;Veli;Kaya;;;;;\n"
    outcome = run("person", "import", write(run.home, "p.csv", text), "--json")
    assert outcome.exit_code == 1
    assert outcome.json["status"] == "attention"
    assert outcome.data["added"] == 2
    assert outcome.data["rejected"] == [
        {
            "row": 4,
            "reason": "the personal number is not valid",
            "code": "TCKN-INVALID",
            "column": "T.C. Kimlik No",
        }
    ]


def test_rejected_rows_are_shown_to_people_too(run: CommandLine) -> None:
    text = PEOPLE + "10000000147;Veli;Kaya;;;;;\n"
    outcome = run("person", "import", write(run.home, "p.csv", text))
    assert "-\t4\tT.C. Kimlik No\tthe personal number is not valid" in outcome.stdout
    assert "ROWS-REJECTED" in outcome.stderr
    assert "Veli" not in outcome.stdout + outcome.stderr


def test_a_list_without_a_column_is_rejected_whole(run: CommandLine) -> None:
    file = write(run.home, "p.csv", "Adı;Soyadı\nAyşe;Yılmaz\n")
    outcome = run("person", "import", file, "--json")
    assert outcome.exit_code == 4
    assert outcome.json["error"]["code"] == "COLUMN-MISSING"


def test_a_file_that_is_not_there_is_rejected(run: CommandLine) -> None:
    assert run("person", "import", run.home / "none.xlsx", "--json").exit_code == 4


def test_add_registers_one_person(run: CommandLine) -> None:
    outcome = run("person", "add", TCKN, "Işıl", "Çağ", "--group", "Aile Hekimi", "--json")
    assert outcome.exit_code == 0
    assert outcome.data == {
        "id": 1,
        "tckn": "100****0146",
        "given_names": "Işıl",
        "surname": "Çağ",
        "title": "",
        "unit": "",
        "group": "family-physician",
        "phone": "",
        "email": "",
    }


def test_adding_somebody_again_is_rejected(peopled: CommandLine) -> None:
    outcome = peopled("person", "add", TCKN, "Işıl", "Çağ", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "PERSON-KNOWN")


def test_edit_corrects_details(peopled: CommandLine) -> None:
    outcome = peopled("person", "edit", "öztürk", "--unit", "Arşiv", "--json")
    assert (outcome.data["id"], outcome.data["unit"]) == (2, "Arşiv")


def test_list_masks_personal_numbers(peopled: CommandLine) -> None:
    for outcome in (peopled("person", "list"), peopled("person", "list", "--json")):
        assert "100****0146" in outcome.stdout
        assert TCKN not in outcome.stdout


def test_list_takes_words_and_a_group(peopled: CommandLine) -> None:
    def ids(*arguments: str) -> list[int]:
        found = peopled("person", "list", *arguments, "--json").data["persons"]
        return [person["id"] for person in found]

    assert ids() == [2, 1]
    assert ids("yilmaz") == [1]
    assert ids("--group", "staff") == [2]
    assert ids("--unit", "asm") == [1]
    assert ids("nobody") == []


def test_numbers_in_full_are_shown_on_demand_and_recorded(peopled: CommandLine) -> None:
    before = actions(peopled)
    assert TCKN in peopled("person", "list", "--show-ids").stdout
    assert actions(peopled) == [*before, "ids.shown"]


def test_numbers_that_stay_masked_are_not_recorded_as_shown(peopled: CommandLine) -> None:
    before = actions(peopled)
    peopled("person", "list")
    assert actions(peopled) == before


def test_show_lists_the_applications(peopled: CommandLine) -> None:
    data = peopled("person", "show", TCKN, "--json").data
    assert data["given_names"] == "Ayşe Nur"
    assert data["applications"] == [
        {
            "number": "2021-1",
            "kind": "first",
            "state": "awaiting-payment",
            "opened_on": "2021-09-01",
            "fee_due": "218.30",
            "paid": "0.00",
        }
    ]


def test_show_speaks_of_groups_and_kinds_in_words(peopled: CommandLine) -> None:
    shown = peopled("person", "show", "1").stdout
    assert "Group\tfamily physician" in shown
    assert "first application" in shown


def test_somebody_unknown_is_wrong_usage_and_never_printed(peopled: CommandLine) -> None:
    outcome = peopled("person", "show", "10000000382", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (2, "NOT-FOUND")
    assert "10000000382" not in outcome.stdout + outcome.stderr
