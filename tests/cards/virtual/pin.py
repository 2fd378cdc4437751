"""The PIN of a virtual card with its try counter."""

from dataclasses import dataclass

from tests.cards.virtual.apdu import LOCKED, OK, tries


@dataclass(slots=True)
class Pin:
    """A secret, how many wrong ones are allowed, how many are left, and whether it was shown."""

    secret: bytes
    limit: int = 3
    left: int = 3
    verified: bool = False
    locked_status: int = LOCKED

    @property
    def status(self) -> int:
        """The status word of the question how many tries are left."""
        if self.verified:
            return OK
        return tries(self.left) if self.left else self.locked_status

    def present(self, secret: bytes) -> int:
        """Compare; a wrong secret costs a try, the right one gives all of them back."""
        self.verified = False
        if not self.left:
            return self.locked_status
        if secret != self.secret:
            self.left -= 1
            return tries(self.left)
        self.left = self.limit
        self.verified = True
        return OK

    def change(self, old: bytes, new: bytes) -> int:
        """Replace the secret; a wrong old one costs a try."""
        status = self.present(old)
        if status == OK:
            self.secret = new
        return status
