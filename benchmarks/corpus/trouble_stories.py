"""What a person must look at: second payments, money going back, contradictions, nobody waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from benchmarks.corpus import hands
from benchmarks.corpus.hands import compose, stranger_number, type_name, type_number, type_purpose
from benchmarks.corpus.judge import Fixed, Verdict
from benchmarks.corpus.maker import PERSON, Maker
from benchmarks.corpus.registry import PERIOD_END, Application, Person
from benchmarks.corpus.strand import NAME, NOBODY, NUMBER, SENDER, Piece, Strand, piece
from benchmarks.corpus.turkish import key, upper


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
    sender = maker.random.choice((piece(stranger, SENDER, NOBODY, "full"), maker.stranger_sender()))
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
        piece(name, SENDER, NOBODY, "full"),
        text.map(hands.style(maker.random)),
        intact=True,
    )
