"""The people and applications that payments are matched against, indexed for looking up.

Built once for a file. Words and names here are folded.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from esignctl.payments.agreement import is_part
from esignctl.payments.applicants import Application, Person
from esignctl.payments.codes import Codebook
from esignctl.payments.vocabulary import names_nobody, resembles_talk
from esignctl.text import reference, tckn
from esignctl.text.similarity import is_misspelling, likeness, slips

LONGEST_NAME = 6
PREFIX = 6
COMMON = 40


class Directory:
    """Finds people by number, by a number with a slip, by reference code, and by name.

    ``cancelled`` are the numbers of cancelled applications, each with its person's id.
    """

    def __init__(self, people: Sequence[Person], cancelled: Sequence[tuple[str, int]] = ()) -> None:
        self.people = people
        self._cancelled = cancelled
        self.by_number = {each.number: each for each in people}
        self.surnames = {name for each in people for name in each.surname}
        self._words = set(self.surnames)
        self._likenesses: dict[str, list[str]] = {}
        self._talk: dict[str, bool] = {}
        self._by_ends: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for each in people:
            for given in (*each.given, "".join(each.given)) if len(each.given) > 1 else each.given:
                self._words.add(given)
                for surname in each.surname:
                    self._by_ends[given, surname].append(each)

    def is_borne(self, word: str) -> bool:
        """Whether a word can begin or end a name of the registry, also with a given name split."""
        return word in self._words or word in self._beginnings

    def is_borne_whole(self, word: str) -> bool:
        """Whether a word is a name, as it stands, of somebody in the registry."""
        return word in self._words

    def begins_surname(self, word: str) -> bool:
        """Whether a word is the beginning of somebody's surname."""
        return any(surname.startswith(word) for surname in self.surnames)

    def is_talk(self, word: str) -> bool:
        """Whether a word is of the usual talk of transfers, and so nobody's name.

        What only resembles it, misspelt or with two letters, may be a name that somebody bears.
        """
        known = self._talk.get(word)
        if known is None:
            if word in self._words:
                known = len(word) != 2 and names_nobody(word)
            else:
                known = names_nobody(word) or resembles_talk(word)
            self._talk[word] = known
        return known

    def is_surely_his(self, word: str, who: Person) -> bool:
        """Whether a word is part of somebody's name and of nobody else's.

        A slip may have made it, but no other name: Emin may be Emine's husband.
        """
        return is_part(word, who) or (
            word not in self._words
            and any(
                is_misspelling(word, name)
                and (not word.startswith(name) or word == name + name[-1])
                and not name.startswith(word)
                for name in who.names
            )
        )

    def are_one_surname(self, first: str, second: str) -> bool:
        """Whether somebody bears both words as one surname, which may be written with a hyphen."""
        return (first, second) in self._double_surnames

    def make_ready(self) -> None:
        """Build every index now, before processes are forked: once for all of them."""
        for name, each in vars(Directory).items():
            if isinstance(each, cached_property):
                getattr(self, name)

    @cached_property
    def _double_surnames(self) -> set[tuple[str, str]]:
        return {pair for each in self.people for pair in pairwise(each.surname)}

    @cached_property
    def _beginnings(self) -> set[str]:
        """The beginnings of given names that people may split: "Ayşe Nur" for Ayşenur."""
        return {
            name[:length]
            for each in self.people
            for name in each.given
            for length in range(3, len(name) - 1)
        }

    @cached_property
    def _with_slip(self) -> dict[str, list[Person]]:
        """Numbers of people with applications, each with one digit left out."""
        index: dict[str, list[Person]] = defaultdict(list)
        for each in self.people:
            if each.applications:
                for shortened in _shortened(each.number):
                    index[shortened].append(each)
        return index

    @cached_property
    def _by_prefix(self) -> dict[str, list[Person]]:
        index: dict[str, list[Person]] = defaultdict(list)
        for each in self.people:
            if each.applications:
                index[each.number[:PREFIX]].append(each)
        return index

    @cached_property
    def _by_word(self) -> dict[str, list[Person]]:
        index: dict[str, list[Person]] = defaultdict(list)
        for each in self.people:
            if each.applications:
                for word in set(each.names):
                    index[word].append(each)
        return index

    @cached_property
    def by_id(self) -> dict[int, Person]:
        """Everybody by the id in the registry."""
        return {each.id: each for each in self.people}

    @cached_property
    def codebook(self) -> Codebook:
        """The reference codes of all applications."""
        return Codebook(self._by_code)

    def coded(self, code: str) -> list[Person]:
        """Whom a code names, each with the application that it is of; with none if cancelled."""
        return [
            replace(who, applications=() if meant is None else (meant,))
            for who, meant in self._by_code.get(code, ())
        ]

    @cached_property
    def _by_code(self) -> dict[str, list[tuple[Person, Application | None]]]:
        index: dict[str, list[tuple[Person, Application | None]]] = defaultdict(list)
        for each in self.people:
            for application in each.applications:
                if application.number:
                    code = reference.plain(reference.code(application.number))
                    index[code].append((each, application))
        for number, person_id in self._cancelled:
            code = reference.plain(reference.code(number))
            index[code].append((self.by_id[person_id], None))
        return dict(index)

    def within(self, digits: str) -> Iterator[Person]:
        """The people whose number is ``digits`` or stands inside a longer run of digits."""
        for start in range(len(digits) - tckn.LENGTH + 1):
            found = self.by_number.get(digits[start : start + tckn.LENGTH])
            if found is not None:
                yield found

    def one_slip_away(self, digits: str) -> list[Person]:
        """People with applications whose number is one slip from ``digits``."""
        keys = {digits, *_shortened(digits)} if len(digits) >= tckn.LENGTH else {digits}
        near = {each.id: each for key in keys for each in self._with_slip.get(key, ())}
        for key in keys & self.by_number.keys():
            if (each := self.by_number[key]).applications:
                near[each.id] = each
        return [each for each in near.values() if slips(digits, each.number, 1) <= 1]

    def beginning_with(self, digits: str) -> list[Person]:
        """People with applications whose number begins with ``digits``, at least six of them."""
        return [
            each
            for each in self._by_prefix.get(digits[:PREFIX], ())
            if each.number.startswith(digits)
        ]

    def named(self, words: Sequence[str]) -> list[Person]:
        """The people whose whole name these words are, in either order."""
        ended = self._ended_by(words)
        if not ended:
            return []
        wanted = sorted(words)
        joined = "".join(words)
        return [
            each
            for each in ended
            if sorted(names := each.names) == wanted or "".join(names) == joined
        ]

    def named_in_part(self, words: Sequence[str]) -> list[Person]:
        """The people whose name has all these words, a given name and a surname, and more."""
        return [
            each
            for each in self._ended_by(words)
            if len(each.names) > len(words) and set(words) <= set(each.names)
        ]

    def anybody_else(self, words: Sequence[str], people: Sequence[Person]) -> bool:
        """Whether two of the words may be a given name and a surname of somebody else.

        Both may be misspelt: who is meant by them is not in ``people``.
        """
        for last in words:
            for surname in self._surnames_like(last):
                for other in self._by_surname[surname]:
                    if other not in people and any(
                        word != last and (word == name or is_misspelling(word, name))
                        for word in words
                        for name in other.given
                    ):
                        return True
        return False

    @cached_property
    def _by_surname(self) -> dict[str, list[Person]]:
        index: dict[str, list[Person]] = defaultdict(list)
        for each in self.people:
            for surname in each.surname:
                index[surname].append(each)
        return index

    def _surnames_like(self, word: str) -> list[str]:
        """The surname that a word is, or those that it may be with a slip."""
        if word in self.surnames:
            return [word]
        like = self._likenesses.get(word)
        if like is None:
            like = [surname for surname in self.surnames if is_misspelling(word, surname)]
            self._likenesses[word] = like
        return like

    def _ended_by(self, words: Sequence[str]) -> list[Person]:
        keys = [(words[0], words[-1]), (words[-1], words[0])]
        if len(words) > 2:
            keys.append((words[0] + words[1], words[-1]))
        groups = [group for key in keys if (group := self._by_ends.get(key))]
        return list({each.id: each for group in groups for each in group}.values())

    def alike(self, words: Sequence[str], limit: int = 5) -> list[tuple[Person, float]]:
        """People with applications that share a word of their name with ``words``, likest first."""
        # a word that hundreds bear tells nothing by itself
        bearers = (self._by_word.get(word, ()) for word in dict.fromkeys(words))
        pool = {each.id: each for group in bearers if len(group) <= COMMON for each in group}
        text = " ".join(words)
        rated = [(each, likeness(" ".join(each.names), text)) for each in pool.values()]
        # the same order in every run: hashes of texts differ from one to the next
        rated.sort(key=lambda pair: (-pair[1], pair[0].id))
        return rated[:limit]


def _shortened(digits: str) -> set[str]:
    return {digits[:place] + digits[place + 1 :] for place in range(len(digits))}
