"""Which token is in which reader, and what its certificates say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from esignctl import certificates
from esignctl.cards.model import Card, CardKind, Observation, PinState, Reader, Token
from esignctl.cards.readers import belongs
from esignctl.certificates import Certificate, NotACertificate

_WORST_FIRST: Final[tuple[PinState, ...]] = ("locked", "final", "low", "not-set", "ok", "unknown")


@dataclass(frozen=True, slots=True)
class Slot:
    """A reader with what was read from its card; `in_pcsc` is False for a token without reader."""

    reader: Reader
    token: Token | None = None
    certificates: tuple[Certificate, ...] = ()
    in_pcsc: bool = True


def slots(observation: Observation) -> list[Slot]:
    """Every reader with its token and certificates, then tokens that are in no reader of PC/SC."""
    tokens = [
        token
        for module in observation.modules
        for token in module.tokens
        if not any(belongs(token.slot, name) for name in observation.other_readers)
    ]
    found = []
    for reader in observation.readers:
        ours = [token for token in tokens if belongs(token.slot, reader.name)]
        tokens = [token for token in tokens if token not in ours]
        found.append(_slot(reader, ours))
    strangers = [token for token in tokens if token.hardware]
    bare = [slot for slot in found if slot.reader.card.state == "ready" and slot.token is None]
    if strangers and len(bare) == 1:
        # some modules describe their slot in words of their own: one card, one token
        found[found.index(bare[0])] = _slot(bare[0].reader, strangers)
        tokens = [token for token in tokens if token not in strangers]
    if observation.wanted_reader is None:
        for name in dict.fromkeys(token.slot for token in tokens):
            ours = [token for token in tokens if token.slot == name]
            card = Card("ready", None, CardKind("other", ours[0].model))
            found.append(replace(_slot(Reader(name, card), ours), in_pcsc=False))
    return found


def _slot(reader: Reader, tokens: Sequence[Token]) -> Slot:
    """The first module that knows the card speaks; of its several PINs the worst one counts."""
    if not tokens:
        return Slot(reader)
    ours = [token for token in tokens if token.module == tokens[0].module]
    worst = min(ours, key=lambda token: _WORST_FIRST.index(token.pin.state))
    ders = dict.fromkeys(der for token in ours for der in token.certificates)
    return Slot(reader, worst, _read(list(ders)))


def _read(ders: Sequence[bytes]) -> tuple[Certificate, ...]:
    """The certificates that can be read; those of people before those of authorities."""
    found = []
    for der in ders:
        try:
            found.append(certificates.read(der))
        except NotACertificate:
            continue
    return tuple(sorted(found, key=lambda each: (each.is_ca, each.kind == "other")))
