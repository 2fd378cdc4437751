"""What this computer has for reading cards against what its reader and card need."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

from esignctl.cards import diagnosis, modules, pcsc, software, system, usb
from esignctl.cards.model import Module, Observation, Reader
from esignctl.cards.software import Bundle, Edition
from esignctl.cards.tokens import Prober
from esignctl.cards.usb import Plugged
from esignctl.findings import Finding, finding
from esignctl.i18n import _
from esignctl.text.folding import tokens as words

What = Literal["packages", "service", "reader", "module"]
State = Literal["ok", "missing", "stopped", "denied", "bitness", "failed", "unknown"]


_BEST_FIRST: Final[tuple[State, ...]] = ("ok", "unknown", "failed", "bitness", "missing")


@dataclass(frozen=True, slots=True)
class Machine:
    """Everything that one look saw. `plugged` are readers on the bus, driven or not."""

    observation: Observation
    edition: Edition
    service_installed: bool
    plugged: tuple[Plugged, ...] = ()
    bundles: tuple[Bundle, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is needed, and how it stands.

    `name` is what is needed, `found` what is there (a driver, a module's path), `problem` a short
    technical text. `command` mends it in a terminal, `page` has it for download; both may be "".
    """

    what: What
    name: str
    state: State
    found: str = ""
    version: str = ""
    bits: int | None = None
    problem: str = ""
    command: str = ""
    page: str = ""


def look(configured: Sequence[str]) -> Machine:
    """Look at this computer; AKİS modules are loaded even when no card is in a reader."""
    with Prober() as prober:
        here = system.here()
        service, readers = pcsc.look()
        known = tuple(
            replace(each, configured=each.configured or each.kind in ("akis", "tckk"))
            for each in modules.candidates(configured, here)
        )
        if service.available:
            known = prober.read(known, readers)
    return Machine(
        Observation(here, service, readers, known),
        software.edition(here),
        software.service_is_installed(here),
        usb.plugged(here.os),
        software.bundles(here),
    )


def needs(machine: Machine) -> list[Need]:
    """What is needed, in the order in which it must be mended."""
    return [
        *_packages(machine),
        _service(machine),
        *_readers(machine),
        _module(machine),
    ]


def findings(machine: Machine, needed: Sequence[Need]) -> list[Finding]:
    """What of it must be mended, and how."""
    found = []
    for need in needed:
        match need.what, need.state:
            case _, "ok" | "unknown":
                continue
            case "packages", _:
                found.append(finding("CARD-EXTRA-MISSING"))
            case "service", "denied":
                diagnoses = diagnosis.diagnose(machine.observation, [], datetime.now(UTC), 0)
                codes = (each.finding for each in diagnoses)
                found += [each for each in codes if each.code == "CARD-ACCESS-DENIED"]
            case "service", "missing":
                found.append(finding("DRIVER-SERVICE", name=need.name, how=_how(need)))
            case "service", _:
                found.append(finding("DRIVER-STOPPED", name=need.name, how=_how(need)))
            case "reader", _:
                found.append(finding("DRIVER-READER", reader=need.name, how=_how(need)))
            case "module", "missing":
                found.append(finding("MODULE-MISSING", module=need.name, page=need.page))
            case "module", "bitness":
                found.append(finding("MODULE-BITNESS", module=need.name, bits=need.bits))
            case "module", _:
                found.append(
                    finding("MODULE-FAILED", module=need.name, problem=need.problem, page=need.page)
                )
    return found


def _how(need: Need) -> str:
    if need.command:
        return _("Run as an administrator: {command}").format(command=need.command)
    if need.page:
        return _("Download it from {page}").format(page=need.page)
    return _("Plug the reader in again; restart the computer if that does not help.")


