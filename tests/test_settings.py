"""The configuration file: what it may say, and what is said about one that is wrong."""

from datetime import date
from pathlib import Path

import pytest

from esignctl import settings
from esignctl.errors import (
    ConfigurationKeyMissing,
    ConfigurationKeyUnknown,
    ConfigurationUnreadable,
    ConfigurationValueWrong,
)
from esignctl.i18n import set_language
from esignctl.settings import Fee
from tests.conftest import CommandLine

HALKBANK_IBAN = "TR83 0001 2009 4520 0005 0000 01"
WHOLE = """
language = "tr"

[institution]
name = "Örnek İl Sağlık Müdürlüğü"
province = "Örnek"
unit = "Bilgi İşlem"
phone = "0000 000 00 00"
extension = "1234"
address = "Sokak 1"
officer_title = "Kurum Yetkilisi"

[account]
holder = "Örnek Döner Sermaye"
bank = "Halkbank"
iban = "TR83 0001 2009 4520 0005 0000 01"

[[fees]]
kind = "first"
group = "family-physician"
valid_from = "2021-01-01"
amount = "218.30"

[[fees]]
kind = "renewal"
group = "family-physician"
valid_from = 2022-01-01
amount = 147.5

[card]
modules = ["/usr/lib/libakisp11.so"]

[reminders]
days = [7, 30, 1]
channels = ["email", "sms"]
quiet_from = "21:00"
quiet_until = "09:00"
digest = "it@example.org"

[smtp]
host = "smtp.example.org"
port = 465
security = "tls"
username = "e-imza"
password_file = "/etc/esignctl/password"
sender = "e-imza@example.org"

[sms]
gateway = "anything the gateway needs"
"""


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "esignctl.toml"


def read(file: Path, text: str) -> settings.Settings:
    file.write_text(text, encoding="utf-8")
    return settings.load(file)


def test_a_missing_file_means_the_defaults(file: Path) -> None:
    assert settings.load(file) == settings.Settings(file)


def test_an_empty_file_means_the_defaults(file: Path) -> None:
    assert read(file, "") == settings.Settings(file, present=True)


def test_reminders_have_six_days_by_default(file: Path) -> None:
    assert settings.load(file).reminders.days == (90, 60, 30, 14, 7, 1)


def test_every_key_of_the_interface_is_taken(file: Path) -> None:
    whole = read(file, WHOLE)
    assert whole.language == "tr"
    assert whole.institution.officer_title == "Kurum Yetkilisi"
    assert whole.account.holder == "Örnek Döner Sermaye"
    assert whole.card.modules == ("/usr/lib/libakisp11.so",)
    assert whole.reminders.channels == ("email", "sms")
    assert whole.smtp.port == 465
    assert whole.sms == {"gateway": "anything the gateway needs"}


def test_the_iban_is_compact(file: Path) -> None:
    assert read(file, WHOLE).account.iban == "TR830001200945200005000001"


def test_reminder_days_are_sorted_largest_first(file: Path) -> None:
    assert read(file, WHOLE).reminders.days == (30, 7, 1)


def test_fees_are_kurus_and_dates_however_they_are_written(file: Path) -> None:
    assert read(file, WHOLE).fees == (
        Fee("first", "family-physician", date(2021, 1, 1), 21830),
        Fee("renewal", "family-physician", date(2022, 1, 1), 14750),
    )


def test_a_byte_order_mark_is_no_mistake(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + b'language = "tr"\n')
    assert settings.load(file).language == "tr"


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ('langauge = "tr"', "langauge", "language"),
        ("[acount]", "acount", "account"),
        ('[account]\nIBAN = "TR"', "account.IBAN", "account.iban"),
        ('[institution]\nfone = "1"', "institution.fone", "institution.phone"),
        ("[card]\nmodule = []", "card.module", "card.modules"),
        ("[reminders]\nday = [1]", "reminders.day", "reminders.days"),
        ('[smtp]\nhosts = "x"', "smtp.hosts", "smtp.host"),
        ('[timestamp]\nurk = "x"', "timestamp.urk", "timestamp.url"),
        ('[[fees]]\nkinds = "first"', "fees[1].kinds", "fees[1].kind"),
        ('[[fees]]\nkind = "first"\nammount = "1"', "fees[1].ammount", "fees[1].amount"),
    ],
)
def test_an_unknown_key_names_itself_and_a_known_one(
    file: Path, text: str, key: str, nearest: str
) -> None:
    with pytest.raises(ConfigurationKeyUnknown) as caught:
        read(file, text)
    assert caught.value.fields["key"] == key
    known = str(caught.value.fields["nearest"])
    assert known == nearest


