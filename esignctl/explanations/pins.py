"""Changing a PIN."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "CARD-NOT-READ": Explanation(
        N_(
            "The command needs a card that can be read, and something before that fails: the"
            " service, the reader, the card or its module."
        ),
        N_("Follow the message; 'esignctl card status' tells everything that is wrong."),
    ),
    "CARD-AMBIGUOUS": Explanation(
        N_("Several cards with a PIN are plugged in, and the program never chooses between them."),
        N_("Name the reader with --reader, or take the other cards out."),
    ),
    "CARD-HELD": Explanation(
        N_("A PIN is only changed when no other program uses the card, and one does."),
    ),
    "PIN-INPUT-MISSING": Explanation(
        N_(
            "With --pin-stdin the old and the new PIN are read from standard input, each on a"
            " line of its own, and a line is missing, empty, or there is more."
        ),
    ),
    "PIN-FINAL-TRY-REFUSED": Explanation(
        N_(
            "Only one try is left on the card. Should the PIN be wrong, the card would lock, so it"
            " is not presented unless you say that you accept that."
        ),
    ),
    "PIN-CHANGE-LOCKED": Explanation(
        N_("A locked card takes no PIN, the right one neither, so it cannot be changed here."),
    ),
    "PIN-CHANGE-NOT-SET": Explanation(
        N_(
            "The card has no PIN yet, so there is no old one to change. The first PIN is created"
            " on KamuSM's page."
        ),
    ),
    "PIN-TRIVIAL": Explanation(
        N_(
            "The new PIN has a length that the card does not take, or is one that others guess"
            " first: equal digits, a sequence, a date, the old PIN again."
        ),
    ),
    "PIN-NOT-REPEATED": Explanation(
        N_(
            "The new PIN was typed differently the second time, so it is not certain which one"
            " was meant."
        ),
    ),
    "PIN-WRONG": Explanation(
        N_("The card compared the old PIN and found it wrong. That has used up one try."),
        N_(
            "Do not guess. Who is not sure of the PIN sets a new one on the web: 'esignctl card"
            " pin unlock' leads through it."
        ),
    ),
    "PIN-REFUSED-BY-CARD": Explanation(
        N_(
            "The card accepts the old PIN but not the new one, for a rule of its own: most cards"
            " take digits only, some refuse PINs used before."
        ),
    ),
    "PIN-PAD": Explanation(
        N_(
            "The reader has keys of its own, and this card's PIN is typed on them only. esignctl"
            " does not see it and cannot change it."
        ),
    ),
    "PIN-CHANGE-FAILED": Explanation(
        N_(
            "The module refused to change the PIN, or failed before the card was asked. The old"
            " PIN holds."
        ),
    ),
    "PIN-CHANGE-UNCERTAIN": Explanation(
        N_(
            "The card was asked to change its PIN, and no answer came: it was pulled out, or the"
            " module crashed or took too long. The card may have changed it or not."
        ),
    ),
    "PIN-NOT-VERIFIED": Explanation(
        N_("The card said that the PIN was changed, but a fresh login with the new one failed."),
    ),
}
