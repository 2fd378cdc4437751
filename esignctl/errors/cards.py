"""Errors of cards and readers."""

from esignctl.errors.base import EnvironmentMissing, UsageError
from esignctl.i18n import N_


class CardAmbiguous(UsageError):
    """Several cards could be meant."""

    code = "CARD-AMBIGUOUS"
    message = N_("Several cards with a PIN are plugged in, in these readers: {readers}.")
    remedy = N_("Name the reader with --reader, or take the other cards out.")


class CardHeld(EnvironmentMissing):
    """Another program uses the card, so it cannot be had alone."""

    code = "CARD-HELD"
    message = N_("Another program uses the card in {reader}; nothing was changed.")
    remedy = N_("Close programs that sign or show the card, then run the command again.")


class CardNotRead(EnvironmentMissing):
    """A command needs a card that can be read, and there is none."""

    code = "CARD-NOT-READ"
    message = N_("No card can be read. {problem}")
    remedy = N_("{remedy} 'esignctl card status' shows everything that was seen.")
