"""PDF files to sign: as this program makes forms, and as others make them."""

import io
from functools import cache
from pathlib import Path

import typst
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter, copy_into_new_writer
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import SimpleSigner

from tests.cards.virtual.certificates import Issued


@cache
def archivable(pages: int = 1) -> bytes:
    """PDF/A-2b, as forms are."""
    text = "#set document(title: [Deneme])\n" + "#pagebreak()\n".join(
        ["= Dilekçe\nGereğini arz ederim.\n"] * pages
    )
    made: bytes = typst.compile(text.encode(), format="pdf", pdf_standards=["a-2b"])
    return made


def turned(degrees: int) -> bytes:
    """A page that is turned for display, as scanners make them."""
    writer = IncrementalPdfFileWriter(io.BytesIO(archivable()))
    page, _resources = writer.find_page_for_modification(0)
    page.get_object()["/Rotate"] = generic.NumberObject(degrees)
    return _written(writer)


def encrypted(password: str = "") -> bytes:
    """Encrypted, also where it opens without a password."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(archivable())))
    writer.encrypt("owner", password)
    return _written(writer)


def with_field(name: str, box: tuple[int, int, int, int] | None = None) -> bytes:
    """With an empty signature field of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(archivable()))
    fields.append_signature_field(writer, fields.SigFieldSpec(name, box=box))
    return _written(writer)


def signed(
    issued: Issued,
    *,
    permission: fields.MDPPerm | None = None,
    content: bytes | None = None,
    digest: str | None = None,
) -> bytes:
    """Signed by somebody else's program; with a permission it is certified."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content or archivable()))
    name = f"Other{len(list(writer.prev.embedded_signatures)) + 1}"
    meta = signers.PdfSignatureMetadata(
        field_name=name, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm=digest
    )
    if permission is not None:
        meta = signers.PdfSignatureMetadata(
            field_name=name, certify=True, docmdp_permissions=permission
        )
    output: io.BytesIO = signers.sign_pdf(writer, meta, signer_of(issued))
    return output.getvalue()


def signer_of(issued: Issued) -> SimpleSigner:
    """A signer without a card."""
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from cryptography.hazmat.primitives import serialization
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = issued.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return SimpleSigner(
        signing_cert=Certificate.load(issued.der),
        signing_key=PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore(),
    )


def _written(writer: BasePdfFileWriter) -> bytes:
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def save(folder: Path, content: bytes, name: str = "dilekce.pdf") -> Path:
    """The file in a folder."""
    place = folder / name
    place.write_bytes(content)
    return place
