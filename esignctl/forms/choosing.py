"""Which forms are to be made: from what was asked for to what each form is about."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from esignctl.errors import FormNobody, FormNothingOwed
from esignctl.forms.content import Subject
from esignctl.forms.kinds import FORMS, Form
from esignctl.i18n import N_
from esignctl.people import Standing, find_application, find_person, standing
from esignctl.registry import Connection, applications, cards, certificates, ledger
from esignctl.registry.certificates import StoredCertificate
from esignctl.registry.ledger import Payment
from esignctl.registry.people import Person
from esignctl.settings import Fee


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: one of applications, a person, everybody (of some states), nobody."""

    kind: str
    applications: tuple[str, ...] = ()
    person: str | None = None
    everybody: bool = False
    states: frozenset[str] = frozenset()

    @property
    def form(self) -> Form:
        """The form itself."""
        return FORMS[self.kind]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the forms are about, and how many applications were left out for which reason."""

    subjects: Sequence[Subject]
    left_out: Mapping[str, int] = field(default_factory=dict)


REASONS: Final = {
    "cancelled": N_("cancelled"),
    "nothing-owed": N_("nothing is owed"),
    "no-renewal": N_("no renewal"),
    "no-loss": N_("not lost or stolen"),
    "nothing-paid": N_("nothing was paid"),
}
"""Why an application is left out when forms are made for all."""


def unfit(form: Form, one: Standing, states: frozenset[str] = frozenset()) -> str | None:
    """Why a form makes no sense for an application: a key of `REASONS`; None when it does."""
    kind = one.application.kind
    if form.kind == "payment-slip":
        # a price that is not known is a gap to be told of, not a reason to leave somebody out
        owed = one.state != "cancelled" and (one.fee is None or one.missing > 0)
        return None if owed else "nothing-owed"
    if form.kind == "refund-request":
        return None if one.paid > 0 else "nothing-paid"
    if form.kind == "renewal-wet-signature" and kind != "renewal":
        return "no-renewal"
    if form.kind == "loss-report" and kind != "replacement":
        return "no-loss"
    return "cancelled" if one.state == "cancelled" and "cancelled" not in states else None


def choose(connection: Connection, wanted: Wanted, fees: Sequence[Fee]) -> Choice:
    """What the forms are to be about.

    Raises `NotFound` and `PersonAmbiguous` for who was named, `FormNothingOwed`, `FormNobody`.
    """
    if wanted.applications:
        return _of_applications(connection, wanted, fees)
    if wanted.person is not None:
        return _of_person(connection, wanted, fees)
    if wanted.everybody:
        return _of_everybody(connection, wanted, fees)
    return Choice([Subject()])


def _of_applications(connection: Connection, wanted: Wanted, fees: Sequence[Fee]) -> Choice:
    """The applications that were named, each once."""
    found = [standing(find_application(connection, each), fees) for each in wanted.applications]
    found = list({one.application.id: one for one in found}.values())
    free = [one.application.number for one in found if unfit(wanted.form, one) == "nothing-owed"]
    if free:
        raise FormNothingOwed(applications=", ".join(free), example=free[0])
    return Choice(_subjects(connection, wanted.form, found))


def _of_person(connection: Connection, wanted: Wanted, fees: Sequence[Fee]) -> Choice:
    """A person, with the newest application that the form fits.

    Where none fits, the form is made without one, unless it is all about the application.
    """
    person = find_person(connection, wanted.person or "")
    form = wanted.form
    fitting = [
        one
        for one in (
            standing(dossier, fees)
            for dossier in applications.dossiers(connection, person_id=person.id)
        )
        if unfit(form, one) is None
    ]
    if fitting:
        return Choice(_subjects(connection, form, fitting[-1:]))
    if form.kind in ("payment-slip", "cover-letter"):
        raise FormNobody(kind=form.kind)
    return Choice([_completed(connection, form, Subject(person), _newest(connection, person))])


def _of_everybody(connection: Connection, wanted: Wanted, fees: Sequence[Fee]) -> Choice:
    """Every application, or those in some states, that the form makes sense for."""
    found: list[Standing] = []
    left_out = Counter[str]()
    for dossier in applications.dossiers(connection):
        one = standing(dossier, fees)
        if wanted.states and one.state not in wanted.states:
            continue
        if reason := unfit(wanted.form, one, wanted.states):
            left_out[reason] += 1
        else:
            found.append(one)
    return Choice(_subjects(connection, wanted.form, found), left_out)


def _subjects(connection: Connection, form: Form, found: Sequence[Standing]) -> list[Subject]:
    if form.about == "applicants":
        return [Subject(applicants=tuple(found))] if found else []
    if form.kind in ("pin-unlock-guide", "privacy-notice"):
        # they say nothing of applications: a person gets one
        persons = {one.person.id: one.person for one in found}
        return [Subject(person) for person in persons.values()]
    certificates = _newest(connection)
    return [_completed(connection, form, Subject(one.person, one), certificates) for one in found]


def _completed(
    connection: Connection,
    form: Form,
    subject: Subject,
    newest: Mapping[int, StoredCertificate],
) -> Subject:
    """The subject with certificate, card and payments, as far as the form prints them."""
    person, one = subject.person, subject.standing
    if person is None:
        return subject
    certificate = newest.get(person.id)
    serial, payments = "", ()  # type: str, tuple[Payment, ...]
    if form.kind == "handover" and certificate:
        serial = _card_serial(connection, person, certificate)
    if form.kind == "refund-request" and one:
        payments = _standing_payments(ledger.payments_of(connection, one.application.id))
    return replace(subject, certificate=certificate, card_serial=serial, payments=payments)


def _newest(connection: Connection, person: Person | None = None) -> dict[int, StoredCertificate]:
    """Each person's qualified certificate that ends last, by the person's id."""
    return {
        held.person.id: held.certificate
        for held in certificates.ending(connection, "", "9999", kind="nes")
        if held.person is not None and (person is None or held.person.id == person.id)
    }


def _card_serial(connection: Connection, person: Person, certificate: StoredCertificate) -> str:
    """The serial number of the card that the certificate was last seen on."""
    for visit in cards.visits(connection, person.id):
        if any(each.id == certificate.id for each in visit.certificates):
            return visit.token_serial
    return ""


def _standing_payments(payments: Iterable[Payment]) -> tuple[Payment, ...]:
    """The payments that were not taken back."""
    known = list(payments)
    reversed_ones = {each.reverses_posting_id for each in known}
    return tuple(
        each
        for each in known
        if each.reverses_posting_id is None and each.posting_id not in reversed_ones
    )
