"""Statements, movements and postings."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "STATEMENT-NOT-FOUND": Explanation(
        N_(
            "The file holds tables, but none with the columns of an account statement: dates,"
            " descriptions and amounts under headers that are known."
        ),
    ),
    "STATEMENT-OPEN-END": Explanation(
        N_(
            "The file's last line has no end, as after a download that broke off. Its last movement"
            " could be read, but later ones may be missing."
        ),
    ),
    "STATEMENT-OTHER-ACCOUNT": Explanation(
        N_(
            "The statement names the IBAN of another account than the configuration does, so the"
            " payments in it are not ours."
        ),
    ),
    "STATEMENT-SEVERAL-ACCOUNTS": Explanation(
        N_(
            "The sheets or parts of the file name different accounts, so nobody can tell which"
            " movements belong to the configured one."
        ),
    ),
    "STATEMENT-CELL-UNREADABLE": Explanation(
        N_(
            "A row has the look of a movement, but its date or amount cannot be read with"
            " certainty. Leaving the row out could lose a payment, so the whole file is rejected."
        ),
    ),
    "STATEMENT-MESSAGE-UNREADABLE": Explanation(
        N_(
            "The file is a statement in the form that banks send to programs (MT940 or camt.053),"
            " but at the named place something is missing, malformed or cut off. Leaving it out"
            " could lose a payment, so the whole file is rejected."
        ),
    ),
    "STATEMENT-CONTRADICTION": Explanation(
        N_(
            "One cell says that the money came in and another that it went out: a sign, a mark"
            " for debit or credit, or the column in which the amount stands. A guess could post a"
            " payment that never came."
        ),
    ),
    "STATEMENT-CURRENCY": Explanation(
        N_("A movement is in another currency, but all fees are in Turkish lira."),
    ),
    "BALANCE-BREAK": Explanation(
        N_(
            "The bank prints the balance after each movement. At the named place it is not the"
            " balance before plus the amount, so a row may be missing, moved or changed."
        ),
    ),
    "PAYER-LEARNED": Explanation(
        N_(
            "A person accepted a payment that somebody else made, or whose words nobody could"
            " place. Such a payment for the same person is recognised from now on, if price and"
            " purpose fit and nothing speaks against it."
        ),
        N_("See 'esignctl payments learned list'; what is wrong can be corrected or removed."),
    ),
    "MOVEMENT-DECIDED": Explanation(
        N_(
            "The movement no longer waits: it was posted, dismissed or found unrelated before,"
            " perhaps by a colleague a moment ago."
        ),
        N_(
            "See how it was decided with 'esignctl payments explain'; 'esignctl payments undo'"
            " takes a posting or dismissal back."
        ),
    ),
    "MOVEMENT-UNDECIDED": Explanation(
        N_(
            "Only a posting or a dismissal can be taken back, and there is neither on this"
            " movement."
        ),
        N_("If the money is ours, post it with 'esignctl payments accept'."),
    ),
    "APPLICATION-CANCELLED": Explanation(
        N_("The command names a cancelled application, and nothing is posted to those."),
    ),
    "AMOUNTS-DO-NOT-ADD-UP": Explanation(
        N_(
            "What the applications get by this command is together more or less than the"
            " movement's amount."
        ),
        N_(
            "Write an amount behind each application, such as 2021-10413=218,30, so that"
            " together they make the movement's."
        ),
    ),
    "NOTHING-OUTSTANDING": Explanation(
        N_(
            "An application without an amount behind it gets what it still owes, and this one"
            " owes nothing."
        ),
        N_(
            "If the money is meant for it all the same, write the amount, such as"
            " 2021-10413=218,30."
        ),
    ),
    "PAID-LESS-THAN-GIVEN-BACK": Explanation(
        N_("The movement gives money back, but less than that is posted to the application."),
        N_(
            "See what was posted with 'esignctl payments list'; if another movement gave the"
            " money back already, undo that one first."
        ),
    ),
}
