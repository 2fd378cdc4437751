"""The outcome of a reconciliation as an Excel workbook for the finance office."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from esignctl.payments.decisions import Reconciliation
from esignctl.payments.pages import Show, pages
from esignctl.tables import writing
from esignctl.text import tckn


def check_place(path: Path) -> None:
    """Whether a workbook can be written at ``path``; to be asked before anything is posted.

    Raises ``WorkbookNameWrong``, ``FileExists`` or ``PlaceNotWritable``.
    """
    writing.check_place(path)


def write_workbook(
    path: Path, reconciliations: Sequence[Reconciliation], show_text: Show = tckn.mask_within
) -> None:
    """Write the workbook for one or more statements, in the active language.

    It appears under its name when it is whole, readable by nobody else. ``show_text`` decides how
    descriptions are shown. Raises ``FileExists`` or ``PlaceNotWritable``.
    """
    days = [line.movement.date for each in reconciliations for line in each.lines]
    # no time of writing: the workbook is of the last day that it tells of
    writing.write_pages(
        path, pages(reconciliations, show_text), max(days, default=date(1980, 1, 1))
    )
