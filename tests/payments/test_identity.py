"""Who a description speaks of, and the doubt that forbids to post."""

import pytest

from esignctl.payments.applicants import Person, person
from esignctl.payments.description import read
from esignctl.payments.directory import Directory
from esignctl.payments.identity import Identity, Tier, identify
from esignctl.text import tckn
from esignctl.text.folding import fold

from .directorate import (
    AYSE,
    CAN,
    EMRE,
    EVERYBODY,
    MEHMET,
    OTHER_MEHMET,
    STRANGER,
    application,
)


def identity(text: str, *more: Person) -> Identity:
    return identify(read(fold(text)), Directory((*EVERYBODY, *more)))


# ---- what an identity rests on


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        (f"{AYSE.number} e-imza", Tier.NUMBER),
        ("AYŞE NUR YILMAZ e-imza", Tier.NAME),
        ("GELEN FAST - AYŞE NUR YILMAZ - e-imza", Tier.SENDER),
    ],
)
def test_number_name_and_sender(text: str, tier: Tier) -> None:
    found = identity(text)
    assert (found.people, found.tier, found.doubt) == ((AYSE,), tier, None)


def test_a_number_speaks_louder_than_the_senders_name() -> None:
    found = identity(f"GELEN FAST - EMRE YILDIRIM - AYŞE NUR YILMAZ {AYSE.number} e-imza")
    assert (found.people, found.payers, found.doubt) == ((AYSE,), (EMRE,), None)


def test_a_name_in_the_text_speaks_louder_than_the_senders() -> None:
    found = identity("GELEN FAST - EMRE YILDIRIM - AYŞE NUR YILMAZ e-imza")
    assert (found.people, found.payers, found.doubt) == ((AYSE,), (EMRE,), None)


def test_everybody_whose_number_stands_there_is_meant() -> None:
    assert identity(f"{AYSE.number} {CAN.number} e-imza").people == (AYSE, CAN)


def test_who_is_named_beside_a_number_is_meant_besides() -> None:
    found = identity(f"AYŞE NUR YILMAZ {AYSE.number} ve CAN ÖZTÜRK e-imza")
    assert (found.people, found.besides, found.doubt) == ((AYSE,), (CAN,), None)


def test_a_slip_in_the_number_is_excused_by_the_name() -> None:
    found = identity("AYŞE NUR YILMAZ 10000000147 e-imza")
    assert (found.people, found.tier) == ((AYSE,), Tier.NUMBER)
    assert "NUMBER-CORRECTED" in found.reasons


def test_a_slip_that_makes_another_right_number_needs_the_whole_name() -> None:
    typed, meant = "31313131624", "31313136124"
    assert tckn.is_valid(typed)
    near = Directory([person(30, meant, "Selin", "Arslan", [application(301)])])
    assert identify(read(fold(f"SELİN ARSLAN {typed}")), near).tier is Tier.NUMBER
    assert identify(read(fold(f"S. ARSLAN {typed}")), near).tier is Tier.NOTHING


def test_the_beginning_of_a_number_is_excused_by_the_name() -> None:
    found = identity("AYŞE NUR YILMAZ e-imza 1000000")
    assert (found.people, found.tier) == ((AYSE,), Tier.NUMBER)
    assert "NUMBER-CUT" in found.reasons


