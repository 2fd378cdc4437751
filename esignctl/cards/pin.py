"""Changing the PIN of a card, from the outside: which card, what came of it. No PIN passes here.

The work is done by a process of its own (`esignctl.cards.pin_worker`), which asks for the PINs and
ends with them.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from esignctl.cards import diagnosis
from esignctl.cards.model import Observation, PinState, Token
from esignctl.cards.modules import kind_of
from esignctl.cards.pin_rules import SHORTEST, WEAKNESSES
from esignctl.cards.slots import Slot, belongs, slots
from esignctl.cards.status import observe
from esignctl.errors import (
    CardAmbiguous,
    CardHeld,
    CardNotRead,
    EsignctlError,
    PinChangeFailed,
    PinChangeLocked,
    PinChangeNotSet,
    PinChangeUncertain,
    PinFinalTryRefused,
    PinInputMissing,
    PinNotRepeated,
    PinNotVerified,
    PinPad,
    PinRefusedByCard,
    PinTrivial,
    PinWrong,
)
from esignctl.findings import Finding, finding
from esignctl.i18n import N_, _, active_language
from esignctl.text.folding import fold

SECONDS: Final = 30.0
"""How long the module may take for each step once the PINs are known."""

_PARTING: Final = 1.0

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

    @property
    def tries(self) -> str:
        """How many tries are left, as far as the token tells, in the active language."""
        return _tries(self.token.pin.state, self.is_akis)


@dataclass(frozen=True, slots=True)
class _Told:
    """Where the worker was and how it ended; no outcome when it ended without a word."""

    phase: str
    outcome: str = ""
    problem: str = ""


def look(configured: Sequence[str], wanted: str | None) -> tuple[Target | None, list[Finding]]:
    """The one card that can be meant, and what is wrong: with its PIN, or why there is none.

    `configured` are modules to try first; `wanted` is a part of the reader's name. Raises
    `CardAmbiguous`.
    """
    observation = observe(configured)
    found = [
        (slot, slot.token)
        for slot in slots(observation)
        if slot.token is not None and (wanted is None or fold(wanted) in fold(slot.reader.name))
    ]
    if len(found) > 1:
        raise CardAmbiguous(readers=", ".join(slot.reader.name for slot, _token in found))
    if not found and wanted is not None:
        observation = observe(configured, wanted)
    problems = [
        each.finding
        for each in diagnosis.diagnose(observation, slots(observation), datetime.now(UTC), 0)
    ]
    if not found:
        return None, [each for each in problems if each.severity == "error"]
    return _target(observation, *found[0]), [each for each in problems if each.code[:4] == "PIN-"]


def target(configured: Sequence[str], wanted: str | None) -> Target:
    """As `look`, but raises `CardNotRead` when there is no card."""
    found, problems = look(configured, wanted)
    if found is None:
        first = problems[0] if problems else finding("CARD-ABSENT", reader=wanted or "PC/SC")
        raise CardNotRead(problem=first.message, remedy=first.remedy)
    return found


def _target(observation: Observation, slot: Slot, spoken: Token) -> Target:
    """Of several PINs on a card the first one, which is its holder's for signing."""
    token = min(
        (
            token
            for module in observation.modules
            for token in module.tokens
            if (token.module, token.slot) == (spoken.module, spoken.slot)
        ),
        key=lambda token: token.slot_id,
    )
    name, kind = slot.reader.name, slot.reader.card.kind
    others = tuple(
        reader.name for reader in observation.readers if not belongs(token.slot, reader.name)
    )
    return Target(name, slot.in_pcsc, kind is not None and kind.is_akis, token, others)


def refuse_if_unfit(target: Target, accept_final: bool) -> None:
    """Raise what speaks against a change before anybody types a PIN."""
    match target.token.pin.state:
        case "locked":
            raise PinChangeLocked
        case "not-set":
            raise PinChangeNotSet
        case "final" if not accept_final:
            raise PinFinalTryRefused


def change(
    target: Target, *, from_stdin: bool, accept_final: bool, seconds: float = SECONDS
) -> None:
    """Change the PIN and verify it by a fresh login; asks for the PINs on terminal or stdin.

    Each PIN is presented once, whatever comes of it. Raises what `errors` knows of PINs.
    A Ctrl-C ends it before the card is asked, and is ignored after that.
    """
    told = _run(target, from_stdin=from_stdin, accept_final=accept_final, seconds=seconds)
    if told.outcome == "interrupted":
        raise KeyboardInterrupt
    if told.outcome != "changed":
        raise _error(target, told)


