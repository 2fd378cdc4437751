"""How alike two words or numbers are (rapidfuzz)."""

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA


def slips(typed: str, meant: str, limit: int) -> int:
    """How many slips of the finger lie between two texts; ``limit + 1`` if there are more.

    One slip puts in, leaves out or changes a character, or swaps two neighbours (optimal string
    alignment distance).
    """
    return OSA.distance(typed, meant, score_cutoff=limit)


def is_misspelling(typed: str, meant: str) -> bool:
    """Whether ``typed`` is ``meant`` with a slip that a reader would see past, two in long words.

    The first letter must be right: else Beyza would pass for Feyza.
    """
    if len(meant) < 4 or typed[:1] != meant[:1]:
        return False
    limit = 2 if len(meant) >= 7 else 1
    return slips(typed, meant, limit) <= limit


def likeness(one: str, other: str) -> float:
    """From 0 to 1, whatever the order of the words in the two names."""
    return fuzz.token_sort_ratio(one, other) / 100
