"""Finds, in the first rows of a sheet, which columns hold what: by headers, or by content alone.

A header may stand anywhere, span two rows, and belong to any bank. Where no known header word
helps, columns are told by what stands in them, and only if that leaves no doubt.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from esignctl.payments.cells import Amounts, Moments, has_words, is_blank, text_of
from esignctl.payments.layouts import Layout, Layouts, header_key
from esignctl.tables import Cell, Row
from esignctl.text import iban
from esignctl.text.folding import fold

HEAD = 1000
"""How many rows at the top of a sheet are searched."""

_SAMPLE = 60
_BETTER_WITHIN = 20
_WIDEST = 8
_LONGEST_HEADER = 60
_COVERAGE = 0.8
_MIN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a statement's data stand in a sheet.

    ``places`` gives each role's column (0 is A); ``first`` is the index, among the first rows, of
    the first row of data; ``titles`` what stands above date and amount, to know the header again
    where a page break repeats it.
    """

    layout: Layout
    places: Mapping[str, int]
    first: int
    titles: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Header:
    """A row, or two, whose words name the columns; ``last`` is the index of the last one."""

    last: int
    keys: Mapping[int, str]


def find_columns(head: Sequence[Row], layouts: Layouts, names: str) -> Columns | None:
    """The columns of the statement in a sheet that begins with ``head``; None if it is none.

    ``names`` is what the file and the sheet are called; a bank's name there may help.
    """
    best: tuple[int, _Header, dict[str, list[int]], Layout] | None = None
    for header in _headers(head, layouts):
        if best is not None and header.last > best[1].last + _BETTER_WITHIN:
            break
        layout = _recognise(header.keys, _preamble(head, header.last), names, layouts)
        candidates = _candidates(header.keys, layout, layouts.common)
        if _complete(candidates, layout) and (best is None or len(candidates) > best[0]):
            best = (len(candidates), header, candidates, layout)
    if best is not None:
        _count, header, candidates, layout = best
        sample = [cells for _n, cells in head[header.last + 1 :] if not all(map(is_blank, cells))]
        places = _settle(candidates, header.keys, sample[:_SAMPLE])
        amount = places.get("amount", places.get("credit", 0))
        titles = (header.keys.get(places["date"], ""), header.keys.get(amount, ""))
        return Columns(layout, places, header.last + 1, titles)
    return _by_content(head, layouts, names)


def _headers(head: Sequence[Row], layouts: Layouts) -> Iterator[_Header]:
    """Rows, alone and with the next one, in which known header words stand."""
    words = {
        word
        for layout in (*layouts.known, layouts.common)
        for group in layout.columns.values()
        for word in group
    }
    before: dict[int, str] = {}
    for index, (_number, cells) in enumerate(head):
        keys = {
            place: header_key(cell)
            for place, cell in enumerate(cells)
            if isinstance(cell, str) and 0 < len(cell) <= _LONGEST_HEADER
        }
        keys = {place: key for place, key in keys.items() if key}
        known = sum(key in words for key in keys.values())
        if known >= 2:
            yield _Header(index, keys)
        if known and before and not any(key[:1].isdigit() for key in keys.values()):
            yield _Header(index, {**before, **keys})
        before = keys if known or any(key in words for key in before.values()) else {}


def _recognise(keys: Mapping[int, str], preamble: str, names: str, layouts: Layouts) -> Layout:
    """The layout of the bank: by its header words, then by its name or IBAN above the header."""
    present = [keys[place] for place in sorted(keys)]
    codes = {iban.bank_code(found) for found in iban.find(preamble)}
    text, calls = _spaced(preamble), _spaced(names).replace(" ", "")
    best: tuple[tuple[float, ...], Layout] | None = None
    for layout in layouts.known:
        met, coverage = _met(layout, present)
        named = any(f" {_plain(mark)}" in text for mark in layout.marks)
        coded = layout.bank_code in codes
        called = any(
            _plain(mark).replace(" ", "") in calls.replace(" ", "") for mark in layout.marks
        )
        if coverage < _COVERAGE:
            if not (named or coded or called):
                continue
            met = 0
        score = (met, named, coded, called, coverage)
        if best is None or score > best[0]:
            best = (score, layout)
    return best[1] if best else layouts.common


def _met(layout: Layout, present: Sequence[str]) -> tuple[int, float]:
    """How many header words are met, and which share of the best variant they are."""
    variants = [(_common_length(header, present), len(header)) for header in layout.headers]
    if not layout.headers and layout.columns:
        met = sum(any(word in present for word in words) for words in layout.columns.values())
        variants.append((met, len(layout.columns)))
    return max(((met, met / total) for met, total in variants if total), default=(0, 0.0))


def _common_length(header: Sequence[str], present: Sequence[str]) -> int:
    """The length of the longest sequence of words that both hold in the same order."""
    row = [0] * (len(present) + 1)
    for word in header:
        diagonal = 0
        for index, other in enumerate(present, start=1):
            above = row[index]
            row[index] = diagonal + 1 if word == other else max(above, row[index - 1])
            diagonal = above
    return row[-1]


def _candidates(keys: Mapping[int, str], layout: Layout, common: Layout) -> dict[str, list[int]]:
    """The columns that each role may have, the likeliest first."""
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for source in (layout, common):
        claimed: set[int] = set()
        for role, words in source.columns.items():
            for word in words:
                for place, key in keys.items():
                    if key == word and place not in taken:
                        found.setdefault(role, []).append(place)
                        claimed.add(place)
        taken |= claimed
    return found


def _complete(candidates: Mapping[str, list[int]], layout: Layout) -> bool:
    money = "amount" in candidates or ("debit" in candidates and "credit" in candidates)
    return money and all(role in candidates for role in layout.required)


