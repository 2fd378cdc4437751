"""``esignctl person``: the people whose signatures are looked after."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from esignctl.cli import dossiers, imports
from esignctl.cli.frame import Command, group
from esignctl.cli.session import Session
from esignctl.findings import finding
from esignctl.i18n import _, ngettext
from esignctl.people import persons
from esignctl.people.applications import standing
from esignctl.people.importing import import_people
from esignctl.registry import applications, people
from esignctl.registry.people import Person
from esignctl.result import Facts, Grid, Heading, Note, Result
from esignctl.settings import GROUPS

app = group(_("The people whose signatures are looked after."))

Who = Annotated[
    str,
    typer.Argument(
        metavar=_("PERSON"),
        help=_("A personal number, a registry id, or a name that fits only one."),
    ),
]
Title = Annotated[str | None, typer.Option("--title", help=_("The professional title."))]
Unit = Annotated[str | None, typer.Option("--unit", help=_("Where the person works."))]
Group = Annotated[
    str | None,
    typer.Option("--group", help=_("family-physician, staff, or a group of your own.")),
]
Phone = Annotated[str | None, typer.Option("--phone", help=_("The mobile phone number."))]
Email = Annotated[str | None, typer.Option("--email", help=_("The e-mail address."))]


@app.command(
    "import", cls=Command, help=_("Take people from a spreadsheet; again changes nothing.")
)
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=imports.FILE_HELP)],
) -> Result:
    """Import a list of people."""
    session = Session.of(context)
    with session.registry() as registry:
        report = import_people(registry, file, session.command)
        with registry.read() as connection:
            groupless = people.count_without_group(connection)
    result = imports.result(report, file)
    if groupless:
        result = replace(
            result, findings=[*result.findings, finding("GROUP-MISSING", count=groupless)]
        )
    return result


@app.command("add", cls=Command, help=_("Register one person."))
def add(
    context: typer.Context,
    tckn: Annotated[str, typer.Argument(metavar=_("TCKN"), help=_("The personal number."))],
    given_names: Annotated[
        str, typer.Argument(metavar=_("GIVEN_NAMES"), help=_("All given names, in quotes."))
    ],
    surname: Annotated[str, typer.Argument(metavar=_("SURNAME"), help=_("The surname."))],
    title: Title = None,
    unit: Unit = None,
    group: Group = None,
    phone: Phone = None,
    email: Email = None,
) -> Result:
    """Register somebody who is not registered yet."""
    session = Session.of(context)
    person = Person(
        tckn,
        given_names,
        surname,
        title=title or "",
        unit=unit or "",
        group=group or "",
        phone=phone or "",
        email=email or "",
    )
    with session.registry() as registry:
        added = persons.register(registry, session.command, person)
        return Result(as_json(added, session), view=[_facts(added, session)])


@app.command("edit", cls=Command, help=_("Correct the details of a person."))
def edit(
    context: typer.Context,
    person: Who,
    given_names: Annotated[
        str | None, typer.Option("--given-names", help=_("All given names, in quotes."))
    ] = None,
    surname: Annotated[str | None, typer.Option("--surname", help=_("The surname."))] = None,
    title: Title = None,
    unit: Unit = None,
    group: Group = None,
    phone: Phone = None,
    email: Email = None,
) -> Result:
    """Write new details over the old ones; an empty text erases a detail."""
    session = Session.of(context)
    details = {
        "given_names": given_names,
        "surname": surname,
        "title": title,
        "unit": unit,
        "group": group,
        "phone": phone,
        "email": email,
    }
    with session.registry() as registry:
        old, new = persons.correct(registry, session.command, person, details)
        said = _("The details were corrected.") if old != new else _("Nothing was to be changed.")
        return Result(as_json(new, session), view=[Note(said), _facts(new, session)])


@app.command("list", cls=Command, help=_("List people, or those that fit."))
def list_(
    context: typer.Context,
    text: Annotated[
        str | None,
        typer.Argument(metavar=_("TEXT"), help=_("Words of the name, unit or title.")),
    ] = None,
    group: Annotated[str | None, typer.Option("--group", help=_("Only this group."))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("Only this unit."))] = None,
) -> Result:
    """The people that fit, by name."""
    session = Session.of(context)
    with session.registry() as registry:
        with registry.read() as connection:
            everyone = people.everyone(connection)
        found = persons.search(everyone, text or "", group=group or "", unit=unit or "")
        found.sort(key=persons.by_name)
        return Result(
            {"persons": [as_json(person, session) for person in found]},
            view=[
                _grid(found, session),
                Note(
                    ngettext("{count} person", "{count} people", len(found)).format(
                        count=len(found)
                    )
                ),
            ],
        )


@app.command("show", cls=Command, help=_("Show a person and the applications."))
def show(context: typer.Context, person: Who) -> Result:
    """One person with everything that is known."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        found = persons.find(connection, person)
        standings = [
            standing(dossier, session.settings.fees)
            for dossier in applications.dossiers(connection, person_id=found.id)
        ]
        data = as_json(found, session)
        data["applications"] = [dossiers.summary(one) for one in standings]
        return Result(
            data,
            view=[
                _facts(found, session),
                Heading(_("Applications")),
                dossiers.grid(standings) if standings else Note(_("There are none.")),
            ],
        )


def as_json(person: Person, session: Session) -> dict[str, Any]:
    """A person as JSON, the personal number as this run may show it."""
    return {
        "id": person.id,
        "tckn": session.personal_number(person.tckn),
        **{name: getattr(person, name) for name in people.DETAILS},
    }


def group_label(key: str) -> str:
    """A group for people: the known ones in their language."""
    return _(GROUPS[key]) if key in GROUPS else key


def _facts(person: Person, session: Session) -> Facts:
    pairs = [
        (_("Registry id"), str(person.id)),
        (_("Personal number"), session.personal_number(person.tckn)),
        (_("Given names"), person.given_names),
        (_("Surname"), person.surname),
        (_("Title"), person.title),
        (_("Unit"), person.unit),
        (_("Group"), group_label(person.group)),
        (_("Mobile phone"), person.phone),
        (_("E-mail"), person.email),
    ]
    return Facts([(label, value or "-") for label, value in pairs])


def _grid(found: Sequence[Person], session: Session) -> Grid:
    return Grid(
        (_("Id"), _("Personal number"), _("Name"), _("Title"), _("Unit"), _("Group")),
        [
            (
                str(person.id),
                session.personal_number(person.tckn),
                person.name,
                person.title,
                person.unit,
                group_label(person.group),
            )
            for person in found
        ],
        right=frozenset({0}),
    )
