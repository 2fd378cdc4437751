"""Signing PDF files as they come, with a key that is no card: what is kept, refused and added."""

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm

from esignctl.cli.form_sign import beside
from esignctl.errors import (
    EsignctlError,
    FileEmpty,
    PdfChangesForbidden,
    PdfDamaged,
    PdfEncrypted,
    PdfFieldRefused,
    PdfNot,
    PdfPageMissing,
    TimestampFailed,
)
from esignctl.forms import signing
from esignctl.forms.stamp import Corner
from esignctl.forms.timestamps import Server
from esignctl.forms.verification import Seen, look
from tests.cards.virtual.certificates import AYSE, MEHMET, Issued, nes
from tests.certificates.authority import Authority
from tests.forms import documents
from tests.forms.pdfsig import seen
from tests.forms.tsa import Tsa, serving, stamper


@dataclass(frozen=True)
class SoftKey:
    """A key without a card."""

    issued: Issued

    @property
    def certificate(self) -> bytes:
        return self.issued.der

    @property
    def issuers(self) -> tuple[bytes, ...]:
        return ()

    def sign(self, data: bytes, digest: str) -> bytes:
        key, algorithm = self.issued.key, getattr(hashes, digest.upper())()
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, padding.PKCS1v15(), algorithm)
        return key.sign(data, ec.ECDSA(algorithm))


@dataclass(frozen=True)
class Pen:
    """Signs documents in a folder of its own: ``pen(content)`` is the signed content."""

    folder: Path

    def __call__(
        self,
        content: bytes,
        *,
        issued: Issued | None = None,
        server: Server | None = None,
        corner: Corner | None = None,
        page: int | None = None,
        field: str | None = None,
        reason: str | None = None,
    ) -> bytes:
        wishes = signing.Wishes(
            AYSE.name, self.folder / "esignctl.toml", reason, None, field, corner, page
        )
        prepared = signing.prepare("dilekce.pdf", content, wishes)
        signed = signing.sign(prepared, SoftKey(issued or nes()), wishes, server)
        assert signed.content.startswith(content)
        return signed.content


@pytest.fixture
def pen(tmp_path: Path) -> Pen:
    return Pen(tmp_path)


def texts(content: bytes, *arguments: str) -> str:
    """What somebody else's program reads in a PDF."""
    told = subprocess.run(
        ["pdftotext", *arguments, "-", "-"], input=content, capture_output=True, check=True
    )
    return told.stdout.decode()


class TestKept:
    """What a signature leaves as it is."""

    @pytest.mark.parametrize("corner", [None, "bottom-right"])
    def test_it_stays_archivable(self, pen: Pen, corner: Corner | None) -> None:
        content = pen(documents.archivable(), corner=corner)
        reader = PdfFileReader(io.BytesIO(content))
        metadata = reader.root["/Metadata"].data
        assert re.search(rb"pdfaid:part[>=\"']+2", metadata)
        assert re.search(rb"pdfaid:conformance[>=\"']+B", metadata)
        assert "/OutputIntents" in reader.root
        assert "/NeedAppearances" not in reader.root["/AcroForm"]
        annotation = reader.root["/AcroForm"]["/Fields"][0]
        # to be printed and, by PDF/A, neither hidden nor invisible
        assert annotation["/F"] & 0b100111 == 0b100
        if corner:
            assert "/N" in annotation["/AP"]

    def test_all_fonts_are_embedded(self, pen: Pen, tmp_path: Path) -> None:
        file = documents.save(tmp_path, pen(documents.archivable(), corner="top-left"))
        told = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True)
        fonts = told.stdout.splitlines()[2:]
        assert fonts
        assert all(re.search(r"Identity-H +yes yes yes", font) for font in fonts)

    def test_an_earlier_signature_stays_good(self, pen: Pen, tmp_path: Path) -> None:
        once = pen(documents.archivable(), issued=nes(MEHMET))
        twice = pen(once, corner="bottom-left")
        assert twice.startswith(once)
        first, second = seen(documents.save(tmp_path, twice))
        assert (first.name, second.name) == (MEHMET.name, AYSE.name)
        assert first.valid
        assert second.valid
        assert second.whole
        assert [(each.changes, each.permitted) for each in look("x", twice)] == [
            ("signatures", True),
            ("none", True),
        ]

    def test_a_certified_document_that_allows_signatures(self, pen: Pen) -> None:
        certified = documents.signed(nes(MEHMET), permission=MDPPerm.FILL_FORMS)
        first, second = look("x", pen(certified))
        assert first.certifies
        assert first.permitted
        assert second.problem is None

    def test_no_personal_number_but_in_the_certificate(self, pen: Pen) -> None:
        content = pen(documents.archivable(), corner="bottom-right")
        assert AYSE.tckn not in texts(content)
        # the certificate stands there in hexadecimal digits
        assert AYSE.tckn.encode() not in content