def _settle(
    candidates: Mapping[str, list[int]], keys: Mapping[int, str], sample: Sequence[Sequence[Cell]]
) -> dict[str, int]:
    """One column for each role: the first candidate whose content is what its header says."""
    readers: dict[str, Amounts | Moments] = {
        "date": Moments(), "amount": Amounts(), "debit": Amounts(), "credit": Amounts(),
        "balance": Amounts(),
    }  # fmt: skip
    places: dict[str, int] = {}
    for role, options in candidates.items():
        options = [_shifted(place, keys, sample) for place in options]
        reader = readers.get(role)
        fitting = [
            place
            for place in options
            if reader is None or _share(reader, [_at(cells, place) for cells in sample]) >= 0.5
        ]
        places[role] = (fitting or options)[0]
    if "amount" in places:
        places.pop("debit", None)
        places.pop("credit", None)
    return places


def _shifted(place: int, keys: Mapping[int, str], sample: Sequence[Sequence[Cell]]) -> int:
    """``place``, or the column right of it where the data of a wide, merged header stand."""
    if any(not is_blank(_at(cells, place)) for cells in sample):
        return place
    following = min((other for other in keys if other > place), default=place + _WIDEST)
    for other in range(place + 1, following):
        if any(not is_blank(_at(cells, other)) for cells in sample):
            return other
    return place


def _share(reader: Amounts | Moments, cells: Sequence[Cell]) -> float:
    filled = [cell for cell in cells if not is_blank(cell)]
    return sum(reader[cell] is not None for cell in filled) / len(filled) if filled else 1.0


def _by_content(head: Sequence[Row], layouts: Layouts, names: str) -> Columns | None:
    moments, amounts = Moments(), Amounts()
    rows = [cells for _number, cells in head]
    width = min(max(map(len, rows), default=0), 64)
    dated = {
        place: sum(_is_written_date(moments, _at(cells, place)) for cells in rows)
        for place in range(width)
    }
    day = max(dated, key=lambda place: dated[place], default=0)
    data = [cells for cells in rows if _is_written_date(moments, _at(cells, day))] if dated else []
    if not data:
        return None
    money = [place for place in range(width) if place != day and _is_money(amounts, data, place)]
    found = _proven(amounts, data, money)
    if found is None:
        return None
    words = {
        place: sum(len(text_of(_at(cells, place))) for cells in data)
        for place in range(width)
        if place not in (day, *money)
        and sum(has_words(_at(cells, place)) for cells in data) >= _MIN_SHARE * len(data)
    }
    if not words:
        return None
    text = max(words, key=lambda place: words[place])
    first = next(
        index
        for index, cells in enumerate(rows)
        if not is_blank(_at(cells, text))
        and any(amounts[_at(cells, place)] is not None for place in found.values())
    )
    places = {"date": day, "description": text, **found}
    amount = places.get("amount", places.get("credit", 0))
    above = rows[first - 1] if first else []
    titles = (header_key(text_of(_at(above, day))), header_key(text_of(_at(above, amount))))
    layout = _recognise({}, _preamble(head, first), names, layouts)
    if layout is layouts.common and (day, text, amount) == (0, 1, 2):
        layout = next((known for known in layouts.known if known.id == "halkbank"), layout)
    return Columns(layout, places, first, titles)


def _is_written_date(moments: Moments, cell: Cell) -> bool:
    # a bare number may be a date, but nothing says so
    return not isinstance(cell, int | float) and not is_blank(cell) and moments[cell] is not None


def _is_money(amounts: Amounts, data: Sequence[Sequence[Cell]], place: int) -> bool:
    """Whether the column holds amounts where it holds anything, some with kuruş or a sign."""
    filled = [cell for cells in data if not is_blank(cell := _at(cells, place))]
    if not filled or _share(amounts, filled) < _MIN_SHARE:
        return False
    return any(
        (amounts[cell] or 0) < 0 or (amounts[cell] or 0) % 100 or str(cell).strip().endswith(",00")
        for cell in filled
    )


def _proven(
    amounts: Amounts, data: Sequence[Sequence[Cell]], money: Sequence[int]
) -> dict[str, int] | None:
    """The roles of the columns of money; None if that is not certain.

    One column is the amount. Of several, the balance is the one that the others add up to.
    """
    if len(money) == 1:
        return {"amount": money[0]}
    values = {place: [amounts[_at(cells, place)] or 0 for cells in data] for place in money[:6]}
    guesses = [
        (_agreement(values[amount], values[balance]), {"amount": amount, "balance": balance})
        for amount, balance in permutations(values, 2)
    ]
    for debit, credit, balance in permutations(values, 3):
        pairs = list(zip(values[debit], values[credit], strict=True))
        if not any(out and came for out, came in pairs):
            steps = [came - abs(out) for out, came in pairs]
            roles = {"debit": debit, "credit": credit, "balance": balance}
            guesses.append((_agreement(steps, values[balance]), roles))
    share, best = max(guesses, key=lambda guess: guess[0], default=(0.0, None))
    return best if share > _MIN_SHARE else None


def _agreement(steps: Sequence[int], balances: Sequence[int]) -> float:
    """The share of balances that are the step and the balance before, in either order of time."""
    return max(
        sum(before + step == after for before, step, after in zip(b, s[1:], b[1:], strict=False))
        / max(len(s) - 1, 1)
        for s, b in ((steps, balances), (steps[::-1], balances[::-1]))
    )


def _preamble(head: Sequence[Row], end: int) -> str:
    return "\n".join(text_of(cell) for _number, cells in head[:end] for cell in cells)


def _spaced(text: str) -> str:
    return " " + _plain(fold(text))


def _plain(folded: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", folded))


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None
