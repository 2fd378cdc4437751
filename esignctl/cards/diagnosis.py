"""What is wrong, from what was seen: findings with cause and remedy. Knows no reader and no card.

Every finding is about one reader or, with None, about the computer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PureWindowsPath
from types import MappingProxyType
from typing import Final

from esignctl.cards.model import Module, Observation, PinState
from esignctl.cards.slots import Slot
from esignctl.cards.system import clock_is_wrong
from esignctl.certificates import Certificate, Status
from esignctl.findings import Finding, finding
from esignctl.i18n import N_, _
from esignctl.text import dates

DRIVER_PAGE: Final = "kamusm.bilgem.tubitak.gov.tr/islemler/surucu_yukleme_servisi/"

_PIN_CODES: Final[dict[PinState, str]] = {
    "low": "PIN-LOW",
    "final": "PIN-FINAL-TRY",
    "locked": "PIN-LOCKED",
    "not-set": "PIN-NOT-SET",
}
_CERTIFICATE_CODES: Final[dict[Status, str]] = {
    "expired": "CERT-EXPIRED",
    "expiring": "CERT-EXPIRING",
    "not-yet-valid": "CERT-NOT-YET-VALID",
}
_START_SERVICE: Final = {
    "linux": N_(
        "Install pcscd if it is missing and start it: 'sudo systemctl start pcscd.socket'."
    ),
    "windows": N_("Plug the reader in and start the services SCardSvr and ScDeviceEnum."),
    "macos": N_("Plug the reader in again; restart the computer if that does not help."),
}
_ALLOW_ACCESS: Final = {
    "linux": N_(
        "Work at the computer's own screen, or let an administrator allow access_pcsc and"
        " access_card of org.debian.pcsc-lite in a polkit rule (SSH and cron need one)."
    ),
    "windows": N_("Let an administrator allow this user to use smart cards."),
    "macos": N_("Let an administrator allow this user to use smart cards."),
}
REMOTE_KINDS: Final = {"rdp": "RDP", "citrix": "Citrix", "ssh": "SSH"}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A finding and the reader that it is about, None for the computer."""

    reader: str | None
    finding: Finding


def diagnose(
    observation: Observation,
    slots: Sequence[Slot],
    now: datetime,
    expiring_within: int,
    known_past: datetime | None = None,
    revoked: Mapping[str, str] = MappingProxyType({}),
) -> list[Diagnosis]:
    """Everything that is wrong, most fundamental first.

    A certificate is expiring when `expiring_within` days or fewer are left. `known_past` is a
    moment that was before `now` for certain. `revoked` are the fingerprints of certificates that
    are known to be revoked, with words for when and why.
    """
    found = [Diagnosis(None, each) for each in _service(observation)]
    found += [Diagnosis(None, each) for each in _presence(observation, slots)]
    for slot in slots:
        name = slot.reader.name
        found += [Diagnosis(name, each) for each in _card(observation, slot)]
        found += [Diagnosis(name, each) for each in _token(slot, now, expiring_within, revoked)]
    found += [Diagnosis(None, each) for each in _modules(observation)]
    if clock_is_wrong(now, known_past):
        found.append(Diagnosis(None, finding("CLOCK-WRONG", now=dates.show(now.date()))))
    if observation.system.remote:
        kind = REMOTE_KINDS[observation.system.remote]
        found.append(Diagnosis(None, finding("REMOTE-SESSION", kind=kind)))
    unique = {(each.finding.code, each.finding.message): each for each in reversed(found)}
    return [each for each in found if unique[each.finding.code, each.finding.message] is each]


def _service(observation: Observation) -> Iterator[Finding]:
    service, os_name = observation.service, observation.system.os
    match service.problem:
        case None:
            return
        case "extra-missing":
            yield finding("CARD-EXTRA-MISSING")
        case "denied":
            yield finding("CARD-ACCESS-DENIED", what="PC/SC", how=_(_ALLOW_ACCESS[os_name]))
        case problem:
            code = f"0x{service.code:08X}" if service.code else problem
            yield finding("CARD-SERVICE-ABSENT", code=code, how=_(_START_SERVICE[os_name]))


def _presence(observation: Observation, slots: Sequence[Slot]) -> Iterator[Finding]:
    if not observation.service.available:
        return
    if not observation.readers:
        wanted = observation.wanted_reader
        yield finding("CARD-NO-READER", which=f" ({wanted})" if wanted else "")
    elif not any(slot.reader.card.present for slot in slots):
        readers = ", ".join(reader.name for reader in observation.readers)
        yield finding("CARD-ABSENT", reader=readers)


