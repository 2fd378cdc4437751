"""``explain``: every code has a cause and a remedy in both languages, which can be asked for."""

import re

import pytest

from esignctl import codes
from esignctl.explanations import EXPLANATIONS
from esignctl.findings import FINDINGS
from esignctl.i18n import set_language
from esignctl.payments.reasons import REASONS
from tests.conftest import CommandLine

CODES = list(codes.every().values())
SENTENCE = re.compile(r"(?:'?esignctl|[^a-zçğıöşü]).*[.]", re.DOTALL)


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def test_every_code_has_an_explanation_and_every_explanation_a_code() -> None:
    assert set(EXPLANATIONS) == {code.name for code in CODES}


def test_no_name_means_two_codes() -> None:
    names = [*(error.code for error in codes.errors()), *FINDINGS, *REASONS]
    assert sorted(names) == sorted({code.name for code in CODES})


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
@pytest.mark.parametrize("language", ["en", "tr"])
def test_cause_and_remedy_are_whole_sentences_with_nothing_to_fill_in(
    code: codes.Code, language: str
) -> None:
    set_language(language)
    for text in (code.cause, code.remedy):
        assert SENTENCE.fullmatch(text)
        assert "{" not in text


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_cause_and_remedy_are_translated(code: codes.Code) -> None:
    english = code.cause, code.remedy
    set_language("tr")
    assert code.cause != english[0]
    assert code.remedy != english[1]


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_the_cause_says_more_than_the_message(code: codes.Code) -> None:
    assert len(code.cause) > 40


def test_a_code_is_explained(run: CommandLine) -> None:
    outcome = run("explain", "FILE-CUT-OFF")
    assert outcome.exit_code == 0
    assert "The end of the file is missing" in outcome.stdout
    assert "Exit code\t4" in outcome.stdout


def test_a_finding_is_told_as_one(run: CommandLine) -> None:
    assert run("explain", "FEES-MISSING", "--json").data == {
        "code": "FEES-MISSING",
        "kind": "finding",
        "exit_code": None,
        "severity": "warning",
        "cause": EXPLANATIONS["FEES-MISSING"].cause,
        "remedy": EXPLANATIONS["FEES-MISSING"].remedy,
    }


@pytest.mark.parametrize("text", ["file-cut-off", "FILE_CUT_OFF", "file cut off", "[FILE-CUT-OFF]"])
def test_case_and_marks_do_not_matter(run: CommandLine, text: str) -> None:
    assert run("explain", text, "--json").data["code"] == "FILE-CUT-OFF"


def test_turkish_letters_do_not_matter(run: CommandLine) -> None:
    assert run("explain", "file-mıssıng", "--json").data["code"] == "FILE-MISSING"


def test_an_unknown_code_is_told_the_nearest_one(run: CommandLine) -> None:
    outcome = run("explain", "PINN-WRONG", "--json")
    assert outcome.exit_code == 2
    assert outcome.json["error"]["code"] == "CODE-UNKNOWN"
    assert "PIN-WRONG" in outcome.json["error"]["remedy"]


def test_an_unknown_code_shows_no_personal_number(run: CommandLine) -> None:
    outcome = run("explain", "10000000146")
    assert outcome.exit_code == 2
    assert "10000000146" not in outcome.stderr


def test_without_a_code_all_are_listed(run: CommandLine) -> None:
    listed = run("explain", "--json").data["codes"]
    assert {each["code"] for each in listed} == set(EXPLANATIONS)
    assert all(each["cause"] and each["remedy"] for each in listed)


def test_turkish_is_spoken(run_tr: CommandLine) -> None:
    assert "Dosyanın sonu eksik" in run_tr("explain", "FILE-CUT-OFF").stdout
