"""Who a description speaks of: the people it names, how surely, and what speaks against it.

A number speaks louder than a name, a name in the payer's own text louder than the sender's, and a
contradiction loudest. Doubt is never resolved here: it is named, and a person decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import combinations

from esignctl.payments.description import Description, Number, Role, Run
from esignctl.payments.directory import (
    LONGEST_NAME,
    PREFIX,
    Agreement,
    Directory,
    Person,
    agreement,
    belongs,
)
from esignctl.payments.vocabulary import is_whole, names_nobody
from esignctl.text import tckn
from esignctl.text.similarity import slips

LONGEST_SENDER = 4

_BEHIND_A_NAME = frozenset(("adina", "namina", "hesabina", "yerine", "icin"))
_RELATIVES = ("esim", "kizim", "oglum", "babam", "annem", "kardesim", "arkadasim")
# "Ali Kaya'nın eşi" is somebody else than Ali Kaya
_HIS_RELATIVES = frozenset(("esi", "kizi", "oglu", "babasi", "annesi", "kardesi"))


class Tier(IntEnum):
    """What an identity rests on, weakest first."""

    NOTHING = 0
    SENDER = 1
    NAME = 2
    NUMBER = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """The people that a payment is for.

    ``people`` are those it is for by the best evidence; ``besides`` are others whom the text
    names, and ``payers`` whom the sender's name fits; ``unexplained`` are the words of the text
    that belong to none of them. ``doubt`` is the reason code that forbids to post, if any;
    ``candidates`` are those among whom a person chooses, likest first.
    """

    people: tuple[Person, ...] = ()
    besides: tuple[Person, ...] = ()
    payers: tuple[Person, ...] = ()
    tier: Tier = Tier.NOTHING
    reasons: tuple[str, ...] = ()
    doubt: str | None = None
    candidates: tuple[tuple[Person, float], ...] = ()
    unexplained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A whole name in a run of words, and everybody who bears it."""

    people: tuple[Person, ...]
    words: tuple[str, ...]
    start: int
    is_forward: bool
    is_sender: bool = False


