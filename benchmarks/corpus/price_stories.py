"""Other prices than the one that is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from benchmarks.corpus.judge import Fixed, Verdict
from benchmarks.corpus.maker import Maker
from benchmarks.corpus.registry import Application
from benchmarks.corpus.stories import Story


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
