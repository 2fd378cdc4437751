"""How forms say things. They are Turkish, whatever language the program speaks."""

from datetime import date, datetime
from typing import Final

from esignctl.text import money
from esignctl.text.dates import ISTANBUL
from esignctl.text.folding import fold, lower_tr, upper_tr

KINDS: Final = {"first": "İlk başvuru", "renewal": "Yenileme", "replacement": "Kayıp / çalıntı"}
GROUPS: Final = {"family-physician": "Aile hekimi", "staff": "Personel"}

_BACK: Final = "aıouâû"
_FRONT: Final = "eiöüî"
_UNITS: Final = ("", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS: Final = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")


def amount(kurus: int) -> str:
    """``21830`` as ``218,30 TL``."""
    return f"{money.show(kurus, 'tr')} TL"


def day(value: date | None) -> str:
    """``06.10.2021``; nothing for no day."""
    return value.strftime("%d.%m.%Y") if value else ""


def day_of(utc: str) -> str:
    """The day here in Turkey of a UTC time of the registry."""
    return day(datetime.fromisoformat(utc).astimezone(ISTANBUL).date())


def governorship(province: str | None, name: str) -> str:
    """The line of a letterhead above the institution's name: ``IĞDIR VALİLİĞİ``."""
    if not province or "valili" in fold(name):
        return ""
    return f"{upper_tr(province)} VALİLİĞİ"


def addressed(name: str) -> str:
    """An institution as a letter names whom it goes to: ``… SAĞLIK MÜDÜRLÜĞÜNE``.

    Names of offices are compounds that end in a vowel (``Müdürlüğü``, ``Başkanlığı``) and take an
    n before the ending; it takes e or a after the name's last vowel.
    """
    letters = lower_tr(name.rstrip(" .,"))
    vowels = [letter for letter in letters if letter in _BACK + _FRONT]
    ending = "a" if vowels and vowels[-1] in _BACK else "e"
    if vowels and letters[-1] == vowels[-1]:
        ending = f"n{ending}"
    return upper_tr(name + ending)


def in_words(number: int) -> str:
    """A whole number below a million in words, written apart: ``on iki``."""
    if number >= 1000:
        thousands = number // 1000
        head = "bin" if thousands == 1 else f"{in_words(thousands)} bin"
        return f"{head} {in_words(number % 1000)}" if number % 1000 else head
    hundreds, rest = divmod(number, 100)
    words = [
        _UNITS[hundreds] if hundreds > 1 else "",
        "yüz" if hundreds else "",
        _TENS[rest // 10],
        _UNITS[rest % 10],
    ]
    return " ".join(word for word in words if word) or "sıfır"
