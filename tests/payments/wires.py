"""Statements in the form that banks send to programs, made for tests: MT940 and camt.053."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

OUR_IBAN = "TR610001000733795641836971"
DAY = date(2021, 10, 6)


@dataclass(frozen=True)
class Entry:
    """An entry of a statement; ``parts`` are the transactions of a batch."""

    amount: int
    text: str
    day: date = DAY
    name: str = ""
    reference: str = "NONREF"
    reversal: bool = False
    parts: tuple["Entry", ...] = ()


def money(kurus: int, mark: str) -> str:
    """An amount without its sign."""
    return f"{abs(kurus) // 100}{mark}{abs(kurus) % 100:02d}"


def mt940(
    entries: Sequence[Entry],
    *,
    opening: int = 100_000,
    account: str = OUR_IBAN,
    currency: str = "TRY",
    closing: int | None = None,
    page: tuple[str, str] = ("F", "F"),
) -> str:
    """A whole MT940 statement; descriptions are broken after 65 characters, as SWIFT does."""
    lines = [":20:STMT", f":25:{account}", ":28C:1/1"]
    lines.append(f":60{page[0]}:{_balance(opening, currency)}")
    for entry in entries:
        mark = "C" if entry.amount > 0 else "D"
        if entry.reversal:
            mark = "RD" if entry.amount > 0 else "RC"
        lines.append(
            f":61:{entry.day:%y%m%d}{entry.day:%m%d}{mark}{money(entry.amount, ',')}"
            f"NTRFNONREF//{entry.reference}"
        )
        text = entry.text
        details = [text[start : start + 65] for start in range(0, len(text), 65)] or [""]
        if entry.name:
            purpose = [f"?2{number}{part}" for number, part in enumerate(_cut(text, 27))]
            details = ["166?00FAST", *purpose, f"?32{entry.name}"]
        lines += [f":86:{details[0]}", *details[1:]]
    if closing is None:
        closing = opening + sum(entry.amount for entry in entries)
    lines += [f":62{page[1]}:{_balance(closing, currency)}", "-"]
    return "\r\n".join(lines) + "\r\n"


def camt(
    entries: Sequence[Entry],
    *,
    opening: int = 100_000,
    account: str = OUR_IBAN,
    currency: str = "TRY",
    closing: int | None = None,
    version: str = "08",
) -> str:
    """A whole camt.053 document with one statement."""
    if closing is None:
        closing = opening + sum(entry.amount for entry in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id>\n"
        f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy></Acct>\n"
        f"{_camt_balance('OPBD', opening, currency)}{_camt_balance('CLBD', closing, currency)}\n"
        + "\n".join(_camt_entry(entry, currency) for entry in entries)
        + "\n</Stmt></BkToCstmrStmt></Document>\n"
    )


def _cut(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


def _balance(kurus: int, currency: str) -> str:
    return f"{'D' if kurus < 0 else 'C'}{DAY:%y%m%d}{currency}{money(kurus, ',')}"


def _camt_amount(kurus: int, currency: str) -> str:
    mark = "CRDT" if kurus >= 0 else "DBIT"
    return f'<Amt Ccy="{currency}">{money(kurus, ".")}</Amt><CdtDbtInd>{mark}</CdtDbtInd>'


def _camt_balance(code: str, kurus: int, currency: str) -> str:
    kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{kind}{_camt_amount(kurus, currency)}<Dt><Dt>{DAY}</Dt></Dt></Bal>"


def _camt_entry(entry: Entry, currency: str) -> str:
    reversal = "<RvslInd>true</RvslInd>" if entry.reversal else ""
    return (
        f"<Ntry>{_camt_amount(entry.amount, currency)}{reversal}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{entry.day}</Dt></BookgDt><AcctSvcrRef>{entry.reference}</AcctSvcrRef>"
        "<NtryDtls>"
        + "".join(_camt_details(part, currency) for part in entry.parts or (entry,))
        + "</NtryDtls></Ntry>"
    )


def _camt_details(entry: Entry, currency: str) -> str:
    party = "Dbtr" if entry.amount > 0 else "Cdtr"
    who = f"<RltdPties><{party}><Pty><Nm>{escape(entry.name)}</Nm></Pty></{party}></RltdPties>"
    return (
        f"<TxDtls>{_camt_amount(entry.amount, currency)}{who if entry.name else ''}"
        f"<RmtInf><Ustrd>{escape(entry.text)}</Ustrd></RmtInf></TxDtls>"
    )
