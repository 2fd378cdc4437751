"""Wrong usage, and how a run can end."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "USAGE": Explanation(
        N_(
            "The command line cannot be understood: it names a command or option that does not"
            " exist, a value is missing or unusable, or there is too much."
        ),
        N_(
            "Read the sentence that came with the code, then add --help to the command to see"
            " what it takes."
        ),
    ),
    "NOT-FOUND": Explanation(
        N_(
            "The command names a person, an application or a movement that this registry does"
            " not hold: a typing mistake, or another registry is in use than you think."
        ),
        N_(
            "Look it up with 'esignctl person list', 'esignctl application list' or 'esignctl"
            " payments list'; 'esignctl registry info' tells which registry is in use."
        ),
    ),
    "PERSON-AMBIGUOUS": Explanation(
        N_(
            "The name on the command line fits more than one person, and the program never"
            " chooses between people."
        ),
        N_(
            "Name the person by the personal number, or by the id that 'esignctl person list'"
            " shows."
        ),
    ),
    "CONFIRMATION-NEEDED": Explanation(
        N_(
            "The command would ask you something, but there is no terminal to ask on: it runs in"
            " a script, as a scheduled task or through a pipe."
        ),
        N_("Run it on a terminal; or, if you are sure, give the option that the message names."),
    ),
    "AMOUNT-UNUSABLE": Explanation(
        N_("What stands behind the equals sign is no positive amount in lira and kuruş."),
    ),
    "APPLICATION-NOT-NAMED": Explanation(
        N_(
            "Money is accepted for an application, and the command names none. Only a movement"
            " that gives a payment back needs none."
        ),
        N_(
            "Write the application's number behind the movement's; 'esignctl payments review'"
            " shows the candidates."
        ),
    ),
    "APPLICATION-NAMED-TWICE": Explanation(
        N_(
            "The same application stands twice in the command, so it is not clear which amount"
            " it shall get."
        ),
    ),
    "REASON-MISSING": Explanation(
        N_(
            "Setting a movement aside is a decision that others must be able to follow later, so"
            " it is not taken without a reason."
        ),
    ),
    "WORKBOOK-NAME": Explanation(
        N_(
            "The name behind --workbook does not end in .xlsx, and Excel refuses to open a"
            " workbook of another ending."
        ),
    ),
    "DECLINED": Explanation(
        N_("Somebody answered no to the question that the command asked before acting."),
    ),
    "INTERRUPTED": Explanation(
        N_(
            "Somebody pressed Ctrl-C, or the system asked the program to end. What was under way"
            " was undone."
        ),
    ),
    "FAULT": Explanation(
        N_(
            "The program met a situation that its makers did not foresee. What was under way was"
            " undone."
        ),
    ),
    "CODE-UNKNOWN": Explanation(
        N_(
            "The code behind 'esignctl explain' is none that the program prints, most often"
            " because of a typing mistake."
        ),
        N_(
            "Take the one that the message proposes; 'esignctl explain' without a code lists all"
            " of them."
        ),
    ),
}
