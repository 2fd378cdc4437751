"""One person's fee, typed in all the ways people type it: one story, one row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from benchmarks.corpus import hands
from benchmarks.corpus.banks import BY_CODE, Way
from benchmarks.corpus.hands import compose, type_purpose
from benchmarks.corpus.judge import Single
from benchmarks.corpus.maker import Maker
from benchmarks.corpus.registry import Application, Person
from benchmarks.corpus.strand import piece
from benchmarks.corpus.turkish import ascii_letters, lower, upper

Story = Callable[[Maker], None]


def numbered(form: str) -> Story:
    def story(maker: Maker) -> None:
        has_zero = (lambda p, a: "0" in p.number[1:]) if form == "letter-o" else None
        person, application = maker.take(has_zero)
        orders = hands.ORDERS_GLUED if form == "glued" else None
        maker.fee_payment(person, application, f"number-{form}", number=form, orders=orders)

    return story


def named(form: str, number: str | None = "clean") -> Story:
    suffix = "" if number else "-no-number"

    def story(maker: Maker) -> None:
        person, application = maker.take(
            {
                "middle-missing": lambda p, a: " " in p.given,
                "married": lambda p, a: p.sex == "f",
            }.get(form)
        )
        sender = None
        if not number and maker.random.random() < 0.35:
            sender = maker.stranger_sender()
        maker.fee_payment(
            person, application, f"name-{form}{suffix}", number=number, name=form, sender=sender
        )

    return story


_KEYBOARDS: dict[str, Callable[[str], str]] = {
    "folded": lambda text: ascii_letters(upper(text)),
    "partly-folded": lambda text: upper(text).replace("İ", "I"),
    "lower": lower,
    "folded-lower": lambda text: ascii_letters(lower(text)),
}


def keyboard(form: str, number: str | None) -> Story:
    suffix = "" if number else "-no-number"

    def story(maker: Maker) -> None:
        person, application = maker.take(
            lambda p, a: any(letter in "ışğüöçİŞĞÜÖÇIi" for letter in p.name)
        )
        maker.fee_payment(
            person,
            application,
            f"name-{form}{suffix}",
            number=number,
            styled=_KEYBOARDS[form],
        )

    return story


def number_only(maker: Maker) -> None:
    person, application = maker.take()
    maker.fee_payment(person, application, "number-only", name=None)


def number_only_damaged(maker: Maker) -> None:
    """Only the sender's name can say whose number it was meant to be."""
    person, application = maker.take()
    form = maker.random.choice(("one-wrong", "transposed", "dropped", "doubled"))
    sender = maker.stranger_sender() if maker.random.random() < 0.4 else None
    maker.fee_payment(
        person, application, "number-only-damaged", number=form, name=None, sender=sender
    )


def damaged_and_weak(maker: Maker) -> None:
    person, application = maker.take()
    maker.fee_payment(
        person,
        application,
        "number-damaged-name-weak",
        number=maker.random.choice(("one-wrong", "transposed", "dropped")),
        name=maker.random.choice(("misspelt", "initial", "married")),
        sender=maker.stranger_sender(),
    )


def sender_only(maker: Maker) -> None:
    person, application = maker.take()
    text = type_purpose(maker.random, application.kind).map(hands.style(maker.random))
    maker.add(
        maker.when(application),
        application.fee,
        "sender-only",
        Single(person, application),
        maker.sender(person),
        text,
    )


def literal_instruction(maker: Maker) -> None:
    """The sentence of the web page copied as it stands there."""
    person, application = maker.take()
    number = maker.number(person, "clean")
    orders: tuple[str, ...] = hands.LITERAL
    if maker.random.random() < 0.5:
        orders = tuple(f"{order} {{number}}" for order in orders)
    else:
        number = piece("")
    text = compose(
        maker.random,
        orders,
        person,
        type_purpose(maker.random, application.kind),
        number=number,
        styled=maker.random.choice((str, upper)),
    )
    maker.add(
        maker.when(application),
        application.fee,
        "literal-instruction",
        Single(person, application),
        maker.sender(person),
        text,
    )


def namesakes(maker: Maker) -> None:
    """Only a name, and more than one person bears it."""
    person, application = maker.take(lambda p, a: len(maker.registry.bearers(p.name)) > 1)
    by_sender = maker.random.random() < 0.4
    if by_sender:
        text = type_purpose(maker.random, application.kind)
        maker.add(
            maker.when(application),
            application.fee,
            "namesake-no-number",
            Single(person, application),
            maker.sender(person),
            text,
        )
    else:
        maker.fee_payment(person, application, "namesake-no-number", number=None)


