"""Where output goes and what it looks like: terminal, pipe, poor encodings, colours."""

import os
import re
import select
import subprocess

import pytest

from tests.conftest import CommandLine

LONG = "Ağrı İl Sağlık Müdürlüğü " * 20
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")
STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def run(run: CommandLine) -> CommandLine:
    run.write_config(
        f'[institution]\nname = "{LONG.strip()}"\n'
        '[[fees]]\nkind = "first"\ngroup = "x"\nvalid_from = "2021-01-01"\namount = "1218.30"\n'
    )
    return run


def on_terminal(run: CommandLine, *arguments: str, **environment: str) -> str:
    """What a terminal of 80 columns would receive."""
    pty = pytest.importorskip("pty")
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        run.argv(*arguments),
        stdout=terminal,
        stderr=subprocess.DEVNULL,
        env=run.environ(TERM="xterm-256color", COLUMNS="80", **environment),
    )
    os.close(terminal)
    received = b""
    with process:
        while select.select([controller], [], [], 30)[0]:
            try:
                piece = os.read(controller, 65536)
            except OSError:  # Linux says so when the other side is closed
                break
            if not piece:
                break
            received += piece
    os.close(controller)
    return received.decode()


def test_a_pipe_gets_plain_lines(run: CommandLine) -> None:
    output = run.process("config", "show").stdout
    assert "Kind\tGroup\tValid from\tAmount (TL)\nfirst\tx\t2021-01-01\t1,218.30\n" in output
    assert "\x1b" not in output


@pytest.mark.parametrize("arguments", [("card", "--help"), ("explain",), ("config", "show")])
def test_a_reader_that_has_gone_is_no_trouble(run: CommandLine, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            run.argv(*arguments), stdout=pipe, stderr=subprocess.PIPE, env=run.environ(), timeout=60
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_pipe_gets_every_text_uncut_on_one_line(run: CommandLine) -> None:
    assert f"Institution\t{LONG.strip()}\n" in run.process("config", "show", COLUMNS="40").stdout


def test_a_terminal_gets_a_table_in_colour(run: CommandLine) -> None:
    output = on_terminal(run, "config", "show")
    assert COLOUR.search(output)
    assert "\t" not in output


def test_a_terminal_gets_every_text_uncut(run: CommandLine) -> None:
    lines = STYLE.sub("", on_terminal(run, "config", "show")).splitlines()
    assert max(map(len, lines)) <= 80
    assert "".join(LONG.split()) in "".join("".join(lines).split())


def test_no_color_is_respected(run: CommandLine) -> None:
    assert not COLOUR.search(on_terminal(run, "config", "show", NO_COLOR="1"))


def test_findings_go_to_stderr(run: CommandLine) -> None:
    run.write_config("")
    outcome = run("config", "show")
    assert "[FEES-MISSING]" in outcome.stderr
    assert "[FEES-MISSING]" not in outcome.stdout


def test_quiet_keeps_findings_back(run: CommandLine) -> None:
    run.write_config("")
    assert run("--quiet", "config", "show").stderr == ""


def test_quiet_still_tells_errors(run: CommandLine) -> None:
    run.write_config("colour = 1")
    assert "[CONFIG-UNKNOWN-KEY]" in run("--quiet", "config", "show").stderr


def test_a_text_cannot_act_on_the_terminal(run: CommandLine) -> None:
    run.write_config('[institution]\nname = "A\\u001b[2J\\nregistry\\tB"')
    assert "Institution\tA [2J registry B\n" in run.process("config", "show").stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C"},
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "iso8859-9"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=str,
)
@pytest.mark.parametrize("arguments", [["config", "show"], ["--help"], ["confg"]], ids=" ".join)
def test_no_locale_breaks_the_output(
    run: CommandLine, arguments: list[str], environment: dict[str, str]
) -> None:
    run = CommandLine(run.home, run.capture, "tr")
    done = subprocess.run(
        run.argv(*arguments),
        capture_output=True,
        env=run.environ(**environment),
        check=False,
        timeout=60,
    )
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr
