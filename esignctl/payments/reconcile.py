"""From statement files to decisions and postings in the registry.

The files are read first, so that one that cannot be read changes nothing; then everything is
decided and posted in one transaction, so that an interrupted run leaves no trace.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path

from esignctl.errors import ConfigurationKeyMissing, StatementOfAnotherAccount
from esignctl.findings import Finding, finding
from esignctl.payments.applicants import Application, person
from esignctl.payments.claims import prices
from esignctl.payments.decisions import Decision, Line, Reconciliation
from esignctl.payments.directory import Directory
from esignctl.payments.layouts import load_layouts
from esignctl.payments.learned import Lesson
from esignctl.payments.matching import decide
from esignctl.payments.recognition import Recognised, recognise
from esignctl.payments.reversals import EarlierPayments
from esignctl.payments.statements import Statement, read_statement
from esignctl.people import fee_due
from esignctl.registry import Connection, Registry, Transaction
from esignctl.registry import payments as store
from esignctl.registry.learning import phrases
from esignctl.settings import Settings, check
from esignctl.text.iban import show as show_iban

_KNOWN = Decision("known", ("KNOWN",))


def read_statements(paths: Sequence[Path], settings: Settings) -> list[Statement]:
    """Read all files; the first that cannot be taken stops everything, with nothing changed."""
    if not settings.fees:
        raise ConfigurationKeyMissing(key="fees", file=settings.path.name)
    usable = load_layouts(settings.layouts, settings.path.name)
    statements = [read_statement(path, usable) for path in paths]
    ours = settings.account.iban
    for statement in statements:
        if ours and statement.account_iban and statement.account_iban != ours:
            raise StatementOfAnotherAccount(
                file=statement.file, iban=show_iban(statement.account_iban), ours=show_iban(ours)
            )
    return statements


def preview(
    registry: Registry,
    statements: Sequence[Statement],
    settings: Settings,
    advance: Callable[[int], None] = lambda _movements: None,
) -> list[Reconciliation]:
    """What :func:`post` would do; nothing is written."""
    book = _Book(settings, advance)
    with registry.read() as connection:
        reconciliations = []
        for number, statement in enumerate(statements, start=1):
            decided = book.decide(statement, connection)
            reconciliations.append(decided.reconciliation)
            if number < len(statements):
                book.remember(decided)
        return reconciliations


def post(
    registry: Registry,
    statements: Sequence[Statement],
    settings: Settings,
    command: str,
    before_commit: Callable[[Sequence[Reconciliation]], None],
    advance: Callable[[int], None] = lambda _movements: None,
) -> list[Reconciliation]:
    """Decide about all movements and keep them, with their postings, in one transaction.

    ``before_commit`` is called with the outcome; if it fails, nothing is kept. ``advance`` is told
    time and again how many movements more are decided.
    """
    book = _Book(settings, advance)
    with registry.write(command) as transaction:
        done = [
            _keep(transaction, book.decide(statement, transaction.connection))
            for statement in statements
        ]
        before_commit(done)
        return done


def findings(statements: Sequence[Statement], settings: Settings) -> list[Finding]:
    """What a careful reader would notice in statements that were taken."""
    found = [each for each in check(settings) if each.code == "IBAN-BANK-MISMATCH"]
    for statement in statements:
        if statement.balance_breaks:
            rows = ", ".join(str(row) for row in statement.balance_breaks[:5])
            found.append(finding("BALANCE-BREAK", file=statement.file, rows=rows))
        if statement.open_end:
            found.append(finding("STATEMENT-OPEN-END", file=statement.file))
    return found


def own_names(settings: Settings) -> list[str]:
    """The names under which the account is held, as they are written."""
    names = (settings.account.holder, settings.institution.name)
    return [name for name in names if name]


@dataclass(frozen=True)
class _Decided:
    """A statement with its decisions, and how its movements are recognised."""

    reconciliation: Reconciliation
    account: str
    known: Sequence[Recognised] | None

    @cached_property
    def recognised(self) -> Sequence[Recognised]:
        """How each movement is told from its like; where none is known, worked out when needed."""
        if self.known is not None:
            return self.known
        return recognise(self.reconciliation.statement.movements, ())


class _Book:
    """Decides about statements by the registry, and by what this run has decided before."""

    def __init__(self, settings: Settings, advance: Callable[[int], None]) -> None:
        self._settings = settings
        self._advance = advance
        self._prices = prices(fee.amount for fee in settings.fees)
        self._own_names = own_names(settings)
        self._paid: dict[int, int] = {}
        self._seen: list[tuple[str, date, store.KnownMovement]] = []
        self._files: set[str] = set()
        self._earlier = EarlierPayments()

    def decide(self, statement: Statement, connection: Connection) -> _Decided:
        """Decide about every movement that the registry does not know."""
        account = statement.account_iban or self._settings.account.iban or ""
        movements = statement.movements
        kept = self._known(statement, account, connection) if movements else []
        again = statement.sha256 in self._files or store.was_imported(connection, statement.sha256)
        # a message states its balances, and so the days between them whole
        whole = statement.opening is not None
        known = recognise(movements, kept, again, whole) if kept else None
        ids = [each.known_id for each in known] if known else [None] * len(movements)
        new = [place for place, known_id in enumerate(ids) if known_id is None]
        payables = store.open_applications(connection)
        decisions = decide(
            [movements[place] for place in new],
            self._directory(connection, payables),
            self._prices,
            statement.newest_first,
            self._own_names,
            [Lesson(*each) for each in phrases(connection)],
            self._advance,
        )
        undecided = iter(decisions)
        lines = []
        for movement, known_id in zip(movements, ids, strict=True):
            if known_id is not None:
                lines.append(Line(movement, _KNOWN, known_id or None))
                continue
            decision = next(undecided)
            if decision.reverses is not None:
                decision = decision._replace(reverses=new[decision.reverses])
            lines.append(Line(movement, decision))
        numbers = {payable.id: payable.number for payable in payables}
        cancelled = self._name_cancelled(lines, connection)
        numbers |= {payable.id: payable.number for payable in cancelled}
        lines = self._earlier.link(lines, connection)
        return _Decided(Reconciliation(statement, lines, numbers), account, known)

    def _name_cancelled(self, lines: list[Line], connection: Connection) -> list[store.Payable]:
        """Give money that goes back for a cancelled application that one as candidate.

        Nothing is posted to these, so that otherwise they are out of sight; returns them.
        """
        lost = [
            place
            for place, line in enumerate(lines)
            if "REVERSAL" in line.decision.reasons
            and line.movement.amount < 0
            and not line.decision.candidates
        ]
        payables = store.cancelled_but_paid(connection) if lost else []
        if payables:
            decisions = decide(
                [lines[place].movement for place in lost],
                self._directory(connection, payables),
                self._prices,
                False,
                self._own_names,
            )
            for place, found in zip(lost, decisions, strict=True):
                decision = lines[place].decision._replace(candidates=found.candidates)
                lines[place] = lines[place]._replace(decision=decision)
        return payables

    def _known(
        self, statement: Statement, account: str, connection: Connection
    ) -> list[store.KnownMovement]:
        """The movements of the statement's account and days that this run or another one kept."""
        days = [movement.date for movement in statement.movements]
        first, last = min(days), max(days)
        return store.known_movements(connection, account, first, last) + [
            each
            for other, day, each in self._seen
            if first <= day <= last and (other == account or not other or not account)
        ]

    def remember(self, decided: _Decided) -> None:
        """Let later files of the same preview see what this one would have posted."""
        reconciliation = decided.reconciliation
        self._files.add(reconciliation.statement.sha256)
        self._earlier.remember(reconciliation.statement.file, reconciliation.lines)
        for line, each in zip(reconciliation.lines, decided.recognised, strict=True):
            for share in line.decision.postings:
                paid = self._paid.get(share.application, 0)
                self._paid[share.application] = paid + share.amount
            if each.known_id is None:
                movement = line.movement
                kept = store.KnownMovement(
                    0,
                    each.fingerprint,
                    each.occurrence,
                    movement.time.isoformat() if movement.time else None,
                    movement.amount,
                    movement.balance,
                    movement.reference or "",
                    movement.date.isoformat(),
                    movement.description,
                )
                self._seen.append((decided.account, movement.date, kept))

    def _directory(self, connection: Connection, payables: Sequence[store.Payable]) -> Directory:
        people = store.load_people(connection)
        groups = {each.id: each.group for each in people}
        due = lru_cache(maxsize=None)(partial(fee_due, self._settings.fees))
        applications: dict[int, list[Application]] = {}
        for each in payables:
            if each.stage == "cancelled":
                continue
            applications.setdefault(each.person_id, []).append(
                Application(
                    each.id,
                    each.kind,
                    each.opened_on,
                    due(each.kind, groups[each.person_id], each.opened_on),
                    each.paid + self._paid.get(each.id, 0),
                    each.number,
                )
            )
        return Directory(
            [
                person(
                    each.id,
                    each.tckn,
                    each.given_names,
                    each.surname,
                    applications.get(each.id, ()),
                )
                for each in people
            ],
            store.cancelled_applications(connection),
        )


