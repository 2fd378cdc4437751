"""``esignctl cert list``: the certificates that are known, and how they stand."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from esignctl import certificates
from esignctl.certificates import STATES, Listed, Wanted
from esignctl.cli import cert_check, cert_exports, cert_months, cert_view
from esignctl.cli.cert_exports import Files
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.cli.usage import no_choice
from esignctl.errors import UsageError
from esignctl.i18n import _, ngettext
from esignctl.result import Block, Grid, Note, Result
from esignctl.text import dates

app = single()

_DAYS_AT_MOST = 36500
_FIRST_YEAR, _LAST_YEAR = 1950, 2099


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
    months: Annotated[
        bool,
        typer.Option("--by-month", help=_("How many end in each of the next twelve months.")),
    ] = False,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar=_("YEAR"),
            min=_FIRST_YEAR,
            max=_LAST_YEAR,
            help=_("The same for the months of a year."),
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help=_("For monitoring: one line, and exit code 1 when a certificate is due."),
        ),
    ] = False,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar=_("FILE"), help=_("Write the list as CSV.")),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option("--xlsx", metavar=_("FILE"), help=_("Write it as an Excel workbook.")),
    ] = None,
    ics: Annotated[
        Path | None,
        typer.Option(
            "--ics",
            metavar=_("FILE"),
            help=_("Write the ends to come as a calendar with alarms."),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Write over files that are there."))
    ] = False,
) -> Result:
    """Certificates by the day on which they end."""
    session = Session.of(context)
    moment = cert_view.moment("--on", on)
    today = moment.astimezone(dates.ISTANBUL).date()
    files = Files(csv, xlsx, ics, force)
    by_month = months or year is not None
    states = frozenset(name for name in STATES if name in (state or ()))
    problem = ""
    if len(states) < len(set(state or ())):
        problem = no_choice("--state", STATES)
    elif check and (states or by_month or files.named):
        problem = _("--check goes with --expiring, --unit and --on only.")
    elif by_month and expiring is not None:
        problem = _("--expiring does not go with the view by month.")
    if problem:
        raise UsageError(problem=problem, command=context.command_path)
    cert_exports.check(files)
    within = cert_view.within(session)
    wanted = Wanted(expiring, None, states, unit or "")
    start = date(year, 1, 1) if year is not None else today
    if check:
        days = timedelta(within if expiring is None else expiring)
        wanted = Wanted(None, (today - days, today + days), unit=unit or "")
    elif by_month:
        wanted = Wanted(None, certificates.span(start), states, unit or "")
    with session.registry() as registry:
        with registry.read() as connection:
            found = certificates.listed(connection, wanted, moment, within)
        if check:
            return _checked(session, found, moment, within if expiring is None else expiring)
        notes = cert_exports.write(session, files, found, moment, start, over=bool(states))
        counted = certificates.by_month(found, start) if by_month else None
        # tens of thousands take their time in each form: only the one that is printed is made
        if session.as_json:
            data = _as_json(session, found, moment)
            data["months"] = cert_months.as_json(counted) if counted is not None else None
            data["files"] = {form: str(place) for form, place in files.named.items()}
            return Result(data)
        if counted is not None:
            return Result({}, view=[*cert_months.blocks(counted), *notes])
        return Result({}, view=notes or _blocks(session, found))


def _checked(session: Session, found: Sequence[Listed], moment: datetime, within: int) -> Result:
    """One line; the certificates that are due stand in JSON only."""
    due = certificates.due(found, within)
    certificates_due = [*due.ended, *due.ending]
    return Result(
        {**_as_json(session, certificates_due, moment), "check": cert_check.as_json(due)},
        attention=bool(certificates_due),
        view=[Note(cert_check.line(due))],
    )


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
