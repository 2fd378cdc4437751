"""Files and tables that cannot be read or written."""

from esignctl.errors.base import EnvironmentMissing, InputRejected
from esignctl.i18n import N_


class FileExists(InputRejected):
    """A file that must not be overwritten is already there."""

    code = "FILE-EXISTS"
    message = N_("{file} exists already and was left as it is.")
    remedy = N_("Name another file, or move the old one away first.")


class FileMissing(InputRejected):
    """The command names a file that is not there."""

    code = "FILE-MISSING"
    message = N_("There is no file {file}.")
    remedy = N_("Check the name and the folder; nothing was changed.")


class FileNotOpened(InputRejected):
    """The file is there but cannot be opened: a folder, no permission, a device error."""

    code = "FILE-NOT-OPENED"
    message = N_("{file} cannot be opened: {problem}.")
    remedy = N_("Name a file that you may read; close it in other programs and check the disk.")


class FileEmpty(InputRejected):
    """A file of no bytes, or of nothing but blanks."""

    code = "FILE-EMPTY"
    message = N_("{file} is empty.")
    remedy = N_("Download or export it again.")


class NoTable(InputRejected):
    """The file is of a kind that holds no table of rows and columns."""

    code = "FILE-NO-TABLE"
    message = N_("{file} holds no table: it is {found}.")
    remedy = N_("Export the list as Excel (.xlsx) or CSV and name that file.")


class TableCutOff(InputRejected):
    """The end of the file is missing."""

    code = "FILE-CUT-OFF"
    message = N_("{file} is cut off: its end is missing, so rows may be missing too.")
    remedy = N_("Download or copy it again; nothing of it was taken.")


class TableDamaged(InputRejected):
    """The file is of a known kind but broken inside."""

    code = "FILE-DAMAGED"
    message = N_("{file} is damaged: {problem}.")
    remedy = N_("Download it again, or open it in Excel, save it as .xlsx and name that file.")


class TableEncrypted(InputRejected):
    """The file asks for a password."""

    code = "FILE-ENCRYPTED"
    message = N_("{file} is protected by a password.")
    remedy = N_("Open it in Excel, save it without a password and name that file.")


class TableTooLarge(InputRejected):
    """The file expands beyond what any real table needs."""

    code = "FILE-TOO-LARGE"
    message = N_("{file} is too large: {problem}.")
    remedy = N_("Export a shorter period, or make sure that the file is what it claims to be.")


class ValueRejected(InputRejected):
    """A value on the command line that cannot be taken."""

    code = "VALUE-REJECTED"
    message = N_("The value of {what} cannot be taken: {problem}.")
    remedy = N_("Correct it and run the command again; nothing was changed.")


class ColumnMissing(InputRejected):
    """A list lacks a column without which its rows mean nothing."""

    code = "COLUMN-MISSING"
    message = N_("{file}: no sheet has a header row with the column '{column}'.")
    remedy = N_("Give that column one of these headers: {accepted}.")


class PlaceNotWritable(EnvironmentMissing):
    """An output file or folder cannot be written."""

    code = "PLACE-NOT-WRITABLE"
    message = N_("{file} cannot be written: {problem}.")
    remedy = N_("Choose another place, or correct its permissions or free space.")
