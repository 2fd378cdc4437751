"""What a signature is worth: its soundness, its time and its certificate taken together.

Rules of values: whom to trust, and what is revoked, the function knows that is handed in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from esignctl import certificates
from esignctl.certificates import Certificate, NotACertificate, Verdict
from esignctl.findings import Finding, finding
from esignctl.forms.verification import Seen, Signer, Stamp
from esignctl.i18n import _
from esignctl.text import dates, tckn

Worth = Literal["good", "doubtful", "void"]
WORTHS: Final[tuple[Worth, ...]] = ("void", "doubtful", "good")
"""Every worth, the worst first."""

Source = Literal["time-stamp", "claimed", "none"]

_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_VOID_OUTCOMES: Final = ("revoked", "expired", "not-yet-valid", "invalid")
_OWN_WORDS: Final = ("CERT-EXPIRED", "CERT-NOT-YET-VALID", "CERT-REVOKED")
"""Findings whose remedies are for the holder of a certificate: said here for who verifies."""


class Verify(Protocol):
    """Tells whether a certificate can be relied on at a moment, now for None."""

    def __call__(
        self, certificate: Certificate, between: Sequence[Certificate], at: datetime | None, /
    ) -> Verdict: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """A signature and what it is worth.

    ``void`` is what proves nothing, or was not valid when it was made; ``doubtful`` is what a
    person must look into. `signed_at` is the time that counts, as `source` tells, and `verdict` is
    on the certificate at that time; `stamp_verdict` is on the one who stamped it, at the time told.
    """

    seen: Seen
    worth: Worth
    certificate: Certificate | None = None
    signed_at: datetime | None = None
    source: Source = "none"
    verdict: Verdict | None = None
    stamp_verdict: Verdict | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def field(self) -> str:
        """The field's name as it may be told: whoever made the document chose it."""
        return tckn.mask_within(self.seen.field)

    @property
    def qualified(self) -> bool:
        """Whether the certificate is a qualified one."""
        return self.certificate is not None and self.certificate.qualified


def judge(seen: Seen, verify: Verify, now: datetime) -> Judged:
    """What one signature is worth at `now`."""
    judged = Judged(seen, "void")
    if seen.signer is not None:
        judged = _with_certificates(seen, seen.signer, verify)
    worth = _worth(judged, now)
    return replace(judged, worth=worth, findings=tuple(_findings(judged, now)))


def _with_certificates(seen: Seen, signer: Signer, verify: Verify) -> Judged:
    stamp_verdict = None
    if seen.stamp is not None:
        authority, others = _read(seen.stamp.authority)
        stamp_verdict = verify(authority, others, seen.stamp.at) if authority else None
    signed_at, source = _time(seen, stamp_verdict)
    certificate, between = _read(signer)
    if seen.kind == "document-timestamp" or certificate is None:
        verdict = stamp_verdict
    else:
        verdict = verify(certificate, between, signed_at)
    return Judged(seen, "void", certificate, signed_at, source, verdict, stamp_verdict)


def _read(signer: Signer) -> tuple[Certificate | None, list[Certificate]]:
    read: list[Certificate | None] = []
    for der in (signer.certificate, *signer.others):
        try:
            read.append(certificates.read(der))
        except NotACertificate:
            read.append(None)
    return read[0], [each for each in read[1:] if each is not None]


def _time(seen: Seen, verdict: Verdict | None) -> tuple[datetime | None, Source]:
    """The time that counts: that of a time-stamp that can be relied on, else what is claimed."""
    if seen.stamp is not None and _is_proof(seen.stamp, verdict):
        return seen.stamp.at, "time-stamp"
    return seen.claimed_at, "claimed" if seen.claimed_at else "none"


def _is_proof(stamp: Stamp, verdict: Verdict | None) -> bool:
    return stamp.sound and verdict is not None and verdict.outcome == "good"


