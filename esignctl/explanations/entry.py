"""What is told about one code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cause and remedy of a code in whole sentences, marked for translation.

    Nothing in them is filled in, unlike in a message. Without a remedy here the one that is shown
    with the code holds, which then has nothing to fill in either.
    """

    cause: str
    remedy: str = ""
