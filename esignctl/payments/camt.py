"""Reads camt.053 statements (ISO 20022, bank to customer), of any version.

An entry of several transactions becomes a movement for each of them, if these together make the
entry's amount. Rows are entry numbers: the first ``Ntry`` of the file is 1.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from esignctl.i18n import _
from esignctl.payments.cells import MAX_AMOUNT
from esignctl.payments.messages import Balance, Part, described, iban_in, only_lira, unreadable
from esignctl.payments.statement_rows import Movement
from esignctl.tables import TextFile
from esignctl.tables.markup import (
    DeclaresEntities,
    Element,
    Malformed,
    forget,
    local_name,
    text_of,
    xml_events,
)
from esignctl.text.dates import parse_date
from esignctl.text.money import parse_kurus

_ROOTS = ("BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn")
_TAGS = (*_ROOTS, "Stmt", "Acct", "Bal", "Ntry")
_OPENINGS, _CLOSINGS, _BETWEEN = ("OPBD", "PRCD"), ("CLBD",), "ITBD"
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,5})?")
_BOOKED, _WAITING = "BOOK", ("PDNG", "INFO", "FUTR")


@dataclass(slots=True)
class _Open:
    """A statement that is being read."""

    place: str
    account: str = ""
    iban: str | None = None
    openings: list[Balance] = field(default_factory=list)
    closings: list[Balance] = field(default_factory=list)
    between: list[Balance] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)


def read(text: TextFile) -> list[Part]:
    """The statements of the file."""
    try:
        return _Reader(text.path.name).read(text)
    except DeclaresEntities:
        problem = _("it declares entities, which no statement does")
        unreadable(text.path.name, _("its beginning"), problem)
    except Malformed as error:
        problem = _("the XML is malformed")
        if error.cut_off:
            problem = _("the XML ends too soon: the file is cut off")
        unreadable(text.path.name, _("line {line}").format(line=error.line), problem)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._parts: list[Part] = []
        self._now: _Open | None = None
        self._entries = 0

    def read(self, text: TextFile) -> list[Part]:
        for event, element in xml_events(text.pieces(), _TAGS):
            name = local_name(element)
            if event == "start":
                self._begin(name)
            elif self._now is not None:
                self._end(name, element, self._now)
        if not self._parts:
            unreadable(self._file, _("the whole file"), _("it holds no statement (Stmt)"))
        return self._parts

    def _begin(self, name: str) -> None:
        if name in _ROOTS[1:]:
            problem = _("it is a report or a notice (camt.052, camt.054), no statement (camt.053)")
            unreadable(self._file, name, problem)
        if name == "Stmt":
            number = len(self._parts) + 1
            self._now = _Open(_("statement {number}").format(number=number))
        elif name == "Ntry":
            self._entries += 1

    def _end(self, name: str, element: Element, now: _Open) -> None:
        parent = element.getparent()
        above = local_name(parent) if parent is not None else ""
        if name == "Stmt":
            self._close(now)
            forget(element)
        elif above == "Stmt" and name == "Acct":
            self._account(element, now)
        elif above == "Stmt" and name == "Bal":
            self._balance(element, now)
        elif above == "Stmt" and name == "Ntry":
            now.movements += self._entry(element)
            forget(element)

    def _close(self, now: _Open) -> None:
        self._now = None
        if not now.account:
            unreadable(self._file, now.place, _("it names no account"))
        opening = next(iter(now.openings + now.between), None)
        closing = next(reversed(now.between + now.closings), None)
        if opening is None or closing is None:
            unreadable(self._file, now.place, _("it has no opening or no closing balance"))
        self._parts.append(Part(now.place, now.account, now.iban, opening, closing, now.movements))

    def _account(self, element: Element, now: _Open) -> None:
        place = f"{now.place}, Acct"
        now.iban = None
        if named := _text(element, "Id", "IBAN"):
            now.account, now.iban = named, iban_in(self._file, place, named)
            if now.iban is None:
                problem = _("the check digits of the account's IBAN are wrong")
                unreadable(self._file, place, problem)
        else:
            now.account = _text(element, "Id", "Othr", "Id")
            now.iban = iban_in(self._file, place, now.account)
        if currency := _text(element, "Ccy"):
            only_lira(self._file, place, currency)

    def _balance(self, element: Element, now: _Open) -> None:
        place = f"{now.place}, Bal"
        code = _text(element, "Tp", "CdOrPrtry", "Cd")
        kept = {
            **dict.fromkeys(_OPENINGS, now.openings),
            **dict.fromkeys(_CLOSINGS, now.closings),
            _BETWEEN: now.between,
        }
        if code in kept:
            kept[code].append(Balance(self._entries, self._amount(element, place)))

    def _entry(self, element: Element) -> Iterator[Movement]:
        place = _("entry {number}").format(number=self._entries)
        status = _text(element, "Sts", "Cd") or _text(element, "Sts")
        if status in _WAITING:
            return
        if status != _BOOKED:
            unreadable(self._file, place, _("its status (Sts) cannot be read"))
        whole = self._amount(element, place)
        day = _first(_text(element, *path) for path in _DAYS)
        try:
            moment, clock = parse_date(day[:19])
        except ValueError:
            unreadable(self._file, place, _("its booking date (BookgDt) cannot be read"))
        reversal = _text(element, "RvslInd") in ("true", "1")
        about = _text(element, "AddtlNtryInf")
        reference = _first((_text(element, "AcctSvcrRef"), _text(element, "NtryRef")))
        kind = _text(element, "BkTxCd", "Prtry", "Cd") or None
        incoming = whole > 0
        details = [each for every in _all(element, "NtryDtls") for each in _all(every, "TxDtls")]
        amounts = [self._share(each, whole, place) for each in details]
        if len(details) < 2 or None in amounts or sum(each or 0 for each in amounts) != whole:
            names = [_other_side(each, incoming) for each in details]
            words = [_words(each) for each in details]
            text = " ".join(dict.fromkeys(word for word in words if word)) or about
            if len(details) < 2 and about and about not in text:
                text = f"{text} {about}"
            # of several people none is the sender of the whole
            name = names[0] if len(details) == 1 else ""
            if len(details) > 1:
                text = " ".join([*dict.fromkeys(each for each in names if each), text])
            described_as = described(name, text, incoming=incoming, reversal=reversal)
            own = _reference_of(details[0]) if len(details) == 1 else ""
            yield Movement(
                self._entries, moment, clock, whole, described_as, None,
                reference or own or None, None, kind, name or None,
            )  # fmt: skip
            return
        for each, amount in zip(details, amounts, strict=True):
            name = _other_side(each, incoming)
            text = described(name, _words(each) or about, incoming=incoming, reversal=reversal)
            yield Movement(
                self._entries, moment, clock, amount or 0, text, None,
                _reference_of(each) or None, None, kind, name or None,
            )  # fmt: skip

    def _share(self, details: Element, whole: int, place: str) -> int | None:
        """One transaction of an entry, with the sign of the entry unless it has its own."""
        amount = _first_child(details, "Amt")
        if amount is None:
            amount = _down(details, "AmtDtls", "TxAmt", "Amt")
        if amount is None:
            return None
        sign = {"CRDT": 1, "DBIT": -1}.get(_text(details, "CdtDbtInd"), 1 if whole > 0 else -1)
        return sign * self._kurus(amount, place)

    def _amount(self, element: Element, place: str) -> int:
        amount = _first_child(element, "Amt")
        sign = {"CRDT": 1, "DBIT": -1}.get(_text(element, "CdtDbtInd"))
        if amount is None or sign is None:
            problem = _("its amount, or whether it came or went (CdtDbtInd), is missing")
            unreadable(self._file, place, problem)
        return sign * self._kurus(amount, place)

    def _kurus(self, amount: Element, place: str) -> int:
        only_lira(self._file, place, amount.get("Ccy") or "")
        written = text_of(amount).strip()
        try:
            kurus = parse_kurus(Decimal(written)) if _AMOUNT.fullmatch(written) else None
        except ValueError:
            kurus = None
        if kurus is None or kurus > MAX_AMOUNT:
            unreadable(self._file, place, _("its amount cannot be read"))
        return kurus


_DAYS = (("BookgDt", "DtTm"), ("BookgDt", "Dt"), ("ValDt", "DtTm"), ("ValDt", "Dt"))


def _other_side(details: Element, incoming: bool) -> str:
    """The name of who sent the money, or of who got it."""
    party = "Dbtr" if incoming else "Cdtr"
    return _text(details, "RltdPties", party, "Nm") or _text(
        details, "RltdPties", party, "Pty", "Nm"
    )


def _words(details: Element) -> str:
    """What the payer wrote, and the account it came from."""
    info = _first_child(details, "RmtInf")
    words = [] if info is None else [text_of(each).strip() for each in _all(info, "Ustrd")]
    if info is not None:
        words += [_text(each, "AddtlRmtInf") for each in _all(info, "Strd")]
    more = _text(details, "AddtlTxInf")
    if more and more not in " ".join(words):
        words.append(more)
    text = " ".join(word for word in words if word)
    account = _text(details, "RltdPties", "DbtrAcct", "Id", "IBAN")
    return f"{text} {account}" if text and account and account not in text else text


def _reference_of(details: Element) -> str:
    found = (_text(details, "Refs", name) for name in ("AcctSvcrRef", "TxId", "EndToEndId"))
    return _first(each for each in found if each != "NOTPROVIDED")


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _all(element: Element, name: str) -> list[Element]:
    return list(element.iterchildren("{*}" + name))


def _first_child(element: Element, name: str) -> Element | None:
    return next(element.iterchildren("{*}" + name), None)


def _down(element: Element, *path: str) -> Element | None:
    found: Element | None = element
    for name in path:
        found = None if found is None else _first_child(found, name)
    return found


def _text(element: Element, *path: str) -> str:
    """The text at a path of child elements, or nothing; of the element itself, not of children."""
    found = _down(element, *path)
    return " ".join((found.text or "").split()) if found is not None else ""
