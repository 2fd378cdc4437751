"""``card status`` before cards that can be read: virtual ones, through service and modules."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cards.conftest import SoftToken, Stack
from tests.cards.virtual import modules
from tests.cards.virtual.akis import TC_2_6_2, UEKAE_1_0, AkisCard, nes_label
from tests.cards.virtual.certificates import AYSE, MEHMET, QC_COMPLIANCE, Issued, nes, seal
from tests.cards.virtual.piv import PivCard
from tests.cards.virtual.vicc import Vicc
from tests.conftest import CommandLine, Outcome

Use = Callable[..., None]


def card(*issued: Issued, **settings: Any) -> AkisCard:
    """An AKİS card with these certificates of one holder."""
    return AkisCard(
        *((nes_label(AYSE.tckn, number), one) for number, one in enumerate(issued)), **settings
    )


def codes(outcome: Outcome) -> set[str]:
    """The findings' codes, without what is true of the place where the tests run."""
    found = {finding["code"] for finding in outcome.json["findings"]}
    return found - {"REMOTE-SESSION"}


def look(run: CommandLine, *arguments: str) -> Outcome:
    """``card status --json`` in a process of its own."""
    return run.process("card", "status", "--json", *arguments)


def test_a_healthy_card_needs_nobody(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    issued = nes()
    reader = stack.insert(card(issued))
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (0, set())
    seen = next(each for each in outcome.data["readers"] if each["name"] == reader)
    assert (
        seen["card"].items()
        >= {
            "present": True,
            "atr": "3B9F968131FE45806755454B41451221318073B3A180D9",
            "family": "akis-uekae",
            "model": "AKİS 1.2.0",
            "version": "1.2.0",
        }.items()
    )
    assert seen["token"] == {
        "module": str(akis_module),
        "serial": "0123456789AB",
        "pin": {"state": "ok", "min_length": 4, "max_length": 16},
    }
    (certificate,) = seen["certificates"]
    assert certificate["fingerprint"] == issued.fingerprint
    assert (certificate["kind"], certificate["qualified"]) == ("nes", True)
    assert (certificate["status"], certificate["days_left"]) == ("valid", 896)


def test_a_card_of_the_newer_family_is_told_by_its_atr(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes(), atr=TC_2_6_2))
    seen = look(run).data["readers"][0]["card"]
    assert (seen["family"], seen["version"]) == ("akis-tc", "2.6.2")


def test_the_oldest_card_is_known(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes(), atr=UEKAE_1_0))
    seen = look(run).data["readers"][0]["card"]
    assert seen["family"] == "akis-uekae"


def test_the_holders_number_is_masked(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes()))
    outcome = run.process("card", "status")
    assert AYSE.tckn not in outcome.stdout + outcome.stderr
    assert "100****0146" in outcome.stdout


def test_the_holders_number_is_shown_when_asked_for(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes()))
    assert AYSE.tckn in look(run, "--show-ids").stdout


def test_stock_opensc_is_enough_for_a_card_that_it_knows(run: CommandLine, stack: Stack) -> None:
    stack.insert(PivCard(nes()))
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (0, set())
    seen = outcome.data["readers"][0]
    assert Path(seen["token"]["module"]).name == "opensc-pkcs11.so"
    assert seen["card"]["family"] == "other"
    assert [each["kind"] for each in seen["certificates"]] == ["nes"]


@pytest.mark.parametrize(
    ("left", "state", "code"),
    [(2, "low", "PIN-LOW"), (1, "final", "PIN-FINAL-TRY"), (0, "locked", "PIN-LOCKED")],
)
def test_wrong_pins_are_told_without_costing_one(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path, left: int, state: str, code: str
) -> None:
    use(akis_module)
    held = card(nes(), tries_left=left)
    stack.insert(held)
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (1, {code})
    assert outcome.data["readers"][0]["token"]["pin"]["state"] == state
    assert held.pin
    assert held.pin.left == left


@pytest.mark.parametrize(
    ("left", "code"), [(1, "PIN-FINAL-TRY"), (0, "PIN-LOCKED")], ids=["final", "locked"]
)
def test_stock_opensc_tells_the_same_of_its_card(
    run: CommandLine, stack: Stack, left: int, code: str
) -> None:
    held = PivCard(nes(), tries_left=left)
    stack.insert(held)
    assert codes(look(run)) == {code}
    assert held.pin.left == left


