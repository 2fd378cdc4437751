"""``esignctl card pin``: change a PIN, or set a new one on KamuSM's page. No PIN passes here."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from esignctl.cards import pin as pins
from esignctl.cards import unlocking
from esignctl.cards.model import Pin
from esignctl.cards.target import Target
from esignctl.cli import render
from esignctl.cli.card_view import PIN_STATES
from esignctl.cli.frame import Command, group
from esignctl.cli.session import Session
from esignctl.errors import ConfirmationNeeded, EsignctlError, Interrupted
from esignctl.findings import Finding
from esignctl.i18n import _
from esignctl.registry import Registry
from esignctl.result import Block, Facts, Grid, Heading, Note, Result

app = group(_("Change a PIN, or unlock it with its holder."))

ReaderName = Annotated[
    str | None,
    typer.Option("--reader", metavar=_("NAME"), help=_("The card in this reader; a part will do.")),
]


@app.command("change", cls=Command, help=_("Change the PIN of the card; asks for both, hidden."))
def change(
    context: typer.Context,
    reader: ReaderName = None,
    pin_stdin: Annotated[
        bool,
        typer.Option(
            "--pin-stdin",
            help=_("Read old and new PIN from standard input, each on a line of its own."),
        ),
    ] = False,
    accept_final_try: Annotated[
        bool,
        typer.Option(
            "--accept-final-try", help=_("Go on although a wrong old PIN would lock the card.")
        ),
    ] = False,
) -> Result:
    """Change, verify by a fresh login, and note it in the audit log, whatever comes of it."""
    session = Session.of(context)
    if not pin_stdin and not sys.stdin.isatty():
        raise ConfirmationNeeded(flag="--pin-stdin")
    # first of all: a change that could not be recorded is not made
    with session.registry() as registry:
        target = pins.target(session.settings.card.modules, reader)
        pins.refuse_if_unfit(target, accept_final_try)
        if not session.quiet:
            _say(_("Card in {reader}. {tries}").format(reader=target.place, tries=target.tries()))
        _record(session, registry, target, "pin.begin")
        try:
            pins.change(target, from_stdin=pin_stdin, accept_final=accept_final_try)
        except EsignctlError as error:
            _record(session, registry, target, "pin.end", error.code)
            raise
        except KeyboardInterrupt:
            _record(session, registry, target, "pin.end", Interrupted.code)
            raise
        _record(session, registry, target, "pin.changed")
    return Result(
        {
            "reader": target.place,
            "serial": target.token.serial,
            "changed": True,
            "verified": True,
        },
        view=[Note(_("The PIN was changed, and a fresh login with the new one worked."))],
    )


def _record(
    session: Session, registry: Registry, target: Target, action: str, code: str = ""
) -> None:
    with registry.write(session.command) as transaction:
        detail = {"reader": target.place} | ({"code": code} if code else {})
        transaction.record(action, f"card {target.token.serial}", detail)


@app.command("unlock", cls=Command, help=_("Lead through setting a new PIN on KamuSM's page."))
def unlock(context: typer.Context, reader: ReaderName = None) -> Result:
    """Look at the card, lead through the steps on a terminal, or print them, and look again."""
    session = Session.of(context)
    configured = session.settings.card.modules
    before, findings = pins.look(configured, reader)
    steps = unlocking.steps(before.token.pin if before else Pin())
    after = before
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not session.as_json
    if asks:
        _lead(before, findings, steps)
        after, findings = pins.look(configured, reader)
    done = after is not None and unlocking.is_done(after.token.pin)
    view: list[Block] = [Facts([(_("PIN state"), _state(after)), (_("Page"), unlocking.PAGE)])]
    if not asks:
        rows = [(str(number), step) for number, step in enumerate(steps, 1)]
        view += [Heading(_("Steps")), Grid((_("No"), _("Step")), rows, frozenset({0}))]
    return Result(
        {
            "reader": after.place if after else None,
            "serial": after.token.serial if after else None,
            "before": before.token.pin.state if before else None,
            "after": after.token.pin.state if after else None,
            "page": unlocking.PAGE,
            "steps": steps,
        },
        findings,
        attention=not done,
        view=view,
    )


def _lead(before: Target | None, findings: Sequence[Finding], steps: Sequence[str]) -> None:
    """Show one step after the other, each when the one before is done."""
    _say(_("PIN: {state}.").format(state=_state(before)))
    if before is not None and unlocking.is_done(before.token.pin):
        _say(_("It is not locked. These steps also replace a PIN that its holder has forgotten."))
    for each in findings:
        _say(f"{each.message} {each.remedy}")
    for number, step in enumerate(steps, start=1):
        _say(f"\n{number}/{len(steps)}  {step}")
        sys.stderr.write(_("Press Enter when it is done (Ctrl-C ends). Type no PIN here: "))
        sys.stderr.flush()
        if not sys.stdin.readline():
            raise KeyboardInterrupt


def _state(target: Target | None) -> str:
    return _(PIN_STATES[target.token.pin.state]) if target else _("no card was read")


def _say(text: str) -> None:
    lines = [render.clean(line) for line in text.split("\n")]
    sys.stderr.write("\n".join(lines) + "\n")
    sys.stderr.flush()