class TestRefused:
    """What cannot be signed, and why."""

    @pytest.mark.parametrize(
        ("content", "error"),
        [
            (b"", FileEmpty),
            (b"PK\x03\x04 a workbook", PdfNot),
            (b"%PDF-1.7\nnothing", PdfDamaged),
            (documents.archivable()[:4000], PdfDamaged),
            (documents.encrypted(), PdfEncrypted),
            (documents.encrypted("parola"), PdfEncrypted),
        ],
        ids=["empty", "no PDF", "nothing in it", "cut off", "encrypted", "password"],
    )
    def test_a_file_that_is_none(
        self, pen: Pen, content: bytes, error: type[EsignctlError]
    ) -> None:
        with pytest.raises(error) as caught:
            pen(content)
        assert caught.value.exit_code == 4

    def test_a_certified_document_that_allows_no_changes(self, pen: Pen) -> None:
        with pytest.raises(PdfChangesForbidden) as caught:
            pen(documents.signed(nes(MEHMET), permission=MDPPerm.NO_CHANGES))
        assert "Other1" in str(caught.value)

    @pytest.mark.parametrize("field", ["Yok", "Imza1"])
    def test_a_field_that_cannot_be_had(self, pen: Pen, field: str) -> None:
        with pytest.raises(PdfFieldRefused):
            pen(pen(documents.archivable()), field=field)

    @pytest.mark.parametrize("page", [0, 3])
    def test_a_page_that_is_not_there(self, pen: Pen, page: int) -> None:
        with pytest.raises(PdfPageMissing):
            pen(documents.archivable(2), corner="top-left", page=page)


class TestField:
    """Where the signature goes."""

    def test_a_new_one_each_time(self, pen: Pen) -> None:
        content = pen(pen(documents.archivable()))
        assert [each.field for each in look("x", content)] == ["Imza1", "Imza2"]

    def test_the_documents_own_empty_one(self, pen: Pen) -> None:
        content = pen(documents.with_field("Yetkili", (50, 50, 250, 110)))
        (one,) = look("x", content)
        assert one.field == "Yetkili"
        assert AYSE.name in texts(content)

    def test_the_one_that_is_named(self, pen: Pen) -> None:
        content = pen(documents.with_field("Yetkili"), field="Yetkili")
        assert [each.field for each in look("x", content)] == ["Yetkili"]


