"""``esignctl cert verify --all``: every certificate of the registry, and what it keeps of that."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from esignctl import certificates
from esignctl.certificates import Certificate, Round, Verdict, Verifier
from esignctl.cli import cert_verdicts, render
from esignctl.cli.session import Session
from esignctl.findings import Finding, finding
from esignctl.i18n import _
from esignctl.registry import Registry
from esignctl.registry import certificates as kept
from esignctl.result import Result
from esignctl.text import dates

# so many are verified, and what was learnt of them kept, at a time
_AT_ONCE: Final = 500
_UNSETTLED: Final = ("invalid", "untrusted", "unknown")


def verify_all(session: Session, registry: Registry, verifier: Verifier) -> Result:
    """Verify what holds or ended since it was verified last; keep what was learnt as it comes."""
    round_ = Round(verifier)
    with registry.read() as connection:
        ids = kept.to_verify(connection, dates.utc_text(verifier.now))
    verdicts: list[Verdict] = []
    with render.progress(_("Verifying"), len(ids), session) as advance:
        for first in range(0, len(ids), _AT_ONCE):
            with registry.read() as connection:
                contents = kept.contents(connection, ids[first : first + _AT_ONCE])
            chunk = []
            for content in contents:
                if round_.is_over:
                    break
                chunk.append(round_.verify(certificates.read(content)))
                advance()
            note(session, registry, chunk)
            verdicts += chunk
    left = len(ids) - len(verdicts)
    data = cert_verdicts.as_json(session, verdicts, [None] * len(verdicts), verifier.now)
    return Result(
        {**data, "left": left},
        _findings(verdicts, left),
        attention=bool(left) or any(_needs_a_person(each) for each in verdicts),
        view=cert_verdicts.table(session, verdicts),
    )


def note(session: Session, registry: Registry, verdicts: Iterable[Verdict]) -> None:
    """Keep what was learnt of certificates that the registry knows."""
    checks = [
        kept.Check(each.certificate.fingerprint, _text(proof.revoked_at), proof.reason)
        for each in verdicts
        if (proof := each.proof) is not None
    ]
    if checks:
        with registry.write(session.command) as transaction:
            kept.note(transaction, checks, certificates.HOLD)


def which(certificate: Certificate) -> str:
    """Words for a certificate of the registry, in a finding."""
    digits = f"{certificate.fingerprint[:16]}…"
    return _("with the fingerprint {fingerprint}").format(fingerprint=digits)


def _needs_a_person(verdict: Verdict) -> bool:
    """Whether somebody has to look: what has ended concerns nobody any more."""
    if verdict.at > verdict.certificate.not_after:
        return False
    return verdict.outcome == "revoked" or verdict.outcome in _UNSETTLED


def _findings(verdicts: Sequence[Verdict], left: int) -> list[Finding]:
    """Each revoked one; what troubled the others once, told of the first that it troubled."""
    found: list[Finding] = []
    told = set()
    unsettled = Counter[str]()
    for verdict in verdicts:
        if not _needs_a_person(verdict):
            continue
        if verdict.outcome in _UNSETTLED:
            unsettled[verdict.outcome] += 1
        for each in certificates.findings(verdict, which(verdict.certificate)):
            if each.code == "CERT-REVOKED" or each.code not in told:
                told.add(each.code)
                found.append(each)
    if unsettled:
        outcomes = ", ".join(
            f"{_(cert_verdicts.WORDS[name])}: {n}" for name, n in unsettled.items()
        )
        found.insert(0, finding("CERTS-UNSETTLED", count=unsettled.total(), outcomes=outcomes))
    if left:
        found.insert(0, finding("CERTS-LEFT", count=left))
    return found


def _text(moment: datetime | None) -> str | None:
    return dates.utc_text(moment) if moment else None
