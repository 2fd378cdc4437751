"""``card certs``: the certificates of the card, and copies of them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from cryptography import x509

from tests.cards.conftest import Stack
from tests.cards.virtual.akis import AkisCard, nes_label
from tests.cards.virtual.certificates import AYSE, nes, seal
from tests.conftest import CommandLine

Use = Callable[..., None]


def test_the_certificates_are_listed(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    issued, sealed = nes(), seal()
    stack.insert(AkisCard((nes_label(AYSE.tckn), issued), (f"{AYSE.tckn}SIGN0", sealed)))
    outcome = run("card", "certs", "--json")
    assert outcome.exit_code == 0
    assert [(each["kind"], each["fingerprint"]) for each in outcome.data["certificates"]] == [
        ("nes", issued.fingerprint),
        ("seal", sealed.fingerprint),
    ]


def test_they_are_exported_as_der_and_pem(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path, tmp_path: Path
) -> None:
    use(akis_module)
    issued = nes()
    stack.insert(AkisCard((nes_label(AYSE.tckn), issued)))
    folder = tmp_path / "new" / "folder"
    outcome = run("card", "certs", "--export", folder, "--json")
    assert outcome.exit_code == 0
    (listed,) = outcome.data["certificates"]
    der, pem = (folder / name for name in listed["files"])
    assert hashlib.sha256(der.read_bytes()).hexdigest().upper() == issued.fingerprint
    assert x509.load_pem_x509_certificate(pem.read_bytes()) == issued.certificate
    assert len(list(folder.iterdir())) == 2


def test_names_of_files_and_the_list_hold_no_personal_number(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path, tmp_path: Path
) -> None:
    use(akis_module)
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
    for json in ([], ["--json"]):
        outcome = run("card", "certs", "--export", tmp_path / "out", *json)
        assert AYSE.tckn not in outcome.stdout + outcome.stderr
        assert "100****0146" in outcome.stdout
    assert not [file for file in (tmp_path / "out").iterdir() if AYSE.tckn in file.name]


def test_the_number_is_shown_in_full_where_asked_for(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
    assert AYSE.tckn in run("card", "certs", "--show-ids").stdout


def test_without_a_card_the_environment_is_missing_something(
    run: CommandLine, stack: Stack
) -> None:
    outcome = run("card", "certs", "--json")
    assert outcome.exit_code == 5
    assert outcome.json["error"]["code"] == "CARD-NOT-READ"
    assert "card status" in outcome.json["error"]["remedy"]


def test_a_card_without_certificates_needs_a_person(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path
) -> None:
    use(akis_module)
    stack.insert(AkisCard())
    outcome = run("card", "certs", "--json")
    assert outcome.exit_code == 1
    assert [each["code"] for each in outcome.json["findings"]] == ["CERT-NONE"]


def test_a_place_that_cannot_be_written(
    run: CommandLine, stack: Stack, use: Use, akis_module: Path, tmp_path: Path
) -> None:
    use(akis_module)
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
    (tmp_path / "file").touch()
    outcome = run("card", "certs", "--export", tmp_path / "file", "--json")
    assert outcome.exit_code == 5
    assert outcome.json["error"]["code"] == "PLACE-NOT-WRITABLE"
