"""Which PKCS#11 modules this computer has, and whether this Python can load them at all."""

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PureWindowsPath
from typing import Any

from esignctl.cards import binary
from esignctl.cards.model import Module, System
from esignctl.text.folding import fold

KINDS = ("akis", "tckk", "other", "opensc")


def candidates(configured: Sequence[str], system: System) -> tuple[Module, ...]:
    """The modules to try, in this order: configured ones, then those at their usual places.

    A configured module is listed although it is missing; of the others only those that are there.
    """
    ours = [_judge(path, system, configured=True) for path in configured]
    found = (
        _judge(place, system)
        for place in usual_places(system.os)
        if place not in configured and os.path.exists(place)  # noqa: PTH110 - many, and strings
    )
    return (*ours, *_without_links(found, ours))


def kind_of(path: str) -> str:
    """What a module is by its file's name: ``akis``, ``tckk``, ``opensc`` or ``other``."""
    name = fold(PureWindowsPath(path).name)
    for kind in ("akis", "tckk"):
        if any(fold(known) in name for known in _catalogue()["kinds"][kind]):
            return kind
    return "opensc" if "opensc" in name else "other"


def usual_places(os_name: str) -> Iterator[str]:
    """Every place where a module may lie on this operating system, best first."""
    catalogue = _catalogue()
    for kind in KINDS:
        if kind == "opensc":
            yield from catalogue[os_name]["opensc"]
            continue
        for name in catalogue["kinds"][kind]:
            for place in catalogue[os_name]["places"]:
                yield place.format(name=name)


def _judge(path: str, system: System, *, configured: bool = False) -> Module:
    kind = kind_of(path)
    try:
        made_for = binary.machines(Path(path))
    except FileNotFoundError:
        return Module(path, kind, "missing", configured)
    except OSError as error:
        return Module(path, kind, "failed", configured, problem=error.strerror or "")
    if not made_for:
        return Module(path, kind, "failed", configured, problem="ENOEXEC")
    width = binary.bits(min(made_for))
    fits = any(_fits(machine, system) for machine in made_for)
    return Module(path, kind, "not-tried" if fits else "bitness", configured, width)


def _fits(machine: str, system: System) -> bool:
    """Whether a Python of this many bits on this machine can load what is made for `machine`."""
    if binary.bits(machine) != system.python_bits:
        return False
    arms = machine in ("arm", "aarch64")
    return arms == (system.machine.startswith(("arm", "aarch64")))


def _without_links(found: Iterable[Module], known: Sequence[Module]) -> Iterator[Module]:
    """Each file once, although several names lead to it."""
    seen = {os.path.realpath(module.path) for module in known}
    for module in found:
        real = os.path.realpath(module.path)
        if real not in seen:
            seen.add(real)
            yield module


@cache
def _catalogue() -> Mapping[str, Any]:
    place = Path(__file__).with_name("modules.toml")
    return tomllib.loads(place.read_text(encoding="utf-8"))
