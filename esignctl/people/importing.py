"""Taking lists of people and of applications into the registry.

Good rows are kept and the others named; the same list again changes nothing. One list is one
transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from esignctl.people.reading import (
    ApplicationRow,
    Place,
    Rejection,
    read_applications,
    read_people,
)
from esignctl.registry import Registry, Transaction, applications, people
from esignctl.registry.applications import Application
from esignctl.registry.people import DETAILS, Person


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


def import_people(registry: Registry, path: Path, command: str) -> ImportReport:
    """Register the people of a list, and fill in what it tells of those already registered.

    An empty cell or an absent column never erases what is known. Raises `InputRejected` when the
    file is no list of people; nothing is changed then.
    """
    rows = list(read_people(path))
    with registry.write(command) as transaction:
        before = {person.tckn: person for person in people.everyone(transaction.connection)}
        after = dict(before)
        listed: dict[str, tuple[Place, Person]] = {}
        tally = _Tally()
        for place, row in rows:
            if isinstance(row, Rejection):
                tally.rejected.append(row)
                continue
            earlier, so_far = listed.get(row.tckn, (place, row))
            if _contradict(so_far, row):
                tally.rejected.append(Rejection(place, "REPEATED", earlier.row))
                continue
            listed[row.tckn] = earlier, _filled_in(so_far, row)
            known = after.get(row.tckn)
            after[row.tckn] = _filled_in(known, row) if known else row
            tally.count(known, after[row.tckn])
        people.add(transaction, [p for number, p in after.items() if number not in before])
        people.change(
            transaction,
            [(old, after[number]) for number, old in before.items() if after[number] != old],
        )
        return tally.report(transaction, "people.import", path)


def import_applications(registry: Registry, path: Path, command: str) -> ImportReport:
    """Register the applications of a list; kind and date of known ones are corrected.

    Raises `InputRejected` when the file is no list of applications; nothing is changed then.
    """
    rows = list(read_applications(path))
    with registry.write(command) as transaction:
        connection = transaction.connection
        ids = {person.tckn: person.id for person in people.everyone(connection)}
        before = {known.number: known for known in applications.everything(connection)}
        after = dict(before)
        listed: dict[str, tuple[Place, ApplicationRow]] = {}
        tally = _Tally()
        for place, row in rows:
            if isinstance(row, Rejection):
                tally.rejected.append(row)
                continue
            earlier, first = listed.get(row.number, (place, row))
            problem = _problem(row, first, ids, before)
            if problem:
                tally.rejected.append(Rejection(place, problem, earlier.row))
                continue
            listed[row.number] = earlier, first
            known = after.get(row.number)
            after[row.number] = (
                replace(known, kind=row.kind, opened_on=row.opened_on)
                if known
                else Application(row.number, ids[row.tckn], row.kind, row.opened_on)
            )
            tally.count(known, after[row.number])
        applications.add(transaction, [a for number, a in after.items() if number not in before])
        applications.change(
            transaction,
            [(old, after[number]) for number, old in before.items() if after[number] != old],
        )
        return tally.report(transaction, "applications.import", path)


class _Tally:
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


def _contradict(one: Person, other: Person) -> bool:
    return any(
        getattr(one, name) != getattr(other, name)
        for name in DETAILS
        if getattr(one, name) and getattr(other, name)
    )


def _filled_in(known: Person, row: Person) -> Person:
    return replace(known, **{name: value for name in DETAILS if (value := getattr(row, name))})


def _problem(
    row: ApplicationRow,
    first: ApplicationRow,
    ids: Mapping[str, int],
    before: Mapping[str, Application],
) -> str | None:
    if row.tckn not in ids:
        return "PERSON-UNKNOWN"
    if row != first:
        return "REPEATED"
    known = before.get(row.number)
    return "NUMBER-TAKEN" if known and known.person_id != ids[row.tckn] else None
