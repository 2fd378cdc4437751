"""``esignctl cert trust``: the authorities at which chains may end. Nothing is trusted unasked."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from esignctl.certificates import Certificate, trusting
from esignctl.certificates.pinned import PINNED
from esignctl.cli import cert_view, render
from esignctl.cli.cert_files import read_file
from esignctl.cli.frame import Command, group
from esignctl.cli.prompts import need_terminal
from esignctl.cli.session import Session
from esignctl.errors import (
    Declined,
    NotFound,
    TrustFingerprintWrong,
    TrustNoAuthority,
)
from esignctl.findings import Finding, finding
from esignctl.i18n import N_, _, ngettext
from esignctl.registry import anchors
from esignctl.registry.anchors import Anchor
from esignctl.result import Facts, Grid, Heading, Note, Result

app = group(_("Choose the authorities that are trusted."))

SOURCES: Final = {
    "pinned": N_("KamuSM's, by the fingerprint in the program"),
    "confirmed": N_("confirmed by its fingerprint"),
}
_SHOWN_DIGITS: Final = 16


@app.command("add", cls=Command, help=_("Trust the authorities whose certificates are in a file."))
def add(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar=_("FILE"), help=_("Certificates in DER, PEM or PKCS#7."))
    ],
    fingerprint: Annotated[
        list[str] | None,
        typer.Option(
            "--fingerprint",
            metavar="SHA256",
            help=_("The fingerprint that the publisher states, for each that is not KamuSM's."),
        ),
    ] = None,
) -> Result:
    """KamuSM's are known by their fingerprints; for others the user states the fingerprint."""
    session = Session.of(context)
    offer = trusting.sort_out(read_file(file), _given(fingerprint or (), file))
    if not (offer.pinned or offer.confirmed or offer.open):
        raise TrustNoAuthority(file=file.name)
    if fingerprint and len(offer.confirmed) + len(offer.pinned) == 0:
        raise TrustFingerprintWrong(file=file.name)
    confirmed, left = list(offer.confirmed), list(offer.open)
    if not (offer.pinned or confirmed):
        confirmed, left = _ask(session, left, file), []
    chosen = [
        *(trusting.to_anchor(each, "pinned") for each in offer.pinned),
        *(trusting.to_anchor(each, "confirmed") for each in confirmed),
    ]
    with session.registry() as registry, registry.write(session.command) as transaction:
        new = anchors.add(transaction, chosen)
    now = datetime.now(UTC)
    added = [anchor for anchor, is_new in zip(chosen, new, strict=True) if is_new]
    text = ngettext("{count} authority added.", "{count} authorities added.", len(added))
    return Result(
        {
            "added": [_json(session, each, now) for each in added],
            "known": [
                _json(session, each, now)
                for each, is_new in zip(chosen, new, strict=True)
                if not is_new
            ],
            "skipped": [each.fingerprint for each in (*left, *offer.others)],
        },
        [
            *_expired(chosen, now),
            *(finding("TRUST-NOT-CONFIRMED", authority=_name(each)) for each in left),
        ],
        attention=bool(left),
        view=[_grid(session, chosen, now), Note(text.format(count=len(added)))],
    )


