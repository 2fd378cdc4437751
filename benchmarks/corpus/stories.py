"""What happens with e-signature fees: one story makes one or more rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from benchmarks.corpus import hands
from benchmarks.corpus.banks import BY_CODE, Way
from benchmarks.corpus.hands import compose, stranger_number, type_name, type_number, type_purpose
from benchmarks.corpus.judge import Fixed, Single, Verdict
from benchmarks.corpus.maker import PERSON, Maker
from benchmarks.corpus.registry import PERIOD_END, Application, Person
from benchmarks.corpus.strand import NAME, NOBODY, NUMBER, Piece, Strand, piece
from benchmarks.corpus.turkish import ascii_letters, key, lower, upper

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


def relative_pays(maker: Maker) -> None:
    person, application = maker.take()
    sender = maker.stranger_sender(person.surname.split()[-1])
    form = maker.random.choices((None, "clean", "spaced", "one-wrong"), (25, 60, 8, 7))[0]
    said = maker.random.random() < 0.6
    orders = None
    if said:
        orders = hands.ON_BEHALF if form else hands.ON_BEHALF_NAME
    maker.fee_payment(
        person,
        application,
        "payer-relative",
        number=form,
        orders=orders,
        sender=sender,
        on_behalf=said,
    )


def stranger_pays(maker: Maker) -> None:
    person, application = maker.take()
    roll = maker.random.random()
    form = None if roll < 0.2 else "clean"
    said = maker.random.random() < 0.6
    orders = None
    if said:
        orders = hands.ON_BEHALF if form else hands.ON_BEHALF_NAME
    elif roll > 0.85:
        maker.fee_payment(
            person,
            application,
            "payer-other-number-only",
            name=None,
            sender=maker.stranger_sender(),
        )
        return
    maker.fee_payment(
        person,
        application,
        "payer-other",
        number=form,
        orders=orders,
        sender=maker.stranger_sender(),
        on_behalf=said,
    )


def applicant_pays_for_other(maker: Maker) -> None:
    """The payer waits for a certificate himself, but says whose fee this is."""
    person, application = maker.take()
    payer = maker.someone(lambda p: maker.registry.is_open(p) and p.index != person.index)
    form = None if maker.random.random() < 0.25 else "clean"
    said = maker.random.random() < 0.7
    orders = None
    if said:
        orders = hands.ON_BEHALF if form else hands.ON_BEHALF_NAME
    maker.fee_payment(
        person,
        application,
        "payer-applicant-too",
        number=form,
        orders=orders,
        sender=maker.sender(payer),
        on_behalf=said,
    )


def payer_named_too(maker: Maker) -> None:
    """Payer's name (and sometimes number) typed beside the applicant's."""
    person, application = maker.take()
    payer = maker.stranger_name(surname=person.surname.split()[-1])
    text = compose(
        maker.random,
        hands.ON_BEHALF,
        person,
        type_purpose(maker.random, application.kind),
        name=type_name(maker.random, person, "plain"),
        number=maker.number(person, "clean"),
    )
    text += maker.random.choice((f" - gönderen {payer}", f" (eşi {payer})", f" {payer} tarafından"))
    maker.add(
        maker.when(application),
        application.fee,
        "payer-named-too",
        Single(person, application, True),
        piece(payer, "sender", NOBODY, "full"),
        text,
    )


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


def twice_same_day(maker: Maker) -> None:
    person, application = maker.take()
    first = maker.fee_payment(person, application, "paid-twice-same-day", intact=True)
    later = first.moment + timedelta(minutes=maker.random.randrange(1, 50))
    if later.date() != first.moment.date():
        later = first.moment
    same_text = maker.random.random() < 0.6
    if same_text:
        second = maker.plain(
            later, first.amount, "paid-twice-same-day", PERSON, first.strand.text, first.channel
        )
    else:
        second = maker.fee_payment(
            person, application, "paid-twice-same-day", claim=PERSON, moment=later, intact=True
        )
    maker.joined(first, second)


def twice_weeks_apart(maker: Maker) -> None:
    person, application = maker.take(
        lambda p, a: (
            a.opened_on < PERIOD_END - timedelta(days=45) and len(maker.registry.open_of(p)) == 1
        )
    )
    first = maker.fee_payment(person, application, "paid-twice-weeks-apart", intact=True)
    later = first.moment + timedelta(days=maker.random.randrange(8, 40))
    second = maker.fee_payment(
        person,
        application,
        "paid-twice-weeks-apart",
        claim=PERSON,
        moment=later,
        intact=True,
    )
    if maker.random.random() < 0.4:
        _refund(maker, person, second.moment, second.amount, "refund-of-second")


_REFUNDS = (
    "{name} {number} E-İMZA ÜCRET İADESİ",
    "E-İMZA İADE {name} {number}",
    "{name} e-imza başvuru ücreti iadesi",
    "MÜKERRER ÖDEME İADESİ {name} {number} E-İMZA",
    "Giden EFT {name} fazla yatırılan e-imza bedeli iade",
    "e imza başvuru iptali nedeniyle iade {name}",
)


def _refund(
    maker: Maker, person: Person, after: datetime | None, amount: int, category: str
) -> None:
    start = maker.moment() if after is None else after
    moment = maker.moment(start.date() + timedelta(days=maker.random.randrange(1, 12)))
    if moment <= start:
        moment = start + timedelta(minutes=5)
    text = maker.random.choice(_REFUNDS).format(name=upper(person.name), number=person.number)
    maker.plain(moment, -amount, category, PERSON, text, "eft")


def refund_of_earlier(maker: Maker) -> None:
    """Money goes back for a payment that no row of this file shows."""
    person = maker.someone()
    fee = maker.random.choice(sorted(maker.registry.published))
    _refund(maker, person, None, fee, "refund-of-earlier")


def reversed_same_day(maker: Maker) -> None:
    """The bank takes the transfer back: honest clerks differ about the payment itself."""
    person, application = maker.take()
    paid = maker.fee_payment(person, application, "reversal-reversed", intact=True)
    posted = ((application.number, paid.amount),)
    paid.claim = Fixed(Verdict("either", posted))
    text = maker.random.choice(
        ("İPTAL - {text}", "{text} İPTAL", "TERS KAYIT {text}", "FAST İADE {text}", "İADE: {text}")
    ).format(text=paid.strand.text)
    moment = paid.moment + timedelta(minutes=maker.random.randrange(1, 30))
    maker.plain(moment, -paid.amount, "reversal", PERSON, text, paid.channel)


def other_price(category: str, pick: Callable[[Maker, Application], list[int]]) -> Story:
    def story(maker: Maker) -> None:
        person, application = maker.take()
        amounts = pick(maker, application)
        if not amounts:
            maker.fee_payment(person, application, "number-clean")
            return
        form = maker.random.choices(("clean", "spaced", "one-wrong", None), (80, 6, 7, 7))[0]
        purpose = maker.random.choice((None, "any"))
        maker.fee_payment(
            person,
            application,
            category,
            number=form,
            amount=maker.random.choice(amounts),
            purpose=purpose,
        )

    return story


def older(maker: Maker, application: Application) -> list[int]:
    return [
        fee.amount
        for fee in maker.registry.fees
        if fee.kind == application.kind and fee.amount < application.fee
    ]


def newer(maker: Maker, application: Application) -> list[int]:
    return [
        fee.amount
        for fee in maker.registry.fees
        if fee.kind == application.kind and fee.amount > application.fee
    ]


def other_kind(maker: Maker, application: Application) -> list[int]:
    latest = {}
    for fee in sorted(maker.registry.fees, key=lambda fee: fee.valid_from):
        if fee.valid_from <= application.opened_on:
            latest[fee.kind] = fee.amount
    return [amount for amount in latest.values() if amount != application.fee]


def unexplained(maker: Maker) -> None:
    """An amount that no published price explains."""
    person, application = maker.take()
    dice, fee = maker.random, application.fee
    published = maker.registry.published
    choices = (
        fee // 100 * 100,
        fee // 100 * 100 + 100,
        round(fee, -3),
        fee - dice.choice((1, 2, 5, 10, 100, 300, 512)),
        fee + dice.choice((1, 2, 5, 10, 100, 320, 550)),
        fee * 2,
        fee * 10,
        fee // 2,
        sum(sorted(published)[-2:]),
        int(str(fee)[::-1]) or 1,
        dice.choice((5000, 10000, 15000, 20000, 25000, 30000)),
        int(str(fee)[1] + str(fee)[0] + str(fee)[2:]),
        fee * 118 // 100,
        fee * 100 // 118,
    )
    amount = dice.choice([value for value in choices if value > 0 and value not in published])
    form = dice.choices(("clean", "spaced", "one-wrong", None), (75, 8, 7, 10))[0]
    maker.fee_payment(person, application, "amount-unexplained", number=form, amount=amount)


def topped_up(maker: Maker) -> None:
    """The older price first, then exactly what was missing."""
    person, application = maker.take(
        lambda p, a: bool(older(maker, a)) and len(maker.registry.open_of(p)) == 1
    )
    short = maker.random.choice(older(maker, application))
    first = maker.fee_payment(
        person, application, "price-older", amount=short, intact=True, moment=None
    )
    rest = application.fee - short
    maker.fee_payment(
        person,
        application,
        "top-up",
        amount=rest,
        claim=Fixed(Verdict("either", ((application.number, rest),))),
        moment=first.moment + timedelta(days=maker.random.randrange(1, 10)),
        intact=True,
    )


def contradiction(maker: Maker) -> None:
    """The number of one person with the name of another."""
    person, application = maker.take()
    alike = maker.random.random() < 0.35

    def another(other: Person) -> bool:
        """An applicant too; sometimes one with the same surname or given name."""
        mine, his = set(key(person.name).split()), set(key(other.name).split())
        if other.index == person.index or not maker.registry.is_open(other):
            return False
        return len(mine & his) == 1 and len(his) > 1 if alike else not mine & his

    other = maker.someone(another)
    name = type_name(maker.random, other, "plain")
    sender = maker.random.choice(
        (maker.sender(person), maker.sender(other), maker.stranger_sender())
    )
    _said(maker, application, "number-and-name-contradict", person, name, sender)


def number_with_strangers_name(maker: Maker) -> None:
    person, application = maker.take()
    stranger = maker.stranger_name()
    name = piece(stranger, NAME, NOBODY, "full")
    sender = maker.random.choice(
        (piece(stranger, "sender", NOBODY, "full"), maker.stranger_sender())
    )
    _said(maker, application, "number-with-strangers-name", person, name, sender)


def _said(
    maker: Maker,
    application: Application,
    category: str,
    person: Person,
    name: Piece,
    sender: Piece,
    number: Piece | None = None,
) -> None:
    text = compose(
        maker.random,
        hands.ORDERS_FULL,
        person,
        type_purpose(maker.random, application.kind),
        name=name,
        number=number or type_number(maker.random, person, "clean"),
    )
    maker.add(maker.when(application), application.fee, category, PERSON, sender, text, intact=True)


def name_with_foreign_number(maker: Maker) -> None:
    """An applicant's name with the valid number of nobody in the registry."""
    person, application = maker.take()
    number = piece(stranger_number(maker.random), NUMBER, NOBODY, "foreign")
    name = type_name(maker.random, person, "plain")
    sender = maker.random.choice((maker.sender(person), maker.stranger_sender()))
    _said(maker, application, "name-with-foreign-number", person, name, sender, number)