@dataclass(frozen=True, slots=True)
class _Scene:
    """The words of a description on their stage: the payer's text, the sender, names in both."""

    text: tuple[str, ...]
    sender: tuple[str, ...]
    mentions: tuple[_Mention, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return self.sender + self.text

    def in_text(self) -> list[_Mention]:
        return [mention for mention in self.mentions if not mention.is_sender]

    def as_sender(self) -> list[_Mention]:
        return [mention for mention in self.mentions if mention.is_sender]


def identify(description: Description, directory: Directory) -> Identity:
    """The people that ``description`` speaks of."""
    scene = _scene(description.runs, directory)
    numbered, reasons = _by_numbers(description.numbers, scene, directory)
    if numbered:
        return _checked(description, tuple(numbered), tuple(reasons), scene, directory)
    return _by_names(description, scene, directory)


def _by_numbers(
    numbers: Sequence[Number], scene: _Scene, directory: Directory
) -> tuple[list[Person], list[str]]:
    """The people whose numbers stand in the text, exactly or with a slip that the name excuses."""
    found: dict[int, Person] = {}
    reasons: dict[str, None] = {}
    for number in numbers:
        for who in directory.within(number.digits):
            found[who.id] = who
            reasons["NUMBER-EXACT"] = None
    for number in numbers:
        digits = number.digits
        if any(who.number in digits or digits in who.number for who in found.values()):
            continue
        # a valid number that is one slip away may be somebody else's: then the name must be whole
        level = Agreement.FULL if tckn.is_valid(digits) else Agreement.NEAR
        if tckn.LENGTH - 1 <= len(digits) <= tckn.LENGTH + 1:
            near, code = directory.one_slip_away(digits), "NUMBER-CORRECTED"
            if not near and len(digits) < tckn.LENGTH:
                near, code = directory.beginning_with(digits), "NUMBER-CUT"
        elif PREFIX <= len(digits) < tckn.LENGTH - 1:
            near, code = directory.beginning_with(digits), "NUMBER-CUT"
        else:
            continue
        agreeing = [who for who in near if _agreement(who, scene) >= level]
        if len(agreeing) == 1 and agreeing[0].id not in found:
            found[agreeing[0].id] = agreeing[0]
            reasons[code] = None
    return list(found.values()), list(reasons)


def _checked(
    description: Description,
    people: tuple[Person, ...],
    reasons: tuple[str, ...],
    scene: _Scene,
    directory: Directory,
) -> Identity:
    """The people found by number, held against the names in the description."""
    # somebody who types several numbers is nobody's namesake: then only the text can contradict
    foreign = _foreign(scene.words if len(people) == 1 else scene.text, people, directory)
    elsewhere = [
        mention
        for mention in scene.mentions
        if not any(who in mention.people for who in people)
        and not all(any(belongs(word, who) for who in people) for word in mention.words)
    ]
    elsewhere = [
        mention
        for mention in elsewhere
        if mention.is_sender or not _is_woven(mention, people, scene)
    ]
    levels = [_agreement(who, scene, elsewhere) for who in people]
    besides = [mention for mention in elsewhere if not mention.is_sender]
    against = elsewhere if len(people) == 1 else besides
    doubt = None
    for level in levels:
        if level == Agreement.GIVEN:
            # one strange word beside the given name may be a married name, two are another's
            named_otherwise = (
                bool(against)
                or len(_foreign(scene.text, people, directory)) > 1
                or directory.anybody_else(scene.text, people)
            )
        else:
            named_otherwise = bool(foreign or against)
        if level <= Agreement.GIVEN and named_otherwise:
            doubt = "NAME-CONTRADICTS"
    if doubt is None and any(len(mention.people) > 1 for mention in besides):
        doubt = "NAMESAKES"
    doubt = doubt or _meant_for_others(description, people, scene, directory)
    best = max(levels)
    if best >= Agreement.NEAR:
        reasons += ("NAME-FULL" if best == Agreement.FULL else "NAME-PARTIAL",)
    candidates = [(who, 0.99 if doubt is None else 0.6) for who in people]
    candidates += [(who, 0.4) for mention in elsewhere for who in mention.people]
    return Identity(
        people,
        tuple(_singles(besides)),
        tuple(_singles(mention for mention in elsewhere if mention.is_sender)),
        Tier.NUMBER,
        reasons,
        doubt,
        tuple(candidates),
        tuple(_unexplained(scene.text, people, directory)),
    )


def _agreement(who: Person, scene: _Scene, others: Iterable[_Mention] = ()) -> Agreement:
    """How far the text or the sender agrees with somebody's name, the words of others left out.

    Never both together: a given name in the text and the surname of the sender are no name.
    """
    others = list(others)
    return max(agreement(who, _without(part, others)) for part in (scene.text, scene.sender))


def _meant_for_others(
    description: Description, people: Sequence[Person], scene: _Scene, directory: Directory
) -> str | None:
    """Why the numbers may be payers' who pay for somebody whom the registry does not know."""
    stranger_numbers = any(
        not any(directory.within(digits)) for digits in _stranger_numbers(description.numbers)
    )
    if stranger_numbers and any(_agreement(who, scene) < Agreement.NEAR for who in people):
        return "NUMBER-CONTRADICTS"
    foreign = set(_foreign(scene.text, people, directory))
    if any(
        run.words[place] in _BEHIND_A_NAME and foreign.issuperset(run.words[place - 2 : place])
        for run in description.runs
        for place in range(2, len(run.words))
    ):
        return "OTHER-NAME"
    sends = any(agreement(who, scene.sender) >= Agreement.NEAR for who in people)
    named = any(agreement(who, scene.text) >= Agreement.GIVEN for who in people)
    if sends and foreign and (description.on_behalf or not named):
        pairs = zip(scene.text, scene.text[1:], strict=False)
        if description.on_behalf or any(
            foreign.issuperset(pair) and min(map(len, pair)) > 2 for pair in pairs
        ):
            return "OTHER-NAME"
    if sends and any(word.startswith(_RELATIVES) for word in scene.text):
        return "OTHER-NAME"
    return None


def _without(words: Sequence[str], mentions: Iterable[_Mention]) -> list[str]:
    """The words that are left when those of other people's whole names are taken out."""
    left = list(words)
    for mention in mentions:
        for word in mention.words:
            if word in left:
                left.remove(word)
    return left


def _is_woven(mention: _Mention, people: Sequence[Person], scene: _Scene) -> bool:
    """Whether a name is made of somebody's own, wholly written, with a further surname between.

    "Ayşe Turgut Kaya" for Ayşe Kaya is no Ayşe Turgut: the word they share stands there once.
    """
    return any(
        agreement(who, scene.text) == Agreement.FULL
        and any(word in who.names and scene.text.count(word) == 1 for word in mention.words)
        for who in people
    )


def _by_names(description: Description, scene: _Scene, directory: Directory) -> Identity:
    """The people whose whole names stand in the text or, failing that, as the sender's."""
    in_text, as_sender = scene.in_text(), scene.as_sender()
    mentions, tier = (in_text, Tier.NAME) if in_text else (as_sender, Tier.SENDER)
    if not mentions:
        return _guessed(description, scene, directory)
    people = _singles(mentions)
    payers = _singles(as_sender) if in_text else []
    reasons = ("NAME-FULL",) if tier is Tier.NAME else ("NAME-SENDER",)
    named = [who for mention in mentions for who in mention.people]
    doubt: str | None = None
    if any(len(mention.people) > 1 or _rivals(mention, directory) for mention in mentions):
        doubt = "NAMESAKES"
    elif number_doubt := _number_doubt(description, people):
        doubt = number_doubt
    elif (
        not _HIS_RELATIVES.isdisjoint(scene.text)
        or _strangers(scene, named, directory)
        or (
            tier is Tier.SENDER
            # every word of a sender's name must be the applicant's: Mehmet Ali Kaya is no Ali Kaya
            and (description.on_behalf or _foreign(scene.sender, named, directory))
        )
    ):
        doubt = "OTHER-NAME"
    elif tier is Tier.SENDER and _may_be_cut(scene.text, named):
        doubt = "IDENTITY-WEAK"
    rivals = [who for mention in mentions for who in _rivals(mention, directory)]
    return Identity(
        tuple(people),
        (),
        tuple(who for who in payers if who not in people),
        tier,
        reasons,
        doubt,
        tuple((who, 0.8 / len(named)) for who in named) + tuple((who, 0.3) for who in rivals),
    )


def _guessed(description: Description, scene: _Scene, directory: Directory) -> Identity:
    """Nobody is named wholly: whom a person would look at first."""
    words = [word for word in scene.words if not directory.is_talk(word)]
    near = [
        who
        for number in description.numbers
        if tckn.LENGTH - 1 <= len(number.digits) <= tckn.LENGTH + 1
        for who in directory.one_slip_away(number.digits)
    ]
    rated = {who.id: (who, 0.5) for who in near}
    for who, score in directory.alike(words) if words else ():
        if score >= 0.6:
            rated.setdefault(who.id, (who, round(score * 0.5, 2)))
    doubt = "IDENTITY-WEAK" if rated else "PERSON-UNKNOWN"
    reasons = ("NAME-PARTIAL",) if rated else ()
    if _stranger_numbers(description.numbers):
        doubt = "NUMBER-UNKNOWN"
    return Identity((), (), (), Tier.NOTHING, reasons, doubt, tuple(rated.values()))


def _rivals(mention: _Mention, directory: Directory) -> list[Person]:
    """People with a further middle name who may have left it out, and have something to pay."""
    return [
        who
        for who in directory.named_in_part(mention.words)
        if who.payable and who not in mention.people
    ]


def _number_doubt(description: Description, people: Sequence[Person]) -> str | None:
    """A number that is somebody else's, beside a whole name."""
    if _stranger_numbers(description.numbers):
        return "NUMBER-CONTRADICTS"
    for number in description.numbers:
        marked = f"tc {number.digits}" in description.folded.replace(":", " ").replace(".", "")
        if (
            number.firm
            and len(number.digits) == tckn.LENGTH
            and number.digits[0] != "0"
            and (marked or len(people) > 1)
            and all(slips(number.digits, who.number, 3) > 3 for who in people)
        ):
            return "NUMBER-CONTRADICTS"
    return None


def _stranger_numbers(numbers: Iterable[Number]) -> list[str]:
    """Valid personal numbers, written as one, that the registry does not know."""
    return [each.digits for each in numbers if each.firm and tckn.is_valid(each.digits)]


def _foreign(words: Iterable[str], people: Sequence[Person], directory: Directory) -> list[str]:
    """The words that may be the name of somebody other than ``people``."""
    return [
        word
        for word in words
        if not directory.is_talk(word) and not any(belongs(word, who) for who in people)
    ]


def _unexplained(words: Sequence[str], people: Sequence[Person], directory: Directory) -> list[str]:
    """The foreign words, but for one beside a name of theirs that is a surname: people marry."""
    own = {name for who in people for name in who.names}
    foreign = set(_foreign(words, people, directory))
    last = len(words) - 1
    return [
        word
        for place, word in enumerate(words)
        if word in foreign
        and not (place == last and len(word) < 4)  # cut off by the bank
        and not (
            word in directory.surnames and own.intersection(words[max(0, place - 1) : place + 2])
        )
    ]


def _may_be_cut(text: Sequence[str], people: Sequence[Person]) -> bool:
    """Whether the payer's text may have gone on, with the name of somebody else behind."""
    if not text or is_whole(text[-1]):
        return False
    return not any(
        belongs(text[-1], who) or any(name.startswith(text[-1]) for name in who.names)
        for who in people
    )


def _strangers(scene: _Scene, named: Sequence[Person], directory: Directory) -> list[str]:
    """The words of the text that may name somebody else than those named in it.

    Who sends under the very name that is registered may write a second surname in the text.
    """
    senders = {who.id for mention in scene.as_sender() for who in mention.people}
    if all(who.id in senders and agreement(who, scene.text) == Agreement.FULL for who in named):
        return _unexplained(scene.text, named, directory)
    return _foreign(scene.text, named, directory)


def _singles(mentions: Iterable[_Mention]) -> list[Person]:
    """The people of mentions that only one person can be meant by, each once."""
    found = {
        mention.people[0].id: mention.people[0] for mention in mentions if len(mention.people) == 1
    }
    return list(found.values())


def _scene(runs: Sequence[Run], directory: Directory) -> _Scene:
    text: list[str] = []
    sender: list[str] = []
    mentions: list[_Mention] = []
    last = len(runs) - 1
    for position, run in enumerate(runs):
        found = _mentions(run.words, directory)
        length = len(run.words)
        begin, end = 0, 0
        if run.role is Role.SENDER:
            end = length
        elif run.role is Role.SENDER_FIRST and position == 0:
            found = [each for each in found if each.is_forward or each.start >= LONGEST_SENDER]
            end = _sender_length(run.words, {each.start: each for each in found})
        elif run.role is Role.SENDER_LAST and position == last:
            found = [
                each
                for each in found
                if each.is_forward or each.start + len(each.words) <= length - LONGEST_SENDER
            ]
            begin, end = length, length
            begin -= _sender_length(
                run.words[::-1], {length - each.start - len(each.words): each for each in found}
            )
        sender.extend(run.words[begin:end])
        text.extend(run.words[:begin] + run.words[end:])
        mentions.extend(
            replace(each, is_sender=begin <= each.start < end)
            for each in found
            # banks write a sender's given name first
            if each.is_forward or not begin <= each.start < end
        )
    return _Scene(tuple(text), tuple(sender), tuple(mentions))


def _sender_length(words: Sequence[str], at: Mapping[int, _Mention]) -> int:
    """How many of the first words are the sender's name, with the text running on after it.

    A name of the registry that begins there is the sender's; one that begins later ends it.
    Else the words go as far as they can be names. ``at`` holds only forward names near the place
    where one ends and the other begins: over it, a surname and a given name make a false one.
    """
    if 0 in at:
        return len(at[0].words)
    later = [start for start in at if 2 <= start <= LONGEST_SENDER]
    if later:
        return min(later)
    length = min(len(words), 2)
    while length < min(len(words), LONGEST_SENDER) and not names_nobody(words[length]):
        length += 1
    return length


def _mentions(words: Sequence[str], directory: Directory) -> list[_Mention]:
    """The whole names in a run of words; where two overlap the longer, then the forward one."""
    found = []
    # a name begins and ends with a word that somebody bears
    borne = [place for place, word in enumerate(words) if directory.is_borne(word)]
    for start, last in combinations(borne, 2):
        end = last + 1
        if end - start <= LONGEST_NAME:
            window = tuple(words[start:end])
            if people := directory.named(window):
                forward = any(window[-1] == who.surname[-1] for who in people)
                mention = _Mention(tuple(people), window, start, forward)
                found.append((start - end, not forward, start, mention))
    chosen: list[_Mention] = []
    taken: set[int] = set()
    for _length, _backward, start, mention in sorted(found, key=lambda each: each[:3]):
        places = set(range(start, start + len(mention.words)))
        if not places & taken:
            taken |= places
            chosen.append(mention)
    return sorted(chosen, key=lambda mention: mention.start)
