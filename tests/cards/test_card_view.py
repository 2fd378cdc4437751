"""What people see of cards on a screen, and what the registry knows about what is on a card."""

from collections.abc import Callable
from pathlib import Path

import pytest

from esignctl.registry import certificates as kept
from esignctl.registry import open_registry
from tests.cards.conftest import Stack
from tests.cards.virtual.akis import AkisCard, nes_label
from tests.cards.virtual.certificates import AYSE, nes
from tests.cli.terminal import terminal
from tests.conftest import CommandLine

Use = Callable[..., None]
ENGLISH = ("qualified", "e-signature", "Ayşe Öztürk", "100****0146", "Days left", "896", "valid")
TURKISH = ("nitelikli", "e-imza", "Ayşe Öztürk", "100****0146", "Kalan gün", "896", "geçerli")


@pytest.mark.parametrize(
    ("command", "language", "words"),
    [("status", "tr", TURKISH), ("certs", "en", ENGLISH)],
    ids=["status", "certs"],
)
def test_a_screen_of_80_columns_shows_every_word_whole(
    run: CommandLine,
    stack: Stack,
    use: Use,
    akis_module: Path,
    command: str,
    language: str,
    words: tuple[str, ...],
) -> None:
    use(akis_module)
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
    speaking = CommandLine(run.home, run.capture, language)
    with terminal(speaking, "card", command, columns=80) as screen:
        assert screen.ends_with() == 0
        assert [word for word in words if word not in screen.seen] == []


def test_the_days_of_visits_are_never_broken(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes()), tries_left=1))
    run("card", "status")
    with terminal(run, "card", "history", columns=80) as screen:
        assert screen.ends_with() == 0
    (visit,) = run("card", "history", "--json").data["visits"]
    for day in (visit["at"][:10], visit["certificates"][0]["not_after"][:10]):
        assert day in screen.seen


def test_the_remote_session_is_told_with_the_computer(run: CommandLine, stack: Stack) -> None:
    outcome = run.process("card", "status", SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")
    assert "Remote session\tSSH\n" in outcome.stdout
    assert "[REMOTE-SESSION]" in outcome.stderr


def test_what_the_registry_knows_to_be_revoked_is_told_of_a_card(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    issued = nes()
    stack.insert(AkisCard((nes_label(AYSE.tckn), issued)))
    assert run("card", "status").exit_code == 0
    check = kept.Check(issued.fingerprint, "2026-06-01T09:00:00Z", "key_compromise")
    with open_registry(run.registry) as registry, registry.write("cert check") as transaction:
        kept.note(transaction, [check], "certificate_hold")
    outcome = run.process("card", "status", "--json")
    (told,) = outcome.json["findings"]
    assert (outcome.exit_code, told["code"], told["severity"]) == (1, "CERT-REVOKED", "error")
    assert "2026-06-01" in told["message"] + told["remedy"]
    assert run("card", "history", "--json").data["visits"][0]["findings"] == ["CERT-REVOKED"]
