"""What the operating system says of files, disks and networks, in the reader's language."""

import errno

from esignctl.i18n import N_, _

_WORDS = {
    errno.EACCES: N_("permission is denied"),
    errno.EBUSY: N_("another program is using it"),
    errno.ECONNREFUSED: N_("the connection was refused"),
    errno.ECONNRESET: N_("the connection broke"),
    errno.EEXIST: N_("something of that name is there already"),
    errno.EFBIG: N_("it becomes too large for the disk"),
    errno.EHOSTUNREACH: N_("no way leads to that computer"),
    errno.EIO: N_("the disk reports an error"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ENETUNREACH: N_("there is no network"),
    errno.ENODEV: N_("it is no file and no folder"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENOTDIR: N_("a part of its path is no folder"),
    errno.EPERM: N_("permission is denied"),
    errno.EROFS: N_("the disk is read-only"),
}


def in_words(error: OSError) -> str:
    """The complaint, without the path; rare ones stay in the system's own words."""
    words = _WORDS.get(error.errno or 0)
    return _(words) if words else error.strerror or type(error).__name__
