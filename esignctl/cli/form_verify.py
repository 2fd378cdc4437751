"""``esignctl form verify``: who signed a PDF, when, and whether it can be relied on."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from esignctl import certificates
from esignctl.certificates import Cache, Network, Verifier
from esignctl.cli import cert_verdicts, cert_view
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.findings import finding
from esignctl.forms import judging, pdf, verification
from esignctl.forms.judging import WORTHS, Judged
from esignctl.i18n import N_, _
from esignctl.result import Block, Facts, Heading, Note, Result
from esignctl.text import dates, tckn

app = single()

WORDS: Final = {
    "good": N_("good: intact, trusted, qualified and valid when it was made"),
    "doubtful": N_("doubtful: see below"),
    "void": N_("void: it proves nothing"),
}
COVERS: Final = {
    "document": N_("the whole document"),
    "revision": N_("the whole document as it was then"),
    "part": N_("a part of the document"),
}
CHANGES: Final = {
    "none": N_("none"),
    "signatures": N_("further signatures"),
    "forms": N_("form fields were filled in"),
    "other": N_("other changes"),
}
SOURCES: Final = {
    "time-stamp": N_("time-stamp"),
    "claimed": N_("by the signer's computer"),
}


@app.command(cls=Command, help=_("Tell who signed a PDF, when, and whether it can be relied on."))
def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The PDF to verify."))],
    offline: Annotated[
        bool, typer.Option("--offline", help=_("Ask nobody; use the lists that were kept."))
    ] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help=_("Seconds for each request."))
    ] = 10.0,
) -> Result:
    """Every signature: intact, whole, by whom, when, qualified, valid and unrevoked then."""
    session = Session.of(context)
    content = pdf.load(file)
    name = tckn.mask_bare(file.name)
    seen = verification.look(name, content)
    now = datetime.now(UTC)
    with session.registry() as registry:
        verifier = Verifier(
            certificates.trust(registry),
            Network(seconds=timeout, offline=offline),
            Cache(registry.path.parent / "crl-cache"),
        )
        judged = [judging.judge(each, verifier.verify, now) for each in seen]
        found = [] if judged else [finding("SIGNATURE-NONE", file=name)]
        found += (told for each in judged for told in each.findings)
        unique = {(each.code, each.message): each for each in found}
        counts = Counter(each.worth for each in judged)
        data = {
            "file": session.free_text(file.name),
            "sha256": hashlib.sha256(content).hexdigest(),
            "verdict": next((worth for worth in WORTHS if counts[worth]), "unsigned"),
            "signatures": [_as_json(session, each, now) for each in judged],
        }
        view = list(_blocks(session, judged))
    return Result(
        data,
        list(unique.values()),
        attention=not judged or counts["good"] != len(judged),
        view=view,
    )


def _as_json(session: Session, judged: Judged, now: datetime) -> dict[str, Any]:
    seen, certificate, verdict = judged.seen, judged.certificate, judged.verdict
    stamp = seen.stamp
    return {
        "field": session.free_text(seen.field),
        "kind": seen.kind,
        "verdict": judged.worth,
        "level": seen.level or None,
        "sub_filter": seen.sub_filter or None,
        "intact": seen.problem in (None, "weak"),
        "problem": seen.problem,
        "covers": seen.covers,
        "changes_after": seen.changes,
        "changes_permitted": seen.permitted,
        "certifies": seen.certifies,
        "signer": {
            "name": session.free_text(certificate.holder) if certificate else None,
            "tckn": session.personal_number(certificate.tckn)
            if certificate and certificate.tckn
            else None,
        },
        "signed_at": dates.utc_text(judged.signed_at) if judged.signed_at else None,
        "time_source": judged.source,
        "claimed_at": dates.utc_text(seen.claimed_at) if seen.claimed_at else None,
        "timestamp": {
            "at": dates.utc_text(stamp.at),
            "sound": stamp.sound,
            "trusted": judged.stamp_verdict is not None and judged.stamp_verdict.outcome == "good",
            "authority": session.free_text(judged.stamp_verdict.certificate.holder)
            if judged.stamp_verdict
            else None,
        }
        if stamp
        else None,
        "qualified": judged.qualified,
        "trusted": verdict is not None and verdict.outcome not in ("untrusted", "invalid"),
        "certificate_verdict": verdict.outcome if verdict else None,
        "certificate": cert_view.as_json(session, certificate, now) if certificate else None,
        "reason": session.free_text(seen.reason) or None,
        "location": session.free_text(seen.location) or None,
    }


def _blocks(session: Session, judged: Sequence[Judged]) -> Iterator[Block]:
    if not judged:
        yield Note(_("No signature."))
    for number, each in enumerate(judged, start=1):
        yield Heading(
            _("Signature {number} of {count}").format(number=number, count=len(judged))
            if each.seen.kind == "signature"
            else _("Time-stamp {number} of {count}").format(number=number, count=len(judged))
        )
        yield Facts(list(_facts(session, each)))


def _facts(session: Session, judged: Judged) -> Iterator[tuple[str, str]]:
    seen, certificate = judged.seen, judged.certificate
    yield _("Verdict"), _(WORDS[judged.worth])
    if certificate:
        number = session.personal_number(certificate.tckn) if certificate.tckn else ""
        yield (
            _("Signed by"),
            " ".join(filter(None, (session.free_text(certificate.holder), number))),
        )
    if judged.signed_at:
        moment = dates.show_moment(dates.utc_text(judged.signed_at))
        yield _("Time"), f"{moment} ({_(SOURCES[judged.source])})"
    yield _("Intact"), _("yes") if seen.problem in (None, "weak") else _("no")
    yield _("Covers"), _(COVERS[seen.covers])
    yield _("Changes after"), _(CHANGES[seen.changes])
    if certificate:
        yield _("Qualified"), _("yes") if judged.qualified else _("no")
    if judged.verdict:
        yield _("Certificate"), cert_verdicts.in_words(judged.verdict)
    if seen.level:
        yield _("Signature"), f"PAdES {seen.level}"
    if seen.reason:
        yield _("Reason"), session.free_text(seen.reason)
    yield _("Field"), session.free_text(seen.field)