def test_a_new_card_has_no_pin(run: CommandLine, stack: Stack, use: Use, akis_module: Path) -> None:
    use(akis_module)
    stack.insert(card(nes(starts=timedelta(days=3)), pin=None))
    assert codes(look(run)) == {"PIN-NOT-SET", "CERT-NOT-YET-VALID"}


@pytest.mark.parametrize(
    ("issued", "code"),
    [
        (lambda: nes(starts=timedelta(days=-1200)), "CERT-EXPIRED"),
        (lambda: nes(starts=timedelta(days=-1060)), "CERT-EXPIRING"),
        (lambda: nes(starts=timedelta(days=5)), "CERT-NOT-YET-VALID"),
        (lambda: nes(statements=(QC_COMPLIANCE,)), "CERT-NOT-QUALIFIED"),
    ],
    ids=["expired", "expiring", "not-yet-valid", "not-qualified"],
)
def test_what_is_wrong_with_a_certificate_is_told(
    run: CommandLine,
    stack: Stack,
    use: Use,
    akis_module: Path,
    issued: Callable[[], Issued],
    code: str,
) -> None:
    use(akis_module)
    stack.insert(card(issued()))
    outcome = look(run)
    assert (outcome.exit_code, codes(outcome)) == (1, {code})


def test_a_renewed_certificate_makes_up_for_the_expired_one(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes(starts=timedelta(days=-1200)), nes()))
    assert look(run).exit_code == 0


def test_a_seal_is_none_of_a_persons(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(seal()))
    (certificate,) = look(run).data["readers"][0]["certificates"]
    assert certificate["kind"] == "seal"


def test_an_empty_card_is_told(run: CommandLine, stack: Stack, use: Use, akis_module: Path) -> None:
    use(akis_module)
    stack.insert(card())
    assert codes(look(run)) == {"CERT-NONE"}


def test_two_cards_at_once_are_both_read(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes(), tries_left=1), slot=0)
    stack.insert(PivCard(nes(MEHMET), name="piv beside akis"), slot=1)
    outcome = look(run)
    assert codes(outcome) == {"PIN-FINAL-TRY"}
    first, second = outcome.data["readers"]
    assert (first["token"]["module"], first["token"]["pin"]["state"]) == (str(akis_module), "final")
    assert Path(second["token"]["module"]).name == "opensc-pkcs11.so"
    assert first["certificates"][0]["subject"] != second["certificates"][0]["subject"]


def test_one_of_two_readers_can_be_chosen(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes(), tries_left=1), slot=0)
    wanted = stack.insert(PivCard(nes(MEHMET)), slot=1)
    outcome = look(run, "--reader", wanted)
    assert [each["name"] for each in outcome.data["readers"]] == [wanted]
    assert (outcome.exit_code, codes(outcome)) == (0, set())


def test_opensc_is_kept_away_from_akis_cards(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes(), name="akis alone"), slot=0)
    stack.insert(PivCard(nes(MEHMET)), slot=1)
    look(run)
    # selecting applications by name is what OpenSC does to find out what a card is
    assert "00a40400" not in stack.tally.commands("akis alone")


def test_an_akis_card_is_never_asked_for_its_tries(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(card(nes(), name="akis untouched"))
    look(run)
    instructions = {header[2:4] for header in stack.tally.commands("akis untouched")}
    assert instructions
    assert not instructions & {"20", "24", "2c"}


def test_softhsm_is_read_as_a_module_of_its_own(
    run: CommandLine, stack: Stack, use: Use, softhsm: SoftToken
) -> None:
    softhsm.add("AKIS_77", "4711", (nes_label(AYSE.tckn), nes()))
    use(softhsm.module)
    reader = stack.insert(PivCard(nes(MEHMET)))
    outcome = look(run)
    by_module = {each["token"]["module"]: each for each in outcome.data["readers"] if each["token"]}
    assert {Path(module).name for module in by_module} == {"libsofthsm2.so", "opensc-pkcs11.so"}
    assert by_module[str(modules.opensc())]["name"] == reader
    assert AYSE.tckn not in outcome.stdout


def test_a_card_that_nobody_here_wrote_is_unknown(run: CommandLine, stack: Stack) -> None:
    foreign = Vicc("iso7816")
    try:
        stack.insert(foreign)
        outcome = look(run)
        assert (outcome.exit_code, codes(outcome)) == (1, {"CARD-UNKNOWN"})
        assert outcome.data["readers"][0]["card"]["atr"] == foreign.atr.hex().upper()
    finally:
        stack.pull()
        foreign.close()
