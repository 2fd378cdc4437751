"""People and applications."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "GROUP-MISSING": Explanation(
        N_(
            "Fees are published for groups. People without a group belong to none that pays, so"
            " nothing is expected from them and their payments match nothing."
        ),
    ),
    "VALUE-REJECTED": Explanation(
        N_(
            "A value on the command line is in the right place but cannot be used, such as a"
            " personal number whose check digits are wrong."
        ),
    ),
    "PERSON-KNOWN": Explanation(
        N_(
            "A personal number belongs to one person only, and somebody with this one is"
            " registered already."
        ),
        N_(
            "Correct the details with 'esignctl person edit' instead of registering the person"
            " again."
        ),
    ),
    "APPLICATION-KNOWN": Explanation(
        N_("Each application has a number of its own, and this one is in use."),
    ),
    "STAGE-REJECTED": Explanation(
        N_(
            "The stages of an application follow each other in time. The wanted one does not fit"
            " what is on record: the application is cancelled, it has reached the stage before,"
            " or the day lies on the wrong side of another stage's."
        ),
        N_(
            "See what the application has reached with 'esignctl application show', and give the"
            " right day with --on."
        ),
    ),
    "APPLICATION-UNPAID": Explanation(
        N_(
            "The application was taken to a later stage although its fee is not paid, or not in"
            " full."
        ),
    ),
    "APPLICATION-REFUND": Explanation(
        N_(
            "The application was cancelled after money had been posted to it, so somebody may be"
            " owed that money."
        ),
    ),
}
