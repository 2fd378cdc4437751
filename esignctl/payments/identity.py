"""Who a description speaks of: the people it names, how surely, and what speaks against it.

A number speaks louder than a name, a name in the payer's own text louder than the sender's, and a
contradiction loudest. Doubt is never resolved here: it is named, and a person decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import combinations

from esignctl.payments.agreement import Agreement, belongs
from esignctl.payments.applicants import Person
from esignctl.payments.codes import Sighting, Spelling
from esignctl.payments.contradictions import is_contradicted, is_meant_for_others, is_woven
from esignctl.payments.description import Description
from esignctl.payments.directory import Directory
from esignctl.payments.learned import Lesson
from esignctl.payments.numbers import by_numbers, number_doubt, stranger_numbers
from esignctl.payments.others import (
    agrees,
    doubt_of_sender,
    foreign_places,
    goes_on,
    loose_end,
    may_be_cut,
    strangers,
    unexplained,
)
from esignctl.payments.scene import Mention, Scene, scene
from esignctl.text import tckn
from esignctl.text.folding import fold


class Tier(IntEnum):
    """What an identity rests on, weakest first."""

    NOTHING = 0
    LEARNED = 1
    SENDER = 2
    NAME = 3
    NUMBER = 4
    CODE = 5


Suspect = tuple[Person, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Identity:
    """The people that a payment is for.

    ``people`` are those it is for by the best evidence; ``besides`` are others whom the text
    names, and ``payers`` whom the sender's name fits; ``unexplained`` are the words of the text
    that belong to none of them. ``doubt`` is the reason code that forbids to post, if any;
    ``candidates`` are those among whom a person chooses, likest first, each with the reason codes
    that speak for and against just that one.
    """

    people: tuple[Person, ...] = ()
    besides: tuple[Person, ...] = ()
    payers: tuple[Person, ...] = ()
    tier: Tier = Tier.NOTHING
    reasons: tuple[str, ...] = ()
    doubt: str | None = None
    candidates: tuple[Suspect, ...] = ()
    unexplained: tuple[str, ...] = ()

    @property
    def by_code(self) -> bool:
        """Whether a reference code names somebody."""
        return any(reason.startswith("CODE-") for reason in self.reasons)


def identify(
    description: Description,
    directory: Directory,
    sightings: Sequence[Sighting] = (),
    lessons: Sequence[Lesson] = (),
) -> Identity:
    """The people that ``description`` speaks of.

    ``sightings`` are the reference codes that stood in it, ``lessons`` those that it recalls.
    """
    stage = scene(description.runs, directory)
    numbered, reasons = by_numbers(description.numbers, stage, directory)
    if coded := _by_codes(sightings, numbered, stage, directory):
        return _checked_codes(coded, numbered, reasons, description, stage, directory)
    if numbered:
        identity = _checked(tuple(numbered), tuple(reasons), description, stage, directory)
    else:
        identity = _by_names(description, stage, directory)
    return _recalled(identity, lessons, description, stage, directory) if lessons else identity


@dataclass(frozen=True, slots=True)
class _Coded:
    """Whom a code in the text may name, and the reason code of how it is spelt."""

    people: tuple[Person, ...]
    reason: str


def _by_codes(
    sightings: Sequence[Sighting],
    numbered: Sequence[Person],
    stage: Scene,
    directory: Directory,
) -> list[_Coded]:
    """Whom the codes in the text name. One with a slip means who still has to pay, if anybody."""
    found = []
    for sighting in sightings:
        people = [who for code in sighting.codes for who in directory.coded(code)]
        if sighting.spelling is not Spelling.EXACT:
            people = [who for who in people if who.payable] or people
        if sighting.is_short:
            people = [
                who for who in people if who in numbered or agrees(who, stage) >= Agreement.NEAR
            ]
        if people:
            found.append(_Coded(tuple(people), sighting.spelling.value))
    return found


def _checked_codes(
    coded: Sequence[_Coded],
    numbered: Sequence[Person],
    reasons: Sequence[str],
    description: Description,
    stage: Scene,
    directory: Directory,
) -> Identity:
    """The people named by codes, held against the numbers and names in the description."""
    by_application = {(who.id, who.applications): who for each in coded for who in each.people}
    named = by_application.values()
    others = [who for who in numbered if who not in named]
    people = (*named, *others)
    codes = tuple(dict.fromkeys(each.reason for each in coded))
    identity = _checked(
        people, (*codes, *reasons), description, stage, directory, trusted=not others
    )
    doubt = identity.doubt
    if any(len(each.people) > 1 for each in coded):
        doubt = "TIE"
    elif any(not who.applications for who in named):
        doubt = "CODE-CANCELLED"
    elif (
        others and any(who not in numbered and agrees(who, stage) < Agreement.FULL for who in named)
    ) or (doubt in ("NAME-CONTRADICTS", "NUMBER-UNKNOWN") and not numbered):
        doubt = "CODE-CONTRADICTS"
    whole = [directory.by_id[who.id] for who in named]
    return replace(
        identity,
        tier=Tier.NUMBER if others else Tier.CODE,
        doubt=doubt,
        candidates=identity.candidates + tuple((who, ("NAME-PARTIAL",)) for who in whole),
    )


def _checked(
    people: tuple[Person, ...],
    reasons: tuple[str, ...],
    description: Description,
    stage: Scene,
    directory: Directory,
    *,
    trusted: bool = False,
) -> Identity:
    """The people found by number, held against the names in the description.

    ``trusted`` where a reference code names them, which only their payment slip tells: then a
    sender whom nobody knows is no contradiction.
    """
    elsewhere = [
        mention
        for mention in stage.mentions
        if not any(who in mention.people for who in people)
        and not all(any(word in who.names for who in people) for word in mention.words)
        and (mention.is_sender or not is_woven(mention, people, stage))
    ]
    besides = [mention for mention in elsewhere if not mention.is_sender]
    foreign = foreign_places(stage, people, belongs)
    doubt = None
    if any(
        is_contradicted(who, people, elsewhere, foreign, stage, directory, trusted)
        for who in people
    ):
        doubt = "NAME-CONTRADICTS"
    elif any(len(mention.people) > 1 for mention in besides):
        doubt = "NAMESAKES"
    elif stranger_numbers(description.numbers, people):
        doubt = "NUMBER-UNKNOWN"
    elif is_meant_for_others(people, besides, foreign, stage):
        doubt = "OTHER-NAME"
    named = {who.id: _named(agrees(who, stage, elsewhere)) for who in people}
    against = () if doubt is None else (doubt,)
    candidates = [(who, (*reasons, *named[who.id], *against)) for who in people]
    candidates += [
        (who, ("NAME-SENDER" if mention.is_sender else "NAME-FULL", *against))
        for mention in elsewhere
        for who in mention.people
    ]
    reasons += max(named.values(), key=_NAMED.index)
    return Identity(
        people,
        tuple(_singles(besides)),
        tuple(_singles(mention for mention in elsewhere if mention.is_sender)),
        Tier.NUMBER,
        reasons,
        doubt,
        tuple(candidates),
        tuple(
            unexplained(stage, people, foreign, directory) or loose_end(stage, people, directory)
        ),
    )


_NAMED: tuple[tuple[str, ...], ...] = ((), ("NAME-PARTIAL",), ("NAME-FULL",))


def _named(level: Agreement) -> tuple[str, ...]:
    """The reason code of how far a name agrees."""
    return _NAMED[max(0, level - Agreement.GIVEN)]


def _recalled(
    identity: Identity,
    lessons: Sequence[Lesson],
    description: Description,
    stage: Scene,
    directory: Directory,
) -> Identity:
    """An identity with what was learned of such descriptions before.

    A lesson names somebody only where nothing else does. Whom the sender's name alone names beside
    another one of a lesson, both may be meant.
    """
    taught = {
        lesson.person: directory.by_id[lesson.person]
        for lesson in lessons
        if lesson.person in directory.by_id
    }
    payable = [who for who in taught.values() if who.payable]
    if identity.tier is Tier.NOTHING and identity.doubt != "NUMBER-UNKNOWN" and len(payable) == 1:
        return _taught(payable[0], lessons, description, stage, directory)
    reasons, doubt = identity.reasons, identity.doubt
    if taught and all(who.id in taught for who in identity.people):
        reasons += ("LEARNED",)
    elif payable and identity.tier is Tier.SENDER and doubt is None:
        doubt = "TIE"
    more = tuple((who, ("LEARNED",)) for who in taught.values())
    return replace(identity, reasons=reasons, doubt=doubt, candidates=identity.candidates + more)


def _taught(
    who: Person,
    lessons: Sequence[Lesson],
    description: Description,
    stage: Scene,
    directory: Directory,
) -> Identity:
    """The person that a lesson alone names."""
    told = {word for lesson in lessons for word in fold(lesson.phrase).split()}
    doubt = None
    if stage.is_on_behalf() or any(
        stage.text[place] not in told and not directory.is_surely_his(stage.text[place], who)
        for place in stage.strange
    ):
        doubt = "OTHER-NAME"
    elif description.breaks_off or may_be_cut(stage, [who], directory):
        doubt = "IDENTITY-WEAK"
    suspects: tuple[Suspect, ...] = ((who, ("LEARNED",) if doubt is None else ("LEARNED", doubt)),)
    return Identity((who,), (), (), Tier.LEARNED, ("LEARNED",), doubt, suspects)


def _by_names(description: Description, stage: Scene, directory: Directory) -> Identity:
    """The people whose whole names stand in the text or, failing that, as the sender's."""
    as_sender = stage.as_sender()
    in_text = [each for each in stage.in_text() if not _is_senders(each, as_sender)]
    mentions = in_text or as_sender
    if not mentions:
        return _guessed(description, stage, directory)
    people = _singles(mentions)
    payers = _singles(as_sender) if in_text else []
    named = [who for mention in mentions for who in mention.people]
    senders = [who for mention in as_sender for who in mention.people]
    rivals = [who for mention in mentions for who in _rivals(mention, senders, directory)]
    if not in_text:
        rivals += [who for mention in as_sender for who in _shorter(mention, stage, directory)]
    doubt: str | None = None
    if rivals or any(len(mention.people) > 1 for mention in mentions):
        doubt = "NAMESAKES"
    elif numbered := number_doubt(description, people, is_sender=not in_text):
        doubt = numbered
    elif (
        any(goes_on(mention, stage) for mention in in_text)
        or stage.is_on_behalf()
        or strangers(stage, named, directory)
    ):
        doubt = "OTHER-NAME"
    elif not in_text:
        doubt = doubt_of_sender(description, stage, named, directory)
    reasons = ("NAME-FULL",) if in_text else ("NAME-SENDER",)
    against = () if doubt is None else (doubt,)
    return Identity(
        tuple(people),
        (),
        tuple(who for who in payers if who not in people),
        Tier.NAME if in_text else Tier.SENDER,
        reasons,
        doubt,
        tuple((who, (*reasons, *against)) for who in named)
        + tuple((who, ("NAME-PARTIAL", *against)) for who in rivals),
    )