class TestMark:
    """The visible mark."""

    def test_turkish_letters_are_text(self, pen: Pen) -> None:
        content = pen(documents.archivable(), corner="bottom-right", reason="Uygundur: İĞŞ ığş")
        told = texts(content)
        assert "Elektronik olarak imzalanmıştır" in told
        assert AYSE.name in told
        assert "Uygundur: İĞŞ ığş" in told

    @pytest.mark.parametrize("degrees", [0, 90, 180, 270])
    @pytest.mark.parametrize("corner", ["bottom-right", "top-left"])
    def test_it_is_upright_in_its_corner_as_the_page_is_shown(
        self, pen: Pen, degrees: int, corner: Corner
    ) -> None:
        content = pen(documents.turned(degrees), corner=corner)
        html = texts(content, "-bbox")
        page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', html)
        word = re.search(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">Öztürk<', html
        )
        assert page
        assert word
        width, height = map(float, page.groups())
        left, top, right, bottom = map(float, word.groups())
        # words lie wide only where they are upright
        assert right - left > bottom - top
        assert (left > width / 2) == corner.endswith("right")
        assert (top > height / 2) == corner.startswith("bottom")

    def test_on_the_page_that_is_named(self, pen: Pen) -> None:
        content = pen(documents.archivable(3), corner="top-right", page=2)
        shown = [AYSE.name in page for page in texts(content).split("\f")]
        assert shown == [False, True, False, False]

    def test_a_template_of_the_institutions_own(self, pen: Pen) -> None:
        own = pen.folder / "templates" / "signature-stamp.typ"
        own.parent.mkdir()
        own.write_text(
            "#set page(width: 100pt, height: 40pt)\n#set document(date: auto)\nBİZİM", "utf-8"
        )
        assert "BİZİM" in texts(pen(documents.archivable(), corner="top-left"))


@pytest.fixture
def tsa(tmp_path: Path) -> Iterator[Tsa]:
    """A time-stamp server of its own authority."""
    root = Authority.root()
    with serving(tmp_path / "tsa", stamper(root), root) as server:
        yield server


class TestTimestamp:
    """B-T, with a server that is real."""

    @pytest.mark.parametrize("key", ["RSA", "EC"])
    def test_it_is_sound(self, pen: Pen, tsa: Tsa, tmp_path: Path, key: str) -> None:
        content = pen(
            documents.archivable(),
            issued=nes(key=key),  # type: ignore[arg-type]
            server=Server(tsa.url),
        )
        (one,) = look("x", content)
        assert one.level == "B-T"
        assert one.stamp
        assert one.stamp.sound
        assert one.claimed_at
        assert abs((one.stamp.at - one.claimed_at).total_seconds()) < 60
        assert seen(documents.save(tmp_path, content))[0].valid

    def test_name_and_password_are_given(self, pen: Pen, tsa: Tsa) -> None:
        pen(documents.archivable(), server=Server(tsa.url, "1234", "sır"))
        assert all(each["Authorization"].startswith("Basic ") for each in tsa.asked)

    @pytest.mark.parametrize(
        ("status", "content", "problem"),
        [
            (500, b"", "HTTP 500"),
            (401, b"", "HTTP 401"),
            (200, b"<html>", "something else"),
            (200, bytes.fromhex("30053003020102"), "refused"),
        ],
    )
    def test_a_server_that_gives_none(
        self, pen: Pen, tsa: Tsa, status: int, content: bytes, problem: str
    ) -> None:
        tsa.status, tsa.content = status, content
        with pytest.raises(TimestampFailed) as caught:
            pen(documents.archivable(), server=Server(tsa.url))
        assert problem in str(caught.value)
        assert len(tsa.asked) == 1

    def test_a_server_that_is_not_there(self, pen: Pen) -> None:
        with pytest.raises(TimestampFailed) as caught:
            pen(documents.archivable(), server=Server("http://u:gizli@127.0.0.1:9/x"))
        assert "127.0.0.1:9" in str(caught.value)
        assert "gizli" not in str(caught.value)


def test_signatures_of_somebody_elses_program_are_read(pen: Pen) -> None:
    (one,) = look("x", documents.signed(nes()))
    assert isinstance(one, Seen)
    assert one.problem is None
    assert one.covers == "document"


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("x.pdf", "x-imzali.pdf"),
        ("x-imzali.pdf", "x-imzali-2.pdf"),
        ("x-imzali-2.pdf", "x-imzali-3.pdf"),
        ("X.PDF", "X-imzali.pdf"),
    ],
)
def test_the_name_of_the_signed_copy(name: str, signed: str) -> None:
    assert beside(Path("/a") / name) == Path("/a") / signed
