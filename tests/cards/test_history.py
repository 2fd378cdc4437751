"""What was seen of cards stays in the registry, and is found again by person."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.cards.conftest import Stack
from tests.cards.virtual.akis import AkisCard, nes_label
from tests.cards.virtual.certificates import AYSE, MEHMET, Holder, nes
from tests.conftest import CommandLine

Use = Callable[..., None]


def visit(run: CommandLine, stack: Stack, holder: Holder = AYSE) -> None:
    """Put a card in, look at it, take it out."""
    stack.insert(AkisCard((nes_label(holder.tckn), nes(holder))))
    run("card", "status")
    stack.pull()


def test_a_visit_tells_card_token_certificates_and_findings(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    visit(run, stack)
    (seen,) = run("card", "history", "--json").data["visits"]
    assert seen["reader"] == stack.slots[0].reader
    assert seen["card"]["model"] == "AKİS 1.2.0"
    assert (seen["token"]["serial"], seen["token"]["pin_state"]) == ("0123456789AB", "ok")
    assert [each["kind"] for each in seen["certificates"]] == ["nes"]
    assert seen["findings"] == []


def test_the_latest_visit_comes_first(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    visit(run, stack)
    visit(run, stack, MEHMET)
    ids = [each["id"] for each in run("card", "history", "--json").data["visits"]]
    assert ids == [2, 1]


def test_the_visits_of_one_person(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    visit(run, stack)
    visit(run, stack, MEHMET)
    run("person", "add", AYSE.tckn, "Ayşe", "Öztürk")
    (seen,) = run("card", "history", "--person", "ayse", "--json").data["visits"]
    assert seen["persons"] == [1]
    assert "Ay" in seen["certificates"][0]["subject"]


def test_an_unknown_person_is_wrong_usage(run: CommandLine) -> None:
    assert run("card", "history", "--person", "nobody").exit_code == 2


def test_history_and_registry_hide_the_number_and_tell_it_where_asked_for(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    visit(run, stack)
    for arguments in (["card", "history"], ["card", "history", "--json"]):
        assert AYSE.tckn not in run(*arguments).stdout
    assert AYSE.tckn in run("card", "history", "--show-ids").stdout
    with sqlite3.connect(run.registry) as connection:
        log = "\n".join(row[0] for row in connection.execute("SELECT detail FROM audit"))
    assert AYSE.tckn not in log
    assert "100****0146" in log


def test_no_record_keeps_it_out(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
    run("card", "status", "--no-record")
    assert run("card", "history", "--json").data["visits"] == []


def test_a_certificate_is_kept_once(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
    run("card", "status")
    run("card", "status")
    counts = run("registry", "info", "--json").data["counts"]
    assert (counts["certificates"], counts["card_visits"]) == (1, 2)


def test_a_registry_in_trouble_spoils_only_the_record(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
    run.registry.write_bytes(b"no database" * 100)
    outcome = run("card", "status", "--json")
    assert outcome.exit_code == 1
    assert [each["code"] for each in outcome.json["findings"]] == ["CARD-NOT-RECORDED"]
    assert outcome.data["readers"][0]["certificates"]


def test_a_clock_behind_the_registrys_last_change_is_wrong(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    run("person", "add", AYSE.tckn, "Ayşe", "Öztürk")
    with sqlite3.connect(run.registry) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET at = '2060-01-01T00:00:00Z'")
    connection.close()
    codes = [each["code"] for each in run("card", "status", "--json").json["findings"]]
    assert "CLOCK-WRONG" in codes


def test_the_registry_stays_sound(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    visit(run, stack)
    assert run("registry", "verify").exit_code == 0
