"""``card pin``: a PIN is changed once, by the card's own rules, and shows up nowhere."""

import json
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.cards.conftest import SoftToken, Stack
from tests.cards.virtual.akis import TC_2_6_2, UEKAE_1_2_1, AkisCard, nes_label
from tests.cards.virtual.apdu import CHANGE, Command
from tests.cards.virtual.certificates import AYSE, nes
from tests.cards.virtual.obstacles import held_by_another_program
from tests.cards.virtual.piv import PivCard, padded
from tests.cards.virtual.slot import Card, PulledOut
from tests.cards.virtual.tally import Presentations
from tests.cards.virtual.view import wait_until
from tests.conftest import CommandLine, Outcome

OLD, NEW = "739164", "205938"
Change = Callable[..., Outcome]
Use = Callable[..., None]


@pytest.fixture
def change(run: CommandLine) -> Change:
    """``card pin change --pin-stdin``, with two PINs as its input."""

    def start(old: str, new: str, *arguments: str, **environment: str) -> Outcome:
        done = subprocess.run(
            run.argv("card", "pin", "change", "--pin-stdin", *arguments),
            input=f"{old}\n{new}\n",
            capture_output=True,
            encoding="utf-8",
            env=run.environ(**environment),
            check=False,
            timeout=60,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return start


def akis(pin: str | None = OLD, **properties: Any) -> AkisCard:
    return AkisCard((nes_label(AYSE.tckn), nes()), pin=pin, **properties)


def secret(card: AkisCard) -> str:
    assert card.pin
    return card.pin.secret.decode()


def audited(run: CommandLine) -> list[tuple[str, str]]:
    """Action and detail of every row of the audit log."""
    with sqlite3.connect(run.registry) as connection:
        return connection.execute("SELECT action, detail FROM audit ORDER BY id").fetchall()


class Stalling(Card):
    """A card that takes its time over the change of its PIN, and so lets a test look around."""

    def __init__(self, card: Card, seconds: float = 1.5) -> None:
        self.name, self.atr = card.name, card.atr
        self._card, self._seconds = card, seconds

    def reset(self) -> None:
        self._card.reset()

    def answer(self, command: Command) -> bytes:
        if command.ins == CHANGE:
            time.sleep(self._seconds)
        return self._card.answer(command)


class Snatched(Stalling):
    """A card that is pulled out while it changes its PIN."""

    def answer(self, command: Command) -> bytes:
        if command.ins == CHANGE:
            raise PulledOut
        return self._card.answer(command)


class TestChange:
    """What a change does to the card."""

    @pytest.mark.parametrize("atr", [UEKAE_1_2_1, TC_2_6_2], ids=["UEKAE", "TC"])
    def test_on_an_akis_card(
        self, stack: Stack, use: Use, akis_module: Path, change: Change, atr: bytes
    ) -> None:
        use(akis_module)
        card = akis(atr=atr)
        stack.insert(card)
        with stack.tally.asking(change=1, verify=1):
            outcome = change(OLD, NEW, "--json")
        assert outcome.exit_code == 0, outcome.stderr
        assert outcome.data == {
            "reader": stack.slots[0].reader,
            "serial": "0123456789AB",
            "changed": True,
            "verified": True,
        }
        assert secret(card) == NEW

    def test_on_a_piv_card_through_stock_opensc(self, stack: Stack, change: Change) -> None:
        card = PivCard(nes(), pin=OLD)
        stack.insert(card)
        with stack.tally.asking(change=1, verify=1):
            outcome = change(OLD, NEW)
        assert outcome.exit_code == 0, outcome.stderr
        assert card.pin.secret == padded(NEW)

    def test_an_akis_card_in_another_reader_is_left_alone_by_opensc(
        self, stack: Stack, change: Change
    ) -> None:
        stack.insert(PivCard(nes(), pin=OLD), 0)
        stack.insert(akis(name="bystander"), 1)
        with stack.tally.asking(change=1, verify=1):
            assert change(OLD, NEW).exit_code == 0
        assert not stack.tally.commands("bystander")

    def test_on_a_token_without_a_reader(
        self, stack: Stack, softhsm: SoftToken, use: Use, change: Change
    ) -> None:
        # softhsm2-util takes a PIN as an argument, where another test looks for its own
        softhsm.add("AKIS_77", "901457")
        use(softhsm.module)
        assert change("901457", NEW).exit_code == 0
        assert "[PIN-WRONG]" in change("901457", "648203").stderr
        assert change(NEW, "648203").exit_code == 0

    def test_the_audit_log_tells_of_it(
        self, stack: Stack, use: Use, akis_module: Path, change: Change, run: CommandLine
    ) -> None:
        use(akis_module)
        reader = stack.insert(akis())
        with stack.tally.asking(change=1, verify=1):
            change(OLD, NEW)
        detail = json.dumps({"reader": reader}, separators=(",", ":"))
        assert audited(run) == [("pin.begin", detail), ("pin.changed", detail)]
        assert run("registry", "verify").exit_code == 0

    def test_in_the_reader_that_is_named(
        self, stack: Stack, use: Use, akis_module: Path, change: Change
    ) -> None:
        use(akis_module)
        first, second = akis(), akis()
        stack.insert(first, 0)
        stack.insert(second, 1)
        with stack.tally.asking(change=1, verify=1):
            assert change(OLD, NEW, "--reader", "00 01").exit_code == 0
        assert (secret(first), secret(second)) == (OLD, NEW)


class TestRefusal:
    """What is refused before the card is asked, so that it costs no try."""

    def refused(self, outcome: Outcome, exit_code: int, code: str) -> str:
        assert outcome.exit_code == exit_code, outcome.stderr
        assert f"[{code}]" in outcome.stderr
        return outcome.stderr

    @pytest.mark.parametrize(
        ("new", "reason"),
        [
            ("111111", "all its characters are the same"),
            ("123456", "its characters follow each other"),
            ("123", "shorter than the 4 characters"),
            ("73916420593847261", "longer than the 16 characters"),
            (OLD, "it is the old PIN"),
            ("1987", "it looks like a year"),
        ],
    )
    def test_a_trivial_pin(
        self,
        stack: Stack,
        use: Use,
        akis_module: Path,
        change: Change,
        new: str,
        reason: str,
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        assert reason in self.refused(change(OLD, new), 4, "PIN-TRIVIAL")

    def test_the_final_try(self, stack: Stack, use: Use, akis_module: Path, change: Change) -> None:
        use(akis_module)
        card = akis(tries_left=1)
        stack.insert(card)
        said = self.refused(change(OLD, NEW), 2, "PIN-FINAL-TRY-REFUSED")
        assert "--accept-final-try" in said
        assert secret(card) == OLD

    def test_the_final_try_is_used_when_it_is_accepted(
        self, stack: Stack, use: Use, akis_module: Path, change: Change
    ) -> None:
        use(akis_module)
        card = akis(tries_left=1)
        stack.insert(card)
        with stack.tally.asking(change=1, verify=1):
            outcome = change(OLD, NEW, "--accept-final-try")
        assert outcome.exit_code == 0
        assert "One try is left" in outcome.stderr
        assert secret(card) == NEW

    def test_a_locked_card(self, stack: Stack, use: Use, akis_module: Path, change: Change) -> None:
        use(akis_module)
        stack.insert(akis(tries_left=0))
        said = self.refused(change(OLD, NEW), 5, "PIN-CHANGE-LOCKED")
        assert "card pin unlock" in said

    def test_a_card_without_a_pin(
        self, stack: Stack, use: Use, akis_module: Path, change: Change
    ) -> None:
        use(akis_module)
        stack.insert(akis(pin=None))
        self.refused(change(OLD, NEW), 5, "PIN-CHANGE-NOT-SET")

    @pytest.mark.parametrize(
        "lines", ["", f"{OLD}\n", f"{OLD}\n\n", f"{OLD}\n{NEW}\n{NEW}\n", f"\n{OLD}\n{NEW}\n"]
    )
    def test_input_that_is_not_two_lines(
        self, stack: Stack, use: Use, akis_module: Path, run: CommandLine, lines: str
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        done = subprocess.run(
            run.argv("card", "pin", "change", "--pin-stdin"),
            input=lines,
            capture_output=True,
            encoding="utf-8",
            env=run.environ(),
            check=False,
            timeout=60,
        )
        self.refused(Outcome(done.returncode, "", done.stderr), 2, "PIN-INPUT-MISSING")

    def test_two_lines_are_enough_without_an_end_of_input(
        self, stack: Stack, use: Use, akis_module: Path, run: CommandLine
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        process = subprocess.Popen(
            run.argv("card", "pin", "change", "--pin-stdin"),
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=run.environ(),
        )
        assert process.stdin
        process.stdin.write(f"\ufeff{OLD}\r\n1234\r\n".encode())
        process.stdin.flush()
        assert process.wait(timeout=30) == 4
        assert process.stderr
        assert b"[PIN-TRIVIAL]" in process.stderr.read()
        process.stdin.close()
        process.stderr.close()

    def test_no_terminal_to_ask_on(self, run: CommandLine) -> None:
        said = self.refused(run.process("card", "pin", "change"), 2, "CONFIRMATION-NEEDED")
        assert "--pin-stdin" in said

    def test_a_pin_on_the_command_line(self, run: CommandLine) -> None:
        outcome = run("card", "pin", "change", OLD)
        assert outcome.exit_code == 2

    def test_two_cards(self, stack: Stack, use: Use, akis_module: Path, change: Change) -> None:
        use(akis_module)
        readers = [stack.insert(akis(), slot) for slot in (0, 1)]
        said = self.refused(change(OLD, NEW), 2, "CARD-AMBIGUOUS")
        assert all(reader in said for reader in readers)

    def test_no_card(self, stack: Stack, change: Change) -> None:
        assert "no card" in self.refused(change(OLD, NEW), 5, "CARD-NOT-READ")

    def test_a_card_that_another_program_has_for_itself(
        self, stack: Stack, use: Use, akis_module: Path, change: Change
    ) -> None:
        use(akis_module)
        reader = stack.insert(akis())
        with held_by_another_program(reader):
            self.refused(change(OLD, NEW), 5, "CARD-NOT-READ")

    def test_a_card_that_another_program_uses_too(
        self, stack: Stack, use: Use, akis_module: Path, change: Change
    ) -> None:
        use(akis_module)
        with shared_with_another_program(stack.insert(akis())):
            self.refused(change(OLD, NEW), 5, "CARD-HELD")

    def test_a_registry_that_could_not_record_it(
        self, stack: Stack, use: Use, akis_module: Path, change: Change, run: CommandLine
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        run.registry.write_bytes(b"")
        self.refused(change(OLD, NEW), 6, "REGISTRY-EMPTY")


@contextmanager
def shared_with_another_program(reader: str) -> Iterator[None]:
    from smartcard import scard

    _code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    _code, card, _protocol = scard.SCardConnect(
        context, reader, scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_ANY
    )
    try:
        yield
    finally:
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
        scard.SCardReleaseContext(context)


class TestFailure:
    """What the card or its module refuses; nothing is tried twice."""

    def test_a_wrong_old_pin_costs_one_try(
        self, stack: Stack, use: Use, akis_module: Path, change: Change, run: CommandLine
    ) -> None:
        use(akis_module)
        card = akis()
        stack.insert(card)
        with stack.tally.asking(change=1):
            outcome = change("550055", NEW)
        assert outcome.exit_code == 4
        assert "[PIN-WRONG]" in outcome.stderr
        assert "Two tries are left" in outcome.stderr
        assert card.pin
        assert card.pin.left == 2
        assert [action for action, _detail in audited(run)] == ["pin.begin", "pin.end"]
        assert "PIN-WRONG" in audited(run)[1][1]

    def test_a_wrong_old_pin_at_the_final_try_tells_that_the_card_is_locked(
        self, stack: Stack, use: Use, akis_module: Path, change: Change
    ) -> None:
        use(akis_module)
        stack.insert(akis(tries_left=1))
        with stack.tally.asking(change=1):
            outcome = change("550055", NEW, "--accept-final-try")
        assert outcome.exit_code == 4
        assert "The PIN is locked" in outcome.stderr

    def test_a_wrong_old_pin_on_a_piv_card(self, stack: Stack, change: Change) -> None:
        card = PivCard(nes(), pin=OLD)
        stack.insert(card)
        with stack.tally.asking(change=1):
            outcome = change("550055", NEW)
        assert "[PIN-WRONG]" in outcome.stderr
        assert card.pin.left == 2

    def test_the_cards_own_rules(self, stack: Stack, change: Change) -> None:
        card = PivCard(nes(), pin=OLD)
        stack.insert(card)
        outcome = change(OLD, "k7Qx9m")
        assert outcome.exit_code == 4
        assert "[PIN-REFUSED-BY-CARD]" in outcome.stderr
        assert card.pin.secret == padded(OLD)

    def test_a_card_that_is_pulled_out_meanwhile_may_or_may_not_have_changed(
        self, stack: Stack, use: Use, akis_module: Path, change: Change
    ) -> None:
        use(akis_module)
        stack.insert(Snatched(akis()))
        with stack.tally.asking(change=1):
            outcome = change(OLD, NEW)
        assert outcome.exit_code == 5
        assert "[PIN-CHANGE-UNCERTAIN]" in outcome.stderr

    def test_a_card_that_does_not_come_back_may_or_may_not_have_changed(
        self, stack: Stack, use: Use, akis_module: Path, run: CommandLine
    ) -> None:
        use(akis_module)
        stack.insert(Stalling(akis(), seconds=4))
        _python, _m, _esignctl, *arguments = run.argv("card", "pin", "change", "--pin-stdin")
        with stack.tally.asking(change=1):
            done = subprocess.run(
                [sys.executable, "-c", IMPATIENT, *arguments],
                input=f"{OLD}\n{NEW}\n",
                capture_output=True,
                encoding="utf-8",
                env=run.environ(),
                check=False,
                timeout=60,
            )
        assert done.returncode == 5
        assert "no answer within 1 s" in done.stderr
        assert "[PIN-CHANGE-UNCERTAIN]" in done.stderr


IMPATIENT = """
import sys
from esignctl.cards import pin
from esignctl.cli import app
pin.change.__kwdefaults__["seconds"] = 1
sys.exit(app.run(sys.argv[1:]))
"""


def worker(started: "subprocess.Popen[bytes]") -> int:
    """The process that changes the PIN for the one that was started."""
    children = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
    (pid,) = [
        int(child)
        for child in children
        if b"esignctl.cards.pin_worker" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    return pid


Running: TypeAlias = "subprocess.Popen[bytes]"


@pytest.fixture
def started(stack: Stack, use: Use, akis_module: Path, run: CommandLine) -> Iterator[Running]:
    """A talkative change that waits for its card, with every gate for a core file open."""
    use(akis_module)
    stack.insert(Stalling(akis(name="stalling")))
    before = stack.tally.commands("stalling")["00240001"]
    without_limit = ["sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh"]
    python, *arguments = run.argv("card", "pin", "change", "--pin-stdin")
    process = subprocess.Popen(
        [*without_limit, python, *arguments[:2], "-vv", *arguments[2:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=run.home,
        env=run.environ(),
    )
    assert process.stdin
    process.stdin.write(f"{OLD}\n{NEW}\n".encode())
    process.stdin.close()
    process.stdin = None
    wait_until(lambda: stack.tally.commands("stalling")["00240001"] > before, "no change")
    yield process
    process.kill()
    process.wait()


class TestSecrecy:
    """A PIN is in no output, log, file, argument, environment or core file."""

    @pytest.fixture(autouse=True)
    def counted(self, stack: Stack) -> Iterator[None]:
        with stack.tally.asking(change=1, verify=1):
            yield

    def test_not_in_arguments_nor_environments_of_any_process(self, started: Running) -> None:
        assert worker(started)
        for process in Path("/proc").glob("[0-9]*"):
            for name in ("cmdline", "environ"):
                try:
                    content = (process / name).read_bytes()
                except OSError:
                    continue
                assert OLD.encode() not in content
                assert NEW.encode() not in content
        started.communicate(timeout=30)
        assert started.returncode == 0

    def test_not_in_output_log_registry_or_any_file(
        self, started: Running, run: CommandLine
    ) -> None:
        stdout, stderr = started.communicate(timeout=30)
        assert started.returncode == 0
        written = [file.read_bytes() for file in run.home.rglob("*") if file.is_file()]
        assert len(written) >= 2
        for content in (stdout, stderr, *written):
            assert OLD.encode() not in content
            assert NEW.encode() not in content

    def test_the_process_allows_no_core_file(self, started: Running) -> None:
        limits = Path(f"/proc/{worker(started)}/limits").read_text()
        assert re.search(r"Max core file size +0 +0 ", limits)
        started.communicate(timeout=30)

    def test_a_ctrl_c_does_not_end_it_halfway(self, started: Running) -> None:
        for process in (started.pid, worker(started)):
            os.kill(process, signal.SIGINT)
        _stdout, stderr = started.communicate(timeout=30)
        assert started.returncode == 0, stderr


class TestCrash:
    """The module takes its process down while the card changes the PIN."""

    @pytest.fixture
    def crashed(self, stack: Stack, started: Running) -> bytes:
        stack.tally.asked += Presentations(change=1)
        os.kill(worker(started), signal.SIGSEGV)
        _stdout, stderr = started.communicate(timeout=30)
        assert started.returncode == 5
        return stderr

    def test_it_says_that_the_pin_may_have_changed(self, crashed: bytes) -> None:
        assert b"[PIN-CHANGE-UNCERTAIN]" in crashed

    def test_it_leaves_no_core_file_and_no_pin(self, crashed: bytes, run: CommandLine) -> None:
        assert OLD.encode() not in crashed
        assert not list(run.home.glob("*core*"))


class Terminal:
    """The program at a terminal, as a person sees and operates it."""

    def __init__(self, argv: list[str], environment: dict[str, str]) -> None:
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, environment)
        self.seen = ""

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Until the screen has shown `text` since the last time."""
        start = len(self.seen)
        deadline = time.monotonic() + seconds
        while text not in self.seen[start:]:
            ready, _, _ = select.select([self.screen], [], [], deadline - time.monotonic())
            assert ready, self.seen
            self.seen += os.read(self.screen, 4096).decode()

    def type(self, text: str) -> None:
        """Type on the keyboard."""
        os.write(self.screen, text.encode())

    def end(self) -> int:
        """Read the rest of the screen; the exit code."""
        try:
            while piece := os.read(self.screen, 4096):
                self.seen += piece.decode()
        except OSError:
            pass
        _pid, status = os.waitpid(self.pid, 0)
        os.close(self.screen)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def at_terminal(run: CommandLine) -> Callable[..., Terminal]:
    def start(*arguments: str) -> Terminal:
        return Terminal(run.argv(*arguments), run.environ(TERM="xterm"))

    return start


class TestPrompts:
    """At a terminal the PINs are asked for, hidden."""

    def test_old_and_new_are_asked_for_and_not_shown(
        self, stack: Stack, use: Use, akis_module: Path, at_terminal: Callable[..., Terminal]
    ) -> None:
        use(akis_module)
        card = akis(tries_left=2)
        stack.insert(card)
        with stack.tally.asking(change=1, verify=1):
            terminal = at_terminal("card", "pin", "change")
            terminal.wait_for("Old PIN of the card in Virtual PCD 00 00: ")
            assert "Two tries are left" in terminal.seen
            terminal.type(f"{OLD}\n")
            terminal.wait_for("New PIN: ")
            terminal.type(f"{NEW}\n")
            terminal.wait_for("New PIN again: ")
            terminal.type(f"{NEW}\n")
            assert terminal.end() == 0, terminal.seen
        assert "a fresh login with the new one worked" in terminal.seen
        assert OLD not in terminal.seen
        assert NEW not in terminal.seen
        assert secret(card) == NEW

    def test_a_repetition_that_differs_costs_no_try(
        self, stack: Stack, use: Use, akis_module: Path, at_terminal: Callable[..., Terminal]
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        terminal = at_terminal("card", "pin", "change")
        for prompt, pin in (("Old PIN", OLD), ("New PIN: ", NEW), ("again: ", "648203")):
            terminal.wait_for(prompt)
            terminal.type(f"{pin}\n")
        assert terminal.end() == 4
        assert "[PIN-NOT-REPEATED]" in terminal.seen

    def test_ctrl_c_at_a_prompt_ends_it_and_the_terminal_shows_letters_again(
        self, stack: Stack, use: Use, akis_module: Path, at_terminal: Callable[..., Terminal]
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        terminal = at_terminal("card", "pin", "change")
        terminal.wait_for("Old PIN")
        wait_until(lambda: not termios.tcgetattr(terminal.screen)[3] & termios.ECHO, "echo")
        terminal.type("\x03")
        wait_until(lambda: bool(termios.tcgetattr(terminal.screen)[3] & termios.ECHO), "no echo")
        assert terminal.end() == 130


class TestUnlock:
    """``card pin unlock`` guides and never asks for a PUK."""

    def test_without_a_terminal_it_prints_the_steps(
        self, stack: Stack, use: Use, akis_module: Path, run: CommandLine
    ) -> None:
        use(akis_module)
        reader = stack.insert(akis(tries_left=0))
        outcome = run.process("card", "pin", "unlock", "--json")
        assert outcome.exit_code == 1
        data = outcome.data
        assert (data["reader"], data["before"], data["after"]) == (reader, "locked", "locked")
        assert "4 to 16 characters" in data["steps"][5]
        assert [found["code"] for found in outcome.json["findings"]] == ["PIN-LOCKED"]

    def test_a_card_whose_pin_is_in_order_needs_nobody(
        self, stack: Stack, use: Use, akis_module: Path, run: CommandLine
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        assert run.process("card", "pin", "unlock").exit_code == 0

    def test_without_a_card_it_tells_the_steps_and_what_is_missing(
        self, stack: Stack, run: CommandLine
    ) -> None:
        outcome = run.process("card", "pin", "unlock", "--json")
        assert outcome.exit_code == 1
        assert len(outcome.data["steps"]) == 7
        assert outcome.json["findings"][0]["code"] == "CARD-ABSENT"

    def test_at_a_terminal_it_leads_through_and_looks_again(
        self, stack: Stack, use: Use, akis_module: Path, at_terminal: Callable[..., Terminal]
    ) -> None:
        use(akis_module)
        card = akis(tries_left=0)
        stack.insert(card)
        terminal = at_terminal("card", "pin", "unlock")
        for number in range(1, 8):
            terminal.wait_for(f"{number}/7")
            if number == 7:
                # what the holder does on KamuSM's page
                assert card.pin
                card.pin.left = 3
            terminal.type("\n")
        assert terminal.end() == 0, terminal.seen
        assert "PIN: locked" in terminal.seen
        assert "in order" in terminal.seen
