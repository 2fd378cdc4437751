"""The bench on which rows are made: who is still to pay, how a payment becomes a draft row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from benchmarks.corpus import hands
from benchmarks.corpus.banks import Way, choose_way, wrap
from benchmarks.corpus.judge import Claim, Fixed, Single, Verdict
from benchmarks.corpus.registry import (
    PERIOD_END,
    PERIOD_START,
    Application,
    Person,
    Registry,
    invent_name,
)
from benchmarks.corpus.strand import (
    CODE,
    NAME,
    NOBODY,
    NUMBER,
    PURPOSE,
    SENDER,
    Piece,
    Strand,
    piece,
)


@dataclass(slots=True)
class Draft:
    """A row before its truth is known. ``twin`` joins rows that cannot be told apart."""

    moment: datetime
    amount: int
    strand: Strand
    category: str
    claim: Claim
    channel: str = "fast"
    receipt_of: int | None = None
    serial: int = 0
    twin: int | None = None


@dataclass(slots=True)
class Maker:
    """Holds the dice, the registry and the drafts made so far."""

    random: Random
    registry: Registry
    house: str
    home: str
    drafts: list[Draft] = field(default_factory=list)
    pool: list[tuple[Person, Application]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    twins: int = 0

    def __post_init__(self) -> None:
        people = self.registry.people
        for application in self.registry.applications:
            person = people[application.person]
            waiting = self.registry.open_of(person)
            # Somebody with two open applications pays for the later one.
            if application.payable and application is waiting[-1]:
                self.pool.append((person, application))
        self.random.shuffle(self.pool)

    def take(
        self, wanted: Callable[[Person, Application], bool] | None = None
    ) -> tuple[Person, Application]:
        """An applicant no row of this file is about yet; IndexError when there is none."""
        for back in range(1, min(len(self.pool), 400) + 1):
            person, application = self.pool[-back]
            if person.index in self.used:
                continue
            several = len(self.registry.open_of(person)) > 1
            if wanted(person, application) if wanted else not several:
                del self.pool[-back]
                self.used.add(person.index)
                return person, application
        raise IndexError("nobody is left to pay")

    def someone(self, wanted: Callable[[Person], bool] | None = None) -> Person:
        """Anybody of the registry; IndexError when nobody is as wanted."""
        for _ in range(400):
            person = self.random.choice(self.registry.people)
            if wanted is None or wanted(person):
                return person
        raise IndexError("nobody is as wanted")

    def without_open(self, *, name_alone: bool = False) -> Person:
        """A registered person who owes nothing; with a name that leads to nobody who does."""

        def wanted(person: Person) -> bool:
            if self.registry.is_open(person) or person.index in self.used:
                return False
            near = self.registry.resembling(person.name) + self.registry.fuller(person.name)
            return not name_alone or not any(self.registry.is_open(p) for p in near)

        person = self.someone(wanted)
        self.used.add(person.index)
        return person

    def stranger_name(self, sex: str | None = None, surname: str = "") -> str:
        """A name that leads to nobody in the registry."""
        for _ in range(200):
            given, own = invent_name(self.random, sex or self.random.choice("mf"))
            name = f"{given} {surname or own}"
            if not (
                self.registry.bearers(name)
                or self.registry.resembling(name)
                or self.registry.fuller(name)
            ):
                return name
        raise IndexError("every name is taken")

    def stranger_sender(self, surname: str = "") -> Piece:
        return piece(self.stranger_name(surname=surname), SENDER, NOBODY, "full")

    def sender(self, person: Person) -> Piece:
        """The bank's record of the person's own name."""
        return piece(person.name, SENDER, person.index, "full")

    def when(self, application: Application, *, late: int = 0) -> datetime:
        """A moment some days after the application was opened."""
        lag = self.random.choices((0, 1, 2, 3, 5, 8, 13, 20, -1), (30, 18, 12, 9, 9, 8, 6, 3, 2))[0]
        return self.moment(application.opened_on + timedelta(days=lag + late))

    def moment(self, day: date | None = None) -> datetime:
        span = (PERIOD_END - PERIOD_START).days
        chosen = day or PERIOD_START + timedelta(days=self.random.randrange(span + 1))
        chosen = min(max(chosen, PERIOD_START), PERIOD_END)
        clock = time(
            self.random.choices(range(24), (1,) * 7 + (3,) + (9,) * 10 + (5,) * 4 + (2, 2))[0],
            self.random.randrange(60),
            self.random.randrange(60),
        )
        return datetime.combine(chosen, clock)

    def add(
        self,
        moment: datetime,
        amount: int,
        category: str,
        claim: Claim,
        sender: Piece,
        text: Strand,
        *,
        way: Way | None = None,
        intact: bool = False,
    ) -> Draft:
        """A row as the bank shows it; ``intact`` keeps every telling part whole."""
        shown = f"{amount / 100:.2f}".replace(".", ",")
        for _ in range(200):
            chosen = way or choose_way(self.random, self.home)
            strand = wrap(self.random, self.house, chosen, sender, text, shown)
            if not intact or _whole(strand):
                break
        else:
            raise IndexError("the bank cuts it whatever one does")
        draft = Draft(moment, amount, strand, category, claim, chosen.channel)
        self.drafts.append(draft)
        return draft

    def plain(
        self,
        moment: datetime,
        amount: int,
        category: str,
        claim: Claim,
        description: str,
        channel: str = "bank",
    ) -> Draft:
        """A row whose text is the bank's or a firm's own."""
        draft = Draft(moment, amount, Strand((piece(description),)), category, claim, channel)
        self.drafts.append(draft)
        return draft

    def fee_payment(
        self,
        person: Person,
        application: Application,
        category: str,
        *,
        number: str | None = "clean",
        name: str | None = "plain",
        orders: tuple[str, ...] | None = None,
        purpose: str | None = None,
        sender: Piece | None = None,
        amount: int | None = None,
        claim: Claim | None = None,
        moment: datetime | None = None,
        way: Way | None = None,
        styled: Callable[[str], str] | None = None,
        on_behalf: bool = False,
        intact: bool = False,
    ) -> Draft:
        """One person's fee, typed with a number and a name in these forms (None: not typed)."""
        if orders is None:
            orders = (
                hands.ORDERS_NAME
                if number is None
                else hands.ORDERS_NUMBER
                if name is None
                else hands.ORDERS_FULL
            )
        text = hands.compose(
            self.random,
            orders,
            person,
            hands.type_purpose(self.random, purpose or application.kind),
            name=hands.type_name(self.random, person, name) if name else None,
            number=self.number(person, number) if number else None,
            styled=styled,
        )
        return self.add(
            moment or self.when(application),
            application.fee if amount is None else amount,
            category,
            claim or Single(person, application, on_behalf),
            sender or self.sender(person),
            text,
            way=way,
            intact=intact,
        )

    def number(self, person: Person, form: str) -> Piece:
        """The typed number; a damaged one is never by chance somebody else's."""
        while True:
            typed = hands.type_number(self.random, person, form)
            if typed.quality == "exact" or typed.text not in self.registry.by_number:
                return typed

    def joined(self, *drafts: Draft) -> None:
        """Marks rows as not to be told apart: it does not matter which of them is posted."""
        self.twins += 1
        for draft in drafts:
            draft.twin = self.twins


def _whole(strand: Strand) -> bool:
    return all(
        part.left == 1
        for part in strand.pieces
        if part.role in (CODE, NUMBER, NAME, PURPOSE) and part.size
    ) and any(part.role == SENDER and part.left > 0.5 for part in strand.pieces)


PERSON = Fixed(Verdict("person"))
UNRELATED = Fixed(Verdict("unrelated"))
UNPOSTED = Fixed(Verdict("unposted"))
