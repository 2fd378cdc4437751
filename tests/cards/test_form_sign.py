"""``form sign`` with real modules and virtual cards: what it signs, refuses, and leaves behind."""

import base64
import contextlib
import json
import os
import sqlite3
import termios
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cards.conftest import SoftToken, Stack
from tests.cards.test_pin import Terminal, at_terminal
from tests.cards.virtual.akis import AkisCard, nes_label
from tests.cards.virtual.apdu import AUTHENTICATE, SIGN, VERIFY, Command
from tests.cards.virtual.certificates import AYSE, MEHMET, Issued, KeyKind, nes, seal
from tests.cards.virtual.piv import PivCard
from tests.cards.virtual.slot import Card, PulledOut
from tests.cards.virtual.view import wait_until
from tests.certificates.authority import Authority
from tests.conftest import CommandLine, Outcome
from tests.forms.documents import archivable, save
from tests.forms.pdfsig import seen
from tests.forms.tsa import serving, stamper

__all__ = ["at_terminal"]

PIN = "739164"
Sign = Callable[..., Outcome]
Use = Callable[..., None]
DAY = timedelta(days=1)


@contextlib.contextmanager
def standard_input(content: bytes) -> Iterator[None]:
    """What child processes read as their standard input."""
    kept = os.dup(0)
    ours, theirs = os.pipe()
    os.write(theirs, content)
    os.close(theirs)
    os.dup2(ours, 0)
    os.close(ours)
    try:
        yield
    finally:
        os.dup2(kept, 0)
        os.close(kept)


@pytest.fixture
def document(run: CommandLine) -> Path:
    """A form that waits for a signature."""
    return save(run.home, archivable())


@pytest.fixture
def sign(run: CommandLine, document: Path) -> Sign:
    """``form sign dilekce.pdf --pin-stdin`` with a PIN as its input."""

    def start(*arguments: str, pin: str = PIN) -> Outcome:
        with standard_input(f"{pin}\n".encode()):
            return run("form", "sign", document, "--pin-stdin", *arguments)

    return start


@pytest.fixture
def signed(document: Path) -> Path:
    """Where the signed copy is looked for."""
    return document.with_name("dilekce-imzali.pdf")


def akis(*issued: Issued, pin: str | None = PIN, **properties: Any) -> AkisCard:
    held = issued or (nes(),)
    labels = [(nes_label(AYSE.tckn, number), one) for number, one in enumerate(held)]
    return AkisCard(*labels, pin=pin, **properties)


def refused(outcome: Outcome, exit_code: int, code: str) -> str:
    assert outcome.exit_code == exit_code, outcome.stderr
    assert f"[{code}]" in outcome.stderr
    return outcome.stderr


def left_behind(run: CommandLine) -> set[str]:
    """Files beside the document that are neither it nor the program's own."""
    known = ("dilekce.pdf", "registry.db", "esignctl.toml", "softhsm")
    return {each.name for each in run.home.iterdir() if not each.name.startswith(known)}


def audited(run: CommandLine) -> list[tuple[str, dict[str, str]]]:
    """Action and detail of what the audit log tells of signing."""
    with sqlite3.connect(run.registry) as connection:
        rows = connection.execute("SELECT action, detail FROM audit ORDER BY id").fetchall()
    return [(action, json.loads(detail)) for action, detail in rows if action[:5] == "form."]


DIGESTS = {"RSA": "SHA-256", "EC": "SHA-384"}