FEE = '[[fees]]\nkind = "first"\ngroup = "x"\nvalid_from = "2021-01-01"\namount = "1"\n'


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('language = "de"', "language"),
        ('institution = "us"', "institution"),
        ("[institution]\nname = 1", "institution.name"),
        ('[account]\niban = "TR00 0001 2009 4520 0005 0000 01"', "account.iban"),
        ("[account]\niban = 83", "account.iban"),
        ("[card]\nmodules = 'one'", "card.modules"),
        ("[card]\nmodules = [1]", "card.modules"),
        ("[reminders]\ndays = []", "reminders.days"),
        ("[reminders]\ndays = [0]", "reminders.days"),
        ("[reminders]\ndays = [true]", "reminders.days"),
        ('[smtp]\nport = "25"', "smtp.port"),
        ("[smtp]\nport = 65536", "smtp.port"),
        ('[timestamp]\nurl = "tsa.example.org"', "timestamp.url"),
        ('[smtp]\nsecurity = "ssl"', "smtp.security"),
        ("fees = 1", "fees"),
        ("layouts = [1]", "layouts"),
        ("sms = 1", "sms"),
        (FEE.replace("first", "second"), "fees[1].kind"),
        (FEE.replace('"2021-01-01"', '"1 January"'), "fees[1].valid_from"),
        (FEE.replace('"2021-01-01"', "2021-01-01T10:00:00"), "fees[1].valid_from"),
        (FEE.replace('"1"', '"0"'), "fees[1].amount"),
        (FEE.replace('"1"', '"-1"'), "fees[1].amount"),
        (FEE.replace('"1"', '"1.2345"'), "fees[1].amount"),
        (FEE.replace('"1"', "true"), "fees[1].amount"),
        (FEE.replace('"1"', "nan"), "fees[1].amount"),
        (FEE + FEE.replace('"1"', '"one"'), "fees[2].amount"),
    ],
)
def test_a_wrong_value_names_its_key(file: Path, text: str, key: str) -> None:
    with pytest.raises(ConfigurationValueWrong) as caught:
        read(file, text)
    assert caught.value.fields["key"] == key


@pytest.mark.parametrize("missing", ["kind", "group", "valid_from", "amount"])
def test_a_fee_needs_all_its_keys(file: Path, missing: str) -> None:
    lines = [line for line in FEE.splitlines() if not line.startswith(missing)]
    with pytest.raises(ConfigurationKeyMissing) as caught:
        read(file, "\n".join(lines))
    assert caught.value.fields["key"] == f"fees[1].{missing}"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'language = "tr"\nfees = yes', "there is a mistake at line 2, column 8"),
        (b"sms = 1\nsms = 2", "there is a mistake at its end"),
        (b'language = """', "there is a mistake at its end"),
        ("name = 'Iğdır'".encode("cp1254"), "it is not saved as UTF-8"),
        ("[account]".encode("utf-16"), "it is not saved as UTF-8"),
    ],
)
def test_what_is_no_toml_is_rejected(file: Path, content: bytes, problem: str) -> None:
    file.write_bytes(content)
    with pytest.raises(ConfigurationUnreadable) as caught:
        settings.load(file)
    assert caught.value.fields["problem"] == problem


def test_a_folder_is_no_configuration(file: Path) -> None:
    file.mkdir()
    with pytest.raises(ConfigurationUnreadable):
        settings.load(file)


def test_a_value_that_a_command_needs_is_named(file: Path) -> None:
    with pytest.raises(ConfigurationKeyMissing) as caught:
        settings.required(settings.load(file), "account", "iban")
    assert (
        str(caught.value) == "The configuration has no 'account.iban', and this command needs it."
    )


def codes(found: settings.Settings) -> list[str]:
    return [finding.code for finding in settings.check(found)]


