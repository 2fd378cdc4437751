"""``esignctl payments``: posted payments, open decisions, and what a person decides."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Annotated, Literal

import typer

from esignctl.cli import keyboard, movements, payments_evidence, payments_learned
from esignctl.cli.frame import Command, group
from esignctl.cli.payments_open import open_accounts
from esignctl.cli.payments_review import Walk
from esignctl.cli.session import Session
from esignctl.errors import NotFound, UsageError
from esignctl.findings import Finding
from esignctl.i18n import _, ngettext
from esignctl.payments import ledger, reasons, review, teaching
from esignctl.people import applications as people
from esignctl.registry import Connection, Registry
from esignctl.registry import ledger as store
from esignctl.registry.ledger import StoredMovement
from esignctl.result import Block, Note, Result
from esignctl.text import money

app = group(_("Posted payments and open decisions."))

DecisionName = Literal["matched", "review", "unrelated", "dismissed"]
_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
_LARGEST_ID = 2**63 - 1

MovementId = Annotated[
    int,
    typer.Argument(
        metavar=_("MOVEMENT"),
        min=1,
        max=_LARGEST_ID,
        show_default=False,
        help=_("The movement's id, as 'reconcile' and 'payments list' tell it."),
    ),
]
Why = Annotated[
    str | None,
    typer.Option("--reason", metavar=_("TEXT"), help=_("Why; the audit log keeps it.")),
]


@app.command("list", cls=Command, help=_("List movements and what was posted from them."))
def list_movements(
    context: typer.Context,
    decision: Annotated[
        DecisionName | None,
        typer.Option("--decision", help=_("Only movements decided like this.")),
    ] = None,
    application: Annotated[
        str | None,
        typer.Option(
            "--application",
            metavar=_("NUMBER"),
            help=_("Only what was posted to this application, or waits and may be for it."),
        ),
    ] = None,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", metavar=_("DATE"), formats=_DAY_FORMATS, help=_("Only from this day on.")
        ),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option(
            "--to", metavar=_("DATE"), formats=_DAY_FORMATS, help=_("Only until this day.")
        ),
    ] = None,
    statement: Annotated[
        int | None,
        typer.Option(
            "--statement",
            metavar=_("ID"),
            help=_("Only movements of this imported file."),
        ),
    ] = None,
) -> Result:
    """All movements that fit every condition."""
    session = Session.of(context)
    if first and last and first > last:
        raise UsageError(problem=_("--from is later than --to."), command=context.command_path)
    with session.registry() as registry, registry.read() as connection:
        found = store.movements(
            connection,
            [decision] if decision else (),
            statement_id=_statement(connection, statement),
            application_id=_application(connection, application),
            first=_day(first),
            last=_day(last),
        )
        return Result(
            data={"movements": [movements.as_json(session, each) for each in found]},
            view=[*movements.grid(session, found), Note(_count(found))],
        )


@app.command("review", cls=Command, help=_("Decide what waits, one by one; or only list it."))
def open_decisions(
    context: typer.Context,
    only_list: Annotated[
        bool,
        typer.Option("--list", help=_("List what waits and ask nothing, as through a pipe.")),
    ] = False,
) -> Result:
    """Every open decision with candidates and reasons; exit 1 while there is any.

    On a terminal the person decides one after the other, with one key each.
    """
    session = Session.of(context)
    if keyboard.is_there() and not session.as_json and not only_list:
        with session.registry() as registry:
            with registry.read() as connection:
                ids = [each.id for each in store.open_reviews(connection)]
            if ids:
                return Walk(session, registry, ids).run()
    with session.registry() as registry, registry.read() as connection:
        waiting = store.open_reviews(connection)
        known = movements.standings(session, connection)
        view: list[Block] = []
        for each in waiting:
            view += movements.card(session, each, known)
        if waiting:
            text = ngettext(
                "{count} movement waits for a decision: 'esignctl payments accept MOVEMENT"
                " APPLICATION' posts it, 'esignctl payments dismiss MOVEMENT --reason TEXT' sets"
                " it aside.",
                "{count} movements wait for a decision: 'esignctl payments accept MOVEMENT"
                " APPLICATION' posts one, 'esignctl payments dismiss MOVEMENT --reason TEXT' sets"
                " one aside.",
                len(waiting),
            )
            view.append(Note(text.format(count=len(waiting))))
        else:
            view.append(Note(_("Nothing waits for a decision.")))
        return Result(
            data={"movements": [movements.as_json(session, each, known) for each in waiting]},
            attention=bool(waiting),
            view=view,
        )


@app.command("accept", cls=Command, help=_("Post a movement to the applications it pays for."))
def accept(
    context: typer.Context,
    movement: MovementId,
    shares: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("APPLICATION[=AMOUNT]..."),
            show_default=False,
            help=_(
                "Application numbers. One without an amount takes the whole movement, several take"
                " their outstanding fees. A movement that gives a payment back needs none."
            ),
        ),
    ] = None,
    reason: Why = None,
) -> Result:
    """Post by a person, who may know more than the bank's text tells."""
    session = Session.of(context)
    wishes = [ledger.parse_wish(text) for text in shares or ()]
    with session.registry() as registry:
        with registry.write(session.command) as transaction:
            look_up = partial(movements.account, session, transaction.connection)
            stored = review.accept(
                transaction, movement, wishes, look_up, reason, movements.our_account(session)
            )
        with registry.read() as connection:
            learned = movements.learned(connection, stored)
        return _changed(session, registry, stored, _("Movement {id} is posted."), learned)


