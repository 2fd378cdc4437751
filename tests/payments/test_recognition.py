"""What was imported before is known, and a genuine twin is not."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.payments.recognition import fingerprints, recognise
from esignctl.payments.statements import Movement
from esignctl.registry.payments import KnownMovement

from .directorate import DAY, FIRST, movement

NEXT, THIRD = DAY + timedelta(1), DAY + timedelta(2)


class Kept:
    """The movements of an account as the registry keeps them."""

    def __init__(self) -> None:
        self.movements: list[Movement] = []
        self._known: list[KnownMovement] = []

    def take(self, *movements: Movement, same_file: bool = False) -> list[bool]:
        """Import a file; tells for each movement whether it was new."""
        days = [each.date for each in movements]
        known = [
            each
            for each, kept in zip(self._known, self.movements, strict=True)
            if min(days) <= kept.date <= max(days)
        ]
        recognised = recognise(movements, known, same_file)
        for each, found in zip(movements, recognised, strict=True):
            if found.known_id is None:
                self.movements.append(each)
                self._known.append(
                    KnownMovement(
                        len(self.movements),
                        found.fingerprint,
                        found.occurrence,
                        each.time.isoformat() if each.time else None,
                        each.amount,
                        each.balance,
                        each.reference or "",
                    )
                )
        keys = [(each.fingerprint, each.occurrence) for each in self._known]
        assert len(keys) == len(set(keys))
        return [found.known_id is None for found in recognised]


def kept(*movements: Movement) -> Kept:
    """A registry that has imported one file."""
    registry = Kept()
    assert all(registry.take(*movements))
    return registry


TWIN = movement("E-İMZA ÜCRETİ")
OTHER = movement("MAAŞ", -100000)


def chain(opening: int, *movements: Movement) -> list[Movement]:
    """The movements with running balances."""
    balances = []
    for each in movements:
        opening += each.amount
        balances.append(each._replace(balance=opening))
    return balances


# ---- re-import


def test_the_same_file_again_is_all_known() -> None:
    file = chain(0, TWIN, OTHER, TWIN, TWIN)
    assert kept(*file).take(*file) == [False] * 4


def test_no_movement_of_the_very_same_file_is_new() -> None:
    file = chain(0, TWIN, OTHER)
    known = Kept()
    known.take(chain(500, TWIN)[0])
    known.take(*file)
    assert known.take(*file, same_file=True) == [False, False]


def test_in_another_order_it_is_still_known() -> None:
    file = chain(0, TWIN, OTHER, TWIN)
    assert kept(*file).take(*reversed(file)) == [False] * 3


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"row": 99}, id="another row"),
        pytest.param({"description": "E-Ýmza  ücreti"}, id="windows-1254 and spaces"),
        pytest.param({"description": "e imza ucreti."}, id="folded and punctuated"),
        pytest.param({"balance": None}, id="without balances"),
        pytest.param({"balance": 77}, id="balances from elsewhere"),
        pytest.param({"reference": None}, id="without references"),
        pytest.param({"reference": "OTHER"}, id="other references"),
        pytest.param({"time": None}, id="without times"),
        pytest.param({"time": time()}, id="at midnight, as days become"),
        pytest.param({"time": time(14, 58, 59)}, id="other seconds"),
    ],
)
def test_another_disguise_is_known(changed: dict[str, object]) -> None:
    original = TWIN._replace(balance=FIRST, reference="R1", time=time(14, 58, 47))
    assert kept(original).take(original._replace(**changed)) == [False]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed", [{"amount": FIRST + 1}, {"date": NEXT}, {"description": "E-İMZA ÜCRETİ 2"}]
)
def test_another_day_amount_or_text_is_another_movement(changed: dict[str, object]) -> None:
    assert kept(TWIN).take(TWIN._replace(**changed), TWIN) == [  # type: ignore[arg-type]
        True,
        False,
    ]


def test_twins_of_one_file_are_all_new() -> None:
    assert Kept().take(TWIN, TWIN, TWIN) == [True] * 3


# ---- overlap


def test_days_that_overlap_are_known() -> None:
    days = [movement("e-imza", day=DAY + timedelta(number)) for number in range(6)]
    assert kept(*days[:4]).take(*days[2:]) == [False, False, True, True]


@pytest.mark.parametrize("opening", [None, 0])
def test_a_day_that_was_exported_at_noon_goes_on(opening: int | None) -> None:
    day = [TWIN, OTHER, TWIN, TWIN]
    whole = day if opening is None else chain(opening, *day)
    assert kept(*whole[:2]).take(*whole) == [False, False, True, True]


def test_the_part_of_a_day_after_the_whole_is_known() -> None:
    whole = chain(0, TWIN, OTHER, TWIN)
    registry = kept(*whole)
    assert registry.take(whole[0]) == [False]
    assert registry.take(whole[2]) == [False]


def test_a_third_twin_is_new() -> None:
    assert sum(kept(TWIN, TWIN).take(TWIN, TWIN, TWIN)) == 1


# ---- twins on a day that is torn between two files


def test_the_balance_tells_a_twin_where_the_file_goes_on() -> None:
    morning_then_afternoon = chain(0, TWIN, OTHER, TWIN)
    assert kept(*morning_then_afternoon[:2]).take(*morning_then_afternoon[2:]) == [True]
    assert kept(*morning_then_afternoon[2:]).take(*morning_then_afternoon[:2]) == [True, True]


def test_the_reference_tells_a_twin() -> None:
    first, second = TWIN._replace(reference="R1"), TWIN._replace(reference="R2")
    shared = OTHER._replace(reference="R3")
    assert kept(first, shared).take(shared, second) == [False, True]


def test_a_reference_that_all_have_tells_nothing() -> None:
    first, shared, second = chain(
        0, *(each._replace(reference="0") for each in (TWIN, OTHER, TWIN))
    )
    assert kept(first, shared).take(shared, second) == [False, True]


def test_the_time_tells_a_twin() -> None:
    noon, evening = TWIN._replace(time=time(12)), TWIN._replace(time=time(18))
    assert kept(noon).take(evening) == [True]


def test_with_nothing_to_tell_them_apart_a_twin_on_a_torn_day_is_known() -> None:
    assert kept(TWIN, OTHER).take(TWIN) == [False]


# ---- a day between others stands whole in every file


def test_within_a_file_the_count_tells_not_the_balance() -> None:
    before, after = movement("x", day=DAY - timedelta(1)), movement("y", day=NEXT)
    first = chain(0, before, TWIN, OTHER, TWIN, after)
    late_entry = movement("z", 5)
    second = chain(0, before, TWIN, late_entry, OTHER, TWIN, TWIN, after)
    new = kept(*first).take(*second)
    assert [each for each, is_new in zip(second, new, strict=True) if is_new] == [
        second[2],
        second[5],
    ]


def test_balances_that_count_from_elsewhere_make_nothing_new() -> None:
    day = [TWIN, OTHER, TWIN, movement("a"), movement("b"), movement("c")]
    registry = kept(*chain(0, *day))
    for opening in (1, FIRST, -FIRST, 10**6):
        assert not any(registry.take(*chain(opening, *day)))


# ---- whatever is exported

TEXTS = st.sampled_from(("E-İMZA", "e imza yenileme", "MASRAF"))
DAYS = st.lists(
    st.lists(st.tuples(TEXTS, st.sampled_from((FIRST, 14750, 100))), min_size=1, max_size=5),
    min_size=1,
    max_size=5,
)


def account(days: Sequence[Sequence[tuple[str, int]]], balances: bool) -> list[Movement]:
    movements = [
        movement(text, amount, day=date(2021, 10, number))
        for number, rows in enumerate(days, start=1)
        for text, amount in rows
    ]
    return chain(0, *movements) if balances else movements


@given(DAYS, st.booleans(), st.booleans(), st.booleans(), st.data())
def test_two_exports_of_whole_days_keep_each_movement_once(
    days: list[list[tuple[str, int]]],
    balances: bool,
    shifted: bool,
    backwards: bool,
    data: st.DataObject,
) -> None:
    last = len(days)
    start = data.draw(st.integers(1, last))
    end = data.draw(st.integers(start - 1, last))
    whole = account(days, balances)
    early = [each for each in whole if each.date.day <= end]
    late = [each for each in whole if each.date.day >= start]
    if shifted and balances:
        late = [each._replace(balance=(each.balance or 0) + 999_999) for each in late]
    registry = Kept()
    for file in (late, early) if backwards else (early, late):
        if file:
            registry.take(*file)
    assert len(registry.movements) == len(whole)


@given(DAYS, st.booleans(), st.booleans(), st.data())
def test_two_exports_that_overlap_anywhere_keep_each_movement_once(
    days: list[list[tuple[str, int]]], backwards: bool, newest_first: bool, data: st.DataObject
) -> None:
    whole = account(days, balances=True)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    files = [whole[:end], whole[start:][:: -1 if newest_first else 1]]
    registry = Kept()
    for file in reversed(files) if backwards else files:
        if file:
            registry.take(*file)
    assert len(registry.movements) == len(whole)


@given(DAYS, st.booleans())
def test_a_file_again_adds_nothing(days: list[list[tuple[str, int]]], balances: bool) -> None:
    file = account(days, balances)
    registry = Kept()
    registry.take(*file)
    assert not any(registry.take(*file))


def test_prints_know_no_spelling() -> None:
    [print_] = set(fingerprints([movement("E-İMZA ÜCRETİ"), movement("e imza  ucreti!")]))
    assert len(print_) == 32
