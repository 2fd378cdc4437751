"""What happens on the account, and what a careful clerk does with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.strangers import hands, noise
from benchmarks.strangers.people import (
    FEES,
    FIRST_DAY,
    LAST_DAY,
    PUBLISHED,
    Application,
    People,
    Person,
)
from benchmarks.strangers.statement import Row, upper, wrap

Posting = tuple[tuple[str, int], ...]
DAMAGED = ("wrong", "swapped", "short", "long")
TYPOS = {21830: (21803, 21800, 22000, 21380, 2183, 218300), 14750: (14705, 14700, 15000, 17450)}
WITHOUT_TAX = {21830: 18500, 14750: 12500}


class Desk:
    """Where rows are made: the dice, the people and the rows so far."""

    def __init__(self, seed: int, bank: str, people: int) -> None:
        self.dice = Random(f"strangers:{seed}:{bank}")
        self.people = People(Random(f"strangers:{seed}"), people)
        self.bank = bank
        self.rows: list[Row] = []
        self.twins = 0

    def day(self, application: Application | None = None) -> date:
        """A day some time after an application was opened, or any."""
        if application is None:
            return FIRST_DAY + timedelta(days=self.dice.randrange((LAST_DAY - FIRST_DAY).days))
        return application.opened_on + timedelta(
            days=self.dice.choice((0, 0, 1, 2, 3, 5, 9, 14, 30))
        )

    def pay(
        self,
        category: str,
        amount: int,
        sender: str,
        parts: list[str],
        outcome: str,
        postings: Posting = (),
        *,
        day: date | None = None,
        needs: tuple[str, ...] = (),
        otherwise: str = "any",
        excess: int = 0,
        twin: int | None = None,
    ) -> None:
        """A transfer with a typed text. What it needs must survive banks and keyboards."""
        change = hands.change(self.dice)
        text = hands.join(self.dice, [change(part) for part in parts])
        whole = wrap(self.dice, self.bank, sender, text, hands.plain)
        if lost_tail(whole, text) or (
            outcome == "unrelated" and change(needs[0])[:3] not in whole  # nobody can know
        ):
            return
        lost = any(change(each) not in whole for each in needs)
        lost = lost or (sender not in whole and upper(sender) not in whole)
        broken = "?" in change("ş") and outcome == "payable" and not any(c.isdigit() for c in text)
        if lost or broken:
            outcome = otherwise
        self.rows.append(
            Row(day or self.day(), amount, whole, outcome, category, postings, excess, twin=twin)
        )

    def plain(self, category: str, amount: int, description: str, outcome: str) -> None:
        """A row whose text is the bank's own."""
        self.rows.append(Row(self.day(), amount, description, outcome, category))


def lost_tail(whole: str, text: str) -> bool:
    """Whether a cut made "e-imza" of "e-imzalı fatura": then nobody can know."""
    return "imzal" in text.lower() and "imzal" not in whole.lower() and "imz" in whole.lower()


def to(application: Application, amount: int | None = None) -> Posting:
    """The posting of a payment to one application."""
    return ((application.number, application.fee if amount is None else amount),)


def purpose(desk: Desk, kind: str) -> tuple[str, bool]:
    """What it is for, and whether that is said clearly."""
    roll = desk.dice.random()
    if roll < 0.78:
        return desk.dice.choice(hands.PURPOSES[kind]), True
    if roll < 0.88:
        return desk.dice.choice(hands.SLIPS), True
    return (desk.dice.choice(hands.VAGUE) if roll < 0.95 else ""), False


def payer(desk: Desk, who: Person) -> tuple[str, str]:
    """Who sends: himself, a relative, a colleague, or another applicant; and the name."""
    roll = desk.dice.random()
    if roll < 0.72:
        return "self", who.name
    if roll < 0.84:
        return "kin", desk.people.stranger(who.surname.split()[-1])
    if roll < 0.94:
        return "stranger", desk.people.stranger()
    other = desk.dice.choice(desk.people.everybody)
    return ("self", who.name) if other is who else ("applicant", other.name)


