"""``esignctl config``: show and check the configuration."""

from dataclasses import asdict
from datetime import time
from typing import Any

import typer

from esignctl import settings
from esignctl.cli.frame import Command, group
from esignctl.cli.session import Session
from esignctl.i18n import _
from esignctl.payments.layouts import load_layouts
from esignctl.result import Facts, Grid, Heading, Note, Result
from esignctl.text import dates, iban, money

app = group(_("Show and check the configuration."))


@app.command("show", cls=Command, help=_("Print the configuration that holds, with defaults."))
def show(context: typer.Context) -> Result:
    """The configuration in force, where it comes from and where the registry lives."""
    session = Session.of(context)
    current = session.settings
    return Result(
        data=_as_json(session, current),
        findings=settings.check(current),
        view=[
            Heading(_("Configuration")),
            Facts(
                [
                    (_("Configuration file"), str(current.path)),
                    (_("Registry"), str(session.registry_path)),
                    (_("Institution"), current.institution.name or "-"),
                    (_("Account holder"), current.account.holder or "-"),
                    (_("Bank"), current.account.bank or "-"),
                    (_("IBAN"), iban.show(current.account.iban or "-")),
                    (_("Reminders, days before"), ", ".join(map(str, current.reminders.days))),
                ]
            ),
            Heading(_("Fees")),
            Grid(
                (_("Kind"), _("Group"), _("Valid from"), _("Amount (TL)")),
                [
                    (fee.kind, fee.group, dates.show(fee.valid_from), money.show(fee.amount))
                    for fee in current.fees
                ],
                right=frozenset({3}),
            ),
        ],
    )


@app.command("check", cls=Command, help=_("Look for mistakes in the configuration."))
def check(context: typer.Context) -> Result:
    """Read the whole configuration and report what looks wrong."""
    session = Session.of(context)
    load_layouts(session.settings.layouts, session.config_path.name)
    found = settings.check(session.settings)
    attention = any(finding.severity != "info" for finding in found)
    text = _("The configuration needs attention.") if attention else _("The configuration is good.")
    return Result(
        data={"file": str(session.config_path), "present": session.settings.present},
        findings=found,
        attention=attention,
        view=[Note(text)],
    )


def _as_json(session: Session, current: settings.Settings) -> dict[str, Any]:
    return {
        "file": str(current.path),
        "present": current.present,
        "registry": str(session.registry_path),
        "language": current.language,
        "institution": asdict(current.institution),
        "account": asdict(current.account),
        "fees": [
            {
                "kind": fee.kind,
                "group": fee.group,
                "valid_from": fee.valid_from.isoformat(),
                "amount": money.to_json(fee.amount),
            }
            for fee in current.fees
        ],
        "card": asdict(current.card),
        "reminders": {
            name: f"{value:%H:%M}" if isinstance(value, time) else value
            for name, value in asdict(current.reminders).items()
        },
        "smtp": asdict(current.smtp),
        "timestamp": asdict(current.timestamp),
    }
