"""The corpus as a whole: generated from a seed, written as the files a user would have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.corpus import disguises
from benchmarks.corpus.cells import Account, Layout, Line, Row, Table, lay_out
from benchmarks.corpus.judge import Combined, Single, judge
from benchmarks.corpus.layouts import LAYOUTS
from benchmarks.corpus.maker import Draft, Maker
from benchmarks.corpus.messages import MESSAGES
from benchmarks.corpus.mix import STORIES
from benchmarks.corpus.noise import NOISE
from benchmarks.corpus.registry import Registry, invent_registry
from benchmarks.corpus.stories import Story
from benchmarks.corpus.turkish import iban

SIGNATURE_SHARE = 0.28


@dataclass(frozen=True, slots=True)
class Truth:
    """What is right for one line; ``twin`` joins lines that cannot be told apart."""

    outcome: str
    postings: tuple[tuple[str, int], ...]
    excess: int
    category: str
    twin: int | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Registry, statement lines in time order, and the truth of each line."""

    seed: int
    layout: Layout
    registry: Registry
    account: Account
    lines: list[Line]
    truths: list[Truth]

    def table(self, changes: frozenset[str] = frozenset()) -> Table:
        """The statement as rows of cells."""
        dice = Random(f"{self.seed}:{self.layout.name}:rows")
        table = lay_out(self.layout, self.account, self.lines, dice, changes)
        return replace(table, rows=disguises.change_rows(table.rows, changes))

    def write(self, folder: Path | str, disguise: str = "") -> Path:
        """Writes people.xlsx, applications.xlsx, cancelled.txt, esignctl.toml, bank.*, truth.jsonl.

        ``disguise`` names a container and content changes joined by ``+``. Returns the
        statement's path.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        container, changes = disguises.parse_disguise(disguise, self.layout.container)
        table = self.table(changes)
        if container in MESSAGES:
            suffix, write = MESSAGES[container]
            bank = folder / f"bank{suffix}"
            table = replace(table, places=write(bank, self.account, self.lines))
        else:
            suffix, writer = disguises.CONTAINERS[container]
            bank = folder / f"bank{suffix}"
            writer(bank, table, changes)
        self.write_registry(folder)
        with (folder / "truth.jsonl").open("w", encoding="utf-8", newline="\n") as out:
            for record in self.records(table):
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        return bank

    def records(self, table: Table) -> Iterator[dict[str, object]]:
        """The truth of every line in the order of the table, as truth.jsonl has it."""
        for index in sorted(range(len(self.lines)), key=table.places.__getitem__):
            yield self._record(index, table.places[index])

    def write_registry(self, folder: Path) -> None:
        """people.xlsx, applications.xlsx, cancelled.txt and esignctl.toml."""
        self.write_lists(folder)
        cancelled = [a.number for a in self.registry.applications if a.cancelled]
        (folder / "cancelled.txt").write_text("".join(f"{n}\n" for n in cancelled), "utf-8")
        (folder / "esignctl.toml").write_text(self.settings(), encoding="utf-8")

    def write_lists(self, folder: Path) -> None:
        """people.xlsx and applications.xlsx."""
        people: list[Row] = [
            [
                "T.C. Kimlik No",
                "Adı",
                "Soyadı",
                "Unvan",
                "Birim",
                "Grup",
                "Cep Telefonu",
                "E-posta",
            ]
        ]
        people += [
            [p.number, p.given, p.surname, p.title, p.unit, p.group, p.phone, p.email]
            for p in self.registry.people
        ]
        _write_list(folder / "people.xlsx", people)
        kinds = {"first": "İlk Başvuru", "renewal": "Yenileme", "replacement": "Kayıp/Çalıntı"}
        owners = self.registry.people
        applications: list[Row] = [
            ["Başvuru No", "T.C. Kimlik No", "Başvuru Türü", "Başvuru Tarihi"]
        ]
        applications += [
            [a.number, owners[a.person].number, kinds[a.kind], f"{a.opened_on:%d.%m.%Y}"]
            for a in self.registry.applications
        ]
        _write_list(folder / "applications.xlsx", applications)

    def settings(self) -> str:
        """The configuration a directorate with this account and these prices would have."""
        lines = [
            'language = "tr"',
            "",
            "[institution]",
            'name = "Örnek İl Sağlık Müdürlüğü"',
            'province = "Örnek"',
            'unit = "Bilgi İşlem Birimi"',
            'phone = "0555 000 00 00"',
            "",
            "[account]",
            'holder = "Örnek İl Sağlık Müdürlüğü Döner Sermaye İşletmesi"',
            f'bank = "{self.layout.bank}"',
            f'iban = "{self.account.iban}"',
        ]
        for fee in self.registry.fees:
            lines += [
                "",
                "[[fees]]",
                f'kind = "{fee.kind}"',
                'group = "family-physician"',
                f'valid_from = "{fee.valid_from.isoformat()}"',
                f'amount = "{fee.amount / 100:.2f}"',
            ]
        return "\n".join(lines) + "\n"

    def _record(self, index: int, place: int) -> dict[str, object]:
        line, truth = self.lines[index], self.truths[index]
        record: dict[str, object] = {
            "row": place + 1,
            "date": line.moment.date().isoformat(),
            "amount": _lira(line.amount),
            "outcome": truth.outcome,
            "postings": [
                {"application": number, "amount": _lira(amount)}
                for number, amount in truth.postings
            ],
            "category": truth.category,
            "description": line.description,
        }
        if truth.excess:
            record["excess"] = _lira(truth.excess)
        if truth.twin is not None:
            record["twin"] = truth.twin
        return record


def _lira(kurus: int) -> str:
    sign = "-" if kurus < 0 else ""
    return f"{sign}{abs(kurus) // 100}.{abs(kurus) % 100:02d}"


def _write_list(path: Path, rows: list[Row]) -> None:
    layout = replace(LAYOUTS["garanti"], sheet="Liste", merges=())
    disguises.write_xlsx(path, Table(layout, rows, [], 0))


def generate(
    seed: int,
    layout: str,
    *,
    people: int = 2000,
    applications: int | None = None,
    rows: int = 5000,
    share: float = SIGNATURE_SHARE,
) -> Corpus:
    """A corpus of ``rows`` statement lines; ``share`` of them are about e-signature fees.

    The same arguments give the same corpus. ``applications`` defaults to nine for ten people;
    where they run out, everyday rows fill the statement.
    """
    chosen = LAYOUTS[layout]
    if applications is None:
        applications = people * 9 // 10
    registry = invent_registry(Random(seed), people, applications)
    maker = Maker(Random(f"{seed}:{layout}"), registry, chosen.house, chosen.code)
    # Without anybody left to pay, only strangers and refunds would go on.
    _tell(maker, STORIES, min(round(rows * share), round(len(maker.pool) * 0.95)))
    _tell(maker, NOISE, rows)
    return finish(seed, chosen, maker)


def finish(seed: int, layout: Layout, maker: Maker, account: Account | None = None) -> Corpus:
    """The maker's drafts in time order, judged, with balances; the account is invented if None."""
    drafts = _in_time(maker.drafts)
    truths = _truths(maker.registry, drafts)
    account = account or invent_account(seed, layout)
    return Corpus(seed, layout, maker.registry, account, _lines(maker.random, drafts), truths)


