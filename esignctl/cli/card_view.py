"""Readers, cards, tokens and certificates as JSON and for people."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from esignctl.cards.diagnosis import REMOTE_KINDS, Diagnosis
from esignctl.cards.model import Card, Module, Observation, Pin
from esignctl.cards.slots import Slot
from esignctl.certificates import Certificate
from esignctl.cli import cert_view
from esignctl.cli.session import Session
from esignctl.i18n import N_, _, ngettext
from esignctl.result import Block, Facts, Grid, Heading, Note
from esignctl.text import dates

PIN_STATES = {
    "ok": N_("in order"),
    "low": N_("a wrong try was made"),
    "final": N_("last try"),
    "locked": N_("locked"),
    "not-set": N_("not set"),
    "unknown": N_("unknown"),
}
CARD_STATES = {
    "absent": N_("no card"),
    "ready": N_("present"),
    "mute": N_("does not answer"),
    "busy": N_("held by another program"),
    "denied": N_("access refused"),
}
SERVICE_PROBLEMS = {
    "absent": N_("does not answer"),
    "failed": N_("does not answer"),
    "timeout": N_("does not answer"),
    "denied": N_("access refused"),
    "extra-missing": N_("libraries not installed"),
}
OUTCOMES = {
    "loaded": N_("loaded"),
    "missing": N_("missing"),
    "bitness": N_("for another architecture"),
    "failed": N_("does not load"),
    "crashed": N_("crashes"),
    "timeout": N_("does not answer"),
    "not-tried": N_("not tried"),
}
_SYSTEMS = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}


def as_json(
    session: Session, seen: Observation, slots: Sequence[Slot], now: datetime
) -> dict[str, Any]:
    """What one look saw."""
    return {
        "system": {
            "os": seen.system.os,
            "machine": seen.system.machine,
            "python_bits": seen.system.python_bits,
            "remote_session": seen.system.remote is not None,
        },
        "pcsc": {"available": seen.service.available, "problem": seen.service.problem},
        "modules": [module_json(module) for module in seen.modules],
        "readers": [
            {
                "name": slot.reader.name,
                "usb_id": slot.reader.usb_id,
                "model": slot.reader.model,
                "card": card_json(slot.reader.card),
                "token": _token_json(slot),
                "certificates": [
                    cert_view.as_json(session, each, now) for each in slot.certificates
                ],
            }
            for slot in slots
        ],
    }


def card_json(card: Card) -> dict[str, Any]:
    """A card as far as its answer to reset tells."""
    kind = card.kind
    return {
        "present": card.present,
        "atr": card.atr,
        "family": kind.family if kind else None,
        "model": (kind.model or None) if kind else None,
        "version": kind.version if kind else None,
    }


def module_json(module: Module) -> dict[str, Any]:
    """A PKCS#11 module and how loading it went."""
    return {
        "path": module.path,
        "kind": module.kind,
        "configured": module.configured,
        "bits": module.bits,
        "outcome": module.outcome,
        "problem": module.problem or None,
    }


def blocks(
    session: Session,
    seen: Observation,
    slots: Sequence[Slot],
    diagnoses: Sequence[Diagnosis],
    now: datetime,
) -> Iterator[Block]:
    """The same for people: the computer, the readers one by one, and the verdict."""
    yield Heading(_("Computer"))
    yield Facts(list(_computer(seen)))
    for slot in slots:
        yield Heading(slot.reader.name)
        yield Facts(list(_reader(slot)))
        if slot.certificates:
            yield certificate_grid(session, [("", each) for each in slot.certificates], now)
    troubles = sum(each.finding.severity != "info" for each in diagnoses)
    if troubles:
        text = ngettext(
            "{count} thing needs attention.", "{count} things need attention.", troubles
        )
        yield Note(text.format(count=troubles))
    else:
        yield Note(_("Everything is in order."))


def certificate_grid(
    session: Session, certificates: Sequence[tuple[str, Certificate]], now: datetime
) -> Grid:
    """Certificates as a table that a screen of 80 columns holds.

    Where they have files, those stand in the place of how long each one holds.
    """
    today = now.astimezone(dates.ISTANBUL).date()
    whose = [(_kind(each), _holder(session, each)) for _file, each in certificates]
    if any(file for file, _certificate in certificates):
        return Grid(
            (_("Kind"), _("Holder"), _("Until"), _("File")),
            [
                (*words, cert_view.day(each.not_after), file)
                for words, (file, each) in zip(whose, certificates, strict=True)
            ],
        )
    return Grid(
        (_("Kind"), _("Holder"), _("From"), _("Until"), _("Days left"), _("State")),
        [
            (
                *words,
                cert_view.day(each.not_before),
                cert_view.day(each.not_after),
                str(each.days_left(today)),
                _(cert_view.STATES[each.status(now, cert_view.within(session))]),
            )
            for words, (_file, each) in zip(whose, certificates, strict=True)
        ],
        right=frozenset({4}),
    )


def _kind(certificate: Certificate) -> str:
    return cert_view.kind_in_words(
        certificate.kind, qualified=certificate.qualified, is_ca=certificate.is_ca
    )


def _holder(session: Session, certificate: Certificate) -> str:
    number = session.personal_number(certificate.tckn) if certificate.tckn else ""
    return " ".join(filter(None, (certificate.holder, number))) or "-"


def card_name(card: Card) -> str:
    """A card for people: AKİS with version, or its ATR."""
    if card.kind is None or not card.kind.model:
        return card.atr or _("no ATR")
    return card.kind.model


def _token_json(slot: Slot) -> dict[str, Any] | None:
    token = slot.token
    if token is None:
        return None
    return {
        "module": token.module,
        "serial": token.serial,
        "pin": {
            "state": token.pin.state,
            "min_length": token.pin.min_length,
            "max_length": token.pin.max_length,
        },
    }


def _computer(seen: Observation) -> Iterator[tuple[str, str]]:
    system = seen.system
    yield (
        _("System"),
        _("{os} {release}, {machine}, Python of {bits} bits").format(
            os=_SYSTEMS[system.os],
            release=system.release,
            machine=system.machine,
            bits=system.python_bits,
        ),
    )
    remote = REMOTE_KINDS[system.remote] if system.remote else _("no")
    yield _("Remote session"), remote
    problem = seen.service.problem
    yield _("Smart card service"), _(SERVICE_PROBLEMS[problem]) if problem else _("works")
    for module in seen.modules:
        yield _("Module"), f"{module.path}: {_(OUTCOMES[module.outcome])}"
    if not seen.modules:
        yield _("Module"), _("none found")


def _reader(slot: Slot) -> Iterator[tuple[str, str]]:
    reader, card, token = slot.reader, slot.reader.card, slot.token
    if reader.usb_id or reader.model:
        yield _("Reader"), " ".join(filter(None, (reader.model, reader.usb_id)))
    yield _("Card"), _(CARD_STATES[card.state])
    if card.kind is not None and card.kind.model:
        chip = _(" (chip per ATR: {chip})").format(chip=card.kind.chip) if card.kind.chip else ""
        yield _("Kind"), card.kind.model + chip
    if card.atr:
        yield "ATR", card.atr
    if token is not None:
        yield _("Serial number"), token.serial or "-"
        yield _("Module"), token.module
        yield "PIN", _pin(token.pin)


def _pin(pin: Pin) -> str:
    state = _(PIN_STATES[pin.state])
    if pin.min_length is None or pin.max_length is None:
        return state
    limits = _("{shortest} to {longest} characters").format(
        shortest=pin.min_length, longest=pin.max_length
    )
    return f"{state}, {limits}"
