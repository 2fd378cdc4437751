"""Command APDUs as a card sees them, and the status words that it answers with."""

from dataclasses import dataclass, replace

SELECT, VERIFY, CHANGE, RESET, GET_DATA = 0xA4, 0x20, 0x24, 0x2C, 0xCA
PIV_GET_DATA, GET_RESPONSE, READ_BINARY, AUTHENTICATE = 0xCB, 0xC0, 0xB0, 0x87
MANAGE, SIGN = 0x22, 0x2A

OK = 0x9000
WRONG_LENGTH = 0x6700
NOT_ALLOWED = 0x6982
LOCKED = 0x6983
LOCKED_V1 = 0x6984
NOT_SATISFIED = 0x6985
WRONG_DATA = 0x6A80
FILE_NOT_FOUND = 0x6A82
WRONG_PARAMETERS = 0x6A86
NO_REFERENCE = 0x6A88
WRONG_OFFSET = 0x6B00
UNKNOWN_INSTRUCTION = 0x6D00
UNKNOWN_CLASS = 0x6E00


@dataclass(frozen=True, slots=True)
class Command:
    """One command; ``le`` is the number of bytes asked for, None when none were.

    ``raw`` is all of it as it came.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None
    raw: bytes = b""

    @property
    def header(self) -> str:
        """The four header bytes, such as ``00200080``, without the data: it may be a PIN."""
        return bytes((self.cla, self.ins, self.p1, self.p2)).hex()


def parse(raw: bytes) -> Command:
    """Read a command in its short or extended form (ISO 7816-4, 5.1).

    Raises:
        ValueError: the bytes are no command.
    """
    if len(raw) < 4:
        raise ValueError(f"a command of {len(raw)} bytes")
    return replace(_parse(raw), raw=raw)


def _parse(raw: bytes) -> Command:
    cla, ins, p1, p2 = raw[:4]
    body = raw[4:]
    if not body:
        return Command(cla, ins, p1, p2)
    if len(body) == 1:
        return Command(cla, ins, p1, p2, le=body[0] or 256)
    if body[0]:
        length, start, wide = body[0], 1, 1
    else:
        length, start, wide = int.from_bytes(body[1:3], "big"), 3, 2
        if len(body) == 3:
            return Command(cla, ins, p1, p2, le=length or 65536)
    data, rest = body[start : start + length], body[start + length :]
    if len(data) != length or len(rest) not in (0, wide):
        raise ValueError("lengths contradict each other")
    le = (int.from_bytes(rest, "big") or 256**wide) if rest else None
    return Command(cla, ins, p1, p2, data, le)


def answer(status: int, data: bytes = b"") -> bytes:
    """A response: the data and the two bytes of the status word."""
    return data + status.to_bytes(2, "big")


def tries(left: int) -> int:
    """The status word of a wrong PIN with so many tries left."""
    return 0x63C0 | left


def tlv(tag: int, value: bytes) -> bytes:
    """One BER-TLV object; the tag is given as the number that its bytes spell."""
    head = tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big")
    size = len(value)
    if size < 0x80:
        return head + bytes([size]) + value
    width = (size.bit_length() + 7) // 8
    return head + bytes([0x80 | width]) + size.to_bytes(width, "big") + value
