"""The second corpus: the same rows each time, whole people, and a truth for every kind of row."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.strangers import LAYOUTS, Corpus, generate
from esignctl.text import tckn


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return generate(1, "ziraat", people=300, rows=900)


def test_the_same_arguments_give_the_same_rows(corpus: Corpus) -> None:
    again = generate(1, "ziraat", people=300, rows=900)
    assert [vars_of(row) for row in corpus.rows] == [vars_of(row) for row in again.rows]
    other = generate(2, "ziraat", people=300, rows=900)
    assert [vars_of(row) for row in corpus.rows] != [vars_of(row) for row in other.rows]


def vars_of(row: object) -> list[object]:
    return [getattr(row, name) for name in row.__slots__]  # type: ignore[attr-defined]


def test_people_have_valid_numbers_of_their_own(corpus: Corpus) -> None:
    numbers = [who.number for who in corpus.people.everybody]
    assert all(map(tckn.is_valid, numbers))
    assert len(set(numbers)) == len(numbers)


def test_every_kind_of_row_is_there(corpus: Corpus) -> None:
    outcomes = Counter(row.outcome for row in corpus.rows)
    assert {"payable", "person", "either", "unrelated"} <= outcomes.keys()
    assert outcomes["unrelated"] > outcomes["payable"] > outcomes["person"]


@pytest.mark.parametrize("bank", LAYOUTS)
def test_the_truth_names_the_row_of_the_statement(bank: str, tmp_path: Path) -> None:
    written = generate(1, bank, people=60, rows=80).write(tmp_path)
    lines = (tmp_path / "truth.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line)["row"] for line in lines]
    assert written.name == "bank.xlsx"
    assert rows == list(range(5, 5 + len(rows)))
