"""``esignctl registry``, and what every command says of a registry in trouble."""

import sqlite3
from contextlib import closing

from tests.conftest import CommandLine

from .lists import set_up


def test_info_counts_what_the_registry_holds(run: CommandLine) -> None:
    set_up(run)
    data = run("registry", "info", "--json").data
    assert data["path"] == str(run.registry)
    assert data["counts"]["persons"] == data["counts"]["applications"] == 2
    assert data["last_change"]["command"] == "application import"
    assert data["size"] > 0


def test_info_of_a_new_registry_has_no_last_change(run: CommandLine) -> None:
    outcome = run("registry", "info", "--json")
    assert (outcome.exit_code, outcome.data["last_change"]) == (0, None)


def test_info_is_complete_for_people(run: CommandLine) -> None:
    set_up(run)
    shown = run("registry", "info").stdout
    assert str(run.registry) in shown
    assert "People\t2" in shown
    assert "application import by " in shown


def test_a_sound_registry_verifies(run: CommandLine) -> None:
    set_up(run)
    outcome = run("registry", "verify", "--json")
    assert (outcome.exit_code, outcome.data) == (0, {"sound": True})


def test_a_registry_that_was_tampered_with_needs_a_person(run: CommandLine) -> None:
    set_up(run)
    with closing(sqlite3.connect(run.registry)) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET actor = 'somebody else' WHERE id = 1")
        connection.commit()
    outcome = run("registry", "verify", "--json")
    assert (outcome.exit_code, outcome.data) == (1, {"sound": False})
    assert {finding["code"] for finding in outcome.json["findings"]} == {
        "REGISTRY-SCHEMA-CHANGED",
        "REGISTRY-AUDIT-BROKEN",
    }


def test_a_damaged_registry_is_registry_trouble_for_every_command(run: CommandLine) -> None:
    set_up(run)
    whole = run.registry.read_bytes()
    run.registry.write_bytes(whole[: len(whole) // 2])
    for command in (("registry", "verify"), ("person", "list"), ("application", "list")):
        outcome = run(*command, "--json")
        assert (outcome.exit_code, outcome.json["error"]["code"]) == (6, "REGISTRY-DAMAGED")
    assert run.registry.read_bytes() == whole[: len(whole) // 2]


def test_a_newer_registry_is_registry_trouble(run: CommandLine) -> None:
    set_up(run)
    with closing(sqlite3.connect(run.registry)) as connection:
        connection.execute("PRAGMA user_version = 99")
    outcome = run("person", "list", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (6, "REGISTRY-NEWER")


def test_a_registry_of_another_program_is_registry_trouble(run: CommandLine) -> None:
    with closing(sqlite3.connect(run.registry)) as connection:
        connection.execute("CREATE TABLE places (id INTEGER)")
    outcome = run("person", "list", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (6, "REGISTRY-FOREIGN")
