"""What PKCS#11 modules see of the cards, from a child process with a time limit.

A module that crashes or hangs becomes an outcome; the modules after it get a new process.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from esignctl.cards.child import Child, Ended
from esignctl.cards.model import Module, Pin, PinState, Reader, Token
from esignctl.cards.readers import belongs
from esignctl.cards.waiting import Late

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_INITIALISED: Final = 0x400
_HARDWARE_SLOT: Final = 0x4
_PIN_SET: Final = 0x8
_PIN_STATES: Final[tuple[tuple[int, PinState], ...]] = (
    (0x40000, "locked"),
    (0x20000, "final"),
    (0x10000, "low"),
)
_UNLIMITED: Final = 0xFFFFFFFF


class Prober:
    """Reads cards through modules in the child process, which is ended with it."""

    def __init__(self, child: Child | None = None) -> None:
        self._child = child or Child()
        self._folder: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._child.close()
        if self._folder:
            self._folder.cleanup()

    def read(self, modules: Iterable[Module], readers: Sequence[Reader]) -> tuple[Module, ...]:
        """Load modules in their order until every card that is ready has a token.

        Configured modules are all loaded, and others only for cards that still lack a token. An
        AKİS card is kept from OpenSC, which tries commands on it that the card may not bear.
        """
        ready = [reader for reader in readers if reader.card.state == "ready"]
        protected = [each for each in ready if each.card.kind and each.card.kind.is_akis]
        lacking = list(ready)
        seen = []
        for module in modules:
            served = protected if module.kind == "opensc" else []
            useful = module.configured or any(each not in served for each in lacking)
            if module.outcome == "not-tried" and useful and self._child.runs:
                if served:
                    self._hide(served)
                module = self._ask(module)
                lacking = [
                    reader
                    for reader in lacking
                    if not any(belongs(token.slot, reader.name) for token in module.tokens)
                ]
            seen.append(module)
        return tuple(seen)

    def _hide(self, readers: Sequence[Reader]) -> None:
        """Start the process anew with an OpenSC configuration that leaves these readers alone."""
        if self._folder:
            return
        # few computers hold a card of either kind, and the others need not wait for its import
        from tempfile import TemporaryDirectory

        self._folder = TemporaryDirectory(prefix="esignctl-")
        place = Path(self._folder.name) / "opensc.conf"
        names = ", ".join('"' + each.name.replace('"', "") + '"' for each in readers)
        place.write_text(f"app default {{ ignored_readers = {names}; }}\n", encoding="utf-8")
        self._child.restart({"OPENSC_CONF": str(place)})

    def _ask(self, module: Module) -> Module:
        try:
            answer = self._child.ask(module.path)
        except Late:
            return replace(module, outcome="timeout", problem=f"{self._child.seconds:g} s")
        except Ended as end:
            return replace(module, outcome="crashed", problem=_end(end.status))
        return _judged(module, answer)


def _judged(module: Module, answer: dict[str, Any]) -> Module:
    tokens = tuple(_token(module, raw) for raw in answer["tokens"] if raw["flags"] & _INITIALISED)
    problem = answer["problem"]
    return replace(
        module,
        outcome="failed" if problem and not tokens else "loaded",
        problem=problem,
        tokens=tokens,
        unrecognised=tuple(answer["unrecognised"]),
        version=answer["version"],
    )


def _token(module: Module, raw: dict[str, Any]) -> Token:
    return Token(
        module=module.path,
        slot=raw["slot"],
        slot_id=raw["slot_id"],
        label=raw["label"],
        serial=raw["serial"],
        manufacturer=raw["manufacturer"],
        model=raw["model"],
        pin=pin_of(raw["flags"], raw["min_pin"], raw["max_pin"]),
        certificates=tuple(map(base64.b64decode, raw["certificates"])),
        hardware=bool(raw["slot_flags"] & _HARDWARE_SLOT),
    )


def pin_of(flags: int, shortest: int, longest: int) -> Pin:
    """The PIN of a token by the token's flags and limits."""
    state = next((name for flag, name in _PIN_STATES if flags & flag), None)
    if state is None:
        state = "ok" if flags & _PIN_SET else "not-set"
    limits = [length if 0 < length < _UNLIMITED else None for length in (shortest, longest)]
    return Pin(state, *limits)


def _end(status: int) -> str:
    """How a process ended: a signal's number on POSIX, a status code on Windows."""
    return f"signal {-status}" if status < 0 else f"0x{status & 0xFFFFFFFF:X}"
