"""Payments with the reference code of the payment slip in their description."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from random import Random

from benchmarks.corpus import hands
from benchmarks.corpus.hands import type_name, type_purpose
from benchmarks.corpus.judge import Combined, Single
from benchmarks.corpus.maker import PERSON, Maker
from benchmarks.corpus.registry import Application, Person
from benchmarks.corpus.strand import CODE, Piece, Strand, fill, piece
from benchmarks.corpus.turkish import lower, upper

_LETTERS = "ACDEFGHJKMNPQRTVWXY"
_SIGNS = "0123456789" + _LETTERS
_SLIP = {
    "first": "E-İMZA İLK BAŞVURU ÜCRETİ",
    "renewal": "E-İMZA YENİLEME BAŞVURU ÜCRETİ",
    "replacement": "E-İMZA KAYIP ÇALINTI BAŞVURU ÜCRETİ",
}
_ORDERS = (
    "{code} {name} {number} {purpose}",
    "{code} {name} {number} {purpose}",
    "{code} {name} {purpose}",
    "{code} {purpose}",
    "{name} {code} {purpose}",
    "{purpose} {code}",
    "{code}-{name}-{purpose}",
    "Ref: {code} {name}",
)
_LOOKALIKES = str.maketrans("0158", "OISB")


def reference_code(number: str) -> str:
    """The code of an application, as the slip prints it: SHA-256 in 19 and 29 signs, and the check
    digits of ISO 7064 MOD 97-10."""
    rest = int.from_bytes(hashlib.sha256(number.encode("utf-8")).digest(), "big")
    rest, place = divmod(rest, len(_LETTERS))
    payload = _LETTERS[place]
    for _ in range(7):
        rest, place = divmod(rest, len(_SIGNS))
        payload += _SIGNS[place]
    digits = int("".join(str(int(sign, 36)) for sign in payload) + "00")
    return f"{payload}{98 - digits % 97:02d}"


def slip(maker: Maker) -> None:
    """The description of the slip, typed or pasted as it stands there; anybody may pay."""
    person, application = maker.take()
    text = f" {upper(person.name)} {person.number} {_SLIP[application.kind]}"
    whole = (
        Strand()
        + _code(maker.random, application, "clean")
        + fill(
            " {name} {number} {purpose}",
            name=type_name(maker.random, person, "plain"),
            number=hands.type_number(maker.random, person, "clean"),
            purpose=piece(_SLIP[application.kind], "purpose", quality="clear"),
        )
    )
    assert whole.map(upper).text.endswith(text)
    changed = maker.random.choice((upper, upper, upper, lower, hands.style(maker.random)))
    _pay(maker, person, application, "code-slip", whole.map(changed))


def coded(form: str) -> Callable[[Maker], None]:
    """A code written in a form, beside what people leave of the rest."""

    def story(maker: Maker) -> None:
        person, application = maker.take()
        text = _typed(maker, person, application, _code(maker.random, application, form))
        _pay(maker, person, application, f"code-{form}", text)

    return story


def only(maker: Maker) -> None:
    """Nothing but the code."""
    person, application = maker.take()
    text = Strand() + _code(maker.random, application, "clean")
    _pay(maker, person, application, "code-only", text.map(hands.style(maker.random)))


def says_which(maker: Maker) -> None:
    """Somebody with two open applications: the code says which one is paid."""
    person, application = maker.take(lambda p, a: len(maker.registry.open_of(p)) > 1)
    text = _typed(maker, person, application, _code(maker.random, application, "clean"))
    _pay(maker, person, application, "code-says-which", text)


def of_two(maker: Maker) -> None:
    """Two codes in one transfer, their fees added up."""
    parts = [maker.take() for _ in range(2)]
    joint = maker.random.choice((" ", ", ", " ve ", " + ", "/"))
    codes = [_code(maker.random, application, "clean") for _, application in parts]
    text = Strand() + codes[0] + joint + codes[1] + " " + type_purpose(maker.random, "any")
    newest = max((application for _, application in parts), key=lambda each: each.opened_on)
    maker.add(
        maker.when(newest),
        sum(application.fee for _, application in parts),
        "code-of-two",
        Combined(tuple(parts)),
        maker.sender(parts[0][0]),
        text.map(hands.style(maker.random)),
        intact=True,
    )


def against(what: str) -> Callable[[Maker], None]:
    """The code of one applicant with the ``name`` or ``number`` of another."""

    def story(maker: Maker) -> None:
        _, application = maker.take()
        other = maker.someone(lambda p: p.index != application.person and maker.registry.is_open(p))
        purpose = type_purpose(maker.random, application.kind)
        code = _code(maker.random, application, "clean")
        said = (
            type_name(maker.random, other, "plain")
            if what == "name"
            else hands.type_number(maker.random, other, "clean")
        )
        text = fill("{code} {said} {purpose}", code=code, said=said, purpose=purpose)
        sender = maker.random.choice((maker.sender(other), maker.stranger_sender()))
        maker.add(
            maker.when(application),
            application.fee,
            f"code-against-{what}",
            PERSON,
            sender,
            text.map(hands.style(maker.random)),
            intact=True,
        )

    return story


def of_cancelled(maker: Maker) -> None:
    """The slip of an application that has been cancelled."""
    cancelled = [
        each
        for each in maker.registry.applications
        if each.cancelled and not maker.registry.is_open(maker.registry.people[each.person])
    ]
    application = maker.random.choice(cancelled)
    person = maker.registry.people[application.person]
    text = _typed(maker, person, application, _code(maker.random, application, "clean"))
    fee = maker.random.choice(sorted(maker.registry.published))
    maker.add(
        maker.when(application),
        fee,
        "code-of-cancelled",
        PERSON,
        maker.sender(person),
        text,
        intact=True,
    )


def _pay(
    maker: Maker, person: Person, application: Application, category: str, text: Strand
) -> None:
    himself = maker.random.random() < 0.7
    sender = maker.sender(person) if himself else maker.stranger_sender()
    claim = Single(person, application)
    maker.add(maker.when(application), application.fee, category, claim, sender, text)


def _typed(maker: Maker, person: Person, application: Application, code: Piece) -> Strand:
    text = fill(
        maker.random.choice(_ORDERS),
        code=code,
        name=type_name(maker.random, person, maker.random.choice(("plain", "plain", "misspelt"))),
        number=maker.number(person, maker.random.choice(("clean", "clean", "one-wrong"))),
        purpose=type_purpose(maker.random, application.kind),
    )
    return text.map(hands.style(maker.random))


def _code(dice: Random, application: Application, form: str) -> Piece:
    right = reference_code(application.number)
    place = dice.randrange(1, len(right) - 1)
    shown, quality = right, "exact"
    if form == "spaced":
        cuts = dice.choice(((4,), (5,), (2, 5, 8), (3, 6), (4, 8)))
        edges = (0, *cuts, len(right))
        shown = dice.choice("  -").join(right[a:b] for a, b in itertools.pairwise(edges))
    elif form == "lookalike":
        shown = right.translate(_LOOKALIKES)
    elif form == "one-wrong":
        signs = _SIGNS.replace(right[place], "")
        shown, quality = right[:place] + dice.choice(signs) + right[place + 1 :], "damaged"
    elif form == "dropped":
        shown, quality = right[:place] + right[place + 1 :], "damaged"
    elif form == "swapped" and right[place] != right[place + 1]:
        swapped = right[place + 1] + right[place]
        shown, quality = right[:place] + swapped + right[place + 2 :], "damaged"
    return piece(shown, CODE, application.person, quality)
