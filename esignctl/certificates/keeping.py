"""Certificates on their way into the registry, and how those in it stand."""

from datetime import UTC, date, datetime, time, timedelta

from esignctl.certificates.nes import Certificate
from esignctl.certificates.states import Period, State, state
from esignctl.registry import Connection, certificates
from esignctl.registry.certificates import Held, StoredCertificate
from esignctl.text.dates import ISTANBUL, utc_text


def to_keep(certificate: Certificate) -> StoredCertificate:
    """The certificate as the registry keeps it."""
    return StoredCertificate(
        fingerprint=certificate.fingerprint,
        subject=certificate.subject,
        issuer=certificate.issuer,
        serial=certificate.serial,
        holder=certificate.holder,
        tckn=certificate.tckn or "",
        not_before=utc_text(certificate.not_before),
        not_after=utc_text(certificate.not_after),
        kind=certificate.kind,
        qualified=certificate.qualified,
        der=certificate.der,
    )


def period(certificate: StoredCertificate) -> Period:
    """From when until when a certificate of the registry holds."""
    return Period(
        datetime.fromisoformat(certificate.not_before),
        datetime.fromisoformat(certificate.not_after),
    )


def state_of(held: Held, now: datetime, expiring_within: int, holds: Period | None = None) -> State:
    """The state of a certificate of the registry at `now`; `holds` is its period, if at hand."""
    newer = held.newer
    return state(
        holds or period(held.certificate),
        now,
        expiring_within,
        revoked=held.certificate.revoked_at is not None,
        others=[Period(*map(datetime.fromisoformat, each)) for each in newer] if newer else (),
    )


def ending(connection: Connection, first_day: date, last_day: date, now: datetime) -> list[Held]:
    """The qualified certificates of people that end from `first_day` to `last_day` inclusive.

    Days are those of Turkey. Certificates that are revoked, or replaced at `now` or by the time
    they end, are left out. In the order in which they end.
    """
    found = certificates.ending(
        connection, midnight(first_day), midnight(last_day + timedelta(days=1)), kind="nes"
    )
    return [each for each in found if state_of(each, now, 0) not in ("revoked", "replaced")]


def midnight(day: date) -> str:
    """The moment at which a day begins in Turkey, as the registry writes moments."""
    return utc_text(datetime.combine(day, time(), ISTANBUL).astimezone(UTC))
