"""``cert scan``: certificates wherever they are, told by content, and nothing that stops it."""

import base64
import io
import os
import random
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import cryptography_vectors
import pytest
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.cards.virtual.certificates import AYSE, MEHMET, Issued, nes
from tests.cli.lists import write
from tests.conftest import CommandLine, Outcome
from tests.forms import documents
from tests.forms.test_signing import Pen, pen

__all__ = ["pen"]


def scan(run: CommandLine, *paths: Path) -> Outcome:
    return run("cert", "scan", "--json", *paths)


def found(run: CommandLine, tree: Path) -> set[str]:
    return {each["fingerprint"] for each in scan(run, tree).data["items"]}


def pem(issued: Issued) -> bytes:
    return issued.certificate.public_bytes(serialization.Encoding.PEM)


def in_one_line(issued: Issued) -> bytes:
    return base64.b64encode(issued.der)


CONTENTS: dict[str, Callable[[Issued, Issued], bytes]] = {
    "der": lambda a, _b: a.der,
    "pem": lambda a, _b: pem(a),
    "crlf": lambda a, _b: pem(a).replace(b"\n", b"\r\n"),
    "bom": lambda a, _b: b"\xef\xbb\xbf" + pem(a),
    "utf-16": lambda a, _b: pem(a).decode().encode("utf-16"),
    "utf-16 without a mark": lambda a, _b: pem(a).decode().encode("utf-16-le"),
    "utf-16 the other way round": lambda a, _b: pem(a).decode().encode("utf-16-be"),
    "bag attributes in utf-16": lambda a, _b: (
        "Bag Attributes\n    friendlyName: x\n" + pem(a).decode()
    ).encode("utf-16-le"),
    "filled up": lambda a, _b: a.der + b"\0" * 512,
    "with a line's end": lambda a, _b: a.der + b"\r\n",
    "text that begins like DER": lambda a, _b: b"0 Bag Attributes\n" + pem(a),
    "bag attributes": lambda a, _b: b"Bag Attributes\n    friendlyName: x\n" + pem(a),
    "base64": lambda a, _b: in_one_line(a),
    "xades": lambda a, _b: (
        b"<?xml version='1.0'?><ds:Signature xmlns:ds='x'><ds:KeyInfo><ds:X509Data>"
        b"<ds:X509Certificate>\n" + in_one_line(a) + b"\n</ds:X509Certificate></ds:X509Data>"
        b"</ds:KeyInfo></ds:Signature>"
    ),
    "xades by java": lambda a, _b: (
        b"<x:Signature xmlns:x='x'><x:X509Certificate>"
        + base64.encodebytes(a.der).replace(b"\n", b"&#13;\n")
        + b"</x:X509Certificate></x:Signature>"
    ),
}


@pytest.mark.parametrize("form", CONTENTS)
def test_one_certificate(
    run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued, form: str
) -> None:
    (tree / "whatever.bin").write_bytes(CONTENTS[form](ayse, mehmet))
    assert found(run, tree) == {ayse.fingerprint}


def test_several_in_one_file(run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued) -> None:
    (tree / "all.txt").write_bytes(pem(ayse) + b"text between\n" + pem(mehmet))
    assert found(run, tree) == {ayse.fingerprint, mehmet.fingerprint}


def test_several_in_der_in_one_file(
    run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued
) -> None:
    (tree / "all.cer").write_bytes(ayse.der + mehmet.der + b"\0\0")
    assert found(run, tree) == {ayse.fingerprint, mehmet.fingerprint}


@pytest.mark.parametrize("encoding", ["DER", "PEM"])
def test_a_bundle(
    run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued, encoding: str
) -> None:
    bundle = pkcs7.serialize_certificates(
        [ayse.certificate, mehmet.certificate], getattr(serialization.Encoding, encoding)
    )
    (tree / "chain.p7b").write_bytes(bundle)
    assert found(run, tree) == {ayse.fingerprint, mehmet.fingerprint}


@pytest.mark.parametrize("form", ["DER", "PEM"])
def test_the_signer_of_a_signed_message(
    run: CommandLine, tree: Path, tmp_path: Path, ayse: Issued, form: str
) -> None:
    signed = tree / "letter.imz"
    signed.write_bytes(message(tmp_path, ayse, form))
    assert found(run, tree) == {ayse.fingerprint}


def test_the_signers_of_a_pdf(run: CommandLine, tree: Path, pen: Pen) -> None:
    signer, second = nes(AYSE), nes(MEHMET)
    once = pen(documents.archivable(), issued=signer)
    (tree / "signed").write_bytes(pen(once, issued=second))
    assert found(run, tree) >= {signer.fingerprint, second.fingerprint}


def test_what_a_signed_pdf_keeps_for_its_verification(
    run: CommandLine, tree: Path, pen: Pen, mehmet: Issued
) -> None:
    signer = nes(AYSE)
    file = io.BytesIO(pen(documents.archivable(), issued=signer))
    DocumentSecurityStore.add_dss(file, None, certs=[Certificate.load(mehmet.der)])
    (tree / "signed.pdf").write_bytes(file.getvalue())
    assert found(run, tree) >= {signer.fingerprint, mehmet.fingerprint}