@app.command("list", cls=Command, help=_("List the authorities that are trusted."))
def list_(context: typer.Context) -> Result:
    """What is trusted, and which of KamuSM's certificates would be known by fingerprint."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        chosen = anchors.everything(connection)
    now = datetime.now(UTC)
    held = {each.fingerprint for each in chosen}
    text = ngettext(
        "{count} authority is trusted.", "{count} authorities are trusted.", len(chosen)
    )
    rows = [(name, fingerprint) for fingerprint, name in PINNED.items() if fingerprint not in held]
    return Result(
        {
            "anchors": [_json(session, each, now) for each in chosen],
            "pinned": [
                {"fingerprint": fingerprint, "name": name, "trusted": fingerprint in held}
                for fingerprint, name in PINNED.items()
            ],
        },
        _expired(chosen, now),
        view=[
            _grid(session, chosen, now),
            Note(text.format(count=len(chosen))),
            Heading(_("Recognised when they are added")),
            Grid((_("Authority"), _("Fingerprint (SHA-256)")), rows),
        ],
    )


@app.command("remove", cls=Command, help=_("Trust an authority no longer."))
def remove(
    context: typer.Context,
    fingerprint: Annotated[
        str,
        typer.Argument(
            metavar=_("FINGERPRINT"), help=_("The SHA-256 fingerprint, or its beginning.")
        ),
    ],
) -> Result:
    """What hung on it can no longer be verified."""
    session = Session.of(context)
    digits = "".join(character for character in fingerprint if character.isalnum())
    with session.registry() as registry:
        with registry.read() as connection:
            found = [
                each
                for each in anchors.everything(connection)
                if digits and each.fingerprint.startswith(_hexadecimal(digits))
            ]
        if len(found) != 1:
            raise NotFound(
                what=_("trusted authority"), name=fingerprint, lookup="esignctl cert trust list"
            )
        with registry.write(session.command) as transaction:
            anchors.remove(transaction, found[0])
    now = datetime.now(UTC)
    return Result(
        {"removed": _json(session, found[0], now)},
        view=[Facts([(_("No longer trusted"), session.free_text(found[0].subject))])],
    )


def _given(texts: Sequence[str], file: Path) -> list[str]:
    try:
        return [trusting.fingerprint(text) for text in texts]
    except ValueError:
        raise TrustFingerprintWrong(file=file.name) from None


def _ask(session: Session, offered: Sequence[Certificate], file: Path) -> list[Certificate]:
    """Those whose fingerprint the user types. Without a terminal, the flag is named."""
    need_terminal("--fingerprint SHA256", session)
    for each in offered:
        # its fingerprint is not shown: copied from here it would confirm nothing
        _say(_("Authority: {name}").format(name=_name(each)))
        _say(_("Subject: {name}").format(name=session.free_text(each.subject)))
        period = f"{cert_view.day(each.not_before)} - {cert_view.day(each.not_after)}"
        _say(_("Valid: {period}").format(period=period))
    sys.stderr.write(_("Type the SHA-256 fingerprint that its publisher states: "))
    sys.stderr.flush()
    typed = sys.stdin.readline().strip()
    if not typed:
        raise Declined
    (wanted,) = _given([typed], file)
    confirmed = [each for each in offered if each.fingerprint == wanted]
    if not confirmed:
        raise TrustFingerprintWrong(file=file.name)
    return confirmed


def _say(text: str) -> None:
    sys.stderr.write(render.clean(text) + "\n")


def _name(certificate: Certificate) -> str:
    return certificate.holder or certificate.fingerprint[:_SHOWN_DIGITS]


def _hexadecimal(digits: str) -> str:
    try:
        return f"{int(digits, 16):0{len(digits)}X}"
    except ValueError:
        return "-"


def _expired(chosen: Sequence[Anchor], now: datetime) -> list[Finding]:
    return [
        finding(
            "TRUST-EXPIRED",
            authority=_name(trusting.certificate_of(each)),
            last_day=cert_view.day(datetime.fromisoformat(each.not_after)),
        )
        for each in chosen
        if trusting.is_over(each, now)
    ]


def _json(session: Session, anchor: Anchor, now: datetime) -> dict[str, Any]:
    certificate = trusting.certificate_of(anchor)
    return {
        "fingerprint": anchor.fingerprint,
        "name": certificate.holder or None,
        "subject": session.free_text(anchor.subject),
        "kind": "root" if certificate.subject == certificate.issuer else "intermediate",
        "not_before": anchor.not_before,
        "not_after": anchor.not_after,
        "status": certificate.status(now, 0),
        "source": anchor.source,
        "added_at": anchor.added_at or None,
    }


def _grid(session: Session, chosen: Sequence[Anchor], now: datetime) -> Grid:
    return Grid(
        (_("Authority"), _("Until"), _("State"), _("Trusted for"), _("Fingerprint (SHA-256)")),
        list(_rows(session, chosen, now)),
    )


def _rows(session: Session, chosen: Sequence[Anchor], now: datetime) -> Iterator[tuple[str, ...]]:
    for each in chosen:
        certificate = trusting.certificate_of(each)
        yield (
            session.free_text(_name(certificate)),
            cert_view.day(certificate.not_after),
            _(cert_view.STATES[certificate.status(now, 0)]),
            _(SOURCES[each.source]),
            each.fingerprint,
        )
