"""The root of all errors, and one class for each way in which a command can end."""

from enum import IntEnum
from typing import ClassVar

from esignctl.i18n import N_, _
from esignctl.text import tckn


class ExitCode(IntEnum):
    """What the process ends with; fixed for scripts and monitoring."""

    OK = 0
    ATTENTION = 1
    USAGE = 2
    DECLINED = 3
    REJECTED = 4
    ENVIRONMENT = 5
    REGISTRY = 6
    FAULT = 70
    INTERRUPTED = 130


class EsignctlError(Exception):
    """The root of all errors with a code, a message and a remedy."""

    code: ClassVar[str]
    exit_code: ClassVar[ExitCode]
    message: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, **fields: object) -> None:
        super().__init__()
        self.fields = fields

    def __str__(self) -> str:
        # what a user typed or named a file may hold a personal number
        return tckn.mask_bare(_(self.message).format(**self.fields))

    @property
    def advice(self) -> str:
        """What the reader can do about it, in the active language."""
        return tckn.mask_bare(_(self.remedy).format(**self.fields))


class UsageError(EsignctlError):
    """The command line cannot be understood or asks for something that does not exist."""

    code = "USAGE"
    exit_code = ExitCode.USAGE
    message = N_("{problem}")
    remedy = N_("See '{command} --help'.")


class Declined(EsignctlError):
    """The user said no at a prompt."""

    code = "DECLINED"
    exit_code = ExitCode.DECLINED
    message = N_("Declined; nothing was changed.")
    remedy = N_("Run the command again when you are ready.")


class InputRejected(EsignctlError):
    """A file or value that cannot be taken; nothing was changed."""

    exit_code = ExitCode.REJECTED


class EnvironmentMissing(EsignctlError):
    """A service, device, module or place that the command needs is not there."""

    exit_code = ExitCode.ENVIRONMENT


class RegistryTrouble(EsignctlError):
    """The registry cannot be used as it is; nothing was changed."""

    exit_code = ExitCode.REGISTRY


class Fault(EsignctlError):
    """Something that the program did not foresee. Shows where, never with which data."""

    code = "FAULT"
    exit_code = ExitCode.FAULT
    message = N_("A fault in esignctl {version}: {kind} at {place}. Nothing is half-done.")
    remedy = N_(
        "Report this line to the maintainers with the command you ran; it holds no personal data."
    )


class Interrupted(EsignctlError):
    """Ctrl-C or a request to end."""

    code = "INTERRUPTED"
    exit_code = ExitCode.INTERRUPTED
    message = N_("Interrupted; nothing is half-done.")
    remedy = N_("Run the command again to complete the work.")
