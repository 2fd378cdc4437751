"""Errors of changing a PIN."""

from esignctl.errors.base import EnvironmentMissing, InputRejected, UsageError
from esignctl.i18n import N_


class PinInputMissing(UsageError):
    """Standard input does not hold the old and the new PIN."""

    code = "PIN-INPUT-MISSING"
    message = N_("Standard input must hold two lines, the old PIN and the new one.")
    remedy = N_("Give --pin-stdin exactly these two lines, or leave it out to be asked.")


class PinFinalTryRefused(UsageError):
    """One try is left, and nobody said that it may be used."""

    code = "PIN-FINAL-TRY-REFUSED"
    message = N_("Only one try is left: if the PIN is wrong now, the card locks.")
    remedy = N_(
        "Who is certain of the PIN adds --accept-final-try; anybody else sets a new one on"
        " KamuSM's page ('esignctl card pin unlock')."
    )


class PinTrivial(InputRejected):
    """The new PIN is too short, too long, or among the first that others would guess."""

    code = "PIN-TRIVIAL"
    message = N_("The new PIN cannot be taken: {problem}.")
    remedy = N_("Choose another one. The card was not asked, so no try was used.")


class PinNotRepeated(InputRejected):
    """The new PIN was typed differently the second time."""

    code = "PIN-NOT-REPEATED"
    message = N_("The new PIN and its repetition are not the same; nothing was changed.")
    remedy = N_("Run the command again. The card was not asked, so no try was used.")


class PinWrong(InputRejected):
    """The card found the old PIN wrong, which used up a try."""

    code = "PIN-WRONG"
    message = N_("The old PIN is wrong; it was not changed. {tries}")
    remedy = N_(
        "Do not guess: who is not sure of the PIN sets a new one on KamuSM's page ('esignctl card"
        " pin unlock')."
    )


class PinRefusedByCard(InputRejected):
    """The card's own rules forbid the new PIN."""

    code = "PIN-REFUSED-BY-CARD"
    message = N_("The card does not take the new PIN ({problem}); the old one holds.")
    remedy = N_("Choose another one, of digits only; most cards take nothing else.")


class PinChangeLocked(EnvironmentMissing):
    """A locked PIN cannot be changed."""

    code = "PIN-CHANGE-LOCKED"
    message = N_("The PIN of this card is locked, so it cannot be changed here.")
    remedy = N_(
        "Unlock it as 'esignctl card pin unlock' shows. Never try the PUK: three wrong PUKs destroy"
        " the card."
    )


class PinChangeNotSet(EnvironmentMissing):
    """The card has no PIN that could be changed."""

    code = "PIN-CHANGE-NOT-SET"
    message = N_("The card has no PIN yet, so there is none to change.")
    remedy = N_("Create it on KamuSM's page, as 'esignctl card pin unlock' shows.")


class PinPad(EnvironmentMissing):
    """The PIN is typed on the reader's keys only."""

    code = "PIN-PAD"
    message = N_("This PIN is typed on the keys of the reader {reader} and cannot be given here.")
    remedy = N_("Change it in AKİA, the program that comes with the card, or use a plain reader.")


class PinChangeFailed(EnvironmentMissing):
    """The module refused or failed before the card was asked to change anything."""

    code = "PIN-CHANGE-FAILED"
    message = N_("The PIN could not be changed ({problem}); the old one holds.")
    remedy = N_("See what 'esignctl card status' tells about the card and its module.")


class PinChangeUncertain(EnvironmentMissing):
    """The card was asked to change its PIN, and no answer came."""

    code = "PIN-CHANGE-UNCERTAIN"
    message = N_("No answer came while the PIN was being changed ({problem}): it may have changed.")
    remedy = N_(
        "Look at the tries left with 'esignctl card status', then use the new PIN once; if it is"
        " wrong, the old one holds. Do not try more than these two."
    )


class PinNotVerified(EnvironmentMissing):
    """The PIN was changed, but a fresh login with the new one failed."""

    code = "PIN-NOT-VERIFIED"
    message = N_("The card said that the PIN was changed, but a login with it failed ({problem}).")
    remedy = N_(
        "Take the card out and put it in again, look at it with 'esignctl card status', and use the"
        " new PIN once before anything else."
    )
