"""Account statements that are refused."""

from esignctl.errors.base import InputRejected
from esignctl.i18n import N_


class StatementOfAnotherAccount(InputRejected):
    """A statement names another IBAN than the configured account."""

    code = "STATEMENT-OTHER-ACCOUNT"
    message = N_("{file} is a statement of {iban}, but the configured account is {ours}.")
    remedy = N_("Export the statement of the right account, or correct account.iban.")


class NotAStatement(InputRejected):
    """The file holds tables, but none of them is an account statement."""

    code = "STATEMENT-NOT-FOUND"
    message = N_(
        "{file} is no account statement: no sheet has columns of dates, descriptions and amounts."
    )
    remedy = N_(
        "Name the statement that the bank's internet branch exports; for an unusual bank, describe"
        " its header words in a [[layouts]] entry of the configuration."
    )


class StatementCellUnreadable(InputRejected):
    """A row that looks like a movement has a date or amount that cannot be read."""

    code = "STATEMENT-CELL-UNREADABLE"
    message = N_(
        "{file}, sheet {sheet}, row {row}, column {column}: the {what} of this movement cannot be"
        " read. Nothing of the file was taken."
    )
    remedy = N_(
        "Download the statement again; if the cell is wrong there too, correct it in a copy after"
        " asking the bank."
    )


class StatementMessageUnreadable(InputRejected):
    """A field of an MT940 or camt.053 message is missing, cut off or malformed."""

    code = "STATEMENT-MESSAGE-UNREADABLE"
    message = N_("{file}, {place}: {problem}. Nothing of the file was taken.")
    remedy = N_(
        "Fetch the statement from the bank again; if it is the same there, ask the bank, or export"
        " the account's movements as Excel."
    )


class StatementContradiction(InputRejected):
    """Two cells of a movement disagree on whether money came or went."""

    code = "STATEMENT-CONTRADICTION"
    message = N_(
        "{file}, sheet {sheet}, row {row}, column {column}: whether this money came in or went out"
        " contradicts the rest of the row or of the sheet. Nothing of the file was taken."
    )
    remedy = N_("Download the statement again, and ask the bank if it says the same.")


class StatementForeignCurrency(InputRejected):
    """A movement that is not in Turkish lira."""

    code = "STATEMENT-CURRENCY"
    message = N_("{file}, {place}: this movement is not in Turkish lira.")
    remedy = N_("Export the statement of the lira account only.")


class StatementOfSeveralAccounts(InputRejected):
    """The sheets or parts of one file belong to different accounts."""

    code = "STATEMENT-SEVERAL-ACCOUNTS"
    message = N_("{file} names more than one account of its own ({place}).")
    remedy = N_("Export each account into a file of its own.")
