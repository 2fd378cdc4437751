"""What card software this computer has, apart from PKCS#11 modules: system, service, drivers."""

import platform
import plistlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from esignctl.cards.model import System

_OS_RELEASE: Final = (Path("/etc/os-release"), Path("/usr/lib/os-release"))


@dataclass(frozen=True, slots=True)
class Edition:
    """Which system this is. `family` is a key of the data's families, "" where none fits."""

    name: str
    version: str
    family: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A driver of readers, and the USB ids that it serves."""

    name: str
    version: str
    usb_ids: frozenset[str]


@cache
def data() -> Mapping[str, Any]:
    """``drivers.toml``."""
    place = Path(__file__).with_name("drivers.toml")
    return tomllib.loads(place.read_text(encoding="utf-8"))


def edition(system: System) -> Edition:
    """This computer's system by its maker's name and version."""
    if system.os == "windows":
        release, version, *_rest = platform.win32_ver()
        return Edition(f"Windows {release}".strip(), version)
    if system.os == "macos":
        return Edition("macOS", platform.mac_ver()[0])
    for file in _OS_RELEASE:
        if file.is_file():
            return from_os_release(file.read_text(encoding="utf-8", errors="replace"))
    return Edition("Linux", system.release)


def from_os_release(text: str) -> Edition:
    """A Linux distribution by its ``os-release`` file."""
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    values = {key.strip(): value.strip().strip("\"'") for key, value in pairs}
    kin = [values.get("ID", ""), *values.get("ID_LIKE", "").split()]
    families = data()["linux"]["families"]
    family = next((name for name in kin if name in families), "")
    return Edition(values.get("NAME", "Linux"), values.get("VERSION_ID", ""), family)


def service_is_installed(system: System) -> bool:
    """Whether the smart card service's program is on this computer."""
    return any(Path(file).exists() for file in data()[system.os]["service_files"])


def bundles(system: System) -> tuple[Bundle, ...]:
    """The drivers of readers; Windows keeps no such list."""
    folders = data()[system.os].get("bundles", [])
    return tuple(bundle for folder in folders for bundle in bundles_in(Path(folder)))


def bundles_in(folder: Path) -> Iterator[Bundle]:
    """The drivers in a folder, by the list of readers that each one carries."""
    for place in sorted(folder.glob("*.bundle")):
        try:
            with (place / "Contents" / "Info.plist").open("rb") as file:
                info = plistlib.load(file)
        except (OSError, ValueError, plistlib.InvalidFileException):
            continue
        ids = zip(info.get("ifdVendorID", []), info.get("ifdProductID", []), strict=False)
        yield Bundle(
            place.stem,
            str(info.get("CFBundleShortVersionString", "")),
            frozenset(f"{int(vendor, 16):04x}:{int(product, 16):04x}" for vendor, product in ids),
        )
