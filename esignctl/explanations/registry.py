"""Trouble with the registry, and what its check finds."""

from collections.abc import Mapping
from typing import Final

from esignctl.explanations.entry import Explanation
from esignctl.i18n import N_

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    "REGISTRY-CREATED": Explanation(
        N_(
            "The command checks a registry, but there was none at that place. A registry is made"
            " at first use, so an empty one is there now: most likely the path is mistyped."
        ),
    ),
    "REGISTRY-NEWER": Explanation(
        N_(
            "A later version of esignctl has changed the tables of this registry, and this"
            " version does not know them."
        ),
    ),
    "REGISTRY-DAMAGED": Explanation(
        N_(
            "The file is no intact database any more: overwritten by another program, cut off"
            " while it was copied, or broken by the disk."
        ),
    ),
    "REGISTRY-EMPTY": Explanation(
        N_(
            "A file of no bytes stands where the registry should be, as after a failed copy or"
            " on a full disk. The program does not take it for a new registry, because an old one"
            " may be lost."
        ),
    ),
    "REGISTRY-FOREIGN": Explanation(
        N_("The file is a database of another program, and esignctl does not touch it."),
    ),
    "REGISTRY-READ-ONLY": Explanation(
        N_(
            "This user may not write the registry's file or its folder, or the disk is"
            " read-only. The folder counts too, because the journal is kept beside the file."
        ),
    ),
    "REGISTRY-DISK-FULL": Explanation(
        N_("The disk on which the registry lies has no room left for the change."),
    ),
    "REGISTRY-LOCKED": Explanation(
        N_("Another command has been writing to the registry for longer than this one waits."),
    ),
    "REGISTRY-UNREACHABLE": Explanation(
        N_(
            "The file cannot be opened, made or read where it lies: a wrong path, a missing or"
            " closed folder, a drive that was disconnected, a failing disk."
        ),
    ),
    "REGISTRY-SCHEMA-CHANGED": Explanation(
        N_(
            "The program knows exactly which tables and safeguards a registry has, and this one"
            " has others. It was altered from outside."
        ),
    ),
    "REGISTRY-KEY-BROKEN": Explanation(
        N_(
            "A row refers to another one that is not there. The registry never lets that happen,"
            " so the file was altered with another tool or is damaged."
        ),
    ),
    "REGISTRY-AUDIT-BROKEN": Explanation(
        N_(
            "Each row of the audit log carries a hash of the row before it. From the named row"
            " on the hashes do not fit: a row was changed, removed or put in between."
        ),
    ),
    "REGISTRY-POSTING-UNTOLD": Explanation(
        N_(
            "The audit log tells of every posting, and here one of the two stands without the"
            " other: somebody changed the file with another tool."
        ),
    ),
    "REGISTRY-SUM-WRONG": Explanation(
        N_("More money was posted from a movement than came with it."),
    ),
    "REGISTRY-REVERSAL-WRONG": Explanation(
        N_(
            "What takes a posting back must have its movement, its application and its amount"
            " with the opposite sign, and here it has not."
        ),
    ),
}
