"""The card whose PIN is meant, told from others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from esignctl.cards.diagnosis import diagnose
from esignctl.cards.model import Observation, PinState, Token
from esignctl.cards.readers import belongs
from esignctl.cards.slots import Slot, slots
from esignctl.errors import CardNotRead
from esignctl.findings import Finding, finding
from esignctl.i18n import N_, _
from esignctl.text.folding import fold

TRIES: Final[Mapping[PinState, str]] = {
    "ok": N_("All tries are left."),
    "low": N_("A wrong PIN was entered before; fewer tries are left than usual."),
    "final": N_("One try is left: a wrong PIN locks the card."),
    "locked": N_("The PIN is locked."),
    "not-set": N_("The card has no PIN yet."),
    "unknown": N_("The card does not tell how many tries are left."),
}
"""What is told about the tries that are left."""

_AKIS_TRIES: Final = N_("Two tries are left: a wrong PIN was entered before.")


@dataclass(frozen=True, slots=True)
class Target:
    """The card whose PIN is meant. `place` is its reader, or its slot where it is in none."""

    place: str
    in_pcsc: bool
    is_akis: bool
    token: Token
    other_readers: tuple[str, ...]

    def tries(self, state: PinState | None = None) -> str:
        """How many tries are left in a state, now by default, in the active language."""
        state = state or self.token.pin.state
        # three wrong ones lock an AKİS card, and the last try has a flag of its own
        text = _AKIS_TRIES if self.is_akis and state == "low" else TRIES[state]
        return _(text)


def make_target(observation: Observation, slot: Slot, token: Token) -> Target:
    """A token in a slot, as the one that is meant."""
    name, kind = slot.reader.name, slot.reader.card.kind
    others = tuple(
        reader.name for reader in observation.readers if not belongs(token.slot, reader.name)
    )
    return Target(name, slot.in_pcsc, kind is not None and kind.is_akis, token, others)


def tokens(observation: Observation, slot: Slot) -> Iterator[Token]:
    """The tokens in a slot, one for each PIN of its card, as the module that speaks for it sees."""
    spoken = slot.token
    for module in observation.modules:
        for token in module.tokens:
            if spoken and (token.module, token.slot) == (spoken.module, spoken.slot):
                yield token


def wanted_slots(observation: Observation, wanted: str | None) -> list[Slot]:
    """The slots with a token, those whose reader's name holds the words that are wanted."""
    return [
        slot
        for slot in slots(observation)
        if slot.token is not None and (wanted is None or fold(wanted) in fold(slot.reader.name))
    ]


def problems(observation: Observation) -> list[Finding]:
    """What is wrong with the cards that were seen."""
    return [
        each.finding for each in diagnose(observation, slots(observation), datetime.now(UTC), 0)
    ]


def not_read(wrong: Sequence[Finding], wanted: str | None) -> CardNotRead:
    """Why no card can be read: the first thing that is wrong."""
    errors = [each for each in wrong if each.severity == "error"]
    first = errors[0] if errors else finding("CARD-ABSENT", reader=wanted or "PC/SC")
    return CardNotRead(problem=first.message, remedy=first.remedy)
