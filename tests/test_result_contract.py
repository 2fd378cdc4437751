"""The JSON envelope: one document on stdout, always of the same shape."""

import json

import pytest

from esignctl.cli import app, render
from esignctl.cli.frame import Command
from esignctl.cli.session import Session
from esignctl.errors import EsignctlError, FileExists
from esignctl.findings import FINDINGS, finding
from esignctl.i18n import set_language
from esignctl.result import Result, Streamed, envelope
from scripts import reference
from tests.conftest import CommandLine, Outcome


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def only_document(outcome: Outcome) -> object:
    """The document on stdout, which holds nothing else."""
    document, end = json.JSONDecoder().raw_decode(outcome.stdout)
    assert outcome.stdout[end:] == "\n"
    return document


def test_success() -> None:
    assert envelope("person list", Result(data={"persons": []})) == {
        "schema": 1,
        "command": "person list",
        "status": "ok",
        "data": {"persons": []},
        "findings": [],
        "error": None,
    }


def test_success_that_needs_a_person() -> None:
    found = [finding("CONFIG-ABSENT", file="esignctl.toml")]
    assert envelope("config check", Result(data={}, findings=found, attention=True)) == {
        "schema": 1,
        "command": "config check",
        "status": "attention",
        "data": {},
        "findings": [
            {
                "code": "CONFIG-ABSENT",
                "severity": "info",
                "message": "There is no configuration at esignctl.toml; the defaults hold.",
                "remedy": "Write a commented sample with 'esignctl init'.",
            }
        ],
        "error": None,
    }


def test_failure() -> None:
    assert envelope("init", FileExists(file="esignctl.toml")) == {
        "schema": 1,
        "command": "init",
        "status": "error",
        "data": {},
        "findings": [],
        "error": {
            "code": "FILE-EXISTS",
            "message": "esignctl.toml exists already and was left as it is.",
            "remedy": "Name another file, or move the old one away first.",
        },
    }


def test_messages_follow_the_language_and_codes_do_not() -> None:
    set_language("tr")
    error = envelope("init", FileExists(file="esignctl.toml"))["error"]
    assert error["code"] == "FILE-EXISTS"
    assert error["message"] == "esignctl.toml zaten var, ona dokunulmadı."


def test_a_command_that_succeeds_prints_one_document(run: CommandLine) -> None:
    outcome = run("config", "show", "--json")
    assert only_document(outcome)["command"] == "config show"  # type: ignore[index]
    assert outcome.exit_code == 0


def test_a_command_that_fails_prints_one_document(run: CommandLine) -> None:
    run.write_config("colour = 1")
    outcome = run("config", "show", "--json")
    assert only_document(outcome)["error"]["code"] == "CONFIG-UNKNOWN-KEY"  # type: ignore[index]
    assert outcome.exit_code == 4


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["config", "show", "--json", "--colour"], "config show"),
        (["config", "show", "--json", "too", "many"], "config show"),
        (["config", "shwo", "--json"], "config"),
        (["config", "--json"], "config"),
        (["nonsense", "--json"], ""),
        (["--json"], ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_wrong_usage_prints_one_document(
    run: CommandLine, arguments: list[str], command: str
) -> None:
    outcome = run(*arguments)
    document = only_document(outcome)
    assert document["error"]["code"] == "USAGE"  # type: ignore[index]
    assert document["command"] == command  # type: ignore[index]
    assert outcome.exit_code == 2


COMMANDS = {
    path: command
    for path, command, _context in reference.walk(app.build())
    if not hasattr(command, "list_commands")
}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_takes_json_and_show_ids(path: str) -> None:
    assert isinstance(COMMANDS[path], Command)
    assert {"--json", "--show-ids"} <= {opt for p in COMMANDS[path].params for opt in p.opts}


def test_the_document_stays_readable_where_the_encoding_is_poor(run: CommandLine) -> None:
    run.write_config('[institution]\nname = "Iğdır İl Sağlık Müdürlüğü"')
    outcome = run.process("config", "show", "--json", PYTHONIOENCODING="ascii")
    assert outcome.data["institution"]["name"] == "Iğdır İl Sağlık Müdürlüğü"


def every_error(kind: type[EsignctlError] = EsignctlError) -> list[type[EsignctlError]]:
    """All error classes that have a code."""
    below = [error for child in kind.__subclasses__() for error in every_error(child)]
    return [kind, *below] if "code" in vars(kind) else below


def test_every_code_means_one_thing() -> None:
    codes = [error.code for error in every_error()] + list(FINDINGS)
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("error", every_error(), ids=lambda error: error.code)
def test_every_error_has_exit_code_message_and_remedy(error: type[EsignctlError]) -> None:
    assert error.exit_code > 1
    assert error.message
    assert error.remedy


@pytest.mark.parametrize("count", [0, 1, 1000, 2500])
def test_a_long_list_is_written_as_any_other(
    count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"row": row, "text": 'İ"'} for row in range(count)]
    data = {"first": Streamed(lambda: iter(rows)), "second": [Streamed(lambda: iter(rows[:1]))]}
    session = Session(as_json=True, command="reconcile")
    render.deliver(Result(data=data), session)
    plain = Result(data={"first": rows, "second": [rows[:1]]})
    assert json.loads(capsys.readouterr().out) == envelope("reconcile", plain)


@pytest.mark.parametrize("count", [0, 1, 1000, 2500])
def test_a_long_list_may_write_its_items_itself(
    count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"row": row, "text": 'İ"'} for row in range(count)]
    session = Session(as_json=True, command="reconcile")
    render.deliver(Result(data={"rows": Streamed(lambda: iter(rows))}), session)
    made = capsys.readouterr().out
    written = Streamed(lambda: iter(rows), lambda encode: map(encode, rows))
    render.deliver(Result(data={"rows": written}), session)
    assert capsys.readouterr().out == made
