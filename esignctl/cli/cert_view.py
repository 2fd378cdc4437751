"""Certificates as JSON and in words."""

from datetime import UTC, datetime
from typing import Any

from esignctl import certificates
from esignctl.certificates import Certificate, Period, State
from esignctl.cli.session import Session
from esignctl.errors import ValueRejected
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
    session: Session,
    certificate: Certificate | StoredCertificate,
    now: datetime,
    period: Period | None = None,
) -> dict[str, Any]:
    """A certificate by itself; the names in it as this run may show them."""
    if isinstance(certificate, Certificate):
        certificate = certificates.to_keep(certificate)
    period = period or certificates.period(certificate)
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


def held_json(
    session: Session, held: Held, now: datetime, state: State, period: Period | None = None
) -> dict[str, Any]:
    """A certificate of the registry with its state at `now` and its holder."""
    certificate, person = held.certificate, held.person
    return {
        **as_json(session, certificate, now, period),
        "state": state,
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


def moment(option: str, day: datetime | None) -> datetime:
    """The moment at which certificates are looked at, from the day that an option names.

    Raises `ValueRejected` for a day that is not of our time.
    """
    try:
        wanted = dates.parse_date(day)[0] if day is not None else None
    except ValueError:
        raise ValueRejected(what=option, problem=_("it is not a day of our time")) from None
    return certificates.moment_of(wanted, datetime.now(UTC))


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
    return dates.show(dates.in_turkey(moment).date())
