"""Why a movement was decided as it was."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

_FOR_PERSON: Final = N_(
    "Nothing to do: it speaks for the person, and the other reasons say what was made of it."
)
_FOR_PAYMENT: Final = N_(
    "Nothing to do: it speaks for a payment to us, and the other reasons say what was made of it."
)
_DECIDE: Final = N_(
    "Compare the text with the candidates ('esignctl payments review'), ask the payer if need"
    " be, then decide with 'esignctl payments accept' or 'esignctl payments dismiss'."
)
_NOT_OURS: Final = N_(
    "Nothing to do; if it is ours after all, find it with 'esignctl payments list'."
)

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "CODE-EXACT": Explanation(
        N_(
            "The reference code that the payment slip prints stands in the text. It names one"
            " application and is known to nobody without the slip: there is no stronger sign."
        ),
        _FOR_PERSON,
    ),
    "CODE-CORRECTED": Explanation(
        N_(
            "A word in the text is an application's reference code but for one character that is"
            " wrong, missing, too much or swapped; no other code of the registry is that near."
        ),
        _FOR_PERSON,
    ),
    "CODE-CUT": Explanation(
        N_(
            "The bank cut the text off in the middle of a word that begins like an application's"
            " reference code; if little is left of it, the name is that applicant's too."
        ),
        _FOR_PERSON,
    ),
    "NUMBER-EXACT": Explanation(
        N_(
            "The eleven digits of an applicant's personal number stand in the payment's text."
            " Only a reference code is a stronger sign."
        ),
        _FOR_PERSON,
    ),
    "NUMBER-CORRECTED": Explanation(
        N_(
            "A number in the text differs from an applicant's by one slip, such as a wrong digit"
            " or two that changed places, and the name in the text is that applicant's."
        ),
        _FOR_PERSON,
    ),
    "NUMBER-CUT": Explanation(
        N_(
            "The bank cut the text off in the middle of a number; what is left begins like an"
            " applicant's number, and the name is that applicant's."
        ),
        _FOR_PERSON,
    ),
    "NAME-FULL": Explanation(
        N_("All given names and the surname of an applicant stand in the text."),
        _FOR_PERSON,
    ),
    "NUMBER-NEAR": Explanation(
        N_(
            "The text holds a number with one slip, which would then be an applicant's, but not"
            " that applicant's name. A number is never corrected without the name."
        ),
        _DECIDE,
    ),
    "NAME-PARTIAL": Explanation(
        N_("The text holds a part of an applicant's name, or the name with a misspelling."),
        _FOR_PERSON,
    ),
    "NAME-SENDER": Explanation(
        N_(
            "The sender of the money has the name of an applicant. The sender may pay for"
            " somebody else, so this alone is weak."
        ),
        _FOR_PERSON,
    ),
    "LEARNED": Explanation(
        N_(
            "Somebody decided before that a payment of this sender, or with these words, is for"
            " that person. It counts beside what the text says, never against it."
        ),
        _FOR_PERSON,
    ),
    "ON-BEHALF": Explanation(
        N_(
            "The text says that the sender pays for somebody else, so the sender's own name does"
            " not count."
        ),
        _FOR_PERSON,
    ),
    "PURPOSE": Explanation(
        N_("The text speaks of an electronic signature: e-imza, NES, sertifika and the like."),
        _FOR_PAYMENT,
    ),
    "PRICE-DUE": Explanation(
        N_("The amount is exactly what the person's application still owes."),
        _FOR_PAYMENT,
    ),
    "PRICE-OTHER": Explanation(
        N_(
            "The amount is a published fee, but not the one that is due: an older price, or that"
            " of another kind of application."
        ),
        N_(
            "See whether the application ended up short of money or with an excess, with"
            " 'esignctl application show'."
        ),
    ),
    "PRICE-SUM": Explanation(
        N_("The amount is the sum of what several people named in the text owe."),
        _FOR_PAYMENT,
    ),
    "DATE-FITS": Explanation(
        N_(
            "It was paid at most a week before and a month after the application was opened, as"
            " most are."
        ),
        _FOR_PAYMENT,
    ),
    "CODE-CONTRADICTS": Explanation(
        N_(
            "The reference code is of one person's application, but the text names somebody else"
            " or holds somebody else's number: the wrong slip, or one person paying for another."
        ),
        _DECIDE,
    ),
    "CODE-CANCELLED": Explanation(
        N_("The reference code names an application that was cancelled, and yet money came."),
        N_(
            "Open a new application with 'esignctl application open' if the person still wants"
            " one, and post the movement to it; else arrange the refund and dismiss the movement."
        ),
    ),
    "NAME-CONTRADICTS": Explanation(
        N_(
            "The personal number in the text is one applicant's and the name another's: a"
            " mixed-up number, or one person paying for another."
        ),
        _DECIDE,
    ),
    "NUMBER-CONTRADICTS": Explanation(
        N_("The text names an applicant, but a number in it is not that applicant's."),
        _DECIDE,
    ),
    "NUMBER-UNKNOWN": Explanation(
        N_(
            "A personal number stands in the text, but nobody in the registry has it: the person"
            " is not registered, or the number is mistyped."
        ),
        N_(
            "Register the person and the application if they are missing, then post the movement"
            " with 'esignctl payments accept'."
        ),
    ),
    "NAMESAKES": Explanation(
        N_(
            "Several registered people bear the name in the text, and nothing else in it tells"
            " them apart."
        ),
        _DECIDE,
    ),
    "TIE": Explanation(
        N_("Two candidates are nearly equally likely, and ties go to a person."),
        _DECIDE,
    ),
    "IDENTITY-WEAK": Explanation(
        N_(
            "The text points to somebody, but not with the certainty that a posting without"
            " asking needs."
        ),
        _DECIDE,
    ),
    "OTHER-WORDS": Explanation(
        N_(
            "The text says nothing of an electronic signature and holds words that are neither"
            " the person's name nor usual in transfers: it may be for anything."
        ),
        _DECIDE,
    ),
    "OTHER-NAME": Explanation(
        N_(
            "Beside the name that was found the text holds words that may be somebody else's"
            " name, so the payment may be for that person."
        ),
        _DECIDE,
    ),
    "PERSON-UNKNOWN": Explanation(
        N_(
            "The payment looks like one for an electronic signature, but no registered person"
            " fits its text."
        ),
        N_(
            "Find out who paid; register the person and the application if they are missing,"
            " then post the movement with 'esignctl payments accept'."
        ),
    ),
    "NO-OPEN-APPLICATION": Explanation(
        N_("The person is certain but has no open application that the money could be for."),
        N_(
            "Open the application with 'esignctl application open' if it is missing; else"
            " arrange the refund and dismiss the movement."
        ),
    ),
    "NOTHING-DUE": Explanation(
        N_("The person's application is free of charge, and yet money came."),
        N_(
            "Check the person's group and the price list; if nothing was due, arrange the refund"
            " and dismiss the movement."
        ),
    ),
    "ALREADY-PAID": Explanation(
        N_(
            "The application was paid for before, so this may be a second payment by mistake, or"
            " one for somebody else."
        ),
        N_(
            "Ask the payer; post it to the right application, or to this one: 'esignctl payments"
            " open' then lists the refund until it is made."
        ),
    ),
    "PAID-TWICE": Explanation(
        N_(
            "Two movements of the same file pay for one application, and only a person can tell"
            " which one is meant for it."
        ),
        N_(
            "Ask the payer; post it to the right application, or to this one: 'esignctl payments"
            " open' then lists the refund until it is made."
        ),
    ),
    "PAID-LONG-BEFORE": Explanation(
        N_(
            "The money came more than six weeks before the application was opened, or more than"
            " three weeks where a name is all that tells who paid. It may have been for something"
            " else, or for an application that is not registered."
        ),
        _DECIDE,
    ),
    "COUNT-CONTRADICTS": Explanation(
        N_(
            "The text says for how many people it pays, and that is not how many could be told"
            " from it: somebody may be missing."
        ),
        _DECIDE,
    ),
    "SEVERAL-APPLICATIONS": Explanation(
        N_(
            "The person is certain but has several open applications, and the amount does not"
            " tell which one is paid."
        ),
        _DECIDE,
    ),
    "AMOUNT-UNEXPLAINED": Explanation(
        N_(
            "No fee of the price list, nor the sum of the fees of the people named, makes this"
            " amount."
        ),
        N_(
            "Ask the payer what it is for, and check the price list; then decide with 'esignctl"
            " payments accept' or 'esignctl payments dismiss'."
        ),
    ),
    "REVERSAL": Explanation(
        N_(
            "The movement gives back, or cancels, a payment for an electronic signature, so a"
            " posting may have to be taken back."
        ),
        N_(
            "Look at the movement that it reverses; 'esignctl payments accept' takes the money"
            " off the application."
        ),
    ),
    "OTHER-PURPOSE": Explanation(
        N_(
            "The text says that the money is for something else: rent, meals, salary, a tender,"
            " other documents."
        ),
        _NOT_OURS,
    ),
    "OUTGOING": Explanation(
        N_("The money leaves the account and gives no payment for an electronic signature back."),
        _NOT_OURS,
    ),
    "NO-SIGN": Explanation(
        N_(
            "Neither the text nor the amount has anything to do with an electronic signature or"
            " a registered person's application."
        ),
        _NOT_OURS,
    ),
    "BY-PERSON": Explanation(
        N_(
            "A person decided this movement with 'esignctl payments accept' or 'esignctl"
            " payments dismiss'."
        ),
        N_("Nothing to do; 'esignctl payments explain' tells who and when."),
    ),
    "TAKEN-BACK": Explanation(
        N_(
            "A person took an earlier decision back with 'esignctl payments undo', so the"
            " movement waits again."
        ),
        _DECIDE,
    ),
    "KNOWN": Explanation(
        N_(
            "The same movement was imported before, from this file or from another one whose"
            " days overlap. It is not posted again."
        ),
        N_("Nothing to do."),
    ),
}