@pytest.mark.parametrize("key", ["RSA", "EC"])
class TestSigned:
    """The same signature from every kind of card, judged by somebody else's program."""

    def check(self, outcome: Outcome, document: Path, signed: Path, key: KeyKind) -> None:
        assert outcome.exit_code == 0, outcome.stderr
        assert signed.read_bytes().startswith(document.read_bytes())
        (one,) = seen(signed)
        assert (one.name, one.kind) == (AYSE.name, "ETSI.CAdES.detached")
        assert one.valid
        assert one.whole
        assert one.digest == DIGESTS[key]

    def test_by_softhsm(
        self,
        stack: Stack,
        softhsm: SoftToken,
        use: Use,
        sign: Sign,
        document: Path,
        signed: Path,
        key: KeyKind,
    ) -> None:
        softhsm.add("AKIS_1", "901457", ("x", nes(key=key)), with_keys=True)
        use(softhsm.module)
        self.check(sign(pin="901457"), document, signed, key)

    def test_by_an_akis_card(
        self,
        stack: Stack,
        use: Use,
        akis_module: Path,
        sign: Sign,
        document: Path,
        signed: Path,
        key: KeyKind,
    ) -> None:
        use(akis_module)
        stack.insert(akis(nes(key=key)))
        with stack.tally.asking(verify=1):
            outcome = sign()
        self.check(outcome, document, signed, key)

    def test_by_a_piv_card_through_stock_opensc(
        self, stack: Stack, sign: Sign, document: Path, signed: Path, key: KeyKind
    ) -> None:
        stack.insert(PivCard(nes(key=key), pin=PIN))
        with stack.tally.asking(verify=1):
            outcome = sign()
        self.check(outcome, document, signed, key)

    def test_by_a_key_that_wants_the_pin_for_each_signature(
        self, stack: Stack, sign: Sign, document: Path, signed: Path, key: KeyKind
    ) -> None:
        stack.insert(PivCard(None, nes(key=key), pin=PIN))
        with stack.tally.asking(verify=2):
            outcome = sign()
        self.check(outcome, document, signed, key)


