"""Which words of a description may speak of somebody else than those found in it.

Words that nothing explains, names that go on, and texts cut off before they name anybody.
"""

from collections.abc import Callable, Iterable, Sequence

from esignctl.payments.agreement import Agreement, agreement, belongs
from esignctl.payments.applicants import Person
from esignctl.payments.description import Description
from esignctl.payments.directory import Directory
from esignctl.payments.scene import Mention, Scene, without
from esignctl.payments.vocabulary import is_province, is_whole, may_begin_other, names_nobody


def agrees(who: Person, stage: Scene, others: Iterable[Mention] = ()) -> Agreement:
    """How far the text or the sender agrees with somebody's name, the words of others left out.

    Never both together: a given name in the text and the surname of the sender are no name.
    """
    others = list(others)
    return max(agreement(who, without(part, others)) for part in (stage.text, stage.sender))


def foreign_places(
    stage: Scene, people: Sequence[Person], is_own: Callable[[str, Person], bool]
) -> list[int]:
    """The places in the text of words that may be the name of somebody other than ``people``."""
    return [
        place
        for place in stage.strange
        if not any(is_own(stage.text[place], who) for who in people)
    ]


def unexplained(
    stage: Scene, people: Sequence[Person], foreign: Iterable[int], directory: Directory
) -> list[str]:
    """The foreign words, but for one beside a name of theirs that is a surname: people marry."""
    return [
        stage.text[place] for place in foreign if not _is_married(stage, place, people, directory)
    ]


def loose_end(stage: Scene, people: Sequence[Person], directory: Directory) -> list[str]:
    """The last word, if it is cut off and may be the beginning of another purpose."""
    *_rest, before, last = "", "", *stage.text
    is_name = (
        last in directory.surnames
        or any(belongs(last, who) for who in people)
        or any(name.startswith(last) for who in people for name in who.names if len(last) > 1)
    )
    begins = may_begin_other(last) or f"{before} {last}" in ("ilk y", "imza s", "ilk ya")
    return [last] if stage.is_open and begins and not is_name else []


def _is_married(stage: Scene, place: int, people: Sequence[Person], directory: Directory) -> bool:
    """Whether a word is in all likelihood a further surname of these people, or nothing at all.

    It is a surname of the registry, or the beginning of one where the bank cut it off, beside a
    name of theirs, or stands between two of their names.
    """
    own = {name for who in people for name in who.names}
    text, word = stage.text, stage.text[place]
    is_last = place == len(text) - 1
    if is_last and len(word) < 4:
        return True
    beside = own.intersection(text[max(0, place - 1) : place + 2])
    if not beside:
        return False
    if place > 0 and not is_last and text[place - 1] in own and text[place + 1] in own:
        return True
    return word in directory.surnames or (
        is_last and len(word) >= 5 and directory.begins_surname(word)
    )


def strangers(stage: Scene, named: Sequence[Person], directory: Directory) -> list[str]:
    """The words of the text that may name somebody else than those named in it.

    Who sends under the very name that is registered may write a second surname in the text, or
    write the own name wrongly.
    """
    foreign = foreign_places(stage, named, directory.is_surely_his)
    last = len(stage.text) - 1
    if foreign and _ends_in_name(stage.text, named):
        foreign = [place for place in foreign if place != last]
    senders = {who.id for mention in stage.as_sender() for who in mention.people}
    if _is_longer(stage) or any(who.id not in senders for who in named):
        return [stage.text[place] for place in foreign]
    if all(agreement(who, stage.text) == Agreement.FULL for who in named):
        return unexplained(stage, named, foreign, directory)
    return [
        stage.text[place]
        for place in foreign
        if not any(_is_miswritten(stage, place, who, directory) for who in named)
        and not (place == last and _begins_own_name(stage.text, named))
    ]


def _is_miswritten(stage: Scene, place: int, who: Person, directory: Directory) -> bool:
    """Whether a word is the sender's own name, written wrongly beside the rest of it.

    It may be cut short too, unless somebody is called so: Emin may be Emine's husband.
    """
    word = stage.text[place]
    return (
        belongs(word, who)
        and not directory.is_borne_whole(word)
        and f"{word}e" not in who.given
        and f"{word}a" not in who.given
        and agreement(who, stage.text) >= Agreement.NEAR
    )


def _begins_own_name(text: Sequence[str], people: Sequence[Person]) -> bool:
    """Whether a text ends with the beginning of one of these people's given names.

    Three letters tell it, or one behind the given name before it.
    """
    *_rest, before, last = "", *text
    return any(
        name.startswith(last) and (len(last) >= 3 or (place > 0 and who.names[place - 1] == before))
        for who in people
        for place, name in enumerate(who.names)
        if place < len(who.given) or len(last) < 3
    )


def doubt_of_sender(
    description: Description, stage: Scene, named: Sequence[Person], directory: Directory
) -> str | None:
    """What forbids to take the sender, whom the text does not name, for the applicant."""
    # the surname alone in the text is a relative's
    if _is_longer(stage) or any(agreement(who, stage.text) == Agreement.SURNAME for who in named):
        return "OTHER-NAME"
    if description.recites or all(agreement(who, stage.text) >= Agreement.NEAR for who in named):
        return None
    if stage.text and _begins_own_name(stage.text, named):
        return None
    if description.breaks_off or may_be_cut(stage, named, directory):
        return "IDENTITY-WEAK"
    return None


def _is_longer(stage: Scene) -> bool:
    """Whether the sender has more names than those found: Mehmet Ali Kaya is no Ali Kaya."""
    return any(
        is_province(word) or not names_nobody(word)
        for word in without(stage.sender, stage.as_sender())
    )


def may_be_cut(stage: Scene, people: Sequence[Person], directory: Directory) -> bool:
    """Whether the payer's text may have gone on, with the name of somebody else behind."""
    text = stage.text
    if not stage.is_open or is_whole(text[-1]):
        return False
    return not _ends_in_name(text, people) and not any(
        directory.is_surely_his(text[-1], who) for who in people
    )


def _ends_in_name(text: Sequence[str], people: Sequence[Person]) -> bool:
    """Whether the text ends with a surname of these people, or with the beginning of one.

    A given name says it only where the surname stands there too: it is cut before another else.
    """
    return any(
        name.startswith(text[-1])
        for who in people
        for name in (who.names if set(who.surname) & set(text) else who.surname)
    )


def goes_on(mention: Mention, stage: Scene) -> bool:
    """Whether a name in the text is the beginning of the sender's, the rest of it cut off."""
    rest = stage.text[mention.end : mention.end + 1]
    length = len(mention.words)
    return any(
        stage.sender[place : place + length] == mention.words
        and bool(rest)
        and stage.sender[place + length].startswith(rest[0])
        for place in range(len(stage.sender) - length)
    )
