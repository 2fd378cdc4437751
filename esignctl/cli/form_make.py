"""``esignctl form make``: forms from the registry, as PDF."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from esignctl.certificates import period
from esignctl.cli import render
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.cli.usage import no_choice
from esignctl.errors import UsageError
from esignctl.findings import Finding, finding
from esignctl.forms import making
from esignctl.forms.choosing import REASONS, Wanted
from esignctl.forms.content import Subject
from esignctl.forms.kinds import FORMS
from esignctl.forms.making import Made, Order
from esignctl.i18n import _, ngettext
from esignctl.people import STATES
from esignctl.result import Block, Facts, Note, Result
from esignctl.text import dates

app = single()

Kind = Literal[
    "payment-slip",
    "application",
    "renewal-wet-signature",
    "loss-report",
    "pin-unlock-guide",
    "handover",
    "refund-request",
    "cover-letter",
    "privacy-notice",
]
_BLANK_NEVER = ("payment-slip", "cover-letter")


@app.command("make", cls=Command, help=_("Make forms of a kind, as PDF, from the registry."))
def make(
    context: typer.Context,
    kind: Annotated[
        Kind, typer.Argument(metavar=_("KIND"), help=_("Which form: ") + " | ".join(FORMS))
    ],
    application: Annotated[
        list[str] | None,
        typer.Option(
            "--application",
            metavar=_("NUMBER"),
            help=_("For this application; may be given several times."),
        ),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(
            "--person",
            metavar=_("PERSON"),
            help=_("For this person: a personal number, a registry id, or a name."),
        ),
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help=_("For every application that the form is for."))
    ] = False,
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            metavar=_("STATE"),
            help=_("With --all, only those in this state; may be given several times: ")
            + " | ".join(STATES),
        ),
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help=_("For nobody: a form to be filled in by hand."))
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar=_("PATH"), help=_("The file or folder; else this folder.")
        ),
    ] = None,
    merged: Annotated[
        bool, typer.Option("--merged", help=_("All forms in one file, to be printed at once."))
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=_("Write over files that are there."))
    ] = False,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d", "%d.%m.%Y"],
            metavar=_("DATE"),
            help=_("The day that stands on the form; else today."),
        ),
    ] = None,
) -> Result:
    """Make the forms; nothing is written when anything that they need is missing."""
    session = Session.of(context)
    wanted = Wanted(kind, tuple(application or ()), person, everybody, frozenset(state or ()))
    _check(session, wanted, blank=blank)
    day = on.date() if on else dates.today_istanbul()
    order = Order(wanted, output, day, merged, force)
    with session.registry() as registry:
        choice = making.choose(registry, wanted, session.settings)
        with render.progress(_("Making forms"), len(choice.subjects), session) as advance:
            made = making.make(registry, choice, order, session.settings, session.command, advance)
    return Result(_as_json(made, day), _findings(made, day), view=_view(made))


def _check(session: Session, wanted: Wanted, *, blank: bool) -> None:
    """Whether the options name one thing that the forms are for."""
    chosen = (bool(wanted.applications), wanted.person is not None, wanted.everybody, blank)
    unknown = sorted(wanted.states - STATES.keys())
    problem = ""
    if sum(chosen) != 1:
        problem = _("Say whom it is for, by one of {options}.").format(
            options="--application, --person, --all, --blank"
        )
    elif wanted.states and not wanted.everybody:
        problem = _("--state chooses among all and needs --all.")
    elif blank and wanted.kind in _BLANK_NEVER:
        problem = _("The form {kind} is never blank.").format(kind=wanted.kind)
    elif unknown:
        problem = no_choice("--state", STATES)
    if problem:
        raise UsageError(problem=problem, command=f"esignctl {session.command}")


def _as_json(made: Made, day: date) -> dict[str, Any]:
    return {
        "kind": made.form.kind,
        "date": day.isoformat(),
        "forms": [
            {
                "application": one.application.number if (one := subject.standing) else None,
                "person": subject.person.id if subject.person else None,
                "file": str(file),
            }
            for subject, file in zip(made.subjects, made.files, strict=True)
        ],
        "files": [str(file) for file in dict.fromkeys(made.files)],
        "applicants": sum(len(subject.applicants) for subject in made.subjects),
        "workbook": str(made.workbook) if made.workbook else None,
        "left_out": dict(made.left_out),
    }


def _findings(made: Made, day: date) -> list[Finding]:
    found = [
        finding("FORM-LEFT-OUT", count=count, reason=_(REASONS[reason]))
        for reason, count in made.left_out.items()
    ]
    if made.unknown:
        shown = " ".join(f"U+{ord(character):04X}" for character in sorted(made.unknown))
        found.append(finding("FORM-CHARACTERS", characters=shown))
    if made.form.kind == "renewal-wet-signature":
        found += [
            finding("FORM-CERTIFICATE-VALID", about=_about(subject), day=dates.show(last))
            for subject in made.subjects
            if (last := _last_day(subject)) and last >= day
        ]
    return found


def _about(subject: Subject) -> str:
    if subject.standing:
        return _("application {number}").format(number=subject.standing.application.number)
    return _("person {id}").format(id=subject.person.id if subject.person else "-")


def _last_day(subject: Subject) -> date | None:
    if subject.certificate is None or subject.certificate.revoked_at:
        return None
    return dates.in_turkey(period(subject.certificate).not_after).date()


def _view(made: Made) -> list[Block]:
    files = list(dict.fromkeys(made.files))
    count = len(made.subjects)
    if not files:
        return [Note(_("There is no application that the form is for; nothing was written."))]
    facts = [(_("File"), str(files[0]))]
    if len(files) > 1:
        facts = [(_("Folder"), str(files[0].parent)), (_("First"), files[0].name)]
        facts.append((_("Last"), files[-1].name))
    if made.workbook:
        count = len(made.subjects[0].applicants)
        facts.append((_("List"), str(made.workbook)))
        text = ngettext("{count} applicant", "{count} applicants", count)
    else:
        text = ngettext("{count} form", "{count} forms", count)
    return [Facts(facts), Note(text.format(count=count))]
