"""Reads MT940 statements (SWIFT's customer statement message).

The file is split into its fields here, because every field must be accounted for and every error
must name its line; what stands in a field is read by the grammar of the mt-940 library.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from mt940 import models, tags
from mt940.options import Options

from esignctl.i18n import _
from esignctl.payments.cells import MAX_AMOUNT
from esignctl.payments.messages import Balance, Part, described, iban_in, only_lira, unreadable
from esignctl.payments.statement_rows import Movement
from esignctl.tables import TextFile
from esignctl.text.dates import parse_date
from esignctl.text.money import parse_kurus

_TAGS = ("13D?", "20", "21", "25P?", "28C?", "34F", "60[FM]?", "61", "62[FM]?", "64", "65", "86",
         "90[CD]?", "NS")  # fmt: skip
_FIELD = re.compile(rf":({'|'.join(_TAGS)}):(.*)", re.DOTALL)
_ENVELOPE = re.compile(r"\{[1-5]:.*|-(?:\}.*)?|\x03|")
_LONGEST_LINE = 10_000
_LINE, _SUBFIELD = 65, 27
_MARKED = re.compile(r"(?:\d{3})?([?<^~])(?=\d{2})")
_CODED = re.compile(r"/(EREF|IREF|IBAN|NAME|REMI|ORDP|BENM|TRCD|BIC|ADDR|CSID|MARF|PREF)/")
_NO_REFERENCE = ("NONREF", "")

_OPTIONS = Options.all()
_OPENING, _CLOSING, _ENTRY = (
    tags.FinalOpeningBalance(),
    tags.FinalClosingBalance(),
    tags.Statement(),
)


@dataclass(frozen=True, slots=True)
class _Field:
    line: int
    tag: str
    text: str

    @property
    def place(self) -> str:
        return _("line {line} (:{tag}:)").format(line=self.line, tag=self.tag)


@dataclass(slots=True)
class _Open:
    """A statement that is being read."""

    begins: _Field
    account: _Field | None = None
    opening: Balance | None = None
    closing: Balance | None = None
    entry: _Field | None = None
    details: str = ""
    movements: list[Movement] = field(default_factory=list)


def read(text: TextFile) -> list[Part]:
    """The statements of the file. Rows are line numbers: that of a movement's field ``:61:``."""
    return _Reader(text.path.name).read(text)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._parts: list[Part] = []
        self._now: _Open | None = None

    def read(self, text: TextFile) -> list[Part]:
        for each in _fields(text, self._file):
            self._take(each)
        self._close()
        return self._parts

    def _take(self, each: _Field) -> None:
        if each.tag == "20":
            self._close()
            self._now = _Open(each)
            return
        now = self._now
        if each.tag == "-":
            self._close()
            return
        if now is None:
            self._wrong(each, _("it stands outside of any statement (:20:)"))
        if each.tag in ("25", "25P"):
            now.account = each
        elif each.tag in ("60F", "60M", "60"):
            now.opening = self._balance(each, _OPENING)
        elif each.tag in ("62F", "62M", "62"):
            self._finish_entry(now)
            now.closing = self._balance(each, _CLOSING)
        elif each.tag == "61":
            self._finish_entry(now)
            if now.opening is None:
                self._wrong(each, _("no opening balance (:60F:) stands before it"))
            if now.closing is not None:
                self._wrong(each, _("it stands behind the closing balance"))
            now.entry = each
        elif each.tag == "86" and now.entry is not None:
            # a second one goes on with the same entry; behind the balance it is about the account
            now.details = f"{now.details}\n{each.text}".strip()

    def _close(self) -> None:
        """The statement has ended: it must be whole."""
        now, self._now = self._now, None
        if now is None:
            return
        if now.account is None:
            self._wrong(now.begins, _("this statement names no account (:25:)"))
        if now.opening is None:
            self._wrong(now.begins, _("this statement has no opening balance (:60F:)"))
        if now.closing is None:
            problem = _("this statement has no closing balance (:62F:), as if it were cut off")
            self._wrong(now.begins, problem)
        account = " ".join(now.account.text.split())
        self._parts.append(
            Part(
                now.account.place,
                account,
                iban_in(self._file, now.account.place, account),
                now.opening,
                now.closing,
                now.movements,
            )
        )

    def _wrong(self, each: _Field, problem: str) -> NoReturn:
        unreadable(self._file, each.place, problem)

    def _values(self, each: _Field, tag: tags.Tag) -> dict[str, Any]:
        """What the library makes of a field; by parts, for it would log what it cannot read."""
        found = tag.re.fullmatch(each.text)
        if found is None:
            self._wrong(each, _("it is malformed or cut off"))
        groups = found.groupdict()
        # behind a point for a comma the library would take the rest for a reference
        if "," not in groups["amount"] or ("id" in groups and not groups["id"]):
            self._wrong(each, _("its amount is malformed"))
        try:
            values: dict[str, Any] = tag(models.Transactions(options=_OPTIONS), groups)
        except (ValueError, ArithmeticError):
            self._wrong(each, _("its date or amount is impossible"))
        return values

    def _balance(self, each: _Field, tag: tags.Tag) -> Balance:
        [balance] = self._values(each, tag).values()
        only_lira(self._file, each.place, str(balance.amount.currency))
        return Balance(each.line, self._kurus(each, balance.amount.amount))

    def _kurus(self, each: _Field, amount: Any) -> int:
        try:
            kurus = parse_kurus(amount)
        except (ValueError, ArithmeticError):
            self._wrong(each, _("its date or amount is impossible"))
        if abs(kurus) > MAX_AMOUNT:
            self._wrong(each, _("its date or amount is impossible"))
        return kurus

    def _finish_entry(self, now: _Open) -> None:
        if now.entry is None:
            return
        each, details = now.entry, now.details
        now.entry, now.details = None, ""
        values = self._values(each, _ENTRY)
        booked = values.get("entry_date") or values["date"]
        try:
            day, _time = parse_date(date(booked.year, booked.month, booked.day))
        except ValueError:
            self._wrong(each, _("its date or amount is impossible"))
        amount = self._kurus(each, values["amount"].amount)
        name, words, kind = _details(details)
        extra = " ".join((values.get("extra_details") or "").split())
        if extra and extra not in words:
            words = f"{words} {extra}".strip()
        reversal = str(values["status"])[0] in "Rr"
        references = (values.get("bank_reference"), values.get("customer_reference"))
        now.movements.append(
            Movement(
                each.line,
                day,
                None,
                amount,
                described(name, words, incoming=amount > 0, reversal=reversal),
                None,
                next(
                    (
                        text
                        for one in references
                        if (text := (one or "").strip()) not in _NO_REFERENCE
                    ),
                    None,
                ),
                None,
                kind or (values.get("id") or "").strip() or None,
                name or None,
            )
        )


