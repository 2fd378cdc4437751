"""Certificates as JSON and in words."""

from datetime import datetime
from typing import Any

from esignctl import certificates
from esignctl.certificates import Certificate
from esignctl.cli.session import Session
from esignctl.i18n import N_, _
from esignctl.registry.certificates import Held, StoredCertificate
from esignctl.text import dates

KINDS = {
    "nes": N_("qualified e-signature (NES)"),
    "mobile": N_("mobile e-signature"),
    "seal": N_("fiscal seal"),
    "other": N_("other"),
}
STATES = {
    "valid": N_("valid"),
    "expiring": N_("expires soon"),
    "expired": N_("expired"),
    "not-yet-valid": N_("not valid yet"),
    "revoked": N_("revoked"),
    "replaced": N_("replaced by a newer one"),
}


def as_json(
    session: Session, certificate: Certificate | StoredCertificate, now: datetime
) -> dict[str, Any]:
    """A certificate by itself; the names in it as this run may show them."""
    if isinstance(certificate, Certificate):
        certificate = certificates.to_keep(certificate)
    period = certificates.period(certificate)
    return {
        "fingerprint": certificate.fingerprint,
        "subject": session.free_text(certificate.subject),
        "issuer": session.free_text(certificate.issuer),
        "serial": certificate.serial,
        "not_before": certificate.not_before,
        "not_after": certificate.not_after,
        "days_left": period.days_left(now.astimezone(dates.ISTANBUL).date()),
        "kind": "nes" if certificate.kind == "mobile" else certificate.kind,
        "qualified": certificate.qualified,
        "status": period.status(now, within(session)),
    }


def held_json(session: Session, held: Held, now: datetime) -> dict[str, Any]:
    """A certificate of the registry with its state and its holder."""
    certificate, person = held.certificate, held.person
    return {
        **as_json(session, certificate, now),
        "state": certificates.state_of(held, now, within(session)),
        "revoked_at": certificate.revoked_at,
        "revocation_reason": certificate.revocation_reason or None,
        "checked_at": certificate.checked_at,
        "holder": {
            "name": certificate.holder or None,
            "tckn": session.personal_number(certificate.tckn) if certificate.tckn else None,
            "person": person.id if person else None,
            "unit": (person.unit or None) if person else None,
        },
    }


def within(session: Session) -> int:
    """How many days left make a certificate expire soon: the largest reminder threshold."""
    return max(session.settings.reminders.days)


def kind_in_words(kind: str, *, qualified: bool, is_ca: bool = False) -> str:
    """What a certificate is for, such as ``qualified e-signature (NES), not qualified``."""
    if is_ca:
        return _("authority")
    words = _(KINDS[kind])
    if kind in ("nes", "mobile") and not qualified:
        return _("{kind}, not qualified").format(kind=words)
    return words


def day(moment: datetime) -> str:
    """The day of a moment, in Turkey, for people."""
    return dates.show(moment.astimezone(dates.ISTANBUL).date())
