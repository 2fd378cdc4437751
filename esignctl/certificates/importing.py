"""Taking lists of certificates into the registry, beside what was seen on cards and in files.

What was seen itself is the truth: a list changes nothing of it, and what contradicts it is told.
The same list again changes nothing. One list is one transaction.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from esignctl.certificates.list_rows import Told, read_rows
from esignctl.registry import Connection, Registry, arrivals, certificates
from esignctl.registry.certificates import StoredCertificate
from esignctl.registry.imports import ImportReport, Rejection, Tally
from esignctl.registry.listed import differences, same
from esignctl.tables.columns import Place

_DETAILS: Final = ("issuer", "serial", "holder", "tckn", "not_before", "not_after", "kind")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that contradicts a certificate: by field, what is known and what the row tells."""

    place: Place
    known: StoredCertificate
    differences: Mapping[str, tuple[str, str]]


def import_list(
    registry: Registry, path: Path, command: str
) -> tuple[ImportReport, tuple[Conflict, ...]]:
    """Keep the certificates of a list; returns what was done, and what contradicts.

    A row that contradicts a certificate that was seen changes nothing and counts as unchanged. What
    only lists told of is corrected by a later list; an empty cell erases nothing. Raises
    `InputRejected` when the file is no list of certificates; nothing is changed then.
    """
    rows = list(read_rows(path))
    with registry.write(command) as transaction:
        connection = transaction.connection
        tally = Tally()
        conflicts: list[Conflict] = []
        taken: dict[int, tuple[Place, StoredCertificate]] = {}
        for place, row in rows:
            if isinstance(row, Rejection):
                tally.rejected.append(row)
                continue
            known, told = _known(connection, row)
            if known is None:
                (new,) = arrivals.add(transaction, [told])
                taken[new] = place, told
                tally.count(None, told)
                continue
            earlier, first = taken.get(known.id, (place, told))
            if _contradict(first, told):
                tally.rejected.append(Rejection(place, "REPEATED", earlier.row))
                continue
            now = known
            if found := _conflict(known, told, row):
                conflicts.append(Conflict(place, known, found))
            elif known.fingerprint is None:
                now = _filled_in(known, told, begin_told=row.begin_told)
                taken[known.id] = earlier, told
            if now != known:
                certificates.correct(transaction, known, now, "certificate.correct")
            tally.count(known, now)
        return tally.report(transaction, "certificates.import", path), tuple(conflicts)


def _known(connection: Connection, row: Told) -> tuple[StoredCertificate | None, StoredCertificate]:
    """The certificate that a row tells of, if it is known, and the row as it is to be read.

    What was seen goes before what a list told; then comes the same serial number of somebody else,
    which contradicts.
    """
    told = row.certificate
    ways = [told, *([replace(told, serial=row.other_serial)] if row.other_serial else [])]
    met = [(each, way) for way in ways for each in certificates.alike(connection, way)]
    alike = [(each, way) for each, way in met if same(each, way)]
    fitting = [
        *((each, way) for each, way in alike if each.fingerprint is not None),
        *alike,
        *((each, way) for each, way in met if way is told and each.serial == told.serial != ""),
    ]
    return fitting[0] if fitting else (None, told)


def _conflict(
    known: StoredCertificate, told: StoredCertificate, row: Told
) -> Mapping[str, tuple[str, str]]:
    """What a row contradicts: all of what was seen, of what a list told only whose it is."""
    if known.fingerprint is None:
        return {} if same(known, told) else dict(_whose(differences(known, told)))
    found = dict(differences(known, told))
    if not row.begin_told:
        found.pop("not_before", None)
    return found


def _whose(found: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    return ((name, both) for name, both in found.items() if name in ("holder", "tckn"))


def _contradict(one: StoredCertificate, other: StoredCertificate) -> bool:
    return any(
        getattr(one, name) != getattr(other, name)
        for name in _DETAILS
        if getattr(one, name) and getattr(other, name)
    )


def _filled_in(
    known: StoredCertificate, told: StoredCertificate, *, begin_told: bool
) -> StoredCertificate:
    details = {name: value for name in _DETAILS if (value := getattr(told, name))}
    if not begin_told:
        del details["not_before"]
    return replace(known, **details, qualified=told.qualified)
