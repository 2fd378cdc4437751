"""What people type: names, numbers and purposes in the ways of tired hands and bad keyboards."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

from benchmarks.strangers.people import Person
from benchmarks.strangers.statement import upper

TITLES = ("Dr. ", "Dr ", "DR.", "Uzm. Dr. ", "Dr. Uzm. ", "Op.Dr. ", "Aile Hekimi ", "Dt. ", "Ebe ")
PURPOSES = {
    "first": (
        "E-İmza ilk başvuru ücreti", "e-imza ilk başvuru", "elektronik imza ilk müracaat", "e imza",
        "E-İMZA BAŞVURU ÜCRETİ", "eimza ücreti", "nitelikli elektronik sertifika ilk başvuru",
        "e-imza bedeli", "elektronik imza kartı", "KamuSM e-imza", "e-imza başvurusu için",
    ),
    "renewal": (
        "E-İmza yenileme başvuru ücreti", "e-imza yenileme", "elektronik imza yenileme bedeli",
        "eimza yenileme", "e-imza süre uzatma", "NES yenileme ücreti", "e imza yenileme ücreti",
        "E-İMZA SERTİFİKA YENİLEME",
    ),
    "replacement": (
        "e-imza kayıp", "E-İmza kayıp/çalıntı başvuru ücreti", "kaybolan e-imza için",
        "elektronik imza yeniden çıkarma",
    ),
}  # fmt: skip
SLIPS = (
    "e-imaz ücreti", "eimza ucert", "elektonik imza", "elektronik imaz", "e-inza yenileme",
    "e-imzza basvru", "e-imza basvuur ucreti", "elektrnik imza", "e-mza ücreti", "eiimza ücreti",
    "e_imza ucrt", "e - imza bşvuru", "E.İMZA ÜCR.", "e/imza", "elektironik imza ücreti",
)  # fmt: skip
VAGUE = (
    "başvuru ücreti", "yenileme ücreti", "imza ücreti", "sertifika ücreti", "sertifika yenileme",
    "il sağlık müdürlüğü", "ödeme", "döner sermaye", "kart ücreti", "imza için",
)  # fmt: skip
_ASCII = str.maketrans("şŞğĞüÜöÖçÇıİ", "sSgGuUoOcCiI")
_LOST = str.maketrans("şŞğĞıİ", "??????")
_LATIN = str.maketrans("şŞğĞıİ", "þÞðÐýÝ")
_HALF = str.maketrans("İŞĞ", "ISG")


def plain(text: str) -> str:
    """As it stands."""
    return text


CHANGES: tuple[tuple[float, Callable[[str], str]], ...] = (
    (40, plain),
    (18, upper),
    (14, lambda text: text.translate(_ASCII)),
    (8, lambda text: upper(text).translate(_ASCII)),
    (6, lambda text: text.translate(_HALF).lower().replace("i̇", "i")),
    (5, lambda text: text.replace("i", "ı").replace("İ", "I")),
    (4, lambda text: text.translate(_LATIN)),
    (2, lambda text: text.upper()),  # where every i has become I
    (1, lambda text: text.translate(_LOST)),
)


def change(dice: Random) -> Callable[[str], str]:
    """What keyboard, bank and code page do to all letters of a text."""
    return dice.choices([each for _, each in CHANGES], [weight for weight, _ in CHANGES])[0]


def name(dice: Random, who: Person, form: str) -> str:
    """His name, typed in a form: full, titled, last-first, weak or married."""
    given, surname = who.given.split(), who.surname
    if form == "titled":
        return dice.choice(TITLES) + who.name
    if form == "last-first":
        return f"{surname}{dice.choice((' ', ', '))}{who.given}"
    if form == "married":
        other = dice.choice(("Gürpınar", "Taşkıran", "Demirhan", "Kocabıyık", "Ellidokuz"))
        return f"{who.given} {surname}{dice.choice((' ', '-'))}{other}"
    if form == "weak":
        roll = dice.randrange(4)
        if roll == 0 and len(given) > 1:
            return f"{dice.choice(given)} {surname}"
        if roll == 1:
            return f"{given[0][0]}. {surname}"
        return slip(dice, who.name)
    return who.name


def slip(dice: Random, text: str) -> str:
    """With one letter left out, doubled, changed or swapped with its neighbour."""
    while True:
        place = dice.randrange(1, len(text) - 1)
        if not (text[place - 1] + text[place] + text[place + 1]).isalpha():
            continue
        kind = dice.randrange(4)
        if kind == 0:
            return text[:place] + text[place + 1 :]
        if kind == 1:
            return text[:place] + text[place] + text[place:]
        if kind == 2:
            return text[:place] + dice.choice("aeiklnrt") + text[place + 1 :]
        if text[place] != text[place + 1]:
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def number(dice: Random, digits: str, form: str) -> str:
    """His number, typed in a form: exact, ocr or one of the slips."""
    if form == "spaced":
        marks = dice.choice((" ", " ", "-", "."))
        cuts = dice.choice(((3, 6, 9), (5,), (2, 4, 6, 8), (4, 8)))
        edges = (0, *cuts, len(digits))
        return marks.join(digits[a:b] for a, b in pairwise(edges))
    if form == "ocr":
        return digits[0] + digits[1:].replace("0", dice.choice("Oo")).replace(
            "1", dice.choice("Il")
        )
    place = dice.randrange(1, 10)
    if form == "wrong":
        return (
            digits[:place]
            + str((int(digits[place]) + dice.randrange(1, 9)) % 10)
            + digits[place + 1 :]
        )
    if form == "swapped":
        return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if form == "short":
        return digits[:place] + digits[place + 1 :]
    if form == "long":
        return digits[:place] + digits[place] + digits[place:]
    return digits


def labelled(dice: Random, typed: str) -> str:
    """A number with what people write before it."""
    return (
        dice.choice(("", "", "", "TC ", "TC: ", "T.C. ", "TC Kimlik No: ", "TCKN ", "tckn:"))
        + typed
    )


def join(dice: Random, parts: list[str]) -> str:
    """Parts in some order, with something, or now and then nothing, between them."""
    parts = [part for part in parts if part]
    if dice.random() < 0.4:
        dice.shuffle(parts)
    mark = dice.choices((" ", ", ", " - ", " ve ", "/", " / "), (60, 14, 12, 5, 4, 5))[0]
    if dice.random() < 0.05 and len(parts) > 1:
        return parts[0] + parts[1] + " ".join(["", *parts[2:]])
    return mark.join(parts)
