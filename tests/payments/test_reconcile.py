"""From statements to the registry: what is kept, known, previewed and given back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esignctl.errors import ConfigurationKeyMissing, StatementOfAnotherAccount
from esignctl.payments import reconcile
from esignctl.payments.decisions import Earlier, Reconciliation
from esignctl.payments.statements import Movement, Statement
from esignctl.registry import Registry, ledger, open_registry
from esignctl.settings import Account, Settings
from tests.tables.files import xlsx

from .directorate import (
    AYSE,
    AYSE_FIRST,
    CAN,
    CAN_RENEWAL,
    DAY,
    EMRE,
    EMRE_FIRST,
    FATMA,
    FIRST,
    HASAN,
    RENEWAL,
    SETTINGS,
    fill,
    movement,
    statement,
)

A, C = AYSE.number, CAN.number
AYSE_PAYS = movement(f"AYŞE NUR YILMAZ {A} e-imza")
CAN_PAYS = movement(f"CAN ÖZTÜRK {C} e-imza", RENEWAL)
BOTH_PAID = movement(f"{A} {C} e-imza", FIRST + RENEWAL)
AYSE_BACK = movement(f"İADE AYŞE NUR YILMAZ {A} e-imza", -FIRST, day=DAY + timedelta(40))
RENT = movement("EKİM KİRASI", -500000)
IBAN, OTHER_IBAN = "TR650001200933100006100037", "TR330006100519786457841326"


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with open_registry(tmp_path / "registry.db") as opened:
        fill(opened)
        yield opened


def post(registry: Registry, *statements: Statement) -> list[Reconciliation]:
    return reconcile.post(registry, statements, SETTINGS, "reconcile", lambda done: None)


def preview(registry: Registry, *statements: Statement) -> list[Reconciliation]:
    return reconcile.preview(registry, statements, SETTINGS)


def outcomes(done: Sequence[Reconciliation]) -> list[list[str]]:
    return [[line.decision.outcome for line in each.lines] for each in done]


def paid(registry: Registry) -> dict[str, int]:
    """What was posted, by application; what Fatma had paid before apart."""
    with registry.read() as connection:
        rows = connection.execute(
            "SELECT number, sum(amount) FROM postings JOIN applications a ON a.id = application_id"
            " WHERE source = 'auto' GROUP BY 1"
        )
        return dict(rows.fetchall())


def contents(registry: Registry) -> list[str]:
    """Everything that stands in the registry."""
    with registry.read() as connection:
        return list(connection.iterdump())


# ---- posting


def test_what_is_decided_is_posted(registry: Registry) -> None:
    [done] = post(registry, statement(AYSE_PAYS, BOTH_PAID._replace(amount=1), RENT))
    assert outcomes([done]) == [["matched", "review", "unrelated"]]
    assert paid(registry) == {str(AYSE_FIRST): FIRST}


def test_a_combined_payment_is_split(registry: Registry) -> None:
    post(registry, statement(BOTH_PAID))
    assert paid(registry) == {str(AYSE_FIRST): FIRST, str(CAN_RENEWAL): RENEWAL}


def test_every_movement_is_kept_with_its_decision(registry: Registry) -> None:
    [done] = post(registry, statement(AYSE_PAYS, RENT))
    ids = [line.movement_id for line in done.lines]
    with registry.read() as connection:
        kept = [ledger.movement(connection, each or 0) for each in ids]
    assert [each and each.movement.row_number for each in kept] == [13, 14]
    assert [each and each.movement.decision for each in kept] == ["matched", "unrelated"]


def test_what_is_paid_already_stands_in_the_registry(registry: Registry) -> None:
    [done] = post(
        registry,
        statement(
            movement(f"FATMA DEMİR {FATMA.number} e-imza"),
            movement(f"HASAN ŞAHİN {HASAN.number} e-imza"),
        ),
    )
    reasons = [line.decision.reasons[-1] for line in done.lines]
    assert reasons == ["ALREADY-PAID", "NOTHING-DUE"]


def test_a_later_file_does_not_pay_again(registry: Registry) -> None:
    post(registry, statement(AYSE_PAYS))
    [done] = post(registry, statement(AYSE_PAYS._replace(date=DAY + timedelta(30))))
    assert done.lines[0].decision.reasons[-1] == "ALREADY-PAID"
    assert paid(registry) == {str(AYSE_FIRST): FIRST}


def test_several_files_are_decided_one_after_the_other(registry: Registry) -> None:
    later = AYSE_PAYS._replace(date=DAY + timedelta(30))
    done = post(registry, statement(AYSE_PAYS), statement(later, CAN_PAYS, file="november.xlsx"))
    assert outcomes(done) == [["matched"], ["review", "matched"]]
    assert paid(registry) == {str(AYSE_FIRST): FIRST, str(CAN_RENEWAL): RENEWAL}


def test_a_statement_without_movements_is_taken(registry: Registry) -> None:
    assert outcomes(post(registry, statement())) == [[]]
    assert outcomes(preview(registry, statement())) == [[]]


def test_nothing_is_kept_if_what_comes_before_the_commit_fails(registry: Registry) -> None:
    before = contents(registry)

    def fail(done: Sequence[Reconciliation]) -> None:
        assert outcomes(done) == [["matched"]]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        reconcile.post(registry, [statement(AYSE_PAYS)], SETTINGS, "reconcile", fail)
    assert contents(registry) == before


# ---- known


def test_the_same_file_again_is_known_and_names_its_movements(registry: Registry) -> None:
    [first] = post(registry, statement(AYSE_PAYS, RENT, CAN_PAYS))
    [second] = post(registry, statement(AYSE_PAYS, RENT, CAN_PAYS, file="again.xls"))
    assert outcomes([second]) == [["known"] * 3]
    assert [line.movement_id for line in second.lines] == [line.movement_id for line in first.lines]
    assert paid(registry) == {str(AYSE_FIRST): FIRST, str(CAN_RENEWAL): RENEWAL}


def test_the_same_file_twice_in_one_run_is_posted_once(registry: Registry) -> None:
    done = post(registry, statement(AYSE_PAYS), statement(AYSE_PAYS))
    assert outcomes(done) == [["matched"], ["known"]]


def test_another_account_has_movements_of_its_own(registry: Registry) -> None:
    post(registry, statement(RENT, iban=IBAN))
    assert outcomes(post(registry, statement(RENT, iban=OTHER_IBAN))) == [["unrelated"]]


@pytest.mark.parametrize(("first", "second"), [(IBAN, None), (None, IBAN), (None, None)])
def test_a_disguise_that_does_not_name_the_account_is_known(
    registry: Registry, first: str | None, second: str | None
) -> None:
    post(registry, statement(AYSE_PAYS, iban=first))
    assert outcomes(post(registry, statement(AYSE_PAYS, iban=second))) == [["known"]]
    assert outcomes(preview(registry, statement(AYSE_PAYS, iban=second))) == [["known"]]


def test_a_file_that_names_no_account_is_of_the_configured_one(registry: Registry) -> None:
    ours = replace(SETTINGS, account=Account(iban=IBAN))
    reconcile.post(registry, [statement(RENT)], ours, "reconcile", lambda done: None)
    with registry.read() as connection:
        [(account,)] = connection.execute("SELECT account FROM movements WHERE amount < 0")
    assert account == IBAN


# ---- money that goes back


def given_back(done: Reconciliation) -> list[Earlier | None]:
    return [done.given_back(line) for line in done.lines]


def test_a_payment_of_the_same_file_is_given_back(registry: Registry) -> None:
    [done] = post(registry, statement(RENT, AYSE_PAYS, AYSE_BACK))
    assert given_back(done) == [None, None, Earlier("bank.xlsx", 14, done.lines[1].movement_id)]


def test_a_payment_of_an_earlier_file_is_given_back(registry: Registry) -> None:
    [earlier] = post(registry, statement(AYSE_PAYS, file="october.xlsx"))
    [done] = post(registry, statement(RENT, AYSE_BACK, file="november.xlsx"))
    assert done.lines[1].decision.outcome == "review"
    assert given_back(done)[1] == Earlier("october.xlsx", 13, earlier.lines[0].movement_id)


def test_the_registry_keeps_what_was_given_back(registry: Registry) -> None:
    [earlier] = post(registry, statement(AYSE_PAYS))
    [done] = post(registry, statement(AYSE_BACK))
    with registry.read() as connection:
        back = ledger.movement(connection, done.lines[0].movement_id or 0)
    assert back
    assert back.movement.reverses_movement_id == earlier.lines[0].movement_id


def test_a_payment_that_stands_in_both_files_is_given_back(registry: Registry) -> None:
    [earlier] = post(registry, statement(AYSE_PAYS, RENT))
    [done] = post(registry, statement(AYSE_PAYS, RENT, AYSE_BACK, file="whole.xlsx"))
    assert outcomes([done]) == [["known", "known", "review"]]
    assert given_back(done)[2] == Earlier("bank.xlsx", 13, earlier.lines[0].movement_id)


def test_a_payment_is_given_back_once(registry: Registry) -> None:
    post(registry, statement(AYSE_PAYS))
    again = AYSE_BACK._replace(date=AYSE_BACK.date + timedelta(1))
    first, second = post(registry, statement(AYSE_BACK, AYSE_BACK), statement(again))
    assert [found is not None for found in given_back(first)] == [True, False]
    assert given_back(second) == [None]


def test_the_parts_of_an_earlier_payment_go_back_alone(registry: Registry) -> None:
    post(registry, statement(BOTH_PAID))
    cans_back = movement(f"İADE CAN ÖZTÜRK {C}", -RENEWAL, day=AYSE_BACK.date)
    [done] = post(registry, statement(AYSE_BACK, cans_back, cans_back))
    assert [found is not None for found in given_back(done)] == [True, True, False]
    [later] = post(registry, statement(cans_back._replace(date=DAY + timedelta(60))))
    assert given_back(later) == [None]


@pytest.mark.parametrize(
    "back",
    [
        pytest.param(AYSE_BACK._replace(amount=-RENEWAL), id="another amount"),
        pytest.param(AYSE_BACK._replace(date=DAY - timedelta(1)), id="before it came"),
        pytest.param(
            AYSE_BACK._replace(description=f"İADE EMRE YILDIRIM {EMRE.number} e-imza"),
            id="another person",
        ),
    ],
)
def test_what_does_not_fit_is_not_given_back(registry: Registry, back: Movement) -> None:
    post(registry, statement(AYSE_PAYS))
    [done] = post(registry, statement(back))
    assert outcomes([done]) == [["review"]]
    assert given_back(done) == [None]


# ---- the preview


def test_a_preview_writes_nothing(registry: Registry) -> None:
    before = contents(registry)
    preview(registry, statement(AYSE_PAYS, CAN_PAYS, RENT), statement(BOTH_PAID, AYSE_BACK))
    assert contents(registry) == before


def test_a_preview_knows_no_ids(registry: Registry) -> None:
    [first, second] = preview(registry, statement(AYSE_PAYS), statement(AYSE_PAYS))
    assert [line.movement_id for line in (*first.lines, *second.lines)] == [None, None]


MOVEMENTS = st.builds(
    lambda source, days: source._replace(date=DAY + timedelta(days)),
    st.sampled_from(
        (
            AYSE_PAYS,
            CAN_PAYS,
            BOTH_PAID,
            RENT,
            movement("AYŞE NUR YILMAZ e-imza"),
            movement(f"EMRE YILDIRIM {EMRE.number} e-imza"),
            AYSE_BACK,
            movement(f"CAN ÖZTÜRK {C} iade", -RENEWAL),
        )
    ),
    st.integers(0, 3),
)
FILES = st.lists(
    st.builds(
        lambda rows, newest_first, iban, balanced: statement(
            *(each._replace(balance=1000 * row) if balanced else each for row, each in rows),
            file=f"{len(rows)}.xlsx",
            newest_first=newest_first,
            iban=iban,
        ),
        st.lists(st.tuples(st.integers(0, 5), MOVEMENTS), max_size=8),
        st.booleans(),
        st.sampled_from((None, IBAN, OTHER_IBAN)),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)


@given(FILES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_preview_decides_what_posting_does(registry: Registry, files: list[Statement]) -> None:
    with pytest.raises(_Undone) as undone:
        reconcile.post(registry, files, SETTINGS, "reconcile", _undo)
    posted, previewed = undone.value.done, preview(registry, *files)
    assert _without_ids(previewed) == _without_ids(posted)
    assert [each.numbers for each in previewed] == [each.numbers for each in posted]


class _Undone(Exception):
    def __init__(self, done: Sequence[Reconciliation]) -> None:
        self.done = done


def _undo(done: Sequence[Reconciliation]) -> None:
    raise _Undone(done)


def _without_ids(done: Sequence[Reconciliation]) -> list[object]:
    return [
        (
            line.movement,
            line.decision,
            (found := each.given_back(line)) and (found.file, found.row),
        )
        for each in done
        for line in each.lines
    ]


@given(FILES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_is_posted_more_than_once(
    tmp_path_factory: pytest.TempPathFactory, files: list[Statement]
) -> None:
    with open_registry(tmp_path_factory.mktemp("r") / "registry.db") as registry:
        fill(registry)
        post(registry, *files)
        once = paid(registry)
        assert set(once.items()) <= {
            (str(AYSE_FIRST), FIRST),
            (str(CAN_RENEWAL), RENEWAL),
            (str(EMRE_FIRST), FIRST),
        }
        again = post(registry, *files)
        assert {outcome for each in outcomes(again) for outcome in each} <= {"known"}
        assert paid(registry) == once


# ---- reading


HEADER = ["Tarih", "Açıklama", "İşlem Tutarı", "Bakiye"]


def bank(path: Path, iban: str) -> Path:
    return xlsx(path, [["IBAN", iban], HEADER, ["06.10.2021", "e-imza", 218.3, 218.3]])


def test_without_fees_the_missing_key_is_named() -> None:
    with pytest.raises(ConfigurationKeyMissing) as caught:
        reconcile.read_statements([Path("bank.xlsx")], Settings(Path("esignctl.toml")))
    assert "fees" in str(caught.value)


def test_a_statement_of_another_account_is_refused(tmp_path: Path) -> None:
    ours = replace(SETTINGS, account=Account(iban=IBAN))
    good = bank(tmp_path / "good.xlsx", IBAN)
    assert len(reconcile.read_statements([good], ours)) == 1
    with pytest.raises(StatementOfAnotherAccount):
        reconcile.read_statements([good, bank(tmp_path / "other.xlsx", OTHER_IBAN)], ours)


def test_without_a_configured_account_any_is_taken(tmp_path: Path) -> None:
    [found] = reconcile.read_statements([bank(tmp_path / "a.xlsx", OTHER_IBAN)], SETTINGS)
    assert found.account_iban == OTHER_IBAN