def _worth(judged: Judged, now: datetime) -> Worth:
    seen, verdict = judged.seen, judged.verdict
    if (
        seen.problem in ("unreadable", "altered", "forged")
        or seen.covers == "part"
        or seen.changes == "other"
        or not seen.permitted
        or judged.certificate is None
        or verdict is None
        or verdict.outcome in _VOID_OUTCOMES
    ):
        return "void"
    is_person = seen.kind == "signature"
    if (
        seen.problem is not None
        or seen.changes == "forms"
        or verdict.outcome != "good"
        or (is_person and not judged.qualified)
        or (seen.stamp is not None and judged.source != "time-stamp")
        or judged.signed_at is None
        or judged.signed_at > now + _CLOCKS_DIFFER
        or _is_unproven(judged)
    ):
        return "doubtful"
    return "good"


def _is_unproven(judged: Judged) -> bool:
    """Whether a revocation since could come before the signature, whose time is only claimed."""
    proof = judged.verdict.proof if judged.verdict else None
    return judged.source != "time-stamp" and proof is not None and proof.says == "revoked"


def _findings(judged: Judged, now: datetime) -> Iterator[Finding]:
    seen, field = judged.seen, judged.field
    if seen.problem is not None:
        yield finding(f"SIGNATURE-{_CODES[seen.problem]}", field=field)
        if seen.problem in ("unreadable", "altered", "forged"):
            return
    if seen.covers == "part":
        yield finding("SIGNATURE-PARTIAL", field=field)
    elif seen.changes == "other" or not seen.permitted:
        yield finding("SIGNATURE-CHANGED-AFTER", field=field)
    elif seen.changes == "forms":
        yield finding("SIGNATURE-FORMS-AFTER", field=field)
    yield from _about_time(judged, now)
    if seen.kind == "signature" and not judged.qualified:
        yield finding("SIGNATURE-NOT-QUALIFIED", field=field)
    yield from _about_certificate(judged)


def _about_time(judged: Judged, now: datetime) -> Iterator[Finding]:
    seen, field = judged.seen, judged.field
    if seen.stamp is not None and not seen.stamp.sound:
        yield finding("SIGNATURE-TIMESTAMP-BROKEN", field=field)
    elif seen.stamp is not None and judged.source != "time-stamp":
        yield finding("SIGNATURE-TIMESTAMP-UNPROVEN", field=field)
        if judged.stamp_verdict is not None and judged.verdict is not judged.stamp_verdict:
            which = _("of the time-stamp in {field}").format(field=field)
            yield from certificates.findings(judged.stamp_verdict, which)
    if judged.signed_at is None:
        yield finding("SIGNATURE-TIME-MISSING", field=field)
    elif judged.signed_at > now + _CLOCKS_DIFFER:
        yield finding("SIGNATURE-TIME-FUTURE", field=field, moment=_moment(judged.signed_at))
    elif _is_unproven(judged):
        yield finding("SIGNATURE-TIME-UNPROVEN", field=field)
    elif judged.source == "claimed" and seen.kind == "signature":
        yield finding("SIGNATURE-TIME-CLAIMED", field=field)


def _about_certificate(judged: Judged) -> Iterator[Finding]:
    verdict, field = judged.verdict, judged.field
    if verdict is None:
        return
    words = {
        "revoked": "SIGNATURE-CERTIFICATE-REVOKED",
        "expired": "SIGNATURE-CERTIFICATE-EXPIRED",
        "not-yet-valid": "SIGNATURE-CERTIFICATE-EARLY",
    }
    if verdict.outcome in words:
        yield finding(
            words[verdict.outcome],
            field=field,
            at=_moment(verdict.at),
            first=_moment(verdict.certificate.not_before),
            last=_moment(verdict.certificate.not_after),
        )
    which = _("of the signature in {field}").format(field=field)
    yield from (
        each for each in certificates.findings(verdict, which) if each.code not in _OWN_WORDS
    )


def _moment(moment: datetime) -> str:
    return dates.show_moment(moment.isoformat())


_CODES: Final = {
    "unreadable": "UNREADABLE",
    "altered": "ALTERED",
    "forged": "FORGED",
    "weak": "WEAK",
}
