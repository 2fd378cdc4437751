"""What a person accepts teaches: kept, listed, corrected, removed, and used as evidence only."""

import pytest

from esignctl.registry import audit, open_registry
from tests.conftest import CommandLine

from .desk import open_desk, reconcile
from .lists import TCKN

PAYER = "MURAT ŞAHİNOĞLU"
TEXT = f"GELEN FAST - {PAYER} - e-imza ücreti"
RENEWED = "2023-1"


@pytest.fixture
def desk(run: CommandLine) -> CommandLine:
    return open_desk(run)


def learned(run: CommandLine) -> list[tuple[str, str, str]]:
    """What was learned, as (phrase, kind, person)."""
    found = run("payments", "learned", "list", "--json").data["learned"]
    return [(each["phrase"], each["kind"], each["person"]["name"]) for each in found]


def accepted(run: CommandLine, text: str = TEXT, amount: float = 218.30) -> int:
    """The id of a movement that waited and was accepted for Ayşe's application."""
    [movement] = reconcile(run, ("06.10.2021", text, amount), file=f"{abs(hash(text))}.xlsx")
    outcome = run("payments", "accept", str(movement), "2021-1", "--json")
    assert outcome.exit_code == 0, outcome.stdout
    return movement


def renew(run: CommandLine) -> None:
    """Ayşe applies again."""
    opened = run("application", "open", TCKN, "renewal", "--on", "2023-09-01", "--number", RENEWED)
    assert opened.exit_code == 0


def decided(run: CommandLine, text: str, amount: float = 147.50) -> tuple[str, list[str]]:
    """How a later payment is decided, and why."""
    [movement] = reconcile(run, ("06.10.2023", text, amount), file="later.xlsx")
    data = run("payments", "explain", str(movement), "--json").data
    return data["decision"], data["reasons"]


def test_the_sender_of_an_accepted_payment_is_learned(desk: CommandLine) -> None:
    movement = accepted(desk)
    assert learned(desk) == [("murat sahinoglu", "payer", "Ayşe Nur Yılmaz")]
    [kept] = desk("payments", "learned", "list", "--json").data["learned"]
    assert (kept["movements"], kept["by_hand"]) == ([movement], False)


def test_a_sender_who_stands_there_twice_is_learned_once(desk: CommandLine) -> None:
    accepted(desk, f"Gönd: {PAYER} Murat Şahinoğlu e-imza ücreti 0012-Halkbank FAST işlemi")
    assert [phrase for phrase, _kind, _person in learned(desk)] == ["murat sahinoglu"]


def test_accept_tells_what_it_taught_and_how_to_take_it_back(desk: CommandLine) -> None:
    [movement] = reconcile(desk, ("06.10.2021", TEXT, 218.30))
    [finding] = desk("payments", "accept", str(movement), "2021-1", "--json").json["findings"]
    assert (finding["code"], finding["severity"]) == ("PAYER-LEARNED", "info")
    assert "payments learned remove 1" in finding["remedy"]


def test_what_was_learned_posts_the_fee_that_is_due(desk: CommandLine) -> None:
    accepted(desk)
    renew(desk)
    decision, reasons = decided(desk, TEXT)
    assert decision == "matched"
    assert reasons == ["LEARNED", "PURPOSE", "PRICE-DUE"]
    assert desk("application", "show", RENEWED, "--json").data["state"] == "paid"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        (TEXT, 218.30),  # another price than the one due
        (TEXT, 150.00),  # no price at all
        (f"GELEN FAST - {PAYER} - ödeme", 147.50),  # no word about what for
        (f"GELEN FAST - {PAYER} - CAN ÖZTÜRK için e-imza", 218.30),  # somebody else
    ],
)
def test_what_was_learned_never_posts_alone(desk: CommandLine, text: str, amount: float) -> None:
    accepted(desk)
    renew(desk)
    assert decided(desk, text, amount)[0] == "review"


def test_nothing_learned_makes_a_second_payment(desk: CommandLine) -> None:
    accepted(desk)
    assert decided(desk, TEXT, 218.30)[0] == "review"


def test_a_payer_for_two_who_both_owe_is_nobodys(desk: CommandLine) -> None:
    accepted(desk)
    [other] = reconcile(desk, ("07.10.2021", TEXT, 147.50), file="other.xlsx")
    desk("payments", "accept", str(other), "2021-2")
    assert len(learned(desk)) == 2
    renew(desk)
    opened = desk(
        "application", "open", "10000000214", "renewal", "--on", "2023-09-01", "--number", "2023-2"
    )
    assert opened.exit_code == 0
    assert decided(desk, TEXT)[0] == "review"


def test_undo_takes_back_what_was_taught(desk: CommandLine) -> None:
    movement = accepted(desk)
    desk("payments", "undo", str(movement))
    assert learned(desk) == []
    desk("payments", "accept", str(movement), "2021-1")
    assert len(learned(desk)) == 1


