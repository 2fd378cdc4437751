"""``esignctl registry``: the registry's state and soundness."""

import typer

from esignctl.cli.frame import Command, group
from esignctl.cli.session import Session
from esignctl.findings import Finding, finding
from esignctl.i18n import N_, _
from esignctl.registry import health
from esignctl.result import Facts, Grid, Heading, Note, Result
from esignctl.text import dates

app = group(_("The registry's state and soundness."))

_COUNTED = {
    "persons": N_("People"),
    "applications": N_("Applications"),
    "statements": N_("Statements"),
    "movements": N_("Movements"),
    "open_reviews": N_("Open decisions"),
    "postings": N_("Postings"),
    "certificates": N_("Certificates"),
    "card_visits": N_("Cards looked at"),
    "audit": N_("Rows of the audit log"),
}


@app.command("info", cls=Command, help=_("Where the registry is and what it holds."))
def info(context: typer.Context) -> Result:
    """Place, schema, size, numbers of rows and the last change."""
    with Session.of(context).registry() as registry:
        found = health.inventory(registry)
    last = found.last_change
    changed = (
        _("{action} by {actor}, {moment}").format(
            action=last.command, actor=last.actor, moment=dates.show_moment(last.at)
        )
        if last
        else "-"
    )
    return Result(
        {
            "path": str(found.path),
            "schema": found.schema,
            "size": found.size,
            "counts": found.counts,
            "last_change": None
            if last is None
            else {
                "at": last.at,
                "actor": last.actor,
                "command": last.command,
                "action": last.action,
            },
        },
        view=[
            Facts(
                [
                    (_("Registry"), str(found.path)),
                    (_("Schema"), str(found.schema)),
                    (_("Size (KiB)"), str(-(-found.size // 1024))),
                    (_("Last change"), changed),
                ]
            ),
            Heading(_("Contents")),
            Grid(
                (_("What"), _("Rows")),
                [(_(label), str(found.counts[name])) for name, label in _COUNTED.items()],
                right=frozenset({1}),
            ),
        ],
    )


@app.command("verify", cls=Command, help=_("Check the audit chain, the keys, the sums, the file."))
def verify(context: typer.Context) -> Result:
    """Look for everything that is inconsistent."""
    session = Session.of(context)
    # nobody checks an empty registry: most likely the path is mistyped
    made = [] if session.registry_path.exists() else _made(session)
    with session.registry() as registry:
        findings = health.verify(registry)
    sound = not findings
    said = _("The registry is sound.") if sound else _("The registry is not as it was written.")
    return Result({"sound": sound}, made + findings, attention=not sound, view=[Note(said)])


def _made(session: Session) -> list[Finding]:
    return [finding("REGISTRY-CREATED", file=session.registry_path)]
