"""Registering people one by one, and finding them again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from esignctl.errors import NotFound, PersonAmbiguous, PersonKnown, ValueRejected
from esignctl.i18n import _
from esignctl.people.groups import group_key, group_name
from esignctl.registry import Connection, Registry, people
from esignctl.registry.people import Person
from esignctl.tables.columns import plain
from esignctl.text import tckn
from esignctl.text.folding import fold, tokens

_NAMED_AT_MOST = 5


def register(registry: Registry, command: str, person: Person) -> Person:
    """Add a person; returns it with its id. Raises `PersonKnown`, `ValueRejected`."""
    try:
        number = tckn.normalize(person.tckn)
    except ValueError:
        raise ValueRejected(
            what="TCKN", problem=_("it is no personal number, or its check digits are wrong")
        ) from None
    wanted = _tidy(replace(person, tckn=number))
    with registry.write(command) as transaction:
        if known := people.by_tckn(transaction.connection, number):
            raise PersonKnown(person=known.id)
        return people.add(transaction, [wanted])[0]


def correct(
    registry: Registry, command: str, who: str, details: Mapping[str, str | None]
) -> tuple[Person, Person]:
    """Write new details of a person, of those given; returns the person before and after."""
    with registry.write(command) as transaction:
        old = find(transaction.connection, who)
        given: dict[str, Any] = {
            name: value for name, value in details.items() if value is not None
        }
        new = _tidy(replace(old, **given))
        if new != old:
            people.change(transaction, [(old, new)])
        return old, new


def find(connection: Connection, who: str) -> Person:
    """The person meant by a personal number, a registry id, or a name that fits only one.

    A name fits when all its words are in the person's name, whatever the spelling of Turkish
    letters. Raises `NotFound` and `PersonAmbiguous`.
    """
    text = who.strip()
    found: Person | None = None
    if text.isdecimal() and len(text) < tckn.LENGTH:
        found = people.by_id(connection, int(text))
    elif not any(character.isalpha() for character in text):
        try:
            found = people.by_tckn(connection, tckn.normalize(text))
        except ValueError:
            found = None
    else:
        fitting = list(search(people.everyone(connection), text))
        if len(fitting) > 1:
            ids = [str(person.id) for person in fitting[:_NAMED_AT_MOST]]
            more = ["…"] if len(fitting) > _NAMED_AT_MOST else []
            raise PersonAmbiguous(count=len(fitting), ids=", ".join(ids + more))
        found = fitting[0] if fitting else None
    if found is None:
        raise NotFound(what=_("person"), name=tckn.mask_within(text), lookup="esignctl person list")
    return found


def search(
    persons: Iterable[Person], text: str = "", *, group: str = "", unit: str = ""
) -> list[Person]:
    """The persons whose name, unit or title holds all words of `text`, of a group and a unit."""
    words = set(tokens(text))
    units = set(tokens(unit))
    key = group_key(group)
    return [
        person
        for person in persons
        if (not key or group_key(person.group) == key)
        and (not units or units <= set(tokens(person.unit)))
        and (not words or words <= set(tokens(f"{person.name} {person.unit} {person.title}")))
    ]


def by_name(person: Person) -> tuple[str, str, int]:
    """What people are sorted by: surname and given names, then id."""
    return fold(person.surname), fold(person.given_names), person.id


def _tidy(person: Person) -> Person:
    """The person with single spaces and the group's key. Raises `ValueRejected`."""
    texts: dict[str, Any] = {name: plain(getattr(person, name)) for name in people.DETAILS}
    tidy = replace(person, **texts)
    for what, name in (("GIVEN_NAMES", tidy.given_names), ("SURNAME", tidy.surname)):
        if not any(character.isalpha() for character in name):
            raise ValueRejected(what=what, problem=_("a name needs a letter"))
    return replace(tidy, group=group_name(tidy.group))
