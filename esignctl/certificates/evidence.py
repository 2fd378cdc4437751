"""What an OCSP answer or a list of revoked certificates proves of a certificate.

A home of `pyhanko_certvalidator` and `asn1crypto`, imported in the functions.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from esignctl.certificates.nes import Certificate
from esignctl.certificates.pkix import TOLERANCE, Chain, load
from esignctl.certificates.verdicts import HOLD, Evidence, Says, Source

if TYPE_CHECKING:
    from asn1crypto import ocsp
    from pyhanko_certvalidator.context import ValidationContext

OCSP_REQUEST: Final = "application/ocsp-request"


def ocsp_request(chain: Chain, certificate: Certificate) -> bytes:
    """What to send to a responder to ask for a certificate of a chain."""
    from pyhanko_certvalidator.fetchers.common_utils import format_ocsp_request

    loaded = load(certificate.der)
    issuer = chain.path.find_issuing_authority(loaded)
    request = format_ocsp_request(loaded, issuer, certid_hash_algo="sha1", request_nonces=False)
    return bytes(request.dump())


def by_ocsp(
    chain: Chain,
    certificate: Certificate,
    url: str,
    answer: bytes,
    lists: Sequence[bytes] = (),
) -> Evidence:
    """What a responder's answer proves of a certificate of a chain.

    The responder's own certificate is looked up in the `lists` of revoked ones at hand.
    """
    from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response

    def judge() -> Evidence:
        from asn1crypto import ocsp

        response = ocsp.OCSPResponse.load(answer, strict=True)
        status = str(response["response_status"].native)
        if status != "successful":
            return Evidence("ocsp", url, "unusable", status.replace("_", "-"))
        single = response.response_data["responses"][0]
        found = _in_time(
            lambda moment: _judged(
                chain,
                lambda context: verify_ocsp_response(load(certificate.der), chain.path, context),
                crls=[_der(each) for each in lists],
                ocsps=[answer],
                moment=moment,
            ),
            single["this_update"].native,
            single["next_update"].native,
        )
        says = found.says
        if says == "untrusted" and _signer_is_over(response):
            says = "responder-expired"
        return Evidence(
            "ocsp",
            url,
            says,
            revoked_at=found.revoked_at,
            reason=found.reason,
            issued_at=single["this_update"].native,
            valid_until=single["next_update"].native,
        )

    return _read(judge, "ocsp", url)


def by_crl(
    chain: Chain,
    certificate: Certificate,
    url: str,
    content: bytes,
    cached_at: datetime | None = None,
) -> Evidence:
    """What a list of revoked certificates proves of a certificate of a chain."""
    from pyhanko_certvalidator.revinfo.validate_crl import verify_crl

    def judge() -> Evidence:
        der = _der(content)
        issued, until = _updates(der)
        found = _in_time(
            lambda moment: _judged(
                chain,
                lambda context: verify_crl(load(certificate.der), chain.path, context),
                crls=[der],
                moment=moment,
            ),
            issued,
            until,
        )
        return Evidence(
            "crl",
            url,
            found.says,
            revoked_at=found.revoked_at,
            reason=found.reason,
            issued_at=issued,
            valid_until=until,
            cached_at=cached_at,
        )

    return _read(judge, "crl", url)


def issued_at(content: bytes) -> datetime | None:
    """When a list of revoked certificates was made; None for what is none."""
    try:
        return _updates(_der(content))[0]
    except _STUMBLES:
        return None


@dataclass(frozen=True, slots=True)
class _Found:
    says: Says
    revoked_at: datetime | None = None
    reason: str = ""


# what the library may raise for what is malformed
_STUMBLES: Final = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError,
)  # fmt: skip


def _read(judge: Callable[[], Evidence], source: Source, url: str) -> Evidence:
    """The judgement; what the library stumbles over is no answer of its kind."""
    try:
        return judge()
    except _STUMBLES:
        return Evidence(source, url, "unusable", "malformed")


def _in_time(
    judged: Callable[[datetime | None], _Found], issued: datetime, until: datetime | None
) -> _Found:
    """The judgement now; where there is none, that of the time for which the evidence was made.

    Nobody comes off a list who is not merely suspended: what was revoked then is so now.
    """
    found, now = judged(None), datetime.now(UTC)
    if found.says != "untrusted":
        return found
    if issued > now + TOLERANCE:
        then, says = judged(issued), "future"
    elif until is not None and until < now - TOLERANCE:
        then, says = judged(until), "stale"
    else:
        return found
    if then.says in ("good", "unknown") or then.reason == HOLD:
        return _Found("future" if says == "future" else "stale")
    return then


def _judged(
    chain: Chain,
    verify: "Callable[[ValidationContext], Coroutine[Any, Any, None]]",
    *,
    crls: list[bytes],
    ocsps: list[bytes] | None = None,
    moment: datetime | None = None,
) -> _Found:
    """What the library makes of evidence at a moment, now without one."""
    import asyncio

    from pyhanko_certvalidator.context import ValidationContext
    from pyhanko_certvalidator.errors import (
        CRLValidationError,
        OCSPValidationError,
        OCSPValidationIndeterminateError,
        PathValidationError,
        RevokedError,
    )

    context = ValidationContext(
        trust_roots=[chain.path.trust_anchor],
        other_certs=[load(each.der) for each in chain.certificates],
        crls=crls,
        ocsps=ocsps,
        moment=moment,
        revocation_mode="soft-fail",
        time_tolerance=TOLERANCE,
    )
    try:
        asyncio.run(verify(context))
    except RevokedError as error:
        reason = str(error.reason.native or "unspecified").replace("_", "-")
        return _Found("revoked", error.revocation_dt.astimezone(UTC), reason)
    except OCSPValidationIndeterminateError as error:
        # with nothing to find fault with, the answer is that the responder does not know it
        return _Found("untrusted" if error.failures else "unknown")
    except (CRLValidationError, OCSPValidationError, PathValidationError):
        return _Found("untrusted")
    return _Found("good")


def _signer_is_over(response: "ocsp.OCSPResponse") -> bool:
    """Whether a certificate that came with an answer is not valid (any more, or yet)."""
    now = datetime.now(UTC)
    return any(
        not each.not_valid_before <= now <= each.not_valid_after
        for each in response.basic_ocsp_response["certs"] or ()
    )


def _updates(der: bytes) -> tuple[datetime, datetime | None]:
    from asn1crypto import crl

    head = crl.CertificateList.load(der, strict=True)["tbs_cert_list"]
    return head["this_update"].native, head["next_update"].native


def _der(content: bytes) -> bytes:
    """The content without the wrapping of PEM, which some servers send."""
    from asn1crypto import pem

    if not pem.detect(content):
        return content
    _kind, _headers, der = pem.unarmor(content)
    return bytes(der)
