"""What a program library is made for, read from its first bytes and without loading it."""

import struct
from pathlib import Path

_ELF_MACHINES = {3: "x86", 40: "arm", 62: "x86_64", 183: "aarch64"}
_PE_MACHINES = {0x14C: "x86", 0x8664: "x86_64", 0xAA64: "aarch64"}
_MACH_MACHINES = {7: "x86", 0x01000007: "x86_64", 12: "arm", 0x0100000C: "aarch64"}
_BITS = {"x86": 32, "arm": 32, "x86_64": 64, "aarch64": 64}
_LITTLE_ENDIAN = 1
_READ = 4096


def machines(path: Path) -> frozenset[str]:
    """The architectures of an ELF, PE or Mach-O library: ``x86 x86_64 arm aarch64``.

    Empty for what is no library, or for an architecture we do not know. Raises ``OSError``.
    """
    with path.open("rb") as file:
        head = file.read(_READ)
    try:
        return _elf(head) or _pe(head) or _mach(head)
    except struct.error:
        return frozenset()


def bits(machine: str) -> int | None:
    """32 or 64."""
    return _BITS.get(machine)


def _elf(head: bytes) -> frozenset[str]:
    if head[:4] != b"\x7fELF":
        return frozenset()
    order, machine = struct.unpack_from("<xxxxxB12xH", head)
    if order != _LITTLE_ENDIAN:
        return frozenset()
    return _named(_ELF_MACHINES.get(machine))


def _pe(head: bytes) -> frozenset[str]:
    if head[:2] != b"MZ":
        return frozenset()
    (at,) = struct.unpack_from("<I", head, 60)
    signature, machine = struct.unpack_from("<4sH", head, at)
    return _named(_PE_MACHINES.get(machine)) if signature == b"PE\0\0" else frozenset()


def _mach(head: bytes) -> frozenset[str]:
    match head[:4]:
        case b"\xcf\xfa\xed\xfe" | b"\xce\xfa\xed\xfe":
            return _named(_MACH_MACHINES.get(struct.unpack_from("<I", head, 4)[0]))
        case b"\xca\xfe\xba\xbe":
            (count,) = struct.unpack_from(">I", head, 4)
            found = (struct.unpack_from(">I", head, 8 + 20 * each)[0] for each in range(count))
            return frozenset(filter(None, map(_MACH_MACHINES.get, found)))
    return frozenset()


def _named(machine: str | None) -> frozenset[str]:
    return frozenset([machine] if machine else ())
