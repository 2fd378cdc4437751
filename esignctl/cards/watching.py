"""What changes at the readers: events from one glance to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from esignctl.cards.model import Card, Reader, Service

EventKind = Literal[
    "service-up", "service-down", "reader-added", "reader-removed", "card-in", "card-out"
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `reader` is empty for the service, `card` None without one."""

    kind: EventKind
    reader: str = ""
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """The service and the readers at one moment."""

    service: Service
    readers: tuple[Reader, ...] = ()


def events(before: Glance | None, now: Glance) -> Iterator[Event]:
    """What happened since the glance `before`; with None, what is there already.

    A card that was changed for another one between two glances goes out and comes in, by the
    service's own count or by another ATR.
    """
    was_up = before is not None and before.service.available
    is_up = now.service.available
    old = {reader.name: reader for reader in before.readers} if before else {}
    new = {reader.name: reader for reader in now.readers}
    if is_up and not was_up:
        yield Event("service-up")
    for name, reader in old.items():
        if name not in new:
            if reader.card.present:
                yield Event("card-out", name)
            yield Event("reader-removed", name)
    for name, reader in new.items():
        yield from _at_reader(old.get(name), reader)
    if not is_up and (was_up or before is None):
        yield Event("service-down")


def _at_reader(old: Reader | None, new: Reader) -> Iterator[Event]:
    if old is None:
        yield Event("reader-added", new.name)
    was_in = old is not None and old.card.present
    exchanged = was_in and new.card.present and old is not None and _exchanged(old, new)
    if was_in and (exchanged or not new.card.present):
        yield Event("card-out", new.name)
    if new.card.present and (exchanged or not was_in):
        yield Event("card-in", new.name, new.card)


def _exchanged(old: Reader, new: Reader) -> bool:
    """Whether it is another card, or the same one after it was out; it may just have woken up."""
    if old.card.atr and new.card.atr and old.card.atr != new.card.atr:
        return True
    # the count goes up by one each time a card comes or goes
    return new.events - old.events >= _OUT_AND_IN


_OUT_AND_IN = 2
