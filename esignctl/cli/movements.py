"""How movements of the registry look: as JSON and as blocks for people."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from esignctl.cli.session import Session
from esignctl.findings import Finding, finding
from esignctl.i18n import _
from esignctl.payments import ledger, marking, reasons, reconcile, review, teaching
from esignctl.payments.ledger import DECISIONS
from esignctl.payments.marking import Likely, Mark
from esignctl.people import applications as people
from esignctl.people.applications import Standing
from esignctl.people.states import KINDS
from esignctl.registry import Connection, applications, learning
from esignctl.registry.ledger import PersonsDecision, StoredMovement
from esignctl.result import Block, Facts, Grid, Heading, Marked
from esignctl.text import dates, money

Standings = Mapping[int, Standing]
"""Applications with their people, fees and sums paid, by id."""


def standings(session: Session, connection: Connection) -> dict[int, Standing]:
    """All applications, with what they owe by the prices of the configuration."""
    fees = session.settings.fees
    return {
        dossier.application.id: people.standing(dossier, fees)
        for dossier in applications.dossiers(connection)
    }


def account(session: Session, connection: Connection, number: str) -> ledger.Standing:
    """An application as the ledger sees it."""
    standing = people.standing(people.find(connection, number), session.settings.fees)
    return ledger.Standing(
        standing.application.id,
        standing.application.number,
        standing.fee,
        standing.paid,
        standing.state == "cancelled",
    )


def our_account(session: Session) -> review.Account:
    """The account that payments come to, by the configuration."""
    settings = session.settings
    return review.Account(reconcile.own_names(settings), settings.account.iban)


def learned(connection: Connection, stored: StoredMovement) -> list[Finding]:
    """What accepting a movement has taught."""
    numbers = {
        people.find(connection, posting.application).person.id: posting.application
        for posting in ledger.live(stored.postings)
    }
    return [
        finding(
            "PAYER-LEARNED",
            kind=_(teaching.KINDS[each.kind]),
            movement=stored.id,
            application=numbers[each.person_id],
            lesson=each.id,
        )
        for each in learning.lessons(connection)
        if stored.id in each.movements and each.person_id in numbers
    ]


def as_json(
    session: Session, stored: StoredMovement, known: Standings | None = None
) -> dict[str, Any]:
    """A movement with its live postings; with ``known``, candidates tell who and what is due."""
    movement = stored.movement
    return {
        "id": stored.id,
        "row": movement.row_number,
        "statement": stored.statement_id,
        "file": stored.file_name,
        "date": movement.booked_on.isoformat(),
        "amount": money.to_json(movement.amount),
        "description": session.free_text(movement.description),
        **({"marks": [asdict(each) for each in _marks(session, stored, known)]} if known else {}),
        "decision": movement.decision,
        "postings": [
            {"application": posting.application, "amount": money.to_json(posting.amount)}
            for posting in ledger.live(stored.postings)
        ],
        "candidates": [
            {"application": candidate.application, "score": candidate.score}
            | (_who(known[candidate.application_id]) if known else {})
            for candidate in stored.candidates
        ],
        "reasons": list(movement.reasons),
        "excess": money.to_json(movement.excess),
        "reverses": movement.reverses_movement_id,
    }


def grid(session: Session, movements: Sequence[StoredMovement]) -> list[Block]:
    """Movements as a table, a line each."""
    rows = []
    for stored in movements:
        movement = stored.movement
        rows.append(
            (
                str(stored.id),
                dates.show(movement.booked_on),
                money.show(movement.amount),
                _(DECISIONS[movement.decision]),
                _applications(stored),
                money.show(movement.excess) if movement.excess else "",
                session.free_text(movement.description),
            )
        )
    return [
        Grid(
            (
                _("Movement"),
                _("Date"),
                _("Amount (TL)"),
                _("Decision"),
                _("Application"),
                _("Excess (TL)"),
                _("Description"),
            ),
            rows,
            right=frozenset({0, 2, 5}),
        )
    ]


def card(
    session: Session,
    stored: StoredMovement,
    known: Standings,
    *,
    heading: bool = True,
    numbered: bool = False,
) -> list[Block]:
    """One movement with all that a person needs to decide on it.

    ``numbered`` counts the candidates, so that one can be chosen by a key.
    """
    movement = stored.movement
    facts: list[tuple[str, str | Marked]] = [
        (_("Amount (TL)"), money.show(movement.amount)),
        (_("Description"), _marked(session, stored, known)),
        (
            _("Statement"),
            _("{file}, row {row}").format(file=stored.file_name, row=movement.row_number),
        ),
        (_("Decision"), _(DECISIONS[movement.decision])),
        (_("Reasons"), "; ".join(reasons.in_words(code) for code in movement.reasons)),
    ]
    if movement.excess:
        facts.append((_("Excess (TL)"), money.show(movement.excess)))
    if movement.reverses_movement_id:
        facts.append((_("Gives back movement"), str(movement.reverses_movement_id)))
    blocks: list[Block] = []
    if heading:
        title = _("Movement {id} of {day}")
        blocks.append(Heading(title.format(id=stored.id, day=dates.show(movement.booked_on))))
    blocks.append(Facts(facts))
    postings = ledger.live(stored.postings)
    if postings:
        blocks.append(
            Grid(
                (_("Posted to"), _("Person"), _("Amount (TL)"), _("Fee (TL)"), _("Paid (TL)")),
                [
                    (
                        posting.application,
                        known[posting.application_id].person.name,
                        money.show(posting.amount),
                        *_fee_and_paid(known[posting.application_id]),
                    )
                    for posting in postings
                ],
                right=frozenset({2, 3, 4}),
            )
        )
    elif stored.candidates:
        blocks.append(_candidates(stored, known, numbered=numbered))
    return blocks


def _candidates(stored: StoredMovement, known: Standings, *, numbered: bool) -> Grid:
    """Whom a movement may be for, and how its amount differs from what each one owes."""
    titles = [
        _("Candidate"),
        _("Person and kind"),
        _("Likeness"),
        _("Paid/fee (TL)"),
        _("Difference (TL)"),
    ]
    rows = []
    for place, candidate in enumerate(stored.candidates, start=1):
        standing = known[candidate.application_id]
        row = [
            candidate.application,
            f"{standing.person.name}, {_(KINDS[standing.application.kind])}",
            _("{number} %").format(number=round(candidate.score * 100)),
            "/".join(reversed(_fee_and_paid(standing))),
            _difference(stored.movement.amount, standing),
        ]
        rows.append([str(place), *row] if numbered else row)
    if numbered:
        titles.insert(0, "#")
    first = 3 if numbered else 2
    return Grid(titles, rows, right=frozenset(range(first, first + 3)))


def _difference(amount: int, standing: Standing) -> str:
    """How much more or less than what is owed, or than what was paid where money goes back."""
    if standing.fee is None:
        return "?"
    difference = amount - standing.missing if amount > 0 else -amount - standing.paid
    if difference == 0:
        return _("fits")
    return f"{'+' if difference > 0 else ''}{money.show(difference)}"


def _marks(session: Session, stored: StoredMovement, known: Standings) -> list[Mark]:
    """The telling parts of the description as it is shown."""
    involved = [candidate.application_id for candidate in stored.candidates]
    involved += [posting.application_id for posting in ledger.live(stored.postings)]
    return marking.marks(
        session.free_text(stored.movement.description),
        (
            Likely(one.person.tckn, one.person.name, one.application.number)
            for one in map(known.__getitem__, dict.fromkeys(involved))
        ),
    )


def _marked(session: Session, stored: StoredMovement, known: Standings) -> Marked:
    return Marked(
        session.free_text(stored.movement.description),
        [(each.start, each.end, each.kind) for each in _marks(session, stored, known)],
    )


def history(decisions: Sequence[PersonsDecision]) -> list[Block]:
    """What people decided on a movement, for people."""
    if not decisions:
        return []
    return [
        Grid(
            (_("When"), _("Who"), _("Decision"), _("Why")),
            [
                (
                    dates.show_moment(each.at),
                    each.actor,
                    _(DECISIONS[each.decision]),
                    each.reason or "",
                )
                for each in decisions
            ],
        )
    ]


def _applications(stored: StoredMovement) -> str:
    postings = ledger.live(stored.postings)
    if len(postings) > 1:
        return ", ".join(f"{each.application}={money.show(each.amount)}" for each in postings)
    if postings:
        return postings[0].application
    if stored.movement.decision != "review":
        return ""
    return ", ".join(f"{candidate.application}?" for candidate in stored.candidates)


def _who(standing: Standing) -> dict[str, Any]:
    return {
        "person": standing.person.name,
        "fee_due": None if standing.fee is None else money.to_json(standing.fee),
        "paid": money.to_json(standing.paid),
    }


def _fee_and_paid(standing: Standing) -> tuple[str, str]:
    fee = _("unknown") if standing.fee is None else money.show(standing.fee)
    return fee, money.show(standing.paid)
