"""What single cells of a statement say: each distinct cell is read once and remembered."""

import re
from datetime import date, time

from esignctl.tables import Cell
from esignctl.text.dates import parse_date, parse_time
from esignctl.text.folding import fold, tokens
from esignctl.text.money import parse_kurus

# ten billion lira: a number beyond it is some other number
MAX_AMOUNT = 10**12

_IN = frozenset(("a", "alacak", "c", "cr", "credit", "giris", "gelen", "giren", "yatan", "+"))
_OUT = frozenset(("b", "borc", "d", "dr", "debit", "cikis", "giden", "cikan", "cekilen", "-"))
_LIRA = frozenset(("tl", "try", "trl", "ytl", "turk lirasi", "₺"))
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """The cell as one line of text; whole numbers without decimals."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell)


def has_words(cell: Cell) -> bool:
    """Whether the cell holds language rather than a number, date or code."""
    return isinstance(cell, str) and _WORD.search(cell) is not None


def has_digit(cell: Cell) -> bool:
    """Whether the cell could be a date or number at all."""
    return not isinstance(cell, str) or any(letter.isdigit() for letter in cell)


class Amounts(dict[Cell, int | None]):
    """Cell → kuruş, or None if it is no amount."""

    def __missing__(self, cell: Cell) -> int | None:
        try:
            amount = parse_kurus(cell)  # type: ignore[arg-type]
        except (ValueError, OverflowError, TypeError):
            amount = None
        if amount is not None and abs(amount) > MAX_AMOUNT:
            amount = None
        self[cell] = amount
        return amount


class Moments(dict[Cell, tuple[date, time | None] | None]):
    """Cell → day and time of day, or None if it is no date."""

    def __missing__(self, cell: Cell) -> tuple[date, time | None] | None:
        try:
            moment = parse_date(cell)
        except (ValueError, OverflowError):
            moment = None
        self[cell] = moment
        return moment


class Times(dict[Cell, time | None]):
    """Cell → time of day, or None."""

    def __missing__(self, cell: Cell) -> time | None:
        try:
            moment = parse_time(cell)
        except ValueError:
            moment = None
        self[cell] = moment
        return moment


class Directions(dict[Cell, int | None]):
    """Cell → 1 for money that came, -1 for money that went, 0 for a blank, None for neither."""

    def __missing__(self, cell: Cell) -> int | None:
        word = fold(text_of(cell)).strip("() ")
        sign = 1 if word in _IN else -1 if word in _OUT else None if word else 0
        self[cell] = sign
        return sign


def is_lira(cell: Cell) -> bool:
    """Whether a currency cell says Turkish lira, or nothing."""
    return is_blank(cell) or fold(text_of(cell)) in _LIRA


def word_set(cell: Cell) -> set[str]:
    """The folded words of a text cell, without its numbers."""
    return {word for word in tokens(text_of(cell)) if not word.isdigit()}
