"""Registering people one by one and finding them again."""

import pytest

from esignctl.errors import NotFound, PersonAmbiguous, PersonKnown, ValueRejected
from esignctl.people import persons
from esignctl.registry import Registry, people
from esignctl.registry.people import Person

ISIK = Person("10000000146", "Işık", "İnce", unit="1 Nolu ASM", group="Aile Hekimi")
AYSE = Person("10000000214", "Ayşe", "Yılmaz", unit="2 Nolu ASM", group="Personel")
AYSE_NUR = Person("10000000382", "Ayşe Nur", "Yılmaz", title="Dr.")


@pytest.fixture
def three(registry: Registry) -> Registry:
    """A registry with three people, two of whom share a name."""
    for person in (ISIK, AYSE, AYSE_NUR):
        persons.register(registry, "person add", person)
    return registry


def found(registry: Registry, who: str) -> int:
    with registry.read() as connection:
        return persons.find(connection, who).id


def test_a_person_gets_an_id_and_the_key_of_the_group(registry: Registry) -> None:
    person = persons.register(registry, "person add", ISIK)
    assert (person.id, person.group) == (1, "family-physician")


def test_a_number_that_is_registered_is_refused_by_id(three: Registry) -> None:
    with pytest.raises(PersonKnown, match="person 1"):
        persons.register(three, "person add", ISIK)


def test_a_wrong_number_is_refused(registry: Registry) -> None:
    with pytest.raises(ValueRejected):
        persons.register(registry, "person add", Person("10000000147", "Ayşe", "Yılmaz"))


def test_a_name_without_letters_is_refused(registry: Registry) -> None:
    with pytest.raises(ValueRejected):
        persons.register(registry, "person add", Person("10000000146", " ", "Yılmaz"))


@pytest.mark.parametrize(
    "who", ["10000000146", "100 000 001 46", "1", "Işık İnce", "ISIK INCE", "ince", "İNCE IŞIK"]
)
def test_a_person_is_found_by_number_id_and_name(three: Registry, who: str) -> None:
    assert found(three, who) == 1


def test_a_name_that_fits_two_people_is_ambiguous_and_gives_their_ids(three: Registry) -> None:
    with pytest.raises(PersonAmbiguous) as caught:
        found(three, "ayşe yılmaz")
    assert "2, 3" in caught.value.advice


@pytest.mark.parametrize("who", ["4", "10000000450", "10000000147", "Veli", "", "-"])
def test_somebody_unknown_is_not_found(three: Registry, who: str) -> None:
    with pytest.raises(NotFound) as caught:
        found(three, who)
    assert "10000000" not in str(caught.value)


def test_details_given_are_corrected_and_the_others_kept(three: Registry) -> None:
    old, new = persons.correct(three, "person edit", "2", {"unit": "Arşiv", "group": None})
    assert (old.unit, new.unit, new.group) == ("2 Nolu ASM", "Arşiv", "staff")
    with three.read() as connection:
        assert people.by_id(connection, 2) == new


def test_an_empty_text_erases_a_detail(three: Registry) -> None:
    _, new = persons.correct(three, "person edit", "2", {"unit": ""})
    assert new.unit == ""


@pytest.mark.parametrize(
    ("text", "group", "unit", "ids"),
    [
        ("", "", "", [1, 2, 3]),
        ("ayse", "", "", [2, 3]),
        ("dr", "", "", [3]),
        ("", "aile hekimi", "", [1]),
        ("", "family-physician", "", [1]),
        ("", "", "asm", [1, 2]),
        ("yılmaz", "staff", "asm", [2]),
        ("veli", "", "", []),
    ],
)
def test_people_are_searched_by_words_group_and_unit(
    three: Registry, text: str, group: str, unit: str, ids: list[int]
) -> None:
    with three.read() as connection:
        everyone = people.everyone(connection)
    assert [one.id for one in persons.search(everyone, text, group=group, unit=unit)] == ids


def test_people_are_sorted_by_surname(three: Registry) -> None:
    with three.read() as connection:
        everyone = people.everyone(connection)
    assert [one.id for one in sorted(everyone, key=persons.by_name)] == [1, 2, 3]
