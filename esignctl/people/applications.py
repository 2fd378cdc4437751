"""Opening applications, taking them from stage to stage, and what they owe."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esignctl.errors import ApplicationKnown, NotFound, StageRejected, ValueRejected
from esignctl.i18n import _
from esignctl.people import persons
from esignctl.people.fees import fee_due
from esignctl.people.states import STATES, state_of
from esignctl.registry import Connection, Registry, applications
from esignctl.registry.applications import STAGES, Application, Dossier, Milestone
from esignctl.registry.people import Person
from esignctl.settings import Fee
from esignctl.tables.columns import plain
from esignctl.text import dates, tckn


@dataclass(frozen=True, slots=True)
class Standing:
    """An application with its fee and state. `fee` and `paid` are kuruş.

    `fee` is 0 for the exempt and None where the configuration has no price.
    """

    dossier: Dossier
    fee: int | None
    state: str

    @property
    def application(self) -> Application:
        """The application itself."""
        return self.dossier.application

    @property
    def person(self) -> Person:
        """The applicant."""
        return self.dossier.person

    @property
    def paid(self) -> int:
        """The sum posted to it."""
        return self.dossier.paid

    @property
    def missing(self) -> int:
        """What is still owed, never negative."""
        return max(0, (self.fee or 0) - self.paid)


def standing(dossier: Dossier, fees: Sequence[Fee]) -> Standing:
    """What an application owes by the prices of the configuration, and its state."""
    application = dossier.application
    fee = fee_due(fees, application.kind, dossier.person.group, application.opened_on)
    reached = {milestone.kind for milestone in dossier.milestones}
    return Standing(dossier, fee, state_of(reached, fee, dossier.paid))


def find(connection: Connection, number: str) -> Dossier:
    """The application with a number. Raises `NotFound`."""
    application = applications.by_number(connection, plain(number))
    if application is None:
        raise NotFound(
            what=_("application"),
            name=tckn.mask_within(number),
            lookup="esignctl application list",
        )
    return applications.dossiers(connection, application_id=application.id)[0]


def open_new(
    registry: Registry, command: str, who: str, kind: str, opened_on: date, number: str | None
) -> Dossier:
    """Open an application for a person; without a number it gets the year's next one.

    Raises `NotFound` and `PersonAmbiguous` for the person, `ApplicationKnown` for the number.
    """
    with registry.write(command) as transaction:
        connection = transaction.connection
        person = persons.find(connection, who)
        wanted = plain(number) if number is not None else None
        if wanted == "":
            raise ValueRejected(what="--number", problem=_("it is empty"))
        if wanted is not None and applications.by_number(connection, wanted):
            raise ApplicationKnown(number=wanted)
        new = Application(
            wanted or applications.next_number(connection, opened_on.year),
            person.id,
            kind,
            opened_on,
        )
        (added,) = applications.add(transaction, [new])
        return applications.dossiers(connection, application_id=added.id)[0]


def advance(
    registry: Registry, command: str, number: str, stage: str, on: date | None, note: str = ""
) -> Dossier:
    """Note that an application has reached a stage of `STAGES`, today unless `on` says when.

    Stages may be skipped, and told of late, but their days keep their order. Raises `NotFound`
    and `StageRejected`.
    """
    with registry.write(command) as transaction:
        connection = transaction.connection
        dossier = find(connection, number)
        day = on or max(
            dates.today_istanbul(),
            dossier.application.opened_on,
            *(milestone.date for milestone in dossier.milestones),
        )
        problem = _objection(dossier, stage, day)
        if problem:
            raise StageRejected(
                number=dossier.application.number, stage=_(STATES[stage]), problem=problem
            )
        applications.reach(transaction, dossier.application, Milestone(stage, day, plain(note)))
        return applications.dossiers(connection, application_id=dossier.application.id)[0]


def _objection(dossier: Dossier, stage: str, day: date) -> str | None:
    """Why an application cannot reach a stage on a day."""
    reached = {milestone.kind: milestone.date for milestone in dossier.milestones}
    if "cancelled" in reached:
        return _("it is cancelled")
    if stage in reached:
        return _("it has reached that on {day}").format(day=dates.show(reached[stage]))
    if day < dossier.application.opened_on:
        return _("it was opened later")
    rank = STAGES.index(stage)
    for kind, reached_on in reached.items():
        earlier = STAGES.index(kind) < rank
        if (earlier and reached_on > day) or (not earlier and reached_on < day):
            return _("'{stage}' was on {day}").format(
                stage=_(STATES[kind]), day=dates.show(reached_on)
            )
    return None
