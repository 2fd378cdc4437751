"""What the workbook of a reconciliation tells, page by page, without any file format.

A summary whose sums can be checked against the statement, then a page for each outcome.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from esignctl.i18n import _, active_language
from esignctl.payments import reasons
from esignctl.payments.decisions import Line, Reconciliation
from esignctl.payments.totals import Totals, balances, totals
from esignctl.tables.writing import Cells, Header, Page, Value
from esignctl.text import iban, money

Show = Callable[[str], str]
"""How a text of the bank's may be shown: with its personal numbers masked, or in full."""

ROWS_PER_PAGE: Final = 1_048_575
"""What a sheet of Excel takes below a header; the rest goes on in a page of its own."""

_COLOURS: Final = {
    "summary": "1F4E78",
    "matched": "2E7D32",
    "review": "B26A00",
    "unrelated": "616161",
    "known": "455A64",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A movement with all that its row tells."""

    line: Line
    of: Reconciliation
    show: Show


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a page; an ``optional`` one stands there only if something stands in it."""

    title: str
    width: int
    kind: str
    value: Callable[[_Row], Value]
    optional: bool = False


def pages(reconciliations: Sequence[Reconciliation], show: Show) -> Iterator[Page]:
    """All pages for one or more statements, in the active language."""
    yield _summary(reconciliations)
    yield from _movements(reconciliations, show)


def _summary(reconciliations: Sequence[Reconciliation]) -> Page:
    rows: list[Cells] = []
    rows.append([(_("Reconciliation of e-signature payments"), "title")])
    for each in reconciliations:
        statement = each.statement
        days = [movement.date for movement in statement.movements]
        rows.append([])
        rows.append([(statement.file, "subtitle")])
        rows.append([(_("Bank"), "text"), (statement.bank_name, "label")])
        rows.append([(_("Account"), "text"), (iban.show(statement.account_iban or "-"), "label")])
        rows.append([(_("First day"), "text"), (min(days, default=None), "day")])
        rows.append([(_("Last day"), "text"), (max(days, default=None), "day")])
        rows += _balances(each)
        rows.append([])
        rows += _outcomes(each.lines)
    if len(reconciliations) > 1:
        rows.append([])
        rows.append([(_("All statements"), "subtitle")])
        rows += _outcomes([line for each in reconciliations for line in each.lines])
    return Page(_("summary"), _COLOURS["summary"], (30, 16, 16, 16, 16, 16, 16), rows)


def _balances(of: Reconciliation) -> list[Cells]:
    """From the opening to the closing balance, if the statement has them."""
    found = balances(of.statement)
    if found is None:
        return []
    opening, closing = found
    whole = totals(of.lines)
    return [
        [(_("Opening balance (TL)"), "text"), (opening, "money")],
        [(_("Money in (TL)"), "text"), (whole.incoming, "money")],
        [(_("Money out (TL)"), "text"), (whole.outgoing, "money")],
        [(_("Closing balance (TL)"), "text"), (closing, "money")],
        [(_("Difference (TL)"), "text"), (closing - opening - whole.net, "money")],
    ]


def _outcomes(lines: Sequence[Line]) -> list[Cells]:
    """A row for each outcome, and their sum."""
    titles = (
        _("Outcome"),
        _("Movements"),
        _("Money in (TL)"),
        _("Money out (TL)"),
        _("Net (TL)"),
        _("Posted (TL)"),
        _("Excess (TL)"),
    )
    rows: list[Cells] = [
        [(title, "number-header" if place else "header") for place, title in enumerate(titles)]
    ]
    for outcome, title in _titles().items():
        sums = totals(line for line in lines if line.decision.outcome == outcome)
        if sums.movements or outcome != "known":
            rows.append(_sums(title, sums, "text", "count", "money"))
    rows.append(_sums(_("Total"), totals(lines), "strong", "strong-count", "sum"))
    return rows


def _sums(title: str, sums: Totals, text: str, count: str, amount: str) -> Cells:
    amounts = (sums.incoming, sums.outgoing, sums.net, sums.posted, sums.excess)
    return [(title, text), (sums.movements, count), *((each, amount) for each in amounts)]


def _movements(reconciliations: Sequence[Reconciliation], show: Show) -> Iterator[Page]:
    """A page for each outcome, with every movement once."""
    for outcome, title in _titles().items():
        found = [
            _Row(line, each, show)
            for each in reconciliations
            for line in each.lines
            if line.decision.outcome == outcome
        ]
        if outcome == "known" and not found:
            continue
        columns = [
            column
            for column in _columns(outcome, len(reconciliations) > 1)
            if not column.optional or any(column.value(row) for row in found)
        ]
        for start in range(0, len(found) or 1, ROWS_PER_PAGE):
            part = found[start : start + ROWS_PER_PAGE]
            yield Page(
                title if start == 0 else f"{title} ({start // ROWS_PER_PAGE + 1})",
                _COLOURS[outcome],
                [column.width for column in columns],
                ([(column.value(row), column.kind) for column in columns] for row in part),
                Header(
                    [column.title for column in columns],
                    len(part),
                    [column.kind for column in columns],
                ),
            )


def _titles() -> dict[str, str]:
    """The outcomes with the names of their sheets."""
    return {
        "matched": _("matched"),
        "review": _("review"),
        "unrelated": _("unrelated"),
        "known": _("known"),
    }


def _columns(outcome: str, several_files: bool) -> list[_Column]:
    columns = []
    if several_files:
        columns.append(_Column(_("File"), 20, "text", lambda row: row.of.statement.file))
    columns += [
        _Column(_("Row"), 7, "count", lambda row: row.line.movement.row),
        _Column(_("Movement"), 10, "count", lambda row: row.line.movement_id),
        _Column(_("Date"), 12, "day", lambda row: row.line.movement.date),
        _Column(_("Amount (TL)"), 13, "money", lambda row: row.line.movement.amount),
    ]
    if outcome == "matched":
        columns += [
            _Column(_("Application"), 18, "text", _applications),
            _Column(_("Posted (TL)"), 13, "money", _posted),
            _Column(_("Excess (TL)"), 11, "excess", lambda row: row.line.decision.excess or None),
        ]
    if outcome == "review":
        columns += [
            _Column(_("Candidates"), 20, "text", _candidates),
            _Column(_("Gives back row"), 11, "count", _given_back),
        ]
    if outcome != "known":
        columns.append(_Column(_("Reasons"), 40, "text", _why))
    columns += [
        _Column(
            _("Bank reference"),
            15,
            "text",
            lambda row: row.line.movement.reference,
            optional=True,
        ),
        _Column(_("Description"), 56, "text", lambda row: row.show(row.line.movement.description)),
    ]
    return columns


def _applications(row: _Row) -> str:
    shares = row.line.decision.postings
    if len(shares) == 1:
        return row.of.numbers[shares[0].application]
    return "; ".join(
        f"{row.of.numbers[share.application]} = {money.show(share.amount)}" for share in shares
    )


def _posted(row: _Row) -> int:
    return sum(share.amount for share in row.line.decision.postings)


def _candidates(row: _Row) -> str | None:
    likely = [
        _("{application} ({number} %)").format(
            application=row.of.numbers[candidate.application], number=round(candidate.score * 100)
        )
        for candidate in row.line.decision.candidates
    ]
    return "; ".join(likely) or None


def _given_back(row: _Row) -> int | str | None:
    paid = row.of.given_back(row.line)
    if paid is None:
        return None
    return paid.row if paid.file == row.of.statement.file else f"{paid.file}: {paid.row}"


def _why(row: _Row) -> str:
    return _in_words(row.line.decision.reasons, active_language())


@lru_cache(maxsize=1024)
def _in_words(codes: tuple[str, ...], _language: str) -> str:
    return "; ".join(reasons.in_words(code) for code in codes)
