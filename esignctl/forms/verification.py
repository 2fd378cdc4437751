"""What stands in the signatures of a PDF, and whether they are sound. Trust is judged elsewhere.

Each signature is looked at by itself: one that is broken says so and stops no other.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from esignctl.forms import pdf

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import TimestampSignatureStatus

_T = TypeVar("_T")

Kind = Literal["signature", "document-timestamp"]
Coverage = Literal["document", "revision", "part"]
Changes = Literal["none", "signatures", "forms", "other"]
Problem = Literal["unreadable", "altered", "forged", "weak"]

_KINDS: Final = {"/ETSI.CAdES.detached", "/adbe.pkcs7.detached", "/ETSI.RFC3161"}


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate (DER) and those that came with it."""

    certificate: bytes
    others: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp; `sound` when it belongs to what it stamps and its authority made it.

    That the authority's certificate is one for time-stamps belongs to it.
    """

    at: datetime
    sound: bool
    authority: Signer


@dataclass(frozen=True, slots=True)
class Seen:
    """One signature of a document.

    `problem` is why it proves nothing: ``unreadable``, the document was ``altered``, the signature
    was not made by its certificate's key (``forged``), or with methods that are broken (``weak``).
    `covers` is how much was signed: all of the file, all that was there then, or only a ``part``.
    `changes` are what came after it; they are `permitted` when the signers before allowed them.
    `claimed_at` is what the signer's computer says. `locks` when it forbids all later changes.
    """

    field: str
    kind: Kind = "signature"
    sub_filter: str = ""
    problem: Problem | None = None
    signer: Signer | None = None
    claimed_at: datetime | None = None
    stamp: Stamp | None = None
    covers: Coverage = "part"
    changes: Changes = "other"
    permitted: bool = False
    certifies: bool = False
    locks: bool = False
    reason: str = ""
    location: str = ""

    @property
    def level(self) -> str:
        """The level of PAdES that it looks like, such as ``B-T``; empty for other signatures."""
        if self.sub_filter != "ETSI.CAdES.detached":
            return ""
        return "B-T" if self.stamp else "B-B"


def look(name: str, content: bytes) -> list[Seen]:
    """The signatures of a document in the order in which they were made.

    `name` is the file's, for errors. Raises what is wrong with it as a PDF.
    """
    with pdf.reading(name):
        reader = pdf.opened(name, content)
        # what is no document at all shall not pass for one without signatures
        pdf.pages(reader)
        return [_seen(each, field) for field, each in pdf.signatures(reader)]


def _seen(signature: "EmbeddedPdfSignature | None", field: str) -> Seen:
    if signature is None:
        return Seen(field, problem="unreadable")
    try:
        if signature.sig_object_type == "/DocTimeStamp":
            return _timestamp(signature)
        return _signature(signature)
    except Exception:  # noqa: BLE001 - a broken signature fails anywhere in its reader
        return Seen(field, problem="unreadable")


def _signature(signature: "EmbeddedPdfSignature") -> Seen:
    from pyhanko.sign.validation import async_validate_pdf_signature

    sub_filter = str(pdf.entry(signature.sig_object, "/SubFilter", ""))
    if sub_filter not in _KINDS:
        return Seen(signature.field_name, sub_filter=sub_filter[1:], problem="unreadable")
    status = _completed(async_validate_pdf_signature(signature, _nobody_trusted()))
    claimed = status.signer_reported_dt
    return _described(
        signature,
        status,
        kind="signature",
        claimed_at=_in_utc(claimed) if claimed else None,
        stamp=_stamp(signature, status.timestamp_validity),
    )


def _timestamp(signature: "EmbeddedPdfSignature") -> Seen:
    from pyhanko.sign.validation import async_validate_pdf_timestamp

    status = _completed(async_validate_pdf_timestamp(signature, _nobody_trusted()))
    sound = status.intact and status.valid and _stamps(signature.signer_cert)
    stamp = Stamp(_in_utc(status.timestamp), sound, _signer(signature))
    return _described(signature, status, kind="document-timestamp", stamp=stamp)


def _described(signature: "EmbeddedPdfSignature", status: Any, **more: Any) -> Seen:
    from pyhanko.sign.diff_analysis import DiffResult
    from pyhanko.sign.validation import read_certification_data
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    covers: Coverage = "part"
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        covers = "document"
    elif status.coverage == SignatureCoverageLevel.ENTIRE_REVISION:
        covers = "revision"
    changes: Changes = "other"
    if isinstance(status.diff_result, DiffResult):
        changes = _changes(signature, status.diff_result)
    certification = read_certification_data(signature.reader)
    words = signature.sig_object
    return Seen(
        field=signature.field_name,
        sub_filter=str(pdf.entry(words, "/SubFilter", ""))[1:],
        problem=_problem(status),
        signer=_signer(signature),
        covers=covers,
        changes=changes,
        permitted=bool(status.docmdp_ok),
        certifies=certification is not None and certification.author_sig == words,
        locks=pdf.forbids_changes(signature),
        reason=str(pdf.entry(words, "/Reason", "")),
        location=str(pdf.entry(words, "/Location", "")),
        **more,
    )


def _problem(status: Any) -> Problem | None:
    from pyhanko.sign.ades.report import AdESIndeterminate

    if not status.intact:
        return "altered"
    if not status.valid:
        return "forged"
    weak = AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE
    return "weak" if status.trust_problem_indic == weak else None


def _changes(signature: "EmbeddedPdfSignature", result: Any) -> Changes:
    """What later revisions hold, as the difference analysis allows it."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    if result.modification_level <= ModificationLevel.LTA_UPDATES:
        later = signature.signed_revision < signature.reader.xrefs.total_revisions - 1
        return "signatures" if later else "none"
    if result.modification_level > ModificationLevel.FORM_FILLING:
        return "other"
    fields = pdf.fields(signature.reader)
    return "signatures" if result.changed_form_fields <= set(fields) else "forms"


def _stamp(
    signature: "EmbeddedPdfSignature", status: "TimestampSignatureStatus | None"
) -> Stamp | None:
    from pyhanko.sign.validation.generic_cms import (
        extract_certs_for_validation,
        extract_tst_data_iter,
    )

    if status is None:
        return None
    # the last one is the one whose status is told
    *_, token = extract_tst_data_iter(signature.signer_info, signed=False)
    certificates = extract_certs_for_validation(token)
    authority = Signer(
        certificates.signer_cert.dump(), tuple(each.dump() for each in certificates.other_certs)
    )
    sound = status.intact and status.valid and _stamps(certificates.signer_cert)
    return Stamp(_in_utc(status.timestamp), sound, authority)


def _stamps(certificate: Any) -> bool:
    """Whether a certificate is one for time-stamps (RFC 3161, 2.3)."""
    uses = certificate.extended_key_usage_value
    return uses is not None and "time_stamping" in uses.native


def _signer(signature: "EmbeddedPdfSignature") -> Signer:
    return Signer(
        signature.signer_cert.dump(),
        tuple(each.dump() for each in signature.other_embedded_certs),
    )


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _nobody_trusted() -> Any:
    """Who is trusted, and what is revoked, is asked of the certificates afterwards."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=[], allow_fetching=False)


def _completed(coroutine: Coroutine[Any, Any, _T]) -> _T:
    return asyncio.run(coroutine)
