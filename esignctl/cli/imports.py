"""What the import commands have in common."""

from collections.abc import Sequence
from pathlib import Path

from esignctl.findings import finding
from esignctl.i18n import _
from esignctl.registry.imports import ImportReport, Rejection
from esignctl.result import Block, Facts, Grid, Heading, Result

FILE_HELP = _("A list as xlsx, xls, ods or csv, with a header row in Turkish or English.")


def result(report: ImportReport, file: Path, more: Sequence[tuple[str, str]] = ()) -> Result:
    """The outcome of an import: numbers, and every row that was not taken with its reason.

    `more` are further facts for people.
    """
    rejected = [_as_json(rejection) for rejection in report.rejected]
    view: list[Block] = [
        Facts(
            [
                (_("Rows read"), str(report.read)),
                (_("Added"), str(report.added)),
                (_("Updated"), str(report.updated)),
                (_("Unchanged"), str(report.unchanged)),
                (_("Rejected"), str(len(rejected))),
                *more,
            ]
        )
    ]
    findings = []
    if rejected:
        view += [
            Heading(_("Rejected rows")),
            Grid(
                (_("Sheet"), _("Row"), _("Column"), _("Reason")),
                [
                    (
                        rejection.place.sheet or "-",
                        str(rejection.place.row),
                        rejection.column or "-",
                        rejection.reason,
                    )
                    for rejection in report.rejected
                ],
                right=frozenset({1}),
            ),
        ]
        findings.append(
            finding("ROWS-REJECTED", file=file.name, count=len(rejected), read=report.read)
        )
    data = {
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": rejected,
    }
    return Result(data, findings, attention=bool(rejected), view=view)


def _as_json(rejection: Rejection) -> dict[str, object]:
    data: dict[str, object] = {
        "row": rejection.place.row,
        "reason": rejection.reason,
        "code": rejection.code,
        "column": rejection.column or None,
    }
    return {"sheet": rejection.place.sheet, **data} if rejection.place.sheet else data
