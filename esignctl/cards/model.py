"""What is seen of a computer, its readers, cards and PKCS#11 modules: values, and no behaviour.

Everything is gathered by other modules and judged by `esignctl.cards.diagnosis`.
"""

from dataclasses import dataclass
from typing import Literal

Family = Literal["akis-uekae", "akis-tc", "other"]
CardState = Literal["absent", "ready", "mute", "busy", "denied"]
PinState = Literal["ok", "low", "final", "locked", "not-set", "unknown"]
ModuleOutcome = Literal["loaded", "missing", "bitness", "failed", "crashed", "timeout", "not-tried"]
ServiceProblem = Literal["absent", "denied", "failed", "timeout", "extra-missing"]


@dataclass(frozen=True, slots=True)
class CardKind:
    """What an ATR tells of a card.

    `chip` is empty where the ATR does not tell it; `label` is what a list of cards calls exactly
    this ATR, empty where none names it. Sources disagree on labels, so they are only shown.
    """

    family: Family
    model: str
    version: str | None = None
    chip: str = ""
    label: str = ""

    @property
    def is_akis(self) -> bool:
        """Whether the card is an AKİS of any family."""
        return self.family != "other"


@dataclass(frozen=True, slots=True)
class Card:
    """What is in a reader. `atr` is upper-case hex, None when the card gave none."""

    state: CardState
    atr: str | None = None
    kind: CardKind | None = None

    @property
    def present(self) -> bool:
        """Whether there is a card, answering or not."""
        return self.state != "absent"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader as PC/SC names it. `usb_id` is ``072f:90cc``, None where the system tells none.

    `events` counts the cards that came and went, where the service counts them.
    """

    name: str
    card: Card
    usb_id: str | None = None
    model: str | None = None
    events: int = 0


@dataclass(frozen=True, slots=True)
class Service:
    """The PC/SC service. `problem` is None when it answers; `code` is its 32-bit status."""

    problem: ServiceProblem | None = None
    code: int = 0

    @property
    def available(self) -> bool:
        """Whether readers can be asked for."""
        return self.problem is None


@dataclass(frozen=True, slots=True)
class System:
    """This computer. `remote` names the kind of a remote session: ``rdp citrix ssh``, else None."""

    os: str
    release: str
    machine: str
    python_bits: int
    remote: str | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """The PIN of a token as its flags tell, and its limits in characters where they are known."""

    state: PinState = "unknown"
    min_length: int | None = None
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """What a PKCS#11 module sees in a slot.

    `slot` is the slot's description, which is the reader's name for modules of smart cards.
    `label` may hold a personal number. `certificates` are DER.
    """

    module: str
    slot: str
    slot_id: int
    label: str
    serial: str
    manufacturer: str
    model: str
    pin: Pin
    certificates: tuple[bytes, ...] = ()
    hardware: bool = False


@dataclass(frozen=True, slots=True)
class Module:
    """A PKCS#11 module and how loading it went.

    `kind` is ``akis``, ``tckk``, ``opensc`` or ``other``; `bits` what its file is made for.
    `unrecognised` are slots whose card the module does not know. `problem` is a short technical
    text such as ``CKR_DEVICE_ERROR``. `version` is what a loaded module tells of itself.
    """

    path: str
    kind: str
    outcome: ModuleOutcome
    configured: bool = False
    bits: int | None = None
    problem: str = ""
    tokens: tuple[Token, ...] = ()
    unrecognised: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything that one look at the machine saw.

    `holders` are who may hold a busy card. `wanted_reader` is what the look was limited to, and
    `other_readers` names the readers that were left out by it.
    """

    system: System
    service: Service
    readers: tuple[Reader, ...] = ()
    modules: tuple[Module, ...] = ()
    holders: tuple[str, ...] = ()
    wanted_reader: str | None = None
    other_readers: tuple[str, ...] = ()