def _is_senders(mention: Mention, as_sender: Sequence[Mention]) -> bool:
    """Whether a name in the text is the sender's, shortened, though it is somebody else's whole.

    So it is where only the sender has something to pay.
    """
    return not any(who.payable for who in mention.people) and any(
        who.payable and who not in mention.people and set(mention.words) <= set(who.names)
        for sender in as_sender
        for who in sender.people
    )


def _guessed(description: Description, stage: Scene, directory: Directory) -> Identity:
    """Nobody is named wholly: whom a person would look at first."""
    words = [word for word in (*stage.sender, *stage.text) if not directory.is_talk(word)]
    near = [
        who
        for number in description.numbers
        if tckn.LENGTH - 1 <= len(number.digits) <= tckn.LENGTH + 1
        for who in directory.one_slip_away(number.digits)
    ]
    suspects: dict[int, Suspect] = {who.id: (who, ("NUMBER-NEAR",)) for who in near}
    for who, score in directory.alike(words) if words else ():
        if score >= 0.6:
            suspects.setdefault(who.id, (who, ("NAME-PARTIAL",)))
    doubt = "IDENTITY-WEAK" if suspects else "PERSON-UNKNOWN"
    reasons = tuple(dict.fromkeys(code for _who, codes in suspects.values() for code in codes))
    if stranger_numbers(description.numbers):
        doubt = "NUMBER-UNKNOWN"
    return Identity((), (), (), Tier.NOTHING, reasons, doubt, tuple(suspects.values()))


def _rivals(mention: Mention, senders: Sequence[Person], directory: Directory) -> list[Person]:
    """People with more names who may have left some out, and have something to pay."""
    longer = [who for who in senders if set(mention.words) < set(who.names)]
    return [
        who
        for who in (*directory.named_in_part(mention.words), *longer)
        if who.payable and who not in mention.people
    ]


def _shorter(mention: Mention, stage: Scene, directory: Directory) -> list[Person]:
    """People of fewer names than the sender whom a name typed in part may mean as well."""
    typed = set(mention.words).intersection(stage.text)
    parts = (
        part for size in range(2, len(mention.words)) for part in combinations(mention.words, size)
    )
    return [
        who
        for part in (parts if typed else ())
        if typed.issubset(part)
        for who in directory.named(part)
        if who.payable
    ]


def _singles(mentions: Iterable[Mention]) -> list[Person]:
    """The people of mentions that only one person can be meant by, each once."""
    found = {
        mention.people[0].id: mention.people[0] for mention in mentions if len(mention.people) == 1
    }
    return list(found.values())