def _card(observation: Observation, slot: Slot) -> Iterator[Finding]:
    """Why the card in a reader cannot be read."""
    name, card, os_name = slot.reader.name, slot.reader.card, observation.system.os
    if slot.token is not None:
        return
    match card.state:
        case "mute":
            yield finding("CARD-MUTE", reader=name)
        case "busy":
            users = ", ".join(observation.holders) or _("AKİA, a browser or a signing program")
            yield finding("CARD-BUSY", reader=name, holders=users)
        case "denied":
            yield finding("CARD-ACCESS-DENIED", what=name, how=_(_ALLOW_ACCESS[os_name]))
        case "ready" if card.kind and card.kind.is_akis:
            if card.kind.family == "akis-tc":
                yield finding("CARD-NES-OR-IDENTITY", reader=name)
            yield from _akis_unread(observation, slot)
        case "ready":
            tried = [module for module in observation.modules if module.outcome != "missing"]
            if not tried or any(module.outcome == "loaded" for module in tried):
                yield finding("CARD-UNKNOWN", reader=name, atr=card.atr or "-")
            else:
                yield from (each for module in tried for each in _trouble(module))


def _akis_unread(observation: Observation, slot: Slot) -> Iterator[Finding]:
    """Why an AKİS card has no token: its module is missing, does not load or does not know it."""
    ours = [
        module
        for module in observation.modules
        if module.outcome not in ("missing", "not-tried")
        and (module.kind in ("akis", "tckk") or (module.configured and module.kind != "opensc"))
    ]
    if not ours:
        yield finding("MODULE-MISSING", module=_("the AKİS module"), page=DRIVER_PAGE)
    for module in ours:
        yield from _trouble(module)
        if module.outcome == "loaded":
            problem = _("it does not recognise the card in {reader}").format(
                reader=slot.reader.name
            )
            yield _failed(module, problem)


def _modules(observation: Observation) -> Iterator[Finding]:
    """Modules that somebody named and that cannot be used, and those that fail badly."""
    for module in observation.modules:
        if module.configured or module.outcome in ("crashed", "timeout"):
            yield from _trouble(module)


def _trouble(module: Module) -> Iterator[Finding]:
    match module.outcome:
        case "missing":
            yield finding("MODULE-MISSING", module=module.path, page=DRIVER_PAGE)
        case "bitness":
            yield finding("MODULE-BITNESS", module=module.path, bits=module.bits)
        case "failed":
            yield _failed(module, module.problem)
        case "crashed":
            yield _failed(module, _("it crashes ({end})").format(end=module.problem))
        case "timeout":
            yield _failed(module, _("no answer within {time}").format(time=module.problem))


def _failed(module: Module, problem: str) -> Finding:
    name = PureWindowsPath(module.path).name
    return finding("MODULE-FAILED", module=name, problem=problem, page=DRIVER_PAGE)


def _token(
    slot: Slot, now: datetime, expiring_within: int, revoked: Mapping[str, str]
) -> Iterator[Finding]:
    """What is wrong with a card that can be read."""
    if slot.token is None:
        return
    reader = slot.reader.name
    if slot.token.pin.state in _PIN_CODES:
        yield finding(_PIN_CODES[slot.token.pin.state], reader=reader)
    people = [each for each in slot.certificates if not each.is_ca]
    if not people:
        yield finding("CERT-NONE", reader=reader)
    elif not any(each.qualified for each in people):
        yield finding("CERT-NOT-QUALIFIED", reader=reader)
    which = _("on the card in {reader}").format(reader=reader)
    usable = [each for each in people if each.fingerprint not in revoked]
    for each in people:
        status = each.status(now, expiring_within)
        if each.fingerprint in revoked:
            # what is over, or has another one beside it, concerns nobody any more
            if status != "expired" and not _is_replaced(each, usable, now, expiring_within):
                yield finding("CERT-REVOKED", which=which, details=revoked[each.fingerprint])
            continue
        if status == "valid" or _is_replaced(each, usable, now, expiring_within):
            continue
        yield finding(
            _CERTIFICATE_CODES[status],
            reader=reader,
            which=which,
            first_day=_day(each.not_before),
            last_day=_day(each.not_after),
            days=each.days_left(now.astimezone(dates.ISTANBUL).date()),
        )


def _is_replaced(
    certificate: Certificate, others: Sequence[Certificate], now: datetime, expiring_within: int
) -> bool:
    """Whether the card holds another certificate of the same holder and kind that does now."""
    return any(
        other.status(now, expiring_within) == "valid"
        for other in others
        if (other.kind, other.tckn, other.holder)
        == (certificate.kind, certificate.tckn, certificate.holder)
    )


def _day(moment: datetime) -> str:
    return dates.show(dates.in_turkey(moment).date())
