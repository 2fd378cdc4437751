"""The corpus keeps its promises: the same bytes, valid people, rows where the truth says."""

import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from benchmarks.accuracy import score_statement
from benchmarks.corpus import CHANGES, CONTAINERS, LAYOUTS, MESSAGES, Corpus, generate
from benchmarks.corpus import names as name_tables
from benchmarks.corpus.examples import example_statements, write_examples
from benchmarks.corpus.turkish import is_tckn, key, mojibake, upper

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return generate(3, "ziraat", people=700, rows=2200)


def content(path: Path) -> object:
    """Cells for workbooks, as compressed bytes differ between builds of zlib."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def small(layout: str) -> Corpus:
    return generate(2, layout, people=60, rows=120)


def records(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]


def test_turkish_case() -> None:
    assert upper("ılık şiir") == "ILIK ŞİİR"
    assert key("IŞIK İstanbul") == "isik istanbul"
    assert mojibake("Şube Açıklama") == "Þube Açýklama"


def test_name_tables_are_large() -> None:
    assert len(name_tables.MALE) + len(name_tables.FEMALE) >= 250
    assert len(name_tables.SURNAMES) >= 300


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    small("ziraat").write(tmp_path / "one")
    small("ziraat").write(tmp_path / "two")
    for first in (tmp_path / "one").iterdir():
        assert first.read_bytes() == (tmp_path / "two" / first.name).read_bytes(), first.name


def test_other_seed_gives_other_people() -> None:
    first, second = (generate(seed, "ziraat", people=30, rows=20) for seed in (1, 2))
    assert first.registry.people[0] != second.registry.people[0]


def test_personal_numbers_are_valid_and_unique(corpus: Corpus) -> None:
    numbers = [person.number for person in corpus.registry.people]
    assert all(is_tckn(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_namesakes_are_normal(corpus: Corpus) -> None:
    bearers = Counter(key(person.name) for person in corpus.registry.people)
    assert sum(count > 1 for count in bearers.values()) >= 5


def test_every_outcome_occurs(corpus: Corpus) -> None:
    counts = Counter(truth.outcome for truth in corpus.truths)
    assert set(counts) >= {"payable", "person", "either", "unposted", "unrelated"}
    assert counts["payable"] > 300
    assert counts["unrelated"] > 1200


def test_every_asked_category_occurs() -> None:
    seen: set[str] = set()
    for seed in (1, 2, 3):
        seen |= {truth.category for truth in generate(seed, "ziraat", rows=6000).truths}
    wanted = """number-clean number-spaced number-dotted number-glued number-one-wrong
        number-transposed number-dropped number-letter-o name-folded name-partly-folded name-lower
        name-reordered name-initial name-middle-missing name-misspelt name-married
        name-plain-no-number namesake-no-number namesake-tie sender-only payer-other
        payer-applicant-too combined-two combined-three combined-four cut-at-30 cut-at-39
        price-older price-other-kind amount-unexplained paid-twice-same-day paid-twice-weeks-apart
        number-and-name-contradict no-application exempt-person application-cancelled stranger
        reversal refund-of-earlier unrelated-charge unrelated-salary unrelated-rent
        unrelated-tender unrelated-invoice unrelated-other-certificate unrelated-other-signature
        unrelated-applicant-at-his-fee"""
    assert set(wanted.split()) <= seen


def test_akbank_cuts_descriptions() -> None:
    lengths = Counter(len(line.description) for line in generate(1, "akbank", rows=1500).lines)
    assert lengths[27] > 20
    assert lengths[32] > 40


def test_postings_of_a_payable_row_are_its_whole_amount(corpus: Corpus) -> None:
    for line, truth in zip(corpus.lines, corpus.truths, strict=True):
        if truth.outcome == "payable":
            assert sum(amount for _, amount in truth.postings) == line.amount > 0


def test_no_application_is_paid_twice(corpus: Corpus) -> None:
    paid = Counter(
        number
        for truth in corpus.truths
        if truth.outcome == "payable"
        for number, _ in truth.postings
    )
    assert set(paid.values()) == {1}


def test_payable_rows_are_for_open_applications(corpus: Corpus) -> None:
    waiting = {a.number for a in corpus.registry.applications if a.payable}
    for truth in corpus.truths:
        assert {number for number, _ in truth.postings} <= waiting


def test_the_first_of_two_payments_is_the_payable_one(corpus: Corpus) -> None:
    twice = [
        (line, truth)
        for line, truth in zip(corpus.lines, corpus.truths, strict=True)
        if truth.category == "paid-twice-weeks-apart"
    ]
    assert twice
    owner = {a.number: a.person for a in corpus.registry.applications}
    for payable, posted in twice:
        if posted.outcome == "payable":
            number = corpus.registry.people[owner[posted.postings[0][0]]].number
            again = [
                line for line, _ in twice if line is not payable and number in line.description
            ]
            assert all(line.moment > payable.moment for line in again)


def test_the_balance_is_a_chain(corpus: Corpus) -> None:
    balance = corpus.lines[0].balance
    for line in corpus.lines[1:]:
        balance += line.amount
        assert line.balance == balance


def test_a_charge_shares_its_receipt_number(corpus: Corpus) -> None:
    receipts = Counter(line.receipt for line in corpus.lines)
    charges = [
        line
        for line, truth in zip(corpus.lines, corpus.truths, strict=True)
        if truth.category == "unrelated-charge"
    ]
    assert charges
    assert all(receipts[line.receipt] > 1 for line in charges)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_is_written(layout: str, tmp_path: Path) -> None:
    made = small(layout)
    path = made.write(tmp_path)
    assert path.stat().st_size > 1000
    assert len(records(tmp_path)) == len(made.lines)


@pytest.mark.parametrize("disguise", sorted([*CONTAINERS, *MESSAGES, *CHANGES]))
def test_every_disguise_is_written(disguise: str, tmp_path: Path) -> None:
    path = small("ziraat").write(tmp_path, disguise)
    assert path.stat().st_size > 1000


def test_unknown_disguise_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="moustache"):
        small("ziraat").write(tmp_path, "html+moustache")


@pytest.mark.parametrize("disguise", ["", "reversed", "blank-rows+paged", "several-sheets"])
def test_truth_names_the_row_a_spreadsheet_shows(disguise: str, tmp_path: Path) -> None:
    path = small("ziraat").write(tmp_path, disguise)
    sheet = openpyxl.load_workbook(path)["Sheet1"]
    for record in records(tmp_path):
        cells = next(sheet.iter_rows(record["row"], record["row"], values_only=True))  # type: ignore[call-overload]
        assert cells[2] == record["description"] or not record["description"]
        assert f"{cells[3]:.2f}" == record["amount"]


def test_text_files_have_the_rows_the_truth_names(tmp_path: Path) -> None:
    path = small("garanti").write(tmp_path, "tsv+debit-credit")
    lines = path.read_bytes().decode("cp1254").split("\r\n")
    for record in records(tmp_path):
        shown = str(record["description"]).replace("\u0307", "")
        assert shown in lines[int(str(record["row"])) - 1]


def test_messages_have_the_lines_and_entries_the_truth_names(tmp_path: Path) -> None:
    lines = small("ziraat").write(tmp_path, "mt940").read_text("utf-8").split("\n")
    for record in records(tmp_path):
        assert lines[int(str(record["row"])) - 1].startswith(":61:")
    small("ziraat").write(tmp_path, "camt")
    assert [record["row"] for record in records(tmp_path)] == list(
        range(1, 1 + len(records(tmp_path)))
    )


def _movement(row: int, decision: str, *postings: tuple[str, str]) -> dict[str, object]:
    return {
        "row": row,
        "date": "2021-10-06",
        "amount": "218.30",
        "decision": decision,
        "excess": "0.00",
        "postings": [{"application": number, "amount": amount} for number, amount in postings],
    }


def _truth(row: int, outcome: str, application: str = "", **more: object) -> dict[str, object]:
    posted = [{"application": application, "amount": "218.30"}] if application else []
    base = {"row": row, "date": "2021-10-06", "amount": "218.30", "outcome": outcome}
    return {**base, "postings": posted, "category": "c", "description": "d", **more}


def test_scoring_counts_a_right_posting() -> None:
    score = score_statement([_truth(1, "payable", "A")], [_movement(1, "matched", ("A", "218.30"))])
    assert (score.posted, score.payable, score.wrong) == (1, 1, [])


def test_scoring_counts_a_posting_to_somebody_else_as_wrong() -> None:
    score = score_statement([_truth(1, "payable", "A")], [_movement(1, "matched", ("B", "218.30"))])
    assert len(score.wrong) == 1
    assert not score.good


@pytest.mark.parametrize("outcome", ["person", "unposted", "unrelated"])
def test_scoring_counts_a_posting_that_nobody_may_make_as_wrong(outcome: str) -> None:
    score = score_statement([_truth(1, outcome)], [_movement(1, "matched", ("A", "218.30"))])
    assert len(score.wrong) == 1


@pytest.mark.parametrize("decision", ["matched", "review"])
def test_scoring_takes_either_way_where_clerks_differ(decision: str) -> None:
    postings = [("A", "218.30")] if decision == "matched" else []
    score = score_statement([_truth(1, "either", "A")], [_movement(1, decision, *postings)])
    assert score.good


def test_scoring_lets_any_twin_be_the_posted_one() -> None:
    truth = [_truth(1, "payable", "A", twin=1), _truth(2, "person", twin=1)]
    movements = [_movement(1, "review"), _movement(2, "matched", ("A", "218.30"))]
    assert score_statement(truth, movements).good


def test_scoring_notices_a_lost_row() -> None:
    assert not score_statement([_truth(1, "unrelated")], []).good


def test_examples_are_what_the_generator_makes(tmp_path: Path) -> None:
    write_examples(tmp_path)
    made = {path.name for path in tmp_path.iterdir()}
    assert made | {"README.md"} == {path.name for path in EXAMPLES.iterdir()}
    for name in made:
        assert content(tmp_path / name) == content(EXAMPLES / name), name


def test_examples_are_small_enough_to_read() -> None:
    assert all(25 <= len(corpus.lines) <= 40 for _, _, corpus in example_statements())
