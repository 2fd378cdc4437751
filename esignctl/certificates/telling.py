"""Verdicts in words: findings with their remedies."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from esignctl.certificates.verdicts import HOLD, Trouble, Verdict
from esignctl.findings import Finding, finding
from esignctl.i18n import N_, _, ngettext
from esignctl.text import dates, system, tckn

REASONS: Final = {
    "unspecified": N_("no reason told"),
    "key-compromise": N_("the key is no longer the holder's alone"),
    "ca-compromise": N_("the authority's key was stolen"),
    "affiliation-changed": N_("the holder's data or office changed"),
    "superseded": N_("replaced by another certificate"),
    "cessation-of-operation": N_("no longer needed"),
    HOLD: N_("suspended, which can be taken back"),
    "privilege-withdrawn": N_("the right to it was withdrawn"),
    "aa-compromise": N_("the authority's key was stolen"),
}
_FLAWS: Final = {
    "signature": N_("a signature in it is wrong"),
    "no-authority": N_("one of its certificates was not entitled to issue others"),
    "path-length": N_("it is longer than an authority in it allows"),
    "name-constraints": N_("an authority in it may not issue for this name"),
    "critical-extension": N_("it demands something that this program does not know"),
    "policy": N_("its policies contradict each other"),
    "algorithm": N_("an algorithm or key in it is too weak"),
    "malformed": N_("a certificate in it is malformed"),
    "other": N_("it breaks the rules for chains"),
}
_PROBLEMS: Final = {
    "address": N_("the address is no usable http address"),
    "name": N_("its name is not found"),
    "refused": N_("the connection is refused"),
    "timeout": N_("it took too long"),
    "tls": N_("the encrypted connection fails, as when a firewall opens it"),
    "proxy": N_("the proxy does not let it through"),
    "status": N_("it answers with the error {detail}"),
    "too-large": N_("what it sends is too large"),
    "redirects": N_("it leads on and on to other addresses"),
    "broken": N_("the connection broke"),
    "out-of-time": N_("the time for the whole run was used up"),
}
_ANSWERS: Final = {
    "malformed": N_("it is no answer of the right kind"),
    "unauthorized": N_("the responder does not answer for this issuer"),
    "try-later": N_("the responder asks to try later"),
    "internal-error": N_("the responder reports an error of its own"),
    "malformed-request": N_("the responder does not understand the question"),
    "sign-required": N_("the responder wants signed questions"),
}


def findings(verdict: Verdict, which: str) -> list[Finding]:
    """What a reader should know of a verdict, the verdict itself first.

    `which` names the certificate behind the word "certificate", such as ``in a.pem``.
    """
    troubles = sorted(verdict.troubles, key=lambda each: not each.code.startswith("CHAIN-"))
    found = [*_outcome(verdict, which), *(_trouble(each, which) for each in troubles)]
    unique = {(each.code, each.message): each for each in found}
    return list(unique.values())


def revoked_in_words(at: datetime | None, reason: str) -> str:
    """When and why something was revoked, such as `` on 2026-01-31 14:00 (…)``; may be empty."""
    when = ""
    if at is not None:
        when = _(" on {moment}").format(moment=dates.show_moment(dates.utc_text(at)))
    why = f" ({_(REASONS[reason])})" if reason in REASONS else ""
    return when + why


def _outcome(verdict: Verdict, which: str) -> Iterator[Finding]:
    certificate, revoked = verdict.certificate, verdict.revoked
    if revoked is not None:
        details = revoked_in_words(revoked.revoked_at, revoked.reason)
        yield finding("CERT-REVOKED", which=which, details=details)
    elif verdict.proof is not None and verdict.proof.says == "revoked":
        details = revoked_in_words(verdict.proof.revoked_at, verdict.proof.reason)
        yield finding("CERT-REVOKED-SINCE", which=which, details=details)
    if verdict.at > certificate.not_after:
        yield finding("CERT-EXPIRED", which=which, last_day=_day(certificate.not_after))
    if verdict.at < certificate.not_before:
        yield finding("CERT-NOT-YET-VALID", which=which, first_day=_day(certificate.not_before))
    if verdict.outcome == "unknown" and verdict.proof is None:
        yield finding("REVOCATION-UNDECIDED", which=which)


def _trouble(trouble: Trouble, which: str) -> Finding:
    fields: dict[str, Any] = dict(trouble.fields)
    words: dict[str, object] = {
        "which": which,
        "authority": tckn.mask_within(str(fields.get("authority", ""))),
        "fingerprint": fields.get("fingerprint", ""),
        "host": fields.get("host") or host(str(fields.get("url", ""))),
        "folder": fields.get("folder", ""),
    }
    words["problem"] = _problem(trouble.code, fields)
    for name, key in (("last_day", "until"), ("until", "until"), ("made", "issued_at")):
        if isinstance(fields.get(key), datetime):
            words[name] = _moment(fields[key]) if name != "last_day" else _day(fields[key])
    if trouble.code == "REVOCATION-CACHED":
        words |= {"fetched": _moment(fields["at"]), "age": _age(fields["at"])}
    return finding(trouble.code, **words)


def _problem(code: str, fields: dict[str, Any]) -> str:
    if isinstance(error := fields.get("error"), OSError):
        return system.in_words(error)
    if kind := fields.get("flaw"):
        return _(_FLAWS[kind])
    problem = fields.get("problem", "")
    if code == "SERVER-NO-ANSWER":
        return _(_PROBLEMS[problem]).format(detail=fields["detail"])
    return _(_ANSWERS.get(problem, _ANSWERS["malformed"]))


def _age(since: datetime) -> str:
    hours = max(int((datetime.now(UTC) - since).total_seconds()) // 3600, 0)
    if hours < 48:
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    days = hours // 24
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def _moment(moment: datetime) -> str:
    return dates.show_moment(dates.utc_text(moment.astimezone(UTC)))


def _day(moment: datetime) -> str:
    return dates.show(dates.in_turkey(moment).date())


def host(url: str) -> str:
    """The host in an address; the address where there is none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
