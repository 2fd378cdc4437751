"""What people's decisions taught: who writes certain words in a transfer pays for a certain person.

A lesson is evidence beside all other (reason code ``LEARNED``): about as much as the sender's own
name, so that with the fee that is due and a word about what for it posts, and never against a
contradiction. The matching takes lessons as plain values (``matching.decide(…, lessons=…)``); who
keeps, lists and forgets them is not its concern.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esignctl.text.folding import tokens


@dataclass(frozen=True, slots=True)
class Lesson:
    """Where ``phrase`` stands in a description as whole words, the payment is for ``person``.

    The phrase is a payer's name (``matching.payer`` reads it from a description) or any other words
    that told who was meant; its spelling does not matter. ``person`` is the id in the registry.
    """

    phrase: str
    person: int


class Lessons:
    """Lessons, indexed by the first word of their phrases."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        self._by_word: dict[str, list[tuple[list[str], Lesson]]] = defaultdict(list)
        for each in lessons:
            if words := tokens(each.phrase):
                self._by_word[words[0]].append((words, each))

    def taught(self, text: str) -> Iterator[Lesson]:
        """The lessons whose phrase stands in a text, each once."""
        if not self._by_word:
            return
        words = tokens(text)
        told = set()
        for place, word in enumerate(words):
            for phrase, lesson in self._by_word.get(word, ()):
                if words[place : place + len(phrase)] == phrase and lesson not in told:
                    told.add(lesson)
                    yield lesson
