"""What else runs over a revolving-fund account: rows that are no e-signature payments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from benchmarks.corpus.everyday import FIRMS, MONTHS, STATED, TEXTS, WEIGHTS
from benchmarks.corpus.maker import UNPOSTED, UNRELATED, Maker
from benchmarks.corpus.registry import Person
from benchmarks.corpus.strand import SENDER, Strand, piece
from benchmarks.corpus.turkish import ascii_letters, random_iban, tckn, upper


def unrelated(maker: Maker) -> None:
    """One row of everyday life, now and then in the name of an applicant or at a fee's price."""
    dice = maker.random
    kind = dice.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()))[0]
    incoming, low, high, texts = TEXTS[kind]
    template = dice.choice(texts)
    registered = dice.random() < (0.35 if kind != "neutral" else 0.1)
    person = maker.someone() if registered else None
    amount = _amount(dice, low, high)
    if amount in maker.registry.published:
        amount += 1700
    category = f"unrelated-{kind}"
    if kind in STATED and dice.random() < 0.06:
        amount = dice.choice(sorted(maker.registry.published))
        category = "unrelated-at-a-fee-price"
    elif person is not None and kind != "bank":
        category = f"unrelated-{kind}-registered-name"
    _row(maker, template, incoming, amount, category, person)


def _amount(dice: Random, low: int, high: int) -> int:
    value = int(low * 100 * (high / low) ** dice.random())
    roll = dice.random()
    if roll < 0.4:
        return max(value // 1000 * 1000, 500)
    if roll < 0.6:
        return max(value // 100 * 100, 100)
    return value


def applicant_other_purpose(maker: Maker) -> None:
    """An applicant pays exactly a fee, with number and name, for something else."""
    dice = maker.random
    person = maker.someone(maker.registry.is_open)
    kind = dice.choice(STATED)
    texts = [text for text in TEXTS[kind][3] if "{sender}" in text]
    amount = dice.choice([a.fee for a in maker.registry.open_of(person)])
    _row(maker, dice.choice(texts), True, amount, "unrelated-applicant-at-his-fee", person)


def _row(
    maker: Maker,
    template: str,
    incoming: bool,
    amount: int,
    category: str,
    person: Person | None,
) -> None:
    dice = maker.random
    name = person.name if person else maker.stranger_name()
    number = person.number if person else tckn(dice.randrange(100_000_000, 999_000_000))
    values = {
        "person": upper(name),
        "tckn": number,
        "month": dice.choice(MONTHS),
        "firm": dice.choice(FIRMS),
        "iban": random_iban(dice, "00046"),
        "digits": str(dice.randrange(10**10, 10**11)),
        "n": str(dice.randrange(1, 90000)),
        "unit": f"{dice.randrange(1, 40)} nolu ASM",
        "sender": "",
    }
    moment = maker.moment()
    if not incoming or "{sender}" not in template:
        text = template.format(**values)
        if "{firm}" in template and incoming and dice.random() < 0.5:
            text = f"Gelen EFT {text}"
        if dice.random() < 0.3:
            text = ascii_letters(upper(text))
        maker.plain(moment, amount if incoming else -amount, category, UNRELATED, text)
        return
    typed = template.format(**values).strip()
    # Many repeat their own name in the text, as they do for the e-signature fee.
    if dice.random() < 0.5:
        typed = f"{name} {typed}" if dice.random() < 0.6 else f"{typed} {name}"
    style: Callable[[str], str] = dice.choice((str, str, upper, ascii_letters))
    sender = piece(name, SENDER, person.index if person else -1, "full")
    text = style(typed)
    for _ in range(60):
        draft = maker.add(moment, amount, category, UNRELATED, sender, Strand((piece(text),)))
        # At a fee's price the stated purpose must survive the bank's cut to be a purpose.
        if amount not in maker.registry.published or any(
            part.text == text for part in draft.strand.pieces
        ):
            return
        maker.drafts.pop()
    raise IndexError("the bank cuts it whatever one does")


def charge_with_receipt(maker: Maker) -> None:
    """The bank's charge for a transfer, under the same receipt number."""
    for _ in range(50):
        index = maker.random.randrange(len(maker.drafts))
        draft = maker.drafts[index]
        if draft.channel in ("eft", "fast"):
            break
    else:
        raise IndexError("no transfer yet")
    text = maker.random.choice(
        ("EFT mesaj ücreti", "FAST mesaj masrafı", "Havale/EFT Ücreti BSMV", "KESİNTİ VE EKLERİ")
    )
    amount = maker.random.choice((25, 50, 105, 210, 525, 639, 1280))
    maker.plain(
        draft.moment + timedelta(seconds=1), -amount, "unrelated-charge", UNRELATED, text
    ).receipt_of = index


def supplier_of_signatures(maker: Maker) -> None:
    """E-signature words in payments that are nobody's fee: posting them would be wrong."""
    dice = maker.random
    outgoing = (
        "TÜBİTAK BİLGEM KAMU SM E-İMZA FATURA {n}",
        "KAMUSM NİTELİKLİ ELEKTRONİK SERTİFİKA BEDELİ {n} ADET",
        "TÜBİTAK BİLGEM ELEKTRONİK İMZA SERTİFİKASI {month} HAKEDİŞ",
    )
    if dice.random() < 0.5:
        text = dice.choice(outgoing).format(n=dice.randrange(2, 90), month=dice.choice(MONTHS))
        amount = -dice.choice((14750, 21830)) * dice.randrange(3, 60)
        maker.plain(maker.moment(), amount, "e-signature-supplier", UNPOSTED, text, "eft")
        return
    person = maker.someone()
    texts = (
        "e-imza kart okuyucu bedeli",
        "e-imza okuyucu ücreti",
        "e-imza eğitimi katılım ücreti",
        "e-imzalı belge örneği ücreti",
        "mali mühür ücreti",
        "kep ve e-imza danışmanlık",
    )
    typed = Strand((piece(f"{person.name} {dice.choice(texts)}"),))
    maker.add(
        maker.moment(),
        dice.choice((5900, 7500, 4720, 10000)),
        "e-signature-other-thing",
        UNPOSTED,
        maker.sender(person),
        typed,
    )


def stranger_at_a_fee_price(maker: Maker) -> None:
    """Somebody unknown, exactly a fee, and not a word: nobody can call it ours or not."""
    amount = maker.random.choice(sorted(maker.registry.published))
    text = Strand((piece(maker.random.choice(("", "ödeme", "ücret", "Bireysel Ödeme"))),))
    maker.add(
        maker.moment(), amount, "stranger-at-a-fee-price", UNPOSTED, maker.stranger_sender(), text
    )


NOISE: tuple[tuple[float, Callable[[Maker], None]], ...] = (
    (92, unrelated),
    (2, applicant_other_purpose),
    (4, charge_with_receipt),
    (0.7, supplier_of_signatures),
    (0.7, stranger_at_a_fee_price),
)
