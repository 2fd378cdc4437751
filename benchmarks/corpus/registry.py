"""Invented people, their applications and the published fees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, combinations
from random import Random

from benchmarks.corpus import names
from benchmarks.corpus.turkish import at_most_one_edit, key, lower, tckn, upper

FAMILY_PHYSICIAN = "Aile Hekimi"
STAFF = "Personel"
PERIOD_START = date(2021, 9, 1)
PERIOD_END = date(2021, 12, 10)


@dataclass(frozen=True, slots=True)
class Fee:
    """One published price: kind, first day, amount in kuruş (family physicians only)."""

    kind: str
    valid_from: date
    amount: int


@dataclass(frozen=True, slots=True)
class Person:
    """One line of people.xlsx; ``index`` is its place there."""

    index: int
    number: str
    given: str
    surname: str
    sex: str
    title: str
    unit: str
    group: str
    phone: str
    email: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}"


@dataclass(frozen=True, slots=True)
class Application:
    """One line of applications.xlsx; ``fee`` is in kuruş, 0 where nothing is due."""

    number: str
    person: int
    kind: str
    opened_on: date
    fee: int
    cancelled: bool = False

    @property
    def payable(self) -> bool:
        return self.fee > 0 and not self.cancelled


FEE_TABLES: tuple[tuple[Fee, ...], ...] = (
    (
        Fee("first", date(2019, 1, 1), 18880),
        Fee("first", date(2021, 1, 1), 21830),
        Fee("renewal", date(2019, 1, 1), 11800),
        Fee("renewal", date(2021, 1, 1), 14750),
        Fee("replacement", date(2019, 1, 1), 18880),
        Fee("replacement", date(2021, 1, 1), 21830),
    ),
    (
        Fee("first", date(2020, 6, 1), 19470),
        Fee("first", date(2021, 1, 1), 21830),
        Fee("first", date(2021, 10, 15), 25960),
        Fee("renewal", date(2020, 6, 1), 12980),
        Fee("renewal", date(2021, 1, 1), 14750),
        Fee("renewal", date(2021, 10, 15), 17700),
        Fee("replacement", date(2021, 1, 1), 21830),
        Fee("replacement", date(2021, 10, 15), 25960),
    ),
    (
        Fee("first", date(2018, 1, 1), 17110),
        Fee("first", date(2020, 7, 1), 18880),
        Fee("first", date(2021, 1, 1), 21830),
        Fee("renewal", date(2018, 1, 1), 10620),
        Fee("renewal", date(2021, 1, 1), 14750),
        Fee("replacement", date(2021, 1, 1), 16520),
    ),
)


def fee_on(fees: tuple[Fee, ...], kind: str, day: date) -> int:
    """The price of ``kind`` on ``day``: the newest entry not later than it."""
    known = [fee for fee in fees if fee.kind == kind and fee.valid_from <= day]
    return max(known, key=lambda fee: fee.valid_from).amount if known else 0


@dataclass(slots=True)
class Registry:
    """Everything the clerk has in front of him, with look-ups by name."""

    people: list[Person]
    applications: list[Application]
    fees: tuple[Fee, ...]
    by_person: dict[int, list[Application]] = field(init=False)
    by_number: dict[str, Person] = field(init=False)
    _by_tokens: dict[tuple[str, ...], list[Person]] = field(init=False)
    _by_start: dict[str, set[int]] = field(init=False)
    _tokens: list[tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_person = defaultdict(list)
        for application in self.applications:
            self.by_person[application.person].append(application)
        self.by_number = {person.number: person for person in self.people}
        self._by_tokens = defaultdict(list)
        self._by_start = defaultdict(set)
        self._tokens = []
        for person in self.people:
            tokens = tuple(key(person.name).split())
            self._tokens.append(tokens)
            self._by_tokens[tuple(sorted(tokens))].append(person)
            for token in tokens:
                self._by_start[token[:2]].add(person.index)

    def open_of(self, person: Person) -> list[Application]:
        """Applications that await money."""
        return [app for app in self.by_person.get(person.index, []) if app.payable]

    def is_open(self, person: Person) -> bool:
        return any(app.payable for app in self.by_person.get(person.index, []))

    @property
    def published(self) -> set[int]:
        return {fee.amount for fee in self.fees}

    def bearers(self, name: str) -> list[Person]:
        """People whose whole name is ``name``, in any spelling and order."""
        return self._by_tokens.get(tuple(sorted(key(name).split())), [])

    def fuller(self, name: str) -> list[Person]:
        """People whose name contains ``name`` and more, or who lack a part of it."""
        whole = set(key(name).split())
        near = set.intersection(*(self._by_start[token[:2]] for token in whole))
        found = [self.people[i] for i in sorted(near) if whole < set(self._tokens[i])]
        for size in range(2, len(whole)):
            for part in combinations(sorted(whole), size):
                found += self._by_tokens.get(part, [])
        return found

    def resembling(self, typed: str) -> list[Person]:
        """People whom ``typed`` could mean: initials, cut, misspelt and missing parts allowed.

        Every typed word must stand for a different part of the name, at least one of them whole
        or nearly whole. The first two letters are taken as right, as the corpus never damages
        them.
        """
        tokens = [token.strip(".") for token in key(typed).split()]
        tokens = [token for token in tokens if token]
        if not tokens:
            return []
        sets = [
            self._by_start[token[:2]]
            if len(token) > 1
            else {
                i for start, people in self._by_start.items() if start[0] == token for i in people
            }
            for token in tokens
        ]
        near = set.intersection(*sets)
        return [self.people[i] for i in sorted(near) if _could_be(tokens, self._tokens[i])]


def _could_be(typed: list[str], name: tuple[str, ...]) -> bool:
    left = list(name)
    solid = 0
    for word in sorted(typed, key=len, reverse=True):
        for part in left:
            close = len(word) >= 4 and at_most_one_edit(word, part)
            if close or part.startswith(word):
                solid += close or part == word
                left.remove(part)
                break
        else:
            return False
    return solid > 0


def _accumulated(weights: tuple[int, ...]) -> list[int]:
    return list(accumulate(weights))


_MALE = _accumulated(names.MALE_WEIGHTS)
_FEMALE = _accumulated(names.FEMALE_WEIGHTS)
_SURNAME = _accumulated(names.SURNAME_WEIGHTS)
_PROVINCE_PARTS = (
    "Merkez",
    "Cumhuriyet",
    "Yenimahalle",
    "Atatürk",
    "Fatih",
    "İnönü",
    "Gazi",
    "Şehitler",
    "Bahçelievler",
    "Kurtuluş",
    "İstiklal",
    "Mimar Sinan",
    "Yeşilyurt",
    "Çamlıca",
    "Karşıyaka",
    "Esentepe",
    "Güneşli",
    "Bağlarbaşı",
    "Yıldıztepe",
)


def invent_name(random: Random, sex: str) -> tuple[str, str]:
    """A given name (sometimes two) and a surname (sometimes, for women, two)."""
    if sex == "m":
        given = random.choices(names.MALE, cum_weights=_MALE)[0]
        second = random.choice(names.SECOND_MALE)
    else:
        given = random.choices(names.FEMALE, cum_weights=_FEMALE)[0]
        second = random.choice(names.SECOND_FEMALE)
    if second != given and random.random() < 0.27:
        given = f"{given} {second}"
    surname = random.choices(names.SURNAMES, cum_weights=_SURNAME)[0]
    if sex == "f" and random.random() < 0.07:
        other = random.choices(names.SURNAMES, cum_weights=_SURNAME)[0]
        if other != surname:
            surname = f"{surname} {other}"
    return given, surname


def invent_registry(
    random: Random, people: int, applications: int, cancelled: float = 0.02
) -> Registry:
    """People and applications of one province; relatives have numbers that look alike.

    ``cancelled`` is the share of applications that are cancelled, 0 … 1.
    """
    fees = random.choice(FEE_TABLES)
    persons: list[Person] = []
    numbers: set[str] = set()
    while len(persons) < people:
        relative = persons and random.random() < 0.03
        sex = random.choice("mf")
        given, surname = invent_name(random, sex)
        prefix = random.randrange(100_000_000, 999_000_000)
        if relative:
            kin = random.choice(persons[-200:])
            surname = kin.surname
            prefix = int(kin.number[:9]) + random.choice((-6, -3, 3, 6, 30, -30))
        number = tckn(prefix)
        if number in numbers:
            continue
        numbers.add(number)
        persons.append(_person(random, len(persons), number, given, surname, sex))
    return Registry(persons, _applications(random, persons, applications, fees, cancelled), fees)


def _person(random: Random, index: int, number: str, given: str, surname: str, sex: str) -> Person:
    group = random.choices((FAMILY_PHYSICIAN, STAFF, "Diş Hekimi"), (88, 10, 2))[0]
    if group == FAMILY_PHYSICIAN:
        title = random.choices(("Dr.", "Uzm. Dr.", "Aile Hekimi", ""), (70, 12, 8, 10))[0]
        part = random.choice(_PROVINCE_PARTS)
        unit = f"{random.randrange(1, 40)} No'lu {part} ASM"
    else:
        title = random.choice(("Hemşire", "Memur", "Sağlık Teknikeri", "Şef", "Dt.", ""))
        unit = random.choice(("Destek Hizmetleri", "Halk Sağlığı", "Personel", "Bilgi İşlem"))
    if random.random() < 0.45:
        given, surname = upper(given), upper(surname)
    elif random.random() < 0.6:
        surname = upper(surname)
    mail = key(f"{given}.{surname}").replace(" ", "")
    phone = f"0555 000 {random.randrange(100):02d} {random.randrange(100):02d}"
    return Person(
        index, number, given, surname, sex, title, unit, group, phone, f"{mail}@ornek.example"
    )


def _applications(
    random: Random, people: list[Person], wanted: int, fees: tuple[Fee, ...], share: float
) -> list[Application]:
    order = list(range(len(people)))
    random.shuffle(order)
    owners = order[:wanted]
    while len(owners) < wanted:
        owners.append(random.choice(order))
    span = (PERIOD_END - PERIOD_START).days
    found: list[Application] = []
    for owner in owners:
        opened = PERIOD_START + timedelta(days=random.randrange(-25, span - 3))
        kind = random.choices(("first", "renewal", "replacement"), (44, 46, 10))[0]
        if len(found) % 40 == 39 and found:
            # An earlier application of the same person that nobody paid or closed.
            owner = found[-1].person
            opened = date(2020, random.randrange(8, 13), random.randrange(1, 28))
            kind = "first"
        due = fee_on(fees, kind, opened) if people[owner].group == FAMILY_PHYSICIAN else 0
        number = f"{opened.year}-{10000 + len(found)}"
        # Each one is cancelled by a command of its own, so that a large corpus has but a few.
        cancelled = len(found) < 400 and random.random() < share
        found.append(Application(number, owner, kind, opened, due, cancelled))
    return found


def plain_title(text: str) -> str:
    """``AYŞE NUR`` → ``Ayşe Nur``."""
    return " ".join(upper(word[:1]) + lower(word[1:]) for word in text.split())