def test_a_pdf_whose_root_is_a_number_stops_nothing(
    run: CommandLine, tree: Path, ayse: Issued
) -> None:
    (tree / "a.cer").write_bytes(ayse.der)
    head = b"%PDF-1.7\n1 0 obj\n5\nendobj\n%/ByteRange\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    trailer = b"trailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(head)
    (tree / "signed.pdf").write_bytes(head + table + trailer)
    assert found(run, tree) == {ayse.fingerprint}


def test_the_signers_in_a_container(
    run: CommandLine, tree: Path, tmp_path: Path, ayse: Issued
) -> None:
    with zipfile.ZipFile(tree / "bundle.asice", "w") as archive:
        archive.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
        archive.writestr("letter.txt", "text")
        archive.writestr("META-INF/signature.p7s", message(tmp_path, ayse, "DER"))
    assert found(run, tree) == {ayse.fingerprint}


def message(folder: Path, issued: Issued, form: str) -> bytes:
    """A detached CAdES signature, by openssl."""
    (folder / "letter").write_text("Sayın ilgili")
    (folder / "signer.pem").write_bytes(pem(issued))
    (folder / "key.pem").write_bytes(issued.pkcs8)
    command = "openssl cms -sign -cades -binary -in letter -signer signer.pem -inkey key.pem"
    done = subprocess.run(
        [*command.split(), "-outform", form], capture_output=True, check=True, cwd=folder
    )
    return done.stdout


def test_holders_are_linked_by_their_number(run: CommandLine, tree: Path, ayse: Issued) -> None:
    table = f"T.C. Kimlik No;Adı;Soyadı\n{AYSE.tckn};Ayşe;Öztürk\n"
    assert run("person", "import", write(run.home, "p.csv", table)).exit_code == 0
    (tree / "a.cer").write_bytes(ayse.der)
    outcome = scan(run, tree)
    assert outcome.data["items"][0]["person"] == 1
    assert outcome.data["unregistered"] == []


def test_holders_that_nobody_knows_are_proposed(run: CommandLine, tree: Path, ayse: Issued) -> None:
    (tree / "a.cer").write_bytes(ayse.der)
    outcome = scan(run, tree)
    assert outcome.exit_code == 0
    assert outcome.data["unregistered"] == [{"name": AYSE.name, "tckn": "100****0146"}]
    assert AYSE.tckn not in outcome.stdout


def test_the_second_scan_finds_nothing_new(
    run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued
) -> None:
    (tree / "a.cer").write_bytes(ayse.der)
    (tree / "deeper").mkdir()
    (tree / "deeper" / "m.pem").write_bytes(pem(mehmet))
    (tree / "notes.txt").write_text("nothing here")
    first, second = scan(run, tree).data, scan(run, tree).data
    assert (first["files"], first["certificates"], first["new"]) == (3, 2, 2)
    assert (second["new"], second["unchanged"]) == (0, 3)
    assert second["items"] == first["items"]
    assert second["skipped"] == first["skipped"]


def test_a_changed_file_is_read_again(
    run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued
) -> None:
    file = tree / "a.cer"
    file.write_bytes(ayse.der)
    scan(run, tree)
    file.write_bytes(mehmet.der)
    os.utime(file, (1, 1))
    assert found(run, tree) == {mehmet.fingerprint}


def test_a_certificate_in_two_files_is_one(run: CommandLine, tree: Path, ayse: Issued) -> None:
    (tree / "a.cer").write_bytes(ayse.der)
    (tree / "b.pem").write_bytes(pem(ayse))
    data = scan(run, tree).data
    assert (data["certificates"], data["new"]) == (1, 1)
    assert [Path(each).name for each in data["items"][0]["files"]] == ["a.cer", "b.pem"]


def test_what_cannot_be_read_is_named(run: CommandLine, tree: Path, ayse: Issued) -> None:
    (tree / "a.cer").write_bytes(ayse.der)
    (tree / "broken.pem").write_bytes(pem(ayse)[:400] + b"\n-----END CERTIFICATE-----\n")
    (tree / "dangling").symlink_to(tree / "nowhere")
    store = pkcs12.serialize_key_and_certificates(
        b"x", ayse.key, ayse.certificate, None, serialization.BestAvailableEncryption(b"secret")
    )
    (tree / "keys.pfx").write_bytes(store)
    outcome = scan(run, tree)
    assert outcome.exit_code == 1
    assert outcome.data["certificates"] == 1
    reasons = {Path(each["file"]).name: each["reason"] for each in outcome.data["skipped"]}
    assert set(reasons) == {"broken.pem", "keys.pfx"}
    assert "PKCS#12" in reasons["keys.pfx"]
    assert "damaged" in reasons["broken.pem"]


