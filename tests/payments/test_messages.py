"""MT940 and camt.053: the same movements as a spreadsheet of the bank would give."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esignctl.errors import (
    InputRejected,
    StatementForeignCurrency,
    StatementMessageUnreadable,
    StatementOfSeveralAccounts,
)
from esignctl.i18n import set_language
from esignctl.payments.layouts import load_layouts
from esignctl.payments.statements import Statement, read_statement
from esignctl.payments.totals import balances
from tests.payments.wires import DAY, OUR_IBAN, Entry, camt, mt940

LAYOUTS = load_layouts()
Write = Callable[..., str]
BOTH = pytest.mark.parametrize("write", [mt940, camt])
PAID = Entry(21830, "AYSE NUR YILMAZ 10000000146 e-imza ucreti", reference="881")
RENT = Entry(-500000, "KIRA", reference="882")


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str | bytes], Statement]:
    def read(content: str | bytes, name: str = "bank.txt") -> Statement:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_statement(file, LAYOUTS)

    return read


Read = Callable[..., Statement]


def told(statement: Statement) -> list[tuple[date, int, str]]:
    return [(each.date, each.amount, each.description) for each in statement.movements]


@BOTH
def test_movements_account_and_bank_are_read_whatever_the_name(read: Read, write: Write) -> None:
    statement = read(write([PAID, RENT]), "download.xls")
    assert told(statement) == [(DAY, 21830, PAID.text), (DAY, -500000, "KIRA")]
    assert (statement.bank, statement.account_iban) == ("ziraat", OUR_IBAN)
    assert [each.reference for each in statement.movements] == ["881", "882"]


def test_a_row_is_the_line_of_the_entry_or_the_number_of_the_entry(read: Read) -> None:
    assert [each.row for each in read(mt940([PAID, RENT])).movements] == [5, 7]
    assert [each.row for each in read(camt([PAID, RENT])).movements] == [1, 2]


@BOTH
def test_balances_follow_from_the_one_before_all_movements(read: Read, write: Write) -> None:
    statement = read(write([PAID, RENT], opening=1_000_000))
    assert [each.balance for each in statement.movements] == [1_021_830, 521_830]
    assert balances(statement) == (1_000_000, 521_830)
    assert statement.balance_breaks == ()


@BOTH
def test_a_closing_balance_that_does_not_follow_is_noticed(read: Read, write: Write) -> None:
    statement = read(write([PAID, RENT], closing=5))
    assert len(statement.balance_breaks) == 1
    assert [each.balance for each in statement.movements] == [None, None]
    assert balances(statement) == (100_000, 5)


@BOTH
def test_a_statement_without_movements_is_one(read: Read, write: Write) -> None:
    assert read(write([])).movements == ()


@BOTH
def test_an_overdraft_is_a_negative_balance(read: Read, write: Write) -> None:
    statement = read(write([PAID], opening=-50_000))
    assert [each.balance for each in statement.movements] == [-28_170]


@BOTH
def test_reversals_go_the_other_way_and_say_so(read: Read, write: Write) -> None:
    back = Entry(-21830, "AYSE NUR YILMAZ E-IMZA", reversal=True)
    again = Entry(5000, "MASRAF", reversal=True)
    assert told(read(write([PAID, back, again])))[1:] == [
        (DAY, -21830, "Ters kayıt: AYSE NUR YILMAZ E-IMZA"),
        (DAY, 5000, "Ters kayıt: MASRAF"),
    ]


@BOTH
def test_the_sender_is_told_from_the_payers_words(read: Read, write: Write) -> None:
    entry = Entry(21830, "AYSE NUR YILMAZ 10000000146 E-IMZA UCRETI", name="VELI KAYA")
    [movement] = read(write([entry])).movements
    assert movement.description == f"Gönderen: VELI KAYA Açıklama: {entry.text}"
    assert movement.counterparty == "VELI KAYA"


@BOTH
def test_several_statements_are_one_in_the_order_of_their_days(read: Read, write: Write) -> None:
    first = write([PAID])
    second = write([Entry(14750, "CAN ÖZTÜRK", DAY + timedelta(1))], opening=100_000 + PAID.amount)
    if write is camt:
        inner = second[second.index("<Stmt>") : second.index("</Stmt>") + 7]
        both = first.replace("<Stmt>", f"{inner}<Stmt>")
    else:
        both = second + first
    statement = read(both)
    assert [each.amount for each in statement.movements] == [21830, 14750]
    assert statement.balance_breaks == ()
    assert balances(statement) == (100_000, 100_000 + 21830 + 14750)


def test_a_day_that_is_missing_between_two_statements_is_noticed(read: Read) -> None:
    later = mt940([Entry(100, "x", DAY + timedelta(2))], opening=999)
    assert len(read(mt940([PAID]) + later).balance_breaks) == 1


def test_pages_of_one_statement_are_joined(read: Read) -> None:
    pages = mt940([PAID], page=("F", "M")) + mt940(
        [RENT], opening=100_000 + PAID.amount, page=("M", "F")
    )
    statement = read(pages)
    assert len(statement.movements) == 2
    assert statement.balance_breaks == ()


def test_a_statement_that_stands_in_the_file_twice_counts_once(read: Read) -> None:
    assert len(read(mt940([PAID]) * 2).movements) == 1


def test_a_batch_is_a_movement_for_each_transaction(read: Read) -> None:
    batch = Entry(36580, "", parts=(PAID, Entry(14750, "CAN ÖZTÜRK e-imza")))
    statement = read(camt([batch, RENT]))
    assert [(each.row, each.amount) for each in statement.movements] == [
        (1, 21830),
        (1, 14750),
        (2, -500000),
    ]


def test_a_batch_whose_transactions_do_not_make_it_up_stays_whole(read: Read) -> None:
    batch = Entry(40000, "", parts=(PAID, Entry(14750, "CAN ÖZTÜRK e-imza")))
    [movement] = read(camt([batch])).movements
    assert movement.amount == 40000
    assert movement.description == f"{PAID.text} CAN ÖZTÜRK e-imza"


def test_entries_that_are_not_booked_are_no_movements(read: Read) -> None:
    text = camt([PAID, RENT]).replace("BOOK", "PDNG", 1)
    assert [each.amount for each in read(text).movements] == [-500000]


def test_the_envelope_of_the_network_is_read_past(read: Read) -> None:
    body = mt940([PAID]).removesuffix("-\r\n")
    text = "{1:F01TCZBTR2AXXXX0000000000}{2:O9400000210930TCZBTR2A}{4:\r\n" + body + "-}{5:{CHK:A}}"
    assert told(read(text)) == [(DAY, 21830, PAID.text)]


@pytest.mark.parametrize("text", ["-FAST islemi", "-", "-- e-imza -"])
def test_a_line_of_a_description_may_begin_with_a_dash(read: Read, text: str) -> None:
    entry = Entry(21830, "x" * 65 + text)
    assert told(read(mt940([entry, RENT]))) == [
        (DAY, 21830, entry.text),
        (DAY, -500000, "KIRA"),
    ]


def test_the_entry_day_counts_and_may_be_in_the_next_year(read: Read) -> None:
    text = mt940([PAID]).replace(":61:2110061006", ":61:2112310102")
    assert read(text).movements[0].date == date(2022, 1, 2)


def test_information_behind_the_closing_balance_is_no_description(read: Read) -> None:
    text = mt940([PAID]).replace("-\r\n", ":86:GENEL BILGI\r\n-\r\n")
    assert told(read(text)) == [(DAY, 21830, PAID.text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1254"])
@BOTH
def test_turkish_letters_come_in_any_encoding(read: Read, write: Write, encoding: str) -> None:
    entry = Entry(21830, "ŞÜKRÜ ÇIĞ İÇİN e-imza ücreti")
    text = write([entry]).replace('"UTF-8"', f'"{encoding.removesuffix("-sig")}"')
    assert told(read(text.encode(encoding))) == [(DAY, 21830, entry.text)]


@pytest.mark.parametrize("version", ["02", "04", "13"])
def test_every_version_of_camt_is_read(read: Read, version: str) -> None:
    text = camt([PAID], version=version)
    if version == "02":
        text = text.replace("<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>")
    assert told(read(text)) == [(DAY, 21830, PAID.text)]


# ---- what is refused


@BOTH
def test_another_currency_is_refused(read: Read, write: Write) -> None:
    with pytest.raises(StatementForeignCurrency):
        read(write([PAID], currency="USD"))


@BOTH
def test_an_iban_with_wrong_check_digits_is_refused(read: Read, write: Write) -> None:
    with pytest.raises(StatementMessageUnreadable, match="check digits"):
        read(write([PAID], account="TR620001000733795641836971"))


def test_two_accounts_in_one_file_are_refused(read: Read) -> None:
    with pytest.raises(StatementOfSeveralAccounts):
        read(mt940([PAID]) + mt940([RENT], account="TR330006100519786457841326"))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (":61:2110061006C218,30", ":61:2110061006C218.30", r"line 5 \(:61:\)"),
        (":61:211006", ":61:211306", r"line 5 \(:61:\)"),
        ("C218,30N", "C21830N", r"line 5 \(:61:\)"),
        ("C218,30N", "C218,305N", r"line 5 \(:61:\)"),
        (":60F:C211006", ":60F:X211006", r"line 4 \(:60F:\)"),
        (":25:" + OUR_IBAN + "\r\n", "", r"line 1 \(:20:\)"),
    ],
)
def test_a_malformed_field_names_its_line(read: Read, old: str, new: str, place: str) -> None:
    text = mt940([PAID])
    assert old in text
    with pytest.raises(StatementMessageUnreadable, match=place):
        read(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (">218.30<", ">218,30<", "entry 1"),
        (">218.30<", ">-218.30<", "entry 1"),
        (f"<BookgDt><Dt>{DAY}<", "<BookgDt><Dt>6.13.2021<", "entry 1"),
        ("<Sts><Cd>BOOK</Cd></Sts>", "", "entry 1"),
        ("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>", "entry 1"),
        ("CLBD", "XXXX", "statement 1"),
    ],
)
def test_a_malformed_element_names_its_entry(read: Read, old: str, new: str, place: str) -> None:
    text = camt([PAID])
    assert old in text
    with pytest.raises(StatementMessageUnreadable, match=place):
        read(text.replace(old, new))


@BOTH
def test_no_beginning_of_a_file_passes_for_the_whole(read: Read, write: Write) -> None:
    text = write([PAID, RENT, PAID])
    end = text.index("</Document>") if write is camt else text.index(":62F:") + 15
    for length in range(1, end, 7):
        with pytest.raises(InputRejected):
            read(text[:length])


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE d [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_declared_entities_are_refused(read: Read, declared: str) -> None:
    text = camt([PAID]).replace("?>\n", f"?>\n{declared}\n").replace("AYSE", "&a;")
    with pytest.raises(StatementMessageUnreadable, match="entities"):
        read(text)


def test_interim_reports_are_no_statements(read: Read) -> None:
    with pytest.raises(StatementMessageUnreadable, match=r"camt\.052"):
        read(camt([PAID]).replace("BkToCstmrStmt", "BkToCstmrAcctRpt"))


TEXTS = st.text(
    st.sampled_from("ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZabc0123456789 .,/()'+"), min_size=1, max_size=200
).map(lambda text: "x" + " ".join(text.split()))
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.integers(-(10**9), 10**9).filter(bool),
        TEXTS,
        st.dates(date(2001, 1, 1), date(2079, 12, 31)),
        reversal=st.booleans(),
    ),
    max_size=8,
).map(lambda entries: sorted(entries, key=lambda entry: entry.day))


@given(ENTRIES, st.integers(-(10**9), 10**9), st.sampled_from([mt940, camt]))
def test_what_was_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, entries: Sequence[Entry], opening: int, write: Write
) -> None:
    file = tmp_path_factory.mktemp("wire") / "bank"
    file.write_text(write(entries, opening=opening), encoding="utf-8", newline="")
    statement = read_statement(file, LAYOUTS)
    assert [(each.date, each.amount) for each in statement.movements] == [
        (each.day, each.amount) for each in entries
    ]
    for movement, entry in zip(statement.movements, entries, strict=True):
        written = f"Ters kayıt: {entry.text}" if entry.reversal else entry.text
        # a space at the end of a full line is lost in MT940, as banks lose it
        assert movement.description.replace(" ", "") == written.replace(" ", "")
    assert statement.balance_breaks == ()
