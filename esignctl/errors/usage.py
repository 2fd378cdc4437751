"""What the command line names or asks for that there is not."""

from esignctl.errors.base import UsageError
from esignctl.i18n import N_


class NotFound(UsageError):
    """The command names a person, application or movement that the registry does not know."""

    code = "NOT-FOUND"
    message = N_("The registry holds no {what} {name!r}.")
    remedy = N_("Look it up with '{lookup}'.")


class PersonAmbiguous(UsageError):
    """A name on the command line fits several people."""

    code = "PERSON-AMBIGUOUS"
    message = N_("{count} people fit that name.")
    remedy = N_("Use the registry id instead: {ids} (see 'esignctl person list').")


class ConfirmationNeeded(UsageError):
    """A command would ask, but there is no terminal to ask on."""

    code = "CONFIRMATION-NEEDED"
    message = N_("This command asks before it acts, and there is no terminal to ask on.")
    remedy = N_("Run it with {flag} if you are sure.")


class CodeUnknown(UsageError):
    """The code to explain is none of this program's."""

    code = "CODE-UNKNOWN"
    message = N_("There is no code {text}.")
    remedy = N_("Did you mean {nearest}? 'esignctl explain' lists all of them.")