def _fields(text: TextFile, file: str) -> Iterator[_Field]:
    """The fields in their order; the end of a message comes as a field ``-``."""
    now: list[str] = []
    begin, tag, closed = 0, "", False
    for number, line in enumerate(_lines(text), start=1):
        if len(line) > _LONGEST_LINE:
            place = _("line {line}").format(line=number)
            unreadable(file, place, _("it is longer than any line of a statement"))
        bare = line.rstrip("\r\n\x1a")
        # the first field may stand behind the envelope
        opened = bare.rpartition("{4:")[2] if bare.startswith("{") else bare
        if found := _FIELD.match(opened):
            if tag:
                yield _Field(begin, tag, "\n".join(now))
            begin, tag, now = number, found[1], [found[2]]
            closed = tag.startswith("62") or (closed and tag != "20")
        elif _ENVELOPE.fullmatch(bare.strip()) and (closed or bare.strip() != "-"):
            if tag and bare.strip():
                yield _Field(begin, tag, "\n".join(now))
                begin, tag, now = number, "", []
                yield _Field(number, "-", "")
        elif tag:
            now.append(bare)
    if tag:
        yield _Field(begin, tag, "\n".join(now))


def _lines(text: TextFile) -> Iterator[str]:
    rest = ""
    for piece in text.pieces():
        *whole, rest = (rest + piece.removeprefix("\ufeff")).split("\n")
        yield from whole
        if len(rest) > _LONGEST_LINE:
            break
    yield rest


def _details(text: str) -> tuple[str, str, str]:
    """Name of the other side, words, and kind of transaction, of a field ``:86:``."""
    lines = text.split("\n")
    joined = _joined(lines, _LINE)
    if marked := _MARKED.match(joined):
        return _subfields("".join(lines), marked[1])
    if _CODED.search(joined) and "/REMI/" in joined:
        pieces = _CODED.split(joined)
        coded = dict(zip(pieces[1::2], pieces[2::2], strict=True))
        words = coded["REMI"].strip("/ ")
        if account := coded.get("IBAN", "").strip("/ "):
            words = f"{words} {account}"
        return coded.get("NAME", "").strip("/ "), words, ""
    return "", " ".join(joined.split()), ""


def _subfields(text: str, mark: str) -> tuple[str, str, str]:
    """The same from subfields such as ``?20``: text in 20-29 and 60-63, the other side in 31-33."""
    pieces = re.split(rf"[{re.escape(mark)}](\d\d)", text)
    subfields = list(zip(pieces[1::2], pieces[2::2], strict=True))
    words = _joined([each for code, each in subfields if code[0] == "2" or "60" <= code <= "63"])
    name = _joined([each for code, each in subfields if code in ("32", "33")])
    account = next((each.strip() for code, each in subfields if code == "31"), "")
    kind = next((each.strip() for code, each in subfields if code == "00"), "")
    if account:
        words = f"{words} {account}"
    return " ".join(name.split()), " ".join(words.split()), kind


def _joined(lines: list[str], width: int = _SUBFIELD) -> str:
    """Lines as one text: a full one was broken wherever it ended, others where a space was."""
    return "".join(line if len(line) >= width else f"{line} " for line in lines)
