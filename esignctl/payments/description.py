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
    """Words without a number or a strong punctuation mark between them."""

    words: tuple[str, ...]
    role: Role


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


_CHANNEL = r"(?:fast|eft|havale|hvl|virman)"
# name, folded pattern. Groups: s = sender, t = text, first = sender then text, last = text then
# sender. The first pattern that fits a description holds.
_WRAPPINGS = tuple(
    re.compile(pattern)
    for pattern in (
        # <channel> Gönd: NAME text 0067-Bank ... FAST işlemi
        r"^(?:eft |havale |fast )?gond(?:eren|erici)?\s*:\s*(?P<first>.*?)"
        r"(?:\s+\d{4}\s*-\s*\D.*)?$",
        # 123 sorgu numaralı NAME tarafından ... gönderilen ... ödemesi; işlem açıklaması: text
        r"^\W*\d+ sorgu numarali (?P<s>.+?) tarafindan"
        r"(?:.*? gonderilen\b.*?(?:odemesi|havalesi)\W*(?:islem )?(?:aciklama\w*)?\W*"
        r"|\W*(?:gonderilmistir|gonderilen|aktarilan)\W*)?(?P<t>.*)$",
        r"^sorgu no\W*lu \d+ (?P<first>.*)$",
        r"^(?:tr)?\d+ nolu (?P<s>.+?) hesabindan\b(?:\W+(?:havale|fast|eft)\b)?(?P<t>.*)$",
        # NAME, NAME tarafından aktarılan, text
        r"^(?:[^*,\d]+, )?(?P<s>[^*,\d]+?) tarafindan (?:aktarilan|gonderilen|yatirilan)\W*"
        r"(?P<t>.*)$",
        # NAME*bank code*text*trace*FAST, and channel*text*trace*NAME
        r"^(?P<s>[^*]*[a-z][^*]*)\*\d{4}\*(?P<t>[^*]*)\*\d+(?:\*.*)?$",
        r"^(?:[a-z]{2,8}\*)?(?P<t>[^*]+)(?:\*\d+)?\*(?P<s>[^*\d]*)$",
        r"^\d{4}/\w+-\d+-(?P<s>[^-]+)-(?P<t>.*)$",
        r"^gelen " + _CHANNEL + r"\s*-\s*(?P<s>[^-]+?)\s*-\s*(?P<t>.*)$",
        r"^gelen " + _CHANNEL + r"/(?:[^/]*bank[^/]*/)?(?P<s>[^/]+)/(?P<t>.*)$",
        r"^gelen transfer\s*,\s*(?P<s>[^,]+),(?P<t>.*?)(?:,\s*(?:eft|fast).*)?$",
        r"^.{0,14}?amir\s*:\s*(?P<s>.+?)\s*-\s*lehdar\s*:\s*(?P<t>.*)$",
        r"^[a-z ]{2,12}-(?:fast|eft)-\d{7,12}-(?P<s>[^-]+)-(?P<t>.*)$",
        r"^[^-]{2,20}\s*-\s*hvl\s*-\s*(?P<t>.*?)\s*-\s*(?P<s>[^-]+)$",
        r"^" + _CHANNEL + r"-(?P<s>[a-z .]+)[-/](?P<t>.*)$",
        r"^(?P<s>[^-]+?)\s*-\s*" + _CHANNEL + r"\s*-\s*(?P<t>.*)$",
        r"^(?:ters kayit )?" + _CHANNEL + r"\s*[: ]\s*(?P<first>.*)$",
        # text NAME Ziraat Mobil Havale
        r"^(?P<last>.*?[a-z])\s+(?:ziraat|halkbank|vakifbank|isbank|cep|internet)?\s*"
        r"(?:mobil|internet|sube|cep|atm)\w*(?:\s+bankaciligi)?(?:\s+(?:havale|hvl|virman)\w*)?$",
        r"^(?P<s>[^/\d]{3,40}?)\s*/\s*(?:\d{4} [^/]*bank[^/]*/)?(?P<t>.*)$",
        r"^(?:ef\d{5,}|gelen " + _CHANNEL + r") (?P<first>.*)$",
        r"^(?P<s>[a-z.]+(?: [a-z.]+){1,4}),\s+(?P<t>.*?)(?:,\s*(?:eft|fast).*)?$",
    )
)

