"""Reads account statements of Turkish banks, whatever the layout and the file format.

The whole file is taken or none of it: a row that looks like a movement but cannot be read rejects
the file, naming sheet, row and column.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import chain, islice
from pathlib import Path

from esignctl.errors import FileNotOpened, NotAStatement, StatementOfSeveralAccounts
from esignctl.i18n import _
from esignctl.payments import messages
from esignctl.payments.cells import text_of
from esignctl.payments.layouts import UNKNOWN, Layouts
from esignctl.payments.statement_columns import HEAD, Columns, find_columns
from esignctl.payments.statement_rows import Movement, Place, read_movements
from esignctl.tables import Row, Sheet, first_bytes, read_tables, text_file
from esignctl.text import iban, system
from esignctl.text.folding import upper_tr

__all__ = ["Movement", "Statement", "read_statement"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole account statement.

    ``file`` is the bare file name; ``bank`` the id of its layout, or ``unknown``; ``account_iban``
    the account's own IBAN if the statement names it; ``movements`` stand in the file's order;
    ``balance_breaks`` are the rows whose balance is not the one before plus their amount.
    ``open_end``: the file ends within the line of its last movement, which may be cut off.
    ``opening`` and ``closing`` are the balances before and after all movements, in kuruş, where the
    file states them apart from its movements.
    """

    file: str
    sha256: str
    bank: str
    bank_name: str
    account_iban: str | None
    movements: Sequence[Movement]
    newest_first: bool
    balance_breaks: tuple[int, ...]
    open_end: bool = False
    opening: int | None = None
    closing: int | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """What one sheet holds of the statement."""

    sheet: str
    columns: Columns
    account_iban: str | None
    movements: list[Movement]
    newest_first: bool
    breaks: list[int]
    open_end: bool


def read_statement(path: Path, layouts: Layouts) -> Statement:
    """The statement in the file at ``path``; raises an ``InputRejected`` if it is none."""
    begins = first_bytes(path)
    if (form := messages.form_of(begins)) is not None:
        return _of_message(messages.read_message(text_file(path, begins), form), path, layouts)
    parts: list[_Part] = []
    elsewhere: set[str] = set()
    for sheet in read_tables(path):
        rows = iter(sheet.rows)
        head = list(islice(rows, HEAD))
        columns = find_columns(head, layouts, f"{path.stem}\n{sheet.name}")
        if columns is None:
            elsewhere.update(_labelled_ibans(head))
        else:
            parts.append(_part(path, sheet, columns, head, rows))
    if not parts:
        raise NotAStatement(file=path.name)
    parts = _without_copies([part for part in parts if part.movements] or parts[:1])
    accounts = {part.account_iban: part.sheet for part in parts if part.account_iban}
    if len(accounts) > 1:
        raise StatementOfSeveralAccounts(file=path.name, place=_sheet(list(accounts.values())[-1]))
    if not accounts and len(elsewhere) == 1:
        accounts = dict.fromkeys(elsewhere, "")
    account_iban = next(iter(accounts), None)
    layout = parts[0].columns.layout
    bank_name = layout.name if layout.id != UNKNOWN else _bank_name(account_iban)
    return Statement(
        path.name,
        _sha256(path),
        layout.id,
        bank_name,
        account_iban,
        tuple(chain.from_iterable(part.movements for part in parts)),
        parts[0].newest_first,
        tuple(chain.from_iterable(part.breaks for part in parts)),
        any(part.open_end for part in parts),
    )


def _of_message(parts: messages.Parts, path: Path, layouts: Layouts) -> Statement:
    """The statement of an MT940 or camt.053 file, whose bank its IBAN tells."""
    code = iban.bank_code(parts.account_iban) if parts.account_iban else None
    layout = next((each for each in layouts.known if code and each.bank_code == code), None)
    return Statement(
        path.name,
        _sha256(path),
        layout.id if layout else UNKNOWN,
        layout.name if layout else _bank_name(parts.account_iban),
        parts.account_iban,
        parts.movements,
        False,
        parts.breaks,
        opening=parts.opening,
        closing=parts.closing,
    )


def _bank_name(account_iban: str | None) -> str:
    code = iban.bank_code(account_iban) if account_iban else ""
    return iban.BANK_NAMES.get(code, _("unknown"))


def _sheet(name: str) -> str:
    return _("sheet {sheet}").format(sheet=name)


def _part(
    path: Path, sheet: Sheet, columns: Columns, head: Sequence[Row], rest: Iterable[Row]
) -> _Part:
    place = Place(path.name, sheet.name)
    movements, others = read_movements(place, columns, chain(head[columns.first :], rest))
    newest_first, breaks = _order(movements)
    above = head[: columns.first]
    found = (_labelled_ibans(above) or _ibans(above))[:1]
    # a line between movements that names an account begins the statement of that account
    accounts = set(found + _labelled_ibans(others))
    if len(accounts) > 1:
        raise StatementOfSeveralAccounts(file=path.name, place=_sheet(sheet.name))
    last_other = max((number for number, _cells in others), default=0)
    return _Part(
        sheet.name,
        columns,
        next(iter(accounts), None),
        movements,
        newest_first,
        breaks,
        sheet.open_end and bool(movements) and movements[-1].row > last_other,
    )


def _ibans(rows: Iterable[Row]) -> list[str]:
    return [
        found
        for _number, cells in rows
        for cell in cells
        for found in iban.find(text_of(cell).replace("tr", "TR"))
    ]


def _labelled_ibans(rows: Iterable[Row]) -> list[str]:
    """The IBANs in rows that also say that it is one."""
    return _ibans(
        (number, cells)
        for number, cells in rows
        if any("IBAN" in upper_tr(text_of(cell)).replace("İ", "I") for cell in cells)
    )


def _order(movements: Sequence[Movement]) -> tuple[bool, list[int]]:
    """Whether the newest movement stands first, and the rows whose balance does not add up."""
    if len(movements) < 2:
        return False, []
    down, up = _breaks(movements), _breaks(movements[::-1])
    first, last = movements[0], movements[-1]
    begins = (first.date, first.time or time())
    ends = (last.date, last.time or time())
    newest_first = begins > ends if len(down) == len(up) else len(up) < len(down)
    return newest_first, sorted(up if newest_first else down)


def _breaks(movements: Sequence[Movement]) -> list[int]:
    """The rows, oldest movement first, whose balance is not the one before plus the amounts."""
    breaks = []
    expected: int | None = None
    for movement in movements:
        balance = movement.balance
        if expected is not None:
            expected += movement.amount
        if balance is not None:
            if expected is not None and balance != expected:
                breaks.append(movement.row)
            expected = balance
    return breaks


def _without_copies(parts: list[_Part]) -> list[_Part]:
    """The parts of which no other one holds every movement already."""
    if len(parts) == 1:
        return parts
    kept: list[_Part] = []
    for part in sorted(parts, key=lambda part: -len(part.movements)):
        own = Counter(movement[1:6] for movement in part.movements)
        if not any(own <= Counter(movement[1:6] for movement in other.movements) for other in kept):
            kept.append(part)
    return [part for part in parts if part in kept]


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FileNotOpened(file=path.name, problem=system.in_words(error)) from None
