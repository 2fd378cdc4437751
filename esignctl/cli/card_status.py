"""``esignctl card status``: why a card does or does not work."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from esignctl.cards.diagnosis import Diagnosis, diagnose
from esignctl.cards.slots import Slot, slots
from esignctl.cli import card_history, card_view
from esignctl.cli.card import ReaderName
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import RegistryTrouble
from esignctl.findings import finding
from esignctl.i18n import _
from esignctl.result import Result

app = single()


@app.command(cls=Command, help=_("Tell why a card does or does not work."))
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
    seen = session.observe(reader)
    found = slots(seen)
    now = datetime.now(UTC)
    diagnoses = diagnose(seen, found, now, within, revoked=card_history.revoked(session, found))
    if not no_record:
        diagnoses += _kept(session, found, diagnoses, now)
    findings = [each.finding for each in diagnoses]
    return Result(
        card_view.as_json(session, seen, found, now),
        findings,
        attention=any(each.severity != "info" for each in findings),
        view=list(card_view.blocks(session, seen, found, diagnoses, now)),
    )


def _kept(
    session: Session, found: Sequence[Slot], diagnoses: Sequence[Diagnosis], now: datetime
) -> list[Diagnosis]:
    """Keep what was seen; trouble with the registry is told and spoils nothing else."""
    try:
        return card_history.keep(session, found, diagnoses, now)
    except RegistryTrouble as trouble:
        told = finding("CARD-NOT-RECORDED", problem=str(trouble), remedy=trouble.advice)
        return [Diagnosis(None, told)]
