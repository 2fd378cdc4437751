"""What the configuration lacks or says wrongly."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "CONFIG-UNREADABLE": Explanation(
        N_(
            "The configuration is not valid TOML or not UTF-8 text, or this user may not read"
            " it. Most often a quotation mark or a bracket is missing."
        ),
    ),
    "CONFIG-UNKNOWN-KEY": Explanation(
        N_(
            "The configuration has a key that the program does not know, most often a typing"
            " mistake. It is refused, so that a mistake never passes for a setting."
        ),
        N_("Correct the key as the message proposes, or remove it."),
    ),
    "CONFIG-WRONG-VALUE": Explanation(
        N_(
            "A value in the configuration is not of the kind that its key needs: a text where a"
            " number belongs, a date that does not exist, an IBAN whose check digits are wrong."
        ),
        N_("Write the value as the message says, then look for more with 'esignctl config check'."),
    ),
    "CONFIG-MISSING-KEY": Explanation(
        N_(
            "The command needs something that only your institution can tell, such as its IBAN,"
            " and the configuration does not say it."
        ),
        N_(
            "Add the key that the message names; 'esignctl init' writes a commented sample, and"
            " 'esignctl config show' tells where the file belongs."
        ),
    ),
    "CONFIG-ABSENT": Explanation(
        N_(
            "There is no file where the configuration is looked for, so the defaults hold: no"
            " account, no prices."
        ),
    ),
    "IBAN-BANK-MISMATCH": Explanation(
        N_(
            "An IBAN holds the code of its bank, and the code in account.iban belongs to another"
            " bank than account.bank says. Money that goes to a wrong account is hard to get"
            " back."
        ),
    ),
    "FEES-MISSING": Explanation(
        N_(
            "The configuration has no price list. Without prices every application is free of"
            " charge, and no amount on a statement can be explained."
        ),
        N_("Add [[fees]] entries to the configuration; 'esignctl init' writes a commented sample."),
    ),
    "FEE-UNKNOWN": Explanation(
        N_(
            "The group pays for its applications, but the price list has no price for this kind"
            " that was in force on the day of the application. So nobody knows what is owed."
        ),
    ),
    "PASSWORD-FILE-UNREADABLE": Explanation(
        N_(
            "Passwords never stand in the configuration itself: it names a file, whose first line"
            " is the password. That file is missing, empty, or may not be read."
        ),
    ),
}
