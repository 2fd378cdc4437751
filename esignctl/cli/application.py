"""``esignctl application``: applications for a signature, their fees and states."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from esignctl.cli import dossiers, imports
from esignctl.cli.frame import Command, group
from esignctl.cli.session import Session
from esignctl.i18n import _, ngettext
from esignctl.people import applications, persons
from esignctl.people.importing import import_applications
from esignctl.people.states import STATES
from esignctl.registry import ledger
from esignctl.registry.applications import Dossier
from esignctl.registry.applications import dossiers as all_dossiers
from esignctl.result import Note, Result
from esignctl.text.dates import today_istanbul

app = group(_("Applications for a signature, their fees and states."))

Number = Annotated[str, typer.Argument(metavar=_("NUMBER"), help=_("The application's number."))]
On = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d", "%d.%m.%Y"], metavar=_("DATE"), help=_("The day; else today.")
    ),
]
Kind = Literal["first", "renewal", "replacement"]
Stage = Literal["form-received", "approved", "sent", "delivered"]
State = Literal[
    "awaiting-payment",
    "short-paid",
    "paid",
    "exempt",
    "form-received",
    "approved",
    "sent",
    "delivered",
    "cancelled",
]


@app.command(
    "import", cls=Command, help=_("Take applications from a spreadsheet; again changes nothing.")
)
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=imports.FILE_HELP)],
) -> Result:
    """Import a list of applications."""
    session = Session.of(context)
    with session.registry() as registry:
        return imports.result(import_applications(registry, file, session.command), file)


@app.command("open", cls=Command, help=_("Open an application for a person."))
def open_(
    context: typer.Context,
    person: Annotated[
        str,
        typer.Argument(
            metavar=_("PERSON"),
            help=_("A personal number, a registry id, or a name that fits only one."),
        ),
    ],
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar=_("KIND"), help=_("What it is for: ") + "first | renewal | replacement"
        ),
    ],
    on: On = None,
    number: Annotated[
        str | None,
        typer.Option(
            "--number", metavar=_("NUMBER"), help=_("Its number; else the year's next one.")
        ),
    ] = None,
) -> Result:
    """Open an application; it gets the year's next number unless one is given."""
    session = Session.of(context)
    with session.registry() as registry:
        dossier = applications.open_new(
            registry, session.command, person, kind, _day(on) or today_istanbul(), number
        )
        return _one(session, dossier, [])


@app.command("list", cls=Command, help=_("List applications, or those in one state."))
def list_(
    context: typer.Context,
    state: Annotated[
        State | None,
        typer.Option(
            "--state", metavar=_("STATE"), help=_("Only this state: ") + " | ".join(STATES)
        ),
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar=_("PERSON"), help=_("Only of this person."))
    ] = None,
) -> Result:
    """Applications by date, with what is owed and paid."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        owner = persons.find(connection, person).id if person is not None else None
        standings = [
            applications.standing(dossier, session.settings.fees)
            for dossier in all_dossiers(connection, person_id=owner)
        ]
        shown = [one for one in standings if state in (None, one.state)]
        states = Counter(one.state for one in shown)
        total = ngettext("{count} application", "{count} applications", len(shown))
        parts = [f"{_(STATES[name])}: {states[name]}" for name in STATES if states[name]]
        return Result(
            {
                "applications": [
                    {**dossiers.summary(one), "person": dossiers.applicant(one, session)}
                    for one in shown
                ]
            },
            [found for found in dossiers.remarks(shown) if found.code == "FEE-UNKNOWN"],
            view=[
                dossiers.grid(shown),
                Note("; ".join([total.format(count=len(shown)), *parts])),
            ],
        )


@app.command("show", cls=Command, help=_("Show an application with its payments."))
def show(context: typer.Context, number: Number) -> Result:
    """One application with milestones and payments."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        dossier = applications.find(connection, number)
        return _one(session, dossier, ledger.payments_of(connection, dossier.application.id))


@app.command("advance", cls=Command, help=_("Note that an application has reached a stage."))
def advance(
    context: typer.Context,
    number: Number,
    stage: Annotated[
        Stage,
        typer.Argument(
            metavar=_("STAGE"),
            help=_("The stage reached: ") + "form-received | approved | sent | delivered",
        ),
    ],
    on: On = None,
    note: Annotated[str, typer.Option("--note", help=_("A remark to keep with it."))] = "",
) -> Result:
    """Note a stage that was reached, today or on the day given."""
    return _reach(context, number, stage, on, note)


@app.command("cancel", cls=Command, help=_("Cancel an application; it stays on record."))
def cancel(
    context: typer.Context,
    number: Number,
    on: On = None,
    reason: Annotated[str, typer.Option("--reason", help=_("Why, to keep with it."))] = "",
) -> Result:
    """Cancel an application. What was paid for it stays posted until it is undone."""
    return _reach(context, number, "cancelled", on, reason)


def _reach(
    context: typer.Context, number: str, stage: str, on: datetime | None, note: str
) -> Result:
    session = Session.of(context)
    with session.registry() as registry:
        dossier = applications.advance(registry, session.command, number, stage, _day(on), note)
        with registry.read() as connection:
            return _one(session, dossier, ledger.payments_of(connection, dossier.application.id))


def _one(session: Session, dossier: Dossier, payments: list[ledger.Payment]) -> Result:
    standing = applications.standing(dossier, session.settings.fees)
    findings = dossiers.remarks([standing])
    return Result(
        dossiers.whole(standing, payments, session),
        findings,
        attention=any(found.code == "APPLICATION-REFUND" for found in findings),
        view=dossiers.view(standing, payments, session),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
