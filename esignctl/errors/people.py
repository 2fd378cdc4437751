"""Errors of persons and applications."""

from esignctl.errors.base import InputRejected
from esignctl.i18n import N_


class PersonKnown(InputRejected):
    """Somebody with this personal number is in the registry already."""

    code = "PERSON-KNOWN"
    message = N_("That personal number is registered already, as person {person}.")
    remedy = N_("Correct the details with 'esignctl person edit {person}'.")


class ApplicationKnown(InputRejected):
    """The number of a new application is in use."""

    code = "APPLICATION-KNOWN"
    message = N_("There is an application {number!r} already.")
    remedy = N_("Choose another number, or leave it out to get the next free one.")


class StageRejected(InputRejected):
    """An application cannot reach a stage, or not on that day."""

    code = "STAGE-REJECTED"
    message = N_("Application {number!r} cannot be taken to '{stage}': {problem}.")
    remedy = N_("See what it has reached with 'esignctl application show {number}'.")
