"""One look at everything: computer, service, readers, cards and what modules see of them."""

from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from esignctl import certificates
from esignctl.cards import modules, pcsc, system
from esignctl.cards.child import Child, extra_is_installed
from esignctl.cards.model import Module, Observation, Reader, Service
from esignctl.cards.tokens import Prober
from esignctl.cards.waiting import Run

_ENDING: Final = 1.0


class Look:
    """A look that has begun: the service wakes the cards up, and then modules read them.

    Cards take their time to answer; what begins a look early has that time for something else.
    Nothing is written, no card is asked for a PIN, and no trouble of one part stops another one.
    """

    def __init__(self, child: Child | None = None) -> None:
        self._prober = Prober(child)
        self._pcsc = Run(_through_pcsc)
        self._modules: Run[tuple[Module, ...]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ask the cards nothing more."""
        self._prober.close()
        self._pcsc.is_over(_ENDING)
        if self._modules:
            self._modules.is_over(_ENDING)

    def read(self, configured: Sequence[str], wanted: str | None) -> None:
        """Have the cards read whose readers are `wanted` by name, `configured` modules first."""
        self.configured, self.wanted = tuple(configured), wanted
        self._system = system.here()
        # modules come last: one that reads a card already would have it busy for the look itself
        self._service, readers = self._pcsc.result()
        self._readers = tuple(each for each in readers if pcsc.fits(each, wanted))
        self._others = tuple(each.name for each in readers if each not in self._readers)
        self._modules = Run(self._ask)

    def result(self) -> Observation:
        """What was seen, when all cards have answered or had their time."""
        if any(reader.card.state == "ready" for reader in self._readers):
            # what reads certificates takes its time to load, and the cards take theirs to answer
            certificates.prepare()
        known = self._modules.result() if self._modules else ()
        busy = any(reader.card.state == "busy" for reader in self._readers)
        users = system.card_users() if busy else ()
        return Observation(
            self._system, self._service, self._readers, known, users, self.wanted, self._others
        )

    def _ask(self) -> tuple[Module, ...]:
        known = modules.candidates(self.configured, self._system)
        return self._prober.read(known, self._readers) if self._service.available else known


def observe(configured: Sequence[str] = (), wanted: str | None = None) -> Observation:
    """Look at this computer, at the readers that are `wanted` by name, and at their cards."""
    with Look() as look:
        look.read(configured, wanted)
        return look.result()


def _through_pcsc() -> tuple[Service, tuple[Reader, ...]]:
    return pcsc.look() if extra_is_installed() else (Service("extra-missing"), ())