def namesake_tie(maker: Maker) -> None:
    """Only a name, borne by two who both wait, and nobody of them pays otherwise."""

    def tied(person: Person, application: Application) -> bool:
        rivals = [
            p
            for p in maker.registry.bearers(person.name)
            if p.index != person.index and maker.registry.is_open(p)
        ]
        return bool(rivals) and not any(p.index in maker.used for p in rivals)

    person, application = maker.take(tied)
    maker.used.update(p.index for p in maker.registry.bearers(person.name))
    sender = maker.stranger_sender() if maker.random.random() < 0.3 else None
    maker.fee_payment(person, application, "namesake-tie", number=None, sender=sender)


def namesake_numbered(maker: Maker) -> None:
    person, application = maker.take(lambda p, a: len(maker.registry.bearers(p.name)) > 1)
    form = maker.random.choice(("clean", "spaced", "one-wrong", "transposed", "dropped"))
    maker.fee_payment(person, application, "namesake-with-number", number=form)


def noisy(maker: Maker) -> None:
    """Phones, dates, unit codes and firm-like words around the telling parts."""
    person, application = maker.take()
    dice = maker.random
    noise = dice.choice(
        (
            f"{{name}} {{number}} {person.phone.replace(' ', '')} {{purpose}}",
            f"{person.phone.replace(' ', '')} {{name}} {{number}} {{purpose}}",
            "{extra} {name} {number} {extra} {purpose}",
            f"{{name}} sicil {dice.randrange(10**5, 10**6)} tc {{number}} {{purpose}}",
            f"{{name}} {{number}} {{purpose}} ref {dice.randrange(10**10, 10**11)}",
            f"{{name}} {{number}} {{purpose}} {dice.randrange(1, 29):02d}112021",
            f"Basvuru {application.number} {{name}} {{number}} {{purpose}}",
            f"{{name}} {{number}} {{purpose}} dekont {dice.randrange(10**6, 10**7)}",
        )
    )
    maker.fee_payment(person, application, "noise-around", orders=(noise,))


def no_purpose(maker: Maker) -> None:
    person, application = maker.take()
    form = maker.random.choice(("clean", "clean", "spaced", None))
    suffix = "" if form else "-no-number"
    maker.fee_payment(person, application, f"purpose-missing{suffix}", number=form, purpose="none")


def vague_purpose(maker: Maker) -> None:
    person, application = maker.take()
    form = maker.random.choice(("clean", "clean", "dotted", None))
    suffix = "" if form else "-no-number"
    maker.fee_payment(person, application, f"purpose-vague{suffix}", number=form, purpose="hint")


def silent(maker: Maker) -> None:
    """The sender's name and the price, and not a word typed."""
    person, application = maker.take()
    maker.add(
        maker.when(application),
        application.fee,
        "silent",
        Single(person, application),
        maker.sender(person),
        type_purpose(maker.random, "none"),
    )


def cut_short(maker: Maker) -> None:
    """A long text through a bank that cuts it."""
    person, application = maker.take()
    bank = BY_CODE[maker.random.choice(("00062", "00064"))]
    way = Way(bank, "havale" if bank.code == maker.home else maker.random.choice(("fast", "eft")))
    orders = maker.random.choice((hands.ORDERS_FULL, hands.ORDERS_FULL[:1], hands.ORDERS_FULL[-4:]))
    maker.fee_payment(person, application, f"cut-at-{bank.cut}", orders=orders, way=way)


def relatives_mixed_up(maker: Maker) -> None:
    """A slip in the number of somebody whose relative's number looks alike."""

    def has_kin(person: Person, application: Application) -> bool:
        return any(
            abs(int(other.number[:9]) - int(person.number[:9])) <= 60
            for other in maker.registry.people[max(0, person.index - 200) : person.index + 200]
            if other.index != person.index
        )

    person, application = maker.take(has_kin)
    form = maker.random.choice(("clean", "one-wrong", "transposed"))
    maker.fee_payment(person, application, "relative-with-like-number", number=form)


def two_applications(maker: Maker) -> None:
    person, application = maker.take(lambda p, a: len(maker.registry.open_of(p)) > 1)
    maker.fee_payment(person, application, "two-open-applications")


def early(maker: Maker) -> None:
    """Paid some days before applying."""
    person, application = maker.take()
    moment = maker.moment(application.opened_on - timedelta(days=maker.random.randrange(1, 7)))
    maker.fee_payment(person, application, "paid-before-applying", moment=moment)
