"""Setting a new PIN on KamuSM's page: the steps, for a locked card and for a forgotten PIN.

The PUK has no part in it: three wrong ones destroy the card, so nothing here asks for one.
"""

from typing import Final

from esignctl.cards.model import Pin
from esignctl.i18n import N_, _

PAGE: Final = "https://onlineislemler.kamusm.gov.tr"
"""Where a certificate's holder does everything about it."""

_STEPS: Final = (
    N_(
        "Leave the card in the reader and let its holder sit at the keyboard: the new PIN is the"
        " holder's alone. Never enter a PUK, in any program: three wrong ones destroy the card, and"
        " the holder pays for a new one."
    ),
    N_("Open {page} and let the holder sign in through e-Devlet."),
    N_("Choose “NES İşlemleri”, then “PIN Oluşturma / Kilit Çözme”."),
    N_(
        "Open the KamuSM e-imza application on this computer and paste the verification code from"
        " the page into it."
    ),
    N_("Choose the card in the application."),
    N_(
        "Let the holder set a new PIN{limits}: no birthday, no year, no sequence, nothing written"
        " on paper."
    ),
    N_("Type the code that KamuSM sends to the holder's mobile phone by SMS."),
)


def steps(pin: Pin) -> list[str]:
    """What to do, in the active language; the PIN's limits are named where the card tells them."""
    limits = ""
    if pin.min_length and pin.max_length:
        limits = _(" of {shortest} to {longest} characters").format(
            shortest=pin.min_length, longest=pin.max_length
        )
    return [_(step).format(page=PAGE, limits=limits) for step in _STEPS]


def is_done(pin: Pin) -> bool:
    """Whether the card takes its PIN, and no wrong one was entered since."""
    return pin.state == "ok"
