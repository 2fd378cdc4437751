"""Who is in the registry: other names than the corpus has, and more that invite confusion."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.corpus.turkish import tckn

GIVEN = """
Mehmet Ali Ayşe Fatma Emine Emin Mustafa Ahmet Salih Saliha Halim Halime Abdulkadir Abdurrahman
Alaattin Aliye Asım Ayhan Aytekin Azize Bahattin Batuhan Bedirhan Behiye Buse Burhan Cavit Cahit
Ceyda Ceylan Cumali Dursun Efe Ege Elifnur Erdem Ergün Eymen Fatmanur Ferda Fırat Gülizar Gülistan
Hayrettin Hayriye Hediye Hüsniye Işıl Işık İclal İmran İnci İpek Kerim Kerem Latife Leman Mahir
Melis Menekşe Mevlüt Mihriban Mücahit Müjde Nazlıcan Nebahat Necmettin Nuh Nurullah Oğuzhan Orçun
Pelin Rafet Refik Rümeysa Sabahat Samet Satı Saniye Selahattin Sude Süheyla Şahin Şerafettin
Şükriye Turhan Ubeydullah Ümran Vahide Veli Yaren Yonca Yücel Zekeriya Zeynel Zülküf Çağdaş Öykü
Deniz Güneş Toprak Umut Ekim Eylül İlkay İlke Yeter Döne Kiraz Nurefşan
""".split()  # noqa: SIM905 - a list of words reads best as text
SECOND = "Ali Nur Can Naz Su Ece Efe Gül Halil Emin Rıza Sena Kaan Arda Şah Eda Ada".split()  # noqa: SIM905
SURNAMES = """
Yılmaz Kaya Demir Çelik Yıldız Şahin Yıldırım Öztürk Aydın Özdemir Akın Aksoy Alkan Altıntaş Arı
Arıkan Ateş Avcı Ay Bal Başaran Bayrak Bilgiç Bozdağ Büyükkaya Candan Coşar Çam Çakmak Çetintaş Dal
Demirci Demirel Deniz Dinç Doğru Duman Durmaz Ekim Er Eraslan Erdoğmuş Erkoç Ersoy Gök Gökçe
Göktürk Gündüz Güngörmüş Hekimoğlu Işık İnan Kahraman Kalkan Kara Karademir Karagöz Karaman Kartal
Kasap Keleş Kılıçaslan Kırmızıgül Koca Koçyiğit Köseoğlu Kurtuluş Mutlu Nalbant Okur Öncü Önder Öz
Özbek Özdoğan Özel Özgül Pehlivan Polatlı Sağlam Sarı Sarıkaya Sever Soysal Şeker Şen Taşçı Temiz
Tok Topçu Turan Uğurlu Uluç Ural Uysal Uzun Ünlü Varol Vural Yalçınkaya Yaşar Yenilmez Yeter Yol
Yurt Yüce Zengin Ödemiş Tokat Uzman Ali Ahmetoğlu Bedel Eczacı Kargı Kiracı
""".split()  # noqa: SIM905

FEES = {("first", "new"): 21830, ("first", "old"): 19470, ("renewal", "new"): 14750}
FEES |= {("renewal", "old"): 12980, ("replacement", "new"): 21830}
PUBLISHED = frozenset(FEES.values())
KINDS = {"first": "İlk Başvuru", "renewal": "Yenileme", "replacement": "Kayıp/Çalıntı"}
FIRST_DAY, LAST_DAY = date(2021, 9, 1), date(2021, 12, 10)


@dataclass(slots=True)
class Application:
    """An application; ``fee`` in kuruş."""

    number: str
    kind: str
    opened_on: date
    cancelled: bool = False

    @property
    def fee(self) -> int:
        """What it costs."""
        return FEES[self.kind, "new"]


@dataclass(slots=True)
class Person:
    """Somebody in the registry. Nobody pays in more than one story."""

    number: str
    given: str
    surname: str
    group: str
    applications: list[Application]
    is_spent: bool = False

    @property
    def name(self) -> str:
        """Given names and surname."""
        return f"{self.given} {self.surname}"

    @property
    def open(self) -> list[Application]:
        """The applications that are not cancelled and cost something."""
        pays = self.group == "Aile Hekimi"
        return [each for each in self.applications if pays and not each.cancelled]


def _words(name: str) -> frozenset[str]:
    return frozenset(name.split())


class People:
    """Everybody, and who can be taken for whom."""

    def __init__(self, dice: Random, count: int) -> None:
        self.dice = dice
        self.everybody: list[Person] = []
        numbers: set[str] = set()
        serial = 1000
        while len(self.everybody) < count:
            number = tckn(dice.randrange(100_000_000, 1_000_000_000))
            if number in numbers:
                continue
            numbers.add(number)
            given, surname = self._name()
            group = "Personel" if dice.random() < 0.04 else "Aile Hekimi"
            applications = []
            for _ in range(dice.choices((0, 1, 2), (14, 80, 6))[0]):
                serial += dice.randrange(1, 4)
                opened = FIRST_DAY + timedelta(days=dice.randrange(70))
                kind = dice.choices(tuple(KINDS), (50, 40, 10))[0]
                applications.append(
                    Application(f"B{serial}/21", kind, opened, dice.random() < 0.02)
                )
            self.everybody.append(Person(number, given, surname, group, applications))
        self.numbers = frozenset(numbers)
        self._bearers = Counter(_words(each.name) for each in self.everybody)
        self._by_surname: dict[str, list[Person]] = {}
        for each in self.everybody:
            for part in set(each.surname.split()):
                self._by_surname.setdefault(part, []).append(each)
        dice.shuffle(self.everybody)
        self._next = 0

    def _name(self) -> tuple[str, str]:
        dice = self.dice
        if self.everybody and dice.random() < 0.02:  # a namesake: cousins, father and grandson
            other = dice.choice(self.everybody)
            return other.given, other.surname
        given = dice.choice(GIVEN)
        if dice.random() < 0.3:
            second = dice.choice(SECOND)
            given += f" {second}" if second != given else ""
        surname = dice.choice(SURNAMES)
        if dice.random() < 0.05:
            surname += f" {dice.choice(SURNAMES)}"
        return given, surname

    def is_unique(self, who: Person) -> bool:
        """Whether his whole name is nobody else's, nor a part of somebody else's."""
        words = _words(who.name)
        return self._bearers[words] == 1 and not any(
            words < _words(other.name)
            for part in who.surname.split()
            for other in self._by_surname.get(part, ())
        )

    def rivals(self, who: Person) -> list[Person]:
        """The others of the very same name."""
        return [
            other
            for other in self._by_surname[who.surname.split()[-1]]
            if other is not who and other.name == who.name
        ]

    def strange_number(self) -> str:
        """A valid number that is nobody's here."""
        while (number := tckn(self.dice.randrange(100_000_000, 1_000_000_000))) in self.numbers:
            pass
        return number

    def take(self, count: int = 1) -> list[Person]:
        """So many people with one open application, not taken before; IndexError at the end."""
        found: list[Person] = []
        while len(found) < count:
            who = self.everybody[self._next]
            self._next += 1
            if len(who.open) == 1 == len(who.applications) and not who.is_spent:
                who.is_spent = True
                found.append(who)
        return found

    def find(self, wanted: object) -> Person:
        """Somebody for whom ``wanted(person)`` holds, not taken before; IndexError if nobody is."""
        assert callable(wanted)
        for who in self.everybody:
            if not who.is_spent and wanted(who):
                who.is_spent = True
                return who
        raise IndexError("nobody is like that")

    def stranger(self, surname: str = "") -> str:
        """A name that nobody in the registry bears, nor shares but for the surname asked for."""
        while True:
            given = self.dice.choice(GIVEN)
            name = f"{given} {surname or self.dice.choice(SURNAMES)}"
            words = set(name.split())
            if not any(len(words & set(other.name.split())) > 1 for other in self.everybody):
                return name
            if surname:
                return f"Nurefşan Öykü {surname}"
