"""Errors of forms and their templates."""

from esignctl.errors.base import InputRejected
from esignctl.errors.files import FileExists
from esignctl.i18n import N_


class FormTemplateWrong(InputRejected):
    """A template of a form does not compile."""

    code = "FORM-TEMPLATE-WRONG"
    message = N_("The template {file} does not compile, line {line}: {problem}.")
    remedy = N_("Correct it there, or take it away: the built-in template holds again.")


class FormDataMissing(InputRejected):
    """A form must know something that neither the configuration nor the registry has."""

    code = "FORM-DATA-MISSING"
    message = N_("The form {kind} cannot be made: {missing}.")
    remedy = N_("Add what is missing to {file} and run the command again; nothing was written.")


class FormNothingOwed(InputRejected):
    """A payment slip is asked for, but there is nothing to pay."""

    code = "FORM-NOTHING-OWED"
    message = N_("Nothing is owed for {applications}, so there is no payment slip.")
    remedy = N_("See 'esignctl application show {example}'; nothing was written.")


class FormNobody(InputRejected):
    """No application is there that the form could be made for."""

    code = "FORM-NOBODY"
    message = N_("There is no application that the form {kind} can be made for.")
    remedy = N_("See 'esignctl application list'; nothing was written.")


class FormFileExists(FileExists):
    """A form would be written over a file that is there."""

    remedy = N_("Name another place with -o, or write over it with --force.")