def _run(target: Target, *, from_stdin: bool, accept_final: bool, seconds: float) -> _Told:
    order = {
        "language": active_language(),
        "module": target.token.module,
        "slot": target.token.slot,
        "serial": target.token.serial,
        "reader": target.place,
        "in_pcsc": target.in_pcsc,
        "shortest": target.token.pin.min_length,
        "longest": target.token.pin.max_length,
        "from_stdin": from_stdin,
        "accept_final": accept_final,
    }
    with _environment(target) as environment:
        process = subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
            [sys.executable, "-P", "-m", "esignctl.cards.pin_worker", json.dumps(order)],
            stdout=subprocess.PIPE,
            encoding="ascii",
            env=environment,
        )
        try:
            return _follow(process, seconds)
        finally:
            process.kill()
            process.wait()


@contextmanager
def _environment(target: Target) -> Iterator[dict[str, str]]:
    """OpenSC takes a card for itself alone, and leaves other cards in peace, when told so."""
    if kind_of(target.token.module) != "opensc":
        yield {**os.environ}
        return
    with tempfile.TemporaryDirectory(prefix="esignctl-") as folder:
        place = Path(folder) / "opensc.conf"
        ignored = ", ".join(json.dumps(name) for name in target.other_readers)
        place.write_text(
            "app default {\n"
            + (f"  ignored_readers = {ignored};\n" if ignored else "")
            + "  reader_driver pcsc { connect_exclusive = true; }\n}\n",
            encoding="utf-8",
        )
        yield {**os.environ, "OPENSC_CONF": str(place)}


def _follow(process: "subprocess.Popen[str]", seconds: float) -> _Told:
    """Read what the worker tells until it has ended or one of its steps takes too long."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_forward, args=(process.stdout, lines), daemon=True).start()
    phase = "asking"
    while True:
        try:
            line = lines.get(timeout=None if phase == "asking" else seconds)
        except queue.Empty:
            return _Told(phase, problem=_("no answer within {seconds} s").format(seconds=seconds))
        except KeyboardInterrupt:
            if phase == "asking":
                _let_go(process)
                raise
            continue
        if line is None:
            return _Told(phase, problem=_("the module has crashed"))
        facts = json.loads(line)
        phase = facts.get("phase", phase)
        if "outcome" in facts:
            return _Told(phase, facts["outcome"], facts.get("problem", ""))


def _let_go(process: "subprocess.Popen[str]") -> None:
    """Give the worker time to end by the same Ctrl-C: it must make the terminal echo again."""
    for _attempt in range(2):
        try:
            process.wait(_PARTING)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        else:
            return


def _forward(lines: IO[str] | None, told: "queue.SimpleQueue[str | None]") -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in lines or ():
            told.put(line)
    told.put(None)


def _error(target: Target, told: _Told) -> EsignctlError:
    match told.outcome:
        case "trivial":
            pin = target.token.pin
            problem = _(WEAKNESSES[told.problem]).format(
                shortest=pin.min_length or SHORTEST, longest=pin.max_length
            )
            return PinTrivial(problem=problem)
        case "wrong":
            state: PinState = told.problem  # type: ignore[assignment]
            return PinWrong(tries=_tries(state, target.is_akis))
        case "refused-by-card":
            return PinRefusedByCard(problem=told.problem)
        case "pin-pad":
            return PinPad(reader=target.place)
        case "held":
            return CardHeld(reader=target.place)
        case "gone":
            return PinChangeFailed(problem=_("the card was taken out or exchanged"))
        case "failed":
            return PinChangeFailed(problem=told.problem)
        case "not-verified":
            return PinNotVerified(problem=told.problem)
        case "uncertain":
            return PinChangeUncertain(problem=told.problem)
    if told.outcome in _PLAIN:
        return _PLAIN[told.outcome]()
    # the worker has ended or hangs without a word: what is certain depends on how far it came
    if told.phase == "verifying":
        return PinNotVerified(problem=told.problem)
    if told.phase == "changing":
        return PinChangeUncertain(problem=told.problem)
    return PinChangeFailed(problem=told.problem)


_PLAIN: Final[Mapping[str, type[EsignctlError]]] = {
    "input-missing": PinInputMissing,
    "not-repeated": PinNotRepeated,
    "locked": PinChangeLocked,
    "not-set": PinChangeNotSet,
    "final": PinFinalTryRefused,
}


def _tries(state: PinState, is_akis: bool) -> str:
    # three wrong ones lock an AKİS card, and the last try has a flag of its own
    text = _AKIS_TRIES if is_akis and state == "low" else TRIES[state]
    return _(text)
