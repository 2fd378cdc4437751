"""Groups of people: those with a fixed key, whatever language they are written in, and others."""

from functools import lru_cache
from typing import Final

from esignctl.text.folding import tokens

_KEYS: Final = {
    "ailehekimi": "family-physician",
    "ailehekimleri": "family-physician",
    "ailehekimligi": "family-physician",
    "familyphysician": "family-physician",
    "familyphysicians": "family-physician",
    "personel": "staff",
    "staff": "staff",
}


def group_name(text: str) -> str:
    """The key of a known group (`Aile Hekimi` → `family-physician`); other text as it is."""
    return _KEYS.get("".join(tokens(text)), text)


@lru_cache(maxsize=256)
def group_key(text: str) -> str:
    """What groups are compared by: the same for every spelling of a group."""
    name = group_name(text)
    return " ".join(tokens(name))
