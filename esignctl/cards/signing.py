"""Signing with a card, from the outside: which certificate, what came of it. No PIN passes here.

The work is done by a process of its own (`esignctl.cards.sign_worker`), which asks for the PIN and
ends with it.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from esignctl import certificates
from esignctl.cards import pin_process
from esignctl.cards.looking import observe
from esignctl.cards.model import Observation, PinState
from esignctl.cards.pin_process import ASKING, SECONDS, Told
from esignctl.cards.slots import Slot
from esignctl.cards.target import Target, make_target, not_read, problems, tokens, wanted_slots
from esignctl.cards.tokens import Prober
from esignctl.certificates import Certificate, SignatureWrong
from esignctl.errors import (
    EsignctlError,
    PinFinalTryRefused,
    SignCertificateAmbiguous,
    SignCertificateNone,
    SignCertificateUnfit,
    SignCertificateUnknown,
    SignFailed,
    SignKeyMissing,
    SignPinLength,
    SignPinLocked,
    SignPinMissing,
    SignPinNotSet,
    SignPinPad,
    SignPinWrong,
)
from esignctl.i18n import N_, _
from esignctl.text import dates

_KEYS: Final = ("RSA", "EC")
_SHOWN: Final = 16
"""How much of a fingerprint names a certificate on the screen."""

_UNFIT: Final = {
    "expired": N_("it expired on {day}"),
    "not-yet-valid": N_("it is valid from {day} only"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key on a card, by its certificate; `issuers` are those of authorities beside it (DER)."""

    target: Target
    certificate: Certificate
    issuers: tuple[bytes, ...] = ()


def find(configured: Sequence[str], wanted: str | None, fingerprint: str | None) -> Key:
    """The one key that can be meant: of the qualified certificates the one that is valid now.

    `configured` are modules to try first, `wanted` is a part of the reader's name, `fingerprint`
    the beginning of a certificate's. Without a qualified certificate any other will do, if it is
    the only one. Raises `CardNotRead` and what speaks against every choice.
    """
    observation = _look(configured)
    slots = wanted_slots(observation, wanted)
    if not slots:
        if wanted is not None:
            observation = observe(configured, wanted)
        raise not_read(problems(observation), wanted)
    found = [key for slot in slots for key in _keys(observation, slot)]
    if not found:
        raise SignCertificateNone
    if fingerprint is not None:
        named = fingerprint.translate(_TO_HEX)
        chosen: Sequence[Key] = [
            key for key in found if key.certificate.fingerprint.startswith(named)
        ]
        if not chosen:
            raise SignCertificateUnknown(choices=_listed(found))
    else:
        chosen = _best(found)
    if len(chosen) > 1:
        raise SignCertificateAmbiguous(choices=_listed(chosen))
    return chosen[0]


def _look(configured: Sequence[str]) -> Observation:
    """One look at everything; tokens that are no cards need no smart card service."""
    observation = observe(configured)
    if observation.service.available:
        return observation
    others = [
        module for module in observation.modules if module.configured and module.kind == "other"
    ]
    with Prober() as prober:
        return replace(observation, modules=prober.read(others, ()))


def _best(keys: Sequence[Key]) -> Sequence[Key]:
    """Qualified before others, then valid ones; where none is valid, the one that lasts longest."""
    now = datetime.now(UTC)
    keys = [key for key in keys if key.certificate.qualified] or keys
    valid = [key for key in keys if key.certificate.status(now, 0) in _FIT]
    return valid or [max(keys, key=lambda key: key.certificate.not_after)]


def _keys(observation: Observation, slot: Slot) -> list[Key]:
    """The keys in a slot that can sign, by the certificates of people on its tokens."""
    issuers = tuple(each.der for each in slot.certificates if each.is_ca)
    found: dict[bytes, Key] = {}
    for token in tokens(observation, slot):
        for certificate in slot.certificates:
            usable = not certificate.is_ca and certificate.key.startswith(_KEYS)
            if usable and certificate.der in token.certificates:
                key = Key(make_target(observation, slot, token), certificate, issuers)
                found.setdefault(certificate.der, key)
    return list(found.values())


