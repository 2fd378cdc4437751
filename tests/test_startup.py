"""What a command does not import, so that it starts at once."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT, CommandLine

HEAVY = ("cryptography", "lxml", "openpyxl", "pydantic", "rapidfuzz", "rich", "sqlite_utils")
PROBE = """
import atexit, sys
atexit.register(lambda: sys.stderr.write("MODULES " + " ".join(sys.modules)))
from esignctl.__main__ import main
sys.exit(main())
"""


def loaded(run: CommandLine, *arguments: str) -> set[str]:
    """The top-level modules that are loaded when the program ends."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=run.environ(ESIGNCTL_REGISTRY=str(run.registry), ESIGNCTL_CONFIG=str(run.config)),
        check=False,
        timeout=60,
    )
    modules = done.stderr.rpartition("MODULES ")[2].split()
    assert "esignctl" in modules
    return {module.partition(".")[0] for module in modules}


def test_version_needs_nothing_but_the_standard_library(run: CommandLine) -> None:
    assert loaded(run, "--version").isdisjoint([*HEAVY, "typer", "platformdirs", "stdnum"])


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["config", "show"], ["config", "check", "--json"], ["person", "--help"]],
    ids=" ".join,
)
def test_light_commands_load_nothing_heavy(run: CommandLine, arguments: list[str]) -> None:
    assert loaded(run, *arguments).isdisjoint(HEAVY)


def test_a_registry_that_exists_is_opened_without_the_migration_library(run: CommandLine) -> None:
    assert run("person", "list").exit_code == 0
    assert loaded(run, "person", "list", "--json").isdisjoint(HEAVY)


def test_reconciling_loads_what_it_needs_only(run: CommandLine) -> None:
    run.write_config((ROOT / "examples" / "esignctl.toml").read_text(encoding="utf-8"))
    run("person", "list")
    modules = loaded(run, "reconcile", str(ROOT / "examples" / "ziraat.xlsx"), "--json")
    assert modules.isdisjoint(set(HEAVY) - {"rapidfuzz"})
