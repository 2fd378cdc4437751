"""``esignctl cert list``: the certificates that are known, and how they stand."""

from collections.abc import Sequence
from datetime import UTC, datetime

import typer

from esignctl import certificates
from esignctl.cli import cert_view
from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.i18n import _, ngettext
from esignctl.registry import certificates as kept
from esignctl.registry.certificates import Held
from esignctl.result import Grid, Note, Result
from esignctl.text import dates

app = single()


@app.command("list", cls=Command, help=_("List the certificates that are known."))
def list_(context: typer.Context) -> Result:
    """Certificates by the day on which they end."""
    session = Session.of(context)
    now = datetime.now(UTC)
    with session.registry() as registry:
        with registry.read() as connection:
            found = kept.ending(connection, "", "9999")
        text = ngettext("{count} certificate", "{count} certificates", len(found))
        return Result(
            {"certificates": [cert_view.held_json(session, each, now) for each in found]},
            view=[_grid(session, found, now), Note(text.format(count=len(found)))],
        )


def _grid(session: Session, found: Sequence[Held], now: datetime) -> Grid:
    today = now.astimezone(dates.ISTANBUL).date()
    rows = []
    for each in found:
        period = certificates.period(each.certificate)
        state = certificates.state_of(each, now, cert_view.within(session))
        rows.append(
            (
                each.certificate.holder or "-",
                session.personal_number(each.certificate.tckn) if each.certificate.tckn else "-",
                (each.person.unit if each.person else "") or "-",
                cert_view.kind_in_words(
                    each.certificate.kind, qualified=each.certificate.qualified
                ),
                cert_view.day(period.not_after),
                str(period.days_left(today)),
                _(cert_view.STATES[state]),
            )
        )
    return Grid(
        (
            _("Holder"),
            _("Personal number"),
            _("Unit"),
            _("Kind"),
            _("Until"),
            _("Days left"),
            _("State"),
        ),
        rows,
        right=frozenset({5}),
    )
