"""Turns the rows of a sheet, whose columns are known, into movements.

Whole columns are read at once, since a statement may have a hundred thousand rows; only rows that
do not read smoothly are looked at one by one. Such a row is either no movement (blank, footer,
repeated header, opening balance) or the reason to reject the file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import compress, islice
from operator import itemgetter
from typing import Any, NamedTuple, NoReturn

from esignctl.errors import (
    StatementCellUnreadable,
    StatementContradiction,
    StatementForeignCurrency,
)
from esignctl.i18n import _
from esignctl.payments.cells import (
    Amounts,
    Directions,
    Moments,
    Times,
    has_digit,
    is_blank,
    is_lira,
    text_of,
    word_set,
)
from esignctl.payments.layouts import header_key
from esignctl.payments.statement_columns import Columns
from esignctl.tables import Cell, Row, column_letter
from esignctl.text.folding import fold

_CHUNK = 10_000
_MONEY = ("amount", "debit", "credit")
# a line of these words alone is a sum or a carried balance, whichever columns it fills
_SUMS = frozenset(
    (
        "toplam", "toplami", "toplamlar", "yekun", "devir", "devreden", "devredilen", "nakli",
        "nakil", "bakiye", "bakiyesi", "total",
    )
)  # fmt: skip
_SUM_WORDS = _SUMS | frozenset(
    (
        "genel", "ara", "sayfa", "donem", "borc", "alacak", "tutar", "tutari", "adet", "adedi",
        "sayisi", "onceki", "sonraki", "acilis", "kapanis", "sonu", "basi", "gun", "gunu", "giren",
        "cikan", "yatan", "cekilen", "islem", "hareket", "kayit", "tl", "try", "son", "guncel",
        "hesap", "ay", "net", "giris", "cikis", "gelen", "giden", "mevcut", "itibariyle", "tarihi",
    )
)  # fmt: skip


class Movement(NamedTuple):
    """One movement of an account.

    ``row`` is the row as a spreadsheet shows it; ``amount`` and ``balance`` are kuruş, amounts
    that left the account negative. ``kind`` is what the bank calls the transaction.
    """

    row: int
    date: date
    time: time | None
    amount: int
    description: str
    balance: int | None = None
    reference: str | None = None
    receipt: str | None = None
    kind: str | None = None
    counterparty: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Which file and sheet is read; for the error messages."""

    file: str
    sheet: str


def read_movements(
    place: Place, columns: Columns, rows: Iterable[Row]
) -> tuple[list[Movement], list[Row]]:
    """The movements in ``rows``, and the rows that are none, each in their order.

    Raises if a movement cannot be read.
    """
    reader = _Reader(place, columns)
    iterator = iter(rows)
    while chunk := list(islice(iterator, _CHUNK)):
        reader.read(chunk)
    return reader.movements(), reader.others


