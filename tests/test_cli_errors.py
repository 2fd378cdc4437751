"""How the program behaves when something goes wrong: exit codes, silence about data, streams."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from esignctl import __main__, settings
from esignctl.cli import render
from tests.conftest import CommandLine

NUMBER = "10000000146"


def raising(error: BaseException) -> object:
    def fail(*_arguments: object) -> None:
        raise error

    return fail


@pytest.fixture
def faulty(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A program whose ``config check`` has a fault that carries a personal number."""
    monkeypatch.setattr(settings, "check", raising(ValueError(NUMBER)))
    return run


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["config", "show"], 0),
        (["config", "check"], 1),
        ([], 2),
        (["config"], 2),
        (["config", "shwo"], 2),
        (["config", "show", "--colour"], 2),
        (["config", "show", "extra"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_codes(run: CommandLine, arguments: list[str], exit_code: int) -> None:
    assert run(*arguments).exit_code == exit_code


def test_a_rejected_input_exits_with_4(run: CommandLine) -> None:
    run.write_config("colour = 1")
    assert run("config", "show").exit_code == 4


class TestFault:
    """An error that the program did not foresee."""

    def test_exits_with_70(self, faulty: CommandLine) -> None:
        assert faulty("config", "check").exit_code == 70

    def test_is_no_traceback(self, faulty: CommandLine) -> None:
        assert "Traceback" not in faulty("config", "check").stderr

    @pytest.mark.parametrize("flags", [[], ["-vv"], ["--json"]], ids=" ".join)
    def test_shows_no_data(self, faulty: CommandLine, flags: list[str]) -> None:
        before, behind = (flags, []) if flags == ["-vv"] else ([], flags)
        outcome = faulty(*before, "config", "check", *behind)
        assert outcome.exit_code == 70
        assert NUMBER not in outcome.stdout + outcome.stderr

    def test_says_where_it_is_and_how_to_report_it(self, faulty: CommandLine) -> None:
        error = faulty("config", "check", "--json").json["error"]
        assert error["code"] == "FAULT"
        assert "ValueError at config.py:" in error["message"]
        assert "Report this line" in error["remedy"]

    def test_shows_the_way_to_it_on_request(self, faulty: CommandLine) -> None:
        assert "config.py:" in faulty("-v", "config", "check").stderr.partition("error:")[0]

    def test_of_the_rendering_is_caught_as_well(
        self, run: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(render, "show", raising(ValueError(NUMBER)))
        outcome = run("config", "show")
        assert outcome.exit_code == 70
        assert NUMBER not in outcome.stderr


def test_a_broken_installation_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "esignctl.cli.app", None)
    monkeypatch.setattr(sys, "argv", ["esignctl", "config", "show"])
    assert __main__.main() == 70
    assert "install it again" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="named pipes and signals of POSIX")
def test_ctrl_c_ends_with_130(run: CommandLine) -> None:
    os.mkfifo(run.config)
    process = subprocess.Popen(
        [sys.executable, "-m", "esignctl", "--config", str(run.config), "config", "show"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=run.environ(),
    )
    with process:
        writer = open_once_read(run.config)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=30)
    os.close(writer)
    assert process.returncode == 130
    assert err == (
        "error: Interrupted; nothing is half-done. [INTERRUPTED]\n"
        "  → Run the command again to complete the work.\n"
    )


def open_once_read(pipe: Path) -> int:
    """The named pipe's writing end, as soon as the program waits at the reading one."""
    for _attempt in range(500):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    pytest.fail("the program never read its configuration")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_reader_that_leaves_early_is_no_error(run: CommandLine) -> None:
    reader, writer = os.pipe()
    process = subprocess.Popen(
        run.argv("config", "show"), stdout=writer, stderr=subprocess.PIPE, env=run.environ()
    )
    os.close(reader)
    os.close(writer)
    with process:
        _out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_stdout_is_named(run: CommandLine) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            run.argv("config", "show"),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=run.environ(),
            check=False,
            timeout=60,
        )
    assert done.returncode == 5
    assert done.stderr.startswith("error: stdout cannot be written: ")


class TestUsage:
    """What is said about a command line that cannot be understood."""

    def said(self, run: CommandLine, *arguments: str) -> str:
        outcome = run(*arguments)
        assert outcome.exit_code == 2
        return outcome.stderr.partition(" [USAGE]")[0].removeprefix("error: ")

    def test_an_unknown_command(self, run: CommandLine) -> None:
        assert self.said(run, "confg") == "There is no command confg. Did you mean config?"

    def test_an_unknown_command_of_a_group(self, run: CommandLine) -> None:
        said = self.said(run, "config", "chekc")
        assert said == "There is no command chekc. Did you mean check?"

    def test_an_unknown_option(self, run: CommandLine) -> None:
        assert self.said(run, "config", "show", "--jsn") == (
            "There is no option --jsn. Did you mean --json?"
        )

    def test_a_global_option_behind_the_command(self, run: CommandLine) -> None:
        assert self.said(run, "config", "show", "--lang", "en") == (
            "--lang belongs before the command: 'esignctl --lang … COMMAND'."
        )

    def test_a_language_that_is_not_spoken(self, run: CommandLine) -> None:
        assert self.said(run, "--lang", "de", "config", "show") == (
            "The value of --lang is not usable. Choose one of tr, en."
        )

    def test_an_option_without_its_value(self, run: CommandLine) -> None:
        assert self.said(run, "--registry") == "--registry needs a value."

    def test_a_flag_with_a_value(self, run: CommandLine) -> None:
        assert self.said(run, "config", "show", "--json=yes") == "--json takes no value."

    def test_arguments_too_many(self, run: CommandLine) -> None:
        assert self.said(run, "config", "show", "a", "b") == "Too many arguments: a b."

    def test_a_missing_argument(self, run: CommandLine) -> None:
        assert self.said(run, "person", "import") == "FILE is missing."

    def test_options_without_a_command(self, run: CommandLine) -> None:
        assert self.said(run, "-q") == "Missing command."

    def test_the_remedy_names_the_page_to_read(self, run: CommandLine) -> None:
        assert "→ See 'esignctl config show --help'." in run("config", "show", "x").stderr

    @pytest.mark.parametrize(
        "arguments", [[NUMBER], ["config", NUMBER], ["config", "show", NUMBER]]
    )
    def test_a_number_that_was_typed_stays_masked(
        self, run: CommandLine, arguments: list[str]
    ) -> None:
        outcome = run(*arguments, "--json")
        assert NUMBER not in outcome.stdout + outcome.stderr
        assert "100****0146" in outcome.json["error"]["message"]

    def test_in_turkish_no_english_is_left(self, run_tr: CommandLine) -> None:
        assert self.said(run_tr, "confg").removeprefix("hata: ") == (
            "confg adlı bir komut yok. Şunu mu demek istediniz: config?"
        )
