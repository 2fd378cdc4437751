"""A reader's slot fed over vpcd's protocol, and what every virtual card is.

vpcd listens on a TCP port for each slot. A message is its length in two bytes (big-endian) and a
body; a body of one byte is control, anything else is a command APDU that is answered.
"""

import contextlib
import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from tests.cards.virtual.apdu import WRONG_LENGTH, Command, answer, parse
from tests.cards.virtual.tally import Tally

OFF, ON, RESET, ATR = 0, 1, 2, 4


class PulledOut(Exception):
    """Raised by a card that leaves its reader instead of answering."""


class Card(ABC):
    """A card: what it says of itself when it gets power, and how it answers."""

    name: str
    atr: bytes

    @abstractmethod
    def reset(self) -> None:
        """Forget everything that holds only while the card has power."""

    @abstractmethod
    def answer(self, command: Command) -> bytes:
        """The response, data and status word. Raises PulledOut to leave the reader."""


class Slot:
    """One slot of the virtual reader; a card goes in and out, a thread answers for it.

    When it is not ``prompt``, each command takes about 90 ms, like on a slow card.
    """

    def __init__(self, port: int, reader: str, tally: Tally, *, prompt: bool = True) -> None:
        self.port = port
        self.reader = reader
        self.card: Card | None = None
        self._tally = tally
        self._prompt = prompt
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def insert(self, card: Card) -> None:
        """Put the card in; the service notices within half a second."""
        assert self._socket is None, f"{self.reader} has a card already"
        card.reset()
        self.card = card
        self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        self._socket.settimeout(None)
        self._thread = threading.Thread(target=self._serve, args=(self._socket, card), daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Take the card out, if there is one."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self._socket = self._thread = self.card = None

    @contextmanager
    def holding(self, card: Card) -> Iterator[None]:
        """The card is in the slot within this block."""
        self.insert(card)
        try:
            yield
        finally:
            self.pull()

    def _serve(self, wire: socket.socket, card: Card) -> None:
        with contextlib.suppress(OSError, PulledOut, EOFError):
            while True:
                size = int.from_bytes(receive(wire, 2, prompt=self._prompt), "big")
                body = receive(wire, size, prompt=self._prompt)
                response = self._respond(card, body)
                if response is not None:
                    wire.sendall(len(response).to_bytes(2, "big") + response)
        with contextlib.suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)

    def _respond(self, card: Card, body: bytes) -> bytes | None:
        if len(body) == 1:
            if body[0] in (OFF, ON, RESET):
                card.reset()
            return card.atr if body[0] == ATR else None
        try:
            command = parse(body)
        except ValueError:
            return answer(WRONG_LENGTH)
        self._tally.add(card.name, command)
        return card.answer(command)


def receive(wire: socket.socket, size: int, *, prompt: bool = True) -> bytes:
    """Exactly that many bytes. Raises EOFError when the other side closes.

    vpcd sends length and body apart, and its system holds the body back until the length is
    acknowledged, up to 40 ms later. To be ``prompt`` is to acknowledge at once.
    """
    received = b""
    while len(received) < size:
        if prompt:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        piece = wire.recv(size - len(received))
        if not piece:
            raise EOFError
        received += piece
    return received


class Mute(Card):
    """A card that is there but gives no usable ATR: dirty contacts, a card upside down."""

    name = "mute"
    # more bytes than any ATR has: the reader's driver gives up on it
    atr = bytes(40)

    def reset(self) -> None:
        """Nothing to forget."""

    def answer(self, command: Command) -> bytes:
        """Never reached: a mute card is not connected to."""
        raise PulledOut


class Leaving(Card):
    """A card that is pulled out in the middle: instead of its n-th answer the slot is empty."""

    def __init__(self, card: Card, answers: int) -> None:
        self.name, self.atr = card.name, card.atr
        self._card, self._answers = card, answers

    def reset(self) -> None:
        """What the card inside does."""
        self._card.reset()

    def answer(self, command: Command) -> bytes:
        """As the card inside, until the answers are used up."""
        if self._answers <= 0:
            raise PulledOut
        self._answers -= 1
        return self._card.answer(command)


class Late(Card):
    """A card that answers each command after so many seconds; ``hurry`` ends all waiting."""

    def __init__(self, card: Card, seconds: float) -> None:
        self.name, self.atr = card.name, card.atr
        self.hurry = threading.Event()
        self._card, self._seconds = card, seconds

    def reset(self) -> None:
        """What the card inside does."""
        self._card.reset()

    def answer(self, command: Command) -> bytes:
        """As the card inside, but late."""
        self.hurry.wait(self._seconds)
        return self._card.answer(command)