def by_number(desk: Desk) -> None:
    """A fee paid with the number, right or with a slip, and the name in some form."""
    (who,) = desk.people.take()
    application = who.applications[0]
    form = desk.dice.choices(("exact", "spaced", "ocr", *DAMAGED), (50, 12, 8, 10, 8, 8, 4))[0]
    style = desk.dice.choices(
        ("full", "titled", "last-first", "weak", "married", ""), (46, 14, 12, 12, 6, 10)
    )[0]
    typed = hands.number(desk.dice, who.number, form)
    while form in DAMAGED and typed in desk.people.numbers:
        typed = hands.number(desk.dice, who.number, form)
    is_exact = form not in DAMAGED or typed == who.number
    named = hands.name(desk.dice, who, style) if style else ""
    said, is_clear = purpose(desk, application.kind)
    sends, sender = payer(desk, who)
    is_full = style in ("full", "titled", "last-first") or sends == "self"
    if is_exact and not said and style in ("weak", "married"):
        sure = False
    elif is_exact:
        knows = is_full or style in ("weak", "married") or (sends == "kin" and is_clear)
        sure = knows and (is_clear or (said == "" and is_full))
    else:
        sure = is_full and is_clear
    if style == "weak" and not is_full and sends == "applicant":
        sure = False
    needs = [typed, said, *([named] if sends != "self" else [])]
    desk.pay(
        f"number-{form}-{style or 'alone'}-{sends}",
        application.fee,
        sender,
        [named, hands.labelled(desk.dice, typed), said],
        "payable" if sure else "either" if is_clear else "any",
        to(application),
        day=desk.day(application),
        needs=tuple(needs),
        otherwise="either" if sends == "self" and len(who.open) == 1 else "any",
    )


def by_name(desk: Desk) -> None:
    """A fee paid with a name and no number."""
    (who,) = desk.people.take()
    application = who.applications[0]
    style = desk.dice.choices(
        ("full", "titled", "last-first", "weak", "married"), (50, 18, 16, 10, 6)
    )[0]
    named = hands.name(desk.dice, who, style)
    said, is_clear = purpose(desk, application.kind)
    sends, sender = payer(desk, who)
    is_full = style in ("full", "titled", "last-first")
    sure = (
        is_clear
        and desk.people.is_unique(who)
        and (is_full or (style == "weak" and sends == "self"))
    )
    if sends == "applicant":
        sure = False
    desk.pay(
        f"name-{style}-{sends}",
        application.fee,
        sender,
        [named, said],
        "payable" if sure else "either" if is_clear else "any",
        to(application),
        day=desk.day(application),
        needs=(named, said),
    )


def by_sender(desk: Desk) -> None:
    """Only the bank says who pays."""
    (who,) = desk.people.take()
    application = who.applications[0]
    said, is_clear = purpose(desk, application.kind)
    extra = desk.dice.choice(("", "", "kendi adıma", "adıma", "iyi çalışmalar", "bilginize"))
    sure = is_clear and desk.people.is_unique(who)
    desk.pay(
        "sender-only",
        application.fee,
        who.name,
        [said, extra],
        "payable" if sure else "either" if is_clear else "any",
        to(application),
        day=desk.day(application),
        needs=(said, extra),
        otherwise="either" if is_clear else "any",
    )


def unnamed_other(desk: Desk) -> None:
    """An applicant pays for somebody whom he does not name."""
    (who,) = desk.people.take()
    application = who.applications[0]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    whom = desk.dice.choice(
        ("eşim için", "eşim adına", "kardeşimin", "oğlum için", "arkadaşım adına")
    )
    desk.pay(
        "unnamed-other",
        application.fee,
        who.name,
        [whom, said],
        "person",
        to(application),
        needs=(whom, said),
        otherwise="any",
    )


def namesakes(desk: Desk) -> None:
    """Two people of one name wait; a number tells them apart, or nothing does."""
    who = desk.people.find(
        lambda each: len(each.open) == 1 and any(r.open for r in desk.people.rivals(each))
    )
    for rival in desk.people.rivals(who):
        rival.is_spent = True
    application = who.open[0]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    typed = who.number if desk.dice.random() < 0.5 else ""
    if len(who.applications) > 1:
        return
    desk.pay(
        "namesakes",
        application.fee,
        who.name,
        [who.name, typed, said],
        "payable" if typed else "person",
        to(application) if typed else (),
        day=desk.day(application),
        needs=(typed, said),
        otherwise="any" if typed else "unposted",
    )


def two_applications(desk: Desk) -> None:
    """Somebody with two open applications pays for the one whose fee it is, or for either."""
    who = desk.people.find(lambda each: len(each.open) == 2)
    application, other = who.open if desk.dice.random() < 0.5 else who.open[::-1]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    is_clear = application.fee != other.fee
    desk.pay(
        "two-applications",
        application.fee,
        who.name,
        [who.name, who.number, said],
        "either" if is_clear else "person",
        to(application) if is_clear else (),
        day=max(desk.day(application), desk.day(other)),
        needs=(who.number, said),
        otherwise="any" if is_clear else "unposted",
    )


