"""Whose payment is it, and is it posted? Each rule of the decisions once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from esignctl.payments.applicants import Person, person
from esignctl.payments.decisions import Decision
from esignctl.payments.statements import Movement
from esignctl.text import tckn

from .directorate import (
    AYSE,
    AYSE_FIRST,
    CAN,
    CAN_RENEWAL,
    DAY,
    DENIZ,
    DENIZ_FIRST,
    ELIF,
    EMRE,
    EMRE_FIRST,
    EVERYBODY,
    FATMA,
    FATMA_PAID,
    FIRST,
    HASAN,
    MEHMET,
    MEHMET_FIRST,
    OLD,
    OTHER_MEHMET_FIRST,
    RENEWAL,
    STRANGER,
    ZEYNEP,
    ZEYNEP_FIRST,
    ZEYNEP_RENEWAL,
    application,
    candidates,
    code,
    decide,
    decision,
    movement,
    posted,
)

A, C = AYSE.number, CAN.number
TO_AYSE = {AYSE_FIRST: FIRST}


def is_for_a_person(made: Decision, *reasons: str) -> bool:
    """Whether a person must decide, for these reasons among others."""
    return made.outcome == "review" and not made.postings and set(reasons) <= set(made.reasons)


# ---- a reference code


@pytest.mark.parametrize(
    "typed",
    [
        f"{code(AYSE_FIRST)} AYŞE NUR YILMAZ {A} E-İMZA İLK BAŞVURU ÜCRETİ",
        code(AYSE_FIRST),
        f"GELEN FAST - MURAT ŞAHİNOĞLU - {code(AYSE_FIRST)}",
        f"{code(AYSE_FIRST)[:3]}{code(AYSE_FIRST)[4:]} e-imza",
        f"{code(AYSE_FIRST)[:7]} AYŞE NUR YILMAZ",
    ],
)
def test_a_reference_code_names_its_application(typed: str) -> None:
    assert posted(decision(typed)) == TO_AYSE


def test_a_code_tells_which_of_somebodys_applications_is_paid_for() -> None:
    made = decision(f"{code(ZEYNEP_FIRST)} ZEYNEP ÇELİK e-imza")
    assert posted(made) == {ZEYNEP_FIRST: FIRST}
    both = decision(f"{code(ZEYNEP_FIRST)} {code(ZEYNEP_RENEWAL)}", FIRST + RENEWAL)
    assert posted(both) == {ZEYNEP_FIRST: FIRST, ZEYNEP_RENEWAL: RENEWAL}


@pytest.mark.parametrize(
    "beside", ["CAN ÖZTÜRK", CAN.number, "ALİ VELİOĞLU", STRANGER, f"{C} CAN ÖZTÜRK"]
)
def test_a_code_that_contradicts_a_name_or_number_goes_to_a_person(beside: str) -> None:
    made = decision(f"{code(AYSE_FIRST)} {beside} e-imza")
    assert is_for_a_person(made, "CODE-EXACT", "CODE-CONTRADICTS")


def test_an_applicant_who_sends_anothers_code_is_looked_at() -> None:
    made = decision(f"GELEN FAST - EMRE YILDIRIM - {code(AYSE_FIRST)} e-imza")
    assert is_for_a_person(made, "CODE-CONTRADICTS")


def test_a_code_of_a_paid_or_cancelled_application_goes_to_a_person() -> None:
    paid = decision(f"{code(FATMA_PAID)} FATMA DEMİR e-imza")
    assert is_for_a_person(paid, "CODE-EXACT", "ALREADY-PAID")
    gone = [("2021-999", ELIF.id)]
    [cancelled] = decide(movement(f"{code(999)} ELİF KOÇ e-imza"), cancelled=gone)
    assert is_for_a_person(cancelled, "CODE-EXACT", "CODE-CANCELLED")


def test_a_code_that_two_applications_share_is_a_tie() -> None:
    twin = person(40, "10000000078", "Selin", "Arslan", [replace(AYSE.applications[0], id=401)])
    made = decision(f"{code(AYSE_FIRST)} e-imza", people=(*EVERYBODY, twin))
    assert is_for_a_person(made, "TIE")
    assert candidates(made) >= {AYSE_FIRST, 401}


def test_a_code_makes_a_payment_ours_whatever_else_it_says() -> None:
    assert is_for_a_person(decision(code(AYSE_FIRST), 12345), "AMOUNT-UNEXPLAINED")
    assert is_for_a_person(decision(f"{code(AYSE_FIRST)} kira"), "OTHER-PURPOSE")
    assert is_for_a_person(decision(f"İADE {code(AYSE_FIRST)}", -FIRST), "REVERSAL")


# ---- when it was paid


def test_a_payment_long_before_the_application_goes_to_a_person() -> None:
    text = f"AYŞE NUR YILMAZ {A} e-imza"
    [early] = decide(movement(text, day=date(2021, 8, 1)))
    [too_early] = decide(movement(text, day=date(2021, 5, 1)))
    assert posted(early) == TO_AYSE
    assert is_for_a_person(too_early, "PAID-LONG-BEFORE")


def test_a_mere_name_weeks_before_the_application_is_for_a_person() -> None:
    """Somebody else may be called so, or have taken the name on marrying."""
    text = "AYŞE NUR YILMAZ e-imza ilk başvuru"
    [soon] = decide(movement(text, day=date(2021, 8, 20)))
    [early] = decide(movement(text, day=date(2021, 8, 1)))
    assert posted(soon) == TO_AYSE
    assert is_for_a_person(early, "PAID-LONG-BEFORE")


# ---- a personal number with its name


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("10000000146", id="clean"),
        pytest.param("100 0000 0146", id="spaced"),
        pytest.param("100.000.001.46", id="dotted"),
        pytest.param("TC10000000146TEL", id="glued"),
        pytest.param("10000000147", id="one digit wrong"),
        pytest.param("10000001046", id="transposed"),
        pytest.param("1000000146", id="a digit dropped"),
        pytest.param("100000O0146", id="O for 0"),
        pytest.param("1000000", id="cut"),
    ],
)
def test_a_number_as_people_type_it_is_posted(typed: str) -> None:
    assert posted(decision(f"AYŞE NUR YILMAZ {typed} e-imza")) == TO_AYSE


@pytest.mark.parametrize("typed", ["10000000147", "1000000146", "10000000416"])
def test_a_wrong_number_alone_is_for_a_person(typed: str) -> None:
    made = decision(f"{typed} e-imza")
    assert is_for_a_person(made, "IDENTITY-WEAK")
    assert candidates(made) == {AYSE_FIRST}


def test_two_wrong_digits_do_not_pass_for_the_number() -> None:
    made = decision("A. YILMAZ 10000000258 e-imza")
    assert made.outcome == "review"


def test_the_number_alone_is_posted() -> None:
    assert posted(decision(A)) == TO_AYSE


# ---- a name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Ayşe Nur Yılmaz", id="as written"),
        pytest.param("ayse nur yilmaz", id="folded"),
        pytest.param("AYŞE NUR YILMAZ", id="upper"),
        pytest.param("AYSE NUR YıLMAZ", id="partly folded"),
        pytest.param("AYÞE NUR YILMAZ", id="windows-1254"),
        pytest.param("YILMAZ AYŞE NUR", id="reordered"),
        pytest.param("AYŞENUR YILMAZ", id="joined"),
    ],
)
@pytest.mark.parametrize("rest", ["e-imza", f"{A} e-imza", "10000000147 e-imza"])
def test_a_whole_name_is_posted(name: str, rest: str) -> None:
    assert posted(decision(f"{name} {rest}")) == TO_AYSE


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("A. YILMAZ", id="initial"),
        pytest.param("AYŞE N. YILMAZ", id="middle initial"),
        pytest.param("AYŞE YILMAZ", id="middle name missing"),
        pytest.param("AYŞE NUR YILMZA", id="misspelt"),
        pytest.param("AYŞE NUR KAYA", id="married"),
    ],
)
def test_a_changed_name_is_posted_with_the_number_only(name: str) -> None:
    assert posted(decision(f"{name} {A} e-imza")) == TO_AYSE
    assert decision(f"{name} e-imza").outcome == "review"


def test_both_surnames_are_posted_with_the_number() -> None:
    assert posted(decision(f"AYŞE NUR YILMAZ KAYA {A} e-imza")) == TO_AYSE


def test_namesakes_are_for_a_person() -> None:
    made = decision("MEHMET KAYA e-imza")
    assert is_for_a_person(made, "NAMESAKES")
    assert candidates(made) == {MEHMET_FIRST, OTHER_MEHMET_FIRST}


def test_a_namesake_with_his_number_is_posted() -> None:
    assert posted(decision(f"MEHMET KAYA {MEHMET.number} e-imza")) == {MEHMET_FIRST: FIRST}


def test_a_namesake_with_a_wrong_digit_is_posted_to_the_one_it_is_near_to() -> None:
    typed = MEHMET.number[:-1] + "3"
    assert posted(decision(f"MEHMET KAYA {typed} e-imza")) == {MEHMET_FIRST: FIRST}


# ---- who sends


def test_the_senders_own_name_is_posted_with_a_purpose_only() -> None:
    assert posted(decision("GELEN FAST - AYŞE NUR YILMAZ - e-imza ücreti")) == TO_AYSE
    assert is_for_a_person(decision("GELEN FAST - AYŞE NUR YILMAZ - ödeme"), "NAME-SENDER")


@pytest.mark.parametrize("payer", ["VELİ TAŞ", "EMRE YILDIRIM", "ELİF KOÇ", "FATMA DEMİR"])
@pytest.mark.parametrize("who", [f"AYŞE NUR YILMAZ {A}", "AYŞE NUR YILMAZ"])
def test_the_applicant_is_paid_for_whoever_pays(payer: str, who: str) -> None:
    assert posted(decision(f"GELEN FAST - {payer} - {who} e-imza")) == TO_AYSE


def test_the_payer_who_pays_for_somebody_unnamed_gets_nothing() -> None:
    made = decision("GELEN FAST - AYŞE NUR YILMAZ - eşim için e-imza")
    assert is_for_a_person(made, "OTHER-NAME")


def test_a_payer_may_pay_for_both() -> None:
    made = decision(f"GELEN FAST - CAN ÖZTÜRK - AYŞE NUR YILMAZ {A} e-imza", FIRST + RENEWAL)
    assert posted(made) == {AYSE_FIRST: FIRST, CAN_RENEWAL: RENEWAL}


@pytest.mark.parametrize(
    "text",
    [
        "ayşe nur yılmz e-imza ücreti",  # the own name, written wrongly
        "ayşe nur yılma e-imza ücreti",
        "nur yılmaz e-imza ilk baş",  # in part, and the rest cut off
        "A. Yılmaz e-imza ilk baş",
        "e-imza ilk başvuru ücreti ayş",  # cut off within it
        "e-imza ilk başvuru ücreti ayşe n",
        "Ad Soyad, T.C. Kimlik Numarası ve e-imza ilk",  # copied, not filled in
    ],
)
def test_the_sender_who_tries_to_name_himself_is_posted(text: str) -> None:
    assert posted(decision(f"GELEN FAST - AYŞE NUR YILMAZ - {text}")) == TO_AYSE


@pytest.mark.parametrize("text", ["e-imza ilk baş", "e-imza ücreti yılmaz", "e-imza ücreti ay"])
def test_a_text_cut_before_it_names_anybody_is_for_a_person(text: str) -> None:
    assert is_for_a_person(decision(f"GELEN FAST - AYŞE NUR YILMAZ - {text}"))


def test_the_husband_of_like_name_is_not_his_wife() -> None:
    emine = person(20, STRANGER, "Emine", "Turan", [application(201)])
    made = decision("GELEN FAST - EMİNE TURAN - Emin Turan e-imza", people=(*EVERYBODY, emine))
    assert is_for_a_person(made, "OTHER-NAME")


def test_a_sender_who_leaves_a_name_out_is_no_namesake_who_owes_nothing() -> None:
    longer = person(20, STRANGER, "Elif Su", "Koç", [application(201)])
    made = decision("GELEN FAST - ELİF SU KOÇ - Elif Koç e-imza", people=(*EVERYBODY, longer))
    assert posted(made) == {201: FIRST}


@pytest.mark.parametrize(
    "text", ["Öztürk Can e-imza", "Öztürk, Can e-imza", "Dr. Öztürk Can e-imza"]
)
@pytest.mark.parametrize("bank", ["Gönd: VELİ TAŞ {}", "{} VELİ TAŞ Ziraat Mobil Havale"])
def test_a_surname_may_go_first_beside_the_sender(text: str, bank: str) -> None:
    made = decision(bank.format(text), RENEWAL)
    assert posted(made) == {CAN_RENEWAL: RENEWAL}


@pytest.mark.parametrize(
    ("payer", "is_posted"), [("VELİ YILMAZ", True), ("ELİF KOÇ", False), ("EMRE YILMAZ", False)]
)
def test_a_mere_number_is_posted_if_a_relative_pays_who_owes_nothing(
    payer: str, is_posted: bool
) -> None:
    emre = person(20, STRANGER, "Emre", "Yılmaz", [application(201)])
    made = decision(f"GELEN FAST - {payer} - {A} e-imza", people=(*EVERYBODY, emre))
    assert (posted(made) == TO_AYSE) == is_posted


def test_another_surname_beside_a_number_needs_a_payer_who_bears_one_of_them() -> None:
    married = f"Ayşe Taş {A} e-imza"
    assert posted(decision(f"GELEN FAST - AYŞE TAŞ - {married}")) == TO_AYSE
    assert is_for_a_person(decision(f"GELEN FAST - VELİ KURT - {married}"), "NAME-CONTRADICTS")


@pytest.mark.parametrize(
    "typed", [EMRE.number, f"{EMRE.number[:4]}0{EMRE.number[5:]}", "TC 5234567"]
)
def test_a_number_that_is_not_the_senders_speaks_against_him(typed: str) -> None:
    made = decision(f"GELEN FAST - AYŞE NUR YILMAZ - {typed} e-imza")
    assert posted(made).keys().isdisjoint(TO_AYSE)


@pytest.mark.parametrize(
    "text",
    [
        f"AYŞE NUR YILMAZe-imza ücreti {A}",
        f"elektronik imza ücretiAyşe Nur Yılmaz {A}",
        f"Ayşe Nur YılmazTCKN {A} yenilemeücreti",
        f"Ay?e Nur Y?lmaz {A}",  # letters that a code page did not have
        "e-imza ücretiAyşe Nur Yılmaz",
        "e-imzaAyşe Nur Yılmaz",
    ],
)
def test_words_glued_together_and_lost_letters_are_read(text: str) -> None:
    assert posted(decision(f"GELEN FAST - AYŞE NUR YILMAZ - {text}")) == TO_AYSE


@pytest.mark.parametrize(
    "text", ["e?im ad?na e-imza", "e?im için e-imza", "VEL? TA? e-imza", "ka?e ve imza bedeli"]
)
def test_a_name_of_lost_letters_is_not_overlooked(text: str) -> None:
    assert not posted(decision(f"GELEN FAST - AYŞE NUR YILMAZ - {text}"))


def test_a_number_cut_off_before_the_sender_speaks_against_him() -> None:
    made = decision("e-imza ücreti 876543210 AYŞE NUR YILMAZ Ziraat Mobil Havale")
    assert is_for_a_person(made, "NUMBER-CONTRADICTS")


@pytest.mark.parametrize("is_registered", [True, False])
def test_the_beginning_of_the_senders_name_is_nobody_elses_name(is_registered: bool) -> None:
    short = person(20, STRANGER, "Seher", "Gül", [application(201)])
    long = person(21, EMRE.number, "Seher Gül", "Koç", [application(211)])
    people = (*EVERYBODY, short, long) if is_registered else (*EVERYBODY, short)
    made = decision("GELEN FAST - SEHER GÜL KOÇ - e-imza ücreti seher gül k", people=people)
    assert 201 not in posted(made)


@pytest.mark.parametrize("end", ["geç", "sağlık ku", "ilk y", "imza s", "mobil"])
def test_a_purpose_cut_off_that_may_be_any_is_for_a_person(end: str) -> None:
    made = decision(f"GELEN FAST - AYŞE NUR YILMAZ - AYŞE NUR YILMAZ {A} {end}")
    assert is_for_a_person(made, "IDENTITY-WEAK")


# ---- several people in one payment


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ((AYSE, CAN), {AYSE_FIRST: FIRST, CAN_RENEWAL: RENEWAL}),
        ((AYSE, EMRE, CAN), {AYSE_FIRST: FIRST, EMRE_FIRST: FIRST, CAN_RENEWAL: RENEWAL}),
        (
            (AYSE, EMRE, CAN, DENIZ),
            {AYSE_FIRST: FIRST, EMRE_FIRST: FIRST, CAN_RENEWAL: RENEWAL, DENIZ_FIRST: FIRST},
        ),
    ],
)
def test_the_fees_of_all_who_are_named_are_split(
    people: tuple[Person, ...], expected: dict[int, int]
) -> None:
    total = sum(expected.values())
    by_number = " ".join(who.number for who in people)
    by_name = ", ".join(" ".join(who.names) for who in people)
    assert posted(decision(f"{by_number} e-imza", total)) == expected
    assert posted(decision(f"{by_name} e-imza", total)) == expected


@pytest.mark.parametrize("amount", [FIRST, RENEWAL, 2 * FIRST, FIRST + OLD, FIRST + RENEWAL - 1])
def test_a_sum_that_the_fees_do_not_make_is_for_a_person(amount: int) -> None:
    made = decision(f"{A} {C} e-imza", amount)
    assert is_for_a_person(made, "AMOUNT-UNEXPLAINED")
    assert candidates(made) == {AYSE_FIRST, CAN_RENEWAL}


def test_one_of_several_who_owes_nothing_stops_the_split() -> None:
    assert is_for_a_person(decision(f"{A} {FATMA.number} e-imza", 2 * FIRST), "ALREADY-PAID")


def test_one_person_is_not_charged_for_two() -> None:
    made = decision(f"AYŞE NUR YILMAZ {A} 2 kişi e-imza", 2 * FIRST)
    assert is_for_a_person(made, "AMOUNT-UNEXPLAINED")


def test_a_stranger_besides_stops_the_split() -> None:
    assert decision("AYŞE NUR YILMAZ ve VELİ TAŞ e-imza", 2 * FIRST).outcome == "review"


# ---- texts cut by banks


@pytest.mark.parametrize("width", [27, 30, 32, 39])
def test_a_text_that_is_cut_is_never_posted_to_somebody_else(width: int) -> None:
    text = f"AYŞE NUR YILMAZ {A} E-İMZA İLK BAŞVURU ÜCRETİ"
    for start in range(12):
        made = decision(text[start : start + width])
        assert posted(made) in ({}, TO_AYSE)


def test_a_cut_text_with_its_number_is_posted() -> None:
    assert posted(decision(f"FAST:{A} AYŞE NUR YIL")) == TO_AYSE


# ---- the amount


@pytest.mark.parametrize(
    ("who", "amount", "expected", "excess"),
    [
        pytest.param(AYSE, OLD, {AYSE_FIRST: OLD}, 0, id="an older price"),
        pytest.param(AYSE, RENEWAL, {AYSE_FIRST: RENEWAL}, 0, id="another kind's price"),
        pytest.param(CAN, FIRST, {CAN_RENEWAL: FIRST}, FIRST - RENEWAL, id="too much"),
    ],
)
def test_another_published_fee_is_posted_as_paid(
    who: Person, amount: int, expected: dict[int, int], excess: int
) -> None:
    made = decision(f"{' '.join(who.names)} {who.number} e-imza", amount)
    assert (posted(made), made.excess) == (expected, excess)
    assert "PRICE-OTHER" in made.reasons


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("AYŞE NUR YILMAZ e-imza", id="without the number"),
        pytest.param(f"AYŞE NUR YILMAZ {A}", id="without a purpose"),
    ],
)
def test_another_published_fee_needs_number_and_purpose(text: str) -> None:
    assert is_for_a_person(decision(text, OLD), "PRICE-OTHER", "IDENTITY-WEAK")


@pytest.mark.parametrize("amount", [1, FIRST - 1, FIRST + 1, 10 * FIRST, 10**9])
def test_an_amount_that_no_fee_explains_is_for_a_person(amount: int) -> None:
    made = decision(f"AYŞE NUR YILMAZ {A} e-imza", amount)
    assert is_for_a_person(made, "AMOUNT-UNEXPLAINED")


def test_an_amount_a_few_lira_off_with_the_number_is_shown() -> None:
    assert is_for_a_person(decision(f"AYŞE NUR YILMAZ {A}", FIRST + 70), "AMOUNT-UNEXPLAINED")


def test_of_two_applications_the_one_that_costs_as_much_is_paid() -> None:
    text = f"ZEYNEP ÇELİK {ZEYNEP.number} e-imza"
    assert posted(decision(text, FIRST)) == {ZEYNEP_FIRST: FIRST}
    assert posted(decision(text, RENEWAL)) == {ZEYNEP_RENEWAL: RENEWAL}


@pytest.mark.parametrize("kind", ["kayıp", "yeniden çıkarma"])
def test_of_two_applications_none_is_paid_when_the_text_names_a_third_kind(kind: str) -> None:
    text = f"ZEYNEP ÇELİK {ZEYNEP.number} e-imza {kind}"
    assert is_for_a_person(decision(text, FIRST), "SEVERAL-APPLICATIONS")


def test_of_two_applications_none_is_paid_when_the_text_names_the_other() -> None:
    text = f"ZEYNEP ÇELİK {ZEYNEP.number} e-imza yenileme"
    assert is_for_a_person(decision(text, FIRST), "SEVERAL-APPLICATIONS")


@pytest.mark.parametrize(
    "text", ["elektronik mühür ücreti", "mobil imza ücreti", "kart okuyucu bedeli"]
)
def test_another_product_is_not_posted(text: str) -> None:
    assert decision(f"Ayşe Yılmaz {A} {text}").outcome != "matched"


def test_of_two_applications_none_is_paid_by_another_price() -> None:
    made = decision(f"ZEYNEP ÇELİK {ZEYNEP.number} e-imza", OLD)
    assert is_for_a_person(made, "SEVERAL-APPLICATIONS")


# ---- who cannot be paid for


@pytest.mark.parametrize(
    ("who", "reason"),
    [(FATMA, "ALREADY-PAID"), (HASAN, "NOTHING-DUE"), (ELIF, "NO-OPEN-APPLICATION")],
)
def test_who_owes_nothing_gets_nothing(who: Person, reason: str) -> None:
    by_number = f"{' '.join(who.names)} {who.number} e-imza"
    assert is_for_a_person(decision(by_number), reason)
    assert is_for_a_person(decision(f"{' '.join(who.names)} e-imza"), reason)


def test_without_a_published_fee_for_the_application_no_amount_is_explained() -> None:
    unpriced = person(20, AYSE.number, "Ayşe Nur", "Yılmaz", [application(201, due=None)])
    made = decision(f"AYŞE NUR YILMAZ {A} e-imza", people=[unpriced])
    assert is_for_a_person(made, "AMOUNT-UNEXPLAINED")
    assert "ALREADY-PAID" not in made.reasons


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("VELİ TAŞ e-imza", "PERSON-UNKNOWN"),
        (f"VELİ TAŞ {STRANGER} e-imza", "NUMBER-UNKNOWN"),
        ("e-imza", "PERSON-UNKNOWN"),
    ],
)
def test_a_stranger_is_for_a_person(text: str, reason: str) -> None:
    made = decision(text)
    assert is_for_a_person(made, reason)
    assert candidates(made) == set()


# ---- contradictions


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"CAN ÖZTÜRK {A} e-imza", id="the name of another"),
        pytest.param(f"GELEN FAST - VELİ TAŞ - CAN ÖZTÜRK {A} e-imza", id="in the payer's text"),
        pytest.param(f"VELİ TAŞ {A} e-imza", id="the name of a stranger"),
        pytest.param(f"AYŞE NUR YILMAZ {STRANGER} e-imza", id="the number of a stranger"),
        pytest.param(f"AYŞE NUR YILMAZ {C} e-imza", id="the number of another"),
    ],
)
@pytest.mark.parametrize("amount", [FIRST, RENEWAL, OLD])
def test_number_and_name_of_two_people_are_for_a_person(text: str, amount: int) -> None:
    assert decision(text, amount).outcome == "review"


# ---- what is not ours


@pytest.mark.parametrize(
    "text",
    [
        f"{A} AYŞE NUR YILMAZ ekim kirası",
        "AYŞE NUR YILMAZ imza sirküleri",
        "AYŞE NUR YILMAZ ilk yardım sertifikası",
        "AYŞE NUR YILMAZ yemek bedeli",
        "AYŞE NUR YILMAZ ihale teminatı",
        "AYŞE NUR YILMAZ e-fatura",
    ],
)
def test_another_purpose_is_not_ours_even_at_our_price(text: str) -> None:
    made = decision(text)
    assert (made.outcome, made.reasons) == ("unrelated", ("OTHER-PURPOSE",))


def test_our_purpose_beside_another_is_for_a_person() -> None:
    made = decision(f"AYŞE NUR YILMAZ {A} e-imza ve kira")
    assert is_for_a_person(made, "PURPOSE", "OTHER-PURPOSE")


@pytest.mark.parametrize("text", ["HASTANE DÖNER SERMAYE", f"AYŞE NUR YILMAZ {A}", "", "12345"])
def test_another_amount_without_a_purpose_is_not_ours(text: str) -> None:
    assert decision(text, 99999).outcome == "unrelated"


@pytest.mark.parametrize(
    "text",
    [A, f"{A} ödeme", "AYŞE NUR YILMAZ", "A. YILMAZ", "GELEN FAST - AYŞE NUR YILMAZ - ödeme"],
)
@pytest.mark.parametrize("amount", [FIRST, RENEWAL, OLD])
def test_a_published_fee_from_an_applicant_is_never_unrelated(text: str, amount: int) -> None:
    assert decision(text, amount).outcome in ("matched", "review")


def test_money_that_goes_out_is_not_ours() -> None:
    assert decision("ELEKTRİK FATURASI", -99999).reasons == ("OUTGOING",)
    assert decision("ELEKTRİK FATURASI", -FIRST).outcome == "unrelated"


# ---- the file as a whole


def test_paid_twice_on_one_day_is_posted_once() -> None:
    text = f"AYŞE NUR YILMAZ {A} e-imza"
    first, second = decide(movement(text, row=1), movement(text, row=2))
    assert posted(first) == TO_AYSE
    assert is_for_a_person(second, "PAID-TWICE")


@pytest.mark.parametrize("days", [1, 45])
def test_paid_twice_the_first_payment_counts(days: int) -> None:
    text, later = f"AYŞE NUR YILMAZ {A} e-imza", DAY + timedelta(days)
    old, new = movement(text), movement(text, day=later)
    for made_first, made_second in (
        decide(old, new),
        reversed(decide(new, old, newest_first=True)),
        reversed(decide(new, old)),
    ):
        assert posted(made_first) == TO_AYSE
        assert is_for_a_person(made_second, "PAID-TWICE")


def test_in_a_file_with_the_newest_first_the_lower_row_counts() -> None:
    text = f"AYŞE NUR YILMAZ {A} e-imza"
    upper, lower = decide(movement(text), movement(text), newest_first=True)
    assert (posted(upper), posted(lower)) == ({}, TO_AYSE)


def test_a_name_does_not_win_against_a_later_number() -> None:
    by_name, by_number = decide(
        movement("AYŞE NUR YILMAZ e-imza"), movement(f"AYŞE NUR YILMAZ {A} e-imza")
    )
    assert is_for_a_person(by_name, "PAID-TWICE")
    assert is_for_a_person(by_number, "PAID-TWICE")


def test_a_payment_that_waits_for_a_person_holds_the_place() -> None:
    waiting, later = decide(
        movement(f"AYŞE NUR YILMAZ {A} e-imza ve kira"), movement("AYŞE NUR YILMAZ e-imza")
    )
    assert waiting.outcome == "review"
    assert is_for_a_person(later, "PAID-TWICE")


def test_a_combined_payment_and_a_single_one_are_not_both_posted() -> None:
    combined, single = decide(
        movement(f"{A} {C} e-imza", FIRST + RENEWAL), movement(f"CAN ÖZTÜRK {C} e-imza", RENEWAL)
    )
    assert posted(combined) == {AYSE_FIRST: FIRST, CAN_RENEWAL: RENEWAL}
    assert is_for_a_person(single, "PAID-TWICE")


@pytest.mark.parametrize(
    "text",
    [
        f"İADE AYŞE NUR YILMAZ {A} e-imza",
        f"AYŞE NUR YILMAZ {A} iptal",
        "AYŞE NUR YILMAZ geri ödeme",
        f"AYŞE NUR YILMAZ {A} e-imza",
    ],
)
def test_money_that_goes_back_is_linked_to_its_payment(text: str) -> None:
    paid, other, back = decide(
        movement(f"AYŞE NUR YILMAZ {A} e-imza"),
        movement(f"EMRE YILDIRIM {EMRE.number} e-imza"),
        movement(text, -FIRST, day=DAY + timedelta(3)),
    )
    assert (posted(paid), posted(other)) == (TO_AYSE, {EMRE_FIRST: FIRST})
    assert is_for_a_person(back, "REVERSAL")
    assert back.reverses == 0


def test_money_that_goes_back_is_linked_in_files_with_the_newest_first() -> None:
    back, _paid = decide(
        movement(f"İADE {A} AYŞE NUR YILMAZ", -FIRST, day=DAY + timedelta(3)),
        movement(f"AYŞE NUR YILMAZ {A} e-imza"),
        newest_first=True,
    )
    assert back.reverses == 1


def test_each_payment_goes_back_once() -> None:
    text, back = f"AYŞE NUR YILMAZ {A} e-imza", f"İADE AYŞE NUR YILMAZ {A}"
    made = decide(movement(text), movement(text), movement(back, -FIRST), movement(back, -FIRST))
    assert sorted(each.reverses or 0 for each in made[2:]) == [0, 1]


def test_a_part_of_a_combined_payment_goes_back_alone() -> None:
    together, *parts = decide(
        movement(f"{A} {EMRE.number} e-imza", 2 * FIRST),
        movement(f"İADE AYŞE NUR YILMAZ {A}", -FIRST),
        movement(f"İADE EMRE YILDIRIM {EMRE.number}", -FIRST),
        movement(f"İADE EMRE YILDIRIM {EMRE.number}", -FIRST),
    )
    assert posted(together) == {AYSE_FIRST: FIRST, EMRE_FIRST: FIRST}
    assert [part.reverses for part in parts] == [0, 0, None]


def test_what_namesakes_may_have_paid_goes_back_once() -> None:
    made = decide(
        movement("MEHMET KAYA e-imza"),
        movement("İADE MEHMET KAYA e-imza", -FIRST),
        movement("İADE MEHMET KAYA e-imza", -FIRST),
    )
    assert [each.reverses for each in made] == [None, 0, None]


def test_within_a_day_the_order_does_not_matter_to_what_goes_back() -> None:
    back, _paid = decide(
        movement(f"İADE AYŞE NUR YILMAZ {A}", -FIRST), movement(f"AYŞE NUR YILMAZ {A} e-imza")
    )
    assert back.reverses == 1


def test_the_word_for_a_refund_is_no_name() -> None:
    assert "NAME-CONTRADICTS" not in decision(f"iade {A} e-imza", -FIRST).reasons


def test_money_does_not_go_back_before_it_came() -> None:
    back, _paid = decide(
        movement(f"İADE AYŞE NUR YILMAZ {A}", -FIRST),
        movement(f"AYŞE NUR YILMAZ {A} e-imza", day=DAY + timedelta(1)),
    )
    assert is_for_a_person(back, "REVERSAL")
    assert back.reverses is None


def test_incoming_money_that_is_called_a_refund_is_for_a_person() -> None:
    assert is_for_a_person(decision(f"iade AYŞE NUR YILMAZ {A} e-imza"), "REVERSAL")


def test_no_movements_no_decisions() -> None:
    assert decide() == []


# ---- whatever stands in the file

NAMES = [" ".join(who.names) for who in EVERYBODY]
NUMBERS = [who.number for who in EVERYBODY]
PRICES = st.sampled_from((FIRST, RENEWAL, OLD))
AMOUNTS = st.sampled_from((FIRST, RENEWAL, OLD, FIRST + RENEWAL, 2 * FIRST, 30000, -FIRST))
WRAPPINGS = st.sampled_from(
    (
        "{}",
        "Gönd: {} 0067-Yapı ve Kredi Bankası FAST işlemi",
        "GELEN FAST - VELİ TAŞ - {}",
        "GELEN FAST - EMRE YILDIRIM - {}",
        "{} tarafından aktarılan ödeme",
        "FAST:{}",
        "7777/MBL-3530082-{}-ödeme",
    )
)
WORDS = st.sampled_from(
    (*NAMES, *NUMBERS, STRANGER, "VELİ TAŞ", "e-imza", "ücreti", "kira", "iade", "için", "ve", "1")
)
TEXTS = st.builds(
    lambda wrapping, words: wrapping.format(" ".join(words)),
    WRAPPINGS,
    st.lists(WORDS, max_size=6),
)
MOVEMENTS = st.builds(movement, TEXTS, AMOUNTS, day=st.dates(date(2021, 10, 1), date(2021, 10, 4)))


@given(st.lists(MOVEMENTS, max_size=12), st.booleans())
def test_nothing_is_posted_beyond_what_came_nor_twice(
    movements: list[Movement], newest_first: bool
) -> None:
    made = decide(*movements, newest_first=newest_first)
    for each, source in zip(made, movements, strict=True):
        assert sum(posted(each).values()) <= max(0, source.amount)
        assert all(share.amount > 0 for share in each.postings)
    claimed = [application for each in made for application in posted(each)]
    assert len(claimed) == len(set(claimed))
    owing = {each.id for who in EVERYBODY for each in who.applications if each.is_payable}
    assert set(claimed) <= owing


@given(st.lists(MOVEMENTS, min_size=1, max_size=8), st.data())
def test_unrelated_rows_of_the_day_may_stand_in_any_order(
    movements: list[Movement], data: st.DataObject
) -> None:
    day = [each._replace(date=DAY) for each in movements]
    alone = decide(*day)
    unrelated = [
        movement(text, amount)
        for text in ("MAAŞ", "KİRA", "SU")
        for amount in (99999, -FIRST, 12345)
    ]
    places = data.draw(st.permutations(range(len(day) + len(unrelated))))
    ours = sorted(places[: len(day)])
    mixed = dict(zip(places[len(day) :], unrelated, strict=True)) | dict(
        zip(ours, day, strict=True)
    )
    together = decide(*(mixed[place] for place in sorted(mixed)))
    for place, expected in zip(ours, alone, strict=True):
        made = together[place]
        assert (made.outcome, made.postings, made.reasons) == (
            expected.outcome,
            expected.postings,
            expected.reasons,
        )


@given(st.text(max_size=60), st.sampled_from(("", " e-imza", " AYŞE", " YILMAZ")), AMOUNTS)
def test_text_by_chance_is_never_posted(text: str, end: str, amount: int) -> None:
    assert posted(decision(text + end, amount)) == {}


@given(st.text("0123456789 .-/", max_size=40), st.sampled_from(("", "e-imza ")), AMOUNTS)
def test_digits_by_chance_are_never_posted(digits: str, start: str, amount: int) -> None:
    run = "".join(filter(str.isdigit, digits))
    assume(not any(number in run for number in NUMBERS))
    assert posted(decision(start + digits, amount)) == {}


@given(st.integers(10 ** (tckn.LENGTH - 1), 10**tckn.LENGTH - 1), WRAPPINGS, PRICES)
def test_any_number_beside_a_name_is_posted_to_nobody_else(
    typed: int, wrapping: str, amount: int
) -> None:
    made = decision(wrapping.format(f"AYŞE NUR YILMAZ {typed} e-imza"), amount)
    assert set(posted(made)) <= {AYSE_FIRST}


@given(
    st.sampled_from(EVERYBODY),
    st.integers(0, tckn.LENGTH - 1),
    st.sampled_from("0123456789"),
    WRAPPINGS,
)
def test_a_wrong_digit_is_posted_to_its_owner_or_nobody(
    who: Person, place: int, digit: str, wrapping: str
) -> None:
    typed = who.number[:place] + digit + who.number[place + 1 :]
    made = decision(wrapping.format(f"{' '.join(who.names)} {typed} e-imza"))
    assert set(posted(made)) <= {each.id for each in who.applications}


@given(st.permutations(EVERYBODY), WRAPPINGS, PRICES)
def test_the_number_of_one_with_the_name_of_another_is_never_posted(
    people: list[Person], wrapping: str, amount: int
) -> None:
    one, other, *_ = people
    assume(one.names != other.names)
    text = wrapping.format(f"{' '.join(other.names)} {one.number} e-imza")
    assert posted(decision(text, amount)) == {}


def test_already_paid_is_offered_all_the_same() -> None:
    assert candidates(decision(f"FATMA DEMİR {FATMA.number} e-imza")) == {FATMA_PAID}