def _listed(keys: Sequence[Key]) -> str:
    """What people choose by; who a certificate is of does not stand in an error."""
    return "; ".join(
        _("{fingerprint} ({kind}, until {day}, in {reader})").format(
            fingerprint=key.certificate.fingerprint[:_SHOWN],
            kind=_("qualified") if key.certificate.qualified else _("not qualified"),
            day=_day(key.certificate.not_after),
            reader=key.target.place,
        )
        for key in keys
    )


def refuse_if_unfit(key: Key, accept_final: bool) -> None:
    """Raise what speaks against signing with this key now, before anybody types a PIN."""
    certificate, now = key.certificate, datetime.now(UTC)
    status = certificate.status(now, 0)
    if status not in _FIT:
        day = certificate.not_after if status == "expired" else certificate.not_before
        raise SignCertificateUnfit(problem=_(_UNFIT[status]).format(day=_day(day)))
    match key.target.token.pin.state:
        case "locked":
            raise SignPinLocked
        case "not-set":
            raise SignPinNotSet
        case "final" if not accept_final:
            raise PinFinalTryRefused


def sign(
    key: Key,
    data: bytes,
    digest: str,
    *,
    from_stdin: bool,
    accept_final: bool,
    seconds: float = SECONDS,
) -> bytes:
    """The signature of the key over `data`; asks for the PIN on terminal or stdin.

    `digest` is ``sha256``, ``sha384`` or ``sha512``. The PIN is presented once, whatever comes of
    it, and to a key that wants it for each signature once more. Raises what `errors` knows of
    signing. A Ctrl-C ends it at any time.
    """
    told = pin_process.run(
        "sign_worker",
        key.target,
        {
            "certificate": base64.b64encode(key.certificate.der).decode("ascii"),
            "key": key.certificate.key.partition(" ")[0],
            "data": base64.b64encode(data).decode("ascii"),
            "digest": digest,
            "from_stdin": from_stdin,
            "accept_final": accept_final,
        },
        alone=False,
        heeding=(ASKING, "preparing", "signing"),
        seconds=seconds,
    )
    if told.outcome != "signed":
        raise _error(key.target, told)
    signature = base64.b64decode(told.result)
    try:
        return certificates.finished(key.certificate, data, digest, signature)
    except SignatureWrong:
        raise SignFailed(problem=_("the card's signature is wrong")) from None


def _error(target: Target, told: Told) -> EsignctlError:
    match told.outcome:
        case "wrong":
            state: PinState = told.problem  # type: ignore[assignment]
            return SignPinWrong(tries=target.tries(state))
        case "length":
            return SignPinLength(limits=_limits(target))
        case "pin-pad":
            return SignPinPad(reader=target.place)
        case "gone":
            return SignFailed(problem=_("the card was taken out or exchanged"))
    if told.outcome in _PLAIN:
        return _PLAIN[told.outcome]()
    words = _IN_WORDS.get(told.problem)
    return SignFailed(problem=_(words) if words else told.problem)


def _limits(target: Target) -> str:
    pin = target.token.pin
    if pin.min_length is None or pin.max_length is None:
        return ""
    return _("It has {shortest} to {longest} characters.").format(
        shortest=pin.min_length, longest=pin.max_length
    )


def _day(moment: datetime) -> str:
    return dates.show(dates.in_turkey(moment).date())


_FIT: Final = ("valid", "expiring")
_TO_HEX: Final = str.maketrans("abcdef", "ABCDEF", ": -")
_IN_WORDS: Final = {
    "CKR_DEVICE_REMOVED": N_("the card was taken out"),
    "CKR_TOKEN_NOT_PRESENT": N_("the card was taken out"),
}
_PLAIN: Final[Mapping[str, type[EsignctlError]]] = {
    "input-missing": SignPinMissing,
    "locked": SignPinLocked,
    "not-set": SignPinNotSet,
    "final": PinFinalTryRefused,
    "no-key": SignKeyMissing,
}