_IBAN = re.compile(r"tr ?\d{2}(?: ?\d){22}")
_TRACE = re.compile(
    r"(?:sorgu|referans|ref|fis|dekont|islem|provizyon|sira|musteri|makbuz)"
    r"\W*(?:no|num\w*|nolu)?\W{0,3}\d{4,}|\d+ sorgu num"
)
_LETTERED = re.compile(r"(?<![a-z0-9])(?=[oil]*\d)(?=[0-9]*[oil])[0-9oil]{10,12}(?![a-z0-9])")
_LETTERS_AS_DIGITS = str.maketrans("oil", "011")
_GROUPS = re.compile(r"\d+(?:[ .,·_/-]{1,3}\d+)*")
_DIGITS = re.compile(r"\d+")
_BANK = re.compile(
    r"(?:t\W?c\W{0,2})?(?:turkiye )?\b"
    r"(?:(?:ziraat|halk|vakif(?:lar)?|is|garanti(?: bbva)?|yapi (?:ve )?kredi|turk ekonomi|qnb"
    r"|finans|deniz|kuveyt turk|albaraka turk)(?: katilim)? ?(?:finans)?bank(?:asi)?"
    r"|akbank|odeabank|sekerbank|ing bank)\b(?:\W*(?:a\W?s|t\W?a\W?[so])\b)?"
)
# "3 Nolu Yeşilova ASM", "Yeşilova 3 Nolu ASM": a place, and nobody's name
_PLACE = re.compile(
    r"\d+\W*no\W?lu(?:(?:\W+[a-z]+){1,3}?\W+(?:asm|tsm|ahb|aile sagligi)|(?:\W+[a-z]+)?)"
    r"|[a-z]+\W+\d+\W*(?:no\W?)?(?:lu)?\W+(?:asm|tsm|ahb|aile sagligi)"
)
# a comma does not break: "YILMAZ, AYŞE"
_BREAK = re.compile(r"[^a-z .,'_]+")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Description:
    """One description, read. ``folded`` is the whole; parts are worked out when asked for."""

    folded: str

    @cached_property
    def _parts(self) -> Sequence[tuple[str, Role]]:
        for wrapping in _WRAPPINGS:
            match = wrapping.match(self.folded)
            if match is None:
                continue
            roles = {
                "s": Role.SENDER,
                "t": Role.TEXT,
                "first": Role.SENDER_FIRST,
                "last": Role.SENDER_LAST,
            }
            return [(part, roles[name]) for name, part in match.groupdict().items() if part]
        return [(self.folded, Role.TEXT)]

    @cached_property
    def says_esign(self) -> bool:
        """Whether the text speaks of an electronic signature, plainly or in all likelihood."""
        return bool(
            vocabulary.ESIGN.search(self.folded) or vocabulary.ESIGN_LIKELY.search(self.folded)
        )

    @cached_property
    def purpose(self) -> Purpose:
        """What the money is for, by the words of the payer; a sender's trade does not count."""
        text = " ".join(part for part, role in self._parts if role is not Role.SENDER)
        other = vocabulary.OTHER_PURPOSE.search(text) is not None
        if vocabulary.ESIGN.search(self.folded):
            return Purpose.BOTH if other else Purpose.ESIGN
        if other:
            return Purpose.OTHER
        return Purpose.ESIGN if self.says_esign else Purpose.NONE

    @cached_property
    def gives_back(self) -> bool:
        """Whether the words say that money goes back or a payment is cancelled."""
        return vocabulary.REVERSAL.search(self.folded) is not None

    @cached_property
    def on_behalf(self) -> bool:
        """Whether the words say that the payment is for somebody else."""
        text = " ".join(part for part, role in self._parts if role is not Role.SENDER)
        return vocabulary.ON_BEHALF.search(text) is not None

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that may be personal ones: five digits or more, also from groups."""
        text = _TRACE.sub(" ; ", _IBAN.sub(" ; ", " ; ".join(part for part, _ in self._parts)))
        found: dict[str, bool] = {}
        for lettered in _LETTERED.findall(text):
            found[lettered.translate(_LETTERS_AS_DIGITS)] = True
        for run in _GROUPS.findall(_LETTERED.sub(" ; ", text)):
            for digits, firm in _readings(_DIGITS.findall(run)):
                found[digits] = found.get(digits, False) or firm
        return tuple(Number(digits, firm) for digits, firm in found.items())

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The words, in runs that no number and no strong punctuation mark breaks."""
        runs: list[Run] = []
        for part, role in self._parts:
            bare = part
            for marked in (_LETTERED, vocabulary.ESIGN, _PLACE, _TRACE, _BANK):
                bare = marked.sub(" ; ", bare)
            pieces = (tuple(_WORD.findall(piece)) for piece in _BREAK.split(bare))
            runs.extend(Run(words, role) for words in pieces if words)
        return tuple(runs)


def read(folded: str, own_names: Sequence[str] = ()) -> Description:
    """The folded description of a movement, ready to be asked.

    ``own_names`` are the folded names of the account's holder: they are nobody's who pays.
    """
    text = " ".join(folded.split())
    for name in own_names:
        text = text.replace(name, " ; ")
    return Description(text)


def _readings(groups: list[str]) -> list[tuple[str, bool]]:
    """The numbers in a run of digit groups: each group, and neighbours that make eleven."""
    readings = [(group, True) for group in groups if len(group) >= 5]
    whole = "".join(groups)
    if len(groups) > 1 and tckn.LENGTH - 1 <= len(whole) <= tckn.LENGTH + 1:
        readings.append((whole, len(whole) == tckn.LENGTH))
    for first in range(len(groups)):
        joined = groups[first]
        for group in groups[first + 1 :]:
            joined += group
            if len(joined) == tckn.LENGTH and joined != whole:
                readings.append((joined, False))
            if len(joined) >= tckn.LENGTH:
                break
    return readings
