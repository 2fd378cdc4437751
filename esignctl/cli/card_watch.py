"""``esignctl card watch``: what happens at the readers, live."""

import json
import sys
from datetime import UTC, datetime
from time import monotonic, sleep

import typer

from esignctl.cards import pcsc, watching
from esignctl.cli import card_view, render
from esignctl.cli.card import ReaderName
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import ExitCode
from esignctl.i18n import N_, _
from esignctl.result import SCHEMA
from esignctl.text import dates

app = single()

_GLANCE_EVERY = 0.25
_EVENTS = {
    "service-up": N_("The smart card service works."),
    "service-down": N_("The smart card service does not answer ({problem}); waiting for it."),
    "reader-added": N_("{reader}: reader connected"),
    "reader-removed": N_("{reader}: reader disconnected"),
    "card-in": N_("{reader}: card in, {card}"),
    "card-out": N_("{reader}: card out"),
}


@app.command(cls=Command, help=_("Show readers and cards live, until Ctrl-C."))
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


def _tell(session: Session, event: watching.Event, problem: str) -> None:
    """Print one event at once."""
    now = datetime.now(UTC)
    if session.as_json:
        line = json.dumps(
            {
                "schema": SCHEMA,
                "command": session.command,
                "event": event.kind,
                "at": dates.utc_text(now),
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
