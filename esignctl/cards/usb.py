"""Card readers that are plugged in, whether or not a driver knows them: what the USB bus tells."""

import contextlib
import plistlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from esignctl.cards import readers

DEVICES: Final = Path("/sys/bus/usb/devices")
_SMART_CARD_CLASS: Final = 0x0B
_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class Plugged:
    """A reader on the bus: its USB id such as ``072f:90cc``, and what it calls itself."""

    usb_id: str
    name: str


def plugged(system: str) -> tuple[Plugged, ...]:
    """The readers on this computer's bus; `system` is ``linux macos windows``.

    A system that does not let itself be asked tells of none.
    """
    with contextlib.suppress(OSError, subprocess.SubprocessError, plistlib.InvalidFileException):
        match system:
            case "linux":
                return tuple(from_sysfs(DEVICES))
            case "macos":
                return tuple(from_ioreg(_ioreg()))
            case "windows":
                return tuple(from_instance_ids(_instance_ids()))
    return ()


def from_sysfs(devices: Path) -> Iterator[Plugged]:
    """Linux: devices that have an interface of the smart card class, or that are known readers."""
    for device in sorted(devices.glob("*")):
        vendor, product = _read(device / "idVendor"), _read(device / "idProduct")
        if not vendor or not product:
            continue
        usb_id = f"{vendor}:{product}"
        classes = (_read(file) for file in device.glob("*/bInterfaceClass"))
        if usb_id in readers.MODELS or f"{_SMART_CARD_CLASS:02x}" in classes:
            yield _named(usb_id, _read(device / "product"))


def from_ioreg(tree: list[dict[str, Any]]) -> Iterator[Plugged]:
    """macOS: the same from the registry of devices, as ``ioreg -a`` prints it."""
    for node in tree:
        children = node.get("IORegistryEntryChildren", [])
        if "idVendor" in node and "idProduct" in node:
            usb_id = f"{node['idVendor']:04x}:{node['idProduct']:04x}"
            classes = [child.get("bInterfaceClass") for child in children]
            if usb_id in readers.MODELS or _SMART_CARD_CLASS in classes:
                yield _named(usb_id, str(node.get("USB Product Name", "")))
        yield from from_ioreg(children)


def from_instance_ids(ids: list[str]) -> Iterator[Plugged]:
    """Windows: known readers among the devices that are present."""
    found = (readers.usb_id_in(each) for each in ids)
    for usb_id in dict.fromkeys(each for each in found if each in readers.MODELS):
        yield _named(usb_id, "")


def _named(usb_id: str, name: str) -> Plugged:
    return Plugged(usb_id, readers.MODELS.get(usb_id) or name or usb_id)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _ioreg() -> list[dict[str, Any]]:
    done = subprocess.run(
        ["/usr/sbin/ioreg", "-a", "-r", "-l", "-c", "IOUSBHostDevice"],
        capture_output=True,
        check=True,
        timeout=_SECONDS,
    )
    tree: list[dict[str, Any]] = plistlib.loads(done.stdout) if done.stdout else []
    return tree


def _instance_ids() -> list[str]:
    if sys.platform != "win32":
        return []
    import ctypes

    manager = ctypes.WinDLL("cfgmgr32")
    by_enumerator_and_present = 0x1 | 0x100
    size = ctypes.c_ulong()
    if manager.CM_Get_Device_ID_List_SizeW(ctypes.byref(size), "USB", by_enumerator_and_present):
        return []
    buffer = ctypes.create_unicode_buffer(size.value)
    if manager.CM_Get_Device_ID_ListW("USB", buffer, size, by_enumerator_and_present):
        return []
    return [each for each in ctypes.wstring_at(buffer, size.value).split("\0") if each]
