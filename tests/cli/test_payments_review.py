"""``esignctl payments review`` on a real terminal: one decision after the other, a key each."""

import pytest

from tests.conftest import CommandLine

from .desk import BACK, TWICE, prepare
from .lists import TCKN
from .terminal import terminal

pytest.importorskip("termios", reason="a terminal of a POSIX system")

PROMPT = "[q] quit > "


@pytest.fixture
def paid(run: CommandLine) -> CommandLine:
    """After a statement with one payment posted and two movements that wait."""
    return prepare(run)


def decisions(run: CommandLine) -> dict[int, str]:
    listed = run("payments", "list", "--json").data["movements"]
    return {each["id"]: each["decision"] for each in listed}


def test_a_key_accepts_and_the_walk_goes_on(paid: CommandLine) -> None:
    with terminal(paid, "payments", "review") as screen:
        shown = screen.expect(PROMPT)
        assert "1/2 · movement 2" in shown
        assert "2021-1" in shown
        assert "+218.30" in shown, "how much more it is than what is owed"
        screen.type("a")
        assert "see 'esignctl payments open'" in screen.expect("2/2 · movement 4")
        screen.expect(PROMPT)
        screen.type("l")
        screen.expect("1 decided; 1 still waits.")
        assert screen.ends_with() == 1
    assert decisions(paid)[TWICE] == "matched"
    assert decisions(paid)[BACK] == "review"


def test_when_nothing_is_left_the_program_says_so(paid: CommandLine) -> None:
    with terminal(paid, "payments", "review") as screen:
        screen.expect(PROMPT)
        screen.type("d")
        screen.expect("Why is it none of ours?")
        screen.type("iki kez yatırmış\n")
        screen.expect(PROMPT)
        screen.type("a")
        assert screen.ends_with() == 0
    assert decisions(paid)[TWICE] == "dismissed"
    assert decisions(paid)[BACK] == "matched"
    told = paid("payments", "explain", str(TWICE), "--json").data["history"]
    assert told[0]["reason"] == "iki kez yatırmış"
    assert told[0]["command"] == "payments review"


def test_a_split_may_name_candidates_by_their_place(paid: CommandLine) -> None:
    with terminal(paid, "payments", "review") as screen:
        screen.expect(PROMPT)
        screen.type("s")
        screen.expect("Split")
        screen.type("1=70,80 2021-2=147,50\n")
        screen.expect("2/2")
    posted = paid("payments", "explain", str(TWICE), "--json").data["postings"]
    assert posted == [
        {"application": "2021-1", "amount": "70.80"},
        {"application": "2021-2", "amount": "147.50"},
    ]


def test_an_application_that_was_not_proposed_can_be_named(paid: CommandLine) -> None:
    with terminal(paid, "payments", "review") as screen:
        screen.expect(PROMPT)
        screen.type("o")
        screen.expect("Application number")
        screen.type("2021-9\n")
        screen.expect("[NOT-FOUND]")
        screen.expect(PROMPT)
        screen.type("o")
        screen.expect("Application number")
        screen.type("2021-2\n")
        screen.expect("2/2")
    assert decisions(paid)[TWICE] == "matched"


def test_the_last_decision_can_be_taken_back(paid: CommandLine) -> None:
    with terminal(paid, "payments", "review") as screen:
        screen.expect(PROMPT)
        screen.type("a")
        screen.expect("2/2")
        screen.expect(PROMPT)
        screen.type("u")
        screen.expect("Movement 2 waits for a decision again.")
        screen.expect("1/2 · movement 2")
        screen.expect(PROMPT)
        screen.type("q")
        assert screen.ends_with() == 1
    assert decisions(paid)[TWICE] == "review"
    assert paid("registry", "verify").exit_code == 0


def test_keys_that_mean_nothing_and_empty_answers_change_nothing(paid: CommandLine) -> None:
    before = decisions(paid)
    with terminal(paid, "payments", "review") as screen:
        screen.expect(PROMPT)
        screen.type("x")
        screen.expect("There is no key x here.")
        screen.expect(PROMPT)
        screen.type("\x1b[A\nd")
        screen.expect("none of ours?")
        screen.type("\n")
        screen.expect(PROMPT)
        screen.type("7")
        screen.expect("There is no key 7 here.")
        screen.expect(PROMPT)
        screen.type("\x04")
        assert screen.ends_with() == 1
    assert decisions(paid) == before


@pytest.mark.parametrize("in_a_line", [False, True])
def test_ctrl_c_leaves_nothing_half_done(paid: CommandLine, in_a_line: bool) -> None:
    before = decisions(paid)
    with terminal(paid, "payments", "review") as screen:
        screen.expect(PROMPT)
        if in_a_line:
            screen.type("s")
            screen.expect("Split")
            screen.type("1=70")
        screen.interrupt()
        assert screen.ends_with() == 130
        assert screen.echoes()
    assert decisions(paid) == before
    assert paid("registry", "verify").exit_code == 0


def test_what_a_colleague_has_decided_meanwhile_is_passed_by(paid: CommandLine) -> None:
    with terminal(paid, "payments", "review") as screen:
        screen.expect(PROMPT)
        assert paid("payments", "accept", str(TWICE), "2021-2").exit_code == 0
        screen.type("a")
        screen.expect("[MOVEMENT-DECIDED]")
        screen.expect("2/2")
    assert decisions(paid)[TWICE] == "matched"


def test_personal_numbers_are_masked_on_the_screen(paid: CommandLine) -> None:
    with terminal(paid, "payments", "review") as screen:
        shown = screen.expect(PROMPT)
    assert TCKN not in shown
    assert "100****0146" in shown


def test_telling_parts_stand_out(paid: CommandLine) -> None:
    with terminal(paid, "payments", "review", columns=200) as screen:
        while "[q]" not in screen.seen:
            screen.seen += screen._read()
    assert "\x1b[1;32m100****0146" in screen.seen
    assert "\x1b[1;36mAYŞE" in screen.seen


def test_json_and_list_ask_nothing_on_a_terminal(paid: CommandLine) -> None:
    for option in ("--json", "--list"):
        with terminal(paid, "payments", "review", option) as screen:
            assert screen.ends_with() == 1


def test_the_marks_of_a_description_are_in_the_json(paid: CommandLine) -> None:
    [first, _second] = paid("payments", "review", "--json").data["movements"]
    text = first["description"]
    marked = [(text[each["start"] : each["end"]], each["kind"]) for each in first["marks"]]
    assert marked[:4] == [
        ("AYŞE", "name"),
        ("NUR", "name"),
        ("YILMAZ", "name"),
        ("100****0146", "number"),
    ]
    assert marked[4][1] == "purpose"


def test_the_walk_speaks_turkish(run_tr: CommandLine) -> None:
    prepare(run_tr)
    with terminal(run_tr, "payments", "review") as screen:
        screen.expect("[a] kabul")
        screen.expect("[q] çık > ")
        screen.type("q")
        screen.expect("2 karar bekliyor.")
