"""Verdicts on certificates as JSON and for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from esignctl.certificates import OUTCOMES, Checked, Evidence, Verdict, telling
from esignctl.cli import cert_view
from esignctl.cli.session import Session
from esignctl.i18n import N_, _
from esignctl.result import Block, Facts, Grid, Heading, Note
from esignctl.text import dates

WORDS: Final = {
    "good": N_("good: the chain holds and it is not revoked"),
    "revoked": N_("revoked"),
    "invalid": N_("invalid: the chain does not hold"),
    "untrusted": N_("untrusted: no chain to a trusted authority"),
    "unknown": N_("unknown: nobody told whether it is revoked"),
    "expired": N_("expired"),
    "not-yet-valid": N_("not valid yet"),
}
SAYS: Final = {
    "good": N_("not revoked"),
    "revoked": N_("revoked"),
    "unknown": N_("does not know it"),
    "stale": N_("out of date"),
    "future": N_("made later than now"),
    "untrusted": N_("not signed by the issuer"),
    "responder-expired": N_("signed with an expired certificate"),
    "unusable": N_("no usable answer"),
    "no-answer": N_("no answer"),
}


def as_json(
    session: Session, verdicts: Sequence[Verdict], files: Sequence[str | None], now: datetime
) -> dict[str, Any]:
    """The verdicts, with the worst of them for all."""
    counts = Counter(each.outcome for each in verdicts)
    return {
        "verdict": next((outcome for outcome in OUTCOMES if counts[outcome]), None),
        "counts": {outcome: counts[outcome] for outcome in OUTCOMES if counts[outcome]},
        "items": [
            _item(session, verdict, file, now)
            for verdict, file in zip(verdicts, files, strict=True)
        ],
    }


def _item(session: Session, verdict: Verdict, file: str | None, now: datetime) -> dict[str, Any]:
    proof = verdict.proof
    return {
        **cert_view.as_json(session, verdict.certificate, now),
        "file": file,
        "verdict": verdict.outcome,
        "at": dates.utc_text(verdict.at),
        "revocation": {
            "status": proof.says if proof else "unknown",
            "revoked_at": _time(proof.revoked_at) if proof else None,
            "reason": (proof.reason or None) if proof else None,
            "source": proof.source if proof else None,
            "as_of": _time(proof.issued_at) if proof else None,
        },
        "chain": [
            {
                "fingerprint": each.certificate.fingerprint,
                "subject": session.free_text(each.certificate.subject),
                "not_after": dates.utc_text(each.certificate.not_after),
                "trusted": each.is_anchor,
                "checks": [_check(check) for check in each.evidence],
            }
            for each in verdict.chain
        ],
    }


def _check(check: Evidence) -> dict[str, Any]:
    return {
        "source": check.source,
        "url": check.url,
        "result": check.says,
        "problem": check.problem or None,
        "issued_at": _time(check.issued_at),
        "valid_until": _time(check.valid_until),
        "cached_at": _time(check.cached_at),
    }


def _time(moment: datetime | None) -> str | None:
    return dates.utc_text(moment) if moment else None


def blocks(session: Session, verdicts: Sequence[Verdict]) -> list[Block]:
    """The same for people: each one in full, or many as a table."""
    if len(verdicts) == 1:
        return list(_in_full(session, verdicts[0]))
    return table(session, verdicts)


def _in_full(session: Session, verdict: Verdict) -> Iterator[Block]:
    certificate = verdict.certificate
    yield Facts(
        [
            (_("Holder"), session.free_text(certificate.holder) or "-"),
            (_("Fingerprint (SHA-256)"), certificate.fingerprint),
            (_("Valid from"), cert_view.day(certificate.not_before)),
            (_("Until"), cert_view.day(certificate.not_after)),
            (_("At"), dates.show_moment(dates.utc_text(verdict.at))),
            (_("Verdict"), in_words(verdict)),
        ]
    )
    yield Heading(_("Chain"))
    yield Grid(
        (_("Certificate"), _("Until"), _("Asked"), _("Result"), _("As of")),
        [row for each in verdict.chain for row in _rows(session, each)],
    )


def _rows(session: Session, checked: Checked) -> Iterator[tuple[str, ...]]:
    certificate = checked.certificate
    name = session.free_text(certificate.holder) or certificate.fingerprint[:16]
    first = (name, cert_view.day(certificate.not_after))
    if checked.is_anchor:
        yield (*first, "-", _("trusted"), "-")
        return
    for each in checked.evidence:
        made = dates.show_moment(dates.utc_text(each.issued_at)) if each.issued_at else "-"
        source = "OCSP" if each.source == "ocsp" else "CRL"
        cached = _(" (kept)") if each.cached_at else ""
        yield (*first, f"{source} {telling.host(each.url)}{cached}", _(SAYS[each.says]), made)
        first = ("", "")
    if not checked.evidence:
        yield (*first, "-", "-", "-")


def table(session: Session, verdicts: Sequence[Verdict]) -> list[Block]:
    """Many verdicts, the worst first, and how many there are of each kind."""
    rows = [
        (
            session.free_text(each.certificate.holder) or "-",
            each.certificate.fingerprint[:16],
            cert_view.day(each.certificate.not_after),
            in_words(each),
        )
        for each in sorted(verdicts, key=lambda each: OUTCOMES.index(each.outcome))
    ]
    counts = Counter(each.outcome for each in verdicts)
    told = [f"{_(WORDS[each])}: {counts[each]}" for each in OUTCOMES if counts[each]]
    return [
        Grid((_("Holder"), _("Fingerprint"), _("Until"), _("Verdict")), rows),
        Note("; ".join(told) or _("There is no certificate to verify.")),
    ]


def in_words(verdict: Verdict) -> str:
    """The outcome, and of a revocation when and why."""
    revoked = verdict.revoked
    words = _(WORDS[verdict.outcome])
    if revoked is None or verdict.outcome != "revoked":
        return words
    return words + telling.revoked_in_words(revoked.revoked_at, revoked.reason)
