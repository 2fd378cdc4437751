"""What an accepted payment teaches: which words of its description will mean the applicant again.

The sender's name, the sender's account and, where neither is told, the words that nobody could
place. Nothing is taught that would be no news: the applicant's own name speaks for itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from esignctl.i18n import N_
from esignctl.payments import description
from esignctl.payments.agreement import Agreement, agreement
from esignctl.payments.applicants import Person, person
from esignctl.payments.directory import Directory
from esignctl.payments.learned import Lesson, Lessons
from esignctl.payments.scene import scene
from esignctl.registry import Connection, Transaction
from esignctl.registry import learning as store
from esignctl.registry.payments import load_people
from esignctl.text import iban
from esignctl.text.folding import fold

Kind = Literal["payer", "account", "words"]

KINDS: dict[str, str] = {
    "payer": N_("sender's name"),
    "account": N_("sender's account"),
    "words": N_("words of the description"),
}
"""Every kind of lesson, for people."""

_FEWEST_WORDS, _FEWEST_LETTERS = 2, 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words, folded, that may mean somebody."""

    kind: Kind
    text: str


def teach(
    transaction: Transaction,
    movement_id: int,
    text: str,
    application_ids: Sequence[int],
    own_names: Sequence[str],
    own_iban: str | None,
) -> None:
    """Keep what accepting a payment for some applications teaches."""
    connection = transaction.connection
    directory = _everybody(connection)
    found = list(phrases(text, directory, own_names, own_iban))
    for person_id in store.persons_of(connection, application_ids):
        for each in found:
            if is_news(each, directory.by_id[person_id]):
                store.teach(transaction, person_id, each.text, each.kind, movement_id)


def recalled(connection: Connection, text: str) -> list[store.Lesson]:
    """The lessons whose words stand in a description."""
    known = store.lessons(connection)
    lessons = Lessons(Lesson(each.phrase, each.person_id) for each in known)
    told = {(each.phrase, each.person) for each in lessons.taught(fold(text))}
    return [each for each in known if (each.phrase, each.person_id) in told]


def phrases(
    text: str, directory: Directory, own_names: Sequence[str], own_iban: str | None
) -> Iterator[Phrase]:
    """What of a description may mean the same person again."""
    described = description.read(fold(text), [fold(name) for name in own_names])
    stage = scene(described.runs, directory)
    payer = " ".join(_once(stage.sender))
    if len(payer.replace(" ", "")) >= _FEWEST_LETTERS:
        yield Phrase("payer", payer)
    accounts = [each for each in iban.find(text) if each != own_iban]
    if len(accounts) == 1:
        yield Phrase("account", fold(accounts[0]))
    if not payer and not accounts:
        yield from _unplaced(stage.text, stage.strange, stage.breaks)


def is_news(phrase: Phrase, who: Person) -> bool:
    """Whether a phrase says more of somebody than their own name would."""
    return phrase.kind == "account" or agreement(who, phrase.text.split()) < Agreement.NEAR


def plain(phrase: str) -> str:
    """A phrase as it is kept: folded, with single spaces; an IBAN without any."""
    try:
        return fold(iban.normalize(phrase))
    except ValueError:
        return " ".join(fold(phrase).split())


def _once(words: Sequence[str]) -> Sequence[str]:
    """A name that stands twice in a row, as some banks and payers write it, once."""
    half = len(words) // 2
    return words[:half] if half and tuple(words[:half]) == tuple(words[half:]) else words


def _unplaced(
    words: Sequence[str], strange: Sequence[int], breaks: frozenset[int]
) -> Iterator[Phrase]:
    """Neighbouring words that are neither talk nor anybody's name."""
    run: list[str] = []
    last = -2
    for place in (*strange, len(words) + 1):
        if place != last + 1 or place in breaks:
            phrase = " ".join(run)
            if len(run) >= _FEWEST_WORDS and len(phrase.replace(" ", "")) >= _FEWEST_LETTERS:
                yield Phrase("words", phrase)
            run = []
        if place < len(words):
            run.append(words[place])
        last = place


def _everybody(connection: Connection) -> Directory:
    return Directory(
        [
            person(each.id, each.tckn, each.given_names, each.surname)
            for each in load_people(connection)
        ]
    )
