"""Which card an ATR belongs to: the whole table, what fits the masks, and what does not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.cards.atr import historical_bytes, identify
from esignctl.text.folding import fold

INFINEON, NXP, UKIS, HHNEC, SMIC = "Infineon", "NXP", "UKİS", "HHNEC", "SMIC"

# prefix, version bytes, TCK, version, chip per ATR
UEKAE = [
    ("3B9F96", "1112", "E9", "1.1.0", INFINEON),
    ("3B9F96", "1212", "EA", "1.2.0", INFINEON),
    ("3B9F96", "1213", "EB", "1.2.0", NXP),
    ("3B9F96", "1252", "AA", "1.2.1", INFINEON),
    ("3B9F96", "1253", "AB", "1.2.1", NXP),
    ("3B9F96", "1221", "D9", "1.2.0", UKIS),
    ("3B9F96", "1261", "99", "1.2.1", UKIS),
    ("3B9F96", "1292", "6A", "1.2.2", INFINEON),
    ("3B9F96", "1293", "6B", "1.2.2", NXP),
    ("3B9F96", "1312", "EB", "1.3.0", INFINEON),
    ("3B9F96", "12A4", "5C", "1.2.2", HHNEC),
    ("3B9F96", "12A5", "5D", "1.2.2", SMIC),
    ("3B9F15", "1221", "5A", "1.2.0", UKIS),
    ("3B9F15", "1261", "1A", "1.2.1", UKIS),
    ("3B9F13", "1221", "5C", "1.2.0", UKIS),
    ("3B9F13", "1261", "1C", "1.2.1", UKIS),
    ("3B9F13", "1264", "19", "1.2.1", HHNEC),
    ("3B9F13", "1265", "18", "1.2.1", SMIC),
]

TC = [
    ("3B9F968131FE458065544320201231C073F621808105B3", "2.0.0", INFINEON, "v2.0"),
    ("3B8F80018065544320141331C073F4A180810508", "1.4.0", NXP, "Turkey id card"),
    ("3B9F978131FE458065544312210031C073F62180810593", "2.2.0", INFINEON, ""),
    ("3B9F978131FE458065544312210731C073F62180810594", "2.2.7", INFINEON, ""),
    ("3B9F978131FE4580655443D2210831C073F6218081015F", "2.2.8", INFINEON, "SAHA"),
    ("3B9F978131FE458065544312210831C073F6218081019F", "2.2.8", INFINEON, "SAHA Test"),
    ("3B9F978131FE4580655443D2210831C073F6218081055B", "2.2.8", INFINEON, "2.2.8 Infineon"),
    ("3B9F978131FE4580655443E4210831C073F6218081056D", "2.2.8", HHNEC, "2.2.8 UKTÜM"),
    ("3B9F968131FE4580655443D3210831C073F6218081055B", "2.2.8", NXP, "2.2.8 NXP"),
    ("3B9F968131FE4580655443D3210831C073F6218081055A", "2.2.8", NXP, "2.2.8 UDEA"),
    (
        "3B9F978131FE458065544312210831C073F6218081059B",
        "2.2.8",
        INFINEON,
        "2.2.8 Infineon test, TCKK",
    ),
    ("3B9F978131FE458065544353228231C073F62180810553", "2.5.2", NXP, "2.5.2 NXP"),
    ("3B9F978131FE4580655443D3230231C073F62180810552", "2.6.2", NXP, "NES"),
    ("3B9F978131FE4580655443D3228231C073F621808105D3", "2.5.2", NXP, "TCKK"),
    ("3B9F968131FE458065544312210831C073F6218081059A", "2.2.8", INFINEON, "TÜBİTAK test card"),
]

OTHERS = [
    "3B7F96000080318065B0850300EF120FFE829000",
    "3B8001 81".replace(" ", ""),
    "3BF81300008131FE454A434F5076323431B7",
    # the right words in the wrong places
    "3B9F968131FE45806755454B42451252318073B3A180AA",
    "3B9F978131FE4580655444D3230231C073F62180810552",
    "3B9F978131FE4580655443D3230231C073F62180820552",
    # cut off within the historical bytes
    "3B9F968131FE458065544320201231C073F6218081",
]


@pytest.mark.parametrize(("prefix", "version_bytes", "check", "version", "chip"), UEKAE)
def test_the_uekae_family(
    prefix: str, version_bytes: str, check: str, version: str, chip: str
) -> None:
    kind = identify(f"{prefix}8131FE45806755454B4145{version_bytes}318073B3A180{check}")
    assert (kind.family, kind.version, kind.chip) == ("akis-uekae", version, chip)
    assert kind.model == f"AKİS {version}"


@pytest.mark.parametrize(("atr", "version", "chip", "label"), TC)
def test_the_tc_family(atr: str, version: str, chip: str, label: str) -> None:
    kind = identify(atr)
    assert (kind.family, kind.version, kind.chip) == ("akis-tc", version, chip)
    assert kind.label == label


def test_the_first_akis_spells_its_name() -> None:
    kind = identify("3BBA11008131FE4D55454B41452056312E30AE")
    assert (kind.family, kind.model, kind.version) == ("akis-uekae", "AKİS 1.0", "1.0")


@pytest.mark.parametrize("mode", ["09", "49"])
def test_the_third_generation_is_known_by_its_mask(mode: str) -> None:
    kind = identify(f"3B9C968131FE4580666832{mode}1122333195810500")
    assert (kind.family, kind.version) == ("akis-tc", "3")


def test_an_answer_that_only_holds_the_makers_name_is_an_akis_of_unknown_version() -> None:
    kind = identify("3B8A800155454B4145FFFFFFFFFF00")
    assert (kind.family, kind.model, kind.version) == ("akis-uekae", "AKİS", None)


@pytest.mark.parametrize("atr", OTHERS)
def test_what_fits_no_mask_is_another_card(atr: str) -> None:
    assert identify(atr).family == "other"


def test_spaces_and_small_letters_do_not_matter() -> None:
    written = "3b 9f 96 81 31 fe 45 80 67 55 45 4b 41 45 12 52 31 80 73 b3 a1 80 aa"
    assert identify(written).version == "1.2.1"


@given(st.binary(min_size=2, max_size=2))
def test_every_version_of_the_uekae_family_is_decoded(version: bytes) -> None:
    first, second = version
    kind = identify(f"3B9F968131FE45806755454B4145{version.hex()}318073B3A18000")
    assert kind.family == "akis-uekae"
    assert kind.version == f"{first >> 4}.{first & 15}.{second >> 6}"


@given(st.binary(min_size=3, max_size=3).filter(lambda raw: raw[0] != 0x20), st.binary(max_size=1))
def test_every_version_of_the_tc_family_is_decoded(version: bytes, last: bytes) -> None:
    word = int.from_bytes(version[1:], "big")
    kind = identify(f"3B9F978131FE4580655443{version.hex()}31C073F6218081{last.hex() or '05'}00")
    assert kind.family == "akis-tc"
    assert kind.version == f"{word >> 12}.{(word & 0xFFF) >> 7}.{word & 0x7F}"


@given(st.text())
def test_anything_is_answered(text: str) -> None:
    assert identify(text).family in ("other", "akis-uekae", "akis-tc")


@given(st.binary(max_size=40))
def test_random_answers_are_no_akis(answer: bytes) -> None:
    assert identify(answer.hex()).family == "other"


def test_historical_bytes_lie_behind_the_interface_bytes() -> None:
    assert historical_bytes("3BBA11008131FE4D55454B41452056312E30AE") == "55454B41452056312E30"
    assert historical_bytes("3B") is None
    assert historical_bytes("no hex") is None


def listed() -> Iterator[tuple[str, str]]:
    """Every ATR of the public list with its description; ``.`` stands for any nibble there."""
    text = Path("/usr/share/pcsc/smartcard_list.txt").read_text(encoding="utf-8", errors="replace")
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        atrs = [line for line in lines if re.fullmatch(r"3[BF][0-9A-F. ]+", line)]
        description = " ".join(line.strip() for line in lines if line.startswith("\t"))
        yield from ((atr.replace(".", "0"), description) for atr in atrs)


def test_no_card_of_the_public_list_is_taken_for_an_akis_unless_it_is_turkish() -> None:
    turkish = re.compile(r"aki[sş]|ukis|turk|tubitak|tckk")
    cards = list(listed())
    assert len(cards) > 3000
    wrong = [
        (atr, description)
        for atr, description in cards
        if identify(atr).is_akis and not turkish.search(fold(description))
    ]
    assert wrong == []


def test_every_akis_of_the_public_list_is_known() -> None:
    akis = [atr for atr, description in listed() if re.search(r"\baki[sş]\b", fold(description))]
    assert akis
    assert [atr for atr in akis if not identify(atr).is_akis] == []
