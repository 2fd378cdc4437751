"""``esignctl cert show``: everything that is known of one certificate."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from esignctl import certificates
from esignctl.certificates import Certificate
from esignctl.cli import cert_view
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import CertificateAmbiguous, NotFound
from esignctl.i18n import _
from esignctl.registry import Connection
from esignctl.registry import certificates as kept
from esignctl.registry.certificates import Held
from esignctl.result import Facts, Result
from esignctl.text import dates

app = single()

_NAMED_AT_MOST = 5
_SHOWN_DIGITS = 16


@app.command(cls=Command, help=_("Show everything that is known of a certificate."))
def show(
    context: typer.Context,
    wanted: Annotated[
        str,
        typer.Argument(
            metavar=_("FINGERPRINT"),
            help=_("The SHA-256 fingerprint or its beginning, or the serial number."),
        ),
    ],
) -> Result:
    """One certificate: holder, validity, state, policy, key and issuer."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        held = find(connection, wanted)
        now = datetime.now(UTC)
        state = certificates.state_of(held, now, cert_view.within(session))
        der = held.certificate.der
        inside = certificates.read(der) if der is not None else None
        return Result(
            {**cert_view.held_json(session, held, now, state), **_inside_json(inside)},
            view=[Facts(list(_facts(session, held, inside, now)))],
        )


def find(connection: Connection, wanted: str) -> Held:
    """The certificate that is meant. Raises `NotFound` and `CertificateAmbiguous`."""
    digits = "".join(character for character in wanted if character.isalnum())
    try:
        key = f"{int(digits, 16):0{len(digits)}X}"
    except ValueError:
        key = ""
    found = kept.looked_up(connection, key) if key else []
    exact = [
        each for each in found if key in (each.certificate.fingerprint, each.certificate.serial)
    ]
    if len(exact or found) > 1:
        names = [
            (each.certificate.fingerprint or each.certificate.serial)[:_SHOWN_DIGITS]
            for each in found[:_NAMED_AT_MOST]
        ]
        more = ["…"] if len(found) > _NAMED_AT_MOST else []
        raise CertificateAmbiguous(count=len(found), names=", ".join(names + more))
    if not found:
        raise NotFound(what=_("certificate"), name=wanted, lookup="esignctl cert list")
    return (exact or found)[0]


def _inside_json(inside: Certificate | None) -> dict[str, Any]:
    return {
        "issuer_name": (inside.issuer_name or None) if inside else None,
        "issuer_version": inside.issuer_version if inside else None,
        "policies": list(inside.policies) if inside else [],
        "key": (inside.key or None) if inside else None,
        "authority": inside.is_ca if inside else None,
    }


def _facts(
    session: Session, held: Held, inside: Certificate | None, now: datetime
) -> Iterator[tuple[str, str]]:
    certificate, person = held.certificate, held.person
    period = certificates.period(certificate)
    state = certificates.state_of(held, now, cert_view.within(session))
    yield _("Holder"), certificate.holder or "-"
    if certificate.tckn:
        yield _("Personal number"), session.personal_number(certificate.tckn)
    yield _("Person"), f"{person.name} ({person.id})" if person else "-"
    if person and person.unit:
        yield _("Unit"), person.unit
    yield (
        _("Kind"),
        cert_view.kind_in_words(
            certificate.kind,
            qualified=certificate.qualified,
            is_ca=inside is not None and inside.is_ca,
        ),
    )
    yield _("State"), _(cert_view.STATES[state])
    yield _("Valid from"), dates.show_moment(certificate.not_before)
    yield _("Until"), dates.show_moment(certificate.not_after)
    yield _("Days left"), str(period.days_left(now.astimezone(dates.ISTANBUL).date()))
    if certificate.revoked_at:
        reason = f" ({certificate.revocation_reason})" if certificate.revocation_reason else ""
        yield _("Revoked"), dates.show_moment(certificate.revoked_at) + reason
    if certificate.checked_at:
        yield _("Checked"), dates.show_moment(certificate.checked_at)
    yield _("Serial number"), certificate.serial
    yield _("Fingerprint (SHA-256)"), certificate.fingerprint or "-"
    yield _("Subject"), session.free_text(certificate.subject)
    yield _("Issuer"), session.free_text(certificate.issuer)
    if inside:
        yield _("Policies"), ", ".join(inside.policies) or "-"
        yield _("Key"), inside.key or "-"
