"""Files and lists that cannot be taken, and places that cannot be written."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "FILE-EXISTS": Explanation(
        N_(
            "The file that the command would write is there already, and the command never"
            " overwrites one."
        ),
    ),
    "FILE-MISSING": Explanation(
        N_(
            "There is no file of that name: a typing mistake, another folder, or the file was"
            " moved."
        ),
    ),
    "FILE-NOT-OPENED": Explanation(
        N_(
            "The file is there, but the system does not let it be opened: it is a folder, this"
            " user may not read it, another program keeps it locked, or the disk fails."
        ),
    ),
    "FILE-EMPTY": Explanation(
        N_("There is nothing in the file, as after a download that broke off."),
    ),
    "FILE-NO-TABLE": Explanation(
        N_(
            "The content of the file is something else than a table, whatever its name says: a"
            " PDF, a picture, a text document."
        ),
    ),
    "FILE-CUT-OFF": Explanation(
        N_(
            "The end of the file is missing, as after a broken download or copy. Taking the rest"
            " would silently lose rows."
        ),
    ),
    "FILE-DAMAGED": Explanation(
        N_("The file is of a known kind, but parts of it cannot be read or contradict each other."),
    ),
    "FILE-ENCRYPTED": Explanation(
        N_("The workbook opens with a password only, so its content cannot be read."),
    ),
    "FILE-TOO-LARGE": Explanation(
        N_(
            "The file is, or unpacks to, more than any real list or statement: more than 1 GiB"
            " or more than 1,048,576 rows. Such files can be made on purpose, to bring a computer"
            " to a halt."
        ),
    ),
    "COLUMN-MISSING": Explanation(
        N_("No sheet of the list has a header row with a column that the list cannot do without."),
        N_(
            "Put a header row above the rows and name the column as the message says; the order"
            " of the columns does not matter."
        ),
    ),
    "ROWS-REJECTED": Explanation(
        N_(
            "Some rows of the list cannot be used, each for the reason that is shown with it,"
            " such as a personal number that is not valid. All other rows were taken."
        ),
    ),
    "PLACE-NOT-WRITABLE": Explanation(
        N_(
            "The file or folder to write to is missing, write-protected or open in another"
            " program, or its disk is full."
        ),
    ),
}
