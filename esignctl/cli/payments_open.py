"""``esignctl payments open``: who still owes, and whom we owe."""

from collections.abc import Sequence
from typing import Any

import typer

from esignctl.cli import movements
from esignctl.cli.movements import Standings
from esignctl.cli.session import Session
from esignctl.i18n import _
from esignctl.payments import outstanding
from esignctl.payments.outstanding import Account, Open
from esignctl.people.applications import Standing
from esignctl.registry import accounts
from esignctl.result import Block, Grid, Heading, Note, Result
from esignctl.text import money


def open_accounts(context: typer.Context) -> Result:
    """Short payments, refunds and excess until they are settled; exit 1 while there are any."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        known = movements.standings(session, connection)
        given = accounts.given(connection)
        seen = [_account(each, given.get(number, [])) for number, each in known.items()]
        to_us = outstanding.owed_to_us(seen)
        by_us = outstanding.owed_by_us(seen, accounts.rests(connection))
        waiting = accounts.waiting(connection)
    return Result(
        {
            "owed_to_us": [_as_json(each, known, waiting) for each in to_us],
            "owed_by_us": [_as_json(each, known, waiting) for each in by_us],
            "summary": {
                "owed_to_us": money.to_json(_sum(to_us)),
                "owed_by_us": money.to_json(_sum(by_us)),
            },
        },
        attention=bool(to_us or by_us),
        view=[
            *_view(_("Owed to us"), to_us, known, waiting),
            *_view(_("Owed by us"), by_us, known, waiting),
            Note(
                _("Owed to us: {to_us} TL; owed by us: {by_us} TL.").format(
                    to_us=money.show(_sum(to_us)), by_us=money.show(_sum(by_us))
                )
                if to_us or by_us
                else _("Nothing is open: nobody owes anything, and we owe nothing.")
            ),
        ],
    )


def _account(standing: Standing, given: Sequence[accounts.Given]) -> Account:
    return Account(
        standing.application.id,
        standing.fee,
        given,
        standing.state == "cancelled",
        bool(standing.dossier.milestones),
    )


def _sum(items: Sequence[Open]) -> int:
    return sum(each.amount for each in items)


def _as_json(each: Open, known: Standings, waiting: dict[int, list[int]]) -> dict[str, Any]:
    standings = [known[number] for number in each.applications]
    first = standings[0]
    return {
        "application": first.application.number if len(standings) == 1 else None,
        "applications": [one.application.number for one in standings],
        "person": first.person.name if len(standings) == 1 else None,
        "state": first.state if len(standings) == 1 else None,
        "fee_due": None if first.fee is None else money.to_json(first.fee),
        "paid": money.to_json(first.paid),
        "amount": money.to_json(each.amount),
        "reason": each.reason,
        "movements": list(each.movements),
        "waiting": _waiting(each, waiting),
    }


def _waiting(each: Open, waiting: dict[int, list[int]]) -> list[int]:
    """The movements that may settle it and wait for a decision."""
    found = {movement for number in each.applications for movement in waiting.get(number, ())}
    return sorted(found)


def _view(
    title: str, items: Sequence[Open], known: Standings, waiting: dict[int, list[int]]
) -> list[Block]:
    if not items:
        return []
    rows = []
    for each in items:
        standings = [known[number] for number in each.applications]
        rows.append(
            (
                ", ".join(one.application.number for one in standings),
                ", ".join(dict.fromkeys(one.person.name for one in standings)),
                money.show(each.amount),
                _(outstanding.REASONS[each.reason]),
                ", ".join(map(str, each.movements)),
                ", ".join(map(str, _waiting(each, waiting))),
            )
        )
    titles = (
        _("Application"),
        _("Person"),
        _("Open (TL)"),
        _("Why"),
        _("Movements"),
        _("Waiting for a decision"),
    )
    return [Heading(title), Grid(titles, rows, right=frozenset({2}))]
