"""Finding people by number and by name."""

import pytest

from esignctl.payments.applicants import Person, person
from esignctl.payments.directory import Directory
from esignctl.text.folding import fold

from .directorate import AYSE, CAN, ELIF, EVERYBODY, MEHMET, OTHER_MEHMET

DIRECTORY = Directory(EVERYBODY)


def words(text: str) -> list[str]:
    return fold(text).split()


# ---- by number


def test_a_number_inside_a_longer_run_of_digits() -> None:
    assert list(DIRECTORY.within(f"2021{AYSE.number}7")) == [AYSE]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("10000000147", id="one digit wrong"),
        pytest.param("10000000416", id="neighbours swapped"),
        pytest.param("1000000014", id="last digit left out"),
        pytest.param("1000000146", id="a digit left out"),
        pytest.param("100000000146", id="a digit too many"),
        pytest.param("10000000146", id="right"),
    ],
)
def test_a_number_one_slip_away(typed: str) -> None:
    assert DIRECTORY.one_slip_away(typed) == [AYSE]


@pytest.mark.parametrize("typed", ["10000000157", "10000000614", "100000014"])
def test_two_slips_are_too_many(typed: str) -> None:
    assert DIRECTORY.one_slip_away(typed) == []


def test_who_has_no_application_is_not_guessed_from_a_slip() -> None:
    assert DIRECTORY.one_slip_away(ELIF.number[:-1] + "9") == []


@pytest.mark.parametrize(("digits", "found"), [("1000000", [AYSE]), ("1000001", []), ("10000", [])])
def test_the_beginning_of_a_number(digits: str, found: list[Person]) -> None:
    assert DIRECTORY.beginning_with(digits) == found


# ---- by name


@pytest.mark.parametrize(
    "name", ["AYŞE NUR YILMAZ", "YILMAZ AYŞE NUR", "ayse nur yilmaz", "AYŞENUR YILMAZ"]
)
def test_a_whole_name(name: str) -> None:
    assert DIRECTORY.named(words(name)) == [AYSE]


@pytest.mark.parametrize("name", ["AYŞE YILMAZ", "AYŞE NUR", "AYŞE NUR YILMAZ KAYA"])
def test_less_or_more_is_no_whole_name(name: str) -> None:
    assert DIRECTORY.named(words(name)) == []


def test_a_given_name_written_apart() -> None:
    aysenur = person(20, "1", "Ayşenur", "Yılmaz")
    assert Directory([aysenur]).named(words("AYŞE NUR YILMAZ")) == [aysenur]


def test_both_surnames_of_somebody_married() -> None:
    bride = person(20, "1", "Ayşe", "Yılmaz-Kaya")
    assert Directory([bride]).named(words("AYŞE YILMAZ KAYA")) == [bride]


def test_namesakes_are_all_found() -> None:
    assert DIRECTORY.named(words("MEHMET KAYA")) == [MEHMET, OTHER_MEHMET]


def test_who_has_a_further_name() -> None:
    assert DIRECTORY.named_in_part(words("AYŞE YILMAZ")) == [AYSE]


def test_who_has_applications_and_a_like_name() -> None:
    [(likest, score), *_] = DIRECTORY.alike(words("CAN ÖZTÜRKK"))
    assert likest == CAN
    assert score > 0.9
