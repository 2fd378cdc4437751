"""Which modules a computer has, and whether this Python can load them."""

import struct
import sys
from pathlib import Path

import pytest

from esignctl.cards import binary, modules, system
from esignctl.cards.model import System
from tests.cards.seen import LINUX


def elf(machine: int, bits: int = 64) -> bytes:
    return b"\x7fELF" + bytes([bits // 32, 1]) + bytes(12) + struct.pack("<H", machine) + bytes(50)


def pe(machine: int) -> bytes:
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", machine)


def mach(machine: int) -> bytes:
    return b"\xcf\xfa\xed\xfe" + struct.pack("<I", machine)


def fat(*machines: int) -> bytes:
    entries = b"".join(struct.pack(">IIIII", machine, 0, 0, 0, 0) for machine in machines)
    return b"\xca\xfe\xba\xbe" + struct.pack(">I", len(machines)) + entries


@pytest.mark.parametrize(
    ("content", "machines"),
    [
        (elf(62), {"x86_64"}),
        (elf(3, 32), {"x86"}),
        (elf(183), {"aarch64"}),
        (elf(8), set()),
        (pe(0x8664), {"x86_64"}),
        (pe(0x14C), {"x86"}),
        (pe(0xAA64), {"aarch64"}),
        (mach(0x0100000C), {"aarch64"}),
        (fat(0x01000007, 0x0100000C), {"x86_64", "aarch64"}),
        (b"", set()),
        (b"MZ", set()),
        (b"\x7fELF", set()),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x09", set()),
        (b"just a text", set()),
    ],
)
def test_the_first_bytes_tell_the_architecture(
    tmp_path: Path, content: bytes, machines: set[str]
) -> None:
    file = tmp_path / "module"
    file.write_bytes(content)
    assert binary.machines(file) == machines


def test_pythons_own_library_is_what_it_is() -> None:
    import _ctypes

    here = system.here()
    assert here.machine in binary.machines(Path(_ctypes.__file__))
    assert here.python_bits == (64 if sys.maxsize > 2**32 else 32)


@pytest.mark.parametrize(
    ("content", "here", "outcome"),
    [
        (elf(62), LINUX, "not-tried"),
        (elf(3, 32), LINUX, "bitness"),
        (elf(62), System("linux", "", "x86_64", 32), "bitness"),
        (elf(183), LINUX, "bitness"),
        (elf(62), System("macos", "", "aarch64", 64), "bitness"),
        (b"text", LINUX, "failed"),
    ],
)
def test_a_module_of_another_architecture_is_not_loaded(
    tmp_path: Path, content: bytes, here: System, outcome: str
) -> None:
    file = tmp_path / "libakisp11.so"
    file.write_bytes(content)
    (found, *_rest) = modules.candidates([str(file)], here)
    assert (found.outcome, found.kind, found.configured) == (outcome, "akis", True)


def test_a_configured_module_that_is_missing_is_listed() -> None:
    (found, *_rest) = modules.candidates(["/nowhere/at/all.so"], LINUX)
    assert (found.outcome, found.configured) == ("missing", True)


def test_a_folder_is_no_module(tmp_path: Path) -> None:
    (found, *_rest) = modules.candidates([str(tmp_path)], LINUX)
    assert found.outcome == "failed"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\Windows\System32\akisp11.dll", "akis"),
        ("/opt/Akia/libakisp11.so", "akis"),
        ("/usr/lib/libtckkp11.so", "tckk"),
        ("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "opensc"),
        ("/usr/lib/softhsm/libsofthsm2.so", "other"),
    ],
)
def test_a_module_is_known_by_its_name(path: str, kind: str) -> None:
    assert modules.kind_of(path) == kind


@pytest.mark.parametrize(
    ("os_name", "place"),
    [
        ("windows", r"C:\Windows\System32\akisp11.dll"),
        ("windows", r"C:\Windows\SysWOW64\akisp11.dll"),
        ("linux", "/usr/lib/libakisp11.so"),
        ("linux", "/opt/Akia/libakisp11.so"),
        ("linux", "/usr/lib/akia/libakisp11.so"),
        ("linux", "/usr/local/lib/libakisp11.so"),
        ("linux", "/usr/lib/x86_64-linux-gnu/libakisp11.so"),
        ("linux", "/usr/lib64/libakisp11.so"),
        ("macos", "/usr/local/lib/libakisp11.dylib"),
        ("macos", "/Library/Java/Extensions/libakisp11.dylib"),
        ("macos", "/Library/Akis/libakisp11.dylib"),
        ("macos", "/opt/homebrew/lib/libakisp11.dylib"),
    ],
)
def test_the_akis_module_is_looked_for_where_it_is_installed(os_name: str, place: str) -> None:
    assert place in list(modules.usual_places(os_name))


@pytest.mark.parametrize("os_name", ["linux", "windows", "macos"])
def test_akis_comes_first_and_opensc_last(os_name: str) -> None:
    kinds = [modules.kind_of(place) for place in modules.usual_places(os_name)]
    assert kinds == sorted(kinds, key=modules.KINDS.index)


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        ({"SESSIONNAME": "RDP-Tcp#3"}, "rdp"),
        ({"SESSIONNAME": "ICA-CGP#1"}, "citrix"),
        ({"SESSIONNAME": "Console"}, None),
        ({"XRDP_SESSION": "1"}, "rdp"),
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, "ssh"),
        ({}, None),
    ],
)
def test_a_remote_session_is_known_by_its_environment(
    environment: dict[str, str], kind: str | None
) -> None:
    assert system.remote_kind(environment) == kind


def test_windows_own_word_on_remote_sessions_counts() -> None:
    assert system.remote_kind({}, windows_remote=True) == "rdp"


@pytest.mark.parametrize(("said", "name"), [("AMD64", "x86_64"), ("arm64", "aarch64")])
def test_an_architecture_has_one_name(said: str, name: str) -> None:
    assert system.machine_name(said) == name
