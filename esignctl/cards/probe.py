"""A short-lived process that loads PKCS#11 modules: ``python -m esignctl.cards.probe``.

It reads one module's path per line and answers each with one line of JSON, so that a module that
crashes or hangs takes only this process with it. It reads tokens and certificates in one session
each, without a login and without any PIN. `esignctl.cards.tokens` starts it and judges.
"""

import base64
import json
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

_NO_CARD = {"CKR_TOKEN_NOT_PRESENT", "CKR_DEVICE_REMOVED"}
_NOT_LOADED = -1


def main() -> None:
    """Answer until stdin ends; leave without giving modules a chance to fail at the end."""
    answers = _private_stdout()
    _die_quietly()
    import PyKCS11

    for line in sys.stdin:
        answers.write(json.dumps(_read(PyKCS11, json.loads(line))) + "\n")
        answers.flush()
    os._exit(0)


def _private_stdout() -> TextIO:
    """Keep stdout for the answers: what modules print goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _die_quietly() -> None:
    """No core file, which would hold what is on the card, and no window about a crash."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002 | 0x8000)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(pkcs11: Any, path: str) -> dict[str, object]:
    """What a module sees: ``{"problem", "version", "tokens": […], "unrecognised": [slot, …]}``."""
    library = pkcs11.PyKCS11Lib()
    tokens: list[dict[str, object]] = []
    unrecognised: list[str] = []
    seen: dict[str, object] = {
        "problem": "",
        "version": "",
        "tokens": tokens,
        "unrecognised": unrecognised,
    }
    try:
        load(pkcs11, library, path)
        seen["version"] = _version(pkcs11, library)
        for slot in library.getSlotList(tokenPresent=True):
            description = text(library.getSlotInfo(slot).slotDescription)
            try:
                info = library.getTokenInfo(slot)
            except pkcs11.PyKCS11Error as error:
                if name(pkcs11, error) not in _NO_CARD:
                    unrecognised.append(description)
                continue
            tokens.append(_token(pkcs11, library, slot, description, info))
    except OSError as error:
        seen["problem"] = str(error)
    except pkcs11.PyKCS11Error as error:
        seen["problem"] = name(pkcs11, error)
    return seen


def load(pkcs11: Any, library: Any, path: str) -> None:
    """Load and initialise; some builds refuse arguments and want none at all.

    Raises ``OSError`` with the system's own words for what it cannot load.
    """
    try:
        library.load(path)
    except pkcs11.PyKCS11Error as error:
        import ctypes

        if error.value == _NOT_LOADED:
            ctypes.CDLL(path)
        if name(pkcs11, error) != "CKR_ARGUMENTS_BAD":
            raise

        # initialised so, the module answers the next attempt that it is initialised already
        _initialise_without_arguments(path)
        library.load(path)


def _initialise_without_arguments(path: str) -> None:
    """``C_Initialize(NULL)``, found through the one function that every module exports."""
    import ctypes

    table = ctypes.c_void_p()
    ctypes.CDLL(path).C_GetFunctionList(ctypes.byref(table))
    # the first entry of the table, behind two bytes of version; Windows packs it
    offset = 2 if sys.platform == "win32" else ctypes.sizeof(ctypes.c_void_p)
    address = ctypes.c_void_p.from_address((table.value or 0) + offset).value or 0
    ctypes.CFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p)(address)(None)


def _version(pkcs11: Any, library: Any) -> str:
    try:
        major, minor = library.getInfo().libraryVersion
    except pkcs11.PyKCS11Error:
        return ""
    return f"{major}.{minor}"


def _token(pkcs11: Any, library: Any, slot: int, description: str, info: Any) -> dict[str, object]:
    return {
        "slot": description,
        "slot_id": int(slot),
        "label": text(info.label),
        "serial": text(info.serialNumber),
        "manufacturer": text(info.manufacturerID),
        "model": text(info.model),
        "flags": int(info.flags),
        "slot_flags": int(library.getSlotInfo(slot).flags),
        "min_pin": int(info.ulMinPinLen),
        "max_pin": int(info.ulMaxPinLen),
        "certificates": [
            base64.b64encode(der).decode("ascii") for der in _certificates(pkcs11, library, slot)
        ],
    }


def _certificates(pkcs11: Any, library: Any, slot: int) -> Iterator[bytes]:
    """The DER of every certificate; what cannot be read is left out."""
    try:
        session = library.openSession(slot)
    except pkcs11.PyKCS11Error:
        return
    try:
        for found in session.findObjects([(pkcs11.CKA_CLASS, pkcs11.CKO_CERTIFICATE)]):
            try:
                (value,) = session.getAttributeValue(found, [pkcs11.CKA_VALUE])
            except pkcs11.PyKCS11Error:
                continue
            if value:
                yield bytes(value)
    except pkcs11.PyKCS11Error:
        return
    finally:
        session.closeSession()


def name(pkcs11: Any, error: Any) -> str:
    """The error's name in the standard, such as ``CKR_DEVICE_ERROR``."""
    known = pkcs11.CKR.get(error.value)
    return known if isinstance(known, str) else f"0x{error.value & 0xFFFFFFFF:08X}"


def text(field: Any) -> str:
    """A padded field of the module as text."""
    words = field if isinstance(field, str) else bytes(field).decode("utf-8", "replace")
    return words.rstrip("\0 ").strip()


if __name__ == "__main__":
    main()