def nobody_waits(maker: Maker) -> None:
    """Somebody registered, but without an open application (none, exempt or cancelled)."""
    by_name = maker.random.random() < 0.35
    person = maker.without_open(name_alone=by_name)
    waiting = maker.registry.by_person.get(person.index)
    category = "no-application"
    if waiting:
        category = "application-cancelled" if waiting[0].cancelled else "exempt-person"
    _without(maker, person, category, by_name)


def closed_application(maker: Maker) -> None:
    """Somebody whose application is cancelled or whose group pays nothing."""
    by_name = maker.random.random() < 0.3
    for _ in range(60):
        person = maker.without_open(name_alone=by_name)
        waiting = maker.registry.by_person.get(person.index)
        if waiting:
            category = "application-cancelled" if waiting[0].cancelled else "exempt-person"
            _without(maker, person, category, by_name)
            return
    raise IndexError("every application is open")


def _without(maker: Maker, person: Person, category: str, by_name: bool) -> None:
    fee = maker.random.choice(sorted(maker.registry.published)[-2:])
    fake = Application("", person.index, "first", PERIOD_END, fee)
    maker.fee_payment(
        person,
        fake,
        category,
        number=None if by_name else maker.random.choice(("clean", "clean", "spaced", "dotted")),
        purpose=maker.random.choice(("first", "renewal", "any")),
        moment=maker.moment(),
        claim=PERSON,
        intact=True,
    )


def stranger(maker: Maker) -> None:
    """An e-signature fee of somebody the registry does not know."""
    name = maker.stranger_name()
    number = Strand((piece(stranger_number(maker.random), NUMBER, NOBODY, "foreign"),))
    kind = maker.random.choice(("first", "renewal", "any"))
    text = Strand((piece(name, NAME, NOBODY, "full"),)) + " "
    if maker.random.random() < 0.7:
        text = text + number + " "
    text = text + type_purpose(maker.random, kind)
    fee = maker.random.choice(sorted(maker.registry.published)[-3:])
    maker.add(
        maker.moment(),
        fee,
        "stranger",
        PERSON,
        piece(name, "sender", NOBODY, "full"),
        text.map(hands.style(maker.random)),
        intact=True,
    )
