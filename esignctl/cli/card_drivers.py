"""``esignctl card drivers``: what this computer has against what its reader and card need."""

import typer

from esignctl.cards import drivers
from esignctl.cards.drivers import Need
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.i18n import N_, _
from esignctl.result import Block, Facts, Grid, Note, Result

app = single()

_WHAT = {
    "packages": N_("Python packages"),
    "service": N_("smart card service"),
    "reader": N_("reader"),
    "module": N_("PKCS#11 module"),
}
_STATES = {
    "ok": N_("in order"),
    "missing": N_("missing"),
    "stopped": N_("does not run"),
    "denied": N_("access refused"),
    "bitness": N_("other architecture"),
    "failed": N_("does not work"),
    "unknown": N_("not tested"),
}


@app.command(cls=Command, help=_("Tell what software is missing, and where to get it."))
def show(context: typer.Context) -> Result:
    """Service, reader drivers and modules, each with its state and where to get it."""
    machine = drivers.look(Session.of(context).settings.card.modules)
    needed = drivers.needs(machine)
    findings = drivers.findings(machine, needed)
    here, edition = machine.observation.system, machine.edition
    view: list[Block] = [
        Facts(
            [
                (_("System"), f"{edition.name} {edition.version}".rstrip()),
                (_("Architecture"), here.machine),
                (_("Python (bits)"), str(here.python_bits)),
            ]
        ),
        Grid(
            (_("What"), _("Needed"), _("State"), _("Found"), _("Get it")), list(map(_row, needed))
        ),
    ]
    if not any(need.what == "reader" for need in needed):
        view.append(Note(_("No reader is plugged in, so nothing can be said of its driver.")))
    return Result(
        {
            "system": {
                "os": here.os,
                "name": edition.name,
                "version": edition.version,
                "machine": here.machine,
                "python_bits": here.python_bits,
            },
            "needs": [_as_json(need) for need in needed],
        },
        findings,
        attention=bool(findings),
        view=view,
    )


def _row(need: Need) -> tuple[str, ...]:
    bits = _("{bits} bits").format(bits=need.bits) if need.bits else ""
    found = ", ".join(filter(None, (need.found, need.version, bits if need.found else "")))
    wanted = need.name if need.found or not bits else f"{need.name} ({bits})"
    return (
        _(_WHAT[need.what]),
        wanted,
        _(_STATES[need.state]),
        found or "-",
        need.command or need.page or "-",
    )


def _as_json(need: Need) -> dict[str, object]:
    return {
        "what": need.what,
        "name": need.name,
        "state": need.state,
        "found": need.found or None,
        "version": need.version or None,
        "bits": need.bits,
        "problem": need.problem or None,
        "command": need.command or None,
        "page": need.page or None,
    }
