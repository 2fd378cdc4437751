"""``esignctl form list``: the forms that can be made, and where their templates stand."""

import typer

from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.forms.kinds import FORMS, own_template
from esignctl.i18n import N_, _
from esignctl.result import Grid, Result

app = single()

_ABOUT = {
    "application": N_("an application"),
    "person": N_("a person"),
    "applicants": N_("a list of applicants"),
}


@app.command("list", cls=Command, help=_("List the forms that can be made."))
def list_(context: typer.Context) -> Result:
    """Every form with what it is about, and the institution's own template if there is one."""
    session = Session.of(context)
    own = {kind: own_template(kind, session.config_path) for kind in FORMS}
    return Result(
        {
            "forms": [
                {
                    "kind": form.kind,
                    "about": form.about,
                    "title": form.title,
                    "template": str(own[form.kind]) if own[form.kind] else None,
                }
                for form in FORMS.values()
            ]
        },
        view=[
            Grid(
                (_("Kind"), _("About"), _("What it does"), _("Template")),
                [
                    (
                        form.kind,
                        _(_ABOUT[form.about]),
                        _(form.summary),
                        str(own[form.kind]) if own[form.kind] else _("built in"),
                    )
                    for form in FORMS.values()
                ],
            )
        ],
    )
