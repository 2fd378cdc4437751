"""``esignctl card certs``: the certificates of the card, and copies of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from esignctl.cards.diagnosis import diagnose
from esignctl.cards.model import Observation
from esignctl.cards.slots import slots
from esignctl.certificates import Certificate
from esignctl.cli import card_view, cert_view
from esignctl.cli.card import ReaderName
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import CardNotRead, PlaceNotWritable
from esignctl.findings import finding
from esignctl.i18n import _, ngettext
from esignctl.result import Note, Result

app = single()


@app.command(cls=Command, help=_("List the certificates on the card, or export them."))
def certs(
    context: typer.Context,
    reader: ReaderName = None,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export", metavar=_("DIR"), help=_("Write each one there, as DER and as PEM.")
        ),
    ] = None,
) -> Result:
    """Certificates are public: reading them takes no PIN."""
    session = Session.of(context)
    seen = session.observe(reader)
    found = [slot for slot in slots(seen) if slot.token is not None]
    now = datetime.now(UTC)
    if not found:
        raise _unread(seen, now)
    held = [(slot, each) for slot in found for each in slot.certificates]
    names = [_write(export, each) if export else "" for _slot, each in held]
    text = ngettext("{count} certificate", "{count} certificates", len(held))
    return Result(
        {
            "certificates": [
                {
                    "reader": slot.reader.name,
                    **cert_view.as_json(session, each, now),
                    "files": [f"{name}.der", f"{name}.pem"] if name else [],
                }
                for (slot, each), name in zip(held, names, strict=True)
            ]
        },
        [finding("CERT-NONE", reader=slot.reader.name) for slot in found if not slot.certificates],
        attention=any(not slot.certificates for slot in found),
        view=[
            card_view.certificate_grid(
                session,
                [(name, each) for (_slot, each), name in zip(held, names, strict=True)],
                now,
            ),
            Note(text.format(count=len(held))),
        ],
    )


def _unread(seen: Observation, now: datetime) -> CardNotRead:
    """Why there is nothing to read, as an error: the first thing that is wrong."""
    for each in diagnose(seen, slots(seen), now, 0):
        if each.finding.severity == "error":
            return CardNotRead(problem=each.finding.message, remedy=each.finding.remedy)
    return CardNotRead(
        problem=_("There is no card in any reader."), remedy=_("Push the card in and try again.")
    )


def _write(folder: Path, certificate: Certificate) -> str:
    """Write a certificate as DER and PEM; returns the files' name without its end."""
    name = f"{certificate.kind}-{certificate.fingerprint[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.der").write_bytes(certificate.der)
        (folder / f"{name}.pem").write_text(certificate.pem, encoding="ascii", newline="\n")
    except OSError as error:
        raise PlaceNotWritable(file=folder.name, problem=error.strerror) from None
    return name
