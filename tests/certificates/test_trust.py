"""``cert trust``: an authority is trusted by its fingerprint, and never unasked."""

import pytest

from esignctl.certificates import pinned, trusting
from tests.certificates.conftest import Desk, Pki
from tests.cli.terminal import terminal
from tests.conftest import CommandLine


def test_by_the_fingerprint_that_is_stated(pki: Pki, run: CommandLine) -> None:
    file = Desk(run).file(pki.root.der, name="kok.cer")
    spaced = ":".join(pki.root.fingerprint[at : at + 2] for at in range(0, 64, 2)).casefold()
    outcome = run("cert", "trust", "add", file, "--fingerprint", spaced, "--json")
    assert outcome.exit_code == 0
    (added,) = outcome.data["added"]
    assert (added["fingerprint"], added["source"]) == (pki.root.fingerprint, "confirmed")
    (anchor,) = run("cert", "trust", "list", "--json").data["anchors"]
    assert anchor["fingerprint"] == pki.root.fingerprint
    again = run("cert", "trust", "add", file, "--fingerprint", spaced, "--json")
    assert (again.data["added"], len(again.data["known"])) == ([], 1)


def test_another_fingerprint_is_refused(pki: Pki, run: CommandLine) -> None:
    file = Desk(run).file(pki.root.der)
    outcome = run("cert", "trust", "add", file, "--fingerprint", "AB" * 32, "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "TRUST-FINGERPRINT-WRONG")
    assert run("cert", "trust", "list", "--json").data["anchors"] == []


def test_a_holders_certificate_is_no_authority(pki: Pki, run: CommandLine) -> None:
    file = Desk(run).file(pki.good)
    outcome = run("cert", "trust", "add", file, "--fingerprint", "AB" * 32, "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "TRUST-NO-AUTHORITY")


def test_one_of_kamusm_is_known_by_its_fingerprint(
    pki: Pki, run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {pki.root.fingerprint: "Kök"}
    monkeypatch.setattr(pinned, "PINNED", known)
    monkeypatch.setattr(trusting, "PINNED", known)
    outcome = run("cert", "trust", "add", Desk(run).file(pki.root.der), "--json")
    assert outcome.exit_code == 0
    assert outcome.data["added"][0]["source"] == "pinned"


def test_without_a_terminal_the_option_is_named(pki: Pki, run: CommandLine) -> None:
    outcome = run("cert", "trust", "add", Desk(run).file(pki.root.der), "--json")
    assert outcome.exit_code == 2
    assert "--fingerprint" in outcome.stdout
    assert pki.root.fingerprint not in outcome.stdout


@pytest.mark.parametrize("right", [True, False])
def test_on_a_terminal_it_is_typed(pki: Pki, run: CommandLine, right: bool) -> None:
    file = Desk(run).file(pki.root.der)
    with terminal(run, "cert", "trust", "add", str(file)) as screen:
        shown = screen.expect("fingerprint that its publisher states:")
        assert pki.root.fingerprint not in shown
        screen.type((pki.root.fingerprint if right else "AB" * 32) + "\n")
        assert screen.ends_with() == (0 if right else 4)
    trusted = run("cert", "trust", "list", "--json").data["anchors"]
    assert len(trusted) == right


def test_an_authority_that_is_removed_is_trusted_no_longer(pki: Pki, desk: Desk) -> None:
    removed = desk.run("cert", "trust", "remove", pki.root.fingerprint[:12], "--json")
    assert removed.data["removed"]["fingerprint"] == pki.root.fingerprint
    assert desk.verify(pki.good).data["verdict"] == "untrusted"
    assert desk.run("cert", "trust", "remove", "AB", "--json").exit_code == 2
