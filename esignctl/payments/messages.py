"""Statements in the form that banks send to programs: what MT940 and camt.053 have in common.

Such a file holds one statement or many, each with its balances before and after, from which the
balance after every movement follows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal, NoReturn

from esignctl.errors import (
    StatementForeignCurrency,
    StatementMessageUnreadable,
    StatementOfSeveralAccounts,
)
from esignctl.i18n import _
from esignctl.payments.statement_rows import Movement
from esignctl.tables import TextFile
from esignctl.text import iban
from esignctl.text.folding import fold

Form = Literal["mt940", "camt"]

_BLANK = re.compile(rb"[\0\xef\xbb\xbf\xff\xfe]")
_MT940 = re.compile(rb"^(?:\{.*\{4:\s*)?:20:", re.MULTILINE)
_MT940_TOO = re.compile(rb"^:(?:25P?|28C?|60[FM]|62[FM]):", re.MULTILINE)
_CAMT = re.compile(rb"<(?:\w+:)?(?:BkToCstmrStmt|BkToCstmrAcctRpt|BkToCstmrDbtCdtNtfctn)\b")
_IBAN_LIKE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9 ]{11,38}")


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance that a statement states, in kuruş, and the row where it does."""

    row: int
    amount: int


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of a file: ``account`` as it names it, and ``iban`` if that is one."""

    place: str
    account: str
    iban: str | None
    opening: Balance | None
    closing: Balance | None
    movements: Sequence[Movement]

    @property
    def adds_up(self) -> bool:
        """Whether the movements lead from one balance to the other."""
        return (
            self.opening is not None
            and self.closing is not None
            and self.opening.amount + sum(each.amount for each in self.movements)
            == self.closing.amount
        )


@dataclass(frozen=True, slots=True)
class Parts:
    """All statements of a file as one."""

    account_iban: str | None
    movements: tuple[Movement, ...]
    breaks: tuple[int, ...]
    opening: int | None
    closing: int | None


def read_message(path_file: TextFile, form: Form) -> Parts:
    """The movements of a file of that form. Raises an ``InputRejected`` if it is not whole."""
    if form == "mt940":
        from esignctl.payments.mt940 import read
    else:
        from esignctl.payments.camt import read
    return _together(path_file.path.name, read(path_file))


def form_of(head: bytes) -> Form | None:
    """Which of the forms a file is that begins with ``head``, if any."""
    bare = _BLANK.sub(b"", head)
    if bare.lstrip().startswith(b"<"):
        return "camt" if _CAMT.search(bare) else None
    return "mt940" if _MT940.search(bare) and _MT940_TOO.search(bare) else None


def unreadable(file: str, place: str, problem: str) -> NoReturn:
    """Reject the whole file."""
    raise StatementMessageUnreadable(file=file, place=place, problem=problem)


def only_lira(file: str, place: str, currency: str) -> None:
    """Reject a currency other than Turkish lira."""
    if currency != "TRY":
        raise StatementForeignCurrency(file=file, place=place)


def iban_in(file: str, place: str, account: str) -> str | None:
    """The account's IBAN, if it is named by one; its check digits must be right."""
    if found := iban.find(account):
        return found[0]
    try:
        return iban.normalize(account)
    except ValueError:
        if _IBAN_LIKE.fullmatch(account.strip()):
            unreadable(file, place, _("the check digits of the account's IBAN are wrong"))
        return None


def described(who: str, text: str, *, incoming: bool, reversal: bool) -> str:
    """A description as other statements have it: the other side's name, then the text.

    It is labelled, so that nobody takes the payer's name for the payer's own words.
    """
    text = " ".join(text.split())
    who = " ".join(who.split()).replace(":", " ")
    if who and fold(who) not in fold(text):
        text = f"{'Gönderen' if incoming else 'Alıcı'}: {who} Açıklama: {text}"
    return f"Ters kayıt: {text}" if reversal else text


def _together(file: str, parts: Sequence[Part]) -> Parts:
    parts = _without_copies(parts)
    # days in their order, so that each statement begins where the one before it ends
    parts = sorted(parts, key=_first_day)
    accounts = {part.iban or fold(part.account): part.place for part in parts}
    if len(accounts) > 1:
        raise StatementOfSeveralAccounts(file=file, place=list(accounts.values())[-1])
    breaks = []
    before: Balance | None = None
    for part in parts:
        if before and part.opening and before.amount != part.opening.amount:
            breaks.append(part.opening.row)
        if part.opening and part.closing and not part.adds_up:
            breaks.append(part.closing.row)
        before = part.closing
    first, last = (parts[0].opening, parts[-1].closing) if parts else (None, None)
    return Parts(
        next((part.iban for part in parts if part.iban), None),
        tuple(movement for part in parts for movement in _with_balances(part)),
        tuple(breaks),
        first.amount if first else None,
        last.amount if last else None,
    )


def _first_day(part: Part) -> date:
    return min((movement.date for movement in part.movements), default=date.min)


def _without_copies(parts: Sequence[Part]) -> list[Part]:
    """The statements, those left out that stand in the file a second time."""
    kept: dict[object, Part] = {}
    for part in parts:
        opening, closing = part.opening, part.closing
        content = (
            part.account,
            opening and opening.amount,
            closing and closing.amount,
            tuple(movement[1:] for movement in part.movements),
        )
        # what leaves the balance as it was may well have happened twice
        is_copy = opening is not None and closing is not None and opening.amount != closing.amount
        kept.setdefault(content if is_copy else (content, len(kept)), part)
    return list(kept.values())


def _with_balances(part: Part) -> Sequence[Movement]:
    if part.opening is None or not part.adds_up:
        return part.movements
    balances = accumulate((each.amount for each in part.movements), initial=part.opening.amount)
    next(balances)
    return [
        each._replace(balance=balance)
        for each, balance in zip(part.movements, balances, strict=True)
    ]
