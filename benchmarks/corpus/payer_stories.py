"""Fees that somebody else pays."""

from __future__ import annotations

from benchmarks.corpus import hands
from benchmarks.corpus.everyday import FIRMS
from benchmarks.corpus.hands import compose, type_name, type_purpose
from benchmarks.corpus.judge import Single
from benchmarks.corpus.maker import Maker
from benchmarks.corpus.strand import NOBODY, SENDER, piece


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
    sender = maker.stranger_sender()
    if maker.random.random() < 0.2:
        sender = piece(maker.random.choice(FIRMS), SENDER, NOBODY, "full")
    maker.fee_payment(
        person,
        application,
        "payer-other",
        number=form,
        orders=orders,
        sender=sender,
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
        # Without what he typed the row would honestly be taken for his own fee.
        intact=True,
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
        piece(payer, SENDER, NOBODY, "full"),
        text,
    )
