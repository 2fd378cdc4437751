"""``form verify``: what a signature is worth, with a real authority, its lists and responders."""

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from esignctl.forms.timestamps import Server
from tests.cards.virtual.certificates import AYSE, MEHMET, Issued, nes
from tests.certificates.authority import DAY, Authority, Where, key
from tests.certificates.conftest import Desk, Pki, desk, pki
from tests.conftest import CommandLine, Outcome
from tests.forms import documents
from tests.forms.test_signing import Pen, pen
from tests.forms.tsa import Tsa, serving, stamper

__all__ = ["desk", "pen", "pki"]


def issued(certificate: x509.Certificate) -> Issued:
    """A holder of the authority's, with the key."""
    return Issued(certificate, key("holder-rsa"))


def verify(run: CommandLine, content: bytes, *arguments: str) -> Outcome:
    file = documents.save(run.home, content)
    return run("form", "verify", file, "--json", *arguments)


def codes(outcome: Outcome) -> list[str]:
    return [each["code"] for each in outcome.json["findings"]]


class TestGood:
    """Trusted, qualified, valid and unrevoked."""

    def test_everything_is_told(self, desk: Desk, pki: Pki, pen: Pen) -> None:
        outcome = verify(desk.run, pen(documents.archivable(), issued=issued(pki.good)))
        assert outcome.exit_code == 0, outcome.stdout
        assert outcome.json["status"] == "ok"
        assert outcome.data["verdict"] == "good"
        (one,) = outcome.data["signatures"]
        assert one["signer"] == {"name": AYSE.name, "tckn": "100****0146"}
        assert (one["verdict"], one["level"], one["field"]) == ("good", "B-B", "Imza1")
        assert one["intact"]
        assert (one["covers"], one["changes_after"]) == ("document", "none")
        assert one["qualified"]
        assert one["trusted"]
        assert one["certificate_verdict"] == "good"
        assert one["time_source"] == "claimed"
        assert codes(outcome) == ["SIGNATURE-TIME-CLAIMED"]

    def test_for_people(self, desk: Desk, pki: Pki, pen: Pen) -> None:
        file = documents.save(
            desk.run.home, pen(documents.archivable(), issued=issued(pki.good), reason="Uygundur")
        )
        told = desk.run("form", "verify", file).stdout
        assert f"Signed by\t{AYSE.name} 100****0146" in told
        assert "Uygundur" in told
        assert AYSE.tckn not in told
        assert AYSE.tckn in desk.run("form", "verify", file, "--show-ids").stdout

    def test_two_signers(self, desk: Desk, pki: Pki, pen: Pen) -> None:
        once = pen(documents.archivable(), issued=issued(pki.good))
        outcome = verify(
            desk.run, pen(once, issued=issued(pki.issuer.nes(MEHMET, where=pki.where)))
        )
        first, second = outcome.data["signatures"]
        assert (first["covers"], first["changes_after"]) == ("revision", "signatures")
        assert first["verdict"] == "good"
        assert second["signer"]["name"] == MEHMET.name

    def test_offline_with_what_was_kept(self, desk: Desk, pki: Pki, pen: Pen) -> None:
        content = pen(documents.archivable(), issued=issued(pki.good))
        assert verify(desk.run, content).exit_code == 0
        asked = len(pki.web.asked)
        assert verify(desk.run, content, "--offline").exit_code == 0
        assert len(pki.web.asked) == asked


class TestCertificate:
    """The signature is sound, its certificate is not in order."""

    @pytest.mark.parametrize(
        ("which", "worth", "code"),
        [
            ("revoked", "void", "SIGNATURE-CERTIFICATE-REVOKED"),
            ("suspended", "void", "SIGNATURE-CERTIFICATE-REVOKED"),
            ("expired", "void", "SIGNATURE-CERTIFICATE-EXPIRED"),
            ("unknown", "doubtful", "REVOCATION-UNDECIDED"),
        ],
    )
    def test_of_the_authority(
        self, desk: Desk, pki: Pki, pen: Pen, which: str, worth: str, code: str
    ) -> None:
        outcome = verify(desk.run, pen(documents.archivable(), issued=issued(getattr(pki, which))))
        assert outcome.exit_code == 1
        assert outcome.data["verdict"] == worth
        assert code in codes(outcome)

    def test_not_valid_yet(self, desk: Desk, pki: Pki, pen: Pen) -> None:
        early = pki.issuer.nes(where=pki.where, starts=DAY)
        outcome = verify(desk.run, pen(documents.archivable(), issued=issued(early)))
        assert outcome.data["verdict"] == "void"
        assert "SIGNATURE-CERTIFICATE-EARLY" in codes(outcome)

    def test_of_an_authority_that_nobody_trusts(self, desk: Desk, pen: Pen) -> None:
        stranger = Authority.root(name="Yabancı", key_name="stranger").nes()
        outcome = verify(desk.run, pen(documents.archivable(), issued=issued(stranger)))
        assert outcome.data["verdict"] == "doubtful"
        assert outcome.data["signatures"][0]["trusted"] is False

    def test_not_qualified(self, run: CommandLine, pen: Pen) -> None:
        outcome = verify(run, pen(documents.archivable(), issued=nes(statements=())))
        assert "SIGNATURE-NOT-QUALIFIED" in codes(outcome)
        assert outcome.data["signatures"][0]["qualified"] is False


