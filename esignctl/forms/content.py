"""What stands on a form, as templates get it (docs/forms.md lists it): texts, ready to print.

What is not known is an empty text. Templates see these values as data and never as Typst code.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from esignctl.forms import qr, wording
from esignctl.forms.kinds import Form
from esignctl.people import Standing, payment_text
from esignctl.registry.certificates import StoredCertificate
from esignctl.registry.ledger import Payment
from esignctl.registry.people import Person
from esignctl.settings import Account, Institution, Settings
from esignctl.text import iban, reference
from esignctl.text.folding import upper_tr

_NOBODY: Final = Person("", "", "")
_UNBROKEN: Final = re.compile(r"\S{25,}")
_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_STEP: Final = 8


@dataclass(frozen=True, slots=True)
class Subject:
    """What one form is about: an application, a person, several applicants, or nobody at all."""

    person: Person | None = None
    standing: Standing | None = None
    applicants: tuple[Standing, ...] = ()
    certificate: StoredCertificate | None = None
    card_serial: str = ""
    payments: tuple[Payment, ...] = ()


def document(form: Form, subject: Subject, settings: Settings, on: date) -> dict[str, Any]:
    """Everything that a template may print about a subject."""
    return {
        "form": {"kind": form.kind, "title": form.title},
        "date": {"text": wording.day(on), "year": on.year, "month": on.month, "day": on.day},
        "institution": _institution(settings.institution),
        "account": _account(settings.account),
        "person": _person(subject.person or _NOBODY),
        "application": _application(subject.standing),
        "payment": _payment(form, subject.standing),
        "payments": [
            {"date": wording.day(each.booked_on), "amount": wording.amount(each.amount)}
            for each in subject.payments
        ],
        "refund": _refund(subject.standing),
        "certificate": _certificate(subject.certificate),
        "card": {"serial": tidy(subject.card_serial)},
        "applicants": [_applicant(each) for each in subject.applicants],
        "count_in_words": wording.in_words(len(subject.applicants)),
    }


def tidy(text: str | None) -> str:
    """A text as it can be set: on one line, without control characters, and breakable.

    A run of letters that is longer than any word gets places to break, so that it never runs
    over the edge of the page.
    """
    return _UNBROKEN.sub(_breakable, plain(text))


def plain(text: str | None) -> str:
    """A text on one line, without characters that show nothing or turn the direction around."""
    spaced = " ".join((text or "").split())
    kept = "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", kept)


_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})


def _breakable(run: re.Match[str]) -> str:
    letters = run[0]
    return _BREAK.join(letters[at : at + _STEP] for at in range(0, len(letters), _STEP))


def _texts(values: object, names: Sequence[str]) -> dict[str, str]:
    return {name: tidy(getattr(values, name)) for name in names}


def _institution(institution: Institution) -> dict[str, str]:
    name = plain(institution.name)
    return {
        **_texts(institution, Institution.__slots__),
        "name_capitals": tidy(upper_tr(name)),
        "governorship": tidy(wording.governorship(plain(institution.province), name)),
        "addressed": tidy(wording.addressed(name)),
    }


def _account(account: Account) -> dict[str, str]:
    bank = account.bank
    if not bank and account.iban:
        bank = iban.BANK_NAMES.get(iban.bank_code(account.iban))
    return {
        "holder": tidy(account.holder),
        "bank": tidy(bank),
        "iban": iban.show(account.iban or ""),
    }


def _person(person: Person) -> dict[str, str]:
    return {
        **_texts(person, ("given_names", "surname", "title", "unit", "phone", "email")),
        "name": tidy(person.name),
        "tckn": person.tckn,
        "group": tidy(wording.GROUPS.get(person.group, person.group)),
    }


def _application(standing: Standing | None) -> dict[str, str]:
    if standing is None:
        return dict.fromkeys(_APPLICATION, "")
    application = standing.application
    reached = {each.kind: each.date for each in standing.dossier.milestones}
    return {
        "number": tidy(application.number),
        "kind": wording.KINDS[application.kind],
        "kind_key": application.kind,
        "opened_on": wording.day(application.opened_on),
        "state": standing.state,
        "code": reference.code(application.number),
        "fee": "" if standing.fee is None else wording.amount(standing.fee),
        "paid": wording.amount(standing.paid),
        "form_received": wording.day(reached.get("form-received")),
        "approved": wording.day(reached.get("approved")),
    }


_APPLICATION: Final = (
    "number",
    "kind",
    "kind_key",
    "opened_on",
    "state",
    "code",
    "fee",
    "paid",
    "form_received",
    "approved",
)


def _payment(form: Form, standing: Standing | None) -> Mapping[str, Any]:
    """What is still to be paid, and the text that goes with it; on a slip as a QR code, too."""
    if standing is None or not standing.missing:
        return {"amount": "", "partial": False, "text": "", "qr": ""}
    application = standing.application
    text = payment_text(standing.person, application.kind, application.number)
    return {
        "amount": wording.amount(standing.missing),
        "partial": standing.paid > 0,
        "text": tidy(text),
        "qr": qr.svg(text) if form.kind == "payment-slip" else "",
    }


def _refund(standing: Standing | None) -> Mapping[str, Any]:
    """What could be given back: all of it when cancelled, else what exceeds the fee."""
    if standing is None:
        return {"amount": "", "cancelled": False, "excess": False}
    cancelled = standing.state == "cancelled"
    excess = standing.paid if cancelled else max(0, standing.paid - (standing.fee or 0))
    known = excess > 0 and (cancelled or standing.fee is not None)
    return {
        "amount": wording.amount(excess) if known else "",
        "cancelled": cancelled,
        "excess": known and not cancelled,
    }


def _certificate(certificate: StoredCertificate | None) -> dict[str, str]:
    if certificate is None:
        return dict.fromkeys(("serial", "issuer", "not_before", "not_after"), "")
    return {
        "serial": tidy(certificate.serial),
        "issuer": tidy(_common_name(certificate.issuer)),
        "not_before": wording.day_of(certificate.not_before),
        "not_after": wording.day_of(certificate.not_after),
    }


def _applicant(standing: Standing) -> dict[str, str]:
    return {**_person(standing.person), **_application(standing)}


def _common_name(name: str) -> str:
    """The CN of an RFC 4514 name; the whole name where it has none."""
    found = re.search(r"(?:^|[,+])CN=((?:\\.|[^,+\\])*)", name)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else name
