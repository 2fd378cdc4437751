"""``card status`` when something stands in the way; finding it out is its job, so it exits 1."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from esignctl.cards.child import Child
from tests.cards.conftest import Stack
from tests.cards.test_status_cards import Use, card, codes, look
from tests.cards.virtual import modules
from tests.cards.virtual.akis import TC_2_6_2
from tests.cards.virtual.certificates import nes
from tests.cards.virtual.modules import Fault
from tests.cards.virtual.obstacles import held_by_another_program, locked_up, refusing_service
from tests.cards.virtual.piv import PivCard
from tests.cards.virtual.slot import Late, Leaving, Mute
from tests.conftest import CommandLine, Outcome

# seconds that a module may take here; users' modules are given more
SHORT = 2.0


def test_a_stopped_service_is_told(run: CommandLine, stack: Stack) -> None:
    stack.service.stop()
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (1, {"CARD-SERVICE-ABSENT"})
    assert outcome.data["pcsc"]["available"] is False
    assert outcome.data["pcsc"]["problem"]


def test_a_service_that_died_is_told(run: CommandLine, stack: Stack) -> None:
    stack.service.kill()
    assert stack.service.socket.exists()
    assert codes(look(run)) == {"CARD-SERVICE-ABSENT"}


def test_a_service_without_readers_is_told(run: CommandLine, stack: Stack) -> None:
    stack.service.stop()
    stack.service.unplug()
    stack.service.start()
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (1, {"CARD-NO-READER"})
    assert outcome.data["pcsc"] == {"available": True, "problem": None}


def test_readers_that_come_and_go_between_two_looks_are_seen(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    every = [slot.reader for slot in stack.slots]
    counts = []
    for plugged in (True, False, True):
        stack.service.stop()
        (stack.service.plug if plugged else stack.service.unplug)()
        stack.service.start()
        # in this process, which remembers nothing of the look before
        counts.append([each["name"] for each in run("card", "status", "--json").data["readers"]])
    assert counts == [every, [], every]
    stack.insert(card(nes()))
    assert run("card", "status").exit_code == 0


def test_empty_readers_are_told(run: CommandLine, stack: Stack) -> None:
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (1, {"CARD-ABSENT"})
    assert [each["name"] for each in outcome.data["readers"]] == [
        slot.reader for slot in stack.slots
    ]


def test_a_refusal_by_policy_is_told(run: CommandLine, tmp_path: Path) -> None:
    with refusing_service(tmp_path / "s") as socket:
        outcome = run.process("card", "status", "--json", PCSCLITE_CSOCK_NAME=str(socket))
    assert (outcome.exit_code, codes(outcome)) == (1, {"CARD-ACCESS-DENIED"})


def test_a_refusal_by_permissions_is_told(run: CommandLine, stack: Stack) -> None:
    with locked_up(stack.service.socket) as prefix:
        done = subprocess.run(
            [*prefix, *run.argv("card", "status", "--json")],
            capture_output=True,
            encoding="utf-8",
            env=run.environ(),
            check=False,
        )
    outcome = Outcome(done.returncode, done.stdout, done.stderr)
    assert (outcome.exit_code, codes(outcome)) == (1, {"CARD-ACCESS-DENIED"})


def test_a_mute_card_is_told(run: CommandLine, stack: Stack) -> None:
    reader = stack.insert(Mute())
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (1, {"CARD-MUTE"})
    assert outcome.data["readers"][0]["name"] == reader
    assert outcome.data["readers"][0]["card"]["present"] is True


def test_a_card_that_another_program_holds_is_told(run: CommandLine, stack: Stack) -> None:
    reader = stack.insert(PivCard(nes()))
    with held_by_another_program(reader) as holder:
        outcome = look(run)
        assert Path(f"/proc/{holder}").exists()
    assert (outcome.exit_code, codes(outcome)) == (1, {"CARD-BUSY"})
    (busy,) = [each for each in outcome.json["findings"] if each["code"] == "CARD-BUSY"]
    assert "python" in busy["remedy"]


def test_a_card_pulled_out_in_mid_command_spoils_nothing_else(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(PivCard(nes()), slot=1)
    stack.insert(Leaving(card(nes()), answers=4), slot=0)
    outcome = look(run)
    assert outcome.exit_code == 1
    other = outcome.data["readers"][1]
    assert [each["status"] for each in other["certificates"]] == ["valid"]


def test_a_card_that_answers_a_little_late_is_read(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(Late(card(nes()), seconds=0.1))
    assert (outcome := look(run)).exit_code == 0, outcome.stdout


def test_a_card_that_does_not_come_back_is_given_up(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    late = Late(card(nes()), seconds=60)
    stack.insert(late)
    started = time.monotonic()
    outcome = look(run)
    taken = time.monotonic() - started
    late.hurry.set()
    assert outcome.exit_code == 1
    assert codes(outcome)
    assert taken < 15


@pytest.mark.parametrize("fault", ["CRASH", "HANG", "HANG_IN_TOKEN"])
def test_a_module_that_misbehaves_is_a_finding(
    run: CommandLine,
    stack: Stack,
    use: Use,
    module_folder: Path,
    fault: Fault,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Child.__init__, "__defaults__", (SHORT,))
    use(modules.build(module_folder, fault))
    stack.insert(card(nes()))
    outcome = run("card", "status", "--json")
    assert outcome.exit_code == 1
    assert "MODULE-FAILED" in codes(outcome)


def test_a_module_behind_a_broken_one_is_still_used(
    run: CommandLine, stack: Stack, use: Use, module_folder: Path, akis_module: Path
) -> None:
    use(modules.build(module_folder, "CRASH"), akis_module)
    stack.insert(card(nes()))
    outcome = look(run)
    assert outcome.data["readers"][0]["token"]["module"] == str(akis_module)


def test_a_module_that_does_not_know_the_card_is_told(
    run: CommandLine, stack: Stack, use: Use, module_folder: Path
) -> None:
    use(modules.build(module_folder, "NOT_RECOGNISED"))
    stack.insert(card(nes()))
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (1, {"MODULE-FAILED"})


def _absent(folder: Path) -> Path:
    return folder / "libakisp11.so"


def _other_bitness(folder: Path) -> Path:
    return modules.of_other_bitness(modules.build(folder), folder)


def _no_module(folder: Path) -> Path:
    file = folder / "libakisp11-text.so"
    file.write_text("no library\n")
    return file


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_absent, "MODULE-MISSING"),
        (_other_bitness, "MODULE-BITNESS"),
        (_no_module, "MODULE-FAILED"),
    ],
)
def test_a_module_that_cannot_be_loaded_is_told(
    run: CommandLine,
    stack: Stack,
    use: Use,
    tmp_path: Path,
    make: Callable[[Path], Path],
    code: str,
) -> None:
    use(make(tmp_path))
    stack.insert(card(nes()))
    outcome = look(run)
    assert outcome.exit_code == 1
    assert code in codes(outcome)


def test_an_akis_card_without_any_module_says_what_it_may_be(
    run: CommandLine, stack: Stack
) -> None:
    stack.insert(card(nes(), atr=TC_2_6_2))
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (1, {"MODULE-MISSING", "CARD-NES-OR-IDENTITY"})
