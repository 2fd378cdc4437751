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
from esignctl.text.folding import fold


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
    CERTIFICATE = "certificate"
    NONE = "none"


_CHANNEL = r"(?:fast|eft|havale|hvl|virman)"
# name, folded pattern. Groups: s = sender, t = text, first = sender then text, last = text then
# sender. The first pattern that fits a description holds.
_WRAPPINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^gond(?:eren)?\s*:\s*(?P<first>.*?)(?:\s+\d{4}\s*-\s*\D.*)?$",
        r"^(?:gelen\s+)?(?:fast|eft|havale)?\W*\d+ sorgu numarali (?P<s>.+?) tarafindan(?P<t>.*)$",
        r"^(?P<s>[^*\d]+?) tarafindan (?:aktarilan|gonderilen|yatirilan|yapilan)?(?P<t>.*)$",
        r"^(?P<s>[^*]*[a-z][^*]*)\*\d*\*(?P<t>[^*]*)(?:\*.*)?$",
        r"^\d{4}/\w+-\d+-(?P<s>[^-]+)-(?P<t>.*)$",
        r"^gelen " + _CHANNEL + r"\s*-\s*(?P<s>[^-]+?)\s*-\s*(?P<t>.*)$",
        r"^gelen transfer\s*,\s*(?P<s>[^,]+),(?P<t>.*?)(?:,\s*eft.*)?$",
        r"^amir\s*:\s*(?P<s>.+?)\s*-\s*lehdar\s*:[^-]*(?:-\s*(?P<t>.*))?$",
        r"^[^-]{2,20}\s*-\s*hvl\s*-\s*(?P<t>.*?)\s*-\s*(?P<s>[^-]+)$",
        r"^(?P<s>[^-]+?)\s*-\s*" + _CHANNEL + r"\s*-\s*(?P<t>.*)$",
        r"^" + _CHANNEL + r"\s*:\s*(?P<first>.*)$",
        r"^gonderici\s*:\s*(?P<first>.*)$",
        r"^(?P<last>.*?)\s+(?:ziraat|halkbank|vakifbank|isbank|cep|internet)?\s*"
        r"(?:mobil|internet|sube|cep|atm)\w*\s+(?:bankaciligi\s+)?(?:havale|hvl|virman)\w*$",
        r"^(?P<s>[^/\d]{3,40})/(?P<t>.*)$",
    )
)

_IBAN = re.compile(r"tr ?\d{2}(?: ?\d){22}")
_TRACE = re.compile(
    r"(?:sorgu|referans|ref|fis|dekont|islem|provizyon|sira|musteri|makbuz)"
    r"\W*(?:no|num\w*|nolu)?\W{0,3}\d{4,}|\d+ sorgu"
)
_LETTERED = re.compile(r"(?<![a-z0-9])(?=[oil]*\d)(?=[0-9]*[oil])[0-9oil]{10,12}(?![a-z0-9])")
_LETTERS_AS_DIGITS = str.maketrans("oil", "011")
_GROUPS = re.compile(r"\d+(?:[ ._/-]{1,3}\d+)*")
_DIGITS = re.compile(r"\d+")
_BREAK = re.compile(r"[^a-z .'_]+")
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
    def purpose(self) -> Purpose:
        """What the money is for, by the words of the payer; a sender's trade does not count."""
        text = " ".join(part for part, role in self._parts if role is not Role.SENDER)
        other = vocabulary.OTHER_PURPOSE.search(text) is not None
        if vocabulary.ESIGN.search(self.folded):
            return Purpose.BOTH if other else Purpose.ESIGN
        if other:
            return Purpose.OTHER
        if vocabulary.ESIGN_LIKELY.search(self.folded):
            return Purpose.ESIGN
        return Purpose.CERTIFICATE if vocabulary.CERTIFICATE.search(text) else Purpose.NONE

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
            bare = vocabulary.ESIGN.sub(" ; ", _LETTERED.sub(" ; ", part))
            pieces = (tuple(_WORD.findall(piece)) for piece in _BREAK.split(bare))
            runs.extend(Run(words, role) for words in pieces if words)
        return tuple(runs)


def read(description: str) -> Description:
    """The description of a movement, ready to be asked."""
    return Description(" ".join(fold(description).split()))


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
