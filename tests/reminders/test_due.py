"""Who is due which reminder, and what it says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.reminders import due
from esignctl.text import dates, reference
from tests.cli.lists import write
from tests.reminders.conftest import NUMBERS, Office


@pytest.mark.parametrize(
    ("days", "threshold"),
    [(90, 90), (61, 90), (60, 60), (29, 30), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (-2, 0)],
)
def test_the_tightest_threshold_is_told(office: Office, days: int, threshold: int) -> None:
    office.people()
    office.certificate(days)
    assert office.states() == [(threshold, "sent")]


@pytest.mark.parametrize("days", [91, 400, -40])
def test_nothing_outside_of_the_thresholds(office: Office, days: int) -> None:
    office.people()
    office.certificate(days)
    assert office.remind().data["due"] == 0


def test_each_threshold_once(office: Office) -> None:
    office.people()
    office.certificate(20)
    assert office.states() == [(30, "sent")]
    assert office.states() == []
    assert len(office.post.taken) == 1


@pytest.mark.parametrize(
    ("days", "route"), [(5, "e-signature"), (-1, "wet-signature")], ids=["valid", "ended"]
)
def test_the_route(office: Office, days: int, route: str) -> None:
    office.people()
    office.certificate(days)
    (item,) = office.remind().data["items"]
    assert item["route"] == route


def test_nothing_about_one_that_is_replaced(office: Office) -> None:
    office.people()
    office.certificate(10)
    newer = office.certificate(1000, age=-10)
    assert newer
    assert office.remind().data["due"] == 0


def test_nothing_about_one_that_is_revoked(office: Office) -> None:
    from esignctl.registry import certificates, open_registry

    office.people()
    fingerprint = office.certificate(10)
    with open_registry(office.run.registry) as registry, registry.write("test") as transaction:
        check = certificates.Check(fingerprint, "2026-01-01T00:00:00Z", "key_compromise")
        certificates.note(transaction, [check], "certificate_hold")
    assert office.remind().data["due"] == 0


@pytest.mark.parametrize("kind", ["seal", "other"])
def test_nothing_about_what_is_no_e_signature(office: Office, kind: str) -> None:
    office.people()
    office.certificate(10, kind=kind)
    assert office.remind().data["due"] == 0


def test_nothing_to_somebody_who_is_not_registered(office: Office) -> None:
    office.certificate(10)
    assert office.remind().data["due"] == 0


def renewal(office: Office, stage: str | None = None) -> None:
    today = f"{dates.today_istanbul():%d.%m.%Y}"
    header = "Başvuru No;T.C. Kimlik No;Başvuru Türü;Başvuru Tarihi"
    table = f"{header}\n2026-7;{NUMBERS[0]};Yenileme;{today}\n"
    office.configure()
    imported = office.run("application", "import", write(office.run.home, "a.csv", table))
    assert imported.exit_code == 0
    if stage:
        assert office.run("application", "advance", "2026-7", stage).exit_code == 0


def test_a_renewal_past_payment_needs_no_reminder(office: Office) -> None:
    office.people()
    office.certificate(10)
    renewal(office, "form-received")
    assert office.remind().data["due"] == 0


def test_a_renewal_that_waits_for_its_payment_does(office: Office) -> None:
    office.people()
    office.certificate(10)
    renewal(office)
    assert office.states() == [(14, "sent")]
    (message,) = office.post.taken
    body = message.get_body(("plain",))
    assert body is not None
    text = f"{reference.code('2026-7')} AYŞE NUR YILMAZ {NUMBERS[0]} E-İMZA YENİLEME BAŞVURU ÜCRETİ"
    assert text in body.get_content()


def test_staff_pays_nothing_and_is_told_nothing_of_it(office: Office) -> None:
    office.people(group="Personel")
    office.certificate(10)
    assert office.states() == [(14, "sent")]
    text = office.post.taken[0].get_body(("plain",))
    assert text is not None
    assert "IBAN" not in text.get_content()


def test_a_dry_run_sends_and_records_nothing(office: Office) -> None:
    office.people()
    office.certificate(10)
    assert office.states("--dry-run") == [(14, "planned")]
    assert office.post.taken == []
    assert office.run("reminders", "list", "--json").data["reminders"] == []
    assert office.states() == [(14, "sent")]


def test_a_dry_run_on_another_day(office: Office) -> None:
    office.people()
    office.certificate(40)
    day = (dates.today_istanbul() + timedelta(days=35)).isoformat()
    assert office.states("--dry-run", "--on", day) == [(7, "planned")]


def test_another_day_without_a_dry_run_is_refused(office: Office) -> None:
    assert office.remind("--on", "2027-01-01").exit_code == 2


def test_who_is_stopped_hears_nothing_until_resumed(office: Office) -> None:
    office.people()
    office.certificate(10)
    assert office.run("reminders", "stop", NUMBERS[0], "--reason", "izinli").exit_code == 0
    assert office.remind().data["due"] == 0
    assert office.run("reminders", "stop", NUMBERS[0], "--resume").exit_code == 0
    assert office.states() == [(14, "sent")]


@given(
    days=st.sets(st.integers(1, 400), min_size=1),
    hours=st.integers(0, 60_000),
    end=st.integers(-1000, 10_000),
)
def test_at_most_one_threshold_fits_a_moment(days: set[int], hours: int, end: int) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    ends = now + timedelta(hours=end)
    text = dates.utc_text(ends)
    fitting = [
        band.threshold
        for band in due.bands(sorted(days, reverse=True), 30, now)
        if band.first <= text < band.before
    ]
    left = (ends.astimezone(dates.ISTANBUL).date() - now.astimezone(dates.ISTANBUL).date()).days
    if ends < now:
        assert fitting == ([0] if left >= -30 else [])
    else:
        assert fitting == [each for each in sorted(days) if each >= left][:1]
