"""The virtual cards are what they claim to be, seen by programs that nobody here wrote."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cards.conftest import SoftToken, Stack
from tests.cards.virtual.akis import TC_2_6_2, AkisCard, nes_label
from tests.cards.virtual.apdu import VERIFY, answer, parse, tries
from tests.cards.virtual.certificates import AYSE, nes
from tests.cards.virtual.obstacles import held_by_another_program, locked_up, refusing_service
from tests.cards.virtual.piv import PivCard
from tests.cards.virtual.slot import Leaving, Mute
from tests.cards.virtual.vicc import Kind, Vicc
from tests.cards.virtual.view import MUTE, state

SERVICE_REFUSED = 0x8010006A


def _run(*command: str | Path) -> str:
    """Everything that a program prints."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def tool(*arguments: str | Path) -> str:
    return _run("pkcs11-tool", *arguments)


def flags(*arguments: str | Path) -> set[str]:
    """The flags of the first token."""
    found = re.search(r"token flags\s*: (.*)", tool(*arguments, "--list-token-slots"))
    assert found
    return set(found[1].split(", "))


def test_stock_opensc_reads_the_piv_card(stack: Stack) -> None:
    issued = nes()
    stack.insert(PivCard(issued))
    listed = tool("--list-objects", "--type", "cert")
    assert "Certificate for PIV Authentication" in listed
    assert "10000000146" in listed


def test_wrong_pins_move_the_piv_card_to_its_final_try_and_lock_it(stack: Stack) -> None:
    stack.insert(PivCard(nes()))
    with stack.tally.asking(verify=2):
        for _ in range(2):
            assert "CKR_PIN_INCORRECT" in tool("--login", "--pin", "999999", "--list-objects")
    assert "final user PIN try" in flags()
    with stack.tally.asking(verify=1):
        tool("--login", "--pin", "999999", "--list-objects")
    assert "user PIN locked" in flags()


def test_the_piv_card_changes_its_pin(stack: Stack) -> None:
    card = PivCard(nes())
    stack.insert(card)
    with stack.tally.asking(verify=1, change=1):
        tool("--login", "--pin", "123456", "--change-pin", "--new-pin", "654321")
    assert card.pin.secret == b"654321\xff\xff"


@pytest.mark.parametrize(("left", "flag"), [(2, "user PIN count low"), (0, "user PIN locked")])
def test_the_akis_module_tells_the_pins_state_from_the_cards_hint(
    stack: Stack, akis_module: Path, left: int, flag: str
) -> None:
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes()), tries_left=left, name="akis and module"))
    assert flag in flags("--module", akis_module)
    assert "00200001" not in stack.tally.commands("akis and module")


def test_the_akis_module_reads_certificates_without_a_login(
    stack: Stack, akis_module: Path
) -> None:
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes()), atr=TC_2_6_2))
    listed = tool("--module", akis_module, "--list-objects")
    assert "10000000146NES0" in listed


def test_a_locked_akis_card_answers_as_its_generation_does() -> None:
    verify = parse(bytes((0, VERIFY, 0, 1, 4)) + b"0000")
    older, newer = AkisCard(tries_left=1), AkisCard(tries_left=1, atr=TC_2_6_2)
    assert older.answer(verify) == newer.answer(verify) == answer(tries(0))
    assert (older.answer(verify), newer.answer(verify)) == (b"\x69\x84", b"\x69\x83")


def test_opensc_does_not_recognise_an_akis_card_and_tries_no_pin_on_it(stack: Stack) -> None:
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes()), name="akis and opensc"))
    assert "token not recognized" in tool("--list-slots")
    sent = stack.tally.commands("akis and opensc")
    assert sent
    assert not [header for header in sent if header[2:4] in ("20", "24", "2c")]


def test_a_mute_card_is_present_and_mute(stack: Stack) -> None:
    reader = stack.insert(Mute())
    assert (state(reader) or 0) & MUTE


def test_a_card_pulled_out_in_mid_command_is_gone_for_the_program(
    stack: Stack, akis_module: Path
) -> None:
    stack.insert(Leaving(AkisCard((nes_label(AYSE.tckn), nes())), answers=5))
    assert "CKR_DEVICE" in tool("--module", akis_module, "--list-objects")


def test_softhsm_is_a_second_real_module(softhsm: SoftToken) -> None:
    softhsm.add("AKIS_77", "4711", (nes_label(AYSE.tckn), nes()))
    listed = tool("--module", softhsm.module, "--token-label", "AKIS_77", "--list-objects")
    assert "10000000146NES0" in listed


def test_a_service_can_refuse_a_user(tmp_path: Path) -> None:
    ask = "from smartcard import scard; print(scard.SCardEstablishContext(0)[0] & 0xFFFFFFFF)"
    with refusing_service(tmp_path / "s") as socket:
        done = subprocess.run(
            [sys.executable, "-c", ask],
            capture_output=True,
            text=True,
            env={**os.environ, "PCSCLITE_CSOCK_NAME": str(socket)},
            check=True,
        )
    assert int(done.stdout) == SERVICE_REFUSED


def test_the_sockets_permissions_keep_even_root_out(stack: Stack) -> None:
    assert stack.slots[0].reader in _run("opensc-tool", "--list-readers")
    with locked_up(stack.service.socket) as prefix:
        assert stack.slots[0].reader not in _run(*prefix, "opensc-tool", "--list-readers")


def test_another_program_can_have_the_card_for_itself(stack: Stack) -> None:
    from smartcard import scard

    reader = stack.insert(PivCard(nes()))
    with held_by_another_program(reader) as holder:
        assert (state(reader) or 0) & scard.SCARD_STATE_EXCLUSIVE
        assert Path(f"/proc/{holder}").exists()


@pytest.mark.parametrize("kind", ["iso7816"])
def test_debians_own_virtual_cards_go_into_the_readers(stack: Stack, kind: Kind) -> None:
    card = Vicc(kind)
    try:
        stack.insert(card)
        assert card.atr.hex(":") in _run("opensc-tool", "--atr")
        _run("opensc-tool", "--send-apdu", "00A4000C023F00")
        assert stack.tally.commands(card.name)["00a4000c"]
    finally:
        stack.pull()
        card.close()
