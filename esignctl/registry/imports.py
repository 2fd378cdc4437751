"""What the import of a list did: numbers of rows, and the rows that were not taken."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from esignctl.i18n import N_, _
from esignctl.registry.connection import Transaction
from esignctl.tables.columns import Place

REASONS: Final = {
    "TCKN-MISSING": N_("the personal number is missing"),
    "TCKN-INVALID": N_("the personal number is not valid"),
    "NAME-MISSING": N_("the given name or the surname is missing"),
    "NUMBER-MISSING": N_("the application number is missing"),
    "NUMBER-INVALID": N_("the application number is not a text or a whole number"),
    "KIND-MISSING": N_("the kind of application is missing"),
    "KIND-UNKNOWN": N_("the kind of application is unknown"),
    "DATE-MISSING": N_("the date of application is missing"),
    "DATE-INVALID": N_("the date of application is not a date"),
    "HOLDER-MISSING": N_("neither a name nor a personal number tells whose it is"),
    "SERIAL-INVALID": N_("the serial number is neither decimal nor hexadecimal"),
    "SERIAL-ROUNDED": N_("the spreadsheet rounded the serial number: format the column as text"),
    "END-MISSING": N_("the day on which it ends is missing"),
    "DAY-INVALID": N_("it is not a date"),
    "DAYS-REVERSED": N_("it ends before it begins"),
    "PERSON-UNKNOWN": N_("nobody with this personal number is registered"),
    "NUMBER-TAKEN": N_("the application of this number belongs to another person"),
    "REPEATED": N_("row {other} has the same number with different content, and was taken"),
}
"""Why a row is rejected."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken: a code of `REASONS`, the row it collides with if any, the column.

    `column` is the header of the cell that is at fault, empty where it is no single one.
    """

    place: Place
    code: str
    other: int = 0
    column: str = ""

    @property
    def reason(self) -> str:
        """Why, in the active language."""
        return _(REASONS[self.code]).format(other=self.other)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: numbers of rows, and the rows that were not taken."""

    added: int
    updated: int
    unchanged: int
    rejected: tuple[Rejection, ...]

    @property
    def read(self) -> int:
        """The number of filled rows in the list."""
        return self.added + self.updated + self.unchanged + len(self.rejected)


class Tally:
    """Counts rows while a list is gone through."""

    def __init__(self) -> None:
        self.added = self.updated = self.unchanged = 0
        self.rejected: list[Rejection] = []

    def count(self, known: object, now: object) -> None:
        """Count a row that was taken, by what was known before it and what is known now."""
        if known is None:
            self.added += 1
        elif known == now:
            self.unchanged += 1
        else:
            self.updated += 1

    def report(self, transaction: Transaction, action: str, path: Path) -> ImportReport:
        """The report; the audit log names the file if anything changed."""
        if self.added or self.updated:
            transaction.record(
                action,
                "registry",
                {"file": path.name, "added": self.added, "updated": self.updated},
            )
        return ImportReport(self.added, self.updated, self.unchanged, tuple(self.rejected))