@pytest.mark.parametrize(
    "content",
    [
        lambda der, _pem: der[:-200],
        lambda _der, pem: pem[:500].replace(b"CERTIFICATE", b"CMS"),
        lambda _der, pem: pem[:500].decode().encode("utf-16"),
        lambda _der, pem: pem[:500].replace(b"BEGIN CERT", b"BEGIN TRUSTED CERT"),
    ],
    ids=["DER", "CMS", "UTF-16", "trusted"],
)
def test_a_damaged_certificate_is_told(
    run: CommandLine, tree: Path, ayse: Issued, content: Callable[[bytes, bytes], bytes]
) -> None:
    (tree / "broken").write_bytes(content(ayse.der, pem(ayse)))
    outcome = scan(run, tree)
    assert (outcome.exit_code, outcome.data["certificates"]) == (1, 0)
    assert "damaged" in outcome.data["skipped"][0]["reason"]


def test_text_that_promises_much_takes_no_time(run: CommandLine, tree: Path) -> None:
    for name, promise in (("a", b"<X509Certificate "), ("b", b"<x"), ("c", b"/Contents <0")):
        (tree / name).write_bytes(b"<?xml?>" + promise * (5_000_000 // len(promise)))
    (tree / "d").write_bytes(b"%PDF-1.7 " + b"/Contents <0" * 400_000)
    (tree / "e").write_bytes(b"0\0" * 5_000_000)
    # it took a minute, where reading it takes a part of a second
    (tree / "f").write_bytes(b"%PDF-1.7 /ByteRange " + b"<<" * 25_000_000)
    begin = time.monotonic()
    assert scan(run, tree).data["files"] == 6
    assert time.monotonic() - begin < 30


@pytest.mark.skipif(os.name == "nt", reason="paths are shorter there")
def test_folders_within_folders(run: CommandLine, tree: Path, ayse: Issued) -> None:
    deepest = tree
    for _depth in range(1200):
        deepest /= "d"
        deepest.mkdir()
    (deepest / "a.cer").write_bytes(ayse.der)
    assert found(run, tree) == {ayse.fingerprint}
    # deeper than what removes folders goes
    (deepest / "a.cer").unlink()
    while deepest != tree:
        deepest.rmdir()
        deepest = deepest.parent


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_are_no_text_are_told_apart(
    run: CommandLine, tree: Path, ayse: Issued, mehmet: Issued
) -> None:
    for byte, issued in ((b"\xfe", ayse), (b"\xff", mehmet)):
        (tree / os.fsdecode(b"latin-" + byte + b".cer")).write_bytes(issued.der)
    items = scan(run, tree).data["items"]
    assert [Path(each["files"][0]).name for each in items] == [
        "latin-\\xfe.cer",
        "latin-\\xff.cer",
    ]
    assert scan(run, tree).data["unchanged"] == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_that_is_named_is_told_and_not_opened(run: CommandLine, tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    outcome = scan(run, tree / "pipe")
    assert (outcome.exit_code, outcome.data["files"]) == (1, 0)
    assert outcome.data["skipped"][0]["reason"] == "it is no file and no folder"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_pipes_and_loops_hold_nobody_up(run: CommandLine, tree: Path, ayse: Issued) -> None:
    os.mkfifo(tree / "pipe")
    (tree / "loop").symlink_to(tree)
    (tree / os.fsdecode(b"latin-\xfe.cer")).write_bytes(ayse.der)
    assert found(run, tree) == {ayse.fingerprint}


def test_a_path_that_is_not_there(run: CommandLine, tree: Path) -> None:
    outcome = scan(run, tree / "nowhere")
    assert outcome.exit_code == 4
    assert outcome.json["error"]["code"] == "FILE-MISSING"


def test_the_vectors_of_cryptography(run: CommandLine) -> None:
    folder = Path(cryptography_vectors.__file__).parent / "x509"
    outcome = scan(run, folder)
    assert outcome.exit_code in (0, 1)
    assert outcome.data["certificates"] > 200
    assert scan(run, folder).data["new"] == 0


def test_random_bytes(run: CommandLine, tree: Path, ayse: Issued) -> None:
    dice = random.Random(42)
    beginnings = [b"", b"0\x82", b"%PDF-1.7\n/Contents <", b"PK\x03\x04", b"<?xml", b"\xff\xfe"]
    beginnings.append(pem(ayse))
    for number in range(200):
        content = dice.choice(beginnings) + dice.randbytes(dice.randrange(3000))
        (tree / str(number)).write_bytes(content)
    for number in range(200):
        damaged = bytearray(ayse.der)
        for _place in range(dice.randrange(1, 6)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        (tree / f"damaged-{number}").write_bytes(damaged[: dice.randrange(len(damaged) + 1)])
    outcome = scan(run, tree)
    assert outcome.exit_code in (0, 1)
    assert outcome.data["files"] == 400


def test_for_people(run: CommandLine, tree: Path, ayse: Issued) -> None:
    (tree / "a.cer").write_bytes(ayse.der)
    told = run("cert", "scan", tree).stdout
    assert "Certificates\t1" in told
    assert AYSE.tckn not in told
