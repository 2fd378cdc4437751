"""A PIV applet (NIST SP 800-73) as far as OpenSC uses one, with true try counters.

Stock OpenSC reads it, so that everything above the card is the real thing: wrong PINs move its
token's flags to the final try and to locked.
"""

from tests.cards.virtual import apdu
from tests.cards.virtual.apdu import Command, answer, tlv, tries
from tests.cards.virtual.certificates import Issued
from tests.cards.virtual.pin import Pin
from tests.cards.virtual.slot import Card

AID = bytes.fromhex("A000000308000010000100")
AUTHENTICATION, SIGNATURE = 0x5FC105, 0x5FC10A
CHUID, DISCOVERY = 0x5FC102, 0x7E
KEY_OBJECTS = {0x9A: AUTHENTICATION, 0x9C: SIGNATURE}
RSA_2048, P_384 = 0x07, 0x14
PIN_SIZE = 8
FULL = 256


def padded(secret: str) -> bytes:
    """A PIN as it goes to the card: eight bytes, filled with FF."""
    return secret.encode().ljust(PIN_SIZE, b"\xff")


class PivCard(Card):
    """A PIV card with certificates in its authentication and its signature slot.

    The key in the latter asks for the PIN at each signature.
    """

    atr = bytes.fromhex("3B850150495676318C")

    def __init__(
        self,
        *issued: Issued | None,
        pin: str = "123456",
        tries_left: int = 3,
        name: str = "piv",
    ) -> None:
        self.name = name
        self.pin = Pin(padded(pin), left=tries_left)
        self.puk = Pin(padded("12345678"))
        self._keys: dict[int, Issued] = {}
        self._objects = {CHUID: _chuid(), DISCOVERY: _discovery()}
        for (key, tag), one in zip(KEY_OBJECTS.items(), issued, strict=False):
            if one is None:
                continue
            self._keys[key] = one
            self._objects[tag] = tlv(0x53, tlv(0x70, one.der) + tlv(0x71, b"\x00") + tlv(0xFE, b""))
        self.reset()

    def reset(self) -> None:
        """Power gone: nothing selected, nothing verified, nothing half-sent."""
        self._selected = False
        self.pin.verified = self.puk.verified = False
        self._rest = b""
        self._chain = b""

    def answer(self, command: Command) -> bytes:
        """ISO 7816-4 answers; chained both ways as T=1 cards of the field do."""
        if command.ins == apdu.GET_RESPONSE:
            return self._give(self._rest, command.le or FULL)
        if command.cla & 0x10:
            self._chain += command.data
            return answer(apdu.OK)
        data, self._chain = self._chain + command.data, b""
        if command.ins == apdu.SELECT:
            return self._select(data)
        if not self._selected:
            return answer(apdu.NOT_ALLOWED)
        most = command.le or FULL
        match command.ins:
            case apdu.PIV_GET_DATA:
                return self._get(data, most)
            case apdu.VERIFY:
                return self._verify(command)
            case apdu.CHANGE:
                return self._change(command.p2, data)
            case apdu.RESET:
                return self._unblock(data)
            case apdu.AUTHENTICATE:
                return self._authenticate(command.p1, command.p2, data, most)
        return answer(apdu.UNKNOWN_INSTRUCTION)

    def _select(self, aid: bytes) -> bytes:
        self._selected = bool(aid) and AID.startswith(aid[: len(AID)])
        self.pin.verified = False
        if not self._selected:
            return answer(apdu.FILE_NOT_FOUND)
        authority = tlv(0x79, tlv(0x4F, AID[:5]))
        return answer(apdu.OK, tlv(0x61, tlv(0x4F, AID[5:]) + authority))

    def _get(self, data: bytes, most: int) -> bytes:
        tag = int.from_bytes(data[2 : 2 + data[1]], "big") if data[:1] == b"\x5c" else 0
        found = self._objects.get(tag)
        return answer(apdu.FILE_NOT_FOUND) if found is None else self._give(found, most)

    def _give(self, data: bytes, most: int) -> bytes:
        """As much as is asked for; 61xx says that there is more."""
        part, self._rest = data[:most], data[most:]
        left = len(self._rest)
        return (
            answer(0x6100 | (left if left < FULL else 0), part) if left else answer(apdu.OK, part)
        )

    def _verify(self, command: Command) -> bytes:
        if command.p2 != 0x80:
            return answer(apdu.NO_REFERENCE)
        if command.p1 == 0xFF:
            self.pin.verified = False
            return answer(apdu.OK)
        if not command.data:
            return answer(self.pin.status)
        if len(command.data) != PIN_SIZE:
            return answer(apdu.WRONG_DATA)
        return answer(self._told(self.pin.present(command.data)))

    def _change(self, reference: int, data: bytes) -> bytes:
        pin = {0x80: self.pin, 0x81: self.puk}.get(reference)
        if pin is None:
            return answer(apdu.NO_REFERENCE)
        if len(data) != 2 * PIN_SIZE or not _acceptable(data[PIN_SIZE:]):
            return answer(apdu.WRONG_DATA)
        return answer(self._told(pin.change(data[:PIN_SIZE], data[PIN_SIZE:])))

    def _unblock(self, data: bytes) -> bytes:
        status = self.puk.present(data[:PIN_SIZE])
        if status == apdu.OK:
            self.pin.secret, self.pin.left = data[PIN_SIZE:], self.pin.limit
        return answer(status)

    @staticmethod
    def _told(status: int) -> int:
        return apdu.LOCKED if status == tries(0) else status

    def _authenticate(self, algorithm: int, key: int, data: bytes, most: int) -> bytes:
        """Sign what is in tag 81 of the template: a padded block, or a digest for ECDSA.

        The signature goes back in 82.
        """
        if key not in self._keys or not self.pin.verified:
            return answer(apdu.NOT_ALLOWED)
        issued = self._keys[key]
        if algorithm == P_384:
            signed = issued.sign_digest(data[-48:])
        elif algorithm == RSA_2048:
            signed = issued.raise_to_power(data[-256:])
        else:
            return answer(apdu.WRONG_PARAMETERS)
        if key == 0x9C:
            self.pin.verified = False
        return self._give(tlv(0x7C, tlv(0x82, signed)), most)


def _acceptable(secret: bytes) -> bool:
    """PIV PINs are six to eight digits, filled with FF."""
    digits = secret.rstrip(b"\xff")
    return 6 <= len(digits) <= PIN_SIZE and digits.isdigit()


def _chuid() -> bytes:
    identity = bytes.fromhex("D4E739DA739CED39CE739D836858210842108421C84210C3EB")
    guid = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
    return tlv(
        0x53,
        tlv(0x30, identity)
        + tlv(0x34, guid)
        + tlv(0x35, b"20301231")
        + tlv(0x3E, b"")
        + tlv(0xFE, b""),
    )


def _discovery() -> bytes:
    return tlv(DISCOVERY, tlv(0x4F, AID) + tlv(0x5F2F, b"\x40\x00"))
