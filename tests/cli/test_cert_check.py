"""``cert list --check``: one line and an exit code for monitoring."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.drawer import Drawer
from tests.conftest import ROOT
from tests.registry.conftest import ADA

SHELL_BLOCK = re.compile(r"```sh\n(esignctl [^\n]*--check[^\n]*)\n```")


def test_with_nothing_due_it_is_quiet_in_one_line(drawer: Drawer) -> None:
    drawer.put("A1", ends=300)
    outcome = drawer.run("cert", "list", "--check")
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("OK - ")
    assert outcome.stdout.count("\n") == 1
    assert outcome.stderr == ""


@pytest.mark.parametrize("ends", [0, 30, -1, -30])
def test_what_ends_within_the_days_or_did_is_due(drawer: Drawer, ends: int) -> None:
    drawer.put("A1", ends=ends)
    outcome = drawer.run("cert", "list", "--check", "--expiring", "30")
    assert outcome.exit_code == 1
    assert outcome.stdout.startswith("WARNING - ")
    assert outcome.stdout.count("\n") == 1


@pytest.mark.parametrize("ends", [31, -31])
def test_what_is_farther_away_is_not(drawer: Drawer, ends: int) -> None:
    drawer.put("A1", ends=ends)
    assert drawer.run("cert", "list", "--check", "--expiring", "30").exit_code == 0


def test_without_days_the_largest_of_the_reminders_counts(drawer: Drawer) -> None:
    drawer.put("A1", ends=80)
    assert drawer.run("cert", "list", "--check").exit_code == 1
    drawer.run.write_config("[reminders]\ndays = [60, 7]\n")
    assert drawer.run("cert", "list", "--check").exit_code == 0


def test_what_is_replaced_revoked_or_of_an_authority_is_not_due(drawer: Drawer) -> None:
    drawer.put("A1", ends=10, tckn=ADA.tckn)
    drawer.put("A2", begins=-1, ends=1000, tckn=ADA.tckn)
    drawer.put("A3", ends=10, revoked=-1)
    drawer.put("A4", ends=10, kind="other")
    assert drawer.run("cert", "list", "--check").exit_code == 0


def test_the_numbers_stand_behind_a_bar_and_nobody_is_named(drawer: Drawer) -> None:
    drawer.put("A1", ends=10, tckn=ADA.tckn)
    drawer.put("A2", ends=-5)
    line = drawer.run("cert", "list", "--check").stdout
    assert line.rstrip().endswith("| due=2 ending=1 ended=1")
    assert "Ayşe" not in line
    assert "0146" not in line


def test_json_has_the_numbers_and_what_is_due(drawer: Drawer) -> None:
    drawer.put("A1", ends=10)
    drawer.put("A2", ends=-5)
    drawer.put("A3", ends=500)
    outcome = drawer.list("--check")
    assert outcome.json["status"] == "attention"
    check = outcome.data["check"]
    assert (check["due"], check["ending"], check["ended"], check["days_left"]) == (2, 1, 1, 10)
    assert [each["serial"] for each in outcome.data["certificates"]] == ["A2", "A1"]


def test_it_goes_with_no_other_view(drawer: Drawer) -> None:
    assert drawer.list("--check", "--by-month").exit_code == 2
    assert drawer.list("--check", "--state", "valid").exit_code == 2


@pytest.mark.parametrize("number", range(2))
def test_the_lines_in_the_documentation_work(drawer: Drawer, tmp_path: Path, number: int) -> None:
    """Nagios and Zabbix call them through a shell."""
    drawer.put("A1", ends=10)
    text = (ROOT / "docs" / "certificates.md").read_text(encoding="utf-8")
    command = SHELL_BLOCK.findall(text)[number]
    places = {
        "ESIGNCTL_REGISTRY": str(drawer.run.registry),
        "ESIGNCTL_CONFIG": str(drawer.run.config),
        "ESIGNCTL_LANG": "en",
    }
    program = tmp_path / "esignctl"
    program.write_text(f'#!/bin/sh\nexec {drawer.run.argv()[0]} -m esignctl "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, **places, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    expected = [(1, "WARNING - 1 certificate ends within 30 days"), (0, "1")][number]
    assert done.returncode == expected[0]
    assert done.stdout.startswith(expected[1])
    assert done.stdout.count("\n") == 1
