"""``esignctl reconcile``: read statements, decide whose each payment is, and post."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from esignctl.cli.frame import Command, single
from esignctl.cli.render import progress
from esignctl.cli.session import Session
from esignctl.i18n import _
from esignctl.payments import collector, reasons, reconcile
from esignctl.payments.decisions import Decision, Line, Reconciliation
from esignctl.result import Block, Encode, Facts, Grid, Heading, Note, Result, Streamed
from esignctl.text import dates, iban, money

app = single()

# fewer movements, or fewer bytes, take less than a second
_LARGE: Final = 10_000
_LARGE_FILES: Final = 1 << 20


@app.command(cls=Command, help=_("Read bank statements and post the payments in them."))
def run(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar=_("FILE..."), help=_("Account statements as the bank exports them.")
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Decide exactly the same, but write nothing."))
    ] = False,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--workbook",
            metavar=_("OUT.xlsx"),
            help=_("Write an Excel workbook of the outcome too."),
        ),
    ] = None,
) -> Result:
    """Decide about every movement of the files; what is certain is posted, doubt is shown."""
    session = Session.of(context)
    with collector.paused():
        return _run(session, files, dry_run, workbook)


def _run(session: Session, files: list[Path], dry_run: bool, workbook: Path | None) -> Result:
    file = _file_for(workbook, session)
    with progress(_("Reading"), None, session) if _are_large(files) else nullcontext():
        statements = reconcile.read_statements(files, session.settings)
    count = sum(len(statement.movements) for statement in statements)
    with session.registry() as registry:
        with progress(_("Deciding"), count, session, worth=_LARGE) as advance:
            if dry_run:
                done = reconcile.preview(registry, statements, session.settings, advance)
                file(done)
            else:
                done = reconcile.post(
                    registry, statements, session.settings, session.command, file, advance
                )
        summaries = [_summary(each.lines) for each in done]
        view = [
            block
            for each, summary in zip(done, summaries, strict=True)
            for block in _view(each, summary, session, dry_run)
        ]
    findings = reconcile.findings(statements, session.settings)
    documents = [_as_json(each, summary) for each, summary in zip(done, summaries, strict=True)]
    return Result(
        data=documents[0] if len(documents) == 1 else {"statements": documents},
        findings=findings,
        attention=any(each["summary"]["review"] for each in documents)
        or any(finding.code in ("BALANCE-BREAK", "STATEMENT-OPEN-END") for finding in findings),
        view=view,
    )


def _are_large(files: Sequence[Path]) -> bool:
    """Whether reading takes long enough for somebody to wonder."""
    return sum(file.stat().st_size for file in files if file.is_file()) >= _LARGE_FILES


def _file_for(
    workbook: Path | None, session: Session
) -> Callable[[Sequence[Reconciliation]], None]:
    """What writes the workbook; that it can be written there is known before anything is read."""
    if workbook is None:
        return lambda done: None
    from esignctl.payments.workbook import check_place, write_workbook

    check_place(workbook)
    return lambda done: write_workbook(workbook, done, session.free_text)


def _as_json(reconciliation: Reconciliation, summary: dict[str, Any]) -> dict[str, Any]:
    """The statement for JSON; its movements, of which there are many, are made when written."""
    statement, lines = reconciliation.statement, reconciliation.lines
    days = [movement.date for movement in statement.movements]
    return {
        "statement": {
            "file": statement.file,
            "bank": statement.bank,
            "account_iban": statement.account_iban,
            "rows": len(lines),
            "first_date": min(days).isoformat() if days else None,
            "last_date": max(days).isoformat() if days else None,
        },
        "summary": summary,
        "movements": Streamed(
            lambda: (_line_as_json(line, reconciliation) for line in lines),
            lambda encode: _as_texts(lines, reconciliation, encode),
        ),
    }


def _summary(lines: Sequence[Line]) -> dict[str, Any]:
    outcomes = Counter([line.decision.outcome for line in lines])
    return {
        "movements": len(lines),
        "incoming": len([line for line in lines if line.movement.amount > 0]),
        "known": outcomes["known"],
        "matched": outcomes["matched"],
        "review": outcomes["review"],
        "unrelated": outcomes["unrelated"],
        "posted": money.to_json(_posted(lines)),
    }


def _line_as_json(line: Line, reconciliation: Reconciliation) -> dict[str, Any]:
    movement, decision, numbers = line.movement, line.decision, reconciliation.numbers
    given_back = reconciliation.given_back(line)
    return {
        "row": movement.row,
        "id": line.movement_id,
        "date": movement.date.isoformat(),
        "amount": money.to_json(movement.amount),
        "decision": decision.outcome,
        "postings": [
            {"application": numbers[share.application], "amount": money.to_json(share.amount)}
            for share in decision.postings
        ],
        "candidates": [
            {"application": numbers[candidate.application], "score": candidate.score}
            for candidate in decision.candidates
        ],
        "reasons": list(decision.reasons),
        "excess": money.to_json(decision.excess),
        "reverses": given_back
        and {"file": given_back.file, "row": given_back.row, "id": given_back.movement_id},
    }


def _as_texts(
    lines: Sequence[Line], reconciliation: Reconciliation, encode: Encode
) -> Iterator[str]:
    """The lines as JSON. Most concern nobody: they differ in what stands before the decision."""
    endings: dict[Decision, str] = {}
    day_text = lru_cache(maxsize=None)(date.isoformat)
    for line in lines:
        movement, decision = line.movement, line.decision
        if decision.outcome != "unrelated":
            yield encode(_line_as_json(line, reconciliation))
            continue
        ending = endings.get(decision)
        if ending is None:
            whole = encode(_line_as_json(line, reconciliation))
            ending = endings[decision] = whole[whole.index('"decision"') :]
        yield (
            f'{{"row": {movement.row}, "id": {line.movement_id or "null"},'
            f' "date": "{day_text(movement.date)}", "amount": "{money.to_json(movement.amount)}",'
            f" {ending}"
        )


def _view(
    reconciliation: Reconciliation, summary: dict[str, Any], session: Session, dry_run: bool
) -> list[Block]:
    statement, lines = reconciliation.statement, reconciliation.lines
    days = [movement.date for movement in statement.movements]
    blocks: list[Block] = [
        Heading(statement.file),
        Facts(
            [
                (_("Bank"), statement.bank_name),
                (_("Account"), iban.show(statement.account_iban or "-")),
                (
                    _("Period"),
                    f"{dates.show(min(days))} - {dates.show(max(days))}" if days else "-",
                ),
                (_("Movements"), str(summary["movements"])),
                (_("Posted"), f"{summary['matched']} ({money.show(_posted(lines))} TL)"),
                (_("For a person to decide"), str(summary["review"])),
                (_("Not ours"), str(summary["unrelated"])),
                (_("Known already"), str(summary["known"])),
            ]
        ),
    ]
    review = [line for line in lines if line.decision.outcome == "review"]
    if review:
        blocks += [
            Heading(_("For a person to decide")),
            Grid(
                (_("Row"), _("Id"), _("Date"), _("Amount (TL)"), _("Description"), _("Why")),
                [
                    (
                        str(line.movement.row),
                        str(line.movement_id or "-"),
                        dates.show(line.movement.date),
                        money.show(line.movement.amount),
                        session.free_text(line.movement.description),
                        _why(line, reconciliation),
                    )
                    for line in review
                ],
                right=frozenset({0, 1, 3}),
            ),
        ]
    if dry_run:
        blocks.append(Note(_("Nothing was written: this was a dry run.")))
    elif review:
        blocks.append(
            Note(_("Decide with 'esignctl payments accept' or 'esignctl payments dismiss'."))
        )
    return blocks


def _posted(lines: Sequence[Line]) -> int:
    return sum([share.amount for line in lines for share in line.decision.postings])


def _why(line: Line, reconciliation: Reconciliation) -> str:
    codes = reasons.obstacles(line.decision.reasons)
    words = "; ".join(reasons.in_words(code) for code in codes)
    candidates = ", ".join(
        reconciliation.numbers[candidate.application] for candidate in line.decision.candidates
    )
    return f"{words} → {candidates}?" if candidates else words
