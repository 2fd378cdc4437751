"""PKCS#11 modules for tests: the AKİS-like one in its variants, and files that are none."""

import shutil
import subprocess
from pathlib import Path
from typing import Literal

SOURCE = Path(__file__).with_name("akisp11.c")
Fault = Literal["CRASH", "HANG", "HANG_IN_TOKEN", "NOT_RECOGNISED"]


def compiler() -> str | None:
    """The C compiler, or None."""
    return shutil.which("cc") or shutil.which("gcc")


def build(folder: Path, fault: Fault | None = None) -> Path:
    """Compile the AKİS-like module, faulty or not; a second call with the same folder reuses it."""
    module = folder / f"libakisp11{'-' + fault.lower() if fault else ''}.so"
    if not module.exists():
        options = [f"-D{fault}"] if fault else []
        compile_library(SOURCE, module, "-I/usr/include/PCSC", *options, "-lpcsclite")
    return module


def compile_library(source: Path, library: Path, *options: str) -> None:
    """Make a shared library of one C file."""
    places = ["-o", str(library), str(source)]
    command = [compiler() or "cc", "-std=gnu11", "-shared", "-fPIC", *places, *options]
    subprocess.run(command, check=True, capture_output=True)


def of_other_bitness(module: Path, folder: Path) -> Path:
    """The same file labelled as one for 32-bit x86 programs, where the loader refuses it."""
    other = folder / f"{module.stem}-32.so"
    content = bytearray(module.read_bytes())
    content[4] = 1
    content[18:20] = (3).to_bytes(2, "little")
    other.write_bytes(content)
    return other


def opensc() -> Path | None:
    """Stock OpenSC's module, wherever this machine keeps it."""
    return next(Path("/usr/lib").glob("**/opensc-pkcs11.so"), None)


def softhsm() -> Path | None:
    """SoftHSM2's module, wherever this machine keeps it."""
    return next(Path("/usr/lib").glob("**/libsofthsm2.so"), None)
