"""``cert list``: who is listed, in which order and in which state."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cli.drawer import TODAY, Drawer
from tests.conftest import CommandLine
from tests.registry.conftest import ADA, CAN


def test_they_come_by_the_days_that_are_left_each_in_its_state(filled: Drawer) -> None:
    assert list(filled.listed().items()) == [
        ("A3", "expired"),
        ("A6", "replaced"),
        ("A2", "expiring"),
        ("A5", "revoked"),
        ("A1", "valid"),
        ("A4", "not-yet-valid"),
        ("A7", "valid"),
    ]


def test_it_tells_how_many_there_are_in_each_state(filled: Drawer) -> None:
    assert filled.list().data["counts"] == {
        "valid": 2, "expiring": 1, "expired": 1, "not-yet-valid": 1, "revoked": 1, "replaced": 1,
    }  # fmt: skip
    assert "7 certificates (valid: 2, expires soon: 1," in filled.run("cert", "list").stdout


def test_expiring_are_those_whose_end_somebody_has_to_wait_for(filled: Drawer) -> None:
    assert filled.listed("--expiring", "30") == {"A2": "expiring"}
    assert filled.listed("--expiring", "19") == {}
    assert list(filled.listed("--expiring", "365")) == ["A2", "A1"]


def test_days_left_within_the_number_are_all_of_the_last_day(drawer: Drawer) -> None:
    drawer.put("B1", ends=7)
    drawer.put("B2", ends=8)
    assert list(drawer.listed("--expiring", "7")) == ["B1"]


def test_states_choose(filled: Drawer) -> None:
    assert filled.listed("--state", "revoked") == {"A5": "revoked"}
    assert list(filled.listed("--state", "expired", "--state", "valid")) == ["A3", "A1", "A7"]
    assert filled.listed("--state", "replaced", "--expiring", "30") == {"A6": "replaced"}


def test_a_state_that_there_is_not_is_told_the_ones_there_are(run: CommandLine) -> None:
    outcome = run("cert", "list", "--state", "soon")
    assert outcome.exit_code == 2
    assert "valid, expiring, expired" in outcome.stderr


def test_a_unit_is_chosen_by_words_of_its_name(drawer: Drawer) -> None:
    drawer.know(replace(ADA, unit="Çankırı İl Sağlık"), replace(CAN, unit="Orta İlçe"))
    drawer.put("C1", ends=10, tckn=ADA.tckn)
    drawer.put("C2", ends=20, tckn=CAN.tckn)
    drawer.put("C3", ends=30)
    assert list(drawer.listed("--unit", "cankiri saglik")) == ["C1"]
    assert drawer.listed("--unit", "Ilgaz") == {}


def test_on_a_day_they_stand_as_they_will_then(filled: Drawer) -> None:
    day = (TODAY + timedelta(40)).isoformat()
    listed = filled.listed("--on", day)
    assert (listed["A2"], listed["A4"]) == ("expired", "valid")
    data = filled.list("--on", day).data
    assert data["on"] == day
    assert next(each["days_left"] for each in data["certificates"] if each["serial"] == "A1") == 260


def test_on_a_day_before_its_revocation_it_was_not_revoked(filled: Drawer) -> None:
    assert filled.listed("--on", (TODAY - timedelta(3)).isoformat())["A5"] == "expiring"


def test_a_newer_one_replaced_it_until_that_was_revoked(drawer: Drawer) -> None:
    drawer.put("D1", ends=30, tckn=ADA.tckn)
    drawer.put("D2", begins=-20, ends=1000, tckn=ADA.tckn, revoked=-5)
    assert drawer.listed()["D1"] == "expiring"
    assert drawer.listed("--on", (TODAY - timedelta(10)).isoformat())["D1"] == "replaced"


@pytest.mark.parametrize("day", ["2026-13-01", "soon", "9999-12-31", "0001-01-01"])
def test_what_is_no_day_is_told_and_nothing_fails(run: CommandLine, day: str) -> None:
    assert run("cert", "list", "--on", day).exit_code in (2, 4)


def test_personal_numbers_are_masked_unless_they_are_asked_for(filled: Drawer) -> None:
    assert ADA.tckn not in filled.run("cert", "list").stdout
    assert ADA.tckn in filled.run("cert", "list", "--show-ids").stdout
