"""Trouble with the registry's file."""

from esignctl.errors.base import RegistryTrouble
from esignctl.i18n import N_


class RegistryNewer(RegistryTrouble):
    """The registry was written by a later version, whose tables this one does not know."""

    code = "REGISTRY-NEWER"
    message = N_(
        "The registry {file} was written by a newer esignctl (its schema is {found}; this program"
        " knows up to {known})."
    )
    remedy = N_("Install the newest esignctl on this computer; the registry was left as it is.")


class RegistryDamaged(RegistryTrouble):
    """The file is no database any more: overwritten, cut off or broken inside."""

    code = "REGISTRY-DAMAGED"
    message = N_("The registry {file} is damaged and cannot be used.")
    remedy = N_(
        "Keep the file, put the latest backup in its place, and check that with 'esignctl registry"
        " verify'."
    )


class RegistryEmpty(RegistryTrouble):
    """A file of no bytes stands where the registry should be."""

    code = "REGISTRY-EMPTY"
    message = N_("The registry {file} is an empty file; what it held, if anything, is lost.")
    remedy = N_(
        "Put the latest backup in its place; if there never was a registry, delete the empty file"
        " and a new registry is made at first use."
    )


class RegistryForeign(RegistryTrouble):
    """The file is a database of some other program."""

    code = "REGISTRY-FOREIGN"
    message = N_("{file} is a database, but not a registry of esignctl.")
    remedy = N_("Name the registry with --registry or ESIGNCTL_REGISTRY.")


class RegistryReadOnly(RegistryTrouble):
    """The file or its folder may not be written."""

    code = "REGISTRY-READ-ONLY"
    message = N_("The registry {file} cannot be written: the file or its folder is read-only.")
    remedy = N_("Give the user who runs esignctl the right to write the file and its folder.")


class RegistryDiskFull(RegistryTrouble):
    """There is no room to write."""

    code = "REGISTRY-DISK-FULL"
    message = N_("There is no room on the disk of the registry {file}; nothing was changed.")
    remedy = N_("Free some space on that disk, then run the command again.")


class RegistryLocked(RegistryTrouble):
    """Another program has been writing for longer than we wait."""

    code = "REGISTRY-LOCKED"
    message = N_(
        "Another program has kept the registry {file} busy for {seconds} seconds; nothing was"
        " changed."
    )
    remedy = N_("Wait until the other command has ended, then run this one again.")


class RegistryUnreachable(RegistryTrouble):
    """The file cannot be opened, made or read where it lies."""

    code = "REGISTRY-UNREACHABLE"
    message = N_("The registry {file} cannot be opened or read: {problem}.")
    remedy = N_(
        "Check the path, its folder and the disk; the registry belongs on a local disk, not on a"
        " network share."
    )
