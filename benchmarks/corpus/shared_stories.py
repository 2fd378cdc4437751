"""Several people's fees in one transfer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from benchmarks.corpus import hands
from benchmarks.corpus.hands import type_name, type_purpose
from benchmarks.corpus.judge import Combined
from benchmarks.corpus.maker import PERSON, Maker
from benchmarks.corpus.registry import FAMILY_PHYSICIAN, Application, Person
from benchmarks.corpus.strand import NAME, Piece, Strand, piece
from benchmarks.corpus.turkish import key

Parts = list[tuple[Person, Application]]

_JOINTS = (" ", ", ", " ve ", " + ", " / ", "; ", " - ", " & ")


def _list(maker: Maker, parts: Parts, number: str | None, name: str | None) -> Strand:
    """The people one after the other, each in the same way."""
    dice = maker.random
    joint = dice.choice(_JOINTS)
    inner = dice.choice((" ", " ", "-", ":", " TC "))
    first_number = dice.random() < 0.2
    text = Strand()
    for place, (person, _) in enumerate(parts):
        if place:
            text += joint
        pieces: list[Piece] = []
        if name:
            pieces.append(type_name(dice, person, name))
        if number:
            pieces.append(maker.number(person, number))
        if first_number:
            pieces.reverse()
        text += pieces[0]
        if len(pieces) > 1:
            text = text + inner + pieces[1]
    return text


def _with_purpose(maker: Maker, text: Strand, parts: Parts) -> Strand:
    dice = maker.random
    kinds = {application.kind for _, application in parts}
    purpose = type_purpose(dice, kinds.pop() if len(kinds) == 1 else "any")
    count = dice.choice(
        ("", "", "", f" {len(parts)} kişi", f" {len(parts)} kişilik", f" ({len(parts)} adet)")
    )
    whole = Strand() + purpose + " " + text if dice.random() < 0.3 else text + " " + purpose
    return (whole + count).map(hands.style(dice))


def _sender(maker: Maker, parts: Parts) -> Piece:
    if maker.random.random() < 0.7:
        return maker.sender(parts[0][0])
    return maker.stranger_sender()


def _same_surname(parts: Parts) -> bool:
    return len({key(person.surname) for person, _ in parts}) < len(parts)


def combined(
    count: int, number: str | None, name: str | None, label: str
) -> Callable[[Maker], None]:
    """``count`` people, their fees added up."""

    def story(maker: Maker) -> None:
        parts = [maker.take() for _ in range(count)]
        text = _with_purpose(maker, _list(maker, parts, number, name), parts)
        maker.add(
            maker.when(max((a for _, a in parts), key=lambda a: a.opened_on)),
            sum(application.fee for _, application in parts),
            f"combined-{label}",
            Combined(tuple(parts)),
            _sender(maker, parts),
            text,
            intact=number is not None and maker.random.random() < 0.8,
        )

    return story


def himself_and_another(maker: Maker) -> None:
    """The payer's own fee and one more, his own name only in the sender's part."""
    parts = [maker.take() for _ in range(2)]
    (payer, _), (other, _) = parts
    own = maker.random.choice(("kendim ve ", "ben ve ", "kendi adıma ve ", ""))
    text = Strand() + own + type_name(maker.random, other, "plain") + " "
    text = text + maker.number(other, "clean")
    if maker.random.random() < 0.6:
        text = text + " / " + maker.number(payer, "clean")
    maker.add(
        maker.when(max((a for _, a in parts), key=lambda a: a.opened_on)),
        sum(application.fee for _, application in parts),
        "combined-himself-and-another",
        Combined(tuple(parts)),
        maker.sender(payer),
        _with_purpose(maker, text, parts),
    )


def couple(maker: Maker) -> None:
    """``Ali ve Ayşe Yılmaz``: one surname for two people."""
    first = maker.take()
    second = maker.take(
        lambda p, a: (
            key(p.surname) == key(first[0].surname)
            and p.sex != first[0].sex
            and len(maker.registry.open_of(p)) == 1
        )
    )
    dice = maker.random
    parts = [first, second]
    given = first[0].given
    short = Piece(given, NAME, first[0].index, "full", len(first[0].name))
    text = Strand() + short + dice.choice((" ve ", " - ", ", ", " & "))
    text = text + type_name(dice, second[0], "plain")
    if dice.random() < 0.75:
        text = text + " " + maker.number(first[0], "clean") + dice.choice((" ", " ve ", "-", "/"))
        text = text + maker.number(second[0], "clean")
    maker.add(
        maker.when(max((a for _, a in parts), key=lambda a: a.opened_on)),
        sum(application.fee for _, application in parts),
        "combined-one-surname",
        Combined(tuple(parts)),
        maker.sender(first[0]),
        _with_purpose(maker, text, parts),
    )


def wrong_sum(maker: Maker) -> None:
    """Two or three people, and an amount that is not what they owe."""
    parts = [maker.take() for _ in range(maker.random.choice((2, 2, 3)))]
    total = sum(application.fee for _, application in parts)
    text = _with_purpose(maker, _list(maker, parts, "clean", "plain"), parts)
    one = parts[0][1].fee
    choices = (total + 1000, total // 100 * 100, total - one + 5000, total + one, total - 300)
    wrong = maker.random.choice([amount for amount in choices if amount != total])
    maker.add(
        maker.when(parts[0][1]),
        wrong,
        "combined-wrong-sum",
        PERSON,
        _sender(maker, parts),
        text,
        intact=True,
    )


def one_fee_for_two(maker: Maker) -> None:
    """Two applicants named, the fee of one paid."""
    parts = [maker.take() for _ in range(2)]
    text = _with_purpose(maker, _list(maker, parts, "clean", "plain"), parts)
    maker.add(
        maker.when(parts[0][1]),
        parts[0][1].fee,
        "combined-one-fee-for-two",
        PERSON,
        maker.stranger_sender(),
        text,
        intact=True,
    )


def one_does_not_wait(maker: Maker) -> None:
    """Two people named, one of them without an open application."""
    parts = [maker.take()]
    idle = maker.without_open()
    if idle.group != FAMILY_PHYSICIAN and maker.random.random() < 0.5:
        raise IndexError("not a physician")
    fee = parts[0][1].fee
    both = [
        parts[0],
        (idle, Application("", idle.index, parts[0][1].kind, parts[0][1].opened_on, fee)),
    ]
    maker.random.shuffle(both)
    text = _with_purpose(maker, _list(maker, both, "clean", "plain"), both)
    maker.add(
        maker.when(parts[0][1]),
        2 * fee,
        "combined-one-not-waiting",
        PERSON,
        _sender(maker, both),
        text,
        intact=True,
    )


def with_unregistered(maker: Maker) -> None:
    """An applicant and somebody the registry does not know."""
    part = maker.take()
    stranger = piece(maker.stranger_name(), NAME, -1, "full")
    text = Strand() + type_name(maker.random, part[0], "plain") + " "
    text = text + maker.number(part[0], "clean") + maker.random.choice(_JOINTS) + stranger + " "
    text = text + hands.stranger_number(maker.random)
    maker.add(
        maker.when(part[1]),
        2 * part[1].fee,
        "combined-with-stranger",
        PERSON,
        maker.sender(part[0]),
        _with_purpose(maker, text, [part]),
        intact=True,
    )


def one_paid_already(maker: Maker) -> None:
    """One of two has paid by himself before."""
    parts = [maker.take() for _ in range(2)]
    person, application = parts[0]
    first = maker.fee_payment(person, application, "number-clean", intact=True)
    text = _with_purpose(maker, _list(maker, parts, "clean", "plain"), parts)
    later = first.moment + timedelta(days=maker.random.randrange(1, 20))
    maker.add(
        later,
        sum(a.fee for _, a in parts),
        "combined-one-paid-before",
        PERSON,
        _sender(maker, parts),
        text,
        intact=True,
    )
