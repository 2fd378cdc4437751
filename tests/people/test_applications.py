"""Opening applications and taking them from stage to stage."""

from datetime import date

import pytest

from esignctl.errors import ApplicationKnown, NotFound, StageRejected, ValueRejected
from esignctl.people import applications, persons
from esignctl.registry import Registry
from esignctl.registry.applications import Dossier
from esignctl.registry.people import Person
from esignctl.settings import Fee
from esignctl.text.dates import today_istanbul

OPENED = date(2021, 9, 1)
FEES = (Fee("renewal", "family-physician", date(2021, 1, 1), 14750),)


@pytest.fixture
def peopled(registry: Registry) -> Registry:
    """A registry with one person."""
    persons.register(
        registry, "person add", Person("10000000146", "Ayşe", "Yılmaz", group="Aile Hekimi")
    )
    return registry


def opened(registry: Registry, number: str | None = "1", on: date = OPENED) -> Dossier:
    return applications.open_new(registry, "application open", "1", "renewal", on, number)


def advance(registry: Registry, stage: str, on: date | None = None) -> Dossier:
    return applications.advance(registry, "application advance", "1", stage, on)


def stages(dossier: Dossier) -> list[tuple[str, date]]:
    return [(milestone.kind, milestone.date) for milestone in dossier.milestones]


def test_an_application_has_the_number_that_was_given(peopled: Registry) -> None:
    assert opened(peopled, "2021-10413").application.number == "2021-10413"


def test_without_a_number_applications_get_the_years_next_ones(peopled: Registry) -> None:
    numbers = [opened(peopled, None).application.number for _ in range(2)]
    assert numbers == ["2021-00001", "2021-00002"]


def test_a_number_in_use_is_refused(peopled: Registry) -> None:
    opened(peopled)
    with pytest.raises(ApplicationKnown):
        opened(peopled)


def test_an_empty_number_is_refused(peopled: Registry) -> None:
    with pytest.raises(ValueRejected):
        opened(peopled, " ")


def test_an_application_of_somebody_unknown_is_refused(registry: Registry) -> None:
    with pytest.raises(NotFound):
        opened(registry)


def test_what_is_owed_comes_from_kind_group_and_date(peopled: Registry) -> None:
    standing = applications.standing(opened(peopled), FEES)
    assert (standing.fee, standing.missing, standing.state) == (14750, 14750, "awaiting-payment")


def test_an_application_of_a_group_without_a_price_is_exempt(peopled: Registry) -> None:
    assert applications.standing(opened(peopled), ()).state == "exempt"


def test_an_application_goes_from_stage_to_stage(peopled: Registry) -> None:
    opened(peopled)
    advance(peopled, "form-received", date(2021, 9, 2))
    dossier = advance(peopled, "approved", date(2021, 9, 3))
    assert stages(dossier) == [
        ("form-received", date(2021, 9, 2)),
        ("approved", date(2021, 9, 3)),
    ]


def test_a_stage_is_reached_today_unless_a_day_is_given(peopled: Registry) -> None:
    opened(peopled)
    assert stages(advance(peopled, "approved")) == [("approved", today_istanbul())]


def test_a_stage_of_an_application_from_the_future_is_not_before_it(peopled: Registry) -> None:
    future = today_istanbul().replace(year=today_istanbul().year + 1, day=1)
    opened(peopled, on=future)
    assert stages(advance(peopled, "approved")) == [("approved", future)]


def test_stages_may_be_skipped_and_told_of_later(peopled: Registry) -> None:
    opened(peopled)
    advance(peopled, "sent", date(2021, 9, 20))
    dossier = advance(peopled, "approved", date(2021, 9, 10))
    assert [kind for kind, _ in stages(dossier)] == ["approved", "sent"]
    assert applications.standing(dossier, FEES).state == "sent"


@pytest.mark.parametrize(
    ("stage", "on"),
    [
        ("approved", date(2021, 9, 10)),
        ("delivered", date(2021, 9, 9)),
        ("form-received", date(2021, 9, 11)),
        ("form-received", date(2021, 8, 31)),
    ],
)
def test_days_of_stages_keep_their_order(peopled: Registry, stage: str, on: date) -> None:
    opened(peopled)
    advance(peopled, "approved", date(2021, 9, 10))
    with pytest.raises(StageRejected):
        advance(peopled, stage, on)


def test_a_cancelled_application_goes_nowhere(peopled: Registry) -> None:
    opened(peopled)
    advance(peopled, "cancelled")
    for stage in ("sent", "cancelled"):
        with pytest.raises(StageRejected, match="cancelled"):
            advance(peopled, stage)


def test_an_unknown_application_is_not_found(peopled: Registry) -> None:
    with pytest.raises(NotFound):
        advance(peopled, "sent")
