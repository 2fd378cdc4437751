"""``esignctl init``: a commented sample configuration, never over an existing file."""

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from esignctl.cli.frame import Command, single
from esignctl.cli.session import Session
from esignctl.errors import FileExists, PlaceNotWritable
from esignctl.i18n import _, active_language
from esignctl.result import Note, Result
from esignctl.text import system

app = single()


@app.command(cls=Command, help=_("Write a commented sample configuration; never over a file."))
def init(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("PATH"), help=_("Where to write it; else the configuration's place.")
        ),
    ] = None,
) -> Result:
    """Write the sample in the active language, with the language set in it."""
    place = path or Session.of(context).config_path
    sample = resources.files("esignctl") / "samples" / f"esignctl.{active_language()}.toml"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlaceNotWritable(file=place, problem=system.in_words(error)) from None
    try:
        with place.open("x", encoding="utf-8") as file:
            file.write(sample.read_text(encoding="utf-8"))
    except FileExistsError:
        raise FileExists(file=place) from None
    except OSError as error:
        raise PlaceNotWritable(file=place, problem=system.in_words(error)) from None
    return Result(
        data={"file": str(place)},
        view=[
            Note(_("Wrote {file}.").format(file=place)),
            Note(
                _("Fill in your institution, account and fees; then run 'esignctl config check'.")
            ),
        ],
    )
