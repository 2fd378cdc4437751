"""Where a certificate stands: by its dates, and by what else is known of it and its holder."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esignctl.certificates import Period, state
from esignctl.text.dates import in_turkey

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def lasting(begins: int, ends: int) -> Period:
    """A period that begins and ends so many days from now."""
    return Period(NOW + begins * DAY, NOW + ends * DAY)


CURRENT = lasting(-1000, 60)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (lasting(-100, 900), "valid"),
        (lasting(-100, 91), "valid"),
        (lasting(-1000, 90), "expiring"),
        (lasting(-1000, 0), "expiring"),
        (Period(NOW - DAY, NOW - timedelta(seconds=1)), "expired"),
        (Period(NOW + timedelta(seconds=1), NOW + 900 * DAY), "not-yet-valid"),
    ],
)
def test_the_dates_alone(period: Period, expected: str) -> None:
    assert state(period, NOW, 90) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (lasting(-10, 1000), "replaced"),  # the newer one holds already
        (lasting(60, 1100), "replaced"),  # it begins at the moment at which this one ends
        (Period(CURRENT.not_after + timedelta(seconds=1), NOW + 1100 * DAY), "replaced"),
        (lasting(59, 1100), "replaced"),
        (lasting(62, 1100), "expiring"),  # there will be days without any
        (lasting(-2000, -900), "expiring"),  # an older one
        (lasting(-1001, 900), "expiring"),  # an older one that ends later
        (lasting(-500, -100), "expiring"),  # a newer one that is over
        (CURRENT, "expiring"),  # itself
    ],
)
def test_a_newer_one_takes_its_place(other: Period, expected: str) -> None:
    assert state(CURRENT, NOW, 90, others=[CURRENT, other]) == expected


def test_what_ended_before_a_newer_one_began_is_replaced_once_that_holds() -> None:
    ended, newer = lasting(-1200, -100), lasting(-20, 1000)
    assert state(ended, NOW, 90, others=[newer]) == "replaced"
    assert state(ended, NOW - 50 * DAY, 90, others=[newer]) == "expired"


def test_what_is_revoked_stays_revoked() -> None:
    assert state(CURRENT, NOW, 90, revoked=True, others=[lasting(-10, 1000)]) == "revoked"


def test_days_are_days_in_turkey() -> None:
    late = Period(NOW - DAY, datetime(2026, 6, 30, 22, tzinfo=UTC))
    assert late.days_left(date(2026, 6, 30)) == 1


def test_for_ever_is_a_long_time_and_no_fault() -> None:
    for_ever = Period(NOW - DAY, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert for_ever.days_left(date(9999, 12, 30)) == 1
    assert state(for_ever, NOW, 90, others=[for_ever, lasting(-2, 10)]) == "valid"


moments = st.datetimes(timezones=st.just(UTC))
periods = st.builds(lambda *both: Period(min(both), max(both)), moments, moments)


@settings(deadline=None)
@given(st.lists(periods, min_size=1, max_size=5), moments)
def test_the_newest_is_never_replaced(held: list[Period], now: datetime) -> None:
    newest = max(held, key=lambda each: (each.not_before, each.not_after))
    assert state(newest, now, 90, others=held) == newest.status(now, 90)


@settings(deadline=None)
@given(periods, st.lists(periods, max_size=4), moments)
def test_every_state_keeps_to_its_meaning(
    period: Period, others: list[Period], now: datetime
) -> None:
    name = state(period, now, 90, others=others)
    if name in ("valid", "expiring"):
        assert period.holds(now)
        newer = [each for each in others if each.not_before > period.not_before]
        assert not any(each.holds(now) for each in newer)
    elif name == "replaced":
        assert any(
            (each.not_before, each.not_after) > (period.not_before, period.not_after)
            for each in others
        )
    assert state(period, now, 90, others=[*others, period]) == name
    assert state(period, now, 90, revoked=True, others=others) == "revoked"


@settings(deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.timedeltas(timedelta(0), 400 * DAY),
    st.integers(0, 366),
)
def test_soon_is_told_by_the_days_that_are_left(now: datetime, left: timedelta, days: int) -> None:
    period = Period(now, now + left)
    soon = period.days_left(in_turkey(now).date()) <= days
    assert period.status(now, days) == ("expiring" if soon else "valid")