class _Reader:
    """Collects what the rows hold, chunk after chunk, one list for each role."""

    def __init__(self, place: Place, columns: Columns) -> None:
        self.place = place
        self.places = columns.places
        self.titles = columns.titles
        self.footers = columns.layout.footers
        self.pick = itemgetter(*columns.places.values())
        self.width = max(columns.places.values()) + 1
        self.amounts, self.moments = Amounts(), Moments()
        self.times, self.directions = Times(), Directions()
        self.kept: dict[str, list[Any]] = {role: [] for role in ("row", "amount", *self.places)}
        self.debit_signs: dict[bool, int] = {}
        self.others: list[Row] = []

    def read(self, chunk: Sequence[Row]) -> None:
        """Take the movements of the next rows; raise if one of them cannot be read."""
        width = self.width
        numbers = [number for number, _cells in chunk]
        rows = [
            cells if len(cells) >= width else cells + [None] * (width - len(cells))
            for _number, cells in chunk
        ]
        picked = list(zip(*map(self.pick, rows), strict=True))
        table: dict[str, Sequence[Any]] = dict(zip(self.places, picked, strict=True))
        table["date"] = list(map(self.moments.__getitem__, table["date"]))
        table["amount"] = self._amounts(numbers, table)
        table["row"] = numbers
        if None in table["date"] or None in table["amount"]:
            table = self._without_others(rows, table)
        for role, kept in self.kept.items():
            kept.extend(table[role])

    def _without_others(
        self, rows: Sequence[list[Cell]], table: dict[str, Sequence[Any]]
    ) -> dict[str, Sequence[Any]]:
        """The table without the rows that are no movements; raises if one of them is."""
        good = [
            moment is not None and amount is not None
            for moment, amount in zip(table["date"], table["amount"], strict=True)
        ]
        for number, cells, is_movement in zip(table["row"], rows, good, strict=True):
            if not is_movement and not all(map(is_blank, cells)):
                self._skip(number, cells)
                self.others.append((number, cells))
        return {role: list(compress(values, good)) for role, values in table.items()}

    def movements(self) -> list[Movement]:
        """All movements that were taken."""
        if len(self.debit_signs) > 1:
            self._contradiction(self.debit_signs[False], "debit")
        self._check_currency()
        count = len(self.kept["row"])
        moments = self.kept["date"]
        times: Iterable[time | None] = [moment[1] for moment in moments]
        if "time" in self.kept:
            own = map(self.times.__getitem__, self.kept["time"])
            times = [clock or other for clock, other in zip(own, times, strict=True)]
        return list(
            map(
                Movement._make,
                zip(
                    self.kept["row"],
                    [moment[0] for moment in moments],
                    times,
                    self._directed(),
                    _lines(self.kept["description"]),
                    map(self.amounts.__getitem__, self.kept.get("balance", [None] * count)),
                    self._texts("reference", count),
                    self._texts("receipt", count),
                    self._texts("kind", count),
                    self._texts("counterparty", count),
                    strict=True,
                ),
            )
        )

    def _texts(self, role: str, count: int) -> list[str | None]:
        cells = self.kept.get(role)
        return [text or None for text in _lines(cells)] if cells else [None] * count

    def _amounts(self, numbers: Sequence[int], table: dict[str, Sequence[Any]]) -> list[int | None]:
        if "amount" in table:
            return list(map(self.amounts.__getitem__, map(_no_truth, table["amount"])))
        amounts: list[int | None] = []
        for number, moment, out, came in zip(
            numbers, table["date"], table["debit"], table["credit"], strict=True
        ):
            debit = 0 if is_blank(out) else self.amounts[_no_truth(out)]
            credit = 0 if is_blank(came) else self.amounts[_no_truth(came)]
            if debit is None or credit is None or (debit and credit) or credit < 0:
                amounts.append(None)
            elif debit:
                if moment is not None:
                    self.debit_signs.setdefault(debit > 0, number)
                amounts.append(-abs(debit))
            else:
                amounts.append(None if is_blank(out) and is_blank(came) else credit)
        return amounts

    def _directed(self) -> list[int]:
        """The amounts with their signs, which another column may hold."""
        amounts: list[int] = self.kept["amount"]
        cells = self.kept.get("direction", [])
        signs = list(map(self.directions.__getitem__, cells))
        if not any(sign != 0 for sign in signs):
            return amounts
        signed = any(amount < 0 for amount in amounts)
        directed = []
        for number, amount, sign in zip(self.kept["row"], amounts, signs, strict=True):
            if not sign and not signed:
                self._unreadable(number, "direction", _("direction"))
            if sign and signed and amount * sign < 0:
                self._contradiction(number, "direction")
            directed.append(amount if signed else amount * (sign or 1))
        return directed

    def _check_currency(self) -> None:
        cells = self.kept.get("currency", [])
        if all(map(is_lira, set(cells))):
            return
        number = next(
            row for row, cell in zip(self.kept["row"], cells, strict=True) if not is_lira(cell)
        )
        place = _("sheet {sheet}, row {row}, column {column}")
        where = self._where(number, "currency")
        raise StatementForeignCurrency(file=self.place.file, place=place.format(**where))

    def _skip(self, number: int, cells: Sequence[Cell]) -> None:
        """Return if the row is no movement; otherwise say which of its cells is wrong."""
        day = cells[self.places["date"]]
        money = [cells[place] for role, place in self.places.items() if role in _MONEY]
        dated = self.moments[day] is not None
        paid = any(self._is_amount(cell) for cell in money)
        words = not is_blank(cells[self.places["description"]])
        balanced = "balance" in self.places and self._is_amount(cells[self.places["balance"]])
        if self._is_header(cells) or self._is_sum(cells, dated, paid):
            return
        if not dated and self._is_footer(cells) and not (paid and (words or balanced)):
            return
        if (dated or (not is_blank(day) and has_digit(day))) + paid + (words or balanced) < 2:
            return
        if not dated:
            self._unreadable(number, "date", _("date"))
        role = next(
            (
                role
                for role in ("amount", "debit", "credit")
                if role in self.places and not is_blank(cells[self.places[role]])
            ),
            "amount" if "amount" in self.places else "credit",
        )
        self._unreadable(number, role, _("amount"))

    def _is_amount(self, cell: Cell) -> bool:
        return not is_blank(cell) and has_digit(cell)

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        """Whether the header stands here again, as after a page break."""
        amount = self.places.get("amount", self.places.get("credit", 0))
        here = tuple(header_key(text_of(cells[place])) for place in (self.places["date"], amount))
        return any(self.titles) and here == self.titles

    def _is_sum(self, cells: Sequence[Cell], dated: bool, paid: bool) -> bool:
        """Whether the row's words are those of a sum or a carried balance, and no others."""
        text = cells[self.places["description"]]
        first = text if dated else next(filter(_filled, cells))
        words = word_set(first) | word_set(text)
        return bool(words & _SUMS) and words <= _SUM_WORDS and not (dated and paid)

    def _is_footer(self, cells: Sequence[Cell]) -> bool:
        first = next(filter(_filled, cells))
        return isinstance(first, str) and fold(first.strip()).startswith(self.footers)

    def _where(self, number: int, role: str) -> dict[str, object]:
        return {
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": number,
            "column": column_letter(self.places[role]),
        }

    def _unreadable(self, number: int, role: str, what: str) -> NoReturn:
        raise StatementCellUnreadable(what=what, **self._where(number, role))

    def _contradiction(self, number: int, role: str) -> NoReturn:
        raise StatementContradiction(**self._where(number, role))


def _lines(cells: Sequence[Cell]) -> list[str]:
    # nearly all cells are text of one line: a call for each would take half the time of reading
    # them, and so would splitting it
    return [
        cell
        if type(cell) is str and cell.isprintable() and "  " not in cell and cell.strip() == cell
        else text_of(cell)
        for cell in cells
    ]


def _filled(cell: Cell) -> bool:
    return not is_blank(cell)


def _no_truth(cell: Cell) -> Cell:
    # a truth value would pass for the number that equals it
    return str(cell) if cell is True or cell is False else cell
