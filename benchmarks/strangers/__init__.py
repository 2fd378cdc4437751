"""A second labelled corpus, made by other hands: other names, typing, phrases and noise.

It shares with ``benchmarks.corpus`` the arithmetic of personal numbers and IBANs and the scoring,
and nothing else, so that what the program does well is not only what one corpus happens to hold.
``generate(seed, bank, …).write(folder)`` writes the files that ``benchmarks.accuracy`` reads.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from benchmarks.corpus.turkish import iban
from benchmarks.strangers.people import FEES, KINDS, People
from benchmarks.strangers.statement import LAYOUTS, Row, write
from benchmarks.strangers.stories import STORIES, Desk

__all__ = ["LAYOUTS", "Corpus", "generate"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """People, and a statement with the truth of every row."""

    bank: str
    people: People
    rows: list[Row]

    def write(self, folder: Path, disguise: str = "") -> Path:
        """Writes the files of the first corpus: lists, configuration, bank.xlsx and truth.jsonl.

        Returns the statement's path. There are no disguises here.
        """
        if disguise:
            raise SystemExit("strangers know no disguises")
        folder.mkdir(parents=True, exist_ok=True)
        account = iban("00012", f"{1:016d}")
        self._write_registry(folder, account)
        bank = folder / "bank.xlsx"
        write(bank, self.bank, account, self.rows)
        with (folder / "truth.jsonl").open("w", encoding="utf-8", newline="\n") as out:
            for row in self.rows:
                out.write(json.dumps(_record(row), ensure_ascii=False) + "\n")
        return bank

    def _write_registry(self, folder: Path, account: str) -> None:
        everybody = sorted(self.people.everybody, key=lambda each: each.number)
        _list(
            folder / "people.xlsx",
            [["T.C. Kimlik No", "Adı", "Soyadı", "Grup"]]
            + [[each.number, each.given, each.surname, each.group] for each in everybody],
        )
        applications = [(who, each) for who in everybody for each in who.applications]
        _list(
            folder / "applications.xlsx",
            [["Başvuru No", "T.C. Kimlik No", "Başvuru Türü", "Başvuru Tarihi"]]
            + [
                [each.number, who.number, KINDS[each.kind], f"{each.opened_on:%d.%m.%Y}"]
                for who, each in applications
            ],
        )
        cancelled = [each.number for _, each in applications if each.cancelled]
        (folder / "cancelled.txt").write_text("".join(f"{each}\n" for each in cancelled), "utf-8")
        lines = ["[institution]", 'name = "Örnek İl Sağlık Müdürlüğü"', "[account]"]
        lines += ['holder = "Örnek Döner Sermaye"', f'iban = "{account}"']
        for (kind, age), amount in FEES.items():
            day = "2021-03-01" if age == "new" else "2020-01-01"
            lines += ["[[fees]]", f'kind = "{kind}"', 'group = "family-physician"']
            lines += [f'valid_from = "{day}"', f'amount = "{amount / 100:.2f}"']
        (folder / "esignctl.toml").write_text("\n".join(lines) + "\n", "utf-8")


def generate(seed: int, layout: str, *, people: int = 2000, rows: int = 5000) -> Corpus:
    """A corpus of about ``rows`` rows; the same arguments give the same one."""
    desk = Desk(seed, layout, people)
    weights = [weight for weight, _ in STORIES]
    tellers = [story for _, story in STORIES]
    while len(desk.rows) < rows:
        before = len(desk.rows)
        try:
            desk.dice.choices(tellers, weights)[0](desk)
        except IndexError:  # nobody is left for this story
            del desk.rows[before:]
    serial = {id(row): place for place, row in enumerate(desk.rows)}
    return Corpus(
        layout, desk.people, sorted(desk.rows, key=lambda row: (row.day, serial[id(row)]))
    )


def _record(row: Row) -> dict[str, object]:
    return {
        "row": row.place,
        "date": row.day.isoformat(),
        "amount": f"{row.amount / 100:.2f}",
        "outcome": row.outcome,
        "postings": [{"application": a, "amount": f"{k / 100:.2f}"} for a, k in row.postings],
        "category": row.category,
        "description": row.description,
        "excess": f"{row.excess / 100:.2f}",
    } | ({} if row.twin is None else {"twin": row.twin})


def _list(path: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