# ---- doubts


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        pytest.param(f"CAN ÖZTÜRK {AYSE.number} e-imza", "NAME-CONTRADICTS", id="two people"),
        pytest.param(f"VELİ TAŞ {AYSE.number} e-imza", "NAME-CONTRADICTS", id="a stranger's name"),
        pytest.param(
            f"AYŞE NUR YILMAZ {STRANGER} e-imza", "NUMBER-CONTRADICTS", id="a stranger's number"
        ),
        pytest.param("MEHMET KAYA e-imza", "NAMESAKES", id="namesakes"),
        pytest.param(
            "GELEN FAST - MEHMET KAYA - e-imza", "NAMESAKES", id="namesakes of the sender"
        ),
        pytest.param("AYŞE NUR YILMAZ VELİ TAŞ e-imza", "OTHER-NAME", id="a further name"),
        pytest.param("CAN ÖZTÜRK'ün eşi e-imza", "OTHER-NAME", id="a relative"),
        pytest.param(
            "GELEN FAST - AYŞE NUR YILMAZ - eşim adına e-imza", "OTHER-NAME", id="on behalf"
        ),
        pytest.param(
            "GELEN FAST - AYŞE NUR YILMAZ - VELİ TAŞ e-imza", "OTHER-NAME", id="for a stranger"
        ),
        pytest.param(
            "GELEN FAST - MUSTAFA CAN ÖZTÜRK - e-imza", "OTHER-NAME", id="a longer sender's name"
        ),
        pytest.param(
            f"GELEN FAST - EMRE YILDIRIM - {EMRE.number} VELİ TAŞ e-imza",
            "NAME-CONTRADICTS",
            id="the payer's own number and a stranger's name",
        ),
        pytest.param(
            f"GELEN FAST - EMRE YILDIRIM - {EMRE.number} eşim için e-imza",
            "OTHER-NAME",
            id="the payer's own number on behalf of a relative",
        ),
        pytest.param(
            f"EMRE YILDIRIM {EMRE.number} VELİ TAŞ adına e-imza",
            "OTHER-NAME",
            id="a number on behalf of a stranger",
        ),
        pytest.param(
            f"{AYSE.number} {STRANGER} e-imza", "NUMBER-UNKNOWN", id="a stranger's number too"
        ),
        pytest.param("VELİ TAŞ e-imza", "PERSON-UNKNOWN", id="a stranger"),
        pytest.param(f"VELİ TAŞ {STRANGER} e-imza", "NUMBER-UNKNOWN", id="a numbered stranger"),
        pytest.param("AYŞE YILMAZ e-imza", "IDENTITY-WEAK", id="a middle name missing"),
        pytest.param("AYŞE NUR YILMZA e-imza", "IDENTITY-WEAK", id="misspelt without a number"),
        pytest.param("10000000147 e-imza", "IDENTITY-WEAK", id="a slip without a name"),
    ],
)
def test_what_forbids_to_post(text: str, doubt: str) -> None:
    assert identity(text).doubt == doubt


def test_who_may_have_left_out_a_middle_name_is_a_namesake() -> None:
    namesake = person(31, "2", "Can Berk", "Öztürk", [application(311)])
    assert identity("CAN ÖZTÜRK e-imza", namesake).doubt == "NAMESAKES"


@pytest.mark.parametrize(
    "text",
    [
        f"GELEN FAST - VELİ TAŞ - EMRE YILDIRIM adına {EMRE.number} e-imza",
        f"VELİ TAŞ, EMRE YILDIRIM adına {EMRE.number} e-imza",
        f"GELEN FAST - EMRE YILDIRIM - {EMRE.number} e-imza başvurum için",
    ],
)
def test_what_does_not_forbid_it(text: str) -> None:
    found = identity(text)
    assert (found.people, found.doubt) == ((EMRE,), None)


def test_namesakes_are_told_apart_by_number() -> None:
    found = identity(f"MEHMET KAYA {MEHMET.number} e-imza")
    assert (found.people, found.doubt) == ((MEHMET,), None)


@pytest.mark.parametrize(
    ("end", "doubt"),
    [
        (f"T.C. {CAN.number[:1]}", "IDENTITY-WEAK"),  # so begins every ninth number
        (f"T.C. {CAN.number[:3]}", None),
        ("T.C. 987", "NUMBER-CONTRADICTS"),
        ("tel 0532", None),
        ("müracaatşahi", "IDENTITY-WEAK"),  # cut off within somebody's name
        ("müracaatı", None),
    ],
)
def test_what_a_cut_leaves_behind_the_senders_payment(end: str, doubt: str | None) -> None:
    assert identity(f"GELEN FAST - CAN ÖZTÜRK - e-imza yenileme {end}").doubt == doubt


