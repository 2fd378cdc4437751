"""Reads the description of a movement: who sends, which numbers and words stand in it, what for.

Every bank wraps the payer's own text in its own way; the ways are data here (``_WRAPPINGS``).
Everything works on the folded text, so that spelling and broken encodings do not matter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from esignctl.payments import vocabulary
from esignctl.text import tckn


class Role(Enum):
    """Where in a description words stand."""

    TEXT = "text"
    SENDER = "sender"
    SENDER_FIRST = "sender first"  # the sender's name, then the text, with nothing between them
    SENDER_LAST = "sender last"


@dataclass(frozen=True, slots=True)
class Run:
    """Words without a number or a strong punctuation mark between them.

    ``hyphenated`` where a mere hyphen stands between this run and the one before it; ``is_ended``
    where a number, a mark or a phrase of ours stands behind it, so that no word of it is cut off.
    """

    words: tuple[str, ...]
    role: Role
    hyphenated: bool = False
    is_ended: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """Digits as one number. ``firm`` ones were written as one, not put together from groups."""

    digits: str
    firm: bool


class Purpose(Enum):
    """What a description says the money is for."""

    ESIGN = "esign"
    OTHER = "other"
    BOTH = "both"
    NONE = "none"


_CHANNEL = r"(?:fast|eft|havale|hvl|virman|elektronik fon transferi)"
_PLACES = r"(?:iscep|cep|mobil|int|internet|sube|atm|bankamatik)"
_LABEL = r"(?:gond(?:eren|erici)?|amir|odeyen|yatiran)(?: (?:ad[i]?(?: soyad[i]?)?|unvan[i]?))?"
_ROLES = {
    "s": Role.SENDER,
    "t": Role.TEXT,
    "first": Role.SENDER_FIRST,
    "last": Role.SENDER_LAST,
}
# What must stand in the text (to be told fast), and a folded pattern. Groups: s = sender, t = text,
# first = sender then text, last = text then sender. The first pattern that fits holds.
_WRAPPINGS = tuple(
    (mark, re.compile(pattern))
    for mark, pattern in (
        # <channel> Gönd: NAME text 0067-Bank ... FAST işlemi; Gönderen: NAME Açıklama: text
        (":", r"^.{0,20}?\b" + _LABEL + r"\s*:\s*(?P<s>[^:\d]+?)\W+"
              r"(?:lehdar|(?:islem )?aciklama(?:si)?)\s*:\s*(?P<t>.*)$"),
        ("", r"^(?:(?:" + _CHANNEL + r"|gelen|giden|iade|iptal)\W+)*" + _LABEL + r"\s*[:.]\s*"
             r"(?P<first>.*?)(?:\s+0\d{3}\s*-\s*\D.*)?$"),
        ("", r"^(?P<t>.+?)\W+(?:gonderen|gonderici|odeyen|yatiran)\W+(?P<s>[a-z .]+?)\W*$"),
        ("sorgu n", r"^\W*\d+ sorgu n(?:umara|o\W?)l[iu] (?P<s>.+?) tarafindan\b"
                      r"(?:[a-z. ]*\btr\d[\d ]+.*?\bgonderilen\b(?: " + _CHANNEL + r" \w+)?"
                      r"(?:\W*(?:islem )?aciklama\w*)?)?(?P<t>.*)$"),
        ("sorgu", r"^sorgu no\W*lu \d+ (?P<first>.*)$"),
        ("hesabindan", r"^(?:tr)?\d+ nolu (?P<s>.+?) hesabindan\b"
                       r"(?:\W+(?:havale|fast|eft)\b)?(?P<t>.*)$"),
        # NAME, NAME tarafından aktarılan, text
        ("tarafindan", r"^(?:([^*,\d]+), (?=\1 tarafindan))?(?P<s>[^*,\d]+?) tarafindan\b"
                       r"(?:\W*(?:aktarilan|gonderilen|yatirilan))?(?P<t>.*)$"),
        # NAME*bank code*text*trace*FAST, and channel*text*trace*NAME
        ("*", r"^(?:" + _CHANNEL + r"\*)?(?P<s>[^*]*[a-z][^*]*)\*0\d{3}\*(?P<t>[^*]*)"
              r"\*\d+(?:\*.*)?$"),
        ("*", r"^(?:(?:(?:" + _CHANNEL + "|" + _PLACES + r") ?)+\*)?"
              r"(?P<t>[^*]+)(?:\*\d+)?\*(?P<s>[^*]*)$"),
        ("-", r"^\d{4}/\w+-\d+-(?P<s>[^-\d]+)-(?P<t>.*)$"),
        ("gelen ", r"^gelen " + _CHANNEL + r" - (?:\d+ - )?(?P<s>[^/,\d]+?) - (?P<t>.*)$"),
        ("gelen ", r"^gelen " + _CHANNEL + r"\s*[-/|;]\s*(?:\d+\s*[-/]\s*|[^-/]*bank[^-/]*[-/]\s*)?"
                   r"(?P<s>[^-/|;,\d]+?)\s*[-/|;,]\s*(?P<t>.*)$"),
        ("gelen t", r"^gelen transfer\s*,\s*(?P<s>[^,]+),(?P<t>.*?)(?:,\s*(?:eft|fast).*)?$"),
        ("amir", r"^.{0,14}?amir\s*:\s*(?P<s>[^-\d]+?)\s*-\s*(?P<t>.*)$"),
        ("-", r"^[a-z ]{2,12}-(?:fast|eft)-\d{7,10}-(?P<s>[^-\d]+)-(?P<t>.*)$"),
        ("hvl", r"^[^-]{2,20}\s*-\s*hvl\s*-\s*(?P<t>.*?)\s*-\s*(?P<s>[^-\d]+)$"),
        ("-", r"^" + _CHANNEL + r"-(?P<s>[a-z .]+)[-/](?P<t>.*)$"),
        ("-", r"^(?P<s>[^-\d]+?)\s*-\s*" + _CHANNEL + r"\s*-\s*(?P<t>.*)$"),
        ("", r"^(?:(?:ters kayit|gelen|para|mobil|internet) )*(?:" + _CHANNEL + r"|transferi)"
             r"(?: gelen| odeme)?\s*[-: /]\s*(?P<first>.*)$"),
        # text NAME Ziraat Mobil Havale
        ("", r"^(?P<last>.*?[a-z])\s+"
             r"(?:(?:ziraat|halkbank|vakifbank|isbank|bankkart|cep|internet)\s+)?"
             r"(?:mobil|internet|sube|cep|atm)\w*(?:\s+bankaciligi)?"
             r"(?:\s+(?:hava|hvl|virman)\w*)?$"),
        (";", r"^(?P<s>[a-z.]+(?: [a-z.]+){1,4})\s*;\s*(?P<t>.*)$"),
        ("/", r"^(?P<s>[^/,\d]{3,40}?)\s*/\s*(?:0\d{3}(?:[^\d/][^/]*)?/)?(?P<t>.*?)"
              r"(?:/(?:" + _CHANNEL + r")\b[^/]*)?$"),
        ("", r"^ef\d{5,} (?P<first>.*)$"),
        ("ban", r"^(?:internet|mobil) (?:bankaciligi|sube\w*)\W+(?P<first>.*)$"),
        (",", r"^(?P<s>[a-z.]+(?: [a-z.]+){1,4}),\s+(?P<t>.*?)(?:,\s*(?:eft|fast).*)?$"),
    )
)  # fmt: skip

_IBAN = re.compile(r"tr ?\d{2}(?: ?\d){22}")
_TRACE = re.compile(
    r"(?:sorgu|referans|ref|fis|dekont|provizyon|makbuz|(?:islem|sira|musteri|sicil|hesap)(?=\W*n))"
    r"\W*(?:no|num\w*|nolu)?\W{0,3}\d{4,}|\d+ sorgu num"
)
_LETTERED = re.compile(r"(?<![a-z0-9])(?=[oil]*\d)(?=[0-9]*[oil])[0-9oil]{10,12}(?![a-z0-9])")
_LETTERS_AS_DIGITS = str.maketrans("oil", "011")
_GROUPS = re.compile(r"\d+(?:[ .,·/-]\d+)*")
_DIGITS = re.compile(r"\d+")
_GOES_ON = ("-", "/", ";", ":", ",", "|", "+", "&", "(", "*")
# Not a telephone number, and no date.
_TAIL = re.compile(r"[a-z][ :.,/-]{0,3}((?!0|\d{1,2}[./-]\d{1,2}[./-])\d(?:[ .-]?\d){5,9})\W*$")
_CALLED_PERSONAL = r"(?<![a-z])(?:t\W?c|tckn|kimlik)\W*(?:kimlik\W*)?(?:n[a-z]*\W*)?"
_PERSONAL = re.compile(_CALLED_PERSONAL + "$")
_STUMP = re.compile(_CALLED_PERSONAL + r"(\d(?:[ .-]?\d){0,8})\W*$")
_RECITED = re.compile(
    r"\bad[i]?\W+soyad[i]?\W+t\W?c\W*kimlik\W+n(?:o|umara\w*)\W+(?:ve\W+)?"
    r"(?=e|nes|imza|kamu|nitelikli|tubitak|doner|ilk|yenileme)"
)
_NAME_BEHIND = re.compile(r"(\d) [a-z]+(?: [a-z]+){1,3}$")
_BANK = re.compile(
    r"(?:t\W?c\W{0,2})?(?:turkiye )?\b"
    r"(?:(?:ziraat|halk|vakif(?:lar)?|is|garanti(?: bbva)?|yapi (?:ve )?kredi|turk ekonomi|qnb"
    r"|finans|deniz|kuveyt turk|albaraka turk)(?: katilim)? ?(?:finans)?bank(?:asi)?"
    r"|[a-z]+bank|ing bank)\b(?:\W*(?:a\W?s|t\W?a\W?[so])\b)?"
)
_NO_NAME = re.compile(r"[|;:/*=]|\d{5}")
_AND = re.compile(r"[&+]")
# "3 nolu": the words around it name a place (scene.py)
_NUMBERED = re.compile(r"(?<!\d)\d{1,3}\W*no\W?lu\b")
# a comma does not break: "YILMAZ, AYŞE"
_BREAK = re.compile(r"([^a-z .,'_?]+)")
_HYPHENATED = re.compile(r"[a-z]-[a-z]")
# a question mark stands for a letter that a code page did not have: "K?seo?lu"
_WORD = re.compile(r"(?:[a-z]|\?(?=[a-z]))+")
_LOST = re.compile(r"[a-z?]*\?[a-z?]+")
_ESIGN_TAIL = re.compile(r"i?m?z+a([a-z]{3,})$")


@dataclass(frozen=True)
class Description:
    """One description, read. ``folded`` is the whole; parts are worked out when asked for."""

    folded: str

    @cached_property
    def _parts(self) -> Sequence[tuple[str, Role]]:
        for mark, wrapping in _WRAPPINGS:
            if mark in self.folded and (match := wrapping.match(self.folded)):
                parts = {name: part for name, part in match.groupdict().items() if part}
                if "s" not in parts or _is_name(parts["s"]):
                    return [(part, _ROLES[name]) for name, part in parts.items()]
                if _is_name(parts.get("t", "")):
                    # the fields the other way round
                    return [(parts["s"], Role.TEXT), (parts.get("t", ""), Role.SENDER)]
        return [(self.folded, Role.TEXT)]

    @cached_property
    def _text(self) -> str:
        """The words of the payer: a sender's trade says nothing of a purpose."""
        return " ".join(
            vocabulary.behind_firm(part) if role is Role.SENDER_FIRST else part
            for part, role in self._parts
            if role is not Role.SENDER
        )

    @cached_property
    def _esign(self) -> re.Match[str] | None:
        """Where the text speaks plainly of an electronic signature."""
        return vocabulary.ESIGN.search(self.folded)

    @cached_property
    def says_esign(self) -> bool:
        """Whether the text speaks of an electronic signature, plainly or in all likelihood."""
        return self._esign is not None or vocabulary.is_likely_esign(self.folded)

    @cached_property
    def purpose(self) -> Purpose:
        """What the money is for."""
        if vocabulary.states_other(self._text):
            said = self._esign
            if said is None or vocabulary.is_about(self.folded[said.end() :]):
                return Purpose.OTHER
            if vocabulary.states_other(vocabulary.without_firms(self._text)):
                return Purpose.BOTH
            return Purpose.ESIGN
        if self.says_esign:
            return Purpose.ESIGN
        return Purpose.OTHER if vocabulary.states_other_alone(self._text) else Purpose.NONE

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of application that the payer's words name."""
        return frozenset(
            kind for kind, named in vocabulary.KINDS.items() if named.search(self._text)
        )

    @cached_property
    def gives_back(self) -> bool:
        """Whether the words say that money goes back or a payment is cancelled."""
        return vocabulary.REVERSAL.search(self.folded) is not None

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that may be personal ones: five digits or more, also from groups."""
        text = _TRACE.sub(" ; ", _IBAN.sub(" ; ", " ; ".join(part for part, _ in self._parts)))
        found: dict[str, bool] = {}
        for lettered in _LETTERED.findall(text):
            found[lettered.translate(_LETTERS_AS_DIGITS)] = True
        for run in _GROUPS.findall(_LETTERED.sub(" ; ", text)):
            for digits, firm in _readings(run):
                found[digits] = found.get(digits, False) or firm
        return tuple(Number(digits, firm) for digits, firm in found.items())

    def calls_personal(self, number: Number) -> bool:
        """Whether the text says before a number that it is a personal one."""
        place = self.folded.find(number.digits)
        return place >= 0 and _PERSONAL.search(self.folded, max(0, place - 20), place) is not None

    @cached_property
    def _end(self) -> str:
        """The part that ends with the payer's text."""
        return next((part for part, role in self._parts[::-1] if role is not Role.SENDER), "")

    @property
    def breaks_off(self) -> bool:
        """Whether the payer's text ends with a mark that something must have followed."""
        return self._end.rstrip().endswith(_GOES_ON)

    @property
    def recites(self) -> bool:
        """Whether the payer copied the words "name, surname, number" instead of filling them in."""
        return _RECITED.search(self._text) is not None

    @property
    def tail(self) -> str:
        """The digits at the end of the payer's text, if they may be a personal number cut off.

        Behind a word for such a number that is any digit, else at least six.
        """
        end = _TRACE.sub(" ; ", self._end)
        if self._parts[-1][1] is Role.SENDER_LAST:
            end = _NAME_BEHIND.sub(r"\1", end)
        found = _TAIL.search(end) or _STUMP.search(end)
        return "".join(_DIGITS.findall(found[1])) if found else ""

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The words, in runs that no number and no strong punctuation mark breaks."""
        runs: list[Run] = []
        for part, role in self._parts:
            bare = _AND.sub(" ve ", part)
            if "lu" in bare:
                bare = _NUMBERED.sub(" nolu ", bare)
            bare = vocabulary.ESIGN.sub(_only_tail, _LETTERED.sub(" ; ", bare))
            bare = _TRACE.sub(" ; ", bare)
            if "bank" in bare:
                bare = _BANK.sub(" ; ", bare)
            before = mark = ""
            pieces = _BREAK.split(bare)
            for place, piece in enumerate(pieces):
                if words := tuple(_WORD.findall(piece)):
                    tight = before[-1:] + mark + piece[0]
                    hyphenated = _HYPHENATED.fullmatch(tight) is not None
                    runs.append(Run(words, role, hyphenated, place + 1 < len(pieces)))
                before, mark = mark, piece
        return tuple(runs)


def read(folded: str, own_names: Sequence[str] = ()) -> Description:
    """The folded description of a movement, ready to be asked.

    ``own_names`` are the folded names of the account's holder: they are nobody's who pays.
    """
    text = " ".join(folded.replace("_", " ").split())
    for name in own_names:
        text = text.replace(name, " ; ")
    if "?" in text:
        text = _LOST.sub(lambda lost: vocabulary.restored(lost[0]), text)
    return Description(text)


def _is_name(part: str) -> bool:
    """Whether something may be a name: no mark or number stands in it, and it speaks not of us."""
    return not (
        _NO_NAME.search(part) or vocabulary.ESIGN.search(part) or vocabulary.is_likely_esign(part)
    )


def _only_tail(esign: re.Match[str]) -> str:
    """What stands in the runs for a signature: nothing but a word that is glued to it."""
    tail = _ESIGN_TAIL.search(esign[0])
    return " ; " if tail is None or vocabulary.ENDINGS.fullmatch(tail[1]) else f" ; {tail[1]}"


def _readings(run: str) -> list[tuple[str, bool]]:
    """The numbers in a run of digit groups: each group, and neighbours that make eleven.

    Neighbours make one number for certain where one mark stands between all of them, and another
    one, or none, around them.
    """
    groups, marks = _DIGITS.findall(run), ["", *_DIGITS.split(run)[1:-1], ""]
    readings = [(group, True) for group in groups if len(group) >= 5]
    whole = "".join(groups)
    if len(groups) > 1 and tckn.LENGTH - 1 <= len(whole) <= tckn.LENGTH + 1:
        readings.append((whole, len(whole) == tckn.LENGTH))
    for first in range(len(groups)):
        joined = groups[first]
        for last in range(first + 1, len(groups)):
            joined += groups[last]
            if len(joined) == tckn.LENGTH and joined != whole:
                between = set(marks[first + 1 : last + 1])
                around = {marks[first], marks[last + 1]}
                readings.append((joined, len(between) == 1 and between.isdisjoint(around)))
            if len(joined) >= tckn.LENGTH:
                break
    return readings