def test_what_two_payments_taught_outlives_one_of_them(desk: CommandLine) -> None:
    first = accepted(desk)
    renew(desk)
    [second] = reconcile(desk, ("06.10.2023", TEXT, 218.30), file="second.xlsx")
    desk("payments", "accept", str(second), RENEWED)
    [kept] = desk("payments", "learned", "list", "--json").data["learned"]
    assert kept["movements"] == [first, second]
    desk("payments", "undo", str(first))
    assert len(learned(desk)) == 1
    desk("payments", "undo", str(second))
    assert learned(desk) == []


def test_the_applicants_own_name_is_no_news(desk: CommandLine) -> None:
    accepted(desk, "GELEN FAST - AYŞE N YILMAZ - e-imza ücreti eşim", 218.30)
    assert learned(desk) == []


def test_the_senders_account_is_learned_and_masked(desk: CommandLine) -> None:
    accepted(desk, "e-imza ücreti TR330006100519786457841326 hesaptan")
    [(phrase, kind, _person)] = learned(desk)
    assert kind == "account"
    assert "0519786457" not in phrase
    shown = desk("payments", "learned", "list", "--show-ids").stdout
    assert "tr330006100519786457841326" in shown
    renew(desk)
    assert decided(desk, "e-imza ücreti TR330006100519786457841326 hesaptan")[0] == "matched"


def test_words_that_nobody_could_place_are_learned(desk: CommandLine) -> None:
    accepted(desk, "GÜLTEPE KARANFİL e-imza ücreti")
    assert learned(desk) == [("gultepe karanfil", "words", "Ayşe Nur Yılmaz")]


def test_a_refund_teaches_nothing(desk: CommandLine) -> None:
    movement = accepted(desk)
    [back] = reconcile(
        desk, ("09.10.2021", f"GELEN FAST - ALİ VELİOĞLU - {TCKN} iade", -218.30), file="b.xlsx"
    )
    assert desk("payments", "accept", str(back), "2021-1").exit_code == 0
    [kept] = desk("payments", "learned", "list", "--json").data["learned"]
    assert kept["movements"] == [movement]


def test_a_lesson_can_be_corrected_and_then_stays(desk: CommandLine) -> None:
    movement = accepted(desk)
    edited = desk("payments", "learned", "edit", "1", "--person", "Can Öztürk", "--json")
    assert edited.data["person"]["name"] == "Can Öztürk"
    assert desk("payments", "learned", "edit", "1", "--phrase", "Murat ŞAHİN").exit_code == 0
    assert learned(desk) == [("murat sahin", "payer", "Can Öztürk")]
    desk("payments", "undo", str(movement))
    assert len(learned(desk)) == 1


def test_a_lesson_can_be_removed(desk: CommandLine) -> None:
    accepted(desk)
    assert desk("payments", "learned", "remove", "1").exit_code == 0
    assert learned(desk) == []
    renew(desk)
    assert decided(desk, TEXT)[0] == "review"
    assert desk("registry", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("edit", "1"), (2, "USAGE")),
        (("edit", "9", "--phrase", "x"), (2, "NOT-FOUND")),
        (("edit", "1", "--phrase", " . "), (4, "VALUE-REJECTED")),
        (("edit", "1", "--person", "Nobody At All"), (2, "NOT-FOUND")),
        (("remove", "9"), (2, "NOT-FOUND")),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    desk: CommandLine, arguments: tuple[str, ...], expected: tuple[int, str]
) -> None:
    accepted(desk)
    before = learned(desk)
    outcome = desk("payments", "learned", *arguments, "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == expected
    assert learned(desk) == before


def test_two_lessons_cannot_say_the_same(desk: CommandLine) -> None:
    accepted(desk)
    [other] = reconcile(desk, ("07.10.2021", TEXT, 147.50), file="other.xlsx")
    desk("payments", "accept", str(other), "2021-2")
    outcome = desk("payments", "learned", "edit", "2", "--person", TCKN, "--json")
    assert outcome.json["error"]["code"] == "VALUE-REJECTED"


def test_explain_shows_which_lesson_speaks(desk: CommandLine) -> None:
    movement = accepted(desk)
    data = desk("payments", "explain", str(movement), "--json").data
    assert [each["id"] for each in data["learned"]] == [1]


def test_the_audit_log_keeps_no_names(desk: CommandLine) -> None:
    movement = accepted(desk)
    desk("payments", "learned", "edit", "1", "--phrase", "Murat Şahin")
    desk("payments", "learned", "remove", "1")
    with open_registry(desk.registry) as registry, registry.read() as connection:
        told = [
            row.entry
            for row in audit.read_all(connection)
            if row.entry.action.startswith("lesson.")
        ]
    assert [each.action for each in told] == ["lesson.teach", "lesson.change", "lesson.remove"]
    assert f'"movement":{movement}' in told[0].detail
    assert not any("murat" in each.detail or "Murat" in each.detail for each in told)
