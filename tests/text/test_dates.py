"""Dates and times as spreadsheets hold them and as people read them."""

import contextlib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.i18n import set_language
from esignctl.text.dates import parse_date, parse_time, show, show_moment, utc_now

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31))
DAY = date(2026, 8, 26)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("26.08.2026", (DAY, None)),
        ("26/08/2026", (DAY, None)),
        ("26-08-2026", (DAY, None)),
        (" 26.8.2026 ", (DAY, None)),
        ("2026-08-26", (DAY, None)),
        ("26.08.2026 14:58", (DAY, time(14, 58))),
        ("26/08/2026-14:58:47", (DAY, time(14, 58, 47))),
        ("2026-08-26T11:58:47Z", (DAY, time(11, 58, 47))),
        ("2026-09-03-17.47.03.981045", (date(2026, 9, 3), time(17, 47, 3))),
        (DAY, (DAY, None)),
        (datetime.combine(DAY, time()), (DAY, None)),
        (datetime.combine(DAY, time(14, 58)), (DAY, time(14, 58))),
        (46260, (DAY, None)),
        (46260.0, (DAY, None)),
        (46260.5, (DAY, time(12))),
    ],
    ids=str,
)
def test_what_is_a_date(cell: object, moment: tuple[date, time | None]) -> None:
    assert parse_date(cell) == moment


@pytest.mark.parametrize(
    "cell",
    ["", "Tarih", "31.02.2026", "26.13.2026", "26.08.26", "2026", "218,30", "26.08.1926", 0, 1e12,
     -5, float("nan"), float("inf"), True, None, b"26.08.2026", timedelta(days=46260)],
    ids=str,
)  # fmt: skip
def test_what_is_none(cell: object) -> None:
    with pytest.raises(ValueError):
        parse_date(cell)


@given(DAYS)
def test_what_is_shown_is_read_back(day: date) -> None:
    for language in ("tr", "en"):
        set_language(language)
        assert parse_date(show(day)) == (day, None)


@given(DAYS)
def test_a_spreadsheets_serial_is_its_day(day: date) -> None:
    assert parse_date((day - date(1899, 12, 30)).days) == (day, None)


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse_date(text)[0], date)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("14:58", time(14, 58)),
        (" 14.58 ", time(14, 58)),
        ("14:58:47", time(14, 58, 47)),
        ("9:05:07.123", time(9, 5, 7)),
        (time(14, 58), time(14, 58)),
        (datetime.combine(DAY, time(14, 58)), time(14, 58)),
        (0.5, time(12)),
        (0.0, time()),
        (0.99999999, time()),
    ],
    ids=str,
)
def test_what_is_a_time(cell: object, moment: time) -> None:
    assert parse_time(cell) == moment


@pytest.mark.parametrize("cell", ["", "25:00", "14", "14:60", 14, 1.5, -0.5, float("nan"), None])
def test_what_is_no_time(cell: object) -> None:
    with pytest.raises(ValueError):
        parse_time(cell)


@given(st.times().map(lambda moment: moment.replace(microsecond=0)))
def test_a_spreadsheets_part_of_a_day_is_its_time(moment: time) -> None:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    assert parse_time(seconds / 86400) == moment


def test_now_is_utc_to_the_second() -> None:
    now = datetime.fromisoformat(utc_now())
    assert utc_now().endswith("Z")
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=2)


def test_people_see_the_time_of_istanbul() -> None:
    set_language("tr")
    assert show_moment("2026-08-26T21:30:00Z") == "27.08.2026 00:30"
