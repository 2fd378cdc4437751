"""Changing the PIN of a card, from the outside: which card, what came of it. No PIN passes here.

The work is done by a process of its own (`esignctl.cards.pin_worker`), which asks for the PINs and
ends with them.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from esignctl.cards import pin_process
from esignctl.cards.looking import observe
from esignctl.cards.model import PinState
from esignctl.cards.pin_process import ASKING, SECONDS, Told
from esignctl.cards.pin_rules import SHORTEST, WEAKNESSES
from esignctl.cards.target import Target, make_target, not_read, problems, tokens, wanted_slots
from esignctl.errors import (
    CardAmbiguous,
    CardHeld,
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
from esignctl.findings import Finding
from esignctl.i18n import _


def look(configured: Sequence[str], wanted: str | None) -> tuple[Target | None, list[Finding]]:
    """The one card that can be meant, and what is wrong: with its PIN, or why there is none.

    `configured` are modules to try first; `wanted` is a part of the reader's name. Raises
    `CardAmbiguous`.
    """
    observation = observe(configured)
    found = wanted_slots(observation, wanted)
    if len(found) > 1:
        raise CardAmbiguous(readers=", ".join(slot.reader.name for slot in found))
    if not found:
        if wanted is not None:
            observation = observe(configured, wanted)
        return None, [each for each in problems(observation) if each.severity == "error"]
    # of several PINs on a card the first one, which is its holder's for signing
    token = min(tokens(observation, found[0]), key=lambda token: token.slot_id)
    wrong = [each for each in problems(observation) if each.code[:4] == "PIN-"]
    return make_target(observation, found[0], token), wrong


def target(configured: Sequence[str], wanted: str | None) -> Target:
    """As `look`, but raises `CardNotRead` when there is no card."""
    found, wrong = look(configured, wanted)
    if found is None:
        raise not_read(wrong, wanted)
    return found


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
    told = pin_process.run(
        "pin_worker",
        target,
        {"from_stdin": from_stdin, "accept_final": accept_final},
        alone=True,
        heeding=(ASKING,),
        seconds=seconds,
    )
    if told.outcome != "changed":
        raise _error(target, told)


def _error(target: Target, told: Told) -> EsignctlError:
    match told.outcome:
        case "trivial":
            pin = target.token.pin
            problem = _(WEAKNESSES[told.problem]).format(
                shortest=pin.min_length or SHORTEST, longest=pin.max_length
            )
            return PinTrivial(problem=problem)
        case "wrong":
            state: PinState = told.problem  # type: ignore[assignment]
            return PinWrong(tries=target.tries(state))
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