def test_a_word_without_end_takes_no_time() -> None:
    assert identity("GELEN FAST - CAN ÖZTÜRK - e-imza " + "imza" * 2000).doubt == "IDENTITY-WEAK"


def test_a_given_name_that_stands_as_a_surname_is_somebody_elses() -> None:
    found = identity(f"GELEN FAST - NAZIM CAN - Nazım Can {CAN.number} e-imza")
    assert found.doubt == "NAME-CONTRADICTS"


def test_a_given_name_that_others_bear_as_surname_tells_too_little_of_a_married_name() -> None:
    who = person(64, AYSE.number, "Yılmaz", "Güngör", [application(641)])
    found = identify(
        read(fold(f"YILMAZ SÖNMEZ-yılmaz sönmez, {who.number}, e-imza kayıp")),
        Directory([who, person(65, CAN.number, "Can", "Yılmaz")]),
    )
    assert found.doubt == "NAME-CONTRADICTS"


def test_a_married_name_beside_the_own_number_is_no_contradiction() -> None:
    assert identity(f"AYŞE NUR KAYA {AYSE.number} e-imza").doubt is None


def test_a_stranger_who_pays_by_number_and_name_is_no_contradiction() -> None:
    text = f"GELEN FAST - VELİ TAŞ - AYŞE NUR YILMAZ {AYSE.number} e-imza"
    assert identity(text).doubt is None


@pytest.mark.parametrize("label", ["T.C.", "T.C. KİMLİK NO", "e-imza"])
def test_the_letters_of_a_label_are_no_initials(label: str) -> None:
    """A digit of the number is wrong, and the surname is another one."""
    who = person(60, "22543276810", "Nermin", "Tekin", [application(601)])
    other = person(61, "22543276810", "Nermin", "Ekinci", [application(611)])
    for each in (who, other):
        text = f"VEDAT KORKMAZ/Nermin Oral {label} 22542276810 e-imza kart ücreti/HAVALE"
        assert identify(read(fold(text)), Directory([each])).doubt is not None


@pytest.mark.parametrize("typed", ["Öztürke imza", "ÖZTÜRKE-İMAZ", "Öztürke ımza"])
def test_the_e_of_e_imza_glued_to_a_name(typed: str) -> None:
    found = identity(f"GELEN FAST - CAN ÖZTÜRK - Can {typed} yenileme")
    assert (found.people, found.doubt) == ((CAN,), None)


def test_a_sender_with_one_name_more_than_the_one_typed_in_part() -> None:
    longer = person(62, CAN.number, "Fadime Hanım", "Aydın", [application(621)])
    shorter = person(63, AYSE.number, "Fadime", "Aydın", [application(631)])
    text = "FADİME HANIM AYDIN * e-imza ilk başvuru ücreti FADİME"
    assert identify(read(fold(text)), Directory([longer])).doubt is None
    assert identify(read(fold(text)), Directory([longer, shorter])).doubt == "NAMESAKES"


# ---- whom a person would look at


def test_a_person_chooses_among_namesakes() -> None:
    offered = {who.id for who, _score in identity("MEHMET KAYA e-imza").candidates}
    assert offered == {MEHMET.id, OTHER_MEHMET.id}


def test_a_person_chooses_between_number_and_name() -> None:
    offered = [who for who, _score in identity(f"CAN ÖZTÜRK {AYSE.number} e-imza").candidates]
    assert offered == [AYSE, CAN]


def test_a_misspelt_name_is_offered() -> None:
    assert [who for who, _score in identity("CAN ÖZTÜRKK e-imza").candidates] == [CAN]
