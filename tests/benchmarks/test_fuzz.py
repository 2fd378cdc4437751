"""Damaged statements of every layout and kind of file, a few hundred of them."""

from pathlib import Path

from benchmarks import fuzz

MUTATIONS = 400


def test_a_damaged_statement_is_rejected_with_a_remedy_or_read(tmp_path: Path) -> None:
    outcomes = list(fuzz.run(MUTATIONS, tmp_path, processes=1))
    assert len(outcomes) == MUTATIONS
    assert [each for each in outcomes if not each.good] == []
    assert max(each.seconds for each in outcomes) < fuzz.SECONDS
    assert max(each.mib for each in outcomes) < fuzz.BYTES / 2**20
