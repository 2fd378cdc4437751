"""Which card an answer to reset (ATR) belongs to, without touching the card's files.

The catalogue ``atr.toml`` has the masks and the answers that sources name as a whole. Version and
chip are decoded from the answer itself, because the sources' labels disagree.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from esignctl.cards.model import CardKind, Family

_OTHER = CardKind("other", "")
_CHIP_BITS = 0x3F
_OLD_LAYOUT = 0x20


@dataclass(frozen=True, slots=True)
class _Mask:
    """A pattern of historical bytes; `layout` says how its version bytes are read."""

    family: Family
    pattern: re.Pattern[str]
    version: str
    label: str
    layout: str
    version_at: int


@dataclass(frozen=True, slots=True)
class _Catalogue:
    masks: tuple[_Mask, ...]
    labels: Mapping[str, str]
    chips: Mapping[int, str]
    signature: str


def identify(atr: str) -> CardKind:
    """The card that answers a reset with `atr` (hex, spaces allowed)."""
    compact = re.sub(r"[\s:]", "", atr).translate(_UPPER)
    catalogue = _catalogue()
    history = historical_bytes(compact)
    for mask in catalogue.masks:
        if history is not None and mask.pattern.fullmatch(history):
            version, chip = _version(mask, history, catalogue.chips)
            label = catalogue.labels.get(compact, mask.label)
            return CardKind(mask.family, f"AKİS {version}", version, chip, label)
    if catalogue.signature in compact:
        return CardKind("akis-uekae", "AKİS")
    return _OTHER


def historical_bytes(atr: str) -> str | None:
    """The historical bytes of an ATR in upper-case hex, by ISO 7816-3; None if it is malformed."""
    try:
        answer = bytes.fromhex(atr)
        count, follows = answer[1] & 0x0F, answer[1] >> 4
        at = 2
        while follows:
            at += follows.bit_count()
            follows = answer[at - 1] >> 4 if follows & 0x8 else 0
    except (ValueError, IndexError):
        return None
    history = answer[at : at + count]
    return history.hex().translate(_UPPER) if len(history) == count else None


def _version(mask: _Mask, history: str, chips: Mapping[int, str]) -> tuple[str, str]:
    """Version and chip as the answer tells them; the chip is "" where it tells none we know."""
    if not mask.layout:
        return mask.version, ""
    at = mask.version_at
    first, second, third = bytes.fromhex(history)[at : at + 3]
    if mask.layout == "tc" and first != _OLD_LAYOUT:
        word = second << 8 | third
        major, minor, patch = word >> 12, (word & 0xFFF) >> 7, word & 0x7F
        return f"{major}.{minor}.{patch}", chips.get(first & _CHIP_BITS, "")
    if mask.layout == "tc":
        first, second = second, third
    version = f"{first >> 4}.{first & 0x0F}.{second >> 6}"
    return version, chips.get(second & _CHIP_BITS, "")


@cache
def _catalogue() -> _Catalogue:
    place = Path(__file__).with_name("atr.toml")
    raw: Mapping[str, Any] = tomllib.loads(place.read_text(encoding="utf-8"))
    return _Catalogue(
        tuple(
            _Mask(
                entry["family"],
                re.compile(entry["pattern"].replace(".", "[0-9A-F]")),
                entry.get("version", ""),
                entry.get("label", ""),
                entry.get("layout", ""),
                entry.get("version_at", 0),
            )
            for entry in raw["masks"]
        ),
        raw["cards"],
        {int(number, 16): name for number, name in raw["chips"].items()},
        raw["signature"],
    )


_UPPER = str.maketrans("abcdef", "ABCDEF")
