"""An AKİS-like card: the ATRs, status words and read-only commands of public descriptions.

Its files' contents are this project's own, read by the PKCS#11 module in ``akisp11.c``; what a real
card keeps in its files is not public. It is as strict as a real one must be taken to be: it counts
wrong PINs, and it answers an empty VERIFY, which nobody has tried on AKİS, by counting it as wrong.
"""

import struct
from collections.abc import Sequence

from tests.cards.virtual import apdu
from tests.cards.virtual.apdu import Command, answer, tlv
from tests.cards.virtual.certificates import Issued
from tests.cards.virtual.pin import Pin
from tests.cards.virtual.slot import Card

UEKAE_1_2_1 = bytes.fromhex("3B9F968131FE45806755454B41451221318073B3A180D9")
UEKAE_1_0 = bytes.fromhex("3BBA11008131FE4D55454B41452056312E30AE")
TC_2_2_8 = bytes.fromhex("3B9F968131FE4580655443D3210831C073F6218081055B")
TC_2_6_2 = bytes.fromhex("3B9F978131FE4580655443D3230231C073F62180810552")

MASTER, DIRECTORY, FIRST_CERTIFICATE = 0x3F00, 0x4300, 0x4301
PIN_REFERENCE = 0x01
PIN_SIZE = 16
MOST = 244
# the bits of FCI tag 90; that a locked card sets both of the upper ones is an assumption
PIN_NEEDED, ONE_WRONG, LAST_TRY = 0x04, 0x40, 0x80
USER, ADMINISTRATION = 0xA5, 0xA0


class AkisCard(Card):
    """An AKİS card with certificates under labels such as ``10000000146NES0``."""

    def __init__(
        self,
        *certificates: tuple[str, Issued],
        atr: bytes = UEKAE_1_2_1,
        pin: str | None = "4711",
        tries_left: int = 3,
        serial: str = "0123456789AB",
        life_cycle: int = USER,
        name: str = "akis",
    ) -> None:
        self.name = name
        self.atr = atr
        locked = apdu.LOCKED if b"eTC" in atr else apdu.LOCKED_V1
        self.pin = pin and Pin(pin.encode(), left=tries_left, locked_status=locked)
        self._serial = serial.encode()
        self._life_cycle = life_cycle
        self._keys = [issued for _, issued in certificates]
        self._files = {DIRECTORY: _directory(certificates)}
        for number, (_, issued) in enumerate(certificates):
            self._files[FIRST_CERTIFICATE + number] = issued.der
        self.reset()

    def reset(self) -> None:
        """Power gone: the master file is selected, nothing is verified."""
        self._selected, self._key = MASTER, 0
        if self.pin:
            self.pin.verified = False

    def answer(self, command: Command) -> bytes:
        """What the public descriptions say; everything else is an unknown instruction."""
        if command.cla not in (0x00, 0x80):
            return answer(apdu.UNKNOWN_CLASS)
        if command.cla == 0x80:
            return answer(apdu.NOT_SATISFIED)
        match command.ins:
            case apdu.SELECT:
                return self._select(command)
            case apdu.READ_BINARY:
                return self._read(command)
            case apdu.GET_DATA:
                return self._get(command)
            case apdu.VERIFY:
                return self._verify(command)
            case apdu.CHANGE:
                return self._change(command)
            case apdu.MANAGE:
                self._key = command.data[-1]
                return answer(apdu.OK)
            case apdu.SIGN:
                return self._sign(command)
        return answer(apdu.UNKNOWN_INSTRUCTION)

    def _select(self, command: Command) -> bytes:
        number = int.from_bytes(command.data, "big") if len(command.data) == 2 else MASTER
        if command.p1 == 0x04 or (number != MASTER and number not in self._files):
            return answer(apdu.FILE_NOT_FOUND)
        self._selected = number
        size = len(self._files.get(number, b""))
        described = tlv(0x81, struct.pack(">H", size)) + tlv(0x83, struct.pack(">H", number))
        return answer(apdu.OK, tlv(0x6F, described + tlv(0x90, bytes([self._hint()]))))

    def _hint(self) -> int:
        if not self.pin:
            return 0
        wrong = {3: 0, 2: ONE_WRONG, 1: LAST_TRY, 0: ONE_WRONG | LAST_TRY}[self.pin.left]
        return PIN_NEEDED | wrong

    def _read(self, command: Command) -> bytes:
        content = self._files.get(self._selected)
        offset = command.p1 << 8 | command.p2
        if content is None:
            return answer(apdu.NOT_SATISFIED)
        if (command.le or 0) > MOST:
            return answer(apdu.WRONG_LENGTH)
        if offset > len(content):
            return answer(apdu.WRONG_OFFSET)
        return answer(apdu.OK, content[offset : offset + (command.le or 0)])

    def _get(self, command: Command) -> bytes:
        if (command.p1, command.p2) == (0x01, 0x06) and command.le == 0x4D:
            return answer(apdu.OK, bytes(55) + self._serial.ljust(12)[:12] + bytes(10))
        if (command.p1, command.p2) == (0x01, 0x04) and command.le == 0x0A:
            return answer(apdu.OK, bytes(6) + bytes([self._life_cycle]) + bytes(3))
        return answer(apdu.NO_REFERENCE)

    def _verify(self, command: Command) -> bytes:
        if not self.pin:
            return answer(0x641A)
        if command.p2 != PIN_REFERENCE:
            return answer(apdu.NO_REFERENCE)
        return answer(self.pin.present(command.data))

    def _change(self, command: Command) -> bytes:
        if not self.pin:
            return answer(0x641A)
        if command.p2 != PIN_REFERENCE:
            return answer(apdu.NO_REFERENCE)
        if len(command.data) != 2 * PIN_SIZE:
            return answer(apdu.WRONG_LENGTH)
        old, new = (half.rstrip(b"\0") for half in _halves(command.data))
        return answer(self.pin.change(old, new))

    def _sign(self, command: Command) -> bytes:
        """RSA over a DigestInfo, ECDSA over a digest as two numbers; after a PIN only."""
        if not self.pin or not self.pin.verified:
            return answer(apdu.NOT_ALLOWED)
        if self._key >= len(self._keys):
            return answer(apdu.NO_REFERENCE)
        return answer(apdu.OK, self._keys[self._key].sign_raw(command.data))


def nes_label(holder_tckn: str, number: int = 0) -> str:
    """The label under which a holder's certificate stands on a card; a personal number."""
    return f"{holder_tckn}NES{number}"


def _directory(certificates: Sequence[tuple[str, Issued]]) -> bytes:
    """A line per certificate: the label's length, the label, the file's number, its size."""
    lines = b""
    for number, (label, issued) in enumerate(certificates):
        place = struct.pack(">HH", FIRST_CERTIFICATE + number, len(issued.der))
        lines += bytes([len(label)]) + label.encode() + place
    return lines


def _halves(data: bytes) -> tuple[bytes, bytes]:
    return data[: len(data) // 2], data[len(data) // 2 :]