def test_a_bank_that_is_not_the_ibans_is_noticed(file: Path) -> None:
    wrong = WHOLE.replace('bank = "Halkbank"', 'bank = "T.C. Ziraat Bankası"')
    (finding,) = settings.check(read(file, wrong))
    assert finding.code == "IBAN-BANK-MISMATCH"
    assert finding.severity == "warning"
    assert finding.message == (
        "account.bank says T.C. Ziraat Bankası, but the bank code 00012 in account.iban is"
        " Halkbank's."
    )


@pytest.mark.parametrize("bank", ["Halkbank", "T. HALK BANKASI A.Ş.", "Türkiye Halk Bankası"])
def test_a_bank_that_is_the_ibans_is_no_finding(file: Path, bank: str) -> None:
    assert codes(read(file, WHOLE.replace('"Halkbank"', f'"{bank}"'))) == []


def test_a_configuration_without_fees_is_noticed(file: Path) -> None:
    assert codes(read(file, "")) == ["FEES-MISSING"]


@pytest.mark.parametrize("language", ["tr", "en"])
class TestInit:
    """``esignctl init`` in both languages."""

    def test_its_sample_is_good(self, run: CommandLine, language: str) -> None:
        run = CommandLine(run.home, run.capture, language)
        assert run("init").exit_code == 0
        assert run("config", "check", "--json").json["findings"] == []

    def test_its_sample_sets_the_language(self, run: CommandLine, language: str) -> None:
        run = CommandLine(run.home, run.capture, language)
        run("init")
        assert settings.load(run.config).language == language

    def test_every_commented_key_of_its_sample_is_a_key(
        self, run: CommandLine, language: str
    ) -> None:
        run = CommandLine(run.home, run.capture, language)
        run("init")
        text = run.config.read_text(encoding="utf-8")
        lines = [line.removeprefix("# ") for line in text.splitlines()]
        keys = [line for line in lines if " = " in line or line.startswith("[")]
        everything = "\n".join(key for key in keys if key[0] == "[" or key[0].islower())
        valid = everything.replace("TR00 0000 0000 0000 0000 0000 00", HALKBANK_IBAN)
        assert read(run.config, valid).smtp.port == 587


def test_init_never_writes_over_a_file(run: CommandLine) -> None:
    run.write_config("# mine")
    outcome = run("init", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (4, "FILE-EXISTS")
    assert run.config.read_text() == "# mine"


def test_init_makes_the_folders_on_the_way(run: CommandLine) -> None:
    place = run.home / "etc" / "esignctl" / "esignctl.toml"
    assert run("init", place).exit_code == 0
    assert settings.load(place).present


def test_init_where_nothing_can_be_written(run: CommandLine) -> None:
    (run.home / "etc").write_text("a file, no folder")
    outcome = run("init", run.home / "etc" / "esignctl.toml", "--json")
    assert (outcome.exit_code, outcome.json["error"]["code"]) == (5, "PLACE-NOT-WRITABLE")


def test_config_show_prints_what_holds(run: CommandLine) -> None:
    run.write_config(WHOLE)
    data = run("config", "show", "--json").data
    assert data["account"]["iban"] == "TR830001200945200005000001"
    assert data["fees"][0] == {
        "kind": "first",
        "group": "family-physician",
        "valid_from": "2021-01-01",
        "amount": "218.30",
    }


def test_config_check_needs_a_person_when_something_is_wrong(run: CommandLine) -> None:
    run.write_config(WHOLE.replace("Halkbank", "Ziraat"))
    outcome = run("config", "check", "--json")
    assert (outcome.exit_code, outcome.json["status"]) == (1, "attention")


def test_config_check_reads_the_layouts_too(run: CommandLine) -> None:
    run.write_config(WHOLE + '[[layouts]]\nid = "mine"\nname = "Mine"\nheader = []\n')
    error = run("config", "check", "--json").json["error"]
    assert error["message"] == "esignctl.toml: the key 'layouts[1].header' is unknown."
    assert error["remedy"] == "Did you mean 'layouts[1].headers'? Correct or remove the key."


def test_config_check_of_a_good_file_is_quiet(run: CommandLine) -> None:
    run.write_config(WHOLE)
    outcome = run("config", "check")
    assert (outcome.exit_code, outcome.stderr) == (0, "")
