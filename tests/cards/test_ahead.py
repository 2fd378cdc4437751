"""A look that is begun before the command line is loaded: when it is, and how it ends."""

import signal
import subprocess
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import typer

from esignctl.cli import app, card
from esignctl.cli.ahead import foreseen
from tests.cards.conftest import Stack
from tests.cards.virtual import modules
from tests.cards.virtual.akis import AkisCard, nes_label
from tests.cards.virtual.certificates import AYSE, nes
from tests.cards.virtual.view import wait_until
from tests.conftest import CommandLine

Use = Callable[..., None]
# options that end the program before any command runs
EAGER = ("--version", "--install-completion", "--show-completion")


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("card status", {}),
        ("-q --lang tr card status --json --no-record", {"--lang": "tr"}),
        ("--config=a.toml card certs --export out", {"--config": "a.toml", "--export": "out"}),
        ("card status --reader ACR39U --show-ids", {"--reader": "ACR39U"}),
    ],
)
def test_the_plain_form_of_a_command_that_looks_is_foreseen(
    line: str, options: dict[str, str]
) -> None:
    assert foreseen(line.split()) == options


@pytest.mark.parametrize(
    "line",
    [
        "",
        "card",
        "card watch",
        "card pin change",
        "card status --help",
        "card status --unknown",
        "card status more",
        "card status --reader",
        "card status --reader --json",
        "card status -- --json",
        "reconcile card status",
    ],
)
def test_nothing_else_is(line: str) -> None:
    assert foreseen(line.split()) is None


def test_a_wrong_configuration_is_told_by_the_command(run: CommandLine, stack: Stack) -> None:
    run.write_config("[card]\nmodule = []\n")
    outcome = run.process("card", "status", "--json")
    assert outcome.exit_code == 4
    assert outcome.json["error"]["code"] == "CONFIG-UNKNOWN-KEY"


def test_ctrl_c_ends_it_and_the_process_that_hangs_in_a_module(
    run: CommandLine, stack: Stack, use: Use, module_folder: Path
) -> None:
    use(modules.build(module_folder, "HANG_IN_TOKEN"))
    stack.insert(AkisCard((nes_label(AYSE.tckn), nes())))
    with subprocess.Popen(
        run.argv("card", "status"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=run.environ(),
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        hanging: list[str] = []

        def hangs() -> bool:
            hanging[:] = children.read_text().split()
            loaded = [Path(f"/proc/{each}/maps").read_text() for each in hanging]
            return any("libakisp11" in maps for maps in loaded)

        wait_until(hangs, "the module is not loaded", seconds=20)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
    assert hanging
    assert not any(Path(f"/proc/{each}").exists() for each in hanging)


@pytest.mark.parametrize("name", ["status", "certs"])
def test_every_option_of_those_commands_is_known(name: str) -> None:
    root = app.build()
    command = typer.main.get_command(import_module(card.COMMANDS[name].module).app)
    for option in (*root.params, *command.params):
        for spelled in option.opts:
            value = [] if option.is_flag or option.count else ["x"]
            wanted = spelled not in EAGER
            assert (foreseen([spelled, *value, "card", name]) is not None) == wanted, spelled
