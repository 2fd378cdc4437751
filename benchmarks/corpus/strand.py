"""Text that remembers what each of its parts means, however it is cut afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

NUMBER = "number"  # quality: exact | damaged | foreign (a valid number of nobody registered)
NAME = "name"  # quality: full | weak | other
SENDER = "sender"  # the bank's own record of who paid; same qualities
PURPOSE = "purpose"  # quality: clear | hint | other
CODE = "code"  # a slip's reference code; quality: exact | damaged
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``who`` is the index of the person it stands for, NOBODY a stranger.

    ``size`` is its length before any cut, so that what is lost can be told later.
    """

    text: str
    role: str = ""
    who: int = NOBODY
    quality: str = ""
    size: int = 0

    @property
    def left(self) -> float:
        """The share of the piece that survived, 0 … 1."""
        return min(1.0, len(self.text) / self.size) if self.size else 0.0


def piece(text: str, role: str = "", who: int = NOBODY, quality: str = "") -> Piece:
    return Piece(text, role, who, quality, len(text))


@dataclass(frozen=True, slots=True)
class Strand:
    """Pieces in a row."""

    pieces: tuple[Piece, ...] = ()

    def __add__(self, other: Strand | Piece | str) -> Strand:
        if isinstance(other, str):
            other = piece(other)
        if isinstance(other, Piece):
            return Strand((*self.pieces, other))
        return Strand(self.pieces + other.pieces)

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.pieces)

    def cut(self, length: int) -> Strand:
        """The first ``length`` characters."""
        kept: list[Piece] = []
        for part in self.pieces:
            kept.append(replace(part, text=part.text[: max(length, 0)]))
            length -= len(part.text)
        return Strand(tuple(kept))

    def map(self, change: Callable[[str], str]) -> Strand:
        """Every piece rewritten by a change that keeps lengths, or lengthens them a little."""
        return Strand(tuple(replace(part, text=change(part.text)) for part in self.pieces))


def fill(template: str, **parts: Strand | Piece | str) -> Strand:
    """``fill("Gönd: {sender} {text}", sender=…, text=…)`` as a strand."""
    strand = Strand()
    rest = template
    while rest:
        before, opening, rest = rest.partition("{")
        if before:
            strand += before
        if opening:
            name, _, rest = rest.partition("}")
            strand += parts[name]
    return strand
