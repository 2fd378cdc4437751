"""Who stands where in a description: places, hyphens, and who is paid for without a name."""

import pytest

from esignctl.payments.applicants import Person, person
from esignctl.payments.description import read
from esignctl.payments.directory import Directory
from esignctl.payments.scene import Scene, scene
from esignctl.text.folding import fold

from .directorate import AYSE, EVERYBODY


def staged(text: str, *more: Person) -> Scene:
    return scene(read(fold(text)).runs, Directory((*EVERYBODY, *more)))


def strange(text: str) -> list[str]:
    stage = staged(text)
    return [stage.text[place] for place in stage.strange]


@pytest.mark.parametrize(
    "place",
    [
        "3 Nolu Yeşilova ASM",
        "Yeşilova 3 Nolu ASM",
        "3 nolu Fatih Sultan Mehmet ASM",
        "Karşıyaka Devlet Hastanesi",
        "Yeşilova Aile Sağlığı Merkezi",
        "Karşıyaka TSM",
    ],
)
def test_a_place_is_nobodys_name(place: str) -> None:
    assert strange(f"AYŞE NUR YILMAZ {place} e-imza") == ["ayse", "nur", "yilmaz"]


def test_a_place_takes_no_word_of_a_name_that_is_known() -> None:
    assert staged("AYŞE NUR YILMAZ 3 Nolu ASM e-imza").mentions[0].people == (AYSE,)


@pytest.mark.parametrize(
    "word", ["Tarık", "Seher", "Sezer", "Şener", "Songül", "Şekerci", "Hekimoğlu", "Yenilmez", "Su"]
)
def test_names_that_look_like_talk_are_names(word: str) -> None:
    assert strange(f"{word} DAĞ e-imza") in ([fold(word), "dag"], ["dag"])


@pytest.mark.parametrize("word", ["basvru", "yenilme", "ucreit", "başvurusunun", "hekimliği"])
def test_talk_is_nobodys_name(word: str) -> None:
    assert strange(f"VELİ TAŞ {word} e-imza") == ["veli", "tas"]


def test_talk_that_the_bank_cut_off_is_nobodys_name() -> None:
    assert strange("VELİ TAŞ 1000 yenil") == ["veli", "tas"]


def test_a_hyphen_within_a_surname_does_not_break_the_name() -> None:
    bride = person(20, "1", "Zehra", "Kaya-Toplu")
    assert staged("ZEHRA KAYA-TOPLU e-imza", bride).mentions[0].people == (bride,)
    assert not staged("ZEHRA KAYA-TOPLU e-imza").mentions


def test_places_count_within_the_text_behind_a_sender() -> None:
    stage = staged("Gönd: VELİ TAŞ lütfen AYŞE NUR YILMAZ e-imza")
    [mention] = stage.in_text()
    assert stage.text[mention.start : mention.end] == mention.words


@pytest.mark.parametrize(
    "text",
    [
        "eşim adına e-imza",
        "babamın e-imzası",
        "eşimin e-imzası AYŞE NUR YILMAZ",
        "VELİ TAŞ adına e-imza",
        "AYŞE NUR YILMAZ'ın kızı e-imza",
    ],
)
def test_somebody_is_paid_for_who_is_not_named(text: str) -> None:
    assert staged(text).is_on_behalf()


@pytest.mark.parametrize(
    "text",
    [
        "eşim AYŞE NUR YILMAZ e-imza",
        "AYŞE NUR YILMAZ adına e-imza",
        "AYŞE NUR YILMAZ (10000000146) adına e-imza",
        "kendi adına e-imza",
        "e-imza için ödeme",
        "e-imza başvurusu için",
    ],
)
def test_who_is_paid_for_is_named(text: str) -> None:
    assert not staged(text).is_on_behalf()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AYŞE NUR YILMAZ ve VELİ TAŞ e-imza", True),
        ("VELİ TAŞ ve AYŞE NUR YILMAZ e-imza", True),
        ("AYŞE NUR YILMAZ 10000000146 & VELİ TAŞ", True),
        ("AYŞE NUR TAŞ 10000000146 ve e-imza", False),
        ("VELİ TAŞ ve e-imza ücreti", False),
    ],
)
def test_an_and_joins_two_names(text: str, expected: bool) -> None:
    stage = staged(text)
    strangers = {place for place, word in enumerate(stage.text) if word in ("veli", "tas")}
    assert stage.joins(strangers) is expected
