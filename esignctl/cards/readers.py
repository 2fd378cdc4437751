"""Card readers by USB id and by name."""

import re
from typing import Final

from esignctl.text.folding import fold

MODELS: Final = {
    "072f:9000": "ACR38U",
    "072f:90cc": "ACR38U-CCID/ACR38T",
    "072f:b100": "ACR39U",
    "072f:b101": "ACR39K",
    "072f:b102": "ACR39T",
    "072f:b103": "ACR39F",
    "072f:b000": "ACR3901",
    "072f:90db": "CryptoMate64",
    "076b:3121": "Omnikey 3121",
    "076b:3021": "Omnikey 3021/3022",
    "076b:3031": "Omnikey 3x21",
    "076b:1021": "Omnikey 1021",
    "08e6:3437": "Gemalto PC Twin",
    "08e6:3438": "Gemalto Shell Token V2",
    "08e6:8141": "Gemalto K3000",
    "058f:9540": "Alcor AU9540",
    "096e:060d": "Feitian R502",
    "2a17:0001": "UDEA MILKO",
    "2406:6407": "Atlantis",
}
"""What stands on the readers that are met in the field, by USB id."""

_DESCRIPTION_BYTES: Final = 64
_WINDOWS_NAME = re.compile(r"vid_([0-9a-f]{4})&pid_([0-9a-f]{4})", re.IGNORECASE)
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


def model_by_name(reader: str) -> str | None:
    """The model whose words a reader's PC/SC name has: ACR39U in ``ACS ACR39U ICC Reader``."""
    compact = _NOT_ALNUM.sub("", fold(reader))
    fitting = []
    for model in MODELS.values():
        *maker, ending = fold(model).split()
        for number in ending.split("/"):
            words = [_NOT_ALNUM.sub("", word) for word in (*maker, number)]
            if all(word in compact for word in words):
                fitting.append((sum(map(len, words)), model))
    return max(fitting)[1] if fitting else None


def usb_id_in(device_name: str) -> str | None:
    r"""The USB id in a Windows device name such as ``\\?\usb#vid_072f&pid_90cc#…``."""
    found = _WINDOWS_NAME.search(device_name)
    return f"{found[1]}:{found[2]}".translate(_LOWER_HEX) if found else None


def belongs(slot: str, reader: str) -> bool:
    """Whether a PKCS#11 slot's description names a reader of PC/SC; it holds 64 bytes at most."""
    cut = reader.encode()[:_DESCRIPTION_BYTES].decode(errors="ignore").rstrip()
    return slot in (reader, cut)


_LOWER_HEX = str.maketrans("ABCDEF", "abcdef")
