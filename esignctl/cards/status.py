"""One look at everything: computer, service, readers, cards and what modules see of them."""

import threading
from collections.abc import Sequence

from esignctl import certificates
from esignctl.cards import modules, pcsc, system
from esignctl.cards.model import Observation, Service
from esignctl.cards.tokens import Prober, extra_is_installed


def observe(configured: Sequence[str] = (), wanted: str | None = None) -> Observation:
    """Look at this computer, at the readers that are `wanted` by name, and at their cards.

    Nothing is written, no card is asked for a PIN, and no trouble of one part stops another one.
    """
    with Prober() as prober:
        here = system.here()
        service, readers = pcsc.look() if extra_is_installed() else (Service("extra-missing"), ())
        others = tuple(reader.name for reader in readers if not pcsc.fits(reader, wanted))
        readers = tuple(reader for reader in readers if reader.name not in others)
        known = modules.candidates(configured, here)
        # what reads certificates takes its time to load, and the cards take theirs to answer
        threading.Thread(target=certificates.prepare, daemon=True).start()
        if service.available:
            known = prober.read(known, readers)
    busy = any(reader.card.state == "busy" for reader in readers)
    users = system.card_users() if busy else ()
    return Observation(here, service, readers, known, users, wanted, others)
