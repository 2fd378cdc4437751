"""``esignctl explain``: cause and remedy of every code that the program prints."""

from typing import Annotated

import typer

from esignctl import codes
from esignctl.cli.frame import Command, single
from esignctl.i18n import N_, _
from esignctl.result import Facts, Grid, Heading, Result

app = single()

_KINDS = {
    "error": N_("error: ends the command"),
    "finding": N_("finding: told beside the result"),
    "reason": N_("reason: why a movement was decided so"),
}
_SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "info": N_("note")}


@app.command(cls=Command, help=_("Tell cause and remedy of a code; without one, list all."))
def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar=_("CODE"), help=_("A code as messages show it, such as PIN-LOCKED.")
        ),
    ] = None,
) -> Result:
    """One code with everything about it, or all of them."""
    if code is None:
        known = list(codes.every().values())
        return Result(
            {"codes": [_as_json(each) for each in known]},
            view=[
                Grid((_("Code"), _("Cause")), [(each.name, each.cause) for each in known]),
            ],
        )
    found = codes.look_up(code)
    facts = [(_("Kind"), _(_KINDS[found.kind]))]
    if found.exit_code is not None:
        facts.append((_("Exit code"), str(found.exit_code)))
    if found.severity is not None:
        facts.append((_("Severity"), _(_SEVERITIES[found.severity])))
    facts += [(_("Cause"), found.cause), (_("Remedy"), found.remedy)]
    return Result(_as_json(found), view=[Heading(found.name), Facts(facts)])


def _as_json(code: codes.Code) -> dict[str, object]:
    return {
        "code": code.name,
        "kind": code.kind,
        "exit_code": code.exit_code,
        "severity": code.severity,
        "cause": code.cause,
        "remedy": code.remedy,
    }