def _data(machine: Machine) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the data say of the system, and of its family of distributions."""
    ours = software.data()[machine.observation.system.os]
    return ours, ours.get("families", {}).get(machine.edition.family, {})


def _packages(machine: Machine) -> Iterator[Need]:
    if machine.observation.service.problem == "extra-missing":
        _ours, family = _data(machine)
        build = _install(family, family.get("build_packages", ""))
        command = "pip install 'esignctl[card]'"
        yield Need(
            "packages",
            "pyscard, PyKCS11",
            "missing",
            command=f"{build} && {command}" if build else command,
        )


def _service(machine: Machine) -> Need:
    ours, family = _data(machine)
    name, service = ours["service"], machine.observation.service
    need = Need("service", name, "ok", found=name if machine.service_installed else "")
    match service.problem:
        case None:
            return need
        case "denied":
            return replace(need, state="denied")
        case "extra-missing":
            if machine.service_installed:
                return replace(need, state="unknown")
    if machine.service_installed:
        return replace(need, state="stopped", command=ours.get("service_start", ""))
    return replace(need, state="missing", command=_install(family, family.get("service_package")))


def _readers(machine: Machine) -> Iterator[Need]:
    """Readers that work, then those on the bus that the service does not see."""
    seen = machine.observation.readers
    for reader in seen:
        bundle = _bundle(machine, reader.usb_id)
        yield Need(
            "reader",
            reader.model or reader.name,
            "ok",
            found=bundle.name if bundle else reader.name,
            version=bundle.version if bundle else "",
        )
    ours, family = _data(machine)
    packages = family.get("reader_packages", {})
    for device in machine.plugged:
        if any(_is(device, reader) for reader in seen):
            continue
        bundle = _bundle(machine, device.usb_id)
        vendor = device.usb_id.partition(":")[0]
        package = packages.get(device.usb_id) or packages.get(vendor) or packages.get("")
        asked = machine.observation.service.available
        yield Need(
            "reader",
            f"{device.name} ({device.usb_id})",
            "unknown" if bundle and not asked else "missing",
            found=bundle.name if bundle else "",
            version=bundle.version if bundle else "",
            command=_install(family, package) or ours.get("reader_hint", ""),
            page=software.data()["pages"]["akis"],
        )


def _is(device: Plugged, reader: Reader) -> bool:
    """Whether a device on the bus is a reader of PC/SC, which may not tell its USB id."""
    if reader.usb_id is not None:
        return reader.usb_id == device.usb_id
    return bool(set(words(device.name)) & set(words(reader.name)) - {"reader", "usb", "card"})


def _bundle(machine: Machine, usb_id: str | None) -> Bundle | None:
    return next((each for each in machine.bundles if usb_id in each.usb_ids), None)


def _module(machine: Machine) -> Need:
    """The module for the card that is in a reader; the AKİS one where there is no other card."""
    seen = machine.observation
    ready = [reader for reader in seen.readers if reader.card.state == "ready"]
    foreign = bool(ready) and not any(
        reader.card.kind and reader.card.kind.is_akis for reader in ready
    )
    pages = software.data()["pages"]
    ours = [
        module
        for module in seen.modules
        if module.outcome != "missing" and (foreign or module.kind in ("akis", "tckk"))
    ]
    if not ours:
        name = software.data()[seen.system.os]["module"]
        return Need("module", name, "missing", bits=seen.system.python_bits, page=pages["akis"])
    return min(
        (_module_need(module, pages["latest"]) for module in ours),
        key=lambda need: _BEST_FIRST.index(need.state),
    )


def _module_need(module: Module, page: str) -> Need:
    need = Need(
        "module", module.path, "ok", module.path, module.version, module.bits, module.problem
    )
    match module.outcome:
        case "loaded" if module.tokens or not module.unrecognised:
            return need
        case "loaded":
            return replace(need, state="failed", problem="CKR_TOKEN_NOT_RECOGNIZED", page=page)
        case "bitness":
            return replace(need, state="bitness", page=page)
        case "not-tried" | "extra-missing":
            return replace(need, state="unknown")
    return replace(need, state="failed", problem=module.problem or module.outcome, page=page)


def _install(family: dict[str, Any], packages: str | None) -> str:
    if not family or not packages:
        return ""
    return str(family["install"]).format(packages=packages)
