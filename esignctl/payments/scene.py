"""Who stands where in a description: the payer's text, the sender, and the names in both."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from esignctl.payments.applicants import Person
from esignctl.payments.description import Role, Run
from esignctl.payments.directory import LONGEST_NAME, Directory
from esignctl.payments.vocabulary import (
    HIS_RELATIVES,
    ON_BEHALF,
    RELATIVES,
    begins_talk,
    glued,
    is_glued_e,
    is_place,
    names_nobody,
)

LONGEST_SENDER = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A whole name in the text or in the sender's part, and everybody who bears it.

    ``start`` is the place of its first word in its part.
    """

    people: tuple[Person, ...]
    words: tuple[str, ...]
    start: int
    is_forward: bool
    is_sender: bool = False

    @property
    def end(self) -> int:
        """The place of the first word behind the name."""
        return self.start + len(self.words)

    @property
    def places(self) -> range:
        """The places of its words."""
        return range(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Scene:
    """The words of a description on their stage.

    ``strange`` are the places in ``text`` of the words that are neither talk nor of a place's name:
    they may be somebody's name. ``strange_sender`` are those in ``sender``. ``breaks`` are the
    places in ``text`` where a number or a strong punctuation mark stands before the word;
    ``is_open`` where none stands behind the last one.
    """

    text: tuple[str, ...]
    sender: tuple[str, ...]
    mentions: tuple[Mention, ...]
    strange: tuple[int, ...]
    strange_sender: tuple[int, ...]
    breaks: frozenset[int]
    is_open: bool = False

    def in_text(self) -> list[Mention]:
        """The names in the payer's text."""
        return [mention for mention in self.mentions if not mention.is_sender]

    def as_sender(self) -> list[Mention]:
        """The names in the sender's part."""
        return [mention for mention in self.mentions if mention.is_sender]

    def is_on_behalf(self) -> bool:
        """Whether the text says that the payment is for somebody whom it does not name wholly."""
        named = self.in_text()
        for place, word in enumerate(self.text):
            if word in ON_BEHALF and not self.text[max(0, place - 1)].startswith("kendi"):
                if not any(mention.end in (place, place - 1) for mention in named):
                    return True
            elif word.endswith(RELATIVES) and self.text[place + 1 : place + 2] == ("icin",):
                # "müracaatoğlum için": glued to the word before
                return True
            elif word.startswith(RELATIVES) and not any(
                mention.start in (place + 1, place + 2) and self._is_one(place, mention.start)
                for mention in named
            ):
                return True
        return not HIS_RELATIVES.isdisjoint(self.text)

    def is_for(self, others: Container[int]) -> bool:
        """Whether a "for" stands behind two words at places in ``others``."""
        return any(
            place - 1 in others and place - 2 in others and self._is_one(place - 2, place)
            for place, word in enumerate(self.text)
            if word == "icin" or word in ON_BEHALF
        )

    def joins(self, others: Container[int]) -> bool:
        """Whether an "and" joins words at some places in ``others`` with a name or a number."""
        for place, word in enumerate(self.text):
            if word in ("ve", "ile"):
                behind, before = range(place + 1, place + 3), range(place - 3, place)
                if any(each in others and self._is_one(place, each) for each in behind):
                    return True
                if (
                    place + 1 in self.strange
                    and self._is_one(place, place + 1)
                    and any(each in others and self._is_one(each, place) for each in before)
                ):
                    return True
        return False

    def _is_one(self, first: int, last: int) -> bool:
        """Whether nothing breaks the words from one place to another."""
        return self.breaks.isdisjoint(range(first + 1, last + 1))


def scene(runs: Sequence[Run], directory: Directory) -> Scene:
    """The words of ``runs``, with the whole names that ``directory`` finds in them."""
    text: list[str] = []
    sender: list[str] = []
    mentions: list[Mention] = []
    breaks: set[int] = set()
    is_open = False
    following: list[tuple[str, ...]] = [*(run.words[:1] for run in runs[1:]), ()]
    parted = [_unglued(*pair, directory) for pair in zip(runs, following, strict=False)]
    runs = _hyphenated_joined(parted, directory)
    last = len(runs) - 1
    for position, run in enumerate(runs):
        found = _mentions(run.words, directory)
        length = len(run.words)
        begin, end = 0, 0
        if run.role is Role.SENDER:
            end = length
        elif run.role is Role.SENDER_FIRST and position == 0:
            found = [
                each
                for each in found
                if each.is_forward
                or each.start >= LONGEST_SENDER
                or (each.start >= 2 and _is_ended(run, each.end, directory))
            ]
            end = _sender_length(run.words, {each.start: each for each in found})
        elif run.role is Role.SENDER_LAST and position == last:
            found = [
                each
                for each in found
                if each.is_forward
                or each.end <= length - LONGEST_SENDER
                or (each.end <= length - 2 and _is_begun(run.words, each.start, directory))
            ]
            begin, end = length, length
            begin -= _sender_length(run.words[::-1], {length - each.end: each for each in found})
        for each in found:
            if not begin <= each.start < end:
                skipped = end - begin if each.start >= end else 0
                start = len(text) + each.start - skipped
                mentions.append(Mention(each.people, each.words, start, each.is_forward))
            elif each.is_forward:  # banks write a sender's given name first
                start = len(sender) + each.start - begin
                mentions.append(Mention(each.people, each.words, start, True, is_sender=True))
        sender.extend(run.words[begin:end])
        breaks.add(len(text))
        if begin > 0 or end < length:
            is_open = not run.is_ended
        text.extend(run.words[:begin] + run.words[end:])
    named = {place for mention in mentions if not mention.is_sender for place in mention.places}
    explained = _places(text) - named
    is_open = is_open and len(text) - 1 not in explained
    if text and (len(text[-1]) < 3 or begins_talk(text[-1])):
        explained.add(len(text) - 1)
    return Scene(
        tuple(text),
        tuple(sender),
        tuple(mentions),
        tuple(
            place
            for place, word in enumerate(text)
            if place not in explained and not directory.is_talk(word)
        ),
        tuple(place for place, word in enumerate(sender) if not directory.is_talk(word)),
        frozenset(breaks),
        is_open,
    )


def _is_ended(run: Run, end: int, directory: Directory) -> bool:
    """Whether a name that ends before ``end`` ends there for certain, and no other goes on."""
    return directory.is_talk(run.words[end]) if end < len(run.words) else run.is_ended


def _is_begun(words: Sequence[str], start: int, directory: Directory) -> bool:
    """Whether a name that begins at ``start`` begins there for certain."""
    return start == 0 or directory.is_talk(words[start - 1])


def without(words: Sequence[str], mentions: Iterable[Mention]) -> list[str]:
    """The words that are left when those of some names are taken out."""
    left = list(words)
    for mention in mentions:
        for word in mention.words:
            if word in left:
                left.remove(word)
    return left


def _unglued(run: Run, following: Sequence[str], directory: Directory) -> Run:
    """A run with words parted that are glued: names to talk, and talk to talk.

    ``following`` is the first word of the next run.
    """
    words: list[str] = []
    for word, after in zip(run.words, (*run.words[1:], *following, ""), strict=False):
        if is_glued_e(word, after) and _is_name(word[:-1], word, directory):
            words += word[:-1], "e"
            continue
        if len(word) < 5 or directory.is_talk(word) or directory.is_borne(word):
            words.append(word)
            continue
        for place in glued(word):
            parts = word[:place], word[place:]
            if all(directory.is_borne_whole(part) or names_nobody(part) for part in parts):
                words += parts
                break
        else:
            words.append(word)
    return run if len(words) == len(run.words) else replace(run, words=tuple(words))


def _is_name(word: str, glued: str, directory: Directory) -> bool:
    return directory.is_borne_whole(word) and not directory.is_borne_whole(glued)


def _hyphenated_joined(runs: Sequence[Run], directory: Directory) -> Sequence[Run]:
    """The runs, with those joined that a hyphen within somebody's surname breaks."""
    if not any(run.hyphenated for run in runs):
        return runs
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else run
        if run.hyphenated and directory.are_one_surname(before.words[-1], run.words[0]):
            joined[-1] = replace(run, words=before.words + run.words, hyphenated=before.hyphenated)
        else:
            joined.append(run)
    return joined


def _places(text: Sequence[str]) -> set[int]:
    """The places of words that name a place: "3 nolu Yeşilova ASM", "Yeşilova Devlet Hastanesi"."""
    places: set[int] = set()
    for place, word in enumerate(text):
        if word == "nolu":
            heads = (each for each in range(place + 1, len(text)) if is_place(text[each]))
            head = next(heads, place + 1)
            places.update(range(place, head + 1) if head < place + 5 else (place, place + 1))
        elif is_place(word):
            before = place - 1
            while before > 0 and (names_nobody(text[before]) or text[before] == "devlet"):
                before -= 1
            places.update(range(before, place + 1))
    return places


def _sender_length(words: Sequence[str], at: Mapping[int, Mention]) -> int:
    """How many of the first words are the sender's name, with the text running on after it.

    A name of the registry that begins there is the sender's; one that begins later ends it.
    Else the words go as far as they can be names. ``at`` holds near the place where one ends and
    the other begins only forward names and those that talk or a number bounds: over it, a surname
    and a given name make a false one.
    """
    if 0 in at:
        return len(at[0].words)
    later = [start for start in at if 2 <= start <= LONGEST_SENDER]
    if later:
        return min(later)
    length = min(len(words), 2)
    if "ve" in words[: LONGEST_SENDER + 3]:
        return length  # the name before an "and" is of the text
    while length < min(len(words), LONGEST_SENDER) and not names_nobody(words[length]):
        length += 1
    return length


def _mentions(words: tuple[str, ...], directory: Directory) -> list[Mention]:
    """The whole names in a run of words; where two overlap the longer, then the forward one."""
    found = []
    # a name begins and ends with a word that somebody bears
    borne = [place for place, word in enumerate(words) if directory.is_borne(word)]
    for start, last in combinations(borne, 2):
        end = last + 1
        if end - start <= LONGEST_NAME:
            window = words[start:end]
            if people := directory.named(window):
                forward = any(window[-1] == who.surname[-1] for who in people)
                mention = Mention(tuple(people), window, start, forward)
                found.append((start - end, not forward, start, mention))
    if len(found) < 2:
        return [mention for *_rank, mention in found]
    chosen: list[Mention] = []
    taken: set[int] = set()
    for *_rank, mention in sorted(found, key=lambda each: each[:3]):
        if taken.isdisjoint(mention.places):
            taken.update(mention.places)
            chosen.append(mention)
    return sorted(chosen, key=lambda mention: mention.start)