class TestChoice:
    """Which certificate signs when a card holds several, or several cards are there."""

    def test_the_valid_qualified_one(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign
    ) -> None:
        use(akis_module)
        valid = nes()
        stack.insert(akis(nes(starts=-1200 * DAY), valid, seal(), nes(starts=DAY)))
        with stack.tally.asking(verify=1):
            outcome = sign("--json")
        assert outcome.exit_code == 0
        assert outcome.data["certificate"]["fingerprint"] == valid.fingerprint

    def test_two_valid_ones_are_for_a_person_to_choose(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign
    ) -> None:
        use(akis_module)
        both = (nes(), nes(MEHMET))
        stack.insert(akis(*both))
        said = refused(sign(), 2, "SIGN-CERTIFICATE-AMBIGUOUS")
        assert all(each.fingerprint[:16] in said for each in both)
        assert MEHMET.name not in said

    def test_the_one_that_is_named(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign
    ) -> None:
        use(akis_module)
        mine = nes(MEHMET)
        stack.insert(akis(nes(), mine))
        typed = mine.fingerprint[:12]
        spaced = ":".join(typed[at : at + 2] for at in range(0, 12, 2)).casefold()
        with stack.tally.asking(verify=1):
            outcome = sign("--json", "--certificate", spaced)
        assert outcome.data["certificate"]["fingerprint"] == mine.fingerprint

    def test_one_that_is_not_there(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        refused(sign("--certificate", "00FF00FF"), 2, "SIGN-CERTIFICATE-UNKNOWN")

    def test_in_the_reader_that_is_named(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign
    ) -> None:
        use(akis_module)
        stack.insert(akis(nes()), 0)
        stack.insert(akis(nes(MEHMET)), 1)
        refused(sign(), 2, "SIGN-CERTIFICATE-AMBIGUOUS")
        with stack.tally.asking(verify=1):
            outcome = sign("--json", "--reader", "00 01")
        assert outcome.data["reader"] == stack.slots[1].reader

    def test_a_certificate_that_is_not_qualified_signs_and_is_told(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign
    ) -> None:
        use(akis_module)
        stack.insert(akis(nes(statements=())))
        with stack.tally.asking(verify=1):
            outcome = sign("--json")
        assert [each["code"] for each in outcome.json["findings"]] == ["CERT-NOT-QUALIFIED"]

    def test_an_akis_card_in_another_reader_is_left_alone_by_opensc(
        self, stack: Stack, sign: Sign
    ) -> None:
        stack.insert(PivCard(nes(), pin=PIN), 0)
        stack.insert(akis(name="bystander"), 1)
        with stack.tally.asking(verify=1):
            assert sign().exit_code == 0
        assert not stack.tally.commands("bystander")


class TestRefusal:
    """What is refused before the card gets a PIN, so that it costs no try, and writes nothing."""

    @pytest.fixture(autouse=True)
    def nothing_is_left(self, run: CommandLine, signed: Path) -> Iterator[None]:
        yield
        assert not signed.exists()
        assert left_behind(run) == set()

    @pytest.mark.parametrize(
        ("certificate", "reason"),
        [
            ({"starts": -1200 * DAY}, "it expired on"),
            ({"starts": DAY}, "it is valid from"),
        ],
        ids=["expired", "not yet valid"],
    )
    def test_a_certificate_that_is_not_valid_now(
        self,
        stack: Stack,
        use: Use,
        akis_module: Path,
        sign: Sign,
        certificate: dict[str, Any],
        reason: str,
    ) -> None:
        use(akis_module)
        stack.insert(akis(nes(**certificate)))
        assert reason in refused(sign(), 5, "SIGN-CERTIFICATE-UNFIT")

    def test_a_certificate_that_is_known_to_be_revoked(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign, run: CommandLine
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        assert run("card", "status").exit_code in (0, 1)
        with sqlite3.connect(run.registry) as connection:
            connection.execute("UPDATE certificates SET revoked_at = '2026-01-02T03:04:05Z'")
        assert "it was revoked on" in refused(sign(), 5, "SIGN-CERTIFICATE-UNFIT")

    def test_the_final_try(self, stack: Stack, use: Use, akis_module: Path, sign: Sign) -> None:
        use(akis_module)
        stack.insert(akis(tries_left=1))
        assert "--accept-final-try" in refused(sign(), 2, "PIN-FINAL-TRY-REFUSED")

    @pytest.mark.parametrize(
        ("properties", "code"),
        [({"tries_left": 0}, "SIGN-PIN-LOCKED"), ({"pin": None}, "SIGN-PIN-NOT-SET")],
    )
    def test_a_card_whose_pin_cannot_be_used(
        self,
        stack: Stack,
        use: Use,
        akis_module: Path,
        sign: Sign,
        properties: dict[str, Any],
        code: str,
    ) -> None:
        use(akis_module)
        stack.insert(akis(**properties))
        refused(sign(), 5, code)

    @pytest.mark.parametrize("pin", ["123", "12345678901234567"])
    def test_a_pin_that_the_card_cannot_have(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign, pin: str
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        assert "4 to 16 characters" in refused(sign(pin=pin), 4, "SIGN-PIN-LENGTH")

    @pytest.mark.parametrize("pin", ["", f"{PIN}\n{PIN}"])
    def test_input_that_is_not_one_line(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign, pin: str
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        refused(sign(pin=pin), 2, "SIGN-PIN-MISSING")

    def test_a_card_without_a_certificate(
        self, stack: Stack, softhsm: SoftToken, use: Use, sign: Sign
    ) -> None:
        softhsm.add("AKIS_1", "901457")
        use(softhsm.module)
        refused(sign(), 5, "SIGN-CERTIFICATE-NONE")

    def test_a_certificate_without_its_key(
        self, stack: Stack, softhsm: SoftToken, use: Use, sign: Sign
    ) -> None:
        softhsm.add("AKIS_1", "901457", ("x", nes()))
        use(softhsm.module)
        refused(sign(pin="901457"), 5, "SIGN-KEY-MISSING")

    def test_no_card(self, stack: Stack, sign: Sign) -> None:
        refused(sign(), 5, "CARD-NOT-READ")

    def test_no_terminal_to_ask_on(self, run: CommandLine, document: Path) -> None:
        said = refused(run.process("form", "sign", document), 2, "CONFIRMATION-NEEDED")
        assert "--pin-stdin" in said

    def test_a_pin_on_the_command_line(self, run: CommandLine, document: Path) -> None:
        assert run("form", "sign", document, PIN).exit_code == 2

    def test_a_registry_that_could_not_record_it(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign, run: CommandLine
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        run.registry.write_bytes(b"")
        refused(sign(), 6, "REGISTRY-EMPTY")


class Snatched(Card):
    """A card that is pulled out when a certain command comes."""

    def __init__(self, card: Card, instruction: int) -> None:
        self.name, self.atr = card.name, card.atr
        self._card, self._instruction = card, instruction

    def reset(self) -> None:
        self._card.reset()

    def answer(self, command: Command) -> bytes:
        if command.ins == self._instruction:
            raise PulledOut
        return self._card.answer(command)


class TestFailure:
    """What goes wrong with the PIN or after it: one try at most, and no file."""

    @pytest.fixture(autouse=True)
    def nothing_is_left(self, run: CommandLine, signed: Path) -> Iterator[None]:
        yield
        assert not signed.exists()
        assert left_behind(run) == set()

    def test_a_wrong_pin_costs_one_try(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign, run: CommandLine
    ) -> None:
        use(akis_module)
        card = akis()
        stack.insert(card)
        with stack.tally.asking(verify=1):
            said = refused(sign(pin="550055"), 4, "SIGN-PIN-WRONG")
        assert "Two tries are left" in said
        assert card.pin
        assert card.pin.left == 2
        assert [action for action, _detail in audited(run)] == ["form.sign.begin", "form.sign.end"]
        assert audited(run)[1][1]["code"] == "SIGN-PIN-WRONG"

    def test_a_wrong_pin_on_a_piv_card_costs_one_try(self, stack: Stack, sign: Sign) -> None:
        card = PivCard(None, nes(), pin=PIN)
        stack.insert(card)
        with stack.tally.asking(verify=1):
            refused(sign(pin="550055"), 4, "SIGN-PIN-WRONG")
        assert card.pin.left == 2

    def test_a_wrong_pin_at_the_final_try_tells_that_the_card_is_locked(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign
    ) -> None:
        use(akis_module)
        stack.insert(akis(tries_left=1))
        with stack.tally.asking(verify=1):
            said = refused(sign("--accept-final-try", pin="550055"), 4, "SIGN-PIN-WRONG")
        assert "One try is left" in said
        assert "The PIN is locked" in said

    @pytest.mark.parametrize("instruction", [VERIFY, SIGN])
    def test_a_card_that_is_pulled_out(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign, instruction: int
    ) -> None:
        use(akis_module)
        stack.insert(Snatched(akis(), instruction))
        with stack.tally.asking(verify=1):
            refused(sign(), 5, "SIGN-FAILED")

    def test_a_piv_card_that_is_pulled_out(self, stack: Stack, sign: Sign) -> None:
        stack.insert(Snatched(PivCard(nes(), pin=PIN), AUTHENTICATE))
        with stack.tally.asking(verify=1):
            refused(sign(), 5, "SIGN-FAILED")


class TestRecord:
    """What the audit log tells, and what it does not."""

    def test_file_and_certificate(
        self, stack: Stack, use: Use, akis_module: Path, sign: Sign, signed: Path, run: CommandLine
    ) -> None:
        use(akis_module)
        mine = nes()
        stack.insert(akis(mine))
        with stack.tally.asking(verify=1):
            outcome = sign("--json")
        (begin, _), (done, detail) = audited(run)
        assert (begin, done) == ("form.sign.begin", "form.signed")
        assert detail["file"] == "dilekce.pdf"
        assert detail["output"] == "dilekce-imzali.pdf"
        assert detail["certificate"] == mine.fingerprint
        assert detail["output_sha256"] == outcome.data["sha256"]
        assert run("registry", "verify").exit_code == 0

    def test_personal_numbers_are_masked(
        self, stack: Stack, use: Use, akis_module: Path, run: CommandLine
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        document = save(run.home, archivable(), f"{AYSE.tckn}.pdf")
        with stack.tally.asking(verify=1), standard_input(f"{PIN}\n".encode()):
            outcome = run("form", "sign", document, "--pin-stdin", "--json")
        assert outcome.exit_code == 0
        assert "100****0146" in str(audited(run))
        assert AYSE.tckn not in str(audited(run))


class TestTimestamp:
    """The server that the configuration names."""

    def test_name_and_password_come_from_the_configuration(
        self,
        stack: Stack,
        akis_module: Path,
        sign: Sign,
        run: CommandLine,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> None:
        root = Authority.root()
        (run.home / "esignctl.password").write_text("gizli\n")
        stack.insert(akis())
        with serving(tmp_path_factory.mktemp("tsa") / "tsa", stamper(root), root) as tsa:
            run.write_config(
                f'[card]\nmodules = ["{akis_module}"]\n[timestamp]\nurl = "{tsa.url}"\n'
                'username = "1234"\npassword_file = "esignctl.password"\n'
            )
            with stack.tally.asking(verify=1):
                outcome = sign("--json")
        assert outcome.data["level"] == "B-T"
        login = base64.b64encode(b"1234:gizli").decode()
        assert {each["Authorization"] for each in tsa.asked} == {f"Basic {login}"}

    def test_no_pin_is_asked_for_when_the_server_gives_none(
        self, stack: Stack, akis_module: Path, sign: Sign, run: CommandLine
    ) -> None:
        run.write_config(
            f'[card]\nmodules = ["{akis_module}"]\n[timestamp]\nurl = "http://127.0.0.1:9/"\n'
        )
        stack.insert(akis())
        refused(sign(), 5, "TIMESTAMP-FAILED")
        with stack.tally.asking(verify=1):
            assert sign("--no-timestamp").exit_code == 0

    def test_a_password_file_that_is_not_there(
        self, stack: Stack, akis_module: Path, sign: Sign, run: CommandLine
    ) -> None:
        run.write_config(
            f'[card]\nmodules = ["{akis_module}"]\n[timestamp]\nurl = "http://127.0.0.1:9/"\n'
            'username = "x"\npassword_file = "yok"\n'
        )
        stack.insert(akis())
        refused(sign(), 5, "PASSWORD-FILE-UNREADABLE")


class TestPrompt:
    """At a terminal the PIN is asked for, hidden."""

    def test_it_is_asked_for_and_not_shown(
        self,
        stack: Stack,
        use: Use,
        akis_module: Path,
        at_terminal: Callable[..., Terminal],
        document: Path,
        signed: Path,
    ) -> None:
        use(akis_module)
        stack.insert(akis(tries_left=2))
        with stack.tally.asking(verify=1):
            terminal = at_terminal("form", "sign", str(document))
            terminal.wait_for("PIN of the card in Virtual PCD 00 00: ")
            assert "Two tries are left" in terminal.seen
            terminal.type(f"{PIN}\n")
            assert terminal.end() == 0, terminal.seen
        assert PIN not in terminal.seen
        assert seen(signed)[0].valid

    def test_ctrl_c_ends_it_and_leaves_nothing(
        self,
        stack: Stack,
        use: Use,
        akis_module: Path,
        at_terminal: Callable[..., Terminal],
        document: Path,
        signed: Path,
        run: CommandLine,
    ) -> None:
        use(akis_module)
        stack.insert(akis())
        terminal = at_terminal("form", "sign", str(document))
        terminal.wait_for("PIN of the card")
        wait_until(lambda: not termios.tcgetattr(terminal.screen)[3] & termios.ECHO, "echo")
        terminal.type("\x03")
        wait_until(lambda: bool(termios.tcgetattr(terminal.screen)[3] & termios.ECHO), "no echo")
        assert terminal.end() == 130
        assert not signed.exists()
        assert left_behind(run) == set()
        assert audited(run)[-1][1]["code"] == "INTERRUPTED"