def _keep(transaction: Transaction, decided: _Decided) -> Reconciliation:
    """Write the new movements of a statement with their candidates and postings."""
    reconciliation = decided.reconciliation
    statement = reconciliation.statement
    dates = [movement.date for movement in statement.movements]
    new = [place for place, each in enumerate(decided.recognised) if each.known_id is None]
    statement_id = store.add_statement(
        transaction,
        store.StatementRecord(
            statement.file,
            statement.sha256,
            statement.bank,
            decided.account,
            min(dates, default=None),
            max(dates, default=None),
            len(dates),
        ),
    )
    lines = list(reconciliation.lines)
    ids = store.add_movements(transaction, statement_id, _records(lines, decided, new), len(new))
    for place, movement_id in zip(new, ids, strict=True):
        line = lines[place]
        lines[place] = Line(line.movement, line.decision, movement_id, line.gives_back)
    kept = replace(reconciliation, lines=lines)
    ours = [
        (movement_id, lines[place])
        for place, movement_id in zip(new, ids, strict=True)
        if lines[place].decision.outcome != "unrelated"
    ]
    store.add_candidates(
        transaction,
        (
            store.Candidate(movement_id, candidate.application, candidate.score, rank)
            for movement_id, line in ours
            for rank, candidate in enumerate(line.decision.candidates, start=1)
        ),
    )
    store.add_postings(
        transaction,
        (
            store.Posting(movement_id, share.application, share.amount, "auto")
            for movement_id, line in ours
            for share in line.decision.postings
        ),
    )
    store.link_reversals(
        transaction,
        (
            (movement_id, paid.movement_id)
            for movement_id, line in ours
            if (paid := kept.given_back(line)) and paid.movement_id is not None
        ),
    )
    return kept


def _records(
    lines: Sequence[Line], decided: _Decided, new: Iterable[int]
) -> Iterator[store.MovementRecord]:
    """What is kept of the lines at the places ``new``."""
    for place in new:
        movement, decision, *_rest = lines[place]
        each = decided.recognised[place]
        yield store.MovementRecord(
            movement.row,
            decided.account,
            movement.date,
            movement.time.isoformat() if movement.time else None,
            movement.amount,
            movement.balance,
            movement.description,
            movement.reference or "",
            each.fingerprint,
            each.occurrence,
            decision.outcome,
            decision.reasons,
            decision.excess,
        )