def twice(desk: Desk) -> None:
    """The same fee comes twice."""
    (who,) = desk.people.take()
    application = who.applications[0]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    first = desk.day(application)
    desk.twins += 1
    for late in (0, desk.dice.choice((0, 1, 7, 30))):
        desk.pay(
            "twice",
            application.fee,
            who.name,
            [who.name, who.number, said],
            "person",
            to(application),
            day=first + timedelta(days=late),
            twin=desk.twins,
        )
    pair = desk.rows[-2:]
    pair[0].outcome, pair[1].outcome = "payable", "person"
    pair[1].postings = ()
    if any(who.number not in each.description for each in pair):
        for each in pair:
            each.outcome, each.twin, each.postings = "any", None, to(application)


def split(desk: Desk) -> None:
    """One fee in two transfers: no fee explains either."""
    (who,) = desk.people.take()
    application = who.applications[0]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    half = desk.dice.choice((10000, application.fee // 2, 5000))
    for amount in (half, application.fee - half):
        outcome = "person" if amount not in PUBLISHED else "either"
        desk.pay(
            "split",
            amount,
            who.name,
            [who.name, who.number, said],
            outcome,
            needs=(said,),
            otherwise="unposted",
        )


def wrong_amount(desk: Desk) -> None:
    """A slip in the price, the price without tax, or too much."""
    (who,) = desk.people.take()
    application = who.applications[0]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    amount = desk.dice.choice(
        (*TYPOS[application.fee], WITHOUT_TAX[application.fee], application.fee * 2)
    )
    form = desk.dice.choice(("exact", "spaced", "wrong"))
    typed = hands.number(desk.dice, who.number, form)
    desk.pay(
        "wrong-amount",
        amount,
        who.name,
        [who.name, typed, said],
        "person",
        needs=(said,),
        otherwise="unposted",
    )


def other_price(desk: Desk) -> None:
    """The price of last year, or of the other kind."""
    (who,) = desk.people.take()
    application = who.applications[0]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    amount = desk.dice.choice(sorted(PUBLISHED - {application.fee}))
    with_number = desk.dice.random() < 0.7
    desk.pay(
        "other-price",
        amount,
        who.name,
        [who.name, who.number if with_number else "", said],
        "payable" if with_number else "either",
        to(application, amount),
        day=desk.day(application),
        needs=(who.number if with_number else "", said),
        excess=max(0, amount - application.fee),
    )


def combined(desk: Desk) -> None:
    """One transfer for two or three, with numbers or names, and sometimes a wrong sum."""
    group = desk.people.take(desk.dice.choice((2, 2, 2, 3)))
    fees = [who.applications[0] for who in group]
    style = desk.dice.choice(("both", "numbers", "names"))
    parts, needs = [], []
    for who in group:
        told = {"both": f"{who.name} {who.number}", "numbers": who.number, "names": who.name}[style]
        parts.append(told)
        needs.append(told)
    said = (
        desk.dice.choice(hands.PURPOSES[fees[0].kind])
        if style != "names"
        else desk.dice.choice(
            (
                "e-imza",
                "elektronik imza ücretleri",
                "e-imza başvuru ücreti",
                f"{len(group)} kişi e-imza ücreti",
            )
        )
    )
    parts = [desk.dice.choice((", ", " ve ", " - ", " ")).join(parts), said]
    total = sum(each.fee for each in fees)
    is_right = desk.dice.random() < 0.8
    amount = total if is_right else total - desk.dice.choice((100, 7080, 3000))
    if amount in {a + b for a in PUBLISHED for b in PUBLISHED} | PUBLISHED:
        is_right = amount == total
    unique = style != "names" or all(map(desk.people.is_unique, group))
    sender = group[0].name if desk.dice.random() < 0.7 else desk.people.stranger()
    postings = tuple((each.number, each.fee) for each in fees) if is_right else ()
    likely = style == "both" or (style == "names" and unique)
    desk.pay(
        f"combined-{style}",
        amount,
        sender,
        parts,
        ("payable" if likely else "either") if is_right else "person",
        postings,
        day=max(desk.day(each) for each in fees),
        needs=(*needs, said),
        otherwise="any" if is_right else "unposted",
    )


def contradiction(desk: Desk) -> None:
    """One's number and another's name."""
    who, other = desk.people.take(2)
    while set(who.name.split()) & set(other.name.split()):
        who, other = desk.people.take(2)
    application = who.applications[0]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    sender = other.name if desk.dice.random() < 0.5 else desk.people.stranger()
    number = who.number if desk.dice.random() < 0.7 else desk.people.strange_number()
    desk.pay(
        "contradiction",
        application.fee,
        sender,
        [other.name, number, said],
        "person",
        to(other.applications[0]),
        needs=(other.name, number, said),
        otherwise="any",
    )


def nothing_open(desk: Desk) -> None:
    """Somebody without an application, or with a cancelled one, or whose group pays nothing."""
    who = desk.people.find(lambda each: not each.open)
    if any(rival.open for rival in desk.people.rivals(who)):
        return
    said = desk.dice.choice(hands.PURPOSES["first"])
    typed = hands.number(desk.dice, who.number, desk.dice.choice(("exact", "spaced")))
    desk.pay(
        "nothing-open",
        desk.dice.choice(sorted(PUBLISHED)),
        who.name,
        [who.name, typed, said],
        "person",
        needs=(said,),
        otherwise="unposted",
    )


def unknown_person(desk: Desk) -> None:
    """Nobody of the registry."""
    name = desk.people.stranger()
    said = desk.dice.choice(hands.PURPOSES["renewal"])
    desk.pay(
        "unknown-person",
        FEES["renewal", "new"],
        name,
        [name, said],
        "person",
        needs=(said,),
        otherwise="unposted",
    )


def given_back(desk: Desk) -> None:
    """A payment and its way back."""
    (who,) = desk.people.take()
    application = who.applications[0]
    said = desk.dice.choice(hands.PURPOSES[application.kind])
    day = desk.day(application)
    back = desk.dice.choice(
        ("e-imza iade", "iptal edilen e-imza başvurusu iadesi", "sehven yatan e-imza ücreti iadesi")
    )
    desk.pay(
        "given-back",
        application.fee,
        who.name,
        [who.name, who.number, said],
        "payable",
        to(application),
        day=day,
        needs=(who.number, said),
    )
    desk.pay(
        "given-back",
        -application.fee,
        "ÖRNEK DÖNER SERMAYE",
        [who.name, who.number, back],
        "person",
        day=day + timedelta(days=3),
        needs=(back,),
        otherwise="unposted",
    )


def other_business(desk: Desk) -> None:
    """An applicant pays for something else, now and then just what an e-signature costs."""
    who = desk.dice.choice(desk.people.everybody)
    said = noise.other(desk.dice)
    amount = desk.dice.choice(
        (*PUBLISHED, desk.dice.randrange(2000, 200000), desk.dice.randrange(100, 900) * 100)
    )
    typed = desk.dice.choice(("", who.number, f"TC {who.number}"))
    desk.pay(
        "other-business",
        amount,
        who.name,
        [desk.dice.choice(("", who.name)), typed, said],
        "unrelated",
        needs=(said,),
        otherwise="unposted",
    )


def strangers_business(desk: Desk) -> None:
    """Others' rents, meals and tenders."""
    sender = desk.dice.choice((desk.people.stranger(), *noise.FIRMS))
    said = noise.other(desk.dice)
    amount = desk.dice.choice(
        (desk.dice.randrange(1000, 5_000_000), desk.dice.randrange(1, 900) * 1000)
    )
    desk.pay(
        "strangers-business",
        amount,
        sender,
        [said],
        "unrelated",
        needs=(said,),
        otherwise="unposted",
    )


def outgoing(desk: Desk) -> None:
    """What the account pays."""
    desk.plain(
        "outgoing",
        -desk.dice.randrange(100, 9_000_000),
        f"GİDEN EFT {desk.dice.choice(noise.FIRMS)} {noise.other(desk.dice)}",
        "unrelated",
    )


def banks_own(desk: Desk) -> None:
    """The bank's own lines."""
    amount = desk.dice.randrange(100, 9_000_000) * desk.dice.choice((1, -1))
    desk.plain(
        "banks-own",
        amount,
        noise.banks_own(desk.dice),
        "unrelated" if amount not in PUBLISHED else "unposted",
    )


STORIES: tuple[tuple[int, Callable[[Desk], None]], ...] = (
    (110, by_number), (55, by_name), (22, by_sender), (5, unnamed_other), (5, namesakes),
    (5, two_applications), (6, twice), (4, split), (10, wrong_amount), (9, other_price),
    (14, combined), (6, contradiction), (8, nothing_open), (8, unknown_person), (4, given_back),
    (60, other_business), (330, strangers_business), (160, outgoing), (120, banks_own),
)  # fmt: skip
