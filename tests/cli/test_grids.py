"""Tables on narrow terminals: what people copy stays whole."""

import re
from dataclasses import replace

import pytest

from esignctl.cli import grids
from tests.conftest import CommandLine

from .desk import open_desk, reconcile
from .lists import TCKN
from .terminal import terminal

_STYLES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def split(run: CommandLine) -> CommandLine:
    """A payment for two, as long as such descriptions are."""
    open_desk(run)
    text = f"Gönd: AYŞE NUR YILMAZ {TCKN} CAN ÖZTÜRK 10000000214 e-imza 0209-Ziraat Katılım Bankası"
    reconcile(run, ("06.10.2021", text, 365.80))
    return run


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("columns", [40, 80, 100, 120])
def test_numbers_codes_and_sums_are_whole(split: CommandLine, language: str, columns: int) -> None:
    spoken = replace(split, language=language)
    with terminal(spoken, "payments", "list", columns=columns) as screen:
        screen.ends_with()
    lines = [_STYLES.sub("", line) for line in screen.seen.splitlines()]
    words = [word for line in lines for word in line.split()]
    money = "{}.{}" if language == "en" else "{},{}"
    assert money.format(365, 80) in words
    for number in ("2021-1", "2021-2"):
        assert any(word.startswith((f"{number}=", f"{number}?")) for word in words)
    assert "0209-Ziraat" in words
    assert max(map(len, lines)) <= columns


def test_a_table_without_room_has_a_line_for_each_cell(split: CommandLine) -> None:
    with terminal(split, "payments", "list", columns=40) as screen:
        screen.ends_with()
        assert "Description" in screen.seen
        assert "Excess" not in screen.seen


def test_the_widest_columns_give_way_first_and_none_below_its_least() -> None:
    assert grids.widths([3, 5, 10], [3, 20, 60], 100) == [3, 20, 60]
    assert grids.widths([3, 5, 10], [3, 20, 60], 53) == [3, 20, 30]
    assert grids.widths([3, 5, 10], [3, 20, 60], 24) == [3, 11, 10]
    assert grids.widths([3, 5, 10], [3, 20, 60], 18) == [3, 5, 10]
    assert grids.widths([3, 5, 10], [3, 20, 60], 17) is None


def test_a_long_word_is_needed_whole_only_if_it_has_a_digit() -> None:
    assert grids.needed(["2021-10046=218.30, 2021-10054=147.50"]) == len("2021-10046=218.30,")
    assert grids.needed(["elektronikimzabasvurusu"]) == 16
    assert grids.needed([""]) == 1
