"""Imports keep good rows, name the others, and change nothing the second time."""

from pathlib import Path

import pytest

from esignctl.errors import InputRejected
from esignctl.people.importing import import_applications, import_people
from esignctl.registry import Registry, applications, health, people
from esignctl.registry.imports import ImportReport
from esignctl.registry.people import Person

from .lists import AYSE, CAN, Row, applications_list, people_list, xlsx

AYSE_WITH_PHONE = (*AYSE[:6], "0532", "")


def numbers(report: ImportReport) -> tuple[int, int, int, list[tuple[int, str]]]:
    """Added, updated, unchanged, and row and code of the rejected."""
    rejected = [(rejection.place.row, rejection.code) for rejection in report.rejected]
    assert report.read == report.added + report.updated + report.unchanged + len(rejected)
    return report.added, report.updated, report.unchanged, rejected


def take(registry: Registry, path: Path, *rows: Row) -> tuple[int, int, int, object]:
    return numbers(import_people(registry, people_list(path / "p.xlsx", *rows), "person import"))


def only(registry: Registry) -> Person:
    with registry.read() as connection:
        (person,) = people.everyone(connection)
    return person


def test_people_are_added(registry: Registry, tmp_path: Path) -> None:
    assert take(registry, tmp_path, AYSE, CAN) == (2, 0, 0, [])


def test_the_same_list_again_changes_nothing_at_all(registry: Registry, tmp_path: Path) -> None:
    take(registry, tmp_path, AYSE, CAN)
    before = health.inventory(registry)
    assert take(registry, tmp_path, AYSE, CAN) == (0, 0, 2, [])
    assert health.inventory(registry).counts == before.counts


def test_new_details_are_updated(registry: Registry, tmp_path: Path) -> None:
    take(registry, tmp_path, AYSE)
    assert take(registry, tmp_path, AYSE_WITH_PHONE) == (0, 1, 0, [])
    assert only(registry).phone == "0532"


def test_an_empty_cell_erases_nothing(registry: Registry, tmp_path: Path) -> None:
    take(registry, tmp_path, AYSE_WITH_PHONE)
    assert take(registry, tmp_path, AYSE) == (0, 0, 1, [])
    assert only(registry).phone == "0532"


def test_an_absent_column_leaves_what_is_known(registry: Registry, tmp_path: Path) -> None:
    take(registry, tmp_path, AYSE)
    rows = [("TCKN", "Ad", "Soyad"), ("10000000146", "Ayşe Nur", "Kaya")]
    import_people(registry, xlsx(tmp_path / "q.xlsx", rows), "person import")
    person = only(registry)
    assert (person.surname, person.group, person.title) == ("Kaya", "family-physician", "Dr.")


def test_good_rows_are_kept_beside_rejected_ones(registry: Registry, tmp_path: Path) -> None:
    wrong = ("10000000147", *AYSE[1:])
    assert take(registry, tmp_path, wrong, CAN) == (1, 0, 0, [(2, "TCKN-INVALID")])


def test_a_number_repeated_with_the_same_content_is_taken_once(
    registry: Registry, tmp_path: Path
) -> None:
    assert take(registry, tmp_path, AYSE, AYSE) == (1, 0, 1, [])


def test_a_number_repeated_with_other_content_is_rejected_and_names_the_row(
    registry: Registry, tmp_path: Path
) -> None:
    other = (AYSE[0], "Can", *AYSE[2:])
    report = import_people(registry, people_list(tmp_path / "p.xlsx", AYSE, other), "x")
    assert numbers(report) == (1, 0, 0, [(3, "REPEATED")])
    assert "row 2" in report.rejected[0].reason
    assert only(registry).given_names == "Ayşe Nur"


def test_repeated_rows_that_complete_each_other_are_joined(
    registry: Registry, tmp_path: Path
) -> None:
    assert take(registry, tmp_path, AYSE, AYSE_WITH_PHONE) == (1, 1, 0, [])
    assert only(registry).phone == "0532"


def test_reasons_name_no_personal_data(registry: Registry, tmp_path: Path) -> None:
    report = import_people(
        registry, people_list(tmp_path / "p.xlsx", ("10000000147", *AYSE[1:])), "x"
    )
    assert not {"10000000147", "Ayşe", "Yılmaz"} & set(report.rejected[0].reason.split())


def test_a_rejected_file_changes_nothing(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(InputRejected):
        import_people(registry, xlsx(tmp_path / "p.xlsx", [("Ad",), ("Ayşe",)]), "x")
    assert health.inventory(registry).counts["audit"] == 0


def test_the_audit_log_has_a_row_for_each_person_and_one_for_the_list(
    registry: Registry, tmp_path: Path
) -> None:
    take(registry, tmp_path, AYSE, CAN)
    found = health.inventory(registry)
    assert found.counts["audit"] == 3
    assert found.last_change
    assert '"file":"p.xlsx"' in found.last_change.detail


@pytest.fixture
def known(registry: Registry, tmp_path: Path) -> Registry:
    """A registry that knows two people."""
    take(registry, tmp_path, AYSE, CAN)
    return registry


def apply(registry: Registry, path: Path, *rows: Row) -> tuple[int, int, int, object]:
    file = applications_list(path / "a.xlsx", *rows)
    return numbers(import_applications(registry, file, "application import"))


FIRST = ("2021-10413", "10000000146", "İlk Başvuru", "01.09.2021")


def test_applications_are_added(known: Registry, tmp_path: Path) -> None:
    assert apply(known, tmp_path, FIRST) == (1, 0, 0, [])
    with known.read() as connection:
        assert applications.by_number(connection, "2021-10413")


def test_the_same_applications_again_change_nothing(known: Registry, tmp_path: Path) -> None:
    apply(known, tmp_path, FIRST)
    before = health.inventory(known).counts
    assert apply(known, tmp_path, FIRST) == (0, 0, 1, [])
    assert health.inventory(known).counts == before


def test_kind_and_date_can_be_corrected(known: Registry, tmp_path: Path) -> None:
    apply(known, tmp_path, FIRST)
    assert apply(known, tmp_path, (*FIRST[:2], "Yenileme", "02.09.2021")) == (0, 1, 0, [])


def test_an_application_of_somebody_unknown_is_rejected(known: Registry, tmp_path: Path) -> None:
    unknown = ("1", "10000000382", "Yenileme", "01.09.2021")
    assert apply(known, tmp_path, unknown, FIRST) == (1, 0, 0, [(2, "PERSON-UNKNOWN")])


def test_an_application_never_changes_its_owner(known: Registry, tmp_path: Path) -> None:
    apply(known, tmp_path, FIRST)
    other = (FIRST[0], CAN[0], *FIRST[2:])
    assert apply(known, tmp_path, other) == (0, 0, 0, [(2, "NUMBER-TAKEN")])


def test_an_application_number_repeated_for_another_person_is_rejected(
    known: Registry, tmp_path: Path
) -> None:
    other = (FIRST[0], CAN[0], *FIRST[2:])
    assert apply(known, tmp_path, FIRST, other) == (1, 0, 0, [(3, "REPEATED")])


def test_a_person_may_have_several_applications(known: Registry, tmp_path: Path) -> None:
    second = ("2024-1", FIRST[1], "Yenileme", "01.09.2024")
    assert apply(known, tmp_path, FIRST, second) == (2, 0, 0, [])
