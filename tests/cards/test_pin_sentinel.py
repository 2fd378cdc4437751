"""A PIN that stands nowhere else in the world is typed, and looked for everywhere afterwards."""

import sys
from pathlib import Path

import pytest

from tests.cards.conftest import Stack
from tests.cards.test_status_cards import Use, card
from tests.cards.virtual.apdu import CHANGE, SIGN, Command
from tests.cards.virtual.certificates import nes
from tests.cards.virtual.sentinel import Watch, unlikely_pin
from tests.cards.virtual.slot import Leaving, PulledOut
from tests.conftest import CommandLine
from tests.forms.documents import archivable, save


class LeavingAtChange(Leaving):
    """A card that is pulled out when it shall change its PIN."""

    def answer(self, command: Command) -> bytes:
        """As the card inside, until the change comes."""
        if command.ins == CHANGE:
            raise PulledOut
        return super().answer(command)


class LeavingAtSignature(Leaving):
    """A card that is pulled out when it shall sign."""

    def answer(self, command: Command) -> bytes:
        """As the card inside, until the signature comes."""
        if command.ins == SIGN:
            raise PulledOut
        return super().answer(command)


@pytest.fixture
def old() -> str:
    return unlikely_pin()


@pytest.fixture
def new() -> str:
    return unlikely_pin()


@pytest.fixture
def watch(run: CommandLine, stack: Stack, use: Use, akis_module: Path, old: str, new: str) -> Watch:
    use(akis_module)
    (run.home / "here").mkdir()
    return Watch(run.home / "here", (old, new), run.environ())


def found(watch: Watch, run: CommandLine, stack: Stack) -> list[str]:
    """Everywhere: the program's own folder, registry, configuration, the service's log."""
    assert run.registry.exists()
    return watch.found(run.home, stack.service.log)


def test_a_changed_pin_is_nowhere(
    watch: Watch, run: CommandLine, stack: Stack, old: str, new: str
) -> None:
    held = card(nes(), pin=old)
    stack.insert(held)
    with stack.tally.asking(verify=1, change=1):
        ended = watch.run(run.argv("-v", "card", "pin", "change", "--pin-stdin"), f"{old}\n{new}\n")
    assert ended.exit_code == 0, ended.stderr
    assert held.pin
    assert held.pin.secret == new.encode()
    assert found(watch, run, stack) == []


def test_a_pin_typed_at_the_terminal_is_nowhere(
    watch: Watch, run: CommandLine, stack: Stack, old: str, new: str
) -> None:
    stack.insert(card(nes(), pin=old))
    with stack.tally.asking(verify=1, change=1):
        ended = watch.type(run.argv("card", "pin", "change"), [old, new, new])
    assert ended.exit_code == 0, ended.stdout
    assert found(watch, run, stack) == []


def test_a_wrong_pin_is_nowhere(
    watch: Watch, run: CommandLine, stack: Stack, old: str, new: str
) -> None:
    stack.insert(card(nes(), pin="4711"))
    with stack.tally.asking(change=1):
        ended = watch.run(run.argv("-v", "card", "pin", "change", "--pin-stdin"), f"{old}\n{new}\n")
    assert ended.exit_code not in (0, 70)
    assert found(watch, run, stack) == []


def test_the_pin_of_a_card_that_is_pulled_out_is_nowhere(
    watch: Watch, run: CommandLine, stack: Stack, old: str, new: str
) -> None:
    stack.insert(LeavingAtChange(card(nes(), pin=old), answers=1000))
    with stack.tally.asking(change=1):
        ended = watch.run(run.argv("-v", "card", "pin", "change", "--pin-stdin"), f"{old}\n{new}\n")
    assert ended.exit_code not in (0, 70)
    assert found(watch, run, stack) == []


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_the_pin_of_a_signature_is_nowhere(
    watch: Watch, run: CommandLine, stack: Stack, old: str, right: bool
) -> None:
    document = save(run.home, archivable())
    stack.insert(card(nes(), pin=old if right else "4711"))
    with stack.tally.asking(verify=1):
        argv = run.argv("-vv", "form", "sign", document, "--pin-stdin", "--visible")
        ended = watch.run(argv, f"{old}\n")
    assert ended.exit_code == (0 if right else 4), ended.stderr
    assert document.with_name("dilekce-imzali.pdf").exists() == right
    assert found(watch, run, stack) == []


def test_a_pin_typed_for_a_signature_on_a_card_that_is_pulled_out_is_nowhere(
    watch: Watch, run: CommandLine, stack: Stack, old: str
) -> None:
    document = save(run.home, archivable())
    stack.insert(LeavingAtSignature(card(nes(), pin=old), answers=1000))
    with stack.tally.asking(verify=1):
        ended = watch.type(run.argv("-v", "form", "sign", str(document)), [old])
    assert ended.exit_code == 5, ended.stdout
    assert found(watch, run, stack) == []


@pytest.mark.parametrize(
    "leak",
    [
        "print(pin)",
        "sys.stderr.write(pin)",
        "open('log', 'w').write(pin)",
        "open('core', 'wb').write(pin.encode('utf-16-le'))",
        "import subprocess; subprocess.run(['sleep', '0.3', '0.' + pin])",
        "import os, subprocess; subprocess.run(['sleep', '0.3'], env={'PIN': pin})",
    ],
)
def test_the_search_finds_what_is_there(tmp_path: Path, leak: str, old: str) -> None:
    watch = Watch(tmp_path, (old,), {"PATH": "/usr/bin:/bin"})
    watch.run([sys.executable, "-c", f"import sys; pin = sys.stdin.read(); {leak}"], old)
    assert watch.found()
