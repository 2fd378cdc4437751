"""What people's decisions taught counts as evidence, and never against a contradiction."""

from esignctl.payments import matching
from esignctl.payments.decisions import Decision
from esignctl.payments.directory import Directory
from esignctl.payments.learned import Lesson, Lessons

from .directorate import AYSE, AYSE_FIRST, CAN, EMRE, EVERYBODY, PRICES, STRANGER, movement

PAYER = "MURAT ŞAHİNOĞLU"
PAYS_FOR_AYSE = Lesson(PAYER, AYSE.id)


def decision(text: str, *lessons: Lesson) -> Decision:
    [made] = matching.decide(
        [movement(text)], Directory(EVERYBODY), PRICES, newest_first=False, lessons=lessons
    )
    return made


def test_a_payer_who_is_known_to_pay_for_somebody_pays_for_them() -> None:
    text = f"GELEN FAST - {PAYER} - e-imza ücreti"
    assert decision(text).outcome == "review"
    learned = decision(text, PAYS_FOR_AYSE)
    assert (learned.outcome, learned.reasons) == ("matched", ("LEARNED", "PURPOSE", "PRICE-DUE"))
    assert [share.application for share in learned.postings] == [AYSE_FIRST]


def test_a_lesson_posts_against_no_name_number_or_missing_purpose() -> None:
    for said in ("ALİ VELİOĞLU e-imza", f"{STRANGER} e-imza", "ödeme", "eşim için e-imza"):
        made = decision(f"GELEN FAST - {PAYER} - {said}", PAYS_FOR_AYSE)
        assert made.outcome == "review", said
        assert AYSE_FIRST in [candidate.application for candidate in made.candidates], said


def test_a_sender_who_has_to_pay_too_is_a_tie() -> None:
    made = decision("GELEN FAST - EMRE YILDIRIM - e-imza", Lesson("Emre Yıldırım", AYSE.id))
    assert (made.outcome, made.reasons[-1]) == ("review", "TIE")


def test_two_lessons_about_two_people_post_nothing() -> None:
    two = (PAYS_FOR_AYSE, Lesson(PAYER, CAN.id))
    assert decision(f"GELEN FAST - {PAYER} - e-imza", *two).outcome == "review"


def test_a_lesson_agrees_with_what_the_text_says() -> None:
    made = decision(f"GELEN FAST - {PAYER} - {AYSE.number} AYŞE NUR YILMAZ e-imza", PAYS_FOR_AYSE)
    assert made.outcome == "matched"
    assert {"NUMBER-EXACT", "NAME-FULL", "LEARNED"} <= set(made.reasons)


def test_a_phrase_stands_as_whole_words_in_any_spelling() -> None:
    lessons = Lessons([PAYS_FOR_AYSE])
    assert list(lessons.taught("gelen fast - murat sahinoglu - e-imza")) == [PAYS_FOR_AYSE]
    assert not list(lessons.taught("gelen fast - murat sahinoglugil - e-imza"))


def test_the_payer_of_a_description_is_the_senders_name() -> None:
    directory = Directory(EVERYBODY)
    assert matching.payer(f"GELEN FAST - {PAYER} - e-imza", directory) == "murat sahinoglu"
    assert matching.payer(f"{EMRE.number} e-imza", directory) == ""
