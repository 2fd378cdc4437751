"""Observations for tests of the rules, without any reader."""

from collections.abc import Sequence
from dataclasses import replace

from esignctl.cards.atr import identify
from esignctl.cards.model import (
    Card,
    CardState,
    Module,
    ModuleOutcome,
    Observation,
    Pin,
    PinState,
    Reader,
    Service,
    System,
    Token,
)

UEKAE = "3B9F968131FE45806755454B41451252318073B3A180AA"
TC = "3B9F978131FE4580655443D3230231C073F62180810552"
PIV = "3B7F96000080318065B0850300EF120FFE829000"
READER = "ACS ACR39U ICC Reader 00 00"
AKIS_PATH = "/usr/lib/libakisp11.so"

LINUX = System("linux", "6.1", "x86_64", 64)


def card(atr: str = UEKAE, state: CardState = "ready") -> Card:
    return Card(state, atr, identify(atr))


def reader(held: Card | None = None, name: str = READER) -> Reader:
    return Reader(name, held or Card("absent"))


def token(
    *certificates: bytes, pin: PinState = "ok", slot: str = READER, module: str = AKIS_PATH
) -> Token:
    return Token(
        module=module,
        slot=slot,
        slot_id=0,
        label="AKIS_0123",
        serial="0123",
        manufacturer="TUBITAK UEKAE",
        model="AKIS",
        pin=Pin(pin, 4, 16),
        certificates=certificates,
        hardware=True,
    )


def module(
    *tokens: Token,
    outcome: ModuleOutcome = "loaded",
    path: str = AKIS_PATH,
    kind: str = "akis",
    configured: bool = False,
    problem: str = "",
) -> Module:
    return Module(path, kind, outcome, configured, 64, problem, tokens)


def seen(
    readers: Sequence[Reader] = (),
    modules: Sequence[Module] = (),
    service: Service | None = None,
    system: System = LINUX,
) -> Observation:
    return Observation(system, service or Service(), tuple(readers), tuple(modules))


def remote(kind: str) -> System:
    return replace(LINUX, remote=kind)