class TestTime:
    """When it was signed, and who says so."""

    @pytest.fixture
    def tsa(self, pki: Pki, tmp_path: Path) -> Iterator[Tsa]:
        where = Where(crl=pki.web.url("/root.crl"))
        with serving(tmp_path / "tsa", stamper(pki.root, where), pki.root) as server:
            yield server

    def test_by_a_trusted_time_stamp(self, desk: Desk, pki: Pki, pen: Pen, tsa: Tsa) -> None:
        signer = issued(pki.good)
        content = pen(documents.archivable(), issued=signer, server=Server(tsa.url))
        outcome = verify(desk.run, content)
        (one,) = outcome.data["signatures"]
        assert outcome.exit_code == 0, outcome.stdout
        assert (one["level"], one["time_source"]) == ("B-T", "time-stamp")
        assert one["signed_at"] == one["timestamp"]["at"]
        assert one["timestamp"]["sound"]
        assert one["timestamp"]["trusted"]
        assert one["timestamp"]["authority"] == "Deneme Zaman Damgası"
        assert codes(outcome) == []

    def test_by_somebody_whom_nobody_trusts(
        self, desk: Desk, pki: Pki, pen: Pen, tmp_path: Path
    ) -> None:
        stranger = Authority.root(name="Yabancı", key_name="stranger")
        with serving(tmp_path / "tsa", stamper(stranger), stranger) as server:
            content = pen(
                documents.archivable(), issued=issued(pki.good), server=Server(server.url)
            )
        outcome = verify(desk.run, content)
        assert outcome.exit_code == 1
        assert "SIGNATURE-TIMESTAMP-UNPROVEN" in codes(outcome)
        assert outcome.data["signatures"][0]["time_source"] == "claimed"


class TestUnsound:
    """What proves nothing, and says why."""

    def test_no_signature(self, run: CommandLine) -> None:
        outcome = verify(run, documents.archivable())
        assert outcome.exit_code == 1
        assert outcome.data["verdict"] == "unsigned"
        assert codes(outcome) == ["SIGNATURE-NONE"]

    def test_one_byte_is_another_one(self, run: CommandLine, pen: Pen) -> None:
        content = bytearray(pen(documents.archivable()))
        at = content.index(b"endstream") - 3
        content[at] ^= 1
        outcome = verify(run, bytes(content))
        assert outcome.exit_code == 1
        assert outcome.data["verdict"] == "void"
        assert "SIGNATURE-ALTERED" in codes(outcome)

    def test_a_key_that_is_not_the_certificates(self, run: CommandLine) -> None:
        stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        content = documents.signed(Issued(nes().certificate, stranger))
        outcome = verify(run, content)
        assert outcome.data["verdict"] == "void"
        assert "SIGNATURE-FORGED" in codes(outcome)

    def test_a_page_was_changed_behind_it(self, run: CommandLine, pen: Pen) -> None:
        writer = IncrementalPdfFileWriter(io.BytesIO(pen(documents.archivable())))
        page, _resources = writer.find_page_for_modification(0)
        page.get_object()["/Rotate"] = generic.NumberObject(90)
        writer.update_container(page.get_object())
        output = io.BytesIO()
        writer.write(output)
        outcome = verify(run, output.getvalue())
        assert outcome.data["verdict"] == "void"
        assert "SIGNATURE-CHANGED-AFTER" in codes(outcome)

    def test_a_later_signature_that_the_first_does_not_allow(self, run: CommandLine) -> None:
        locked = documents.signed(nes(MEHMET), permission=MDPPerm.NO_CHANGES)
        assert verify(run, locked).data["signatures"][0]["certifies"]


class TestBroken:
    """Files that are no whole PDF: a clear refusal, and never a fault."""

    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
    def test_a_file_that_is_cut_off(self, run: CommandLine, pen: Pen, share: float) -> None:
        content = pen(documents.archivable(), corner="bottom-right")
        outcome = verify(run, content[: int(len(content) * share)])
        assert outcome.exit_code in (1, 4), outcome.stdout
        if outcome.exit_code == 1:
            assert outcome.data["verdict"] != "good"

    def test_a_hundred_mutations(self, run: CommandLine, pen: Pen) -> None:
        content = pen(documents.archivable(), corner="bottom-right")
        chance = random.Random(7)
        for _ in range(100):
            broken = bytearray(content)
            for _ in range(chance.choice((1, 8, 64))):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            outcome = verify(run, bytes(broken), "--offline")
            assert outcome.exit_code in (1, 4), outcome.stdout

    def test_the_error_names_the_file(self, run: CommandLine) -> None:
        outcome = verify(run, b"%PDF-1.7\n")
        assert outcome.exit_code == 4
        assert outcome.json["error"]["code"] == "PDF-DAMAGED"
        assert "dilekce.pdf" in outcome.json["error"]["message"]
        assert outcome.json["error"]["remedy"]

    def test_a_file_that_is_not_there(self, run: CommandLine) -> None:
        outcome = run("form", "verify", run.home / "yok.pdf")
        assert outcome.exit_code == 4
        assert "[FILE-MISSING]" in outcome.stderr
