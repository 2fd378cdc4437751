"""Signing a PDF: PAdES baseline B-B, and B-T with a time-stamp server. Knows no card.

The signature is added behind the document, which stays as it is byte for byte, earlier signatures
included. Whoever calls brings a `Key` that signs a few bytes.
"""

import asyncio
import hashlib
import io
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from esignctl import __version__
from esignctl.errors import PdfChangesForbidden, PdfFieldRefused
from esignctl.forms import pdf, stamp
from esignctl.forms.timestamps import Server, timestamper
from esignctl.i18n import _

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer
    from pyhanko.stamp import BaseStampStyle

_T = TypeVar("_T")

FIELD: Final = "Imza"
"""What new signature fields are called, with a number behind."""

_LONGEST_SIGNATURE: Final = 512


class Key(Protocol):
    """What signs: a certificate (DER), those of authorities beside it, and the key itself."""

    @property
    def certificate(self) -> bytes: ...

    @property
    def issuers(self) -> Sequence[bytes]: ...

    def sign(self, data: bytes, digest: str) -> bytes:
        """The signature over `data`; `digest` is ``sha256``, ``sha384`` or ``sha512``."""
        ...


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to sign. Without `where` the signature is not to be seen; `page` counts from 1.

    `field` is an empty signature field of the document; by default its only one, or a new one.
    Templates stand beside the `configuration`.
    """

    name: str
    configuration: Path
    reason: str | None = None
    location: str | None = None
    field: str | None = None
    where: stamp.Corner | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed document, the field of the signature, and whether it is to be seen."""

    content: bytes
    field: str
    visible: bool

    @property
    def sha256(self) -> str:
        """Of the whole document, as hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that can be signed as it is wished, and in which field."""

    name: str
    content: bytes
    field: str
    box: pdf.Box | None
    is_new: bool


def prepare(name: str, content: bytes, wishes: Wishes) -> Prepared:
    """Look whether a document can be signed; to be asked before anybody types a PIN.

    `name` is the file's, for errors. Raises what is wrong with it as a PDF, `PdfChangesForbidden`
    and `PdfFieldRefused`.
    """
    with pdf.reading(name):
        reader = pdf.opened(name, content)
        for field, signature in pdf.signatures(reader):
            if signature is not None and pdf.forbids_changes(signature):
                raise PdfChangesForbidden(file=name, field=field)
        fields = pdf.fields(reader)
        field = _field(name, fields, wishes)
        if field in fields:
            return Prepared(name, content, field, fields[field].box, is_new=False)
        box = stamp.place(name, pdf.pages(reader), wishes.where, wishes.page)
        return Prepared(name, content, field, box, is_new=True)


def _field(name: str, fields: dict[str, pdf.Field], wishes: Wishes) -> str:
    """The field to sign in: the named one, the only empty one, or a new one."""
    if wishes.field is not None:
        known = fields.get(wishes.field)
        if known is None:
            raise PdfFieldRefused(
                file=name, field=wishes.field, problem=_("there is no such field")
            )
        if known.signed:
            raise PdfFieldRefused(file=name, field=wishes.field, problem=_("it is signed already"))
        return wishes.field
    empty = [each for each, field in fields.items() if not field.signed]
    if len(empty) == 1 and wishes.where is None:
        return empty[0]
    number = 1
    while f"{FIELD}{number}" in fields:
        number += 1
    return f"{FIELD}{number}"


def sign(prepared: Prepared, key: Key, wishes: Wishes, server: Server | None = None) -> Signed:
    """Sign: the time-stamp server is asked once before the key signs, and once after."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, general, signers
    from pyhanko.sign.signers.pdf_byterange import BuildProps

    writer = IncrementalPdfFileWriter(io.BytesIO(prepared.content), strict=False)
    spec = fields.SigFieldSpec(prepared.field)
    if prepared.is_new and prepared.box is not None:
        box = prepared.box
        edges = (round(box.left), round(box.bottom), round(box.right), round(box.top))
        spec = fields.SigFieldSpec(prepared.field, on_page=box.page, box=edges)
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=prepared.field,
            subfilter=fields.SigSeedSubFilter.PADES,
            name=wishes.name,
            reason=wishes.reason,
            location=wishes.location,
            app_build_props=BuildProps(name="esignctl", revision=__version__),
        ),
        _signer(key),
        timestamper=timestamper(server) if server else None,
        stamp_style=_style(prepared, wishes),
        new_field_spec=spec if prepared.is_new else None,
    )
    try:
        output = _completed(signer.async_sign_pdf(writer, existing_fields_only=not prepared.is_new))
    except (general.SigningError, general.UnacceptableSignerError) as error:
        raise PdfFieldRefused(
            file=prepared.name, field=prepared.field, problem=str(error).rstrip(".")
        ) from None
    return Signed(output.getvalue(), prepared.field, prepared.box is not None)


def _signer(key: Key) -> "Signer":
    """The key as pyHanko wants one."""
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.signers import Signer

    class Card(Signer):
        async def async_sign_raw(
            self, data: bytes, digest_algorithm: str, dry_run: bool = False
        ) -> bytes:
            # a dry run measures how much room a signature needs
            return bytes(_LONGEST_SIGNATURE) if dry_run else key.sign(data, digest_algorithm)

    (certificate,) = load_certs_from_pemder_data(key.certificate)
    card = Card(signing_cert=certificate, embed_roots=False)
    for issuer in key.issuers:
        card.cert_registry.register_multiple(load_certs_from_pemder_data(issuer))
    return card


def _style(prepared: Prepared, wishes: Wishes) -> "BaseStampStyle | None":
    """The mark that is printed in the signature's box, where there is one."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import AxisAlignment as Align
    from pyhanko.pdf_utils.layout import BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    if prepared.box is None:
        return None
    made = stamp.typeset(
        wishes.configuration, prepared.box, wishes.name, datetime.now(UTC), wishes.reason
    )

    class Mark(PdfContent):
        def render(self) -> bytes:
            page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(made)))
            self.resources.xobject["/EsignctlMark"] = page
            left, bottom, right, top = page.get_object()["/BBox"]
            self.box = BoxConstraints(width=right - left, height=top - bottom)
            return b"/EsignctlMark Do"

    return StaticStampStyle(
        border_width=0,
        background=Mark(),
        background_layout=SimpleBoxLayoutRule(
            x_align=Align.ALIGN_MID, y_align=Align.ALIGN_MID, margins=Margins.uniform(0)
        ),
    )


def _completed(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Run to the end. asyncio's own runner would keep a Ctrl-C to itself."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
