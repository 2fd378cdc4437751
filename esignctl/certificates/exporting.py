"""Lists of certificates as CSV and as an Excel workbook, which `cert import` can read again."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from esignctl import drafts
from esignctl.certificates.listing import Listed
from esignctl.certificates.months import Month
from esignctl.certificates.states import State
from esignctl.i18n import _, active_language
from esignctl.tables import writing
from esignctl.tables.writing import Cells, Header, Page, Value
from esignctl.text import dates

ROWS_PER_PAGE: Final = 1_048_575
"""What a sheet of Excel takes below a header; the rest goes on in a page of its own."""

_COLOURS: Final = ("1F4E78", "2E7D32")
_LIKE_A_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Showing:
    """How a list names things: personal numbers as this run may show them, states, and kinds."""

    number: Callable[[str], str]
    state: Callable[[State], str]
    kind: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: int
    kind: str
    value: Callable[[Listed], Value]


def check_places(csv: Path | None, xlsx: Path | None, *, force: bool = False) -> None:
    """Whether files can be written there; to be asked first, so that all or none of them appear.

    Raises `WorkbookNameWrong`, `FileExists` or `PlaceNotWritable`.
    """
    if csv:
        drafts.check(csv, force=force)
    if xlsx:
        writing.check_place(xlsx, force=force)


def write_csv(
    path: Path, listed: Sequence[Listed], showing: Showing, *, force: bool = False
) -> None:
    """Write a list as CSV: UTF-8 with a mark for Excel, days as people of the language write them.

    Turkish Excel separates by semicolons. A text that a spreadsheet could take for a formula has an
    apostrophe before it. Raises `FileExists` or `PlaceNotWritable`.
    """
    columns = _columns(showing)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if active_language() == "tr" else ",")
    writer.writerow([column.title for column in columns])
    for each in listed:
        writer.writerow([_plain(column.value(each)) for column in columns])
    drafts.write(path, text.getvalue().encode("utf-8-sig"), force=force)


def write_workbook(
    path: Path,
    listed: Sequence[Listed],
    months: Sequence[Month],
    showing: Showing,
    on: date,
    *,
    force: bool = False,
) -> None:
    """Write a list and the year's view as an Excel workbook, in the active language.

    Raises `FileExists` or `PlaceNotWritable`.
    """
    pages = [*_lists(listed, showing), _by_month(months)]
    writing.write_pages(path, pages, on, force=force)


def _columns(showing: Showing) -> list[_Column]:
    return [
        _Column(_("Holder"), 28, "text", lambda each: each.held.certificate.holder),
        _Column(
            _("Personal number"),
            16,
            "text",
            lambda each: showing.number(each.held.certificate.tckn),
        ),
        _Column(
            _("Unit"), 32, "text", lambda each: each.held.person.unit if each.held.person else ""
        ),
        _Column(_("Kind"), 24, "text", lambda each: showing.kind(each.held.certificate.kind)),
        _Column(_("Valid from"), 12, "day", lambda each: _day(each.period.not_before)),
        _Column(_("Until"), 12, "day", lambda each: _day(each.period.not_after)),
        _Column(_("Days left"), 11, "count", lambda each: each.days_left),
        _Column(_("State"), 24, "text", lambda each: showing.state(each.state)),
        _Column(_("Revoked"), 12, "day", _revoked),
        _Column(_("Serial number"), 24, "text", lambda each: each.held.certificate.serial),
        _Column(_("Issuer"), 40, "text", lambda each: each.held.certificate.issuer),
        _Column(
            _("Fingerprint (SHA-256)"),
            66,
            "text",
            lambda each: each.held.certificate.fingerprint or "",
        ),
    ]


def _lists(listed: Sequence[Listed], showing: Showing) -> Iterator[Page]:
    columns = _columns(showing)
    title = _("Certificates")
    for start in range(0, len(listed) or 1, ROWS_PER_PAGE):
        part = listed[start : start + ROWS_PER_PAGE]
        yield Page(
            title if start == 0 else f"{title} ({start // ROWS_PER_PAGE + 1})",
            _COLOURS[0],
            [column.width for column in columns],
            ([(column.value(each), column.kind) for column in columns] for each in part),
            Header(
                [column.title for column in columns],
                len(part),
                [column.kind for column in columns],
            ),
        )


def _by_month(months: Sequence[Month]) -> Page:
    titles = [_("Month"), _("Ending"), _("To be renewed"), _("Replaced"), _("Revoked")]
    rows: list[Cells] = [
        [
            (f"{each.first:%Y-%m}", "text"),
            *((n, "count") for n in (each.ending, each.open, each.replaced, each.revoked)),
        ]
        for each in months
    ]
    kinds = ["text", *["count"] * 4]
    return Page(
        _("By month"), _COLOURS[1], (12, 10, 16, 12, 12), rows, Header(titles, len(rows), kinds)
    )


def _revoked(listed: Listed) -> date | None:
    at = listed.held.certificate.revoked_at
    return _day(datetime.fromisoformat(at)) if at else None


def _day(moment: datetime) -> date:
    return dates.in_turkey(moment).date()


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return dates.show(value)
    if isinstance(value, str) and _LIKE_A_FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else str(value)
