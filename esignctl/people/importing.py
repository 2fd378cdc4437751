"""Taking lists of people and of applications into the registry.

Good rows are kept and the others named; the same list again changes nothing. One list is one
transaction.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from esignctl.people.reading import ApplicationRow, read_applications, read_people
from esignctl.registry import Registry, applications, people
from esignctl.registry.applications import Application
from esignctl.registry.imports import ImportReport, Rejection, Tally
from esignctl.registry.people import DETAILS, Person
from esignctl.tables.columns import Place


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
        tally = Tally()
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
        tally = Tally()
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
