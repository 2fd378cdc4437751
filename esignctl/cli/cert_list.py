"""``esignctl cert list``: the certificates that are known, and how they stand."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from esignctl import certificates
from esignctl.certificates import STATES, Listed, Wanted
from esignctl.cli import cert_view
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.cli.usage import no_choice
from esignctl.errors import UsageError
from esignctl.i18n import _, ngettext
from esignctl.result import Block, Grid, Note, Result
from esignctl.text import dates

app = single()

_DAYS_AT_MOST = 36500


@app.command("list", cls=Command, help=_("List the certificates that are known."))
def list_(
    context: typer.Context,
    expiring: Annotated[
        int | None,
        typer.Option(
            "--expiring",
            metavar=_("DAYS"),
            min=0,
            max=_DAYS_AT_MOST,
            help=_("Only those that end within so many days and that no newer one replaces."),
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            metavar=_("STATE"),
            help=_("Only in this state; may be given several times: ") + " | ".join(STATES),
        ),
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("Only this unit."))] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on",
            formats=["%Y-%m-%d", "%d.%m.%Y"],
            metavar=_("DATE"),
            help=_("As they stand on that day; else today."),
        ),
    ] = None,
) -> Result:
    """Certificates by the day on which they end."""
    session = Session.of(context)
    moment = cert_view.moment("--on", on)
    states = frozenset(name for name in STATES if name in (state or ()))
    if len(states) < len(set(state or ())):
        raise UsageError(problem=no_choice("--state", STATES), command=context.command_path)
    wanted = Wanted(expiring, states, unit or "")
    with session.registry() as registry:
        with registry.read() as connection:
            found = certificates.listed(connection, wanted, moment, cert_view.within(session))
        # tens of thousands take their time in each form: only the one that is printed is made
        if session.as_json:
            return Result(_as_json(session, found, moment))
        return Result({}, view=_blocks(session, found))


def _as_json(session: Session, found: Sequence[Listed], moment: datetime) -> dict[str, Any]:
    counts = Counter(each.state for each in found)
    return {
        "on": moment.astimezone(dates.ISTANBUL).date().isoformat(),
        "counts": {name: counts[name] for name in STATES},
        "certificates": [
            cert_view.held_json(session, each.held, moment, each.state, each.period)
            for each in found
        ],
    }


def _blocks(session: Session, found: Sequence[Listed]) -> list[Block]:
    counts = Counter(each.state for each in found)
    told = [f"{_(cert_view.STATES[name])}: {counts[name]}" for name in STATES if counts[name]]
    text = ngettext("{count} certificate", "{count} certificates", len(found))
    total = text.format(count=len(found))
    return [_grid(session, found), Note(f"{total} ({', '.join(told)})" if told else total)]


def _grid(session: Session, found: Sequence[Listed]) -> Grid:
    return Grid(
        (
            _("Holder"),
            _("Personal number"),
            _("Unit"),
            _("Kind"),
            _("Until"),
            _("Days left"),
            _("State"),
        ),
        [_row(session, each) for each in found],
        right=frozenset({5}),
    )


def _row(session: Session, listed: Listed) -> tuple[str, ...]:
    certificate, person = listed.held.certificate, listed.held.person
    return (
        certificate.holder or "-",
        session.personal_number(certificate.tckn) if certificate.tckn else "-",
        (person.unit if person else "") or "-",
        cert_view.kind_in_words(certificate.kind, qualified=certificate.qualified),
        cert_view.day(listed.period.not_after),
        str(listed.days_left),
        _(cert_view.STATES[listed.state]),
    )
