"""Errors of the configuration file."""

from esignctl.errors.base import EnvironmentMissing, InputRejected
from esignctl.i18n import N_


class ConfigurationUnreadable(InputRejected):
    """The configuration is no TOML or cannot be opened."""

    code = "CONFIG-UNREADABLE"
    message = N_("{file} cannot be read as a configuration: {problem}.")
    remedy = N_("Correct the file, or write a fresh sample elsewhere with 'esignctl init'.")


class ConfigurationKeyUnknown(InputRejected):
    """The configuration has a key that means nothing."""

    code = "CONFIG-UNKNOWN-KEY"
    message = N_("{file}: the key '{key}' is unknown.")
    remedy = N_("Did you mean '{nearest}'? Correct or remove the key.")


class ConfigurationValueWrong(InputRejected):
    """The configuration has a value of the wrong type or form."""

    code = "CONFIG-WRONG-VALUE"
    message = N_("{file}: the value of '{key}' is not usable: {problem}.")
    remedy = N_("Write {expected}.")


class ConfigurationKeyMissing(InputRejected):
    """A command needs a value that the configuration does not have."""

    code = "CONFIG-MISSING-KEY"
    message = N_("The configuration has no '{key}', and this command needs it.")
    remedy = N_("Add '{key}' to {file} ('esignctl init' writes a commented sample).")


class PasswordFileUnreadable(EnvironmentMissing):
    """A file that the configuration names for a password cannot be read, or holds none."""

    code = "PASSWORD-FILE-UNREADABLE"
    message = N_("The file that {key} names holds no password: {problem}.")
    remedy = N_("Write the password alone on its first line, and let nobody but you read it.")


class PasswordMissing(EnvironmentMissing):
    """A server wants a log-in, and there is no password for it."""

    code = "PASSWORD-MISSING"
    message = N_("There is no password for the user under [{section}].")
    remedy = N_(
        "Name a file that holds it as {section}.password_file, or put it into the system's keyring:"
        " 'keyring set esignctl:{section} USER'."
    )
