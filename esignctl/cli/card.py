"""``esignctl card``: why a card does or does not work, live, and what is on it."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Annotated

import typer

from esignctl.cards import pcsc, status, watching
from esignctl.cards.diagnosis import Diagnosis, diagnose
from esignctl.cards.model import Observation
from esignctl.cards.slots import Slot, slots
from esignctl.certificates import Certificate
from esignctl.cli import card_drivers, card_history, card_pin, card_view, render
from esignctl.cli.frame import Command, group
from esignctl.cli.session import Session
from esignctl.errors import CardNotRead, ExitCode, PlaceNotWritable, RegistryTrouble
from esignctl.findings import finding
from esignctl.i18n import N_, _, ngettext
from esignctl.result import SCHEMA, Note, Result
from esignctl.text import dates

app = group(_("Why a signature card does not work, and what is on it."))
app.add_typer(card_pin.app, name="pin")

_GLANCE_EVERY = 0.25
_EVENTS = {
    "service-up": N_("The smart card service works."),
    "service-down": N_("The smart card service does not answer ({problem}); waiting for it."),
    "reader-added": N_("{reader}: reader connected"),
    "reader-removed": N_("{reader}: reader disconnected"),
    "card-in": N_("{reader}: card in, {card}"),
    "card-out": N_("{reader}: card out"),
}

ReaderName = Annotated[
    str | None,
    typer.Option(
        "--reader", metavar=_("NAME"), help=_("Only readers whose name holds these words.")
    ),
]


@app.command("status", cls=Command, help=_("Tell why a card does or does not work."))
def show_status(
    context: typer.Context,
    reader: ReaderName = None,
    no_record: Annotated[
        bool, typer.Option("--no-record", help=_("Keep what was seen out of the registry."))
    ] = False,
) -> Result:
    """Look at service, readers, cards, modules, PIN state and certificates; asks for no PIN."""
    session = Session.of(context)
    within = max(session.settings.reminders.days)
    seen = status.observe(session.settings.card.modules, reader)
    found = slots(seen)
    now = datetime.now(UTC)
    diagnoses = diagnose(seen, found, now, within)
    if not no_record:
        diagnoses += _kept(session, found, diagnoses, now)
    findings = [each.finding for each in diagnoses]
    return Result(
        card_view.as_json(session, seen, found, now),
        findings,
        attention=any(each.severity != "info" for each in findings),
        view=list(card_view.blocks(session, seen, found, diagnoses, now)),
    )


@app.command("watch", cls=Command, help=_("Show readers and cards live, until Ctrl-C."))
def watch(context: typer.Context, reader: ReaderName = None) -> None:
    """One line for each event; with ``--json`` one document on each line."""
    session = Session.of(context)
    before: watching.Glance | None = None
    try:
        while True:
            started = monotonic()
            service, readers = pcsc.glance()
            readers = tuple(each for each in readers if pcsc.fits(each, reader))
            now = watching.Glance(service, readers)
            for event in watching.events(before, now):
                _tell(session, event, service.problem or "")
            before = now
            sleep(max(0.0, started + _GLANCE_EVERY - monotonic()))
    except KeyboardInterrupt:
        # the way to end it, and no error to tell of
        raise SystemExit(int(ExitCode.INTERRUPTED)) from None


@app.command("certs", cls=Command, help=_("List the certificates on the card, or export them."))
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
    seen = status.observe(session.settings.card.modules, reader)
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
                    **card_view.certificate_json(session, each, now),
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


@app.command("drivers", cls=Command, help=_("Tell what software is missing, and where to get it."))
def show_drivers(context: typer.Context) -> Result:
    """What this computer has against what its reader and card need."""
    return card_drivers.show(context)


@app.command("history", cls=Command, help=_("Show the cards that were looked at before."))
def history(
    context: typer.Context,
    person: Annotated[
        str | None,
        typer.Option(
            "--person",
            metavar=_("PERSON"),
            help=_("A personal number, a registry id, or a name that fits only one."),
        ),
    ] = None,
) -> Result:
    """Earlier visits with card, PIN state, certificates and findings, latest first."""
    return card_history.show(Session.of(context), person)


def _kept(
    session: Session, found: Sequence[Slot], diagnoses: Sequence[Diagnosis], now: datetime
) -> list[Diagnosis]:
    """Keep what was seen; trouble with the registry is told and spoils nothing else."""
    try:
        return card_history.keep(session, found, diagnoses, now)
    except RegistryTrouble as trouble:
        told = finding("CARD-NOT-RECORDED", problem=str(trouble), remedy=trouble.advice)
        return [Diagnosis(None, told)]


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


def _tell(session: Session, event: watching.Event, problem: str) -> None:
    """Print one event at once."""
    now = datetime.now(UTC)
    if session.as_json:
        line = json.dumps(
            {
                "schema": SCHEMA,
                "command": session.command,
                "event": event.kind,
                "at": card_view.utc(now),
                "reader": event.reader or None,
                "card": card_view.card_json(event.card) if event.card else None,
            }
        )
    else:
        card = event.card
        text = _(_EVENTS[event.kind]).format(
            reader=event.reader,
            problem=_(card_view.SERVICE_PROBLEMS[problem]) if problem else "",
            card=card_view.card_name(card) if card else "",
        )
        line = render.clean(f"{now.astimezone(dates.ISTANBUL):%H:%M:%S}  {text}")
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
