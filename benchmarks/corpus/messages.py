"""The statement in the forms that banks send to programs: MT940 and camt.053."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from benchmarks.corpus.cells import Account, Line

_WIDTH = 65
_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def write_mt940(path: Path, account: Account, lines: list[Line]) -> list[int]:
    """Write one statement; returns the place of each movement's ``:61:``, from 0."""
    text = [":20:EKSTRE", f":25:{account.iban}", ":28C:1/1", f":60F:{_balance(lines[0], True)}"]
    places = []
    for line in lines:
        mark, amount = ("D" if line.amount < 0 else "C"), _lira(line.amount, ",")
        places.append(len(text))
        reference = f"//{line.reference[:16]}" if line.reference else ""
        text.append(
            f":61:{line.moment:%y%m%d}{line.moment:%m%d}{mark}{amount}NTRFNONREF{reference}"
        )
        words = line.description
        parts = [words[start : start + _WIDTH] for start in range(0, len(words), _WIDTH)]
        first, *rest = parts or [""]
        text += [f":86:{first}", *rest]
    text += [f":62F:{_balance(lines[-1], False)}", "-"]
    path.write_text("".join(f"{each}\r\n" for each in text), encoding="utf-8", newline="")
    return places


def write_camt(path: Path, account: Account, lines: list[Line]) -> list[int]:
    """Write one statement; returns the place of each entry, from 0."""
    opening, closing = lines[0].balance - lines[0].amount, lines[-1].balance
    entries = [
        f"<Ntry>{_amount(line.amount)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><DtTm>{line.moment:%Y-%m-%dT%H:%M:%S}</DtTm></BookgDt>"
        f"<AcctSvcrRef>{escape(line.reference)}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf>"
        f"<Ustrd>{escape(line.description)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        for line in lines
    ]
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_NAMESPACE}"><BkToCstmrStmt>'
        f"<Stmt><Id>1</Id><Acct><Id><IBAN>{account.iban}</IBAN></Id><Ccy>TRY</Ccy></Acct>"
        f"{_stated('OPBD', opening)}{_stated('CLBD', closing)}\n"
        + "\n".join(entries)
        + "\n</Stmt></BkToCstmrStmt></Document>\n",
        encoding="utf-8",
    )
    return list(range(len(lines)))


Writer = Callable[[Path, Account, list[Line]], list[int]]
MESSAGES: dict[str, tuple[str, Writer]] = {
    "mt940": (".sta", write_mt940),
    "camt": (".xml", write_camt),
}


def _lira(kurus: int, mark: str) -> str:
    return f"{abs(kurus) // 100}{mark}{abs(kurus) % 100:02d}"


def _balance(line: Line, before: bool) -> str:
    kurus = line.balance - line.amount if before else line.balance
    return f"{'D' if kurus < 0 else 'C'}{line.moment:%y%m%d}TRY{_lira(kurus, ',')}"


def _amount(kurus: int) -> str:
    mark = "DBIT" if kurus < 0 else "CRDT"
    return f'<Amt Ccy="TRY">{_lira(kurus, ".")}</Amt><CdtDbtInd>{mark}</CdtDbtInd>'


def _stated(code: str, kurus: int) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(kurus)}</Bal>"
