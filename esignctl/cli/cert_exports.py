"""``esignctl cert list --csv|--xlsx|--ics``: the list as files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from esignctl import drafts
from esignctl.certificates import OVER, Listed, by_month
from esignctl.cli import cert_view
from esignctl.cli.session import Session
from esignctl.i18n import _, ngettext
from esignctl.result import Note
from esignctl.text import dates

_FORMS: Final = ("csv", "xlsx", "ics")


@dataclass(frozen=True, slots=True)
class Files:
    """Where the list is to be written, by form; None where it is not. `force` writes over files."""

    csv: Path | None
    xlsx: Path | None
    ics: Path | None
    force: bool = False

    @property
    def named(self) -> dict[str, Path]:
        """The files that are to be written, by form."""
        return {form: place for form in _FORMS if (place := getattr(self, form)) is not None}


def check(files: Files) -> None:
    """Whether they can be written; to be asked first, so that all or none of them appear.

    Raises `WorkbookNameWrong`, `FileExists` or `PlaceNotWritable`.
    """
    if not files.named:
        return
    from esignctl.certificates import exporting

    exporting.check_places(files.csv, files.xlsx, force=files.force)
    if files.ics:
        drafts.check(files.ics, force=files.force)


def write(
    session: Session,
    files: Files,
    listed: Sequence[Listed],
    moment: datetime,
    first_month: date,
    *,
    over: bool,
) -> list[Note]:
    """Write the files; returns what was written in words.

    A calendar tells of ends to come: what is over stands in it only with `over`. A workbook has the
    twelve months from `first_month` on too.
    """
    from esignctl.certificates import calendars, exporting

    today = moment.astimezone(dates.ISTANBUL)
    showing = exporting.Showing(
        lambda number: session.personal_number(number) if number else "",
        lambda state: _(cert_view.STATES[state]),
        lambda kind: _(cert_view.KINDS[kind]),
    )
    counts = dict.fromkeys(files.named, len(listed))
    if files.csv:
        exporting.write_csv(files.csv, listed, showing, force=files.force)
    if files.xlsx:
        months = by_month(listed, first_month)
        exporting.write_workbook(
            files.xlsx, listed, months, showing, today.date(), force=files.force
        )
    if files.ics:
        ahead = [
            each for each in listed if each.is_of_an_office and (over or each.state not in OVER)
        ]
        counts["ics"] = len(ahead)
        alarms = session.settings.reminders.days
        content = calendars.calendar(ahead, today, alarms, showing.number)
        drafts.write(files.ics, content, force=files.force)
    return [
        Note(
            ngettext(
                "{count} certificate written to {file}.",
                "{count} certificates written to {file}.",
                counts[form],
            ).format(count=counts[form], file=place)
        )
        for form, place in files.named.items()
    ]