@app.command("dismiss", cls=Command, help=_("Set a movement aside that is not for us."))
def dismiss(
    context: typer.Context,
    movement: MovementId,
    reason: Annotated[
        str, typer.Option("--reason", metavar=_("TEXT"), help=_("Why; the audit log keeps it."))
    ],
) -> Result:
    """Close an open decision without a posting."""
    session = Session.of(context)
    with session.registry() as registry:
        with registry.write(session.command) as transaction:
            stored = review.dismiss(transaction, movement, reason)
        return _changed(session, registry, stored, _("Movement {id} is dismissed."))


@app.command(
    "undo", cls=Command, help=_("Take a posting or dismissal back; the movement waits again.")
)
def undo(context: typer.Context, movement: MovementId, reason: Why = None) -> Result:
    """Counter-entries for what was posted; nothing is ever deleted."""
    session = Session.of(context)
    with session.registry() as registry:
        with registry.write(session.command) as transaction:
            stored = review.undo(transaction, movement, reason)
        return _changed(session, registry, stored, _("Movement {id} waits for a decision again."))


@app.command("explain", cls=Command, help=_("Tell why a movement was decided as it was."))
def explain(context: typer.Context, movement: MovementId) -> Result:
    """A movement with its reasons in words, its candidates, and what people did to it."""
    session = Session.of(context)
    with session.registry() as registry, registry.read() as connection:
        stored = review.find(connection, movement)
        known = movements.standings(session, connection)
        past = store.history(connection, movement)
        recalled = teaching.recalled(connection, stored.movement.description)
        return Result(
            data={
                **movements.as_json(session, stored, known),
                "explanations": {code: reasons.in_words(code) for code in stored.movement.reasons},
                **payments_evidence.as_json(stored),
                "history": [each._asdict() for each in past],
                "learned": [
                    payments_learned.as_json(session, connection, each) for each in recalled
                ],
            },
            view=[
                *movements.card(session, stored, known),
                *payments_evidence.grid(stored),
                *movements.history(past),
                *payments_learned.grid(session, connection, recalled),
            ],
        )


app.add_typer(payments_learned.app, name="learned")
app.command("open", cls=Command, help=_("List who still owes, and whom we owe."))(open_accounts)


def _changed(
    session: Session,
    registry: Registry,
    stored: StoredMovement,
    told: str,
    findings: Sequence[Finding] = (),
) -> Result:
    """A movement after a person's decision."""
    with registry.read() as connection:
        known = movements.standings(session, connection)
    return Result(
        data=movements.as_json(session, stored),
        findings=findings,
        view=[
            Note(told.format(id=stored.id)),
            *movements.card(session, stored, known, heading=False),
        ],
    )


def _statement(connection: Connection, statement_id: int | None) -> int | None:
    if statement_id is None:
        return None
    if abs(statement_id) > _LARGEST_ID or not store.has_statement(connection, statement_id):
        raise NotFound(
            what=_("statement"), name=str(statement_id), lookup="esignctl payments list --json"
        )
    return statement_id


def _application(connection: Connection, number: str | None) -> int | None:
    return None if number is None else people.find(connection, number).application.id


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _count(found: Sequence[StoredMovement]) -> str:
    posted = sum(posting.amount for each in found for posting in ledger.live(each.postings))
    text = ngettext(
        "{count} movement, {sum} TL posted.", "{count} movements, {sum} TL posted.", len(found)
    )
    return text.format(count=len(found), sum=money.show(posted))
