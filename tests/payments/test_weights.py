"""What evidence weighs, and what no weight can outdo."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.payments import weights
from esignctl.payments.reasons import REASONS
from esignctl.payments.weights import VETOES, WEIGHTS
from tests.conftest import ROOT

CODES = st.lists(st.sampled_from(sorted(REASONS)), max_size=8)


def test_the_documented_table_is_that_of_the_program() -> None:
    page = (ROOT / "docs" / "matching.md").read_text("utf-8")
    told = re.findall(r"^\| `([A-Z-]+)` \| (\w+) \| ([+-]\d+) \| (.+) \|$", page, re.MULTILINE)
    assert told == [
        (code, each.group, f"{each.bits:+d}", REASONS[code]) for code, each in WEIGHTS.items()
    ]
    assert f"**{weights.POST} bits**" in page


def test_every_kind_of_evidence_is_a_reason_code() -> None:
    assert WEIGHTS.keys() <= REASONS.keys()
    assert REASONS.keys() >= VETOES


@pytest.mark.parametrize(
    "codes",
    [
        ("NUMBER-EXACT", "PRICE-DUE"),
        ("NUMBER-CORRECTED", "NAME-PARTIAL", "PRICE-DUE"),
        ("NAME-FULL", "PURPOSE", "PRICE-DUE"),
        ("NAME-SENDER", "PURPOSE", "PRICE-DUE"),
        ("LEARNED", "PURPOSE", "PRICE-DUE"),
        ("NUMBER-EXACT", "PURPOSE", "PRICE-OTHER"),
        ("CODE-CUT", "PRICE-OTHER"),
        ("NAME-FULL", "PURPOSE", "PRICE-SUM"),
    ],
)
def test_enough_to_post(codes: tuple[str, ...]) -> None:
    assert weights.may_post(codes)
    assert weights.score(codes) >= 0.9


@pytest.mark.parametrize(
    "codes",
    [
        ("NAME-FULL", "NAME-SENDER", "LEARNED", "PRICE-DUE", "DATE-FITS"),
        ("NAME-FULL", "PURPOSE", "PRICE-OTHER", "DATE-FITS"),
        ("NUMBER-EXACT", "NAME-FULL", "PRICE-OTHER", "DATE-FITS"),
        ("NUMBER-EXACT", "NAME-FULL", "PRICE-DUE", "DATE-FITS", "OTHER-WORDS"),
        ("PURPOSE", "PRICE-DUE", "DATE-FITS"),
    ],
)
def test_not_enough(codes: tuple[str, ...]) -> None:
    assert not weights.may_post(codes)
    assert weights.score(codes) < 0.9


@given(CODES, st.sampled_from(sorted(VETOES)))
def test_no_weight_outdoes_a_veto(codes: list[str], veto: str) -> None:
    assert not weights.may_post(["CODE-EXACT", "NAME-FULL", "PURPOSE", "PRICE-DUE", *codes, veto])


@given(CODES)
def test_two_pieces_of_evidence_of_a_group_count_as_the_stronger(codes: list[str]) -> None:
    found = weights.contributions(codes)
    counted = [each.weight.group for each in found if each.counts]
    assert len(counted) == len(set(counted)) == len({each.weight.group for each in found})
    assert weights.total(codes) == weights.total([*codes, *codes]) == weights.total(codes[::-1])


@given(CODES)
def test_a_score_lies_between_nothing_and_one(codes: list[str]) -> None:
    assert 0 <= weights.score(codes) <= 1
