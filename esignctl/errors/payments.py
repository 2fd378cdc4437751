"""Errors of movements and what people decide about them."""

from esignctl.errors.base import InputRejected, UsageError
from esignctl.i18n import N_


class AmountUnusable(UsageError):
    """What stands for an amount on the command line is none that can be posted."""

    code = "AMOUNT-UNUSABLE"
    message = N_("{text} is no amount that can be posted.")
    remedy = N_("Write it behind the application, such as 2021-10413=218,30.")


class ApplicationNotNamed(UsageError):
    """A movement shall be accepted, but nothing says for which application."""

    code = "APPLICATION-NOT-NAMED"
    message = N_("No application is named for movement {movement}.")
    remedy = N_("Write 'esignctl payments accept {movement} APPLICATION'.")


class ApplicationNamedTwice(UsageError):
    """The same application stands twice on the command line."""

    code = "APPLICATION-NAMED-TWICE"
    message = N_("The same application is named twice for movement {movement}.")
    remedy = N_("Name it once, with the sum.")


class ReasonMissing(UsageError):
    """A movement shall be dismissed without a word why."""

    code = "REASON-MISSING"
    message = N_("A dismissal needs a reason, and none is given for movement {movement}.")
    remedy = N_("Write it behind --reason, in quotes; the audit log keeps it.")


class WorkbookNameWrong(UsageError):
    """The workbook's name says that it is no Excel file, so Excel would refuse it."""

    code = "WORKBOOK-NAME"
    message = N_("{file} is no name for an Excel workbook.")
    remedy = N_("Give it a name that ends in .xlsx.")


class MovementDecided(InputRejected):
    """A movement was decided before, perhaps by somebody else a moment ago."""

    code = "MOVEMENT-DECIDED"
    message = N_("Movement {movement} does not wait for a decision: {decision}.")
    remedy = N_(
        "See 'esignctl payments explain {movement}'; 'esignctl payments undo {movement}' takes a"
        " posting or dismissal back."
    )


class MovementUndecided(InputRejected):
    """There is neither a posting nor a dismissal that could be taken back."""

    code = "MOVEMENT-UNDECIDED"
    message = N_("There is nothing to take back on movement {movement}: {decision}.")
    remedy = N_("Post it with 'esignctl payments accept {movement} APPLICATION' if it is ours.")


class ApplicationCancelled(InputRejected):
    """Money cannot be posted to a cancelled application."""

    code = "APPLICATION-CANCELLED"
    message = N_("Application {application} is cancelled, so nothing can be posted to it.")
    remedy = N_("Name another application, or dismiss the movement with the reason.")


class AmountsDoNotAddUp(InputRejected):
    """The amounts for the applications do not fit the movement."""

    code = "AMOUNTS-DO-NOT-ADD-UP"
    message = N_("The applications come to {sum} TL, but movement {movement} is of {amount} TL.")
    remedy = N_("Write what each one gets, such as '{example}'.")


class NothingOutstanding(InputRejected):
    """An application without an amount has no open fee from which the amount could be taken."""

    code = "NOTHING-OUTSTANDING"
    message = N_(
        "Nothing is outstanding for application {application}, so its amount must be written."
    )
    remedy = N_("Write what each one gets, such as '{example}'.")


class PaidLessThanGivenBack(InputRejected):
    """An application would give back more than was paid for it."""

    code = "PAID-LESS-THAN-GIVEN-BACK"
    message = N_(
        "{amount} TL cannot be taken from application {application}: {paid} TL stand posted to it."
    )
    remedy = N_(
        "See 'esignctl payments list --application {application}'; if the money was given back"
        " by another movement, undo that one first."
    )
