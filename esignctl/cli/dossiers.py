"""Applications as JSON and on the screen."""

from collections.abc import Iterable, Sequence
from typing import Any

from esignctl.cli.session import Session
from esignctl.findings import Finding, finding
from esignctl.i18n import _
from esignctl.people.applications import Standing
from esignctl.people.states import KINDS, STATES
from esignctl.registry.ledger import Payment
from esignctl.result import Block, Facts, Grid, Heading
from esignctl.text import dates, money


def summary(standing: Standing) -> dict[str, Any]:
    """An application as `application list` gives it."""
    application = standing.application
    return {
        "number": application.number,
        "kind": application.kind,
        "state": standing.state,
        "opened_on": application.opened_on.isoformat(),
        "fee_due": None if standing.fee is None else money.to_json(standing.fee),
        "paid": money.to_json(standing.paid),
    }


def applicant(standing: Standing, session: Session) -> dict[str, Any]:
    """Who applied, as JSON."""
    person = standing.person
    return {
        "id": person.id,
        "tckn": session.personal_number(person.tckn),
        "given_names": person.given_names,
        "surname": person.surname,
    }


def whole(standing: Standing, payments: Iterable[Payment], session: Session) -> dict[str, Any]:
    """An application as `application show` gives it."""
    return {
        **summary(standing),
        "person": applicant(standing, session),
        "milestones": [
            {"kind": milestone.kind, "date": milestone.date.isoformat(), "note": milestone.note}
            for milestone in standing.dossier.milestones
        ],
        "payments": [
            {
                "posting": payment.posting_id,
                "movement": payment.movement_id,
                "date": payment.booked_on.isoformat(),
                "amount": money.to_json(payment.amount),
                "source": payment.source,
                "posted_at": payment.posted_at,
                "reverses": payment.reverses_posting_id,
            }
            for payment in payments
        ],
    }


def view(standing: Standing, payments: Sequence[Payment], session: Session) -> list[Block]:
    """An application for people, with its milestones and payments."""
    application, person = standing.application, standing.person
    blocks: list[Block] = [
        Facts(
            [
                (_("Application"), application.number),
                (_("Person"), person.name),
                (_("Personal number"), session.personal_number(person.tckn)),
                (_("Kind"), _(KINDS[application.kind])),
                (_("Opened on"), dates.show(application.opened_on)),
                (_("State"), _(STATES[standing.state])),
                (_("Fee (TL)"), _fee(standing)),
                (_("Paid (TL)"), money.show(standing.paid)),
            ]
        )
    ]
    if standing.dossier.milestones:
        blocks += [
            Heading(_("Milestones")),
            Grid(
                (_("Stage"), _("Date"), _("Note")),
                [
                    (_(STATES[milestone.kind]), dates.show(milestone.date), milestone.note)
                    for milestone in standing.dossier.milestones
                ],
            ),
        ]
    if payments:
        sources = {"auto": _("automatic"), "person": _("by hand")}
        blocks += [
            Heading(_("Payments")),
            Grid(
                (_("Posting"), _("Movement"), _("Date"), _("Amount (TL)"), _("How"), _("Note")),
                [
                    (
                        str(payment.posting_id),
                        str(payment.movement_id),
                        dates.show(payment.booked_on),
                        money.show(payment.amount),
                        sources[payment.source],
                        _("reverses posting {posting}").format(posting=payment.reverses_posting_id)
                        if payment.reverses_posting_id
                        else "",
                    )
                    for payment in payments
                ],
                right=frozenset({0, 1, 3}),
            ),
        ]
    return blocks


def grid(standings: Iterable[Standing]) -> Grid:
    """Applications as a table."""
    return Grid(
        (
            _("Application"),
            _("Name"),
            _("Kind"),
            _("Opened on"),
            _("State"),
            _("Fee (TL)"),
            _("Paid (TL)"),
        ),
        [
            (
                standing.application.number,
                standing.person.name,
                _(KINDS[standing.application.kind]),
                dates.show(standing.application.opened_on),
                _(STATES[standing.state]),
                _fee(standing),
                money.show(standing.paid),
            )
            for standing in standings
        ],
        right=frozenset({5, 6}),
    )


def remarks(standings: Iterable[Standing]) -> list[Finding]:
    """What somebody should look after: prices that are missing, fees unpaid, refunds due."""
    found: list[Finding] = []
    for standing in standings:
        number, kind = standing.application.number, standing.application.kind
        if standing.fee is None:
            found.append(finding("FEE-UNKNOWN", kind=kind, group=standing.person.group))
        if standing.state == "cancelled" and standing.paid > 0:
            found.append(
                finding("APPLICATION-REFUND", number=number, paid=money.show(standing.paid))
            )
        elif standing.missing and standing.state in _MOVED_ON:
            found.append(
                finding("APPLICATION-UNPAID", number=number, missing=money.show(standing.missing))
            )
    return list(dict.fromkeys(found))


_MOVED_ON = ("form-received", "approved", "sent", "delivered")


def _fee(standing: Standing) -> str:
    return "?" if standing.fee is None else money.show(standing.fee)
