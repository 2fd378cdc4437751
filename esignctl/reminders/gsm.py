"""How many messages a text costs: 3GPP TS 23.038 §6.2, Turkish by single shift (Annex A.2.1)."""

from dataclasses import dataclass
from typing import Final, Literal

Encoding = Literal["gsm-7", "gsm-7-turkish", "ucs-2"]

_DEFAULT: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")
_TURKISH: Final = frozenset("ĞğİıŞşç")

# letters in one message, and in each of several, for a header takes its place
_ROOM: Final[dict[Encoding, tuple[int, int]]] = {
    "gsm-7": (160, 153),
    "gsm-7-turkish": (155, 149),
    "ucs-2": (70, 67),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """How a text goes out: `units` are septets, or 16-bit letters in UCS-2."""

    encoding: Encoding
    units: int
    messages: int


def cost(text: str) -> Cost:
    """The encoding that a text needs, and how many messages it becomes."""
    letters = set(text)
    encoding: Encoding = "ucs-2"
    if letters <= _DEFAULT | _EXTENDED:
        encoding = "gsm-7"
    elif letters <= _DEFAULT | _EXTENDED | _TURKISH:
        encoding = "gsm-7-turkish"
    if encoding == "ucs-2":
        units = len(text.encode("utf-16-be")) // 2
    else:
        units = sum(1 if letter in _DEFAULT else 2 for letter in text)
    alone, each = _ROOM[encoding]
    return Cost(encoding, units, 1 if units <= alone else -(-units // each))
