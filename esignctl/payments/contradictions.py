"""What of a description speaks against the people whom it names by number or code."""

from collections.abc import Sequence

from esignctl.payments.agreement import Agreement, agreement, belongs
from esignctl.payments.applicants import Person
from esignctl.payments.directory import Directory
from esignctl.payments.scene import Mention, Scene, without


def is_contradicted(
    who: Person,
    people: Sequence[Person],
    elsewhere: Sequence[Mention],
    strange: Sequence[int],
    stage: Scene,
    directory: Directory,
    trusted: bool,
) -> bool:
    """Whether a number is one person's and the name beside it another's.

    The payer's own text speaks first; the sender only where it names nobody. Of somebody who types
    several numbers the sender is nobody's namesake. ``strange`` are the places of words that may be
    the name of somebody else.
    """
    besides = [mention for mention in elsewhere if not mention.is_sender]
    level = agreement(who, without(stage.text, besides))
    if level >= Agreement.NEAR:
        return False
    foreign = [stage.text[place] for place in strange]
    by_sender = agreement(who, without(stage.sender, elsewhere)) >= Agreement.NEAR
    if besides or len(foreign) > 1:
        return True
    if level == Agreement.GIVEN:
        # one strange word beside the given name may be a married name, unless somebody bears both
        against = elsewhere if len(people) == 1 else besides
        names = [stage.text[place] for place in stage.strange]
        kin = {*who.names, *foreign}
        return not by_sender and bool(
            against
            or _may_be_surname(who, stage, directory)
            or _is_surname_there(who, strange, stage)
            or (len(people) == 1 and stage.strange_sender and kin.isdisjoint(stage.sender))
            or directory.anybody_else(names, people)
        )
    if by_sender:
        return any(map(directory.is_borne, foreign))
    if foreign:
        return True
    if len(people) > 1 or stage.is_on_behalf():
        return False
    if trusted:
        return any(other.payable for mention in elsewhere for other in mention.people)
    if any(other.payable for mention in elsewhere for other in mention.people):
        return True
    if not set(who.surname).isdisjoint(stage.sender):
        return False  # a relative pays
    return bool(elsewhere) or any(
        not belongs(stage.sender[place], who) for place in stage.strange_sender
    )


def _may_be_surname(who: Person, stage: Scene, directory: Directory) -> bool:
    """Whether all that agrees are given names that are surnames, too: Yılmaz says little."""
    return all(name in directory.surnames for name in who.given if name in stage.text)


def _is_surname_there(who: Person, strange: Sequence[int], stage: Scene) -> bool:
    """Whether a given name stands as the surname of somebody else: "Nazım Uğur" is no Uğur."""
    own = [place for place, word in enumerate(stage.text) if word in who.given]
    return bool(strange and own) and min(own) > min(strange)


def is_meant_for_others(
    people: Sequence[Person], besides: Sequence[Mention], foreign: Sequence[int], stage: Scene
) -> bool:
    """Whether the text speaks of somebody else too, whom the registry does not know."""
    unknown = set(foreign).difference(*(mention.places for mention in besides))
    sends = any(agreement(who, stage.sender) >= Agreement.NEAR for who in people)
    return stage.joins(unknown) or stage.is_for(unknown) or (sends and stage.is_on_behalf())


def is_woven(mention: Mention, people: Sequence[Person], stage: Scene) -> bool:
    """Whether a name is made of somebody's own, wholly written, with a further surname between.

    "Ayşe Turgut Kaya" for Ayşe Kaya is no Ayşe Turgut: the word they share stands there once.
    """
    return any(
        agreement(who, stage.text) == Agreement.FULL
        and any(word in who.names and stage.text.count(word) == 1 for word in mention.words)
        for who in people
    )