def _tell(maker: Maker, table: tuple[tuple[float, Story], ...], until: int) -> None:
    weights = [weight for weight, _ in table]
    tellers = [story for _, story in table]
    failed = 0
    while len(maker.drafts) < until and failed < 300:
        story = maker.random.choices(tellers, weights)[0]
        before = len(maker.drafts)
        try:
            story(maker)
            failed = 0
        except IndexError:
            # Nobody is left for this story; its half-told rows are taken back.
            del maker.drafts[before:]
            failed += 1


def _in_time(drafts: list[Draft]) -> list[Draft]:
    for serial, draft in enumerate(drafts):
        draft.serial = serial
    return sorted(drafts, key=lambda draft: (draft.moment, draft.serial))


def _truths(registry: Registry, drafts: list[Draft]) -> list[Truth]:
    settled = frozenset(person for draft in drafts for person in _people_of(draft))
    truths = []
    for draft in drafts:
        verdict = judge(registry, draft.strand, draft.amount, draft.claim, settled)
        truths.append(
            Truth(verdict.outcome, verdict.postings, verdict.excess, draft.category, draft.twin)
        )
    return truths


def _people_of(draft: Draft) -> list[int]:
    if isinstance(draft.claim, Single):
        return [draft.claim.person.index]
    if isinstance(draft.claim, Combined):
        return [person.index for person, _ in draft.claim.parts]
    return []


def _lines(dice: Random, drafts: list[Draft]) -> list[Line]:
    receipts: dict[int, str] = {}
    balance = dice.randrange(5_000_000, 90_000_000)
    # An account that pays out more than it takes is fed before the statement begins.
    low = running = 0
    for draft in drafts:
        running += draft.amount
        low = min(low, running)
    balance -= low
    lines = []
    for draft in drafts:
        receipt = receipts.get(draft.receipt_of) if draft.receipt_of is not None else None
        receipt = receipt or f"S{dice.randrange(10**5, 10**6)}"
        receipts[draft.serial] = receipt
        balance += draft.amount
        lines.append(
            Line(
                draft.moment,
                draft.amount,
                balance,
                draft.strand.text.strip(),
                receipt,
                f"{draft.moment:%Y%m%d}{dice.randrange(10**7, 10**8)}",
                {"havale": "Mobil", "fast": "FAST", "eft": "EFT"}.get(draft.channel, "Şube"),
            )
        )
    return lines


def invent_account(seed: int, layout: Layout) -> Account:
    """An account at the layout's bank."""
    dice = Random(f"{seed}:{layout.code}")
    number = f"{dice.randrange(10**15):016d}"
    return Account(layout.bank, iban(layout.code, number), number[-8:])
