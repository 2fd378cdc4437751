"""``esignctl cert import``: lists of certificates from trackers and portals."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from esignctl.certificates.importing import Conflict, import_list
from esignctl.cli import imports
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.findings import finding
from esignctl.i18n import N_, _
from esignctl.result import Block, Grid, Heading, Result
from esignctl.text import dates

app = single()

_FIELDS: Final = {
    "holder": N_("Holder"),
    "tckn": N_("Personal number"),
    "not_before": N_("Valid from"),
    "not_after": N_("Until"),
}
_SHOWN_DIGITS: Final = 16


@app.command("import", cls=Command, help=_("Take a list of certificates from a spreadsheet."))
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=imports.FILE_HELP)],
) -> Result:
    """Merge a list with what was seen on cards and in files; again it changes nothing."""
    session = Session.of(context)
    with session.registry() as registry:
        report, conflicts = import_list(registry, file, session.command)
    counted = (_("Contradictions"), str(len(conflicts)))
    result = imports.result(report, file, [counted])
    findings = list(result.findings)
    view: list[Block] = list(result.view)
    if conflicts:
        findings.append(finding("CERTS-CONTRADICTED", file=file.name, count=len(conflicts)))
        view += [Heading(_("Contradictions")), _grid(session, conflicts)]
    data = {**result.data, "conflicts": [_as_json(session, each) for each in conflicts]}
    return replace(
        result,
        data=data,
        findings=findings,
        attention=result.attention or bool(conflicts),
        view=view,
    )


def _as_json(session: Session, conflict: Conflict) -> dict[str, Any]:
    place, known = conflict.place, conflict.known
    data: dict[str, Any] = {
        "row": place.row,
        "certificate": {
            "fingerprint": known.fingerprint,
            "serial": known.serial,
            "holder": session.free_text(known.holder),
        },
        "differences": [
            {"field": name, "known": before, "listed": after}
            for name, (before, after) in conflict.differences.items()
        ],
    }
    return {"sheet": place.sheet, **data} if place.sheet else data


def _grid(session: Session, conflicts: Sequence[Conflict]) -> Grid:
    return Grid(
        (_("Sheet"), _("Row"), _("Certificate"), _("What"), _("Known"), _("In the list")),
        [
            (
                each.place.sheet or "-",
                str(each.place.row),
                (each.known.serial or each.known.fingerprint or "-")[:_SHOWN_DIGITS],
                _(_FIELDS[name]),
                _shown(session, name, before),
                _shown(session, name, after),
            )
            for each in conflicts
            for name, (before, after) in each.differences.items()
        ],
        right=frozenset({1}),
    )


def _shown(session: Session, name: str, value: str) -> str:
    if name in ("not_before", "not_after"):
        return dates.show_moment(value)
    return session.free_text(value)
