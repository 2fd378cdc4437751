"""The count of PINs, on which every test with a card relies: it sees what nobody asked for."""

import pytest

from tests.cards.virtual.apdu import CHANGE, RESET, VERIFY, parse
from tests.cards.virtual.tally import Presentations, Tally


def present(tally: Tally, instruction: int, data: bytes = b"1234") -> None:
    body = bytes([len(data)]) + data if data else b""
    tally.add("card", parse(bytes((0, instruction, 0, 1)) + body))


def test_every_pin_and_puk_that_reaches_a_card_is_counted() -> None:
    tally = Tally()
    for instruction in (VERIFY, CHANGE, RESET):
        present(tally, instruction)
    assert tally.presented == Presentations(verify=1, change=1, reset=1) != tally.asked


def test_a_question_for_the_tries_presents_no_pin() -> None:
    tally = Tally()
    present(tally, VERIFY, b"")
    assert tally.presented == Presentations()


@pytest.mark.parametrize("times", [0, 2], ids=["none", "twice"])
def test_more_or_fewer_than_were_asked_for_fail(times: int) -> None:
    tally = Tally()

    def ask() -> None:
        with tally.asking(verify=1):
            for _ in range(times):
                present(tally, VERIFY)

    with pytest.raises(AssertionError):
        ask()


@pytest.mark.parametrize("instruction", [0x09, 0x10, 0x15, 0x16])
def test_a_command_that_would_destroy_files_is_counted_apart(instruction: int) -> None:
    tally = Tally()
    tally.add("card", parse(bytes((0x80, instruction, 0, 0))))
    assert tally.forbidden == 1
