"""What reached the virtual cards: every command of a test run, without its data.

A PIN that is presented costs a try when it is wrong, so the run ends with a count: exactly those
presentations that a test asked for (``with tally.asking(verify=1):``) and no others.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.cards.virtual.apdu import CHANGE, RESET, VERIFY, Command

# AKİS: life cycle, create, delete. Nothing may ever send them.
FORBIDDEN = (0x09, 0x10, 0x15, 0x16)


@dataclass(frozen=True, slots=True)
class Presentations:
    """How often a PIN was verified, changed, and reset by a PUK."""

    verify: int = 0
    change: int = 0
    reset: int = 0

    def __add__(self, other: "Presentations") -> "Presentations":
        return Presentations(
            self.verify + other.verify, self.change + other.change, self.reset + other.reset
        )

    def __sub__(self, other: "Presentations") -> "Presentations":
        return Presentations(
            self.verify - other.verify, self.change - other.change, self.reset - other.reset
        )


class Tally:
    """Counts over all cards; filled by the cards' threads, read by the tests."""

    def __init__(self) -> None:
        self.asked = Presentations()
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str, bool]] = Counter()

    def add(self, card: str, command: Command) -> None:
        """Count one command that reached the card of that name."""
        with self._lock:
            self._counts[card, command.header, bool(command.data)] += 1

    def commands(self, card: str | None = None) -> Counter[str]:
        """Header → how often, for one card or for all."""
        with self._lock:
            counts: Counter[str] = Counter()
            for (name, header, _), count in self._counts.items():
                if card in (None, name):
                    counts[header] += count
        return counts

    @property
    def presented(self) -> Presentations:
        """PINs and PUKs that reached a card.

        A VERIFY without data is none of them: it asks a PIV card how many tries are left (or ends
        its login) and costs none.
        """
        with self._lock:
            seen: Counter[int] = Counter()
            for (_, header, has_data), count in self._counts.items():
                if has_data:
                    seen[int(header[2:4], 16)] += count
        return Presentations(seen[VERIFY], seen[CHANGE], seen[RESET])

    @property
    def forbidden(self) -> int:
        """Commands that could change or destroy an AKİS card's files."""
        with self._lock:
            return sum(
                count
                for (_, header, _), count in self._counts.items()
                if header[:2] == "80" and int(header[2:4], 16) in FORBIDDEN
            )

    @contextmanager
    def asking(self, verify: int = 0, change: int = 0, reset: int = 0) -> Iterator[None]:
        """Exactly so many presentations happen within this block, and they are asked for."""
        before = self.presented
        wanted = Presentations(verify, change, reset)
        self.asked += wanted
        yield
        assert self.presented == before + wanted
